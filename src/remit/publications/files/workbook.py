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

from remit.model.errors import PublicationError
from remit.publications.files.raw import RawFile

if TYPE_CHECKING:
    from remit.files.workbooks import CheckedWorkbook

_OLD = b"\xd0\xcf\x11\xe0"
_LARGEST_WHOLE = 1e15
_NUMBERS = (int, float)


@dataclass(frozen=True, slots=True)
class SheetText:
    """One sheet as text: ``cells[0]`` is row 1, its first text column A."""

    name: str
    cells: list[list[str]]


@dataclass(slots=True)
class Workbook:
    """A workbook whose sheets are turned to text when they are asked for, and kept."""

    file: RawFile
    book: CheckedWorkbook
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
            rows = self.book.rows(name)
            self._sheets[name] = SheetText(
                name, [[cell_text(cell) for cell in row] for row in rows]
            )
        return self._sheets[name]


def is_workbook(content: bytes) -> bool:
    """Whether these are the bytes of an Excel workbook, new or old."""
    if content.startswith(_OLD):
        return True
    return content.startswith(b"PK\x03\x04") and b"[Content_Types].xml" in content


@lru_cache(maxsize=2)
def open_workbook(file: RawFile) -> Workbook:
    """The workbook in a file; asked for twice it is opened once.

    Raises
    ------
    PublicationError
        If it is locked by a password or damaged.
    """
    from remit.files import workbooks

    book = workbooks.open_workbook(file.path, file.content, error=PublicationError)
    return Workbook(file, book, book.names)


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
