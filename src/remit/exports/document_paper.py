"""A document on A4, landscape, with Word's own headings and tables."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from remit.exports.document_charts import ChartMaker
from remit.exports.tables import PrintedCell, Table
from remit.model.plain_text import for_xml

WIDTH = 25.7
"""The width of the text in cm: A4 on its side, less margins of 2 cm."""

FONT = "Arial"
TONES = {"concern": "FCE5CD", "improvement": "D6E8F7", "neutral": "E6E0F0"}
BLUE, DARK = "005EB8", "212B32"


class Paper:
    """A document that is written from the top down.

    Parameters
    ----------
    title
        The title of the file.
    mark
        Words that stand at the head of every page; may be empty.
    """

    def __init__(self, title: str, mark: str) -> None:
        from docx import Document

        self._document = Document()
        self._charts = ChartMaker(self._document)
        properties = self._document.core_properties
        properties.title, properties.author = for_xml(title)[:255], "Remit"
        properties.language = "en-GB"
        self._lay_out()
        self._style()
        self._head(f"{title}. {mark}".strip())

    def save(self, path: Path) -> None:
        """Write the file."""
        self._document.save(str(path))

    def title(self, words: str) -> None:
        """The one heading of the first level."""
        self._document.add_heading(for_xml(words), level=1)

    def heading(self, words: str, level: int = 1) -> None:
        """A heading of a part (1) or of a piece of it (2)."""
        self._document.add_heading(for_xml(words), level=level + 1)

    def words(self, words: str, *, strong: bool = False) -> None:
        """A paragraph; a strong one stays on the page of what follows it."""
        paragraph = self._document.add_paragraph()
        paragraph.add_run(for_xml(words)).bold = strong
        paragraph.paragraph_format.keep_with_next = strong

    def small(self, words: str) -> None:
        """A paragraph in smaller letters, as beneath a chart."""
        from docx.shared import Pt

        self._document.add_paragraph().add_run(for_xml(words)).font.size = Pt(9.5)

    def chart(self, line: Any, rules: str) -> None:
        """A line's control chart, as a native chart with its alternative text."""
        paragraph = self._document.add_paragraph()
        paragraph.paragraph_format.keep_with_next = True
        self._charts.add(paragraph, line, rules, (WIDTH, 5.2))

    def table(self, table: Table) -> None:
        """A table whose head is repeated on each page and whose rows are not torn."""
        grid = self._document.add_table(rows=1, cols=len(table.heads))
        grid.style = "Table Grid"
        grid.autofit = False
        _describe(grid, table)
        for column, width in zip(grid.columns, _widths(table), strict=True):
            column.width = _cm(width)
        _fill(grid.rows[0], [PrintedCell(head) for head in table.heads], _widths(table), head=True)
        _repeat(grid.rows[0])
        for cells in table.rows:
            _fill(grid.add_row(), cells, _widths(table))
        self._document.add_paragraph()

    def _lay_out(self) -> None:
        from docx.enum.section import WD_ORIENT
        from docx.shared import Cm

        section = self._document.sections[0]
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = Cm(29.7), Cm(21.0)
        section.left_margin = section.right_margin = Cm(2)
        section.top_margin = section.bottom_margin = Cm(1.8)

    def _style(self) -> None:
        from docx.shared import Pt

        for name, points in (
            ("Normal", 11),
            ("Heading 1", 24),
            ("Heading 2", 18),
            ("Heading 3", 14),
        ):
            style = self._document.styles[name]
            style.font.name, style.font.size = FONT, Pt(points)
            style.font.color.rgb = _colour(DARK)
            fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
            for kind in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
                fonts.attrib.pop(_qn(f"w:{kind}"), None)
        language = self._document.styles["Normal"].element.get_or_add_rPr()
        language.append(_element("w:lang", {"w:val": "en-GB"}))

    def _head(self, words: str) -> None:
        from docx.shared import Pt

        paragraph = self._document.sections[0].header.paragraphs[0]
        paragraph.add_run(for_xml(words)).font.size = Pt(9)


def _widths(table: Table) -> list[float]:
    """The widths of the columns in cm."""
    whole = sum(table.shares)
    return [WIDTH * share / whole for share in table.shares]


def _fill(row: Any, cells: Any, widths: list[float], *, head: bool = False) -> None:
    from docx.shared import Pt

    _keep_whole(row)
    for cell, given, width in zip(row.cells, cells, widths, strict=True):
        cell.width = _cm(width)
        paragraph = cell.paragraphs[0]
        paragraph.paragraph_format.space_after = Pt(2)
        run = paragraph.add_run(for_xml(given.text))
        run.font.size, run.bold = Pt(9.5), head
        if head:
            run.font.color.rgb = _colour("FFFFFF")
        ground = BLUE if head else TONES.get(given.tone, "")
        if ground:
            _shade(cell, ground)


def _cm(number: float) -> Any:
    from docx.shared import Cm

    return Cm(number)


def _colour(code: str) -> Any:
    from docx.shared import RGBColor

    return RGBColor.from_string(code)


def _qn(name: str) -> str:
    from docx.oxml.ns import qn

    found: Callable[[str], str] = qn
    return found(name)


def _element(name: str, attributes: dict[str, str]) -> Any:
    from docx.oxml import OxmlElement

    element = OxmlElement(name)
    for key, value in attributes.items():
        element.set(_qn(key), for_xml(value))
    return element


def _shade(cell: Any, colour: str) -> None:
    shade = {"w:val": "clear", "w:color": "auto", "w:fill": colour}
    cell._tc.get_or_add_tcPr().append(_element("w:shd", shade))


def _repeat(row: Any) -> None:
    row._tr.get_or_add_trPr().append(_element("w:tblHeader", {"w:val": "true"}))


def _keep_whole(row: Any) -> None:
    row._tr.get_or_add_trPr().append(_element("w:cantSplit", {"w:val": "true"}))


def _describe(grid: Any, table: Table) -> None:
    """The title and the alternative text of a table, where a screen reader looks for them."""
    properties = grid._tbl.tblPr
    properties.append(_element("w:tblCaption", {"w:val": table.title}))
    properties.append(_element("w:tblDescription", {"w:val": table.finding}))
