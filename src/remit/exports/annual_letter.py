"""The letter of an annual assessment as a Word document: each sentence leads to its finding."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from remit.annual.answers import counts_of
from remit.annual.drafts import note_lines
from remit.annual.folder import AnnualFolder
from remit.annual.letter import AnnualLetter
from remit.annual.letters import ANNEX
from remit.annual.standing import title_of
from remit.exports.document_paper import PaperPage
from remit.files.extras import need
from remit.model.fictional import sample_sentence
from remit.model.plain_text import for_xml
from remit.pages.annual.annual_view import FindingView, finding_views, inequality_part
from remit.words.sentences import listed, sentence_case


def write_annual_letter(folder: AnnualFolder, letter: AnnualLetter, path: Path) -> None:
    """Write a letter, with its findings and their evidence behind it.

    Parameters
    ----------
    folder, letter
        The assessment, and one of its letters.
    path
        The file, ending in ``.docx``.

    Examples
    --------
    ``write_annual_letter(folder, letter_of(folder, "ZB1"), Path("ZB1.docx"))``
    """
    need("packs", "Documents (docx)")
    points = {"Normal": 11, "Heading 1": 18, "Heading 2": 14, "Heading 3": 12}
    title = title_of(folder, letter.code)
    paper = _LetterPaper(title, (21.0, 29.7, 2), points)
    for note in note_lines(letter.faults):
        paper.paragraph(note)
    if folder.head.fictional:
        paper.paragraph(sample_sentence())
    paper.title(title)
    for index in range(len(letter.text.blocks)):
        paper.block(letter, index)
    paper.heading(ANNEX)
    for view in finding_views(folder, letter.code):
        _finding(paper, view)
    if part := inequality_part(folder, letter.code):
        paper.heading("Inequality beside performance", 2)
        paper.paragraph(part.said)
        for table in part.tables:
            paper.paragraph(f"{table.name}. {table.said}")
            for group, now, before in table.rows:
                paper.item(f"{group}: {now}; a year before {before}")
    paper.heading("Last year's concerns", 2)
    paper.paragraph(f"{sentence_case(counts_of(letter.answers))}.")
    for one in letter.answers:
        paper.item(f"{one.concern}: {one.statement} – {one.said}")
    paper.save(path)


def _finding(paper: _LetterPaper, view: FindingView) -> None:
    one = view.finding
    paper.marked_heading(f"{one.id}. {view.heading}: {one.phrase}", one.id)
    paper.paragraph(one.statement)
    for item in view.evidence:
        against = "Against it: " if item.against else ""
        paper.item(f"{against}{item.kind} {item.id}: {item.said} ({item.source})")
    for words, said in (
        ("What is said to the evidence against it", one.counter_answer),
        ("Why it holds no figure", one.no_figure_because),
        ("Dissent", one.dissent),
        ("By", listed([name for name in (one.author, one.reviewer) if name])),
    ):
        if said:
            paper.item(f"{words}: {said}")


class _LetterPaper(PaperPage):
    """A letter whose marks are links to places in the document."""

    def paragraph(self, words: str) -> None:
        self._document.add_paragraph(for_xml(words))

    def item(self, words: str) -> None:
        self._document.add_paragraph(for_xml(words), style="List Bullet")

    def marked_heading(self, words: str, name: str) -> None:
        """A heading that links lead to."""
        heading = self._document.add_heading(for_xml(words), level=3)
        start, end = _element("w:bookmarkStart"), _element("w:bookmarkEnd")
        number = str(len(self._document.element.body))
        for mark in (start, end):
            mark.set(_qn("w:id"), number)
        start.set(_qn("w:name"), _place(name))
        heading._p.insert(0, start)
        heading._p.append(end)

    def block(self, letter: AnnualLetter, index: int) -> None:
        """A heading, an item of a list or a paragraph, with links behind its sentences."""
        block = letter.text.blocks[index]
        mark = letter.mark(index)
        if block.kind == "heading":
            self.heading(f"{block.text} {mark}".rstrip())
            return
        style = "List Bullet" if block.kind == "item" else None
        paragraph = self._document.add_paragraph(style=style)
        if not block.statements:
            paragraph.add_run(for_xml(f"{block.text} {mark}".rstrip()))
        for place, one in enumerate(block.statements, start=1):
            paragraph.add_run(for_xml(one.text))
            for name in one.findings if not one.lead_in else ():
                paragraph.add_run(" ")
                paragraph._p.append(_link(name))
            if mark := letter.mark(index, place - 1):
                paragraph.add_run(f" {mark}").bold = True
            if place < len(block.statements):
                paragraph.add_run(one.joint)


def _link(name: str) -> Any:
    link, run, text = _element("w:hyperlink"), _element("w:r"), _element("w:t")
    link.set(_qn("w:anchor"), _place(name))
    text.text = f"[{for_xml(name)}]"
    run.append(text)
    link.append(run)
    return link


def _place(name: str) -> str:
    """A name that Word takes for a place: letters, digits and low lines, at most 40."""
    return "f_" + "".join(sign if sign.isalnum() else "_" for sign in name)[-38:]


def _element(name: str) -> Any:
    from docx.oxml import OxmlElement

    return OxmlElement(name)


def _qn(name: str) -> str:
    from docx.oxml.ns import qn

    return str(qn(name))
