"""From bytes to rows, one physical line at a time, with every damaged line accounted for.

The files read here hold one record a line. Each line is taken by itself, so that a stray
quotation mark spoils one row and not the rest of the file.
"""

from __future__ import annotations

import codecs
import csv
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from itertools import islice
from pathlib import Path

from remit.files.limits import CSV_CELLS, LINES
from remit.files.reading import read_bytes
from remit.model.errors import PublicationError
from remit.model.observation import Rejection
from remit.publications.files.archive import unpacked
from remit.publications.files.raw import RawFile

LONGEST_LINE = 1_000_000
"""A longer line (in bytes) is taken for damage: the longest in any known file is under 1,000."""

_CONTAINERS = {
    b"%PDF": "a PDF",
    b"\x1f\x8b": "a gzip archive",
    b"PAR1": "a Parquet file",
}


@dataclass(frozen=True, slots=True)
class RawTable:
    """A table of text: header, whole rows with their line numbers, and the damaged rows.

    ``sheet`` names the sheet of a workbook; ``above`` are the rows over the header there, as
    pairs of row number and cells; ``header_line`` is where the header stands.
    """

    file: RawFile
    header: tuple[str, ...]
    rows: list[list[str]]
    lines: list[int]
    damaged: list[Rejection]
    sheet: str = ""
    above: tuple[tuple[int, tuple[str, ...]], ...] = ()
    header_line: int = 1

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
    content = read_bytes(path, error=PublicationError)
    if not content.strip():
        raise PublicationError(f"{path}: the file is empty")
    return unpacked(RawFile(path, content, hashlib.sha256(content).hexdigest()))


class _Damaged(Exception):
    """A line that is no row of a table; the message says why."""


def header_of(file: RawFile) -> tuple[str, ...]:
    """The names of the columns.

    Raises
    ------
    PublicationError
        If the file is no text table, with what it is instead where that can be told.
    """
    _refuse_containers(file)
    number, first = next(_full_lines(file))
    try:
        cells = _cells(first.removeprefix(codecs.BOM_UTF8))
    except _Damaged as damage:
        raise PublicationError(
            f"{file.path}, line {number}: the header cannot be read: {damage}"
        ) from None
    return tuple(cell.strip() for cell in cells)


def read_table(file: RawFile) -> RawTable:
    """All rows of a file. Blank lines are no rows; a damaged line is a rejection.

    Raises
    ------
    PublicationError
        As :func:`header_of`, or if a line is too long to be one.
    """
    header = header_of(file)
    _refuse_vast(file)
    rows: list[list[str]] = []
    lines: list[int] = []
    damaged: list[Rejection] = []
    for number, raw in islice(_full_lines(file), 1, None):
        outcome = _row(file, number, raw, len(header))
        if isinstance(outcome, Rejection):
            damaged.append(outcome)
        else:
            rows.append(outcome)
            lines.append(number)
    return RawTable(file, header, rows, lines, damaged)


def _full_lines(file: RawFile) -> Iterator[tuple[int, bytes]]:
    """Lines that are not blank, numbered from 1 for the file's first line.

    A line ends by LF, CRLF or, in files of old Macs, CR; no other character ends one.
    """
    end = b"\n" if b"\n" in file.content else b"\r"
    content = file.content if end == b"\n" else file.content.replace(end, b"\n")
    for number, raw in enumerate(BytesIO(content), start=1):
        if not raw.strip():
            continue
        _refuse_long(file, number, raw.removesuffix(b"\n"))
        yield number, raw.removesuffix(b"\n").removesuffix(b"\r")


def _refuse_vast(file: RawFile) -> None:
    """Refuse what would take more memory than there is, before any row is taken."""
    for sign, what, limit in ((b"\n", "lines", LINES), (b",", "cells", CSV_CELLS)):
        found = file.content.count(sign)
        if found > limit.now:
            raise PublicationError(
                f"{file.path}: the file has {found:,} {what}, more than any known table; "
                f"{limit.remedy}"
            )


def _row(file: RawFile, number: int, raw: bytes, width: int) -> list[str] | Rejection:
    try:
        cells = _cells(raw)
        if len(cells) != width:
            raise _Damaged(f"{len(cells)} columns where the header has {width}")
    except _Damaged as damage:
        shown = raw.decode("utf-8", "replace").replace("\x00", "␀")[:200]
        return Rejection(file.name, number, "", shown, str(damage))
    return cells


def _cells(raw: bytes) -> list[str]:
    """The cells of one line.

    Raises
    ------
    _Damaged
        If it is no line of CSV in UTF-8.
    """
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise _Damaged(
            f"the line is not UTF-8 text (byte {error.start + 1}); save the file as CSV UTF-8"
        ) from None
    if "\x00" in text:
        raise _Damaged("the line holds a null character")
    if '"' not in text:
        return text.split(",")
    if text.count('"') % 2:
        raise _Damaged("a quotation mark is opened and not closed on this line")
    try:
        return next(csv.reader([text]))
    except csv.Error as error:
        raise _Damaged(f"the line is no row of a CSV file ({error})") from None


def _refuse_containers(file: RawFile) -> None:
    for magic, what in _CONTAINERS.items():
        if file.content.startswith(magic):
            raise PublicationError(
                f"{file.path}: this is {what}, not a CSV file, whatever its name says; open it and "
                "save the table as CSV UTF-8"
            )
    if file.content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise PublicationError(
            f"{file.path}: the text is in UTF-16; save the file as CSV UTF-8 and try again"
        )


def _refuse_long(file: RawFile, number: int, raw: bytes) -> None:
    if len(raw) > LONGEST_LINE:
        raise PublicationError(
            f"{file.path}, line {number}: the line is {len(raw):,} bytes long; this is no table of "
            "an NHS publication"
        )
