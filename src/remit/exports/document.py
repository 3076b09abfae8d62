"""The report as a document: headings, real tables with repeated heads, editable charts."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from remit.exports.choosing import chosen, left_out_words
from remit.exports.document_paper import Paper
from remit.exports.document_template import fill_controls, open_document_template
from remit.exports.pack import SHORT, PackAsked
from remit.exports.short_document import put_short_document
from remit.exports.tables import (
    Table,
    aims_table,
    comments_table,
    cut_table,
    in_short,
    line_title,
    member_tables,
    missing_table,
    releases_table,
    rules_told,
    sources_table,
    strays_table,
    summary_table,
)
from remit.files.extras import need
from remit.report.published import boards_said
from remit.report.view import ReportLine, ReportView, Share
from remit.words.days import day_words
from remit.words.sentences import sentence_case


def write_document(view: ReportView, path: Path, pack: PackAsked = SHORT) -> tuple[str, ...]:
    """Write a report as a document; what must be known of the template it is made on.

    Parameters
    ----------
    view
        The report.
    path
        The file, ending in ``.docx``.
    pack
        Short or full, with how many charts, in whose look.

    Examples
    --------
    ``write_document(report.view, Path("report.docx"), FULL)``
    """
    need("packs", "Documents (docx)")
    own = pack.document
    opened = open_document_template(own, keep=pack.keep) if own else None
    if opened is not None:
        fill_controls(opened, _control_words(view))
    paper = Paper(view.title, view.mark, opened)
    if pack.is_short:
        put_short_document(paper, view, pack, _cells)
    else:
        _full(paper, view, pack.charts)
    paper.save(path)
    return own.notes if own else ()


def _control_words(view: ReportView) -> dict[str, str]:
    """What stands in the content controls of a template, by their names."""
    return {
        "title": view.title,
        "organisation": view.body.name,
        "code": view.body.code,
        "period": view.period,
        "date": day_words(view.made_on),
        "next board": day_words(view.next_board) if view.next_board else "not given",
    }


def _full(paper: Paper, view: ReportView, charts: int) -> None:
    _opening(paper, view)
    for share in view.balance.shares:
        _horizon(paper, view, share)
    _exceptions(paper, view, charts)
    _comments(paper, view)
    _members(paper, view)
    _table(paper, aims_table(view.aims))
    _cuts(paper, view)
    _missing(paper, view)
    if view.releases:
        _table(paper, releases_table(view))
    _table(paper, sources_table(view))
    paper.heading("How the charts are made")
    for words in rules_told(view):
        paper.words(words)


def _opening(paper: Paper, view: ReportView) -> None:
    paper.title(view.title)
    known = f" Figures as known on {view.as_at.isoformat()}." if view.as_at else ""
    boards = "".join(f" {sentence_case(words)}." for words in boards_said(view))
    paper.words(f"{view.body.title}. Rules of the charts: {view.rules.name}.{known}{boards}")
    paper.heading("In short")
    paper.words(sentence_case(in_short(view)))
    paper.words(view.balance.sentence)


def _horizon(paper: Paper, view: ReportView, share: Share) -> None:
    table = summary_table(view.own, share.horizon)
    paper.heading(table.title)
    if table.rows:
        paper.table(table)
    else:
        paper.words(f"No figure of {share.horizon} is held for {view.body.name}.")
    if share.without:
        paper.heading("Metrics without a figure", level=2)
        paper.items(share.without)


def _exceptions(paper: Paper, view: ReportView, charts: int) -> None:
    drawn = chosen(view, charts)
    paper.heading("Exceptions")
    if not view.exceptions:
        paper.words("There is no special cause and no target that is missed.")
    for line in drawn:
        _exception(paper, view, line)
    if left := left_out_words(view, len(drawn)):
        paper.words(left)


def _exception(paper: Paper, view: ReportView, line: ReportLine) -> None:
    paper.heading(line_title(line), level=2)
    paper.words(line.sentence, strong=True)
    if line.asked:
        paper.words(f"{'. '.join(map(sentence_case, line.asked))}.")
    if line.compared.cells:
        paper.words(line.compared.sentence)
    for words in line.said_of.sentences:
        paper.words(words)
    paper.chart(line, view.rules.name)
    for note in line.said_of.notes:
        paper.small(note.words)
    paper.small(f"{line.icons_said} Rules: {view.rules.name}. {_cells(view, line)} {line.who}")


def _cells(view: ReportView, line: ReportLine) -> str:
    """Where the latest value stands, with the lines of the files where there are few."""
    names = {source.number: source.file_name for source in view.sources}
    found: dict[int, list[int]] = {}
    for trace in line.traces:
        found.setdefault(trace.source, []).append(trace.line)
    said = [f"{names[number]}, {_lines(lines)}" for number, lines in found.items()]
    return f"Source: {'; '.join(said)}." if said else ""


def _lines(numbers: Sequence[int]) -> str:
    known = sorted(set(numbers))
    if len(known) == 1:
        return f"line {known[0]}"
    if len(known) > 12:
        return f"{len(known)} lines (listed in the spreadsheet)"
    return f"lines {', '.join(map(str, known))}"


def _members(paper: Paper, view: ReportView) -> None:
    tables = member_tables(view)
    if tables:
        paper.heading("Organisations")
        for table in tables:
            paper.heading(table.title, level=2)
            paper.table(table)


def _cuts(paper: Paper, view: ReportView) -> None:
    paper.heading("Inequalities: performance by groups of people")
    own = [cut for cut in view.cuts if cut.body == view.body]
    if not own:
        paper.words("No publication in use cuts these figures by groups of people.")
    for cut in own:
        table = cut_table(cut)
        paper.heading(table.title, level=2)
        paper.words(cut.sentence)
        paper.table(table)


def _comments(paper: Paper, view: ReportView) -> None:
    if view.commented:
        _table(paper, comments_table(view))
    if view.strays:
        _table(paper, strays_table(view))


def _missing(paper: Paper, view: ReportView) -> None:
    if view.missing:
        _table(paper, missing_table(view))
    else:
        paper.heading("What is missing or late")
        paper.words("Nothing is missing or late.")


def _table(paper: Paper, table: Table) -> None:
    paper.heading(table.title)
    paper.table(table)
