"""What is written in a workbook's own XML, for that which the reading library does not tell.

It gives cells with an error as blanks, and takes room for every cell up to the last one, so that a
single stray cell in the last column can exhaust the memory of the machine.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from io import BytesIO
from xml.etree import ElementTree

_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_ERROR_CELL = re.compile(
    rb'<c\b(?=[^>]*\bt="e")[^>]*\br="([A-Z]{1,3})([0-9]+)"[^>]*>.*?<v>([^<]*)</v>', re.DOTALL
)
# A row's own number, and that in a cell's place where it is high: the two need not agree.
_ROW = re.compile(rb'<row\b[^>]*?\br="([0-9]+)"|<c\b[^>]*?\br="[A-Z]+([0-9]{5,})"')
_CELL = re.compile(rb'<c\b[^>]*?\br="([A-Z]+)[0-9]')
_BEYOND_ZZ = re.compile(rb'<c\b[^>]*?\br="[A-Z]{3,}[0-9]')
_MANY_ROWS = 20_000
_MOST_CELLS = 30_000_000


def sheet_xml(content: bytes, name: str) -> bytes:
    """The XML of one sheet; nothing where the archive does not say where it is."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        part = _sheet_parts(archive).get(name)
        return archive.read(part) if part else b""


def refuse_vast(xml: bytes) -> None:
    """Refuse a sheet of which a stray cell makes a table that no memory holds.

    Raises
    ------
    ValueError
        With the size that the sheet would have.
    """
    rows = max((int(row or own) for row, own in _ROW.findall(xml)), default=0)
    if rows < _MANY_ROWS and not _BEYOND_ZZ.search(xml):
        return
    letters = set(_CELL.findall(xml))
    columns = max((column_number(name.decode()) + 1 for name in letters), default=0)
    if rows * columns > _MOST_CELLS:
        raise ValueError(
            f"a cell outside the table makes it {rows:,} rows by {columns:,} columns; delete it"
        )


def error_cells(xml: bytes) -> Iterator[tuple[int, int, str]]:
    """Row, column (both from 0) and text of the cells that hold an error, such as ``#N/A``."""
    if b't="e"' in xml:
        for letters, row, said in _ERROR_CELL.findall(xml):
            yield int(row) - 1, column_number(letters.decode()), said.decode()


def _sheet_parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """The name of each sheet → its part of the archive."""
    try:
        targets = {
            relation.get("Id"): relation.get("Target", "")
            for relation in ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))  # noqa: S314
        }
        book = ElementTree.fromstring(archive.read("xl/workbook.xml"))  # noqa: S314
    except (KeyError, ElementTree.ParseError):
        return {}
    sheets = (element for element in book.iter() if element.tag.endswith("}sheet"))
    known = set(archive.namelist())
    parts = {s.get("name", ""): _part(targets.get(s.get(_RELATION), "")) for s in sheets}
    return {name: part for name, part in parts.items() if part in known}


def _part(target: str | None) -> str:
    path = target or ""
    return path.removeprefix("/") if path.startswith("/") else f"xl/{path}"


def column_number(letters: str) -> int:
    """A column's letters as its number from 0."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1
