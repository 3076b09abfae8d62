"""Months across the top: each cell of a row is a point of its series."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

import polars as pl

from remit.model.errors import PublicationError
from remit.model.observation import Rejection
from remit.publications.rows.rows import LINE
from remit.signals.dates import Order, read_day
from remit.signals.own.asked import AskedColumns
from remit.signals.own.columns import TableColumn, folded, is_target_name, tidied
from remit.signals.own.figures import asked_figure
from remit.signals.own.keys import key_columns
from remit.signals.own.tables import OwnTable
from remit.signals.own.totals import without_totals
from remit.words.sentences import count_words, listed


@dataclass(frozen=True, slots=True)
class WideRows:
    """The cells of a wide table, one frame a month, and what became of the rest.

    Attributes
    ----------
    months
        The name of a column of figures → ``line, series, date, value`` and perhaps ``target``.
    rejections
        The rows without any figure.
    notes
        What was taken for what, and what was left out.
    """

    months: dict[str, pl.DataFrame]
    rejections: tuple[Rejection, ...]
    notes: tuple[str, ...]


def wide_rows(table: OwnTable, asked: AskedColumns, order: Order) -> WideRows:
    """The points of a table with months across the top.

    Parameters
    ----------
    table
        The table.
    asked
        It may name the columns of the series and of a target.
    order
        How the months are written.

    Raises
    ------
    PublicationError
        If a month stands twice, or the rows cannot be told apart.

    Examples
    --------
    ``wide_rows(own_table(load(path), asked), asked, Order()).notes``
    """
    table, totals = without_totals(table)
    columns, filled = _filled_down(table)
    heads = [column for column in columns if column.place in table.across]
    _refuse_twice(table, heads, order)
    keys, target = _keys(table, columns, asked), _target(table, columns, asked)
    row = _target_row(keys) if target is None else None
    empty = {at for at, _ in enumerate(table.raw.rows) if not any(head.cells[at] for head in heads)}
    rejections = tuple(
        Rejection(
            table.raw.file.name, table.raw.lines[at], heads[0].name, "",
            "the row has no figure under any month",
        )
        for at in sorted(empty)
    )  # fmt: skip
    months = {head.name: _points(table, head, keys, target, row) for head in heads}
    used = [*heads, *keys, *([target] if target else [])]
    notes = _notes(heads, keys, target, [c for c in columns if c not in used])
    held = f"{listed(filled)}: a name holds for the rows below it" if filled else ""
    aim = "" if row is None else _said_of_target(keys[0].cells[row], table.raw.lines[row])
    return WideRows(months, rejections, (*notes, *filter(None, (totals, held, aim))))


def _said_of_target(name: str, line: int) -> str:
    of_all = "is the target of all series, month by month, and no series"
    return f"'{name}' (line {line}) {of_all}"


def _target_row(keys: tuple[TableColumn, ...]) -> int | None:
    """The one row that has the name of a target, beside others; None where there is none."""
    if len(keys) != 1:
        return None
    found = [at for at, cell in enumerate(keys[0].cells) if is_target_name(cell)]
    return found[0] if len(found) == 1 < len(keys[0].cells) else None


def _filled_down(table: OwnTable) -> tuple[list[TableColumn], list[str]]:
    """The columns, with names that stand once for several rows, as merged cells do, in each.

    It is so of a column of names before another one, where that is filled.
    """
    columns, first = table.columns, min(table.across)
    names = [c for c in columns if c.place < first and c.is_text and not c.is_remark]
    filled: list[str] = []
    for one, after in pairwise(names):
        cells = list(one.cells)
        for at, cell in enumerate(cells):
            if not cell and after.cells[at] and at:
                cells[at] = cells[at - 1]
        if cells != list(one.cells) and len(set(after.cells)) < len(after.cells):
            filled.append(one.label)
            columns[columns.index(one)] = replace(one, cells=cells)
    return columns, filled


def _points(
    table: OwnTable,
    head: TableColumn,
    keys: tuple[TableColumn, ...],
    target: TableColumn | None,
    row: int | None = None,
) -> pl.DataFrame:
    """The filled cells of one month; ``row`` is the one of the targets."""
    at = [place for place, cell in enumerate(head.cells) if cell and place != row]
    name = table.raw.file.path.stem
    series = [" · ".join(_name(keys, p)) if keys else name for p in at]
    data = {
        LINE: pl.Series([table.raw.lines[place] for place in at], dtype=pl.Int64),
        "series": pl.Series(series, dtype=pl.String),
        "date": pl.Series([head.name] * len(at), dtype=pl.String),
        "value": pl.Series([head.cells[place] for place in at], dtype=pl.String),
    }
    if target:
        data["target"] = pl.Series([target.cells[place] for place in at], dtype=pl.String)
    if row is not None:
        aim = asked_figure(head.cells[row])[0]
        data["target"] = pl.Series([aim] * len(at), dtype=pl.String)
    return pl.DataFrame(data)


def _name(keys: tuple[TableColumn, ...], at: int) -> list[str]:
    """The parts of the name of a row; none if one of them is blank."""
    parts = [key.cells[at] for key in keys]
    return parts if all(parts) else []


def _refuse_twice(table: OwnTable, heads: list[TableColumn], order: Order) -> None:
    seen: dict[object, str] = {}
    for head in heads:
        day = read_day(head.name, order)
        if day in seen:
            raise PublicationError(
                f"{table.where}: the columns {seen[day]!r} and {head.name!r} are of one month; "
                "leave one of them out"
            )
        seen[day] = head.name


def _keys(
    table: OwnTable, columns: list[TableColumn], asked: AskedColumns
) -> tuple[TableColumn, ...]:
    if asked.series:
        return tuple(_named(table, columns, name, "series") for name in asked.series)
    first = min(table.across)
    before = [column for column in columns if column.place < first]
    found = key_columns(before, [""] * len(table.raw.rows), repeated=False)
    if len(found) > 1:
        sets = listed([listed([key.label for key in keys]) for keys in found], "or")
        raise PublicationError(
            f"{table.where}: {sets} could tell the series apart; say which with --series-column"
        )
    if len(table.raw.rows) > 1 and not found[0]:
        raise PublicationError(
            f"{table.where}: no column before the months names the series; name one with "
            "--series-column"
        )
    return found[0]


def _target(table: OwnTable, columns: list[TableColumn], asked: AskedColumns) -> TableColumn | None:
    if asked.target is not None:
        return _named(table, columns, asked.target, "target")
    found = [column for column in columns if column.is_target and column.is_figures]
    return found[0] if len(found) == 1 else None


def _named(table: OwnTable, columns: list[TableColumn], name: str, role: str) -> TableColumn:
    for column in columns:
        if folded(column.name) == folded(name):
            return column
    raise PublicationError(
        f"{table.where}: there is no column {name!r}; the header has "
        f"{', '.join(tidied(column.name) for column in columns[:12])}. Name it with "
        f"--{role}-column"
    )


def _notes(
    heads: list[TableColumn],
    keys: tuple[TableColumn, ...],
    target: TableColumn | None,
    left: list[TableColumn],
) -> Iterator[str]:
    """What was taken for what: the months, the series, the target; what was left out."""
    series = f", {listed([key.label for key in keys])} as the series" if keys else ""
    aim = f", {target.label} as the target" if target else ""
    yield (
        f"read {count_words(len(heads), 'column')} across the top, {heads[0].label} to "
        f"{heads[-1].label}, as the dates{series}{aim}"
    )
    if left := [column for column in left if column.filled]:
        yield f"left out: {listed([column.label for column in left])}"
    rows = zip(*(head.cells for head in heads), strict=True)
    blank = sum(row.count("") for row in rows if any(row))
    if blank:
        yield f"{count_words(blank, 'blank cell')}: no points"
