"""Native tables on slides."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from copy import deepcopy
from typing import Any

from remit.exports.fitting import RowRoom, row_height, torn
from remit.exports.rooms import INCH, Room
from remit.exports.slide_look import DARK, SlideLook, paint
from remit.exports.slide_words import set_paragraph, set_run
from remit.exports.tables import PrintedCell, Table
from remit.model.plain_text import for_xml

_PARTED = re.compile(r"[\n\v\f\r]")
"""What begins a new line or paragraph."""

TONES = {"concern": "FDEEE4", "improvement": "D6E8F7", "neutral": "E6E0F0"}
"""The ground of a cell, by its tone; its words are dark on it on every master."""


def torn_row(
    row: Sequence[PrintedCell], table: Table, sheet: RowRoom
) -> list[tuple[PrintedCell, ...]]:
    """A row in as many pieces as it needs, each cell in its tone."""
    pieces = torn(tuple(cell.text for cell in row), table.shares, table.heads, sheet)
    return [
        tuple(PrintedCell(words, cell.tone) for words, cell in zip(piece, row, strict=True))
        for piece in pieces
    ]


def table_height(
    table: Table, rows: Sequence[Sequence[PrintedCell]], width: float, points: float
) -> float:
    """How high a table is, with its head.

    Parameters
    ----------
    table
        Heads and shares.
    rows
        Those that are shown.
    width
        The table's, in inches of Arial.
    points
        The size of letters.
    """
    return _head_height(table, width, points) + sum(_heights(table, rows, width, points))


def rows_that_fit(table: Table, width: float, points: float, height: float) -> int:
    """How many of a table's first rows fit beneath its head; no further one is measured.

    Parameters
    ----------
    table
        Heads, shares and rows.
    width, height
        The room, in inches of Arial.
    points
        The size of letters.

    Examples
    --------
    >>> one = Table("Words", ("Word",), (1.0,), ((PrintedCell("a"),),) * 9, "")
    >>> rows_that_fit(one, 4, 72, 3.8)
    1
    """
    left = height - _head_height(table, width, points)
    for number, used in enumerate(_heights(table, table.rows, width, points)):
        left -= used
        if left < 0:
            return number
    return len(table.rows)


def _head_height(table: Table, width: float, points: float) -> float:
    return row_height(table.heads, table.shares, RowRoom(width, 0, points), bold=True)


def _heights(
    table: Table, rows: Sequence[Sequence[PrintedCell]], width: float, points: float
) -> Iterator[float]:
    sheet = RowRoom(width, 0, points)
    return (row_height([cell.text for cell in row], table.shares, sheet) for row in rows)


def put_table(
    slide: Any,
    room: Room,
    table: Table,
    rows: Sequence[Sequence[PrintedCell]],
    style: tuple[float, SlideLook],
) -> Any:
    """Put a table on a slide; its frame.

    Parameters
    ----------
    slide, room
        Where; the rows must fit.
    table
        Heads and shares of the width.
    rows
        Those that are shown.
    style
        The size of letters, and the look.
    """
    points, look = style
    sheet = RowRoom(room.width / look.wider, 0, points)
    heads = row_height(table.heads, table.shares, sheet, bold=True)
    heights = [heads, *(row_height([c.text for c in row], table.shares, sheet) for row in rows)]
    place = room.upper(sum(heights)).emu
    frame = slide.shapes.add_table(len(rows) + 1, len(table.heads), *place)
    grid = frame.table
    for column, share in zip(grid.columns, table.shares, strict=True):
        column.width = round(room.width * INCH * share / sum(table.shares))
    for row, height in zip(grid.rows, heights, strict=True):
        row.height = round(height * INCH)
    for cell, words in zip(grid.rows[0].cells, table.heads, strict=True):
        _cell(cell, words, (look.head, look.head_ink), style, bold=True)
    _fill(list(grid.rows)[1:], rows, style)
    return frame


def _fill(
    grid: Sequence[Any], rows: Sequence[Sequence[PrintedCell]], style: tuple[float, SlideLook]
) -> None:
    """The words of the rows; cells of one look are laid out once, and copied."""
    look = style[1]
    first: dict[tuple[str, str], Any] = {}
    for number, (row, cells) in enumerate(zip(grid, rows, strict=True)):
        plain = look.pale if number % 2 else (look.ground if look.pale else "")
        for cell, given in zip(list(row.cells), cells, strict=True):
            tone = TONES.get(given.tone)
            colours = (tone or plain, DARK if tone else look.ink)
            if not given.text or _PARTED.search(given.text):
                _cell(cell, given.text, colours, style)
            elif colours in first:
                _copy(first[colours], cell, given.text)
            else:
                _cell(cell, given.text, colours, style)
                first[colours] = cell._tc


def _copy(first: Any, cell: Any, words: str) -> None:
    """A cell like an earlier one of a single run, with words of its own."""
    made = deepcopy(first)
    (run,) = made.txBody.p_lst[0].r_lst
    run.text = for_xml(words)
    cell._tc.getparent().replace(cell._tc, made)


def _cell(
    cell: Any,
    words: str,
    colours: tuple[str, str],
    style: tuple[float, SlideLook],
    *,
    bold: bool = False,
) -> None:
    from pptx.util import Pt

    points, look = style
    ground, ink = colours
    if ground:
        cell.fill.solid()
        paint(cell.fill.fore_color, ground)
    else:
        cell.fill.background()
    cell.margin_left = cell.margin_right = round(0.06 * INCH)
    cell.margin_top = cell.margin_bottom = round(0.03 * INCH)
    cell.text = for_xml(words)
    for paragraph in cell.text_frame.paragraphs:
        set_paragraph(paragraph, 0)
        # An empty cell is as tall as letters would be in it, and those are large by default.
        paragraph.font.size = Pt(points)
        for run in paragraph.runs:
            set_run(run, points, ink, look, bold)
