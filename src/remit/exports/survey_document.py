"""A survey as a document: its findings, each item by group, what was asked, and the method note."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from remit.exports.document_paper import Paper
from remit.exports.same_bytes import without_dates
from remit.exports.tables import PrintedCell, Table
from remit.files.extras import need
from remit.model.fictional import sample_sentence
from remit.surveys.asked import AskedItem, asked_differences, asked_items, group_lines
from remit.surveys.findings import SaidGroup, SaidItem, survey_findings
from remit.surveys.method import METHOD_CLAIM, method_note
from remit.surveys.writing import CountedSurvey
from remit.words.sentences import count_words

_FICTIONAL = sample_sentence("the organisations, people and answers in this document are")
_NONE = "–"


def write_survey_document(found: CountedSurvey, path: Path) -> None:
    """Write a survey as a document, with Word's own headings and tables.

    Parameters
    ----------
    found
        The survey, counted.
    path
        The file, ending in ``.docx``.

    Examples
    --------
    >>> write_survey_document(found, Path("survey.docx"))  # doctest: +SKIP
    """
    need("packs", "Documents (docx)")
    said = survey_findings(found)
    mark = _FICTIONAL if found.read.fictional else ""
    paper = Paper(said.title, mark)
    paper.title(said.title)
    paper.lead(said.claim, said.leads)
    paper.small(f"{said.about}.")
    for _, heading, items in said.parts():
        paper.heading(heading)
        paper.table(_findings(heading, items))
    if said.comments:
        paper.heading("Comments")
        paper.items(said.comments)
    _by_group(paper, said.items)
    _questionnaire(paper, found)
    _method(paper, found)
    paper.save(path)
    without_dates(path)


def _table(
    title: str, heads: tuple[str, ...], shares: tuple[float, ...], rows: Sequence[tuple[str, ...]]
) -> Table:
    cells = tuple(tuple(PrintedCell(text) for text in row) for row in rows)
    return Table(title, heads, shares, cells, f"{title}: {count_words(len(rows), 'row')}.")


def _findings(heading: str, items: tuple[SaidItem, ...]) -> Table:
    rows = [(one.wording, one.said, one.change or _NONE) for one in items]
    return _table(heading, ("Item", "Now", "Before"), (3, 3, 4), rows)


def _by_group(paper: Paper, items: tuple[SaidItem, ...]) -> None:
    cut = [one for one in items if one.groups]
    if cut:
        paper.heading("Each item by group")
    for one in cut:
        paper.heading(one.wording, level=2)
        paper.lead(one.said, one.change)
        paper.table(_groups(one.wording, one.groups))


def _groups(title: str, groups: tuple[SaidGroup, ...]) -> Table:
    rows = [
        (one.by, one.group, one.said, one.change or _NONE, one.others or _NONE) for one in groups
    ]
    heads = ("Cut by", "Group", "Now", "Before", "Against the others")
    return _table(title, heads, (1.5, 2, 3, 3, 3), rows)


def _questionnaire(paper: Paper, found: CountedSurvey) -> None:
    asked = found.read.questionnaire
    paper.heading("What was asked")
    paper.words(f"{asked.source}.")
    paper.table(
        _table(
            "What was asked",
            ("Wording", "Answers", "What it means"),
            (4, 4, 3),
            [_asked(one) for one in asked_items(asked)],
        )
    )
    differences = [one for one in asked_differences(found.read) if not one.comparable]
    if differences:
        paper.heading("What cannot be compared with the wave before", level=2)
        rows = [(one.item, one.says, one.before or _NONE, one.now or _NONE) for one in differences]
        heads = ("Item", "What became of it", "Before", "Now")
        paper.table(_table("What cannot be compared", heads, (1.5, 3, 3, 3), rows))
    if groups := list(group_lines(asked)):
        paper.heading("Groups", level=2)
        paper.items(groups)


def _asked(one: AskedItem) -> tuple[str, ...]:
    several = len(one.wordings) > 1
    wording = "\n".join(f"{each.waves}: {each.text}" if several else each.text
                        for each in one.wordings)  # fmt: skip
    return wording, one.answers, "; ".join(filter(None, (one.news, one.routing))) or _NONE


def _method(paper: Paper, found: CountedSurvey) -> None:
    paper.heading("Method")
    paper.words(METHOD_CLAIM)
    for part in method_note(found):
        paper.heading(part.heading, level=2)
        paper.items(part.lines)
