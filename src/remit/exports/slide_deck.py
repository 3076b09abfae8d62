"""A deck of slides in a plain look: titles, words, and tables that run on over several slides."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from remit.exports.fitting import RowRoom, pages
from remit.exports.native_charts import colour_of
from remit.exports.tables import Table
from remit.model.plain_text import for_xml

FONT = "Arial"
BLUE, WHITE, DARK, PALE = "005EB8", "FFFFFF", "212B32", "F0F4F5"
TONES = {"concern": "FCE5CD", "improvement": "D6E8F7", "neutral": "E6E0F0"}
INCH = 914400
WIDTH, HEIGHT = 13.333, 7.5
MARGIN = 0.5
TOP = 1.25
TABLE_HEIGHT = 5.5
TABLE_POINTS = 12.0
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
        _font(holder.text_frame, 24 if len(title) <= 75 else 20, DARK, bold=True)
        self._foot(slide)
        return slide

    def opening(self, title: str, lines: Sequence[str]) -> None:
        """The first slide."""
        slide = self._deck.slides.add_slide(self._deck.slide_layouts[_TITLE])
        slide.background.fill.solid()
        slide.background.fill.fore_color.rgb = colour_of(BLUE)
        slide.shapes.title.text = self._unique(for_xml(title))
        _font(slide.shapes.title.text_frame, 40, WHITE, bold=True)
        below = slide.placeholders[1]
        below.text = for_xml("\n".join([*lines, *filter(None, [self._mark])]))
        _font(below.text_frame, 20, WHITE)

    def text(self, title: str, paragraphs: Sequence[str]) -> None:
        """Slides of words; those that do not fit go on to the next."""
        sheet = RowRoom(WIDTH - 2 * MARGIN, TABLE_HEIGHT, 18.0)
        groups = pages([(p,) for p in paragraphs], (1.0,), (), sheet)
        for number, group in enumerate(groups, start=1):
            slide = self.slide(_part(title, number, len(groups)))
            box = slide.shapes.add_textbox(*_emu(MARGIN, TOP, WIDTH - 2 * MARGIN, TABLE_HEIGHT))
            _fill(box.text_frame, [row[0] for row in group], 18)

    def table(self, table: Table) -> None:
        """A native table; its rows run on over as many slides as they need, heads repeated."""
        sheet = RowRoom(WIDTH - 2 * MARGIN, TABLE_HEIGHT, TABLE_POINTS)
        rows = [tuple(cell.text for cell in row) for row in table.rows]
        groups = pages(rows, table.shares, table.heads, sheet)
        start = 0
        for number, group in enumerate(groups, start=1):
            part = table.rows[start : start + len(group)]
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

    def caption(self, slide: Any, paragraphs: Sequence[str]) -> None:
        """The words beneath a chart; the first is the finding."""
        top = TOP + 4.45
        box = slide.shapes.add_textbox(*_emu(MARGIN, top, WIDTH - 2 * MARGIN, HEIGHT - top - 0.5))
        _fill(box.text_frame, paragraphs, 14)
        _font_of(box.text_frame.paragraphs[0], 18, DARK, bold=True)

    def notes(self, slide: Any, words: str) -> None:
        """The speaker's notes of a slide."""
        slide.notes_slide.notes_text_frame.text = for_xml(words)

    def describe(self, frame: Any, words: str) -> None:
        """The alternative text of a chart or a table."""
        frame._element.nvGraphicFramePr.cNvPr.set("descr", for_xml(words))

    def _foot(self, slide: Any) -> None:
        place = _emu(MARGIN, HEIGHT - 0.48, WIDTH - 2 * MARGIN, 0.35)
        box = slide.shapes.add_textbox(*place)
        _fill(box.text_frame, [" ".join(filter(None, [self._title + ".", self._mark]))], 11)

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
