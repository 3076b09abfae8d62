"""Documents on A4 with Word's own headings and tables, upright or on their side."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from remit.exports.document_charts import ChartMaker
from remit.exports.document_template import heads_of, text_height, text_width
from remit.exports.fitting import RowRoom, row_height
from remit.exports.slide_look import PLAIN, SlideLook, look_of_document
from remit.exports.tables import PrintedCell, Table
from remit.model.plain_text import for_xml

_INCH = 2.54
_TABLE_POINTS = 9.5
FONT = "Arial"
_THEMED = {"tx1": "text1", **{f"accent{n}": f"accent{n}" for n in range(1, 7)}}
TONES = {"concern": "FCE5CD", "improvement": "D6E8F7", "neutral": "E6E0F0"}
DARK = "212B32"


class PaperPage:
    """A document that is written from the top down, on A4 with sides of 2 cm.

    Parameters
    ----------
    title
        The title of the file.
    size
        Width and height of the paper, and the margin at head and foot, in cm.
    points
        Style → the size of its letters.
    """

    def __init__(
        self, title: str, size: tuple[float, float, float], points: Mapping[str, int]
    ) -> None:
        from docx import Document
        from docx.enum.section import WD_ORIENT
        from docx.shared import Pt

        self._document = Document()
        self._name(title)
        section = self._document.sections[0]
        if size[0] > size[1]:
            section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = _cm(size[0]), _cm(size[1])
        section.left_margin = section.right_margin = _cm(2)
        section.top_margin = section.bottom_margin = _cm(size[2])
        for name, number in points.items():
            style = self._document.styles[name]
            style.font.name, style.font.size = FONT, Pt(number)
            style.font.color.rgb = _colour(DARK)
            fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
            for kind in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
                fonts.attrib.pop(_qn(f"w:{kind}"), None)

    def _name(self, title: str) -> None:
        properties = self._document.core_properties
        properties.title, properties.author = for_xml(title)[:255], "Remit"
        properties.language = "en-GB"

    def save(self, path: Path) -> None:
        """Write the file."""
        self._document.save(str(path))

    def title(self, words: str) -> None:
        """The one heading of the first level."""
        self._document.add_heading(for_xml(words), level=1)

    def heading(self, words: str, level: int = 1) -> None:
        """A heading of a part (1) or of a piece of it (2)."""
        self._document.add_heading(for_xml(words), level=level + 1)

    def grid(self, widths: Sequence[float]) -> Any:
        """A table of one row, whose columns have these widths in cm."""
        grid = self._document.add_table(rows=1, cols=len(widths))
        if any(style.name == "Table Grid" for style in self._document.styles):
            grid.style = "Table Grid"
        else:
            grid._tbl.tblPr.append(_borders())
        grid.autofit = False
        for column, width in zip(grid.columns, widths, strict=True):
            column.width = _cm(width)
        return grid


class Paper(PaperPage):
    """A report, with charts, and words at the head of every page.

    Parameters
    ----------
    title
        The title of the file.
    mark
        Words that stand at the head of every page; may be empty.
    template
        The organisation's own document, opened; Remit's own, A4 on its side, if left out.
    """

    def __init__(self, title: str, mark: str, template: Any = None) -> None:
        if template is None:
            sizes = {"Normal": 11, "Heading 1": 24, "Heading 2": 18, "Heading 3": 14}
            super().__init__(title, (29.7, 21.0, 1.8), sizes)
            self.look = PLAIN
            language = self._document.styles["Normal"].element.get_or_add_rPr()
            language.append(_element("w:lang", {"w:val": "en-GB"}))
        else:
            self._document = template
            self._name(title)
            self.look = look_of_document(template)
        self.width = text_width(self._document) * _INCH
        self._tallest = text_height(self._document) - 1.35
        self._charts = ChartMaker(self._document, self.look)
        self._mark_heads(f"{title}. {mark}".strip() if template is None else mark)

    def _mark_heads(self, words: str) -> None:
        """Put words at the head of every page; a template's own head stays above them."""
        from docx.shared import Pt

        if not words:
            return
        for head in heads_of(self._document):
            head.is_linked_to_previous = False
            first = head.paragraphs[0] if head.paragraphs else head.add_paragraph()
            free = not (first.text or first._p.xpath(".//w:drawing | .//w:pict | .//w:fldSimple"))
            paragraph = first if free else head.add_paragraph()
            paragraph.add_run(for_xml(words)).font.size = Pt(9)

    def words(self, words: str, *, strong: bool = False) -> None:
        """A paragraph; a strong one stays on the page of what follows it."""
        paragraph = self._document.add_paragraph()
        paragraph.add_run(for_xml(words)).bold = strong
        paragraph.paragraph_format.keep_with_next = strong

    def lead(self, claim: str, rest: str) -> None:
        """A paragraph that begins with a claim in bold letters."""
        paragraph = self._document.add_paragraph()
        paragraph.add_run(for_xml(claim)).bold = True
        if rest:
            paragraph.add_run(for_xml(f" {rest}"))

    def items(self, items: Sequence[str]) -> None:
        """A list, one item a line."""
        for words in items:
            self._document.add_paragraph(for_xml(words), style="List Bullet")

    def small(self, words: str) -> None:
        """A paragraph in smaller letters, as beneath a chart."""
        from docx.shared import Pt

        self._document.add_paragraph().add_run(for_xml(words)).font.size = Pt(9.5)

    def chart(self, line: Any, rules: str) -> None:
        """A line's control chart, as a native chart with its alternative text."""
        paragraph = self._document.add_paragraph()
        paragraph.paragraph_format.keep_with_next = True
        self._charts.add(paragraph, line, rules, (self.width, 5.2))

    def table(self, table: Table) -> None:
        """A table whose head is repeated on each page and whose rows are torn only if they must."""
        widths = [self.width * share / sum(table.shares) for share in table.shares]
        grid = self.grid(widths)
        _describe(grid, table)
        page = RowRoom(self.width / _INCH / self.look.wider, self._tallest, _TABLE_POINTS)
        _fill(grid.rows[0], [PrintedCell(head) for head in table.heads], widths, self.look)
        for cells in table.rows:
            row = grid.add_row()
            _fill(row, cells, widths)
            # A row that is not to be torn and is taller than a page would end beyond its foot.
            if row_height([cell.text for cell in cells], table.shares, page) <= page.height:
                keep_whole(row, head=False)
        self._document.add_paragraph()


def _fill(row: Any, cells: Any, widths: list[float], head: SlideLook | None = None) -> None:
    """Fill a row; that of the heads in the colours of a look."""
    from docx.shared import Pt

    if head:
        keep_whole(row, head=True)
    for cell, given, width in zip(row.cells, cells, widths, strict=True):
        cell.width = _cm(width)
        paragraph = cell.paragraphs[0]
        paragraph.paragraph_format.space_after = Pt(2)
        run = paragraph.add_run(for_xml(given.text))
        run.font.size, run.bold = Pt(_TABLE_POINTS), head is not None
        if head:
            run.font.color.rgb = _colour(head.head_ink)
            _shade(cell, head.head)
        elif ground := TONES.get(given.tone, ""):
            run.font.color.rgb = _colour(DARK)
            _shade(cell, ground)


def _borders() -> Any:
    """Thin lines around the cells of a table whose template has no style for them."""
    borders = _element("w:tblBorders", {})
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        line = {"w:val": "single", "w:sz": "4", "w:space": "0", "w:color": "auto"}
        borders.append(_element(f"w:{side}", line))
    return borders


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
    shade = {"w:val": "clear", "w:color": "auto"}
    if colour in _THEMED:
        shade |= {"w:fill": "auto", "w:themeFill": _THEMED[colour]}
    else:
        shade["w:fill"] = colour
    cell._tc.get_or_add_tcPr().append(_element("w:shd", shade))


def keep_whole(row: Any, *, head: bool) -> None:
    """Keep a row of a table on one page, and repeat it on each page if it is the head."""
    for name in ("w:cantSplit", "w:tblHeader") if head else ("w:cantSplit",):
        row._tr.get_or_add_trPr().append(_element(name, {"w:val": "true"}))


def _describe(grid: Any, table: Table) -> None:
    """The title and the alternative text of a table, where a screen reader looks for them."""
    properties = grid._tbl.tblPr
    properties.append(_element("w:tblCaption", {"w:val": table.title}))
    properties.append(_element("w:tblDescription", {"w:val": table.finding}))
