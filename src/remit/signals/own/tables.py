"""Where a user's table stands in a file: on which sheet, under which header, with which months."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from remit.model.errors import PublicationError
from remit.publications.files.decimal_commas import with_points
from remit.publications.files.merged import hidden_parts, with_merged
from remit.publications.files.raw import RawFile
from remit.publications.files.table import RawTable, table_below
from remit.publications.files.text import HEADER_WITHIN, first_row, heads
from remit.publications.files.workbook import SheetText, Workbook, is_workbook, open_workbook
from remit.signals.dates import read_day
from remit.signals.own.across import Across, NoYears, across_in
from remit.signals.own.as_shown import AS_SHOWN, as_shown
from remit.signals.own.asked import AskedColumns
from remit.signals.own.columns import TableColumn, columns_in, folded, is_figure, tidied
from remit.words.sentences import listed

_PLAIN = frozenset({"date", "value", "series", "numerator", "denominator"})
_NO_YEARS = (
    "the months across the top say no year; write them as Apr 2024, or put the year above them"
)


@dataclass(frozen=True, slots=True)
class OwnTable:
    """A table, and which of its columns are months across the top (none of a long one).

    ``separator`` parts the cells of a text; a workbook has none. ``is_turned`` where each of its
    columns of figures became a series; ``asks_for`` is which way its targets say is better.
    """

    raw: RawTable
    across: tuple[int, ...] = ()
    notes: tuple[str, ...] = ()
    separator: str = ""
    is_turned: bool = False
    asks_for: Mapping[str, str] = field(default_factory=dict)

    @property
    def columns(self) -> list[TableColumn]:
        """Its columns, with what they hold."""
        return columns_in(self.raw.header, self.raw.rows)

    @property
    def where(self) -> str:
        """File, sheet and line of the header, as messages name it."""
        sheet = f", sheet {self.raw.sheet}" if self.raw.sheet else ""
        return f"{self.raw.file.path}{sheet}, line {self.raw.header_line}"


ONE_SHEET = "hide the others in Excel, or save the one that is meant as a file of its own"
"""What to do where a workbook has several tables, for a command without ``--sheet``."""


def own_table(
    file: RawFile, asked: AskedColumns, *, several: str = "name one with --sheet"
) -> OwnTable:
    """The one table of a file.

    Parameters
    ----------
    file
        A file of text or a workbook.
    asked
        It may name the sheet; the header is the row that has the columns it names.
    several
        What to do where several sheets have one.

    Raises
    ------
    PublicationError
        If the file has none, or several sheets that each hold one.

    Examples
    --------
    ``own_table(load(path), AskedColumns(sheet="A&E"))``
    """
    if not is_workbook(file.content):
        if asked.sheet is not None:
            raise PublicationError(f"{file.path}: this is no workbook; leave out --sheet")
        return _of_text(file, asked)
    book = open_workbook(file)
    found = _of_workbook(file, asked)
    if len(found) > 1:
        sheets = listed([repr(table.raw.sheet) for table in found])
        raise PublicationError(f"{file.path}: the sheets {sheets} each hold a table; {several}")
    return _with_those_left(found[0], book, found)


def own_tables(file: RawFile, asked: AskedColumns) -> list[OwnTable]:
    """The tables of a file that may have one on each of several sheets.

    Raises
    ------
    PublicationError
        If it has none.
    """
    if not is_workbook(file.content):
        return [_of_text(file, asked)]
    found = _of_workbook(file, asked)
    return [_with_those_left(found[0], open_workbook(file), found), *found[1:]]


def _of_text(file: RawFile, asked: AskedColumns) -> OwnTable:
    for head in heads(file):
        rows = [list(cells) for _, cells in head.rows]
        found = _header(file, rows, asked)
        if found:
            line = head.rows[found.index][0]
            raw = table_below(file, head.separator, line, found.header, asked.decimals)
            if head.separator == "," and asked.decimals is None:
                raw = _with_quoted_decimals(raw)
            return OwnTable(raw, found.places, raw.notes, head.separator)
    head, line, header = first_row(file)
    raw = table_below(file, head.separator, line, header, asked.decimals)
    _refuse_headless(raw)
    return OwnTable(raw, (), raw.notes, head.separator)


def _with_quoted_decimals(raw: RawTable) -> RawTable:
    """A table between commas whose quoted figures have decimal ones (``"70,5"``)."""
    rows, said = with_points(raw.rows, semicolons=False)
    return replace(raw, rows=rows, notes=(*raw.notes, said)) if said else raw


def _of_workbook(file: RawFile, asked: AskedColumns) -> list[OwnTable]:
    """The tables of its sheets; only those with the columns that are named, where one has them."""
    book = open_workbook(file)
    names = [
        name for name in book.names if asked.sheet is None or folded(name) == folded(asked.sheet)
    ]
    if not names:
        raise PublicationError(
            f"{file.path}: there is no sheet {asked.sheet!r}; it has {listed(book.names)}"
        )
    found = _found(file, names, asked)
    found = [one for one in found if _has_all(one.raw.header, asked)] or found
    if not found:
        what = (
            f"has the columns {listed([*asked.names, *asked.one_of[:1]])} in its header"
            if asked.names or asked.one_of
            else "holds a table of dates and figures under a header"
        )
        raise PublicationError(f"{file.path}: no sheet {what}; looked on {listed(names)}")
    return found


def _with_those_left(one: OwnTable, book: Workbook, read: Sequence[OwnTable]) -> OwnTable:
    """A table with the word of which sheets were read, and which were not."""
    among = {table.raw.sheet for table in read}
    left = [f"{name} (hidden)" if book.is_hidden(name) else name
            for name in book.names if name not in among]  # fmt: skip
    hidden = " (hidden)" if book.is_hidden(one.raw.sheet) else ""
    sheets = listed([repr(table.raw.sheet) for table in read])
    which = "the sheet" if len(read) == 1 else "the sheets"
    told = f"read {which} {sheets}{hidden}" if left or len(read) > 1 else ""
    told += f", not {listed(left)}" if left else ""
    return replace(one, notes=tuple(note for note in (told, *one.raw.notes) if note))


def _has_all(header: Sequence[str], asked: AskedColumns) -> bool:
    """Whether a header has the columns that are named, also with ``_`` for a space."""
    plain = {folded(cell) for cell in header if cell}
    spaced = {folded(cell.replace("_", " ")) for cell in header if cell}
    names = {folded(name) for name in asked.names}
    if asked.one_of and not plain & {folded(name) for name in asked.one_of}:
        return False
    return bool(names or asked.one_of) and (names <= plain or names <= spaced)


def _found(file: RawFile, names: Sequence[str], asked: AskedColumns) -> list[OwnTable]:
    """The tables on some sheets; on hidden ones only where no other has one."""
    book = open_workbook(file)
    shown = [name for name in names if not book.is_hidden(name)]
    hidden = [name for name in names if book.is_hidden(name)]
    found = [table for name in shown for table in _on_sheet(file, book.sheet(name), asked)]
    return found or [t for name in hidden for t in _on_sheet(file, book.sheet(name), asked)]


def _on_sheet(file: RawFile, sheet: SheetText, asked: AskedColumns) -> Iterator[OwnTable]:
    sheet = as_shown(sheet)
    rows = [[tidied(cell) for cell in row] for row in sheet.cells]
    found = _header(file, rows, asked)
    if found is None:
        return
    at = found.index
    columns = columns_in(found.header, [row for row in rows[at + 1 :] if any(row)])
    naming = {column.place for column in columns if not column.is_figures} - set(found.places)
    shown = AS_SHOWN if sheet.marks.percents else ""
    cells, merged = with_merged(sheet, at, found.header, naming)
    below = [(sheet.line(place), row) for place, row in enumerate(cells) if place > at and any(row)]
    raw = RawTable(
        file=file,
        header=found.header,
        rows=[row for _, row in below],
        lines=[line for line, _ in below],
        damaged=[],
        sheet=sheet.name,
        header_line=sheet.line(at),
        notes=tuple(note for note in (merged, hidden_parts(sheet, at), shown) if note),
    )
    yield OwnTable(raw, found.places)


def _header(file: RawFile, rows: Sequence[Sequence[str]], asked: AskedColumns) -> Across | None:
    """The header among the first rows: with the columns that are named, or above dates."""
    lax = None
    for index, row in enumerate(rows[:HEADER_WITHIN]):
        names = {folded(cell) for cell in row if cell}
        if _has_all(row, asked):
            return Across(index, tuple(row), _months(file, rows, index) if not asked.date else ())
        if not names:
            continue
        try:
            across = across_in(rows, index)
        except NoYears:
            raise PublicationError(f"{file.path}: {_NO_YEARS}") from None
        if across:
            return across
        if _is_header(row) and (found := _dates_below(rows, index)) is not None:
            if found or "date" in names:
                return Across(index, tuple(row), ())
            lax = lax or Across(index, tuple(row), ())
        if "date" in names and names & _PLAIN - {"date"}:
            return Across(index, tuple(row), ())
    return lax


def _months(file: RawFile, rows: Sequence[Sequence[str]], index: int) -> tuple[int, ...]:
    try:
        found = across_in(rows, index)
    except NoYears:
        raise PublicationError(f"{file.path}: {_NO_YEARS}") from None
    return found.places if found else ()


def _is_header(row: Sequence[str]) -> bool:
    """Whether its cells are names: no dates and no figures."""
    return not any(cell and (is_figure(cell) or read_day(cell)) for cell in row)


def _dates_below(rows: Sequence[Sequence[str]], index: int) -> bool | None:
    """Whether dates begin right under a row, or somewhere below it; None where there are none."""
    below = rows[index + 1 : index + 1 + HEADER_WITHIN]
    width = max((len(row) for row in below), default=0)
    header = [*rows[index], *[""] * (width - len(rows[index]))]
    padded = [[*row, *[""] * (width - len(row))] for row in below]
    dated = [column for column in columns_in(header, padded) if column.is_dated]
    if not dated:
        return None
    return any(read_day(column.cells[0]) is not None for column in dated)


def _refuse_headless(raw: RawTable) -> None:
    """A first line that is a point is no header, and would be lost as one."""
    dates = any(cell and not is_figure(cell) and read_day(cell) for cell in raw.header)
    if dates and any(is_figure(cell) for cell in raw.header):
        raise PublicationError(
            f"{raw.file.path}, line {raw.header_line}: this looks like a point and not like a "
            "header; put the names of the columns above it, such as series,date,value"
        )
