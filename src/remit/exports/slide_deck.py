"""A deck of slides in a plain look: titles, words, and tables that run on over several slides."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from remit.exports.fitting import RowRoom, height_of, pages, torn, wrapped
from remit.exports.native_charts import colour_of
from remit.exports.tables import PrintedCell, Table
from remit.model.plain_text import for_xml
from remit.words.sentences import count_words

FONT = "Arial"
BLUE, WHITE, DARK, PALE = "005EB8", "FFFFFF", "212B32", "F0F4F5"
TONES = {"concern": "FCE5CD", "improvement": "D6E8F7", "neutral": "E6E0F0"}
INCH = 914400
WIDTH, HEIGHT = 13.333, 7.5
MARGIN = 0.5
TOP = 1.25
TABLE_HEIGHT = 5.5
TABLE_POINTS = 12.0
INSET = 0.2
"""What a shape keeps free beside and, by half, above and beneath its words."""

_TITLE_SIZES = (24.0, 20.0, 18.0, 16.0, 14.0, 12.0)
_OPENING_SIZES = (40.0, 32.0, 28.0, 24.0, 20.0)
_LINE_SIZES = (20.0, 18.0, 16.0, 14.0, 12.0)
_CAPTION_SIZES = ((18.0, 14.0), (16.0, 13.0), (14.0, 12.0), (12.0, 11.0))
"""Of the finding, and of what stands beneath it; no letters are smaller than the last."""

_TEXT_POINTS, _FOOT_POINTS = 18.0, 11.0
_TITLE_ONLY, _TITLE = 5, 0


class Deck:
    """Slides one after the other.

    Parameters
    ----------
    title
        The title of the file.
    mark
        Words that stand at the foot of every slide; may be empty.
    """

    chart_place = (
        round(MARGIN * INCH),
        round(TOP * INCH),
        round((WIDTH - 2 * MARGIN) * INCH),
        round(4.35 * INCH),
    )

    def __init__(self, title: str, mark: str) -> None:
        from pptx import Presentation
        from pptx.util import Inches

        self._deck = Presentation()
        self._deck.slide_width, self._deck.slide_height = Inches(WIDTH), Inches(HEIGHT)
        self._deck.core_properties.title = for_xml(title)[:255]
        self._deck.core_properties.author = "Remit"
        self._deck.core_properties.language = "en-GB"
        self._mark = mark
        self._title = title
        self._titles: set[str] = set()
        self._set_up_layouts()

    def save(self, path: Path) -> None:
        """Write the file."""
        self._deck.save(str(path))

    def slide(self, title: str) -> Any:
        """A new slide with a title, which is made unlike those before it."""
        slide = self._deck.slides.add_slide(self._deck.slide_layouts[_TITLE_ONLY])
        holder = slide.shapes.title
        holder.text = self._unique(for_xml(title))
        size = _fitting([title], WIDTH - 2 * MARGIN, 0.85, _TITLE_SIZES, bold=True)
        _font(holder.text_frame, size, DARK, bold=True)
        self._foot(slide)
        return slide

    def opening(self, title: str, lines: Sequence[str]) -> None:
        """The first slide."""
        slide = self._deck.slides.add_slide(self._deck.slide_layouts[_TITLE])
        slide.background.fill.solid()
        slide.background.fill.fore_color.rgb = colour_of(BLUE)
        slide.shapes.title.text = self._unique(for_xml(title))
        size = _fitting([title], WIDTH - 2, 1.4, _OPENING_SIZES, bold=True)
        _font(slide.shapes.title.text_frame, size, WHITE, bold=True)
        below = slide.placeholders[1]
        said = [*lines, *filter(None, [self._mark])]
        below.text = for_xml("\n".join(said))
        _font(below.text_frame, _fitting(said, WIDTH - 2, 2.6, _LINE_SIZES), WHITE)

    def text(self, title: str, paragraphs: Sequence[str]) -> None:
        """Slides of words; those that do not fit go on to the next."""
        # Half a line stands between paragraphs: more than the rows of a table have.
        sheet = RowRoom(WIDTH - 2 * MARGIN - INSET, 0.85 * (TABLE_HEIGHT - INSET), _TEXT_POINTS)
        rows = [piece for p in paragraphs for piece in torn((p,), (1.0,), (), sheet)]
        groups = pages(rows, (1.0,), (), sheet)
        for number, group in enumerate(groups, start=1):
            slide = self.slide(_part(title, number, len(groups)))
            box = slide.shapes.add_textbox(*_emu(MARGIN, TOP, WIDTH - 2 * MARGIN, TABLE_HEIGHT))
            _fill(box.text_frame, [row[0] for row in group], _TEXT_POINTS)

    def table(self, table: Table) -> None:
        """A native table; its rows run on over as many slides as they need, heads repeated."""
        sheet = RowRoom(WIDTH - 2 * MARGIN, TABLE_HEIGHT, TABLE_POINTS)
        whole = [piece for row in table.rows for piece in _torn_row(row, table, sheet)]
        rows = [tuple(cell.text for cell in row) for row in whole]
        groups = pages(rows, table.shares, table.heads, sheet)
        start = 0
        for number, group in enumerate(groups, start=1):
            part = whole[start : start + len(group)]
            start += len(group)
            self._table_slide(_part(table.title, number, len(groups)), table, part)

    def _table_slide(self, title: str, table: Table, rows: Sequence[Sequence[Any]]) -> None:
        slide = self.slide(title)
        place = _emu(MARGIN, TOP, WIDTH - 2 * MARGIN, 0.4 * (len(rows) + 1))
        frame = slide.shapes.add_table(len(rows) + 1, len(table.heads), *place)
        self.describe(frame, f"Table: {title}. {table.finding}")
        grid = frame.table
        for column, share in zip(grid.columns, table.shares, strict=True):
            column.width = round((WIDTH - 2 * MARGIN) * INCH * share / sum(table.shares))
        for cell, words in zip(grid.rows[0].cells, table.heads, strict=True):
            _cell(cell, words, BLUE, WHITE, bold=True)
        for number, (row, cells) in enumerate(zip(list(grid.rows)[1:], rows, strict=True)):
            ground = PALE if number % 2 else WHITE
            for cell, given in zip(row.cells, cells, strict=True):
                _cell(cell, given.text, TONES.get(given.tone, ground), DARK)

    def names(self, title: str, head: str, names: Sequence[str]) -> None:
        """A list of names in two columns, read across, over as many slides as it needs.

        Parameters
        ----------
        title
            The title of its slides.
        head
            What the names are of.
        names
            One for each cell.
        """
        cells = [PrintedCell(name) for name in names]
        pairs = [(cells[at], *(cells[at + 1 : at + 2] or [PrintedCell("")]))
                 for at in range(0, len(cells), 2)]  # fmt: skip
        finding = f"{count_words(len(names), head.lower())}."
        self.table(Table(title, (head, head), (1.0, 1.0), tuple(pairs), finding))

    def caption(self, slide: Any, paragraphs: Sequence[str]) -> None:
        """The words beneath a chart; the first is the finding.

        Letters are as large as the room allows; what does not fit even so goes on on a slide of
        its own.
        """
        top = TOP + 4.45
        width, height = WIDTH - 2 * MARGIN, HEIGHT - top - 0.5
        sizes = next((pair for pair in _CAPTION_SIZES if _held(paragraphs, pair, width, height)),
                     _CAPTION_SIZES[-1])  # fmt: skip
        kept, left = _cut(paragraphs, sizes, width, height)
        box = slide.shapes.add_textbox(*_emu(MARGIN, top, width, height))
        _fill(box.text_frame, kept, sizes[1])
        _font_of(box.text_frame.paragraphs[0], sizes[0], DARK, bold=True)
        if left:
            self.text(f"{slide.shapes.title.text} (continued)", left)

    def notes(self, slide: Any, words: str) -> None:
        """The speaker's notes of a slide."""
        slide.notes_slide.notes_text_frame.text = for_xml(words)

    def describe(self, frame: Any, words: str) -> None:
        """The alternative text of a chart or a table."""
        frame._element.nvGraphicFramePr.cNvPr.set("descr", for_xml(words))

    def _foot(self, slide: Any) -> None:
        place = _emu(MARGIN, HEIGHT - 0.48, WIDTH - 2 * MARGIN, 0.35)
        box = slide.shapes.add_textbox(*place)
        words = " ".join(filter(None, [self._title + ".", self._mark]))
        lines = wrapped(words, WIDTH - 2 * MARGIN - INSET, _FOOT_POINTS)
        _fill(box.text_frame, [self._mark or lines[0] if len(lines) > 1 else words], _FOOT_POINTS)

    def _unique(self, title: str) -> str:
        found, number = title, 2
        while found in self._titles:
            found, number = f"{title} [{number}]", number + 1
        self._titles.add(found)
        return found

    def _set_up_layouts(self) -> None:
        """Places of the titles, so that a slide that a reader adds looks like the others."""
        title_only = self._deck.slide_layouts[_TITLE_ONLY]
        opening = self._deck.slide_layouts[_TITLE]
        _place(title_only.placeholders[0], MARGIN, 0.3, WIDTH - 2 * MARGIN, 0.85)
        _place(opening.placeholders[0], 1, 2.0, WIDTH - 2, 1.4)
        _place(opening.placeholders[1], 1, 3.6, WIDTH - 2, 2.6)
        for layout in self._deck.slide_layouts:
            for shape in list(layout.placeholders):
                if shape.placeholder_format.type in _dated():
                    shape._element.getparent().remove(shape._element)


def _fitting(
    paragraphs: Sequence[str],
    width: float,
    height: float,
    sizes: Sequence[float],
    *,
    bold: bool = False,
) -> float:
    """The largest size in which words fit their shape; the least one if none is small enough."""
    room = height - INSET / 2
    held = (s for s in sizes if height_of(paragraphs, width - INSET, s, bold=bold) <= room)
    return next(held, sizes[-1])


def _held(
    paragraphs: Sequence[str], sizes: tuple[float, float], width: float, height: float
) -> bool:
    first = height_of(paragraphs[:1], width - INSET, sizes[0], bold=True)
    return first + height_of(paragraphs[1:], width - INSET, sizes[1]) <= height - INSET / 2


def _cut(
    paragraphs: Sequence[str], sizes: tuple[float, float], width: float, height: float
) -> tuple[list[str], list[str]]:
    """What fits beneath a chart, and what is left; a first paragraph that is too long is torn."""
    kept = list(paragraphs)
    while len(kept) > 1 and not _held(kept, sizes, width, height):
        kept.pop()
    left = list(paragraphs[len(kept) :])
    if not _held(kept, sizes, width, height):
        lines = wrapped(kept[0], width - INSET, sizes[0], bold=True)
        most = len(lines)
        while most > 1 and not _held([" ".join(lines[:most])], sizes, width, height):
            most -= 1
        kept, left = [" ".join(lines[:most])], [" ".join(lines[most:]), *left]
    return kept, left


def _torn_row(
    row: Sequence[PrintedCell], table: Table, sheet: RowRoom
) -> list[tuple[PrintedCell, ...]]:
    """A row in as many pieces as it needs, each cell in its tone."""
    pieces = torn(tuple(cell.text for cell in row), table.shares, table.heads, sheet)
    return [
        tuple(PrintedCell(words, cell.tone) for words, cell in zip(piece, row, strict=True))
        for piece in pieces
    ]


def _dated() -> set[Any]:
    """The placeholders of date, footer and number, which would stay empty."""
    from pptx.enum.shapes import PP_PLACEHOLDER

    return {PP_PLACEHOLDER.DATE, PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER}


def _part(title: str, number: int, of: int) -> str:
    return f"{title} ({number} of {of})" if of > 1 else title


def _emu(*inches: float) -> tuple[int, ...]:
    return tuple(round(number * INCH) for number in inches)


def _place(shape: Any, left: float, top: float, width: float, height: float) -> None:
    shape.left, shape.top, shape.width, shape.height = _emu(left, top, width, height)


def _cell(cell: Any, words: str, ground: str, ink: str, *, bold: bool = False) -> None:
    cell.fill.solid()
    cell.fill.fore_color.rgb = colour_of(ground)
    cell.margin_left = cell.margin_right = round(0.06 * INCH)
    cell.margin_top = cell.margin_bottom = round(0.03 * INCH)
    cell.text = for_xml(words)
    _font(cell.text_frame, TABLE_POINTS, ink, bold=bold)


def _fill(frame: Any, paragraphs: Sequence[str], points: float) -> None:
    frame.word_wrap = True
    frame.text = for_xml(paragraphs[0]) if paragraphs else ""
    for words in paragraphs[1:]:
        frame.add_paragraph().text = for_xml(words)
    _font(frame, points, DARK)


def _font(frame: Any, points: float, colour: str, *, bold: bool = False) -> None:
    for paragraph in frame.paragraphs:
        _font_of(paragraph, points, colour, bold=bold)


def _font_of(paragraph: Any, points: float, colour: str, *, bold: bool = False) -> None:
    from pptx.enum.text import PP_ALIGN
    from pptx.util import Pt

    paragraph.alignment = PP_ALIGN.LEFT
    paragraph.space_after = Pt(points / 2 if points > TABLE_POINTS else 0)
    for run in paragraph.runs:
        run.font.size, run.font.name, run.font.bold = Pt(points), FONT, bold
        run.font.color.rgb = colour_of(colour)
