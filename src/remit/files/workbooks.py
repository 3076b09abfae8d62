"""Excel workbooks, looked through before any room is taken for their cells.

The archive and the XML are read here, with limits; what is in order is put together anew and
handed to python-calamine, so that the library reads exactly the bytes that were looked at.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from remit.files.archives import ArchiveError, open_archive, printable
from remit.files.calamine import Rows, by_library, opened, rows_of
from remit.files.limits import CELLS
from remit.files.new_workbook import ArchiveParts, NewWorkbook
from remit.files.old_workbook import old_sheets
from remit.files.open_document import document_looks
from remit.files.reading import read_bytes
from remit.files.sheet_xml import Look, SheetError
from remit.model.errors import FileError, RemitError

_OLD = b"\xd0\xcf\x11\xe0"
_LOCKED = "EncryptedPackage".encode("utf-16-le")


@dataclass(slots=True)
class CheckedWorkbook:
    """A workbook whose sheets are looked through when they are asked for.

    ``names`` are those of all sheets, hidden ones too, in the order of the workbook.
    """

    path: Path
    names: tuple[str, ...]
    error: type[RemitError]
    _source: _Source
    _cells: dict[str, int] = field(default_factory=dict)

    def rows(self, name: str) -> Rows:
        """The cells of a sheet from A1 on, row by row.

        A cell with an error is its name (``#N/A``), a formula of which the file holds no value is
        ``NOT_CALCULATED``: neither is taken for a blank.

        Raises
        ------
        RemitError
            Of the class that the workbook was opened with: the sheet is damaged, or too large.
        """
        try:
            look = self._source.look(name)
            self._cells[name] = look.rows * look.columns
            held = sum(self._cells.values())
            if held > CELLS.now:
                raise SheetError(f"with it {held:,} cells would be read; {CELLS.remedy}")
            return _marked(by_library(lambda: self._source.read(name, look)), look)
        except (ArchiveError, SheetError) as fault:
            raise self.error(
                f"{self.path}: the sheet {printable(name)} cannot be read ({fault})"
            ) from None


def open_workbook(
    path: Path, content: bytes, *, error: type[RemitError] = FileError
) -> CheckedWorkbook:
    """Open a workbook (.xlsx, .xlsm, .xls, .ods) that a stranger has made.

    Parameters
    ----------
    path
        Named in messages.
    content
        The bytes of the file, as :func:`remit.files.read_bytes` gives them.
    error
        What is raised: locked by a password, damaged, or larger than can be held.

    Examples
    --------
    >>> book = open_workbook(path, read_bytes(path), error=AskError)  # doctest: +SKIP
    >>> book.rows(book.names[0])  # doctest: +SKIP
    """
    try:
        source = _source(content)
    except (ArchiveError, SheetError) as fault:
        raise error(
            f"{path}: this begins like an Excel workbook and cannot be read as one ({fault})"
        ) from None
    return CheckedWorkbook(path, source.names, error, source)


def check_workbook(
    path: Path, content: bytes | None = None, *, error: type[RemitError] = FileError
) -> None:
    """Refuse a workbook that cannot be held, or of which a sheet is damaged.

    Parameters
    ----------
    path
        The workbook.
    content
        Its bytes, where they have been read already.
    error
        What is raised, with the path, the sheet and the remedy.

    Examples
    --------
    >>> check_workbook(Path("asks.xlsx"), error=AskError)  # doctest: +SKIP
    """
    book = open_workbook(path, content or read_bytes(path, error=error), error=error)
    for name in book.names:
        book.rows(name)


def _marked(rows: Rows, look: Look) -> Rows:
    """Put the marks in their places; the library's table may end before them."""
    if not look.marked:
        return rows
    height = max(row for row, _, _ in look.marked) + 1
    width = max([len(rows[0]) if rows else 0, *(column + 1 for _, column, _ in look.marked)])
    rows.extend([] for _ in range(height - len(rows)))
    for cells in rows:
        cells.extend([""] * (width - len(cells)))
    for row, column, text in look.marked:
        rows[row][column] = text
    return rows


# Where the sheets come from ----------------------------------------------------------------------


class _Source(Protocol):
    """The sheets of one sort of workbook."""

    @property
    def names(self) -> tuple[str, ...]:
        """The names of its sheets."""

    def look(self, name: str) -> Look:
        """Look a sheet through, before room is taken for it."""

    def read(self, name: str, look: Look) -> Rows:
        """Its cells."""


@dataclass(slots=True)
class _Whole:
    """A workbook all of whose sheets were looked through when it was opened."""

    looks: dict[str, Look]
    names: tuple[str, ...]
    cells: Callable[[str], Rows]

    def look(self, name: str) -> Look:
        return self.looks.get(name, Look())

    def read(self, name: str, look: Look) -> Rows:
        del look
        return self.cells(name)


def _source(content: bytes) -> _Source:
    if content.startswith(_OLD):
        return _old(content)
    with open_archive(content) as archive:
        parts = ArchiveParts(archive)
        if "content.xml" in parts.members and "xl/workbook.xml" not in parts.members:
            return _open_document(document_looks(parts.read("content.xml")), content)
        if "xl/workbook.bin" in parts.members:
            raise SheetError("it is in Excel's binary format (.xlsb); save it as .xlsx")
        return NewWorkbook(parts)


def _old(content: bytes) -> _Source:
    if _LOCKED in content:
        raise SheetError("it is locked by a password; save it without one")
    sheets = old_sheets(content)
    looks = {name: Look(len(rows), len(rows[0]) if rows else 0) for name, rows in sheets.items()}
    return _Whole(looks, tuple(sheets), sheets.__getitem__)


def _open_document(looks: dict[str, Look], content: bytes) -> _Source:
    total = sum(look.rows * look.columns for look in looks.values())
    if total > CELLS.now:
        raise SheetError(f"its sheets have {total:,} cells; {CELLS.remedy}")
    book = opened(content)
    return _Whole(looks, tuple(book.sheet_names), lambda name: rows_of(book, name))
