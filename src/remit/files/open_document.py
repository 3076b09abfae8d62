"""How far the sheets of an OpenDocument workbook (.ods) reach.

A few bytes can claim a table that no memory holds: a cell that is repeated a thousand million
times.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from remit.files.sheet_xml import Look, SheetError, parse, refuse_vast

if TYPE_CHECKING:
    from xml.parsers import expat

_TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0 "
_OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0 "


def document_looks(content: bytes) -> dict[str, Look]:
    """The sheets of a workbook of OpenOffice: name → how far it reaches.

    Raises
    ------
    SheetError
        If one is too large, or the XML is damaged.
    """
    reach = _Reach()
    parse(content, reach.begin)
    return reach.looks


class _Reach:
    """Follows the repeated rows and cells of a document's tables."""

    def __init__(self) -> None:
        self.looks: dict[str, Look] = {}
        self._look = Look()
        self._row = self._times = self._column = 0

    def begin(self, parser: expat.XMLParserType) -> None:
        """Set the handler."""
        parser.StartElementHandler = self._start

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if name == f"{_TABLE}table":
            self._look = self.looks.setdefault(attributes.get(f"{_TABLE}name", ""), Look())
            self._row = self._times = 0
        elif name == f"{_TABLE}table-row":
            self._row += self._times
            self._times = _times(attributes, "rows")
            self._column = 0
        elif name in {f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"}:
            self._column += _times(attributes, "columns")
            if f"{_OFFICE}value-type" in attributes or f"{_TABLE}formula" in attributes:
                look = self._look
                look.rows = max(look.rows, self._row + self._times)
                look.columns = max(look.columns, self._column)
                refuse_vast(look.rows, look.columns)


def _times(attributes: dict[str, str], what: str) -> int:
    said = attributes.get(f"{_TABLE}number-{what}-repeated", "1").strip()
    if not (said.isascii() and said.isdigit() and len(said) < 12):
        raise SheetError(f"a cell is repeated {said[:40]!r} times; save it again")
    return int(said)
