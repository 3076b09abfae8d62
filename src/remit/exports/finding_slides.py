"""A finding on a slide: its title, its chart, who stands beside it, what is done, what is asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from remit.exports.native_charts import add_chart, alternative_text
from remit.exports.rooms import INCH, Room
from remit.exports.short_tables import beside_table
from remit.exports.slide_deck import Deck
from remit.exports.slide_tables import put_table, table_height
from remit.exports.slide_words import Said
from remit.exports.tables import PrintedCell, Table
from remit.report.board_asks import board_ask
from remit.report.findings import Finding
from remit.report.view import ReportLine, ReportView

_WORD_SIZES = (16.0, 15.0, 14.0, 13.0, 12.0, 11.0)
_SMALL_SIZES = (12.0, 11.0)
_SUBTITLE_SIZES = (16.0, 15.0, 14.0, 13.0, 12.0, 11.0)
_GAP = 0.2
_FOOT = 0.36
_WIDE = 1.35
"""From this shape on, width over height, the parts of a finding stand beside each other."""

IN_NOTES = "… more in the notes of this slide."


@dataclass(frozen=True, slots=True)
class FindingRooms:
    """Where the parts of a finding stand."""

    subtitle: Room
    chart: Room
    caption: Room
    beside: Room
    columns: tuple[Room, ...]
    foot: Room


def rooms_of(free: Room) -> FindingRooms:
    """The parts of a slide for a finding: beside each other on a wide one, beneath on a tall one."""
    subtitle = free.upper(0.42)
    foot = Room(free.left, free.bottom - _FOOT, free.width, _FOOT)
    middle = Room(
        free.left, subtitle.bottom + 0.06, free.width, foot.top - subtitle.bottom - 0.1
    )
    if middle.width >= _WIDE * middle.height:
        upper, lower = middle.stacked((0.63, 0.37), 0.12)
        left, beside = upper.abreast((0.56, 0.44), _GAP)
        columns = lower.abreast((1, 1, 1), _GAP)
    else:
        left, beside, lower = middle.stacked((0.42, 0.26, 0.32), 0.12)
        columns = lower.stacked((1, 1, 1), 0.05)
    caption = Room(left.left, left.bottom - 0.42, left.width, 0.42)
    chart = Room(left.left, left.top, left.width, left.height - 0.44)
    return FindingRooms(subtitle, chart, caption, beside, tuple(columns), foot)


def put_finding(deck: Deck, view: ReportView, found: Finding, notes: str) -> Any:
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
    slide = deck.slide(found.sentence, f"{line.metric.name}: {line.body.short}")
    rooms = rooms_of(deck.room(slide))
    subtitle = Said(f"{line.metric.name}, {line.body.short}, {line.period}", quiet=True)
    left = [*deck.box(slide, rooms.subtitle, [subtitle], deck.sized(*_SUBTITLE_SIZES))[1]]
    _chart(deck, view, slide, line, rooms)
    left += _beside(deck, view, slide, found, rooms.beside)
    _rule(deck, slide, rooms.columns)
    for room, said in zip(rooms.columns, columns_of(line), strict=True):
        left += _column(deck, slide, room, said)
    source = [Said(_source(view, line), quiet=True)]
    left += deck.box(slide, rooms.foot, source, deck.sized(*_SMALL_SIZES))[1]
    more = "\n".join(one.text for one in left if one.text)
    deck.notes(slide, "\n".join(filter(None, (found.sentence, found.beside, more, notes))))
    return slide


def columns_of(line: ReportLine) -> tuple[tuple[Said, ...], ...]:
    """What happened, what is done, and what the board is asked, each under its head."""
    shown = line.said_of.shown
    happened = [f"{one.comment.what_happened} ({one.comment.label})"
                for one in shown if one.comment.what_happened]  # fmt: skip
    done = [
        one.comment.action_said + (" Overdue." if one.overdue else "")
        for one in shown
        if one.comment.action
    ]
    return (
        _headed("What happened", happened or ["No comment yet."]),
        _headed("What is done", done or ["No action is written down."]),
        _headed("What the board is asked", [board_ask(line)]),
    )


def _headed(head: str, said: Sequence[str]) -> tuple[Said, ...]:
    return (Said(head, strong=True, size=1.05), *(Said(words) for words in said))


def _column(deck: Deck, slide: Any, room: Room, said: Sequence[Said]) -> list[Said]:
    """A column of words; the rest of what does not fit, which it says is in the notes."""
    from remit.exports.slide_words import fitted, set_insets, write

    sizes, look = deck.sized(*_WORD_SIZES), deck.look
    points, kept, left = fitted(said, room, sizes, look.wider)
    if left:
        less = Room(room.left, room.top, room.width, room.height - 1.8 * sizes[-1] / 72)
        points, kept, left = fitted(said, less, sizes[-1:], look.wider)
        kept = [*kept, Said(IN_NOTES, quiet=True)]
    box = slide.shapes.add_textbox(*room.emu)
    write(box.text_frame, kept, points, look)
    set_insets(box.text_frame)
    return left


def _chart(
    deck: Deck, view: ReportView, slide: Any, line: ReportLine, rooms: FindingRooms
) -> None:
    if not line.points:
        deck.box(slide, rooms.chart, [Said(line.sentence)], deck.sized(16, 14, 12, 11))
        return
    frame = add_chart(
        slide.shapes, line, rooms.chart.emu, deck.sized(12)[0], deck.look, named=True
    )
    deck.describe(frame, alternative_text(line, view.rules.name))
    notes = " ".join(note.words for note in line.said_of.notes)
    key = [Said(f"{chart_key(line)} {notes}".strip(), quiet=True)]
    _, left = deck.box(slide, rooms.caption, key, deck.sized(*_SMALL_SIZES))
    if left:
        box = slide.shapes[-1]
        box._element.getparent().remove(box._element)
        short = [Said(f"{chart_key(line)} Notes on the chart: below.", quiet=True)]
        deck.box(slide, rooms.caption, short, deck.sized(*_SMALL_SIZES))


def chart_key(line: ReportLine) -> str:
    """What the marks and lines of a chart mean, those that are in it."""
    kinds = {point.drawn for point in line.points}
    said = []
    if "special_cause_concern" in kinds:
        said.append("▲ worse than chance explains")
    if "special_cause_improvement" in kinds:
        said.append("■ better than chance explains")
    if any(point.lower is not None for point in line.points):
        said.append("dotted: the usual range")
    if any(point.target is not None for point in line.points):
        said.append("dashed: the goal")
    words = ", ".join(said)
    return f"{words[:1].upper()}{words[1:]}." if words else ""


def _beside(
    deck: Deck, view: ReportView, slide: Any, found: Finding, room: Room
) -> list[Said]:
    """The comparison: a heading, a table of as many rows as fit, and whose part is largest."""
    table = beside_table(view, found.line)
    points = deck.sized(12)[0]
    head = [Said(f"{found.line.metric.name}: {table.title}", strong=True)]
    head = [Said(f"In {table.title}", strong=True)]
    height = deck.height_of(head, room.width, points) + 0.02
    deck.box(slide, room.upper(height), head, (points, 11.0))
    rest = room.beneath(height)
    part = [Said(f"{found.part.sentence}.", strong=True)] if found.part else []
    strip = deck.height_of(part, room.width, points) if part else 0.0
    rows, more = _fitting_rows(deck, table, rest.height - strip, room.width, points)
    frame = put_table(slide, rest, table, rows, (points, deck.look))
    deck.describe(frame, f"Table: {head[0].text}. {table.finding} {found.beside}")
    if part:
        place = rest.beneath(frame.height / INCH + 0.04)
        return deck.box(slide, place, part, (points, 11.0))[1]
    return [Said(f"Beside it as well: {more}")] if more else []


def _fitting_rows(
    deck: Deck, table: Table, height: float, width: float, points: float
) -> tuple[list[tuple[PrintedCell, ...]], str]:
    """As many rows as fit, the last ones (areas and peers) before members; what is left out."""
    inches = width / deck.look.wider
    rows = list(table.rows)
    left: list[tuple[PrintedCell, ...]] = []
    fixed = [row for row in rows[1:] if row[3].text not in _STATES and not row[3].tone]
    while len(rows) > 1 and table_height(table, rows, inches, points) > height:
        droppable = [row for row in rows[1:] if row not in fixed] or rows[1:]
        left.insert(0, droppable[-1])
        rows.remove(droppable[-1])
    if left and len(rows) > 2:
        more = (PrintedCell(f"and {len(left)} more: in the notes"), *[PrintedCell("")] * 3)
        while len(rows) > 2 and table_height(table, [*rows, more], inches, points) > height:
            droppable = [row for row in rows[1:] if row not in fixed] or rows[1:]
            left.insert(0, droppable[-1])
            rows.remove(droppable[-1])
            more = (PrintedCell(f"and {len(left)} more: in the notes"), *[PrintedCell("")] * 3)
        at = 1 + sum(row not in fixed for row in rows[1:])
        rows.insert(at, more)
    said = "; ".join(f"{row[0].text} {row[1].text}, {row[3].text}" for row in left)
    return rows, said


_STATES = {"● usual", "too few points", "no verdict"}


def _rule(deck: Deck, slide: Any, columns: Sequence[Room]) -> None:
    """The dark rule above what is said of a finding."""
    from remit.exports.slide_look import paint
    from pptx.enum.shapes import MSO_CONNECTOR
    from pptx.util import Pt

    first, last = columns[0], columns[-1]
    top = round((first.top - 0.04) * INCH)
    line = slide.shapes.add_connector(
        MSO_CONNECTOR.STRAIGHT, round(first.left * INCH), top, round(last.right * INCH), top
    )
    paint(line.line.color, deck.look.ink)
    line.line.width = Pt(2)


def _source(view: ReportView, line: ReportLine) -> str:
    names = {source.number: source for source in view.sources}
    numbers = sorted({trace.source for trace in line.traces})
    said = [f"{names[number].publication} ({names[number].file_name})" for number in numbers[:1]]
    more = f" and {len(numbers) - 1} more" if len(numbers) > 1 else ""
    listed = f"Source: {'; '.join(said)}{more}." if said else ""
    return f"{listed} Lines and columns in the notes.".strip()
