"""How much room words take, and how many fit on a page: rather too much than too little.

Widths are those of Arial (as of Helvetica, whose metrics it shares), in thousandths of the size.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import zip_longest

LINE = 1.22
"""The height of a line as a share of the size of its letters."""

_PADDING = 0.1
_MARGIN = 0.06
_BOLD = 1.08
_SPARE = 0.96
_OTHER, _WIDE = 667, 1000
_FIRST_WIDE = 0x1100


class _LetterWidths(dict[str, int]):
    """The widths of letters, also of those that are in no list."""

    def __missing__(self, letter: str) -> int:
        return _WIDE if ord(letter) >= _FIRST_WIDE else _OTHER


_WIDTHS = _LetterWidths(
    (letter, width)
    for width, letters in (
        (222, "ijl'’‘|"),
        (278, " !,./:;I[]\\ft·"),
        (333, "()-r`“”"),
        (400, '"*°'),
        (500, "Jckvsxyz"),
        (556, "#$?abdeghnopqu0123456789L_–£"),
        (584, "+<=>~−"),
        (611, "FTZ"),
        (667, "&ABEKPSVXY"),
        (722, "CDHNRUw"),
        (778, "GOQ"),
        (833, "Mm"),
        (944, "W"),
        (1015, "%@—…→"),
    )
    for letter in letters
)


@dataclass(frozen=True, slots=True)
class RowRoom:
    """The room for rows: width and height in inches, size of letters in points."""

    width: float
    height: float
    points: float


def wrapped(words: str, inches: float, points: float, *, bold: bool = False) -> list[str]:
    """Words in the lines that they take; a word that is longer than a line is torn.

    Parameters
    ----------
    words
        The text; its line breaks are kept.
    inches, points
        The width of the lines, and the size of the letters.
    bold
        Whether the letters are.

    Examples
    --------
    >>> wrapped("one two three", 0.7, 12)
    ['one two', 'three']
    """
    room = inches * 72 / points * 1000 * _SPARE / (_BOLD if bold else 1)
    lines: list[str] = []
    for paragraph in words.split("\n"):
        line, width = "", 0.0
        for word in _torn_words(paragraph, room):
            long = _width_of_word(word)
            more = long + (_WIDTHS[" "] if line else 0)
            if line and width + more > room:
                lines.append(line)
                line, width, more = "", 0.0, long
            line, width = f"{line} {word}" if line else word, width + more
        lines.append(line)
    return lines


def _torn_words(text: str, room: float) -> list[str]:
    found: list[str] = []
    for word in text.split():
        if _width_of_word(word) <= room:
            found.append(word)
            continue
        piece, width = "", 0.0
        for letter in word:
            more = _WIDTHS[letter]
            if piece and width + more > room:
                found.append(piece)
                piece, width = "", 0.0
            piece, width = piece + letter, width + more
        found.append(piece)
    return found


def _width(text: str) -> int:
    return sum(map(_WIDTHS.__getitem__, text))


_width_of_word = lru_cache(maxsize=1 << 14)(_width)
"""Words come again and again, whole texts seldom."""


def inches_of(words: str, points: float, *, bold: bool = False) -> float:
    """How long words are in one line.

    Parameters
    ----------
    words
        The text.
    points
        The size of the letters.
    bold
        Whether the letters are.
    """
    return _width(words) / 1000 * points / 72 / _SPARE * (_BOLD if bold else 1)


def height_of(
    paragraphs: Sequence[str], inches: float, points: float, *, bold: bool = False
) -> float:
    """The height of paragraphs in inches, with half a line after each.

    Parameters
    ----------
    paragraphs
        Their words.
    inches, points
        The width of the lines, and the size of the letters.
    bold
        Whether the letters are.
    """
    lines = sum(_lines_of(words, inches, points, bold=bold) for words in paragraphs)
    return (lines * LINE + len(paragraphs) / 2) * points / 72


@lru_cache(maxsize=1 << 12)
def _lines_of(words: str, inches: float, points: float, *, bold: bool) -> int:
    """A slide is tried with one finding more and one less: its words are measured once."""
    return len(wrapped(words, inches, points, bold=bold))


def pages(
    rows: Sequence[tuple[str, ...]], shares: Sequence[float], heads: Sequence[str], sheet: RowRoom
) -> list[list[tuple[str, ...]]]:
    """Rows in groups that each fit on a page; none is lost, and each group has at least one.

    Parameters
    ----------
    rows
        The words of the cells, none taller than a page (:func:`torn`).
    shares
        The columns' shares of the width.
    heads
        The words of the head, which stands on each page; may be empty.
    sheet
        The room of one page.
    """
    room = _room(heads, shares, sheet)
    groups: list[list[tuple[str, ...]]] = []
    left = 0.0
    for row in rows:
        height = row_height(row, shares, sheet)
        if not groups or height > left:
            groups.append([])
            left = room
        groups[-1].append(row)
        left -= height
    return groups


def torn(
    row: tuple[str, ...], shares: Sequence[float], heads: Sequence[str], sheet: RowRoom
) -> list[tuple[str, ...]]:
    """A row as it is, or in pieces of which each fits on a page beneath the head.

    Parameters
    ----------
    row
        The words of its cells.
    shares, heads, sheet
        As for :func:`pages`.
    """
    room = _room(heads, shares, sheet)
    if row_height(row, shares, sheet) <= room:
        return [row]
    most = max(1, int((room - _PADDING) * 72 / sheet.points / LINE))
    columns = []
    for words, inches in zip(row, _inches(shares, sheet), strict=True):
        lines = wrapped(words, inches, sheet.points)
        columns.append([" ".join(lines[at : at + most]) for at in range(0, len(lines), most)])
    return list(zip_longest(*columns, fillvalue=""))


def _room(heads: Sequence[str], shares: Sequence[float], sheet: RowRoom) -> float:
    return sheet.height - (row_height(heads, shares, sheet, bold=True) if heads else 0.0)


def _inches(shares: Sequence[float], sheet: RowRoom) -> list[float]:
    whole = sum(shares)
    return [sheet.width * share / whole - 2 * _MARGIN for share in shares]


def row_height(
    row: Sequence[str], shares: Sequence[float], sheet: RowRoom, *, bold: bool = False
) -> float:
    """The height of a row in inches: that of its tallest cell.

    Parameters
    ----------
    row
        The words of its cells.
    shares, sheet
        As for :func:`pages`.
    bold
        Whether the letters are, as in a head.
    """
    tallest = max(
        len(wrapped(words, inches, sheet.points, bold=bold))
        for words, inches in zip(row, _inches(shares, sheet), strict=True)
    )
    return tallest * sheet.points * LINE / 72 + _PADDING
