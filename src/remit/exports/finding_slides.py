"""A finding on a slide: its title, its chart, who stands beside it, what is done, what is asked."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from remit.exports.finding_layout import rooms_on
from remit.exports.native_charts import add_chart, alternative_text
from remit.exports.rooms import INCH, Room
from remit.exports.short_tables import beside_table
from remit.exports.slide_deck import Deck
from remit.exports.slide_look import paint
from remit.exports.slide_tables import put_table, table_height
from remit.exports.slide_words import SaidWords, fitted
from remit.exports.tables import PrintedCell, Table
from remit.report.board_asks import board_ask
from remit.report.compared import PeerGroup
from remit.report.findings import BoardFinding
from remit.report.view import ReportLine, ReportView
from remit.signals.points import Point, until_words
from remit.words.sentences import sentence_case

_WORD_SIZES = (16.0, 15.0, 14.0, 13.0, 12.0, 11.0)
_SMALL_SIZES = (12.0, 11.0)
_SUBTITLE_SIZES = (16.0, 15.0, 14.0, 13.0, 12.0, 11.0)
_GAP = 0.2
_BELOW_TABLE = 0.06
_LINE = 0.42
_MOST = 0.42
"""The largest part of a slide that is left to what is said of a finding."""
_WIDE = 1.35
"""From this shape on, width over height, the parts of a finding stand beside each other."""

IN_NOTES = "… more in the notes of this slide."


@dataclass(frozen=True, slots=True)
class FindingRooms:
    """Where the parts of a finding stand."""

    subtitle: Room | None
    chart: Room
    caption: Room
    beside: Room
    columns: tuple[Room, ...]
    foot: Room | None


def rooms_of(free: Room, needed: float, scale: float) -> FindingRooms:
    """The parts of a slide for a finding: beside each other on a wide one, beneath on a tall one.

    Parameters
    ----------
    free
        What is free on the slide.
    needed
        How high what is said of it would be; it gets no more, and not half of the slide.
    scale
        How much larger than usual the slide is.
    """
    line = _LINE * scale
    subtitle = free.upper(line)
    foot = Room(free.left, free.bottom - line, free.width, line)
    middle = Room(free.left, subtitle.bottom + 0.06, free.width, foot.top - subtitle.bottom - 0.1)
    share = min(_MOST, max(0.2, needed / middle.height))
    if is_wide(free):
        upper, lower = middle.stacked((1 - share, share), 0.12)
        left, beside = upper.abreast((0.56, 0.44), _GAP)
        columns = lower.abreast((1, 1, 1), _GAP)
    else:
        upper, lower = middle.stacked((1 - share, share), 0.12)
        left, beside = upper.stacked((0.6, 0.4), 0.1)
        columns = lower.stacked((1, 1, 1), 0.05)
    caption = Room(left.left, left.bottom - line, left.width, line)
    chart = Room(left.left, left.top, left.width, left.height - line - 0.02)
    return FindingRooms(subtitle, chart, caption, beside, tuple(columns), foot)


def is_wide(free: Room) -> bool:
    """Whether the parts of a finding stand beside each other."""
    return free.width >= _WIDE * free.height


def put_finding(deck: Deck, view: ReportView, found: BoardFinding, notes: str) -> Any:
    """Add the slide of a finding.

    Parameters
    ----------
    deck
        The slides.
    view
        The report.
    found
        What is found.
    notes
        The notes of the slide: where the figures stand.

    Examples
    --------
    ``put_finding(deck, view, findings(view)[0], "")``
    """
    line = found.line
    slide, holders = deck.finding_slide(found.sentence, f"{line.metric.name}: {line.body.short}")
    said = columns_of(line)
    rooms = _rooms_in(holders) if holders else _arranged(deck, slide, said)
    about = f"{line.body.short}. {line.metric.why_it_matters}".strip()
    subtitle = [SaidWords(found.sentence if "long" in holders else about, quiet=True)]
    sizes = deck.sized(*_SUBTITLE_SIZES)
    left = []
    if rooms.subtitle:
        left += deck.box(slide, rooms.subtitle, subtitle, sizes, into=holders.get("subtitle"))[1]
    _chart(deck, view, slide, line, rooms)
    left += _beside(deck, view, slide, found, rooms.beside)
    if not holders:
        _rule(deck, slide, rooms.columns)
    into = [holders.get(part) for part in ("happened", "done", "asked")]
    left += _columns(deck, slide, list(zip(rooms.columns, said, into, strict=True)))
    if rooms.foot:
        sources, small = _sources(view, line), deck.sized(*_SMALL_SIZES)
        deck.first_that_fits(slide, rooms.foot, sources, small, into=holders.get("foot"))
    for part in ("chart", "beside", "caption"):
        if part in holders:
            holders[part]._element.getparent().remove(holders[part]._element)
    more = "\n".join(one.text for one in left if one.text)
    chart_notes = "\n".join(
        [*([chart_key(line)] if line.plan_said else []), *(n.words for n in line.said_of.notes)]
    )
    told = (found.sentence, about, found.beside, more, chart_notes, notes)
    deck.notes(slide, "\n".join(filter(None, told)))
    return slide


def _arranged(deck: Deck, slide: Any, said: Sequence[Sequence[SaidWords]]) -> FindingRooms:
    """The parts in what is free on a slide."""
    free = deck.room(slide)
    points = deck.sized(12)[0]
    if is_wide(free):
        each = (free.width - 2 * _GAP) / 3
        needed = max(deck.height_of(column, each, points) for column in said)
    else:
        needed = 3.2 * max(deck.height_of(column, free.width, points) for column in said)
    return rooms_of(free, needed, deck.master.scale)


def _rooms_in(holders: Mapping[str, Any]) -> FindingRooms:
    """The parts in the places of a template; a caption without one is beneath its chart."""
    rooms = rooms_on(holders)
    chart = rooms["chart"]
    caption = rooms.get("caption")
    if caption is None:
        caption = Room(chart.left, chart.bottom - 0.42, chart.width, 0.42)
        chart = chart.upper(chart.height - 0.44)
    columns = tuple(rooms[part] for part in ("happened", "done", "asked"))
    subtitle, foot = rooms.get("subtitle"), rooms.get("foot")
    return FindingRooms(subtitle, chart, caption, rooms["beside"], columns, foot)


def columns_of(line: ReportLine) -> tuple[tuple[SaidWords, ...], ...]:
    """What happened, what is done, and what the board is asked, each under its head."""
    shown = line.said_of.shown
    happened = [f"{one.comment.what_happened} ({one.comment.label})"
                for one in shown if one.comment.what_happened]  # fmt: skip
    done = [
        one.comment.action_said + (" Overdue." if one.overdue else "")
        for one in shown
        if one.comment.action
    ]
    silence = line.said_of.silence or "nothing is written down"
    return (
        _headed("What happened", happened or [f"{sentence_case(silence)}."]),
        _headed("What is done", done or ["No action is written down."]),
        _headed("What the board is asked", [board_ask(line)]),
    )


def _headed(head: str, said: Sequence[str]) -> tuple[SaidWords, ...]:
    return (SaidWords(head, strong=True, size=1.05), *(SaidWords(words) for words in said))


def _columns(
    deck: Deck, slide: Any, columns: Sequence[tuple[Room, Sequence[SaidWords], Any]]
) -> list[SaidWords]:
    """Columns of words in letters of one size; the rest of what does not fit in the least."""
    sizes, look = deck.sized(*_WORD_SIZES), deck.look
    size = min(fitted(said, room, sizes, look.wider)[0] for room, said, _ in columns)
    left = []
    for room, said, into in columns:
        kept, rest = _cut(deck, room, said, size)
        deck.box(slide, room, kept, [size], into=into)
        left += rest
    return left


def _cut(
    deck: Deck, room: Room, said: Sequence[SaidWords], size: float
) -> tuple[list[SaidWords], list[SaidWords]]:
    """What of a column fits, and the rest, which it says is in the notes."""
    _, kept, left = fitted(said, room, [size], deck.look.wider)
    if left:
        less = Room(room.left, room.top, room.width, room.height - 1.8 * size / 72)
        _, kept, left = fitted(said, less, [size], deck.look.wider)
        kept = [*kept, SaidWords(IN_NOTES, quiet=True)]
    return kept, left


def _chart(deck: Deck, view: ReportView, slide: Any, line: ReportLine, rooms: FindingRooms) -> None:
    if not line.points:
        deck.box(slide, rooms.chart, [SaidWords(line.sentence)], deck.sized(16, 14, 12, 11))
        return
    frame = add_chart(slide.shapes, line, rooms.chart.emu, deck.sized(12)[0], deck.look, named=True)
    deck.describe(frame, alternative_text(line, view.rules.name))
    notes = " ".join(note.words for note in line.said_of.notes)
    key = chart_key(line)
    choices = [f"{key} {notes}".strip(), f"{key} Notes on the chart: in the notes.", key,
               chart_key(line, brief=True)]  # fmt: skip
    deck.first_that_fits(slide, rooms.caption, choices, deck.sized(*_SMALL_SIZES))


def chart_key(line: ReportLine, *, brief: bool = False) -> str:
    """What the marks and lines of a chart mean, those that are in it.

    A brief one leaves it to the notes of the slide whose the plan is and where it stands.
    """
    kinds = {point.drawn for point in line.points}
    marks = [
        words
        for kind, words in (("concern", "▲ worse"), ("improvement", "■ better"))
        if f"special_cause_{kind}" in kinds
    ]
    chance, the = (" than chance", "") if brief else (" than chance explains", "the ")
    said = [f"{', '.join(marks)}{chance}"] if marks and brief else [m + chance for m in marks]
    for stroke, name, has in _STROKES:
        if any(map(has, line.points)):
            said.append(f"{stroke}: {the}{name}{until_words(line.points, has)}")
    if line.plan_said:
        whose = f"dashes and dots: {line.plan_said} ({line.plan_place})"
        said.append("dash-dot: own plan" if brief else whose)
    words = ", ".join(said)
    return f"{words[:1].upper()}{words[1:]}." if words else ""


_STROKES: tuple[tuple[str, str, Callable[[Point], bool]], ...] = (
    ("dotted", "usual range", lambda point: point.lower is not None),
    ("dashed", "target", lambda point: point.target is not None),
)


def _beside(
    deck: Deck, view: ReportView, slide: Any, found: BoardFinding, room: Room
) -> list[SaidWords]:
    """The comparison: a table of as many rows as fit, whose part is largest, and the peers."""
    table = beside_table(view, found.line)
    points, lost = deck.sized(12 if len(table.rows) < 6 else 11)[0], []
    head = [SaidWords(f"In {table.title}", strong=True)]
    height = deck.height_of(head, room.width, points) + 0.02
    deck.box(slide, room.upper(height), head, (points, 11.0))
    rest = room.beneath(height)
    peers = found.line.compared.peers
    part = [SaidWords(f"{found.part.sentence}.", strong=True)] if found.part else []
    part += [SaidWords(f"{peers.cell}.")] if peers else []
    # What stands beneath the table keeps its distance from it.
    strip = deck.height_of(part, room.width, points) + _BELOW_TABLE if part else 0.0
    rows, more = _fitting_rows(deck, table, rest.height - strip, room.width, points)
    frame = put_table(slide, rest, table, rows, (points, deck.look))
    deck.describe(frame, f"Table: {head[0].text}. {table.finding} {found.beside}")
    if part:
        place = rest.beneath(frame.height / INCH + _BELOW_TABLE)
        lost = _whole(deck, slide, place, _forms(part, peers), points)
    return [*lost, SaidWords(f"Beside it as well: {more}")] if more else lost


def _forms(part: Sequence[SaidWords], peers: PeerGroup | None) -> list[Sequence[SaidWords]]:
    """What may stand beneath a table, the longest first: all of it, less of it, its last part."""
    brief: list[SaidWords] = []
    if peers and peers.median is not None:
        brief = [*part[:-1], SaidWords(f"{sentence_case(peers.brief)}.")]
    return [form for form in (part, brief, part[-1:], brief[-1:]) if form]


def _whole(
    deck: Deck, slide: Any, room: Room, forms: Sequence[Sequence[SaidWords]], points: float
) -> list[SaidWords]:
    """Put the first form in that fits as a whole; what it leaves out, which the notes have."""
    sizes = (points, 11.0)
    for form in forms:
        if not fitted(form, room, sizes, deck.look.wider)[2]:
            deck.box(slide, room, form, sizes)
            return [one for one in forms[0] if one not in form]
    return list(forms[0])


def _fitting_rows(
    deck: Deck, table: Table, height: float, width: float, points: float
) -> tuple[list[tuple[PrintedCell, ...]], str]:
    """As many rows as fit, and what is left out; the own one stays, usual members go first."""
    inches = width / deck.look.wider
    rows = list(table.rows)
    left: list[tuple[PrintedCell, ...]] = []
    while len(rows) > 1 and (table_height(table, [*rows, *_more(left)], inches, points) > height):
        usual = [row for row in rows[1:] if row[3].text in _USUAL]
        gone = (usual or rows[1:])[-1]
        left.insert(0, gone)
        rows.remove(gone)
    members = sum(row[3].text in _USUAL or bool(row[3].tone) for row in rows[1:])
    shown = [*rows[: 1 + members], *_more(left), *rows[1 + members :]]
    return shown, "; ".join(f"{row[0].text} {row[1].text}, {row[3].text}" for row in left)


def _more(left: Sequence[Sequence[PrintedCell]]) -> list[tuple[PrintedCell, ...]]:
    """The row that says how many rows are left out; none where none is."""
    blank, said = PrintedCell(""), PrintedCell(f"and {len(left)} more: in the notes")
    return [(said, blank, blank, blank)] if left else []


_USUAL = {"● usual", "too few figures", "no verdict"}


def _rule(deck: Deck, slide: Any, columns: Sequence[Room]) -> None:
    """The dark rule above what is said of a finding."""
    from pptx.enum.shapes import MSO_CONNECTOR
    from pptx.oxml.ns import qn
    from pptx.util import Pt

    first, last = columns[0], columns[-1]
    top = round((first.top - 0.04) * INCH)
    line = slide.shapes.add_connector(
        MSO_CONNECTOR.STRAIGHT, round(first.left * INCH), top, round(last.right * INCH), top
    )
    # Its style would give it the shadow of the theme.
    for style in line._element.findall(qn("p:style")):
        line._element.remove(style)
    paint(line.line.color, deck.look.ink)
    line.line.width = Pt(2)


def _sources(view: ReportView, line: ReportLine) -> list[str]:
    """Where the latest value stands, in as many words as there is room for: the longest first."""
    by_number = {source.number: source for source in view.sources}
    found = [by_number[number] for number in sorted({trace.source for trace in line.traces})]
    if not found:
        return [""]
    more = f" and {len(found) - 1} more" if len(found) > 1 else ""
    name, file = found[0].publication, found[0].file_name
    return [
        f"Source: {name} ({file}){more}. Lines and columns: in the notes.",
        f"Source: {name}{more}. File, lines and columns: in the notes.",
        "Source: in the notes, with file, lines and columns.",
    ]
