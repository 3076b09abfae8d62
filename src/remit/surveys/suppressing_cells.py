"""Small bases of tables with many options: single cells are hidden before whole rows are.

A group that is large enough keeps its row; of it only those options are hidden that would tell what
a small group said. So many rare options hide no more than they must.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import polars as pl

from remit.surveys.cuts import ALL
from remit.surveys.readers_view import Columns, Ledger, ReadersView
from remit.surveys.suppressing import (
    BASE_OPEN,
    COUNT_OPEN,
    SECOND,
    SMALL,
    alone,
    next_out,
    ticks_ledger,
    without,
)

CELL = "else what a small group said could be worked out from the others"
_TRIES = 60


def suppressed_cells(frame: pl.DataFrame, least: int, option: str) -> pl.DataFrame:
    """A table of options without rows of a small base, and without the cells that would tell them.

    Parameters
    ----------
    frame
        Rows of wave, item, cut, group and option, with a base and a number ``n``; each option may
        be had beside others.
    least
        The least base that is shown; 0 shows all.
    option
        The column of the option.

    Examples
    --------
    >>> suppressed_cells(counts, 10, "theme")["suppressed"].n_unique()  # doctest: +SKIP
    3
    """
    rows: dict[tuple[str, str, str, str], str] = {}
    cells: set[tuple[str, str, str, str, str]] = set()
    for part in frame.partition_by("wave", "item_id", maintain_order=True) if least > 0 else ():
        key = (part["wave"][0], part["item_id"][0])
        names = part[option].unique(maintain_order=True).to_list()
        ledger = ticks_ledger(part, least)
        out = _hidden(ledger)
        for place, row in enumerate(ledger.rows):
            if ledger.bases()[place] < least:
                rows[*key, *row] = SMALL.format(least=least)
            elif place in out.rows:
                rows[*key, *row] = SECOND
            cells |= {(*key, *row, names[column]) for column in out.cells.get(place, ())}
    return _without_cells(without(frame, rows), cells, option)


def _without_cells(
    frame: pl.DataFrame, cells: set[tuple[str, str, str, str, str]], option: str
) -> pl.DataFrame:
    if not cells:
        return frame
    keys = ["wave", "item_id", "group_by", "group", option]
    out = pl.Series([key in cells for key in frame.select(keys).iter_rows()], dtype=pl.Boolean)
    figures = [name for name, kind in frame.schema.items() if kind.is_numeric()]
    return frame.with_columns(
        *(pl.when(~out).then(pl.col(name)).alias(name) for name in figures),
        pl.when(out).then(pl.lit(CELL)).otherwise("suppressed").alias("suppressed"),
    )


@dataclass(slots=True)
class _Out:
    """The rows that are hidden, and of others the columns that are."""

    rows: list[int] = field(default_factory=list)
    cells: dict[int, set[int]] = field(default_factory=dict)

    def hide(self, row: int) -> None:
        self.rows.append(row)
        self.cells.pop(row, None)

    def view(self, ledger: Ledger) -> ReadersView:
        """What a reader sees: of a row with hidden cells every other column."""
        every = range(ledger.counts.shape[1])
        told = {row: tuple((one,) for one in every if one not in columns)
                for row, columns in self.cells.items()}  # fmt: skip
        return ReadersView(ledger, self.rows, tuple(self.cells), told)


def _hidden(ledger: Ledger) -> _Out:
    """What is out: small rows, what would tell their bases, and the cells that would tell more."""
    bases = ledger.bases()
    some = [n for n in range(len(bases)) if bases[n] > 0]
    small = [n for n in some if bases[n] < ledger.least]
    if any(ledger.rows[n][0] == ALL for n in small):
        return _Out(some)
    out = _Out(small)
    if not small:
        return out
    while lines := alone(ledger, out.rows):
        out.hide(next_out(ledger, lines, (0, ledger.base), _left(ledger, out)))
    # One option after the other first: their equations are small. Then all of them together.
    for column in ledger.ticks:
        kept = [column, *ledger.base]
        one = replace(ledger, counts=ledger.counts[:, kept], ticks=(0,), base=(1,))
        found = _settle(one, _Out(list(out.rows)))
        for row in found.rows:
            if row not in out.rows:
                out.hide(row)
        for row in found.cells:
            if row not in out.rows:
                out.cells.setdefault(row, set()).add(column)
    return _settle(ledger, out)


def _left(ledger: Ledger, out: _Out) -> list[int]:
    """The rows that could be hidden too."""
    bases = ledger.bases()
    return [n for n, row in enumerate(ledger.rows)
            if row[0] != ALL and n not in out.rows and bases[n] > 0]  # fmt: skip


def _settle(ledger: Ledger, out: _Out) -> _Out:
    """Hide further cells until everything hidden is open enough; where that fails, all rows."""
    enough: dict[tuple[int, Columns], int] = {}
    asked: set[tuple[int, Columns]] = set()
    for _ in range(_TRIES):
        left = _left(ledger, out)
        if not left:
            return out
        aims = [(row, ledger.base, BASE_OPEN) for row in out.rows]
        aims += [(row, (column,), COUNT_OPEN) for row in out.rows for column in ledger.ticks]
        aims += [(row, (column,), COUNT_OPEN) for row in out.cells for column in out.cells[row]]
        for row, columns, wide in aims:
            enough.setdefault((row, columns), ledger.most_open(row, columns, wide))
        wanted = [(row, columns, enough[row, columns]) for row, columns, _ in aims]
        found = out.view(ledger).narrow([one for one in wanted if one[2] > 0])
        if found is None:
            return out
        row, columns, _ = found
        if (row, columns) not in asked:
            # What the whole alone tells, no hiding of cells keeps.
            asked.add((row, columns))
            every = ReadersView(ledger, [*out.rows, *left])
            enough[row, columns] = min(enough[row, columns], every.width(row, columns))
            continue
        _hide_one(ledger, out, (row, columns), left)
    return _Out([*out.rows, *_left(ledger, out)])


def _hide_one(ledger: Ledger, out: _Out, told: tuple[int, Columns], left: Sequence[int]) -> None:
    """Hide one thing more of what tells a count: a cell of its option, else a row."""
    row, columns = told
    beside = [signs for signs in ledger.lines() if signs[row]]
    column = columns[0]
    open_ones = [n for n in left if column not in out.cells.get(n, ())]
    if columns == ledger.base or not open_ones:
        out.hide(next_out(ledger, beside, told, left))
        return
    out.cells.setdefault(next_out(ledger, beside, told, open_ones), set()).add(column)
