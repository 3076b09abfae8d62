"""What of a sheet is hidden, merged or shown as a percentage: what no value tells."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from remit.files.sheet_xml import place_of

Range = tuple[int, int, int, int]
"""First row, first column, last row, last column, all from 0."""

_ROW = re.compile(rb'<(?:[\w.-]+:)?row\b[^>]*?\bhidden=["\'](?:1|true)["\'][^>]*>')
_NUMBER = re.compile(rb'\br=["\']([0-9]{1,7})["\']')
_COLUMN = re.compile(rb'<(?:[\w.-]+:)?col\b[^>]*?\bhidden=["\'](?:1|true)["\'][^>]*>')
_FROM = re.compile(rb'\bmin=["\']([0-9]{1,5})["\']')
_TO = re.compile(rb'\bmax=["\']([0-9]{1,5})["\']')
_MERGED = re.compile(rb'<(?:[\w.-]+:)?mergeCell\b[^>]*?\bref=["\']([A-Z0-9]+):([A-Z0-9]+)["\']')
_MOST_MERGED = 100_000
_CELL_OF_STYLE = rb'<(?:[\w.-]+:)?c\b[^>]*?\bs=["\']0*(?:%b)["\'][^>]*>'
_PLACE = re.compile(rb'\br=["\']([A-Z0-9]+)["\']')
_FORMAT = re.compile(rb"<(?:[\w.-]+:)?numFmt\b[^>]*>")
_FORMAT_NUMBER = re.compile(rb'\bnumFmtId=["\']([0-9]{1,6})["\']')
_FORMAT_CODE = re.compile(rb'\bformatCode=(?:"([^"]*)"|\'([^\']*)\')')
_QUOTED = re.compile(rb"&quot;.*?&quot;|\\.")
_STYLES = re.compile(rb"<(?:[\w.-]+:)?cellXfs\b.*?</(?:[\w.-]+:)?cellXfs>", re.DOTALL)
_ONE_STYLE = re.compile(rb"<(?:[\w.-]+:)?xf\b[^>]*>")
_OF_PERCENT = frozenset({9, 10})
"""The formats 0% and 0.00%, which every workbook has."""


@dataclass(slots=True)
class SheetMarks:
    """What is hidden in a sheet, and its merged ranges; rows and columns from 0."""

    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    """The first and the last of neighbours."""
    merged: list[Range] = field(default_factory=list)
    percents: frozenset[tuple[int, int]] = frozenset()
    """The cells that Excel shows a hundredfold, with a per cent sign."""


def marks_in(xml: bytes, styles: bytes = b"") -> SheetMarks:
    """The marks of a sheet of today's format; the styles are those of its workbook.

    >>> marks_in(b'<mergeCells><mergeCell ref="A2:A4"/></mergeCells>').merged
    [(1, 0, 3, 0)]
    """
    marks = SheetMarks()
    if b"hidden=" in xml:
        numbers = (_NUMBER.search(tag[0]) for tag in _ROW.finditer(xml))
        marks.hidden_rows = [int(number[1]) - 1 for number in numbers if number]
        for tag in _COLUMN.finditer(xml):
            first, last = _FROM.search(tag[0]), _TO.search(tag[0])
            if first and last:
                marks.hidden_columns.append((int(first[1]) - 1, int(last[1]) - 1))
    if b"mergeCell" in xml:
        for found in _MERGED.finditer(xml):
            start, end = place_of(found[1].decode()), place_of(found[2].decode())
            if start and end and len(marks.merged) < _MOST_MERGED:
                top, left, low, right = *start, *end
                marks.merged.append((top - 1, left - 1, low - 1, right - 1))
    if wanted := _percent_styles(styles):
        marks.percents = frozenset(_styled(xml, wanted))
    return marks


def _percent_styles(xml: bytes) -> frozenset[int]:
    """The numbers of the styles that show a percentage."""
    formats = set(_OF_PERCENT)
    for tag in _FORMAT.findall(xml):
        number, code = _FORMAT_NUMBER.search(tag), _FORMAT_CODE.search(tag)
        if number and code and b"%" in _QUOTED.sub(b"", code[1] or code[2] or b""):
            formats.add(int(number[1]))
    block = _STYLES.search(xml)
    found = [_FORMAT_NUMBER.search(tag) for tag in _ONE_STYLE.findall(block[0] if block else b"")]
    return frozenset(at for at, one in enumerate(found) if one and int(one[1]) in formats)


def _styled(xml: bytes, wanted: frozenset[int]) -> Iterator[tuple[int, int]]:
    """Where the cells of some styles stand."""
    numbers = b"|".join(b"%d" % one for one in sorted(wanted))
    for tag in re.finditer(_CELL_OF_STYLE % numbers, xml):
        ref = _PLACE.search(tag[0])
        place = place_of(ref[1].decode()) if ref else None
        if place:
            yield place[0] - 1, place[1] - 1
