"""What of a sheet is hidden, and which of its cells are merged: what no value tells."""

from __future__ import annotations

import re
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


@dataclass(slots=True)
class SheetMarks:
    """What is hidden in a sheet, and its merged ranges; rows and columns from 0."""

    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    """The first and the last of neighbours."""
    merged: list[Range] = field(default_factory=list)


def marks_in(xml: bytes) -> SheetMarks:
    """The marks of a sheet of today's format.

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
    return marks
