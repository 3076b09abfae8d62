"""Points in counts: decimal ones, or ones that part thousands (``18.011`` attendances)."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from remit.catalogue import load_figure_limits
from remit.files.numbers import POINTED_THOUSANDS
from remit.publications.rows.cells import plain_number, why_unreadable

_DOTTED = rf"^{POINTED_THOUSANDS}$"
_PARTLESS = r"^[+-]?[1-9][0-9]{0,2}$"
_EITHER = rf"^(?:[+-]?[0-9]{{1,3}}|{POINTED_THOUSANDS})$"

NOT_WHOLE = (
    "a count of whole things has no fraction; if the point parts thousands, write the figure "
    "without it: 18011"
)
_UNSURE = (
    "a point in the figures of this table may be a decimal one or part thousands, and nothing "
    "tells which; write thousands without points: 18011, decimals with one place more: 18.0110"
)


def no_whole_count(value: pl.Expr, plain: pl.Expr) -> pl.Expr:
    """Whether a count of whole things is written with a fraction or points between thousands.

    Parameters
    ----------
    value
        The figure.
    plain
        As it is written, without thousands separators.

    Examples
    --------
    >>> texts = pl.DataFrame({"plain": ["18.011", "741", "2.0", "3.5", "1.000", "1.204.300"]})
    >>> value = pl.col("plain").cast(pl.Float64, strict=False)
    >>> texts.select(no_whole_count(value, pl.col("plain"))).to_series().to_list()
    [True, False, False, True, True, True]
    """
    return ((value != value.floor()) | plain.str.contains(_DOTTED)).fill_null(value=False)


def pointed(
    frame: pl.DataFrame, figures: Sequence[str], *, whole: bool
) -> tuple[dict[str, pl.Expr], str]:
    """Which counts of a table are refused for a point in them, and why.

    Where the publication counts whole things, every fraction is; where it has fractions (beds of
    a mean day, full-time equivalents) those of three places are, if they stand beside whole numbers
    and every count of the table could be read with the points between thousands: none has four
    digits together, none another number of places.

    Parameters
    ----------
    frame
        With ``<name>_value`` and ``<name>_plain`` of each figure.
    figures
        The names of those that are counts.
    whole
        Whether the publication counts whole things.
    """
    if whole:
        found = {
            name: no_whole_count(pl.col(f"{name}_value"), pl.col(f"{name}_plain"))
            for name in figures
        }
        return found, NOT_WHOLE
    dotted = {
        name: pl.col(f"{name}_plain").str.contains(_DOTTED).fill_null(value=False)
        for name in figures
    }
    return (dotted, _UNSURE) if figures and _all_either(frame, figures) else ({}, "")


def _all_either(frame: pl.DataFrame, figures: Sequence[str]) -> bool:
    """Whether every count fits both ways of reading, and some are dotted and others whole."""
    texts = [pl.col(f"{name}_plain").filter(pl.col(f"{name}_mark").is_null()) for name in figures]
    either = pl.all_horizontal(text.str.contains(_EITHER).all() for text in texts)
    some = [
        pl.any_horizontal(text.str.contains(form).any() for text in texts)
        for form in (_DOTTED, _PARTLESS)
    ]
    return bool(frame.select(pl.all_horizontal(either, *some)).item())


def are_counted(unit: str) -> bool:
    """Whether figures of a unit are counts, which are written out."""
    return any(limit.unit == unit and limit.written_out for limit in load_figure_limits().limits)


def said_of_points(column: str) -> pl.Expr:
    """Why the text of a column is no count of whole things."""
    text = plain_number(pl.col(column))
    fraction = no_whole_count(text.cast(pl.Float64, strict=False), text)
    return pl.when(fraction).then(pl.lit(NOT_WHOLE)).otherwise(why_unreadable(column))
