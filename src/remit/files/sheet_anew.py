"""A sheet that is written in an unusual way, written anew as usual: the same cells, plainly.

Prefixes, entities, comments, CDATA, missing references and rows in any order are all allowed by
the format, and go. What cannot be told for certain (two cells in one place) is refused.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from xml.parsers import expat

from remit.files.archives import printable
from remit.files.sheet_xml import (
    ERRORS,
    NAMESPACES,
    NOT_CALCULATED,
    UNKNOWN_ERROR,
    SheetError,
    parse,
    place_of,
    refuse_vast,
)

_NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_DIGITS = re.compile(r"[0-9]{1,9}")
_ESCAPES = (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;"), ("\r", "&#13;"))
_TRUTHS = {"1": "1", "true": "1", "0": "0", "false": "0"}


@dataclass(slots=True)
class _Cell:
    ref: str
    kind: str
    style: str
    text: list[str] = field(default_factory=list)
    has_formula: bool = False
    values: int = 0

    def said(self) -> str:
        return "".join(self.text)


def written_anew(xml: bytes) -> bytes:
    """The cells of a sheet, in order, each with its reference and no more than it needs.

    Raises
    ------
    SheetError
        If the XML is damaged, two cells claim one place, or a cell's value cannot be told.
    """
    reading = _Reading()
    parse(xml, reading.begin)
    cells = reading.cells
    refuse_vast(
        max((row for row, _ in cells), default=0), max((column for _, column in cells), default=0)
    )
    parts = [f'<worksheet xmlns="{NAMESPACES[0]}"><sheetData>']
    last = 0
    for row, column in sorted(cells):
        if row != last:
            parts.append(f'{"</row>" if last else ""}<row r="{row}">')
            last = row
        parts.append(_written(cells[row, column]))
    parts.append(f"{'</row>' if last else ''}</sheetData></worksheet>")
    return "".join(parts).encode()


def _written(cell: _Cell) -> str:
    style = f' s="{cell.style}"' if _DIGITS.fullmatch(cell.style) else ""
    start = f'<c r="{cell.ref}"{style}'
    said = cell.said()
    plain = said.strip()
    if cell.kind == "e":
        return _text(start, plain if plain in ERRORS else UNKNOWN_ERROR)
    if cell.has_formula and not plain and not (cell.values and cell.kind == "str"):
        return _text(start, NOT_CALCULATED)
    value = _value(cell, plain)
    return f"{start}{value}</c>" if value else _text(start, said)


def _value(cell: _Cell, plain: str) -> str:
    """The sort and value of what is no text; empty where it is none after all."""
    if cell.kind == "s":
        if not _DIGITS.fullmatch(plain):
            raise SheetError(f"cell {cell.ref} names no text of the workbook; save it again")
        return f' t="s"><v>{plain}</v>'
    if cell.kind == "b" and plain in _TRUTHS:
        return f' t="b"><v>{_TRUTHS[plain]}</v>'
    if cell.kind == "d" and plain:
        return f' t="d"><v>{escape(plain)}</v>'
    return f"><v>{plain}</v>" if cell.kind == "n" and _NUMBER.fullmatch(plain) else ""


def escape(text: str) -> str:
    """Text as it may stand in XML, in an attribute too."""
    for sign, written in _ESCAPES:
        text = text.replace(sign, written)
    return text


def _text(start: str, text: str) -> str:
    inner = escape(text)
    return f'{start} t="inlineStr"><is><t xml:space="preserve">{inner}</t></is></c>'


class _Reading:
    """Gathers the cells of a sheet by their row and column, both from 1."""

    def __init__(self) -> None:
        self.cells: dict[tuple[int, int], _Cell] = {}
        self._main = ""
        self._open: list[str] = []
        self._cell: _Cell | None = None
        self._row, self._column = 0, 0
        self._tables = 0

    def begin(self, parser: expat.XMLParserType) -> None:
        """Set the handlers."""
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._say

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if not self._open:
            self._main = name.removesuffix("worksheet")
        local = self._local(name)
        inside = self._open[-1] if self._open else ""
        self._open.append(local)
        if local == "sheetData":
            self._tables += 1
            if self._tables > 1:
                raise SheetError("the sheet has two tables of cells; save it again with Excel")
        elif local == "row":
            if inside != "sheetData":
                raise SheetError("a row stands outside the table; save it again with Excel")
            self._begin_row(attributes.get("r", ""))
        elif local == "c":
            self._begin_cell(attributes, inside)
        elif self._cell is not None and local in {"v", "is", "f"} and inside == "c":
            self._begin_value(self._cell, local)

    def _local(self, name: str) -> str:
        """A name of the sheet's own; what is foreign there has none."""
        if not name.startswith(self._main) or (not self._main and " " in name):
            return ""
        return name[len(self._main) :]

    def _begin_row(self, said: str) -> None:
        place = place_of(f"A{said.strip()}") if said.strip() else (self._row + 1, 1)
        if place is None:
            raise SheetError(f"a row has the number {printable(said)!r}; save it again with Excel")
        self._row, self._column = place[0], 0

    def _begin_cell(self, attributes: dict[str, str], inside: str) -> None:
        if inside != "row":
            raise SheetError("a cell stands outside the rows; save the workbook again with Excel")
        said = attributes.get("r", "").strip().upper()
        place = place_of(said) if said else (self._row, self._column + 1)
        if place is None or place[0] != self._row:
            raise SheetError(f"row {self._row} has a cell {printable(said)!r}; save it again")
        self._column = place[1]
        kind = attributes.get("t", "n")
        if kind not in {"n", "s", "str", "inlineStr", "b", "e", "d"}:
            raise SheetError(f"cell {_ref(place)} is of the unknown kind {printable(kind)!r}")
        self._cell = _Cell(_ref(place), kind, attributes.get("s", ""))

    def _begin_value(self, cell: _Cell, local: str) -> None:
        if local == "f":
            cell.has_formula = True
            return
        cell.values += 1
        if cell.values > 1:
            raise SheetError(f"cell {cell.ref} has two values; save the workbook again with Excel")
        if local == "is":
            cell.kind = "inlineStr"

    def _say(self, data: str) -> None:
        cell, path = self._cell, self._open
        if cell is None:
            return
        is_plain = path[-1] == "v" and path[-2] == "c"
        # A reading aid (rPh) is no part of the text.
        if is_plain or (path[-1] == "t" and "is" in path and "rPh" not in path):
            cell.text.append(data)

    def _end(self, _: str) -> None:
        local = self._open.pop()
        if local != "c" or self._cell is None:
            return
        cell, self._cell = self._cell, None
        if not (cell.values or cell.has_formula or cell.kind == "e"):
            return
        if (self._row, self._column) in self.cells:
            raise SheetError(f"the cell {cell.ref} stands twice; delete one of the two")
        self.cells[self._row, self._column] = cell


def _ref(place: tuple[int, int]) -> str:
    row, column = place
    letters = ""
    while column:
        column, left = divmod(column - 1, 26)
        letters = chr(ord("A") + left) + letters
    return f"{letters}{row}"
