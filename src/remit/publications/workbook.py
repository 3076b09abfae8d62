"""Excel workbooks as sheets of text, each cell in its physical row and column.

Cells are read as they are, not by the size that a sheet claims to have (it is wrong in some
publications). A whole number stands as ``12``, not as ``12.0``; a date as ``2025-06-30``; a cell
with an error keeps the error's name (``#N/A``), so that it is never taken for a blank.
"""

from __future__ import annotations

import zipfile
import zlib
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from io import BytesIO
from typing import TYPE_CHECKING, Any

from remit.model.errors import PublicationError
from remit.publications.old_workbook import old_error_cells
from remit.publications.sheet_xml import error_cells, refuse_vast, sheet_xml

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook

    from remit.publications.raw import RawFile

_OLD = b"\xd0\xcf\x11\xe0"
_LARGEST_WHOLE = 1e15
_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    ValueError,
    LookupError,
    RuntimeError,  # locked; or packed in a way that is not known
)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet as text: ``cells[0]`` is row 1, its first text column A."""

    name: str
    cells: list[list[str]]


@dataclass(slots=True)
class Workbook:
    """A workbook whose sheets are turned to text when they are asked for, and kept."""

    file: RawFile
    book: CalamineWorkbook
    names: tuple[str, ...]
    old_errors: dict[str, list[tuple[int, int, str]]] | None = None
    _sheets: dict[str, Sheet] = field(default_factory=dict)

    def sheet(self, name: str) -> Sheet:
        """One sheet by its name, hidden ones too.

        Raises
        ------
        PublicationError
            If the sheet is damaged.
        """
        from python_calamine import CalamineError

        if name not in self._sheets:
            try:
                self._sheets[name] = Sheet(name, self._cells(name))
            except (CalamineError, *_DAMAGE) as error:
                raise PublicationError(
                    f"{self.file.path}: the sheet {_printable(name)} cannot be read "
                    f"({_printable(str(error))}); download the file again"
                ) from None
        return self._sheets[name]

    def _cells(self, name: str) -> list[list[str]]:
        errors = self._errors(name)  # before anything is read: it refuses what is too large
        rows = self.book.get_sheet_by_name(name).to_python(skip_empty_area=False)
        cells = [[cell_text(cell) for cell in row] for row in rows]
        for row, column, said in errors:
            cells[row][column] = said
        return cells

    def _errors(self, name: str) -> list[tuple[int, int, str]]:
        if self.old_errors is not None:
            return self.old_errors.get(name, [])
        written = sheet_xml(self.file.content, name)
        refuse_vast(written)
        return list(error_cells(written))


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
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    try:
        # The old format is read whole when it is opened, so that it is looked at beforehand.
        old = old_error_cells(file.content) if file.content.startswith(_OLD) else None
        book = CalamineWorkbook.from_filelike(BytesIO(file.content))
    except PasswordError:
        raise PublicationError(
            f"{file.path}: the workbook is locked by a password; save it without one"
        ) from None
    except (CalamineError, OSError, ValueError) as error:
        raise PublicationError(
            f"{file.path}: this begins like an Excel workbook and cannot be read as one "
            f"({_printable(str(error))}); download it again"
        ) from None
    return Workbook(file, book, tuple(book.sheet_names), old)


def _printable(text: str) -> str:
    return "".join(sign if sign.isprintable() else "�" for sign in text[:100])


def cell_text(cell: Any) -> str:
    """A cell as text."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < _LARGEST_WHOLE:
        return str(int(cell))
    if isinstance(cell, int | float):
        return repr(cell)
    return _moment(cell)


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
