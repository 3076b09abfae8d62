"""Excel workbooks as sheets of text, each cell in its physical row and column.

Cells are read as they are, not by the size that a sheet claims to have (it is wrong in some
publications). A whole number stands as ``12``, not as ``12.0``; a date as ``2025-06-30``; a cell
with an error keeps the error's name (``#N/A``), so that it is never taken for a blank; a formula
of which the file holds no value is ``#NOT CALCULATED!``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from remit.files.archives import ArchiveError, names_in
from remit.files.records import records
from remit.files.sheet_marks import SheetMarks
from remit.model.errors import PublicationError
from remit.publications.files.raw import RawFile
from remit.publications.files.text import heads, plain_text

if TYPE_CHECKING:
    from remit.files.workbooks import CheckedWorkbook

_OLD = b"\xd0\xcf\x11\xe0"
_CONTENT_TYPES = "[Content_Types].xml"
_OPEN_DOCUMENT = b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet"
_LARGEST_WHOLE = 1e15
_NUMBERS = (int, float)


@dataclass(frozen=True, slots=True)
class SheetText:
    """One sheet as text: ``cells[0]`` is row 1, its first text column A.

    ``lines`` are those of the file where its rows begin, of a file of text. ``book`` tells what of
    it is hidden or merged, of a sheet of a workbook.
    """

    name: str
    cells: list[list[str]]
    lines: tuple[int, ...] = ()
    is_hidden: bool = False
    book: CheckedWorkbook | None = None

    @property
    def marks(self) -> SheetMarks:
        """What of it is hidden or merged: looked for when asked, for most sheets are no table."""
        return self.book.marks(self.name) if self.book else SheetMarks()

    def line(self, index: int) -> int:
        """The row of the sheet, or the line of the file, at which a row stands."""
        return self.lines[index] if self.lines else index + 1


@dataclass(slots=True)
class Workbook:
    """A workbook whose sheets are turned to text when they are asked for, and kept."""

    file: RawFile
    book: CheckedWorkbook | None
    names: tuple[str, ...]
    _sheets: dict[str, SheetText] = field(default_factory=dict)

    def sheet(self, name: str) -> SheetText:
        """One sheet by its name, hidden ones too.

        Raises
        ------
        PublicationError
            If the sheet is damaged, or too large.
        """
        if name not in self._sheets:
            self._sheets[name] = self._read(name)
        return self._sheets[name]

    def is_hidden(self, name: str) -> bool:
        """Whether Excel does not show a sheet."""
        return self.book is not None and name in self.book.hidden

    def _read(self, name: str) -> SheetText:
        assert self.book is not None  # of a text all sheets are there from the beginning
        # Most cells are texts: a call for each takes longer than all the rest.
        cells = [
            [cell if type(cell) is str else cell_text(cell) for cell in row]
            for row in self.book.rows(name)
        ]
        return SheetText(name, cells, is_hidden=self.is_hidden(name), book=self.book)


@lru_cache(maxsize=4)
def is_workbook(content: bytes) -> bool:
    """Whether these are the bytes of a workbook of Excel, new or old, or of OpenDocument."""
    if content.startswith(_OLD):
        return True
    if not content.startswith(b"PK\x03\x04"):
        return False
    may_be = _OPEN_DOCUMENT in content[:200] or _CONTENT_TYPES.encode() in content
    return may_be and not _is_packed(content)


def _is_packed(content: bytes) -> bool:
    """Whether what looks like a workbook is an archive with one in it, stored as it is."""
    try:
        return names_in(content).isdisjoint((_CONTENT_TYPES, "mimetype"))
    except ArchiveError:
        return False  # a workbook that is damaged is told as one


@lru_cache(maxsize=2)
def open_workbook(file: RawFile) -> Workbook:
    """The workbook in a file; asked for twice it is opened once.

    A file of text is taken for one sheet without a name, as Excel saves one as CSV.

    Raises
    ------
    PublicationError
        If it is locked by a password or damaged.
    """
    if not is_workbook(file.content):
        sheet = _sheet_of_text(file)
        return Workbook(file, None, (sheet.name,), {sheet.name: sheet})
    from remit.files import workbooks

    book = workbooks.open_workbook(file.path, file.content, error=PublicationError)
    return Workbook(file, book, book.names)


def _sheet_of_text(file: RawFile) -> SheetText:
    separator = heads(file)[0].separator
    whole = [
        (line, cells)
        for line, cells in records(plain_text(file).text, separator)
        if not isinstance(cells, str)
    ]
    return SheetText("", [cells for _, cells in whole], tuple(line for line, _ in whole))


def cell_text(cell: Any) -> str:
    """A cell as text."""
    kind = type(cell)
    if kind is str:
        return cell  # type: ignore[no-any-return]
    if kind is float and cell.is_integer() and abs(cell) < _LARGEST_WHOLE:
        return str(int(cell))
    if kind is bool:
        return "TRUE" if cell else "FALSE"
    return repr(cell) if kind in _NUMBERS else _moment(cell)


def _moment(cell: date | datetime | time | timedelta) -> str:
    """A day as 2025-06-30, a stretch of time (which Excel keeps as a time of day) as 0:08:23."""
    if isinstance(cell, datetime) and cell.time() == time():
        return cell.date().isoformat()
    if isinstance(cell, time):
        whole = timedelta(
            hours=cell.hour,
            minutes=cell.minute,
            seconds=cell.second,
            microseconds=cell.microsecond,
        )
        return str(whole)
    return str(cell)
