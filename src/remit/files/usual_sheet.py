"""A sheet looked through by one pattern, where it is written as Excel and its like write it.

Nearly all sheets are: cells in order, attributes in double quotes and in one order, no prefix, no
comment, nothing between the tags. The pattern says that form and no more, so that a table which it
matches from end to end is known as surely as by a parser, and four to seven times as quickly. What
is left over (all before and after the table, one row's tag of each sort, letters beyond ASCII)
still goes to the parser of :mod:`remit.files.sheet_xml`; so does the whole sheet where one byte is
not as usual. Both ways give the same look.

A cell can be matched in one way only, so that the time grows with the size and no faster; a group
is repeated a limited number of times only, for the engine takes room for each.
"""

from __future__ import annotations

import re
from functools import cache

from remit.files.sheet_xml import (
    LAST_COLUMN,
    LAST_ROW,
    NOT_CALCULATED,
    Look,
    SheetError,
    column_number,
    look_by_parser,
    refuse_many_tags,
    refuse_vast,
)

_BEGIN = re.compile(
    rb'(?:<\?xml version="1\.0" encoding="(?:UTF|utf)-8"(?: standalone="(?:yes|no)")? ?\?>\s*)?'
    rb"<worksheet[ >]"
)
_TABLE, _TABLE_END = b"<sheetData>", b"</sheetData>"
_BEYOND_ASCII = re.compile(rb"[\x80-\xff]+")

# Signs that stand for themselves in any text of XML. In a value the library knows no entity.
_SIGNS = rb"[^<>&\x00-\x08\x0b\x0c\x0e-\x1f]*+"
_SIGNS_IN_QUOTES = rb'[^"<>&\x00-\x08\x0b\x0c\x0e-\x1f]*+'
_TEXT = rb"%b(?:&(?:amp|lt|gt|quot|apos);%b){0,999}" % (_SIGNS, _SIGNS)
_NUMBER = rb"<v>[0-9.eE+-]++</v></c>"
_TRUTH = rb'"(?:0|1|true|false)"'
_FORMULA = (
    rb'<f(?: t="(?:shared|array)")?(?: aca=%b)?(?: ref="[A-Z0-9:]+")?(?: ca=%b)?(?: si="[0-9]+")?'
    rb"(?:/>|>%b</f>)" % (_TRUTH, _TRUTH, _TEXT)
)
# What is to be marked is captured.
_WITHOUT_VALUE = rb"%b(?:<v ?/>|<v></v>)?(</c>)" % _FORMULA
_ERROR = rb'e">(?:%b)?<v>(#(?:N/A|REF!|VALUE!|DIV/0!|NAME\?|NUM!|NULL!))</v></c>' % _FORMULA
# All that can follow the reference and the style of a cell. The sorts differ in their first signs,
# by which the engine passes over the wrong ones quickly.
_PLAIN = rb">(?:%b|%b%b|%b)" % (_NUMBER, _FORMULA, _NUMBER, _WITHOUT_VALUE)
_SORTS_BY_NAME = b"|".join(
    [
        rb's"(?:><v>[0-9]{1,9}+</v></c>| ?/>)',
        rb'n"(?:%b| ?/>)' % _PLAIN,
        rb'inlineStr"><is><t(?: xml:space="preserve")?>%b</t></is></c>' % _TEXT,
        rb'str">(?:%b)?(?:<v(?: xml:space="preserve")?>%b</v>|<v ?/>)</c>' % (_FORMULA, _SIGNS),
        rb'b">(?:%b)?<v>[01]</v></c>' % _FORMULA,
        _ERROR,
    ]
)
_SORTS_OF_CELL = rb'/>|%b| t="(?:%b)| />' % (_PLAIN, _SORTS_BY_NAME)
_STYLE = rb'(?: s="[0-9]{1,9}+")?'
# Each cell's reference ends in the number of its row.
_rows = re.compile(
    rb'<row r="([1-9][0-9]{0,6})"(?: (?!xmlns)(?:x14ac:)?[A-Za-z]+="%b"){0,99}'
    rb'(?: ?/>|>(?:<c r="[A-Z]{1,3}+\1"%b(?:%b)){0,16384}</row>)'
    % (_SIGNS_IN_QUOTES, _STYLE, _SORTS_OF_CELL)
).finditer
_marked = re.compile(
    rb'<c r="([A-Z]+)[0-9]+"%b(?: t="%b|(?: t="n")?>%b)' % (_STYLE, _ERROR, _WITHOUT_VALUE)
).findall
_LETTERS = re.compile(rb'<c r="([A-Z]+)')
_IN_NUMBERS = b"0123456789.+-"


def look_through(xml: bytes) -> Look:
    """Look a sheet through, in the quick way if it is written as usual.

    Raises
    ------
    SheetError
        If it is no XML, or larger than a sheet that can be held.

    Examples
    --------
    >>> xml = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    >>> xml += '<sheetData><row r="1"><c r="B1"><v>7</v></c></row></sheetData></worksheet>'
    >>> look_through(xml.encode()).columns
    2
    """
    return look_by_pattern(xml) or look_by_parser(xml)


def look_by_pattern(xml: bytes) -> Look | None:
    """What :func:`look_through` finds; nothing where the sheet is not written as usual.

    Raises
    ------
    SheetError
        If it is larger than a sheet that can be held.
    """
    start = xml.find(_TABLE) + len(_TABLE)
    end = xml.find(_TABLE_END, start)
    if start < len(_TABLE) or end < 0 or not _BEGIN.match(xml):
        return None
    refuse_many_tags(xml)
    table = _Table()
    if not (table.holds(xml, start, end) and _is_usual_elsewhere(xml[:start], table, xml[end:])):
        return None
    refuse_vast(table.look.rows, table.look.columns)
    return table.look


def _is_usual_elsewhere(before: bytes, table: _Table, after: bytes) -> bool:
    """Whether the parser finds XML in order, the table in its namespace, and no further cell."""
    rest = [before, *table.tags.values(), b" ".join(table.beyond_ascii), after]
    try:
        return look_by_parser(b"".join(rest)) == Look()
    except SheetError:
        return False  # the parser is to say where in the whole


class _Table:
    """The rows of a sheet, matched one after the other.

    Rows that differ in numbers alone have the same shape. What can be told by the shape (the order
    of the columns, the last that is filled) is told once for all of them.
    """

    def __init__(self) -> None:
        self.look = Look()
        self.tags: dict[bytes, bytes] = {}
        """The opening tag of one row of each sort, closed; by what it is without numbers."""
        self.beyond_ascii: set[bytes] = set()
        self._last_filled: dict[bytes, int] = {}

    def holds(self, xml: bytes, start: int, end: int) -> bool:
        """Whether all between the two places is rows as usual; they are gathered."""
        place, number, filled = start, 0, 0
        for row in _rows(xml, start, end):
            if row.start() != place or int(row[1]) <= number:
                return False
            place, number = row.end(), int(row[1])
            shape = row[0].translate(None, _IN_NUMBERS)
            if shape not in self._last_filled and not self._is_usual(shape, row[0]):
                return False
            if self._last_filled[shape]:
                filled = number
            if row.lastindex != 1:
                self._mark(number, row[0])
        self.look.rows = filled
        self.look.columns = max(self._last_filled.values(), default=0)
        return place == end and number <= LAST_ROW

    def _is_usual(self, shape: bytes, row: bytes) -> bool:
        """Whether the columns are in order and errors are seen by all; the shape is noted."""
        columns = [_column(letters) for letters in _LETTERS.findall(shape)]
        if columns != sorted(set(columns)) or (columns and columns[-1] > LAST_COLUMN):
            return False
        errors = shape.count(b't="e"')
        if b"'e'" in shape or (errors and errors != sum(bool(e) for _, e, _ in _marked(row))):
            return False  # the parser takes what is said so in a text for a sign of doubt
        self._last_filled[shape] = _last_filled(shape)
        tag = shape[: shape.index(b">")]
        if tag not in self.tags:
            self.tags[tag] = row[: row.index(b">")].rstrip(b"/") + b"/>"
        if not shape.isascii():
            self.beyond_ascii.update(_BEYOND_ASCII.findall(shape))
        return True

    def _mark(self, number: int, row: bytes) -> None:
        for letters, error, _ in _marked(row):
            text = error.decode() or NOT_CALCULATED
            self.look.marked.append((number - 1, _column(letters) - 1, text))


def _last_filled(shape: bytes) -> int:
    """The column of the last cell that is no blank: a blank has no closing tag."""
    end = shape.rfind(b"</c>")
    found = _LETTERS.match(shape, shape.rfind(b"<c ", 0, end)) if end >= 0 else None
    return _column(found[1]) if found else 0


@cache
def _column(letters: bytes) -> int:
    return column_number(letters.decode())
