"""The draft of a letter that the region and the ICB can agree, as a document."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from remit.files.extras import need
from remit.model.plain_text import for_xml
from remit.oversight.plan import Plan
from remit.oversight.words import (
    FICTIONAL,
    asks_by,
    assumptions,
    friction_state,
    hours_words,
    lead_words,
    name_of,
    summary,
    to_agree,
)
from remit.words.days import day_words

_FONT = "Arial"
Row = Sequence[str]


def write_letter(plan: Plan, path: Path) -> None:
    """Write the draft of the letter.

    Parameters
    ----------
    plan
        The plan.
    path
        The file, ending in ``.docx``.
    """
    need("packs", "Documents (docx)")
    paper = _Paper(f"Draft letter: oversight of {plan.subject.name}")
    _opening(paper, plan)
    _leads(paper, plan)
    _fates(paper, plan, "ends", "What will no longer be asked")
    _fates(paper, plan, "merges", "What one answer will serve")
    stay = plan.count("stays")
    paper.heading("What stays")
    paper.words(f"{stay} asks stay as they are; they are listed in the spreadsheet of the plan.")
    _people(paper, plan)
    _closing(paper, plan)
    paper.save(path)


def _opening(paper: _Paper, plan: Plan) -> None:
    around = plan.subject.around
    region = around["region"].name if "region" in around else "[region]"
    icb = around["icb"].name if "icb" in around else "[integrated care board]"
    if plan.fictional:
        paper.words(FICTIONAL, strong=True)
    paper.words("DRAFT, not agreed and not sent", strong=True)
    paper.words("Date: [date]")
    paper.words(f"To: the chair and chief executive of {plan.subject.name}")
    own = "icb" in plan.subject.around and plan.subject.around["icb"].code == plan.subject.code
    paper.words(f"From: NHS England, {region}{'' if own else f', and {icb}'}")
    paper.title(f"One oversight plan for {plan.subject.name}")
    paper.words(
        f"We have looked at what is asked of you. {summary(plan)} This letter says who "
        f"leads on each function, by the remits as on {day_words(plan.on)}, and what changes."
    )
    for note in plan.notes:
        paper.words(note)


def _leads(paper: _Paper, plan: Plan) -> None:
    paper.heading("Who leads")
    rows = [
        (name_of(one), lead_words(one), str(len(one.asks)), hours_words(one.saved))
        for one in plan.functions
        if one.asks
    ]
    paper.table(("Function", "Who leads", "Asks", "Saved"), (4.2, 7.6, 1.6, 3.6), rows)
    quiet = [name_of(one) for one in plan.functions if not one.asks]
    if quiet:
        paper.words(f"Nothing was asked on: {', '.join(quiet)}.")


def _fates(paper: _Paper, plan: Plan, words: str, heading: str) -> None:
    paper.heading(heading)
    found = asks_by(plan, words)
    if not found:
        paper.words("Nothing.")
        return
    rows = [
        (one.ask.ask_id, one.ask.from_body, one.ask.title, _capital(one.fated.reason))
        for _, one in found
    ]
    paper.table(("Ask", "From", "Title", "Why"), (1.8, 3.0, 4.8, 7.4), rows)


def _capital(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}"


def _people(paper: _Paper, plan: Plan) -> None:
    if plan.frictions:
        paper.heading("Friction between us")
        rows = [
            (
                one.what,
                ", ".join(one.between),
                day_words(one.raised_on),
                one.settled_how or friction_state(one.settled_on is not None),
            )
            for one in plan.frictions
        ]
        paper.table(("What", "Between", "Raised", "Settled"), (6.5, 4.0, 2.7, 3.8), rows)
    for risk in plan.risks:
        paper.heading(f"Shared risk: {risk.title}")
        paper.words(f"{risk.what} Held by {risk.holder}.")
        parts = [(part.organisation, part.share, part.mitigation) for part in risk.shares]
        paper.table(("Organisation", "Its part", "What it does"), (4.0, 6.0, 7.0), parts)


def _closing(paper: _Paper, plan: Plan) -> None:
    if points := to_agree(plan):
        paper.heading("What we still have to agree")
        for point in points:
            paper.bullet(point)
    paper.heading("How the hours were worked out")
    for said in assumptions(plan):
        paper.bullet(said)
    paper.heading("Agreed by")
    paper.words("For NHS England, region: [name and role]            Date: [date]")
    paper.words("For the integrated care board: [name and role]      Date: [date]")


class _Paper:
    """A letter on A4, upright, with Word's own headings, lists and tables."""

    def __init__(self, title: str) -> None:
        from docx import Document
        from docx.oxml.ns import qn
        from docx.shared import Cm, Pt, RGBColor

        self._document = Document()
        properties = self._document.core_properties
        properties.title, properties.author = for_xml(title)[:255], "Remit"
        properties.language = "en-GB"
        section = self._document.sections[0]
        section.page_width, section.page_height = Cm(21.0), Cm(29.7)
        section.left_margin = section.right_margin = Cm(2)
        section.top_margin = section.bottom_margin = Cm(2)
        for name, points in (("Normal", 11), ("Heading 1", 18), ("Heading 2", 14)):
            style = self._document.styles[name]
            style.font.name, style.font.size = _FONT, Pt(points)
            style.font.color.rgb = RGBColor(0x21, 0x2B, 0x32)
            fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
            for kind in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
                fonts.attrib.pop(qn(f"w:{kind}"), None)

    def title(self, words: str) -> None:
        self._document.add_heading(for_xml(words), level=1)

    def heading(self, words: str) -> None:
        self._document.add_heading(for_xml(words), level=2)

    def words(self, words: str, *, strong: bool = False) -> None:
        self._document.add_paragraph().add_run(for_xml(words)).bold = strong

    def bullet(self, words: str) -> None:
        self._document.add_paragraph(for_xml(words), style="List Bullet")

    def table(self, heads: Row, widths: Sequence[float], rows: Sequence[Row]) -> None:
        from docx.shared import Cm

        grid = self._document.add_table(rows=1, cols=len(heads))
        grid.style = "Table Grid"
        grid.autofit = False
        for column, width in zip(grid.columns, widths, strict=True):
            column.width = Cm(width)
        _fill(grid.rows[0], heads, widths, head=True)
        for row in rows:
            _fill(grid.add_row(), row, widths)
        self._document.add_paragraph()

    def save(self, path: Path) -> None:
        self._document.save(str(path))


def _fill(row: Any, texts: Row, widths: Sequence[float], *, head: bool = False) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Cm, Pt

    properties = row._tr.get_or_add_trPr()
    marks = ("w:cantSplit", "w:tblHeader") if head else ("w:cantSplit",)
    for name in marks:
        mark = OxmlElement(name)
        mark.set(qn("w:val"), "true")
        properties.append(mark)
    for cell, text, width in zip(row.cells, texts, widths, strict=True):
        cell.width = Cm(width)
        run = cell.paragraphs[0].add_run(for_xml(text) or "–")
        run.bold, run.font.size = head, Pt(9.5)
