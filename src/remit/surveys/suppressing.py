"""Small bases: what is not shown, and what else is not, so that nothing can be worked out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import polars as pl

from remit.surveys.tables import ALL

SMALL = "the base is under {least}"
SECOND = "else a small base could be worked out from the others"
_KEPT = {"wave", "item", "group_by", "group", "answer", "means", "option", "item_id", "suppressed"}
_KEPT |= {"theme", "theme_name"}


def suppressed(frame: pl.DataFrame, least: int, counts: Sequence[str]) -> pl.DataFrame:
    """A table without the figures of rows with a base below ``least``.

    Of each item and cut, further rows are taken out until no figure that was can be worked out
    from the whole and the rows that are left: at least two rows are out, and neither their bases
    nor one of their counts add up to nothing.

    Parameters
    ----------
    frame
        One of the tables; rows of the whole bear the group ``all``.
    least
        The least base that is shown; 0 shows all.
    counts
        The columns that add up to those of the whole.

    Examples
    --------
    >>> suppressed(tables.items, 10, ["base", "n_agree"])["suppressed"].n_unique()  # doctest: +SKIP
    3
    """
    why = np.array([""] * len(frame), dtype=object)
    if least > 0 and len(frame):
        rows = frame.with_row_index("_row")
        for _, part in rows.group_by(["wave", "item_id", "group_by"], maintain_order=True):
            places = part["_row"].to_numpy()
            why[places] = _reasons(part, least, counts)
    marked = frame.with_columns(pl.Series("suppressed", why.tolist(), dtype=pl.String))
    shown = pl.col("suppressed") == ""
    return marked.with_columns(
        pl.when(shown).then(pl.col(name)).alias(name) for name in frame.columns if name not in _KEPT
    )


def _reasons(part: pl.DataFrame, least: int, counts: Sequence[str]) -> list[str]:
    """Why each row of one item and cut is out; a group may take several rows (answers)."""
    base = {str(group): int(size) for group, size in part.select("group", "base").iter_rows()}
    small = {group for group, size in base.items() if size < least}
    more: set[str] = set()
    if part["group_by"][0] != ALL and small:
        more = _more(part, base, small, counts)
    said = {group: SMALL.format(least=least) for group in small}
    said |= dict.fromkeys(more, SECOND)
    return [said.get(group, "") for group in part["group"].to_list()]


def _more(
    part: pl.DataFrame, base: Mapping[str, int], small: set[str], counts: Sequence[str]
) -> set[str]:
    """The rows that are out beside the small ones: by their base, the least first.

    Groups that nobody is in tell nothing and hide nothing.
    """
    hidden = {group for group in small if base[group]}
    others = sorted((group for group in base if base[group] and group not in small), key=base.get)  # type: ignore[arg-type]
    found: set[str] = set()
    while hidden and others and _tells(part, hidden, counts):
        found.add(others[0])
        hidden.add(others.pop(0))
    return found


def _tells(part: pl.DataFrame, hidden: set[str], counts: Sequence[str]) -> bool:
    """Whether what is left tells a figure of the hidden rows: there is one, or a sum of nothing."""
    if len(hidden) < 2:
        return True
    out = part.filter(pl.col("group").is_in(list(hidden)))
    keys = [name for name in ("answer", "option", "theme") if name in part.columns]
    sums = (
        out.group_by(keys).agg(pl.col(counts).sum()) if keys else out.select(pl.col(counts).sum())
    )
    return bool((sums.select(counts) == 0).to_numpy().any())
