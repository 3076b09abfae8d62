"""The short document: what matters, its findings, the nine cells, and where the rest is."""

from __future__ import annotations

from collections.abc import Callable

from remit.exports.document_paper import Paper
from remit.exports.finding_slides import chart_key
from remit.exports.left_out import left_out_table
from remit.exports.pack import PackAsked
from remit.exports.short_tables import beside_table, found_table, grid_table
from remit.exports.tables import Table, comments_table, missing_table, releases_table
from remit.report.board_asks import board_ask
from remit.report.findings import BoardFinding, findings
from remit.report.lead import lead
from remit.report.nine_cells import cells_of
from remit.report.published import boards_said
from remit.report.view import ReportLine, ReportView
from remit.words.days import day_words
from remit.words.sentences import count_words, sentence_case

Cells = Callable[[ReportView, ReportLine], str]


def put_short_document(paper: Paper, view: ReportView, pack: PackAsked, cells: Cells) -> None:
    """Write all of a short document.

    Parameters
    ----------
    paper
        The document.
    view
        The report.
    pack
        How it is asked for.
    cells
        Where the latest value of a line stands: file and lines.

    Examples
    --------
    ``put_short_document(paper, view, SHORT, cells)``
    """
    found = findings(view)
    drawn = found[: pack.charts]
    _first_page(paper, view, found)
    if drawn:
        paper.heading("Findings")
    for one in drawn:
        _finding(paper, view, one, cells(view, one.line))
    _grid(paper, view)
    if view.comments:
        _table(paper, comments_table(view))
    if view.missing:
        _table(paper, missing_table(view))
    if view.releases:
        _table(paper, releases_table(view))
    if view.notes:
        paper.heading("What to know of the figures")
        paper.items(view.notes)
    _table(paper, left_out_table(view, drawn, pack))


def _first_page(paper: Paper, view: ReportView, found: tuple[BoardFinding, ...]) -> None:
    """One page of what matters."""
    said = lead(view)
    known = f" Figures as known on {day_words(view.as_at)}." if view.as_at else ""
    boards = "".join(f"{sentence_case(words)}. " for words in boards_said(view))
    paper.title(view.title)
    paper.lead(said.claim, f"{said.rest}{known}")
    if found:
        paper.table(found_table(found))
    paper.small(
        f"{view.body.title}. {boards}{sentence_case(count_words(len(view.missing), 'figure'))} "
        f"missing or late. Rules of the charts: {view.rules.name}."
    )


def _finding(paper: Paper, view: ReportView, found: BoardFinding, cells: str) -> None:
    line = found.line
    paper.heading(found.sentence, level=2)
    if line.points:
        paper.chart(line, view.rules.name)
    notes = " ".join(note.words for note in line.said_of.notes)
    paper.small(f"{chart_key(line)} {notes}".strip())
    for words in line.said_of.sentences:
        paper.words(words)
    if not line.said_of.comments:
        paper.words(f"{sentence_case(line.said_of.silence)}.")
    paper.lead("For the board:", board_ask(line))
    if found.part:
        paper.words(f"{found.part.sentence}.")
    paper.table(beside_table(view, line))
    paper.small(f"{line.compared.sentence} {cells} {line.who}".strip())


def _grid(paper: Paper, view: ReportView) -> None:
    grid = cells_of(view)
    table = grid_table(grid)
    paper.heading(table.title)
    paper.words(grid.sentence)
    paper.table(table)
    for why, names in grid.outside:
        paper.small(f"Not in the table, {why[:1].lower()}{why[1:]}: {'; '.join(names)}.")


def _table(paper: Paper, table: Table) -> None:
    paper.heading(table.title)
    paper.table(table)
