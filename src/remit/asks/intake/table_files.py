"""Lists of asks as people keep them: CSV and Excel, with the place of each row."""

from __future__ import annotations

import csv
import io
from codecs import BOM_UTF8
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from remit.files.delimited import unmarked
from remit.model.errors import AskError, FileError

Row = tuple[int, list[str]]
"""The line of the file (or the row of the sheet) at which it begins, and its cells."""

SHEETS = frozenset({".xlsx", ".xlsm", ".xls", ".ods"})
MOST_COLUMNS = 1_000
"""Cells of a row up to the last that is filled."""

_LOOKED_AT = 25
_MOST_LINES = 1_000
_LONGEST_RECORD = 1_000_000
_SOME = 10
_OPEN = "a quotation mark is opened and not closed"


@dataclass(slots=True)
class Account:
    """What of a table is not taken: rows that cannot be read, and sheets beside the one."""

    damaged: list[tuple[int, str]] = field(default_factory=list)
    """The line, and what is wrong with it."""
    notes: list[str] = field(default_factory=list)


def table_rows(path: Path, content: bytes, account: Account) -> Iterator[Row]:
    """The rows of a CSV file or of the first filled sheet of a workbook.

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
    rows = _sheet_rows if path.suffix.lower() in SHEETS else _csv_rows
    for line, cells in rows(path, content, account):
        bare = _without_blanks(cells)
        if len(bare) > MOST_COLUMNS:
            account.damaged.append((line, f"the row has {len(bare):,} cells"))
        elif any("\x00" in cell for cell in bare):
            account.damaged.append((line, "the row holds a null character"))
        elif bare:
            yield line, bare


def split_header(
    rows: Iterator[Row], score: Any
) -> tuple[tuple[str, ...], list[Row]] | tuple[None, list[Row]]:
    """The header and the rows below it; titles above the header are passed over.

    Parameters
    ----------
    rows
        The rows of a table.
    score
        Says how many cells of a row can be headings of asks.
    """
    everything = list(rows)
    best = max(
        range(min(len(everything), _LOOKED_AT)),
        key=lambda index: (score(everything[index][1]), -index),
        default=None,
    )
    if best is None or score(everything[best][1]) < 2:
        return None, everything
    return tuple(cell.strip() for cell in everything[best][1]), everything[best + 1 :]


def _csv_rows(path: Path, content: bytes, account: Account) -> Iterator[Row]:
    text = decoded(content)
    if text.count("\x00") * _SOME > len(text):
        raise AskError(f"{path}: this is no text; save it as CSV (UTF-8) or as .xlsx")
    for line, cells in records(text, _delimiter(text)):
        if isinstance(cells, str):
            account.damaged.append((line, cells))
        else:
            yield line, [unmarked(cell) for cell in cells]


def records(text: str, delimiter: str) -> Iterator[tuple[int, list[str] | str]]:
    """The records of a CSV text: the line on which each begins, and its cells or what is wrong.

    A quoted cell may run over several lines. One that is not closed as it should be spoils the
    line on which it is opened; the lines below are read anew, so that it swallows none of them.
    """
    source = _Lines(text)
    while source.more():
        line = source.number
        try:
            cells = next(csv.reader(source.record(), delimiter=delimiter, strict=True))
        except csv.Error:
            yield line, source.again() or _leniently(source.taken[0], delimiter)
        else:
            yield line, cells


def _leniently(line: str, delimiter: str) -> list[str] | str:
    """The cells of one line whose quotation marks are not doubled, as Excel would read it."""
    if len(line) > csv.field_size_limit():
        return f"the line has {len(line):,} characters, more than a list of asks has"
    if line.count('"') % 2:
        return _OPEN
    try:
        return next(csv.reader([line], delimiter=delimiter))
    except csv.Error:
        return "this is no row of a CSV file: a quotation mark or another sign is out of place"


class _Lines:
    """The lines of a text, some of which can be taken back."""

    def __init__(self, text: str) -> None:
        self._lines = io.StringIO(text, newline="")
        self._back: deque[str] = deque()
        self.taken: list[str] = []
        self.number = 1

    def more(self) -> bool:
        """Whether there is another line."""
        if not self._back:
            line = self._lines.readline()
            if line:
                self._back.append(line)
        return bool(self._back)

    def record(self) -> Iterator[str]:
        """The lines that a record may run over."""
        self.taken, length = [], 0
        while self.more() and len(self.taken) < _MOST_LINES and length < _LONGEST_RECORD:
            line = self._back.popleft()
            self.taken.append(line)
            self.number += 1
            length += len(line)
            yield line

    def again(self) -> str:
        """Take back all lines of a record but its first; what is wrong with that, if it has more.

        The text below the last mark may be closed by no mark at all.
        """
        if len(self.taken) < 2:
            return ""
        self._back.extendleft(reversed(self.taken[1:]))
        self.number -= len(self.taken) - 1
        return _OPEN


def decoded(content: bytes) -> str:
    """The text of a file: UTF-8, and lines that are not in code page 1252, Excel's own."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return "\n".join(map(_decoded_line, content.removeprefix(BOM_UTF8).split(b"\n")))


def _decoded_line(line: bytes) -> str:
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        return line.decode("cp1252", errors="replace")


def _without_blanks(cells: list[str]) -> list[str]:
    """A row up to its last cell that is not blank."""
    end = len(cells)
    while end and not cells[end - 1].strip():
        end -= 1
    return cells[:end]


def _delimiter(text: str) -> str:
    first = text[:_LONGEST_RECORD].split("\n", 1)[0]
    return max(",;\t|", key=first.count)


def _sheet_rows(path: Path, content: bytes, account: Account) -> Iterator[Row]:
    from remit.files.workbooks import open_workbook

    try:
        book = open_workbook(path, content)
        for place, name in enumerate(book.names):
            rows = ((n, [_cell(c) for c in row]) for n, row in enumerate(book.rows(name), start=1))
            filled = [(n, cells) for n, cells in rows if any(cell.strip() for cell in cells)]
            if len(filled) > 1:
                if others := [*book.names[:place], *book.names[place + 1 :]]:
                    account.notes.append(f"read is the sheet {name}; not read: {', '.join(others)}")
                yield from filled
                return
    except FileError as fault:
        said = str(fault).removeprefix(f"{path}: ")
        raise AskError(f"{path}: the workbook cannot be read: {said}") from None


def _cell(value: Any) -> str:
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value)
