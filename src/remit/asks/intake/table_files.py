"""Lists of asks as people keep them: CSV and Excel, with the place of each row."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any, NamedTuple

from remit.files.delimited import unmarked
from remit.files.records import decoded, records, separator_of_list, without_blanks
from remit.files.sheet_marks import Range, SheetMarks
from remit.model.errors import AskError, FileError

Row = tuple[int, list[str]]
"""The line of the file (or the row of the sheet) at which it begins, and its cells."""

SHEETS = frozenset({".xlsx", ".xlsm", ".xls", ".ods"})
MOST_COLUMNS = 1_000
"""Cells of a row up to the last that is filled."""

_LOOKED_AT = 25
_SOME = 10
_WIDE = 2
"""How many columns further a merged cell reaches that is a line across its sheet."""
_FIRST_HOURS = datetime(1899, 12, 31)
_NO_DAYS = datetime(1901, 1, 1)
"""Before it a moment is a number of hours to which Excel gave the form of a day."""


@dataclass(slots=True)
class FileAccount:
    """What of a table is not taken: rows that cannot be read, and sheets beside the one."""

    damaged: list[tuple[str, int, str]] = field(default_factory=list)
    """The sheet, the line, and what is wrong with it."""
    hidden: list[str] = field(default_factory=list)
    """The sheets that the workbook does not show, which are not read."""
    filled: set[tuple[str, int, int]] = field(default_factory=set)
    """The cells (sheet, line, place) that have their text from a cell that they are merged with."""
    across: set[tuple[str, int]] = field(default_factory=set)
    """The rows (sheet, line) of which a cell is merged over several columns."""
    concealed: dict[str, SheetMarks] = field(default_factory=dict)
    """The sheets with hidden rows or columns, which are read all the same."""


@dataclass(frozen=True, slots=True)
class SheetRows:
    """The rows of one sheet that are not blank; a text file is one without a name."""

    name: str
    rows: list[Row]


def tables_of(path: Path, content: bytes, account: FileAccount) -> Iterator[SheetRows]:
    """The rows of a text file, or of each shown sheet of a workbook that has some.

    Parameters
    ----------
    path, content
        The file, and what is in it.
    account
        Takes the rows that cannot be read, and what is not read at all.

    Raises
    ------
    AskError
        If the file cannot be read as what its name says it is.
    """
    if path.suffix.lower() in SHEETS:
        for name, rows in _sheets(path, content, account):
            yield SheetRows(name, list(_whole(rows, account, name)))
    else:
        yield SheetRows("", list(_whole(_csv_rows(path, content, account), account, "")))


def _whole(rows: Iterable[Row], account: FileAccount, sheet: str) -> Iterator[Row]:
    """The rows that can be taken, without blank ones and blank cells at their ends."""
    for line, cells in rows:
        bare = without_blanks(cells)
        if len(bare) > MOST_COLUMNS:
            account.damaged.append((sheet, line, f"the row has {len(bare):,} cells"))
        elif any("\x00" in cell for cell in bare):
            account.damaged.append((sheet, line, "the row holds a null character"))
        elif bare:
            yield line, bare


class Split(NamedTuple):
    """The header of a table, the rows below it, and those above it."""

    header: tuple[str, ...]
    rows: list[Row]
    above: list[Row]


def split_header(everything: list[Row], score: Callable[[list[str]], int]) -> Split | None:
    """The header with what stands below and above it; None where no row can be one.

    Parameters
    ----------
    everything
        The rows of a table.
    score
        Says how much of a row can be headings of asks; 0 where it is no header.
    """
    scores = [score(cells) for _, cells in everything[:_LOOKED_AT]]
    best = max(range(len(scores)), key=lambda index: (scores[index], -index), default=None)
    if best is None or not scores[best]:
        return None
    header = tuple(cell.strip() for cell in everything[best][1])
    return Split(header, everything[best + 1 :], everything[:best])


_RICH_TEXT = "{\\rtf"


def _csv_rows(path: Path, content: bytes, account: FileAccount) -> Iterator[Row]:
    text = decoded(content).text
    if text.count("\x00") * _SOME > len(text):
        raise AskError(f"{path}: this is no text; save it as CSV (UTF-8) or as .xlsx")
    if text.lstrip().startswith(_RICH_TEXT):
        raise AskError(f"{path}: this is rich text (RTF); save it as CSV (UTF-8) or as .xlsx")
    for line, cells in records(text, separator_of_list(text)):
        if isinstance(cells, str):
            account.damaged.append(("", line, cells))
        else:
            yield line, [unmarked(cell) for cell in cells]


def _sheets(path: Path, content: bytes, account: FileAccount) -> Iterator[tuple[str, list[Row]]]:
    from remit.files.workbooks import open_workbook

    try:
        book = open_workbook(path, content)
        for name in book.names:
            if name in book.hidden:
                account.hidden.append(name)
                continue
            cells = [[_cell(value) for value in row] for row in book.rows(name)]
            marks = book.marks(name)
            _fill_merged(cells, marks.merged, account, name)
            if marks.hidden_rows or marks.hidden_columns:
                account.concealed[name] = marks
            filled = [
                (line, row)
                for line, row in enumerate(cells, start=1)
                if any(cell.strip() for cell in row)
            ]
            yield name, filled
    except FileError as fault:
        said = str(fault).removeprefix(f"{path}: ")
        raise AskError(f"{path}: the workbook cannot be read: {said}") from None


def _fill_merged(
    cells: list[list[str]], spans: Iterable[Range], account: FileAccount, sheet: str
) -> None:
    """Write what stands in a cell merged over several rows into each of them."""
    for top, left, low, right in spans:
        if right - left >= _WIDE:
            account.across.add((sheet, top + 1))
        if top >= len(cells) or left >= len(cells[top]) or not cells[top][left].strip():
            continue
        for row in range(top + 1, min(low + 1, len(cells))):
            if left < len(cells[row]) and any(cell.strip() for cell in cells[row]):
                cells[row][left] = cells[top][left]
                account.filled.add((sheet, row + 1, left))


def _cell(value: Any) -> str:
    if isinstance(value, datetime):
        return str(value - _FIRST_HOURS) if value < _NO_DAYS else value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value)
