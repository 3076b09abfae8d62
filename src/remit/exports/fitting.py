"""How many rows of words fit on a page: an estimate that rather leaves room than overflows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap

_LETTER = 0.5
"""Mean width of a letter of Arial as a share of its size, with something to spare."""

_LINE = 1.22
_PADDING = 0.1


@dataclass(frozen=True, slots=True)
class RowRoom:
    """The room for rows: width and height in inches, size of letters in points."""

    width: float
    height: float
    points: float


def pages(
    rows: Sequence[tuple[str, ...]], shares: Sequence[float], heads: Sequence[str], sheet: RowRoom
) -> list[list[tuple[str, ...]]]:
    """Rows in groups that each fit on a page; none is lost, and each group has at least one.

    Parameters
    ----------
    rows
        The words of the cells.
    shares
        The columns' shares of the width.
    heads
        The words of the head, which stands on each page; may be empty.
    sheet
        The room of one page.
    """
    room = sheet.height - (row_height(heads, shares, sheet) if heads else 0.0)
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


def row_height(row: Sequence[str], shares: Sequence[float], sheet: RowRoom) -> float:
    """The height of a row in inches: that of its tallest cell."""
    whole = sum(shares)
    tallest = 1
    for words, share in zip(row, shares, strict=True):
        inches = sheet.width * share / whole - 2 * 0.06
        letters = max(1, int(inches * 72 / (sheet.points * _LETTER)))
        tallest = max(tallest, len(wrap(words, letters)) or 1)
    return tallest * sheet.points * _LINE / 72 + _PADDING
