"""Small bases: what is not shown, and what else is not, so that nothing can be worked out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import polars as pl

from remit.surveys.cuts import ALL
from remit.surveys.readers_view import Columns, Ledger, ReadersView
from remit.surveys.reading.answers import Numbers
from remit.surveys.tables import SurveyTables

SMALL = "the base is under {least}"
SECOND = "else a small base could be worked out from the others"
BASE_OPEN, COUNT_OPEN = 2, 1
"""The declared protection: at least three numbers are possible for a hidden base, and two for a
hidden count, for a reader who knows all that is shown; less only where the whole alone says so."""

_KEPT = {"wave", "item", "group_by", "group", "answer", "means", "option", "theme", "theme_name",
         "item_id", "suppressed"}  # fmt: skip
_KEYS = ["wave", "item_id", "group_by", "group"]
_BESIDE = ("dont_know", "blank", "invalid")
_SIDES = ("agree", "neutral", "disagree")
_TRIES = 10
Key = tuple[str, str, str, str]
Hidden = Mapping[Key, str]
"""Why a row is hidden, by wave, item, cut and group."""
Aims = Sequence[tuple[Columns, int]]
"""The columns whose sum is to stay open, and how wide."""


def suppressed(frame: pl.DataFrame, least: int, counts: Sequence[str]) -> pl.DataFrame:
    """A table without the figures of rows with a base below ``least``.

    Further rows of the same item are taken out, of any cut, until no figure that was can be worked
    out from the whole, the rows that are left and the margins of what is crossed.

    Parameters
    ----------
    frame
        Rows of wave, item, cut and group, with one row a group or several (options, themes);
        those of the whole bear the group ``all``.
    least
        The least base that is shown; 0 shows all.
    counts
        The base, and the counts that add up to those of the whole.

    Examples
    --------
    >>> suppressed(tables.multi, 10, ["base", "n"])["suppressed"].n_unique()  # doctest: +SKIP
    3
    """
    return without(frame, _hidden(frame, least, counts, {}))


def suppressed_tables(
    tables: SurveyTables, least: int, routed: Mapping[str, str]
) -> dict[str, pl.DataFrame]:
    """All tables of a survey without what is small, and without what would tell it.

    A row that is hidden in one table is hidden in all that have its counts. Of the answers one by
    one more rows may be out than of the sides of the scale.

    Parameters
    ----------
    tables
        The tables.
    least
        The least base that is shown.
    routed
        Items that only some were asked, with the item that decides it.

    Examples
    --------
    >>> suppressed_tables(tables, 10, {})["items"].height  # doctest: +SKIP
    72
    """
    asked = _asked(tables, least, routed)
    sides: dict[Key, str] = {}
    answers: dict[Key, str] = {}
    for part, each in _scales(tables, routed) if least > 0 else ():
        wave, item = part["wave"][0], part["item_id"][0]
        ledger, means = _ledger_of_answers(part, each, least, asked)
        parent = routed.get(item, "")
        given = {row for row in ledger.rows if (wave, parent, *row) in sides}
        out, more = _both(ledger, means, given)
        sides |= _reasons(wave, item, ledger, out)
        answers |= _reasons(wave, item, ledger, [*out, *more])
    frames = {"items": without(tables.items, sides), "answers": without(tables.answers, answers)}
    for name, counts in (("multi", ("base", "n", "blank")), ("numeric", ("base", *_BESIDE))):
        frame = getattr(tables, name)
        frames[name] = without(frame, _hidden(frame, least, counts, {}, asked))
    weighted = _hidden(tables.weighted, least, ("base",), sides)
    return {**frames, "weighted": without(tables.weighted, weighted)}


def without(frame: pl.DataFrame, hidden: Hidden) -> pl.DataFrame:
    """A table without the figures of rows that are hidden, each with its reason.

    Parameters
    ----------
    frame
        The table, with wave, item, cut and group.
    hidden
        Why rows are hidden.
    """
    if not hidden:
        return frame.with_columns(pl.lit("").alias("suppressed"))
    why = [hidden.get(key, "") for key in frame.select(_KEYS).iter_rows()]
    marked = frame.with_columns(pl.Series("suppressed", why, dtype=pl.String))
    shown = pl.col("suppressed") == ""
    return marked.with_columns(
        pl.when(shown).then(pl.col(name)).alias(name) for name in frame.columns if name not in _KEPT
    )


def _hidden(
    frame: pl.DataFrame, least: int, counts: Sequence[str], given: Hidden,
    asked: frozenset[tuple[str, str, str]] = frozenset(),
) -> dict[Key, str]:  # fmt: skip
    """The rows of a table that are out, beside those that already are."""
    found = dict(given)
    for part in frame.partition_by("wave", "item_id", maintain_order=True) if least > 0 else ():
        wave, item = part["wave"][0], part["item_id"][0]
        ledger, aims = _ledger(part, least, counts, asked)
        start = {row for row in ledger.rows if (wave, item, *row) in given}
        if any(_is_small(ledger, n) and row not in start for n, row in enumerate(ledger.rows)):
            found |= _reasons(wave, item, ledger, _protected(ledger, aims, start))
    return found


def ticks_ledger(part: pl.DataFrame, least: int) -> Ledger:
    """The base and the options of one item, each of which is ticked by some of the base.

    >>> part = pl.DataFrame({"wave": "1", "item_id": "a", "group_by": "all", "group": "all",
    ...                      "option": ["x", "y"], "base": 3, "n": [1, 2]})
    >>> ticks_ledger(part, 2).counts.tolist()
    [[1.0, 2.0, 3.0]]
    """
    return _ledger(part, least, ("base", "n"), frozenset())[0]


def _ledger(
    part: pl.DataFrame, least: int, counts: Sequence[str], asked: frozenset[tuple[str, str, str]]
) -> tuple[Ledger, Aims]:
    """What a table has of one item; with several rows a group, each is ticked by some."""
    rows = tuple(dict.fromkeys(part.select("group_by", "group").iter_rows()))
    place = {row: number for number, row in enumerate(rows)}
    order = [place[row] for row in part.select("group_by", "group").iter_rows()]
    many = len(part) // len(rows)
    found = part[np.argsort(order, kind="stable").tolist()]
    base = found["base"].to_numpy().astype(float)[::many]
    beside = [found[name].to_numpy().astype(float)[::many]
              for name in counts[1:] if name in _BESIDE]  # fmt: skip
    parts = [name for name in counts[1:] if name not in _BESIDE]
    each = [found[name].to_numpy().astype(float).reshape(-1, many) for name in parts]
    split = np.hstack(each) if each else np.zeros((len(rows), 0))
    known = frozenset(number for number, row in enumerate(rows)
                      if beside and (part["wave"][0], *row) in asked)  # fmt: skip
    single = tuple(range(split.shape[1]))
    if many == 1 and parts and (split.sum(axis=1) == base).all():
        table = np.column_stack([split, *beside])
        aims = [(single, BASE_OPEN), *(((one,), COUNT_OPEN) for one in single)]
        return Ledger(rows, table, single, least, asked=known), aims
    table = np.column_stack([split, base, *beside])
    whole = (len(single),)
    aims = [(whole, BASE_OPEN), *(((one,), COUNT_OPEN) for one in single)]
    return Ledger(rows, table, whole, least, ticks=single, asked=known), aims


def _scales(
    tables: SurveyTables, routed: Mapping[str, str]
) -> Iterator[tuple[pl.DataFrame, pl.DataFrame]]:
    """Each item on a scale with its answers; what decides who is asked comes before."""
    keys = ["wave", "item_id"]
    parts = tables.items.partition_by(*keys, maintain_order=True, as_dict=True)
    each = tables.answers.partition_by(*keys, maintain_order=True, as_dict=True)

    def depth(item: str, seen: tuple[str, ...] = ()) -> int:
        parent = routed.get(item, "")
        return 1 + depth(parent, (*seen, item)) if parent and parent not in seen else 0

    for key in sorted(parts, key=lambda one: depth(str(one[1]))):
        yield parts[key], each[key]


def _ledger_of_answers(
    part: pl.DataFrame, each: pl.DataFrame, least: int, asked: frozenset[tuple[str, str, str]]
) -> tuple[Ledger, dict[str, Columns]]:
    """An item's answers one by one with what stands beside the base, and the columns of a side."""
    rows = tuple(part.select("group_by", "group").iter_rows())
    many = len(each) // len(rows)
    answers = each["n"].to_numpy().astype(float).reshape(-1, many)
    beside = part.select(_BESIDE).to_numpy().astype(float)
    means = each["means"].to_list()[:many]
    sides = {side: tuple(n for n, one in enumerate(means) if one == side) for side in _SIDES}
    answered = tuple(range(many))
    in_base = (answers.sum(axis=1) == part["base"].to_numpy()).all()
    base = answered if in_base else (*answered, many)
    known = frozenset(n for n, row in enumerate(rows) if (part["wave"][0], *row) in asked)
    told = (*sides.values(), *((many + n,) for n in range(len(_BESIDE))))
    ledger = Ledger(rows, np.hstack([answers, beside]), base, least, told=told, asked=known)
    return ledger, {"base": base, **{side: columns for side, columns in sides.items() if columns}}


def _both(
    ledger: Ledger, sides: Mapping[str, Columns], given: set[tuple[str, str]]
) -> tuple[list[int], list[int]]:
    """The rows that are out of all tables, and those that are out of the single answers too."""
    aims = [(columns, BASE_OPEN if side == "base" else COUNT_OPEN)
            for side, columns in sides.items()]  # fmt: skip
    out = _protected(ledger, aims, given)
    single = [((column,), COUNT_OPEN) for column in range(ledger.counts.shape[1] - len(_BESIDE))]
    return out, _settled(ledger, single, out, here=True) if out else []


def _asked(
    tables: SurveyTables, least: int, routed: Mapping[str, str]
) -> frozenset[tuple[str, str, str]]:
    """The rows of which a reader knows how many there are: of an item that all were asked."""
    keys = ["wave", "group_by", "group"]
    shown = (pl.col("base") >= least) & ~pl.col("item_id").is_in(list(routed))
    return frozenset(tables.items.filter(shown).select(keys).unique().iter_rows())


def _is_small(ledger: Ledger, place: int) -> bool:
    return bool(ledger.bases()[place] < ledger.least)


def _protected(ledger: Ledger, aims: Aims, given: set[tuple[str, str]]) -> list[int]:
    """The rows that are out: what is small, what is given, and what would tell them."""
    bases = ledger.bases()
    whole = [n for n, row in enumerate(ledger.rows) if row[0] == ALL and bases[n] < ledger.least]
    some = [n for n in range(len(bases)) if bases[n] > 0]
    if whole:
        return some
    start = [n for n in some if bases[n] < ledger.least or ledger.rows[n] in given]
    return [*start, *_settled(ledger, aims, start, here=False)] if start else []


def _settled(ledger: Ledger, aims: Aims, out: Sequence[int], *, here: bool) -> list[int]:
    """The rows to take out beside, until everything hidden is open enough.

    One by one; where that does not end soon, all that are left go.

    Parameters
    ----------
    ledger, aims
        The counts, and what is to stay open.
    out
        The rows that are hidden already.
    here
        Whether those beside are hidden in this table alone.
    """
    bases = ledger.bases()
    rest = [n for n, row in enumerate(ledger.rows)
            if row[0] != ALL and n not in out and bases[n] > 0]  # fmt: skip
    more: list[int] = []
    enough = {(n, columns): ledger.most_open(n, columns, wide)
              for n in (*out, *rest) for columns, wide in aims}  # fmt: skip
    asked: set[tuple[int, Columns]] = set()
    tries = 0
    while len(more) < len(rest):
        left = [n for n in rest if n not in more]
        lone = [] if here else alone(ledger, [*out, *more])
        if lone:
            more.append(next_out(ledger, lone, (0, ledger.base), left))
            continue
        wanted = [(n, columns, enough[n, columns]) for n in (*out, *more) for columns, _ in aims]
        view = ReadersView(ledger, out, more) if here else ReadersView(ledger, [*out, *more])
        found = view.narrow([one for one in wanted if one[2] > 0])
        if found is None:
            return more
        tries += 1
        if tries > _TRIES:
            return rest
        row, columns, _ = found
        if (row, columns) not in asked:
            # What the whole alone tells, no hiding of rows keeps.
            every = ReadersView(ledger, out, rest) if here else ReadersView(ledger, [*out, *rest])
            asked.add((row, columns))
            enough[row, columns] = min(enough[row, columns], every.width(row, columns))
            continue
        beside = [signs for signs in ledger.lines() if signs[row]]
        more.append(next_out(ledger, beside, (row, columns), left))
    return more


def alone(ledger: Ledger, hidden: Sequence[int]) -> list[Numbers]:
    """The lines on which one row alone is hidden, so that the line tells it.

    >>> rows = (("all", "all"), ("kind", "a"), ("kind", "b"))
    >>> ledger = Ledger(rows, np.array([[5.0], [2.0], [3.0]]), (0,), 3)
    >>> len(alone(ledger, [1])), len(alone(ledger, [1, 2]))
    (1, 0)
    """
    return [signs for signs in ledger.lines() if np.count_nonzero(signs[list(hidden)]) == 1]


def next_out(
    ledger: Ledger, lines: Sequence[Numbers], told: tuple[int, Columns], others: Sequence[int]
) -> int:
    """The row that is taken out next: on most of these lines, with such counts, the least.

    Parameters
    ----------
    ledger, lines
        The counts, and what adds up with what is told.
    told
        A row that is told, and the columns that are.
    others
        The rows that may go.

    Examples
    --------
    >>> rows = (("all", "all"), ("kind", "a"), ("kind", "b"), ("kind", "c"))
    >>> ledger = Ledger(rows, np.array([[9.0], [2.0], [3.0], [4.0]]), (0,), 3)
    >>> next_out(ledger, alone(ledger, [1]), (1, (0,)), [2, 3])
    2
    """
    bases, columns = ledger.bases(), list(told[1])
    near = [n for n in others if any(signs[n] for signs in lines)] or list(others)

    def order(place: int) -> tuple[int, bool, float, int]:
        met = sum(bool(signs[place]) for signs in lines)
        return -met, not ledger.counts[place, columns].sum(), float(bases[place]), place

    return min(near, key=order)


def _reasons(wave: str, item: str, ledger: Ledger, out: Sequence[int]) -> dict[Key, str]:
    """Why rows are out; a row of nobody is small too, and hides nothing."""
    said = {}
    for place, row in enumerate(ledger.rows):
        if _is_small(ledger, place):
            said[wave, item, *row] = SMALL.format(least=ledger.least)
        elif place in out:
            said[wave, item, *row] = SECOND
    return said
