"""A table of text: header, whole rows with their line numbers, and the damaged rows."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from remit.files.reading import read_bytes
from remit.model.errors import PublicationError
from remit.model.observation import Rejection
from remit.publications.files.archive import each_unpacked, unpacked
from remit.publications.files.asides import Asides
from remit.publications.files.decimal_commas import as_told, with_points
from remit.publications.files.raw import RawFile
from remit.publications.files.text import LONGEST_LINE, first_row, plain_text, rows_below

__all__ = ["LONGEST_LINE", "RawTable", "beside", "load", "load_each", "read_table", "table_below"]

_NAMED = {";": "semicolons", "\t": "tabs", "|": "upright strokes"}


@dataclass(frozen=True, slots=True)
class RawTable:
    """A table of text: header, whole rows with their line numbers, and the damaged rows.

    ``sheet`` names the sheet of a workbook; ``above`` are the rows over the header there, as
    pairs of row number and cells; ``header_line`` is where the header stands. ``notes`` say what
    of its form a reader should know, ``passed_over`` which sheets with such a table were not read.
    """

    file: RawFile
    header: tuple[str, ...]
    rows: list[list[str]]
    lines: list[int]
    damaged: list[Rejection]
    sheet: str = ""
    above: tuple[tuple[int, tuple[str, ...]], ...] = ()
    header_line: int = 1
    notes: tuple[str, ...] = ()
    passed_over: tuple[str, ...] = ()

    @property
    def rows_read(self) -> int:
        """Whole and damaged rows together."""
        return len(self.rows) + len(self.damaged)

    def place(self, column: str) -> str:
        """A column's name with that of its sheet: ``Sheet!Column``."""
        return f"{self.sheet}!{column}" if self.sheet else column

    def beside(self, label: str) -> str:
        """The cell to the right of a label above the header (``Period:`` → ``August 2024``)."""
        return beside([cells for _, cells in self.above], label)


def beside(rows: Iterable[Sequence[str]], label: str) -> str:
    """The filled cell after the one that holds a label, or an empty text."""
    wanted = label.rstrip(":").lower()
    for cells in rows:
        words = [cell.strip() for cell in cells if cell.strip()]
        if len(words) > 1 and words[0].rstrip(":").strip().lower() == wanted:
            return words[1]
    return ""


def load(path: Path) -> RawFile:
    """Read a file's bytes.

    Raises
    ------
    PublicationError
        If it is missing, no regular file, unreadable, empty or larger than any publication.
    """
    return unpacked(_as_it_lies(path))


def load_each(path: Path) -> Iterator[RawFile | PublicationError]:
    """As :func:`load`; of an archive of several tables each, or the reason why it is none.

    Raises
    ------
    PublicationError
        If the file, or the archive as a whole, cannot be read.
    """
    yield from each_unpacked(_as_it_lies(path))


def _as_it_lies(path: Path) -> RawFile:
    content = read_bytes(path, error=PublicationError)
    if not content.strip():
        raise PublicationError(f"{path}: the file is empty")
    return RawFile(path, content, hashlib.sha256(content).hexdigest())


def read_table(file: RawFile) -> RawTable:
    """The table of a text file whose first row is the header.

    Blank lines are no rows; a damaged line is a rejection. Commas, semicolons, tabs, UTF-16 and
    Windows-1252 are all read.

    Raises
    ------
    PublicationError
        If the file is no text table, with what it is instead where that can be told.
    """
    head, line, header = first_row(file)
    return table_below(file, head.separator, line, header)


def table_below(
    file: RawFile,
    separator: str,
    header_line: int,
    header: tuple[str, ...],
    decimals: str | None = None,
) -> RawTable:
    """The rows of a text file under a header.

    Parameters
    ----------
    file
        A file of text.
    separator
        The sign that parts its cells.
    header_line
        Where the header begins.
    header
        The names of the columns.
    decimals
        What stands before the decimals of its figures, where somebody says so; see ``DECIMALS``.
    """
    rows: list[list[str]] = []
    lines: list[int] = []
    damaged: list[Rejection] = []
    asides = Asides(header)
    for found in rows_below(file, separator, header_line, asides):
        if isinstance(found, Rejection):
            damaged.append(found)
        else:
            lines.append(found[0])
            rows.append(found[1])
    notes = [plain_text(file).note, *asides.notes]
    if separator != ",":
        notes.append(f"the cells are parted by {_NAMED[separator]} and not by commas")
    if decimals is not None:
        rows, said = as_told(rows, decimals)
    elif separator != ",":
        rows, said = with_points(rows, semicolons=separator == ";")
    else:
        said = ""
    notes.append(said)
    return RawTable(
        file, header, rows, lines, damaged,
        header_line=header_line, notes=tuple(note for note in notes if note),
    )  # fmt: skip
