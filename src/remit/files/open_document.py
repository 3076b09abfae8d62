"""How far the sheets of an OpenDocument workbook (.ods) reach, and what the library does not tell.

A few bytes can claim a table that no memory holds: a cell that is repeated a thousand million
times. Cells with an error, and formulas without a value, come from the library as blanks.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from remit.files.sheet_marks import SheetMarks
from remit.files.sheet_xml import (
    ERRORS,
    NOT_CALCULATED,
    UNKNOWN_ERROR,
    Look,
    SheetError,
    parse,
    refuse_vast,
)

if TYPE_CHECKING:
    from xml.parsers import expat

_NAMES = "urn:oasis:names:tc:opendocument:xmlns:"
_TABLE = f"{_NAMES}table:1.0 "
_OFFICE = f"{_NAMES}office:1.0 "
_STYLE = f"{_NAMES}style:1.0 "
_KIND_OF_CALC = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0 value-type"
_CELLS = (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell")
_MOST_HIDDEN = 100_000
_MOST_REPEATED = 1_000


@dataclass(slots=True)
class Document:
    """The sheets of a workbook by name: how far each reaches, and what is hidden or merged."""

    looks: dict[str, Look] = field(default_factory=dict)
    marks: dict[str, SheetMarks] = field(default_factory=dict)
    hidden: set[str] = field(default_factory=set)


def read_document(content: bytes) -> Document:
    """Look the sheets of a workbook of OpenOffice through.

    Raises
    ------
    SheetError
        If one is too large, or the XML is damaged.
    """
    reach = _Reach()
    parse(content, reach.begin)
    return reach.document


class _Reach:
    """Follows the repeated rows and cells of a document's tables."""

    def __init__(self) -> None:
        self.document = Document()
        self._look, self._marks = Look(), SheetMarks()
        self._row = self._times = self._column = self._columns = 0
        self._style = ""
        self._unseen: set[str] = set()
        self._error: list[str] | None = None
        self._first = 0
        self._parser: expat.XMLParserType

    def begin(self, parser: expat.XMLParserType) -> None:
        """Set the handlers."""
        self._parser = parser
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._say

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if name in _CELLS:
            self._begin_cell(attributes)
        elif name == f"{_TABLE}table-row":
            self._row += self._times
            self._times = _times(attributes, "rows")
            self._column = 0
            if _is_unseen(attributes) and self._times < _MOST_HIDDEN:
                self._marks.hidden_rows += range(self._row, self._row + self._times)
        elif name == f"{_TABLE}table-column":
            times = _times(attributes, "columns")
            if _is_unseen(attributes):
                self._marks.hidden_columns.append((self._columns, self._columns + times - 1))
            self._columns += times
        elif name == f"{_TABLE}table":
            self._begin_table(attributes)
        elif name == f"{_STYLE}style":
            self._style = attributes.get(f"{_STYLE}name", "")
        elif attributes.get(f"{_TABLE}display") == "false":
            self._unseen.add(self._style)

    def _begin_table(self, attributes: dict[str, str]) -> None:
        name = attributes.get(f"{_TABLE}name", "")
        self._look = self.document.looks.setdefault(name, Look())
        self._marks = self.document.marks.setdefault(name, SheetMarks())
        if attributes.get(f"{_TABLE}style-name") in self._unseen:
            self.document.hidden.add(name)
        self._row = self._times = self._columns = 0

    def _begin_cell(self, attributes: dict[str, str]) -> None:
        first = self._first = self._column
        self._column += _times(attributes, "columns")
        deep, wide = (_number(attributes, f"number-{one}-spanned") for one in ("rows", "columns"))
        if deep > 1 or wide > 1:
            self._marks.merged.append((self._row, first, self._row + deep - 1, first + wide - 1))
        has_formula = f"{_TABLE}formula" in attributes
        kind = attributes.get(f"{_OFFICE}value-type", "")
        if not (kind or has_formula):
            return
        look = self._look
        look.rows = max(look.rows, self._row + self._times)
        look.columns = max(look.columns, self._column)
        refuse_vast(look.rows, look.columns)
        if attributes.get(_KIND_OF_CALC) == "error":
            self._error = []
        elif has_formula and not kind:
            self._mark(NOT_CALCULATED)

    def _say(self, data: str) -> None:
        if self._error is not None:
            self._error.append(data)

    def _end(self, name: str) -> None:
        if self._error is None or name not in _CELLS:
            return
        said = "".join(self._error).strip()
        text = said if said in ERRORS else UNKNOWN_ERROR
        self._mark(text)
        self._error = None

    def _mark(self, text: str) -> None:
        """Write into a cell, and into those that repeat it, what the library leaves blank."""
        rows = range(self._row, self._row + min(self._times, _MOST_REPEATED))
        columns = range(self._first, min(self._column, self._first + _MOST_REPEATED))
        self._look.marked += [(row, column, text) for row in rows for column in columns]


def _is_unseen(attributes: dict[str, str]) -> bool:
    return attributes.get(f"{_TABLE}visibility") in {"collapse", "filter"}


def _times(attributes: dict[str, str], what: str) -> int:
    return _number(attributes, f"number-{what}-repeated")


def _number(attributes: dict[str, str], name: str) -> int:
    said = attributes.get(f"{_TABLE}{name}", "1").strip()
    if not (said.isascii() and said.isdigit() and len(said) < 12):
        raise SheetError(f"a cell is repeated {said[:40]!r} times; save it again")
    return int(said)
