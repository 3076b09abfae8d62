"""Files of text as tables: their first rows, parted by each sign that could part their cells.

The header need not be the first line: a sheet that was saved as CSV has its titles above it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO

from remit.files.limits import CSV_CELLS, LINES
from remit.files.numbers import number_in
from remit.files.records import (
    PlainText,
    decoded,
    first_records,
    plainly_parted,
    records,
    separators_in,
)
from remit.model.errors import PublicationError
from remit.model.observation import Rejection
from remit.publications.files.asides import Asides
from remit.publications.files.raw import RawFile

HEADER_WITHIN = 60
"""The header stands in one of the first so many rows."""

LONGEST_LINE = 1_000_000
"""A longer line (in bytes) is taken for damage: the longest in any known file is under 1,000."""

_LEAST_WIDTH, _FEWEST = 4, 3
"""A row over the header is one of figures if it has four cells, and a third of the header's,"""
_FULL = 0.5
"""and if this share of them is filled."""
_WHOSE = re.compile(r"(?=[0-9]*[A-Z])[A-Z0-9]{3,9}|(?i:total|england)")
"""a cell of it says whose they are,"""
_OF_FIGURES = 0.15
"""and this share are figures, or one has decimals; or, where nothing says whose they are,"""
_OF_FIGURES_ALONE = 0.5
"""this share are figures, one with decimals: numbers of columns, years and hours have none."""
_HEAD = 2_000_000
"""The first rows lie within so many characters."""

_CONTAINERS = {
    b"%PDF": "a PDF",
    b"\x1f\x8b": "a gzip archive",
    b"PAR1": "a Parquet file",
    b"{\\rtf": "a text document (RTF)",
}
_WEB_PAGE = (b"<!doctype html", b"<html", b"<?xml")


@dataclass(frozen=True, slots=True)
class Head:
    """The first rows of a text, as one sign parts them: the line of each, and its cells."""

    separator: str
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    damage: str = ""
    """What is wrong with the first row, where no cell of it can be told."""


@lru_cache(maxsize=2)
def plain_text(file: RawFile) -> PlainText:
    """The text of a file, whatever Excel or a text editor has saved it as.

    Raises
    ------
    PublicationError
        If it is no text, with what it is instead where that can be told, or too large.
    """
    _refuse_containers(file)
    text = decoded(file.content)
    _refuse_vast(file, text.text)
    return text


@lru_cache(maxsize=2)
def heads(file: RawFile) -> tuple[Head, ...]:
    """The first rows of a file, once for each sign that could part them, the likeliest first."""
    text = plain_text(file).text[:_HEAD]
    return tuple(_head(text, separator) for separator in separators_in(text))


def _head(text: str, separator: str) -> Head:
    rows: list[tuple[int, tuple[str, ...]]] = []
    damage = ""
    for line, cells in first_records(text, separator, HEADER_WITHIN):
        fault = cells if isinstance(cells, str) else _null_in(cells)
        if isinstance(cells, str) or (fault and not rows):
            damage = damage or ("" if rows else f"line {line}: the header cannot be read: {fault}")
        elif any(cell.strip() for cell in cells):
            rows.append((line, tuple(" ".join(cell.split()) for cell in cells)))
    return Head(separator, tuple(rows), damage)


def first_row(file: RawFile) -> tuple[Head, int, tuple[str, ...]]:
    """The first row that is not blank, as the likeliest sign parts it, and its line.

    Raises
    ------
    PublicationError
        If it cannot be read.
    """
    head = heads(file)[0]
    if head.damage:
        raise PublicationError(f"{file.path}, {head.damage}")
    if not head.rows:
        raise PublicationError(f"{file.path}: the file is empty")
    return (head, *head.rows[0])


def rows_below(
    file: RawFile, separator: str, header_line: int, asides: Asides
) -> Iterator[tuple[int, list[str]] | Rejection]:
    """All rows under the header with the line of each; a damaged one is a rejection.

    Rows of blanks (and of separators alone) are none, and asides neither. Blank cells beyond the
    header are no fault.

    Parameters
    ----------
    file
        A file of text.
    separator
        The sign that parts its cells.
    header_line
        Where the header stands.
    asides
        Remembers which lines are none of the rows.
    """
    width = len(asides.header)
    text = plain_text(file).text
    quick, has_null = plainly_parted(text, separator), "\x00" in text
    for line, cells in records(text, separator, width=width) if quick is None else quick:
        if line < header_line and not isinstance(cells, str) and is_full(cells, width):
            yield Rejection(file.name, line, "", fault_shown(file, line), stands_above(header_line))
        if line <= header_line:
            continue
        if isinstance(cells, str):
            yield Rejection(file.name, line, "", fault_shown(file, line), cells)
        elif "".join(cells).strip() and not asides.takes(line, cells):
            is_odd = has_null or len(cells) != width
            if is_odd and (fault := _fault(cells, width)):
                yield Rejection(file.name, line, "", fault_shown(file, line), fault)
            else:
                yield line, cells[:width] if is_odd else cells


def is_full(cells: Sequence[str], width: int) -> bool:
    """Whether a row over the header is a row of figures, which titles and heads are not.

    Parameters
    ----------
    cells
        Of the row.
    width
        How many cells the header has.

    Examples
    --------
    >>> is_full(["ZA1", "Larkshire", "12", "3"], 4), is_full(["Org", "Beds open", "", ""], 4)
    (True, False)
    """
    if len(cells) < max(_LEAST_WIDTH, width / _FEWEST):
        return False
    filled = [cell.strip() for cell in cells if cell.strip()]
    if len(filled) < _FULL * len(cells):
        return False
    figures = [cell for cell in filled if number_in(cell.removesuffix("%")) is not None]
    has_decimals = any("." in figure for figure in figures)
    if any(map(_WHOSE.fullmatch, filled)):
        return has_decimals or len(figures) >= _OF_FIGURES * len(filled)
    return has_decimals and len(figures) >= _OF_FIGURES_ALONE * len(filled)


def stands_above(header_line: int) -> str:
    """Why a row of figures over the header is refused."""
    return f"this row stands above the header, which is on line {header_line}"


def fault_shown(file: RawFile, line: int) -> str:
    """The beginning of a line that is no row, as it may be shown."""
    text = plain_text(file).text.replace("\r\n", "\n").replace("\r", "\n")
    return text.split("\n", line)[line - 1].replace("\x00", "␀")[:200]


def _fault(cells: list[str], width: int) -> str:
    """What is wrong with a row of another width, or with a null in it; blank if nothing."""
    if null := _null_in(cells):
        return null
    if len(cells) < width or any(cell.strip() for cell in cells[width:]):
        return f"{len(cells)} columns where the header has {width}"
    return ""


def _null_in(cells: Sequence[str]) -> str:
    return "the line holds a null character" if any("\x00" in cell for cell in cells) else ""


def _refuse_containers(file: RawFile) -> None:
    begins = file.content[:200].lstrip().lower()
    what = next((said for magic, said in _CONTAINERS.items() if file.content.startswith(magic)), "")
    if not what and begins.startswith(_WEB_PAGE):
        what = "a web page or another document in XML"
    if what:
        raise PublicationError(
            f"{file.path}: this is {what}, not a CSV file, whatever its name says; open it and "
            "save the table as CSV UTF-8"
        )


def _refuse_vast(file: RawFile, text: str) -> None:
    """Refuse what would take more memory than there is, before any row is taken."""
    cells = max(text.count(sign) for sign in separators_in(text))
    for found, what, limit in ((text.count("\n"), "lines", LINES), (cells, "cells", CSV_CELLS)):
        if found > limit.now:
            raise PublicationError(
                f"{file.path}: the file has {found:,} {what}, more than any known table; "
                f"{limit.remedy}"
            )
    if len(file.content) <= LONGEST_LINE:
        return
    for number, raw in enumerate(BytesIO(file.content), start=1):
        if len(raw := raw.rstrip(b"\r\n")) > LONGEST_LINE:
            raise PublicationError(
                f"{file.path}, line {number}: the line is {len(raw):,} bytes long; this is no "
                "table of an NHS publication"
            )
