"""The report as slides: native tables and charts that a reader can edit, with notes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from remit.exports.choosing import chosen, left_out_words
from remit.exports.native_charts import add_chart, alternative_text
from remit.exports.pack import SHORT, PackAsked
from remit.exports.short_slides import put_short
from remit.exports.slide_deck import Deck
from remit.exports.slide_master import plain_master, template_master
from remit.exports.tables import (
    HORIZON_WORDS,
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
from remit.report.view import ReportLine, ReportView, Share
from remit.words.figures import plain_number
from remit.words.sentences import count_words, lowered, sentence_case


def write_slides(view: ReportView, path: Path, pack: PackAsked = SHORT) -> tuple[str, ...]:
    """Write a report as slides; what must be known of the template they are made on.

    Parameters
    ----------
    view
        The report.
    path
        The file, ending in ``.pptx``.
    pack
        Short or full, with how many charts, in whose look.

    Examples
    --------
    ``write_slides(report.view, Path("report.pptx"), FULL)``
    """
    need("packs", "Slides (pptx)")
    own = pack.slides
    master = template_master(own, keep=pack.keep) if own else plain_master()
    deck = Deck(view.title, view.mark, master)
    deck.dated(view.made_on)
    if pack.is_short:
        put_short(deck, view, pack, _notes)
    else:
        _full(deck, view, pack.charts)
    deck.save(path)
    return master.notes


def _full(deck: Deck, view: ReportView, charts: int) -> None:
    """Everything: tables of all metrics, a slide an exception, what is missing, the sources."""
    _title(deck, view)
    _in_short(deck, view)
    for share in view.balance.shares:
        _horizon(deck, view, share)
    drawn = chosen(view, charts)
    for line in drawn:
        _exception(deck, view, line)
    if left := left_out_words(view, len(drawn)):
        deck.text("Exceptions that are not drawn here", [*filter(None, [left, _also(view)])])
    for table in _tables(view):
        deck.table(table)
    deck.text("How the charts are made", rules_told(view))


def _title(deck: Deck, view: ReportView) -> None:
    lines = [view.body.title, f"Period: {view.period}", f"Rules of the charts: {view.rules.name}"]
    if view.as_at:
        lines.append(f"As known on {view.as_at.isoformat()}")
    deck.opening("Integrated performance report", lines)


def _in_short(deck: Deck, view: ReportView) -> None:
    said = [
        f"{view.body.short}: {in_short(view)}",
        view.balance.sentence,
        f"{sentence_case(count_words(len(view.missing), 'figure'))} missing or late.",
    ]
    deck.text("In short", said)


def _horizon(deck: Deck, view: ReportView, share: Share) -> None:
    table = summary_table(view.own, share.horizon)
    if table.rows:
        deck.table(table)
    else:
        deck.text(table.title, [f"No figure of {share.horizon} is held for {view.body.short}."])
    if share.without:
        title = f"{HORIZON_WORDS[share.horizon]}: metrics without a figure"
        deck.names(title, "Metric", share.without)


def _exception(deck: Deck, view: ReportView, line: ReportLine) -> None:
    slide = deck.slide(line_title(line))
    frame = add_chart(slide.shapes, line, deck.chart_room(slide).emu, deck.sized(12)[0], deck.look)
    deck.describe(frame, alternative_text(line, view.rules.name))
    deck.caption(
        slide,
        [
            line.sentence,
            *filter(None, [line.compared.short]),
            *line.said_of.sentences,
            f"{line.icons_said} Rules: {view.rules.name}. {_files(view, line)}",
        ],
    )
    deck.notes(slide, _notes(view, line))


def _files(view: ReportView, line: ReportLine) -> str:
    names = {source.number: source.file_name for source in view.sources}
    numbers = sorted({trace.source for trace in line.traces})
    if not numbers:
        return ""
    listed = "; ".join(names[number] for number in numbers[:2])
    more = f" and {len(numbers) - 2} more" if len(numbers) > 2 else ""
    return f"Source: {listed}{more}."


def _notes(view: ReportView, line: ReportLine) -> str:
    names = {source.number: source.file_name for source in view.sources}
    cells = [
        f"{t.org_code} {t.measure} {t.period}: {_figure(t.value, t.status)}, "
        f"{names[t.source]}, line {t.line}, column {t.column}"
        for t in line.traces
    ]
    metric = line.metric
    said = [
        metric.why_it_matters,
        metric.made_of,
        line.who,
        line.compared.sentence,
        *(note.words for note in line.said_of.notes),
        "Published figures behind the latest:",
    ]
    return "\n".join([*filter(None, said), *cells])


def _figure(value: float | None, status: str) -> str:
    return status.replace("_", " ") if value is None else plain_number(value)


def _also(view: ReportView) -> str:
    if not view.members:
        return ""
    return (
        "The tables of organisations on the next slides have the metrics with an exception at one "
        "of them; the others are in the document, the spreadsheet and the pages."
    )


def _tables(view: ReportView) -> Iterator[Table]:
    if view.commented:
        yield comments_table(view)
    if view.strays:
        yield strays_table(view)
    for table in member_tables(view, exceptions_only=True):
        yield replace(table, title=f"Exceptions: {lowered(table.title)}")
    yield aims_table(view.aims)
    yield from (cut_table(cut) for cut in view.cuts if cut.body == view.body)
    if view.missing:
        yield missing_table(view)
    if view.releases:
        yield releases_table(view)
    yield sources_table(view)
