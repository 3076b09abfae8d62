"""A sheet's XML looked through by a parser before the quick library reads it.

The library (python-calamine) takes room for every cell up to the last one, gives cells with an
error and formulas without a stored value as blanks, and misreads XML that is written in unusual
ways (a prefix, a comment or CDATA within a cell). So each sheet is looked through here: what is
written as usual is passed on as it is, with the places of such cells; anything else is first
written anew as usual (:mod:`remit.files.sheet_anew`).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from xml.parsers import expat

from remit.files.limits import CELLS, TAGS

NAMESPACES = (
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "http://purl.oclc.org/ooxml/spreadsheetml/main",
)
ERRORS = frozenset(
    {"#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!", "#GETTING_DATA"}
)
NOT_CALCULATED = "#NOT CALCULATED!"
"""Stands for a formula of which the file holds no value."""

UNKNOWN_ERROR = "#ERROR!"
MERGED = "#MERGED!"
"""Stands for a figure in a merged cell, which is that of no single row."""

LAST_ROW, LAST_COLUMN = 1_048_576, 16_384

_KNOWN_ERRORS = ERRORS - {"#GETTING_DATA"}
"""The library reads no sheet with another."""

_ENTITY = re.compile(rb"&(?!amp;|lt;|gt;|quot;|apos;)")
_AND_IN_VALUE = re.compile(rb"v>[^<&]*&")
_TEXT_CELL = re.compile(rb't="s"(?: [a-z]+="[^"<>]*")*><v>[0-9]{1,9}</v></c>')
_PLACE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_CELL_NAMES = frozenset({"c", "v", "is", "row", "sheetData"})
_KINDS = frozenset({"n", "s", "str", "inlineStr", "b", "e", "d"})

Marked = tuple[int, int, str]
"""Row and column from 0, and the text that is to stand there."""


class SheetError(ValueError):
    """A sheet cannot be read; the message says why and where, without the file."""


LOCKED = (
    "this workbook is protected by a password and cannot be read; open it in Excel with the "
    "password, take it off (File, Info, Protect Workbook, Encrypt with Password: leave it blank), "
    "save it and try again"
)


class LockedWorkbook(SheetError):
    """A workbook is encrypted with a password."""

    def __init__(self) -> None:
        super().__init__(LOCKED)


@dataclass(slots=True)
class Look:
    """What looking a sheet through has shown.

    ``rows`` and ``columns`` reach from A1 to the last cell that is filled. ``marked`` are the
    cells that the library would give as blanks. ``usual`` is false where it would misread them.
    """

    rows: int = 0
    columns: int = 0
    usual: bool = True
    marked: list[Marked] = field(default_factory=list)


def look_by_parser(xml: bytes) -> Look:
    """Look a sheet through, however it is written.

    Raises
    ------
    SheetError
        If it is no XML, or larger than a sheet that can be held.

    Examples
    --------
    >>> xml = '<worksheet xmlns="%s"><sheetData><row r="1"><c r="B1"><v>7</v></c></row>'
    >>> xml = xml % NAMESPACES[0] + "</sheetData></worksheet>"
    >>> look_by_parser(xml.encode()).columns
    2
    """
    scan = _Scan()
    parse(xml, scan.begin)
    scan.close_cell()
    look = scan.look
    look.columns = max([look.columns, *scan.columns.values()])
    refuse_vast(look.rows, look.columns)
    look.usual = look.usual and not scan.has_foreign() and not _is_strange(xml, scan)
    return look


def parse(xml: bytes, begin: Callable[[expat.XMLParserType], None]) -> None:
    """Run a parser over the XML of a sheet.

    Parameters
    ----------
    xml
        One part of a workbook.
    begin
        Is given the parser, to set its handlers; names come as ``namespace name``.

    Raises
    ------
    SheetError
        If it is no XML, defines entities, or has more tags than can be looked at.

    Examples
    --------
    >>> parse(b"<a/>", lambda parser: None)
    """
    refuse_many_tags(xml)
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartDoctypeDeclHandler = _refuse_doctype
    begin(parser)
    try:
        parser.Parse(xml, True)
    except expat.ExpatError as error:
        said = expat.ErrorString(error.code)
        raise SheetError(f"the XML of the sheet is damaged (line {error.lineno}): {said}") from None


def refuse_many_tags(xml: bytes) -> None:
    """Refuse XML that would take minutes to look through.

    Raises
    ------
    SheetError
        With the number of its tags.
    """
    tags = xml.count(b"<") if len(xml) > TAGS.now else 0
    if tags > TAGS.now:
        raise SheetError(f"the XML has {tags:,} tags, more than any known table; {TAGS.remedy}")


def refuse_vast(rows: int, columns: int) -> None:
    """Refuse a table that no memory holds, for it is mostly made by a stray cell.

    Raises
    ------
    SheetError
        With the size that the sheet would have.
    """
    if rows * columns > CELLS.now:
        raise SheetError(
            f"a cell outside the table makes it {rows:,} rows by {columns:,} columns; delete it, "
            f"or {CELLS.remedy}"
        )


def place_of(ref: str) -> tuple[int, int] | None:
    """Row and column from 1 of a reference such as ``B12``; None where it is none."""
    found = _PLACE.fullmatch(ref)
    if not found:
        return None
    row, column = int(found[2]), column_number(found[1])
    return (row, column) if row <= LAST_ROW and column <= LAST_COLUMN else None


def column_number(letters: str) -> int:
    """A column's letters as its number from 1."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _refuse_doctype(*_: object) -> None:
    raise SheetError("the XML defines entities, as no workbook does; save it again with Excel")


def _is_strange(xml: bytes, scan: _Scan) -> bool:
    """Whether there is something that the library passes over or misreads, wherever it stands."""
    if xml.find(b"<!") >= 0 or xml.find(b"<?", 1) >= 0:
        return True
    if b"&" in xml and (_ENTITY.search(xml) or _AND_IN_VALUE.search(xml)):
        return True
    if xml.count(b't="e"') != scan.error_cells or b"'e'" in xml:
        return True  # an error without a value, which the library takes for a blank
    return len(_TEXT_CELL.findall(xml)) != scan.text_cells


class _Scan:
    """Handles the opening tags of a sheet; there are millions, so that it is made to be quick.

    A value's text is only gathered where it can be an error's or that of a formula. It ends at
    the next tag that opens, so that closing tags need no handling.
    """

    def __init__(self) -> None:
        self.look = Look()
        self.columns: dict[str, int] = {}
        self.text_cells = self.error_cells = 0
        self._main = ""
        self._tables = 0
        self._foreign: set[str] = set()
        self._parser: expat.XMLParserType
        self._text: list[str] = []
        self._row, self._row_text = 0, "?"
        self._last = 0
        self._cell: dict[str, str] = {}
        self._is_filled = self._is_open = False

    def begin(self, parser: expat.XMLParserType) -> None:
        """Set the handler for the first tag, which tells the namespace of all others."""
        self._parser = parser
        parser.StartElementHandler = self._root

    def has_foreign(self) -> bool:
        """Whether a tag that the library takes for a cell's is none."""
        local = {name.rpartition(" ")[2] for name in self._foreign}
        return self._tables > 1 or not local.isdisjoint(_CELL_NAMES)

    def _root(self, name: str, _: dict[str, str]) -> None:
        local = name.rpartition(" ")[2]
        space = name.removesuffix(local).strip()
        if local != "worksheet" or space not in {"", *NAMESPACES}:
            raise SheetError("this is no sheet of cells")
        self._main = name.removesuffix("worksheet")
        self.look.usual = bool(space)
        self._parser.StartElementHandler = self._handler()

    def _handler(self) -> Callable[[str, dict[str, str]], None]:
        cell, value, row = (self._main + name for name in ("c", "v", "row"))

        def start(name: str, attributes: dict[str, str]) -> None:
            if name == cell:
                if self._is_open:
                    self.close_cell()
                self._cell = attributes
                self._is_filled = False
            elif name == value:
                self._fill()
            elif name == row:
                self.close_cell()
                self._begin_row(attributes.get("r", ""))
            else:
                self._other(name)

        return start

    def _other(self, name: str) -> None:
        local = name.removeprefix(self._main)
        if local == "f":
            self._is_open = True
            if self._is_filled:
                self.look.usual = False
        elif local == "is":
            self._fill()
        elif local == "sheetData":
            self._tables += 1
        elif local == name:
            self._foreign.add(name)

    def _fill(self) -> None:
        """A cell has a value: note how far it reaches, and whether it comes in its order."""
        cell = self._cell
        ref = cell.get("r", "")
        letters = ref.removesuffix(self._row_text)
        column = self.columns.get(letters) or self._column(ref, letters)
        if column <= self._last or self._is_filled:
            self.look.usual = False
        self._last, self._is_filled = column, True
        if "t" in cell:
            self._fill_kind(cell["t"])
        if self._is_open:
            self._text.clear()
            self._parser.CharacterDataHandler = self._text.append

    def _fill_kind(self, kind: str) -> None:
        if kind == "s":
            self.text_cells += 1
        elif kind == "e":
            self.error_cells += 1
            self._is_open = True
        elif kind not in _KINDS:
            self.look.usual = False

    def _column(self, ref: str, letters: str) -> int:
        """The column of a cell that is the first in it, or whose reference is not as usual."""
        place = place_of(ref)
        if place is None:
            self.look.usual = False
            return LAST_COLUMN
        row, column = place
        if row == self._row and letters.isalpha():
            self.columns[letters] = column
        else:
            self.look.usual = False
            self._reach(row, column)
        return column

    def _begin_row(self, said: str) -> None:
        usual = said.isascii() and said.isdigit() and len(said) <= 7 and said[0] != "0"
        row = int(said) if usual else 0
        if not self._row < row <= LAST_ROW:
            self.look.usual = False
        self._row, self._row_text, self._last = row, said or "?", 0

    def close_cell(self) -> None:
        """Mark the last cell if it holds an error, or a formula without a value."""
        if self._last:
            self._reach(self._row, 0)
        if not self._is_open:
            return
        said = "".join(self._text).strip()
        kind = self._cell.get("t")
        if kind == "e":
            self._mark(said if said in ERRORS else UNKNOWN_ERROR)
            if said not in _KNOWN_ERRORS:
                self.look.usual = False
        elif not (self._is_filled and (said or kind == "str")):
            self._mark(NOT_CALCULATED)
        self._parser.CharacterDataHandler = None
        self._text.clear()
        self._is_open = False

    def _mark(self, text: str) -> None:
        place = place_of(self._cell.get("r", ""))
        if place is None:
            self.look.usual = False
            return
        row, column = place
        self.look.marked.append((row - 1, column - 1, text))
        self._reach(row, column)

    def _reach(self, row: int, column: int) -> None:
        self.look.rows = max(self.look.rows, row)
        self.look.columns = max(self.look.columns, column)
