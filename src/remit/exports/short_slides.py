"""The short pack of slides: what matters, in at most twelve."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from remit.exports.finding_slides import put_finding
from remit.exports.left_out import left_out_table, where
from remit.exports.pack import PackAsked
from remit.exports.rooms import INCH, Room
from remit.exports.short_tables import (
    TellingPart,
    found_table,
    grid_left_out,
    grid_table,
    matrix_table,
    telling_part,
)
from remit.exports.slide_deck import Deck
from remit.exports.slide_tables import put_table, rows_that_fit, table_height
from remit.exports.slide_words import SaidWords
from remit.exports.tables import Table, comments_table, missing_table, releases_table
from remit.report.findings import BoardFinding, findings
from remit.report.lead import lead
from remit.report.matrix import matrix_of
from remit.report.nine_cells import cells_of
from remit.report.published import boards_said
from remit.report.view import ReportLine, ReportView
from remit.words.days import day_words
from remit.words.sentences import count_words, sentence_case

_SIZES = (18.0, 17.0, 16.0, 15.0, 14.0, 13.0, 12.0, 11.0)
_NAMES = (None, 12, 10, 8, 7, 6, 5, 4, 3, 2, 1)
"""How many names a cell of the grid may have, tried from the first on."""

FINDINGS = 5

Notes = Callable[[ReportView, ReportLine], str]


def put_short(deck: Deck, view: ReportView, pack: PackAsked, notes: Notes) -> None:
    """Add all slides of a short pack.

    Parameters
    ----------
    deck
        The slides.
    view
        The report.
    pack
        How it is asked for.
    notes
        Where the figures of a line stand, for the notes of its slide.

    Examples
    --------
    ``put_short(deck, view, SHORT, notes)``
    """
    found = findings(view, FINDINGS)
    drawn = found[: pack.charts]
    deck.opening(*_opening(view))
    _what_matters(deck, view, found)
    for one in drawn:
        put_finding(deck, view, one, notes(view, one.line))
    _grid(deck, view, pack)
    if view.members:
        _matrix(deck, view, pack)
    if view.commented or view.strays:
        _said(deck, view, pack)
    _next(deck, view, pack)
    _table_slide(deck, left_out_table(view, drawn, pack), "")


def _opening(view: ReportView) -> tuple[str, list[str]]:
    known = [f"As known on {day_words(view.as_at)}"] if view.as_at else []
    board = map(sentence_case, boards_said(view))
    return view.body.name, ["Integrated performance report", view.period, *known, *board]


def _what_matters(deck: Deck, view: ReportView, found: Sequence[BoardFinding]) -> None:
    """One page of what matters: the lead sentence as its title, and what was found."""
    said = lead(view)
    slide = deck.slide(said.claim, f"What matters: {view.body.short}, {view.period}")
    free = deck.room(slide)
    table = found_table(found)
    points, rows = _fitted_rows(deck, table, free.height * 0.66, free.width)
    height = table_height(table, rows, free.width / deck.look.wider, points) if rows else 0.0
    words = [SaidWords(said.rest)] if said.rest else []
    words += [SaidWords(_counts(view), quiet=True)]
    room = free.upper(free.height - height - 0.15)
    needed = next(
        (h for size in deck.sized(*_SIZES)
         if (h := deck.height_of(words, free.width, size)) <= room.height), room.height
    )  # fmt: skip
    _, left = deck.box(slide, free.upper(needed), words, deck.sized(*_SIZES))
    if rows:
        frame = put_table(slide, free.beneath(needed + 0.1), table, rows, (points, deck.look))
        deck.describe(frame, f"Table: {table.title}. {table.finding}")
    notes = [said.sentence, *(one.text for one in left), *(one.sentence for one in found)]
    deck.notes(slide, "\n".join(notes))


def _counts(view: ReportView) -> str:
    """What is missing, overdue and to come, in one line."""
    overdue = sum(one.overdue for line in view.commented for one in line.said_of.comments)
    said = [f"{count_words(len(view.missing), 'figure')} missing or late"]
    if view.comments:
        said.append(f"{count_words(overdue, 'action')} overdue")
    if view.next_board:
        told = count_words(len(view.releases), "publication")
        said.append(f"{told} to come before {day_words(view.next_board)}")
    return f"{sentence_case('; '.join(said))}."


def _fitted_rows(
    deck: Deck, table: Table, height: float, width: float
) -> tuple[float, list[tuple[Any, ...]]]:
    """Letters as large as the rows allow; rows that do not fit even in the least are left."""
    inches = width / deck.look.wider
    for points in deck.sized(16, 15, 14, 13, 12, 11):
        if rows_that_fit(table, inches, points, height) == len(table.rows):
            return points, list(table.rows)
    points = deck.sized(11)[0]
    return points, list(table.rows[: rows_that_fit(table, inches, points, height)])


def _grid(deck: Deck, view: ReportView, pack: PackAsked) -> None:
    """The nine cells, with as many names as one slide holds."""
    grid = cells_of(view)
    whole = grid_table(grid)
    outside = "; ".join(
        f"{why}: {count_words(len(names), 'metric')}" for why, names in grid.outside
    )
    slide = deck.slide(grid.sentence, whole.title)
    free = deck.room(slide)
    for most in _NAMES:
        table, left = grid_table(grid, most), grid_left_out(grid, most)
        said = [f"Not in the table: {outside}." if outside else ""]
        said.append(f"{count_words(left, 'further name')}: {where(pack, 'index.html', 'summary')}."
                    if left else "")  # fmt: skip
        words = [SaidWords(sentence_case(" ".join(filter(None, said))), quiet=True)]
        strip = deck.height_of(words, free.width, 12) if words[0].text else 0.0
        points, rows = _fitted_rows(deck, table, free.height - strip - 0.05, free.width)
        if len(rows) == len(table.rows):
            break
    frame = put_table(slide, free, table, rows, (points, deck.look))
    deck.describe(frame, f"Table: {whole.title}. {grid.sentence}")
    if words[0].text:
        place = free.beneath(frame.height / INCH + 0.05)
        deck.box(slide, place, words, deck.sized(12, 11))
    cells = [f"{row.words}, {column.lower()}: {'; '.join(e.words for e in cell.entries)}"
             for row in grid.rows for column, cell in zip(grid.columns, row.cells, strict=True)
             if cell.entries]  # fmt: skip
    others = [f"{why}: {'; '.join(names)}" for why, names in grid.outside]
    deck.notes(slide, "\n".join([whole.title, *cells, *others]))


def _matrix(deck: Deck, view: ReportView, pack: PackAsked) -> None:
    """Organisations by metrics, the most telling ones."""
    matrix = matrix_of(view)
    if not matrix.metrics:
        return
    inches = deck.master.content.free.width / deck.look.wider
    columns = max(2, min(len(matrix.metrics), int((inches - 2.2) / 1.35)))
    part = telling_part(matrix, columns)
    when = part.period or "newest figures"
    slide = deck.slide(f"Who differs: {view.body.short} and its members, {when}")
    free = deck.room(slide)
    inches, points = free.width / deck.look.wider, deck.sized(11)[0]
    rows = len(part.rows)
    words = [SaidWords(_left_of_matrix(rows, part, pack), quiet=True)]
    strip = deck.height_of(words, free.width, 12) + 0.2
    while rows > 1:
        table = matrix_table(part, rows)
        if table_height(table, table.rows, inches, points) <= free.height - strip:
            break
        rows -= 1
    else:
        table = matrix_table(part, rows)
    frame = put_table(slide, free, table, table.rows, (points, deck.look))
    deck.describe(frame, f"Table: organisations by metric. {table.finding}")
    words = [SaidWords(_left_of_matrix(rows, part, pack), quiet=True)]
    place = free.beneath(frame.height / INCH + 0.05)
    deck.box(slide, place, words, deck.sized(12, 11))


def _left_of_matrix(rows: int, part: TellingPart, pack: PackAsked) -> str:
    matrix, columns = part.matrix, len(part.columns)
    key = "▲ worse than chance explains, ■ better, ● usual."
    more = [
        count_words(number, noun)
        for number, noun in (
            (len(matrix.rows) - rows, "further organisation"),
            (len(matrix.metrics) - columns, "further metric"),
        )
        if number > 0
    ]
    if not more:
        return key
    return f"{key} {sentence_case(' and '.join(more))}: {where(pack, 'index.html', 'summary')}."


def _said(deck: Deck, view: ReportView, pack: PackAsked) -> None:
    """Comments and actions: those that somebody has to answer for first."""
    overdue = [one for line in view.commented for one in line.said_of.comments if one.overdue]
    asked = [line for line in view.commented if line.said_of.to_ask]
    said = [count_words(len(overdue), "action is", "actions are", none="no") + " overdue",
            count_words(len(asked), "comment", none="no") + " to ask again"]  # fmt: skip
    _table_slide(
        deck,
        comments_table(view),
        f"Comments and actions: {'; '.join(said)}",
        f"{where(pack, 'the page of its metric', 'commentary')}.",
    )


def _next(deck: Deck, view: ReportView, pack: PackAsked) -> None:
    """What is late or missing, who joined or left, and what is to come."""
    slide = deck.slide("New, late and next")
    wide = deck.room(slide)
    parts = [_late(view, pack), _new(view), _to_come(view, pack)]
    rooms = wide.abreast((1, 1, 1), 0.25) if wide.width > 9 else wide.stacked((1, 1, 1), 0.1)
    notes = []
    for room, part in zip(rooms, parts, strict=True):
        notes += [part[0], *part[1]]
        _part(deck, slide, room, part)
    deck.notes(slide, "\n".join(notes))


Part = tuple[str, list[str], str]
"""A heading, lines, and where those are that do not fit; one may be of several figures."""


def _part(deck: Deck, slide: Any, room: Room, part: Part) -> None:
    """A heading and as many lines as fit; how many do not, and where they are."""
    head, lines, more = part
    sizes = deck.sized(16, 15, 14, 13, 12)
    first = SaidWords(head, strong=True, size=1.1)
    for shown in range(len(lines), -1, -1):
        said = [first, *(SaidWords(line) for line in lines[:shown])]
        if shown < len(lines):
            said.append(
                SaidWords(f"{count_words(len(lines) - shown, 'more line')}: {more}", quiet=True)
            )
        points = next(
            (p for p in sizes if deck.height_of(said, room.width, p) <= room.height), None
        )
        if points or not shown:
            deck.box(slide, room, said, (points,) if points else deck.sized(12, 11))
            return


def _late(view: ReportView, pack: PackAsked) -> Part:
    table = missing_table(view)
    lines = [f"{row[0].text} ({row[1].text}): {row[2].text} expected; newest held: "
             f"{row[3].text}. {row[4].text}" for row in table.rows]  # fmt: skip
    head = sentence_case(count_words(len(view.missing), "figure")) + " missing or late"
    return head, lines or ["Nothing."], where(pack, "missing.html", "missing-or-late")


def _new(view: ReportView) -> Part:
    dated = [f"{line.metric.name}: {line.dated}" for line in view.own.lines if line.dated]
    lines = [*view.notes, *dated]
    return "What to know of the figures", lines or ["Nothing."], "the notes of this slide"


def _to_come(view: ReportView, pack: PackAsked) -> Part:
    if view.next_board is None:
        return "Before the next board", ["Its day was not given (--next-board)."], ""
    lines = [f"{sentence_case(row[0].text)}: {row[1].text}, {row[2].text}"
             for row in releases_table(view).rows]  # fmt: skip
    head = f"Before the next board, {day_words(view.next_board)}"
    return head, lines or ["Nothing is to come."], where(pack, "", "before-the-next-board")


def _table_slide(deck: Deck, table: Table, title: str, more: str = "") -> None:
    """A table on one slide: what does not fit is counted, with where it is."""
    slide = deck.slide(title or table.title, table.title)
    free = deck.room(slide)
    points, rows = _fitted_rows(deck, table, free.height - (0.4 if more else 0), free.width)
    frame = put_table(slide, free, table, rows, (points, deck.look))
    deck.describe(frame, f"Table: {table.title}. {table.finding}")
    left = table.rows[len(rows) :]
    if left:
        place = free.beneath(frame.height / INCH + 0.03)
        words = [SaidWords(f"{count_words(len(left), 'more row')}: {more}", quiet=True)]
        deck.box(slide, place, words, deck.sized(12, 11))
    deck.notes(slide, "\n".join(" | ".join(cell.text for cell in row) for row in table.rows))
