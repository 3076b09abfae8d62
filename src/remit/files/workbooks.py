"""Excel workbooks, looked through before any room is taken for their cells.

The archive and the XML are read here, with limits; what is in order is put together anew and
handed to python-calamine, so that the library reads exactly the bytes that were looked at.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from remit.files.archives import ArchiveError, open_archive, printable
from remit.files.calamine import Rows, by_library, opened, rows_of
from remit.files.limits import CELLS
from remit.files.new_workbook import ArchiveParts, NewWorkbook
from remit.files.old_workbook import old_sheets
from remit.files.open_document import read_document
from remit.files.reading import read_bytes
from remit.files.sheet_marks import SheetMarks
from remit.files.sheet_xml import LOCKED, LockedWorkbook, Look, SheetError
from remit.model.errors import FileError, RemitError

_OLD = b"\xd0\xcf\x11\xe0"
_LOCKED = "EncryptedPackage".encode("utf-16-le")


@dataclass(slots=True)
class CheckedWorkbook:
    """A workbook whose sheets are looked through when they are asked for.

    ``names`` are those of all sheets, hidden ones too, in the order of the workbook; ``hidden``
    are those that Excel does not show.
    """

    path: Path
    names: tuple[str, ...]
    error: type[RemitError]
    _source: _Source
    hidden: frozenset[str] = frozenset()
    _cells: dict[str, int] = field(default_factory=dict)
    _marks: dict[str, SheetMarks] = field(default_factory=dict)

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

    def marks(self, name: str) -> SheetMarks:
        """What of a sheet is hidden, and which of its cells are merged."""
        if name not in self._marks:
            self._marks[name] = self._source.marks(name)
        return self._marks[name]


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
    except LockedWorkbook:
        raise error(f"{path}: {LOCKED}") from None
    except (ArchiveError, SheetError) as fault:
        raise error(
            f"{path}: this begins like an Excel workbook and cannot be read as one ({fault})"
        ) from None
    return CheckedWorkbook(path, source.names, error, source, source.hidden)


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

    @property
    def hidden(self) -> frozenset[str]:
        """The names of those that are hidden."""

    def look(self, name: str) -> Look:
        """Look a sheet through, before room is taken for it."""

    def marks(self, name: str) -> SheetMarks:
        """What of it is hidden or merged."""

    def read(self, name: str, look: Look) -> Rows:
        """Its cells."""


@dataclass(slots=True)
class _Whole:
    """A workbook all of whose sheets were looked through when it was opened."""

    looks: dict[str, Look]
    names: tuple[str, ...]
    cells: Callable[[str], Rows]
    hidden: frozenset[str] = frozenset()
    found: Mapping[str, SheetMarks] = field(default_factory=dict)

    def marks(self, name: str) -> SheetMarks:
        return self.found.get(name, SheetMarks())

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
            return _open_document(parts, content)
        if "xl/workbook.bin" in parts.members:
            raise SheetError("it is in Excel's binary format (.xlsb); save it as .xlsx")
        return NewWorkbook(parts)


def _old(content: bytes) -> _Source:
    if _LOCKED in content:
        raise LockedWorkbook
    sheets = old_sheets(content)
    looks = {one.name: Look(len(one.rows), len(one.rows[0]) if one.rows else 0) for one in sheets}
    rows = {one.name: one.rows for one in sheets}
    return _Whole(
        looks,
        tuple(rows),
        rows.__getitem__,
        frozenset(one.name for one in sheets if one.is_hidden),
        {one.name: one.marks for one in sheets},
    )


def _open_document(parts: ArchiveParts, content: bytes) -> _Source:
    if b"manifest:encryption-data" in parts.read("META-INF/manifest.xml"):
        raise LockedWorkbook
    document = read_document(parts.read("content.xml"))
    total = sum(look.rows * look.columns for look in document.looks.values())
    if total > CELLS.now:
        raise SheetError(f"its sheets have {total:,} cells; {CELLS.remedy}")
    book = opened(content)
    return _Whole(
        document.looks,
        tuple(book.sheet_names),
        lambda name: rows_of(book, name),
        frozenset(document.hidden),
        document.marks,
    )
