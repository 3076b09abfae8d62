"""The map of remits as pages show it: a matrix at a day, and each cell with its source."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from remit.model.remit import Body, Duty, Function, Level, Relation
from remit.remits import Answer, Gap, Holding, Overlap, RemitMap, gaps, leader, overlaps
from remit.remits.subjects import SubjectOf
from remit.words.sentences import sentence_case

LETTERS: Mapping[Relation, str] = {
    Relation.REGULATES: "R",
    Relation.OVERSEES: "O",
    Relation.ASSURES: "A",
    Relation.COMMISSIONS: "C",
    Relation.DELIVERS: "D",
    Relation.CONVENES: "V",
    Relation.SUPPORTS: "S",
    Relation.IS_CONSULTED: "Q",
}
"""What stands in a cell of the matrix; the key and the hidden words say what it means."""

_LEVELS = (Level.NATIONAL, Level.REGION, Level.SYSTEM, Level.PROVIDER, Level.PLACE, Level.LOCAL)


@dataclass(frozen=True, slots=True)
class Mark:
    """One remit in a cell of the matrix."""

    letter: str
    words: str
    leads: bool
    verified: bool
    proposed: bool
    local: bool


@dataclass(frozen=True, slots=True)
class MatrixCell:
    """A cell of the matrix; ``anchor`` is the place of its details on the page."""

    anchor: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Detail:
    """A remit with its basis and its source."""

    anchor: str
    body: str
    named: str
    relation: str
    says: str
    since: str
    basis: str
    source: str
    url: str
    marks: tuple[str, ...]
    note: str


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """A function: its cells in the order of the bodies, its lead, and the details.

    ``would_lead`` is the body that would lead by a proposal, if one is shown.
    """

    function: Function
    cells: tuple[MatrixCell | None, ...]
    lead: str
    lead_says: str
    would_lead: str
    details: tuple[Detail, ...]
    ended: tuple[str, ...]
    overlaps: tuple[Overlap, ...]
    gap: Gap | None


@dataclass(frozen=True, slots=True)
class MatrixView:
    """Everything that the page of a state shows for a kind of organisation."""

    title: str
    says: str
    proposed: bool
    on: date
    subject: SubjectOf
    bodies: tuple[Body, ...]
    rows: tuple[MatrixRow, ...]
    duties: tuple[Duty, ...]
    notes: tuple[str, ...]
    verified: int
    total: int


def matrix_view(remit_map: RemitMap, title: str, answers: Sequence[Answer]) -> MatrixView:
    """The matrix of some answers, one a function, all of one subject and day.

    Parameters
    ----------
    remit_map
        The map.
    title
        The page's title.
    answers
        From :func:`remit.remits.holdings.everything`.
    """
    first = answers[0]
    held = {one.body.id for answer in answers for one in answer.holdings}
    shown = (body for body in remit_map.bodies.values() if body.id in held)
    bodies = tuple(sorted(shown, key=lambda body: _LEVELS.index(body.level)))
    rows = tuple(_row(remit_map, answer, bodies) for answer in answers)
    details = [detail for answer in answers for detail in answer.holdings]
    state = next((s for s in remit_map.states if s.on == first.on), None)
    state = state or remit_map.state_on(first.on)
    return MatrixView(
        title=title,
        says=state.says if state else "",
        proposed=any(one.proposed for one in details),
        on=first.on,
        subject=first.subject,
        bodies=bodies,
        rows=rows,
        duties=first.duties,
        notes=first.notes,
        verified=sum(one.entry.verified for one in details),
        total=len(details),
    )


def anchor_of(function: Function, body: Body) -> str:
    """The place on a page where a cell's details stand."""
    return f"{function.id}--{body.id}"


def marks_of(one: Holding) -> tuple[str, ...]:
    """What a reader should know of a remit, in a few words each."""
    words = [
        ("leads", one.leads),
        ("by law", one.entry.statutory),
        ("proposed, not law", one.proposed),
        ("local agreement", bool(one.local)),
        ("not verified", not one.entry.verified and not one.local),
        (one.only, bool(one.only)),
    ]
    return tuple(text for text, holds in words if holds)


def _row(remit_map: RemitMap, answer: Answer, bodies: Sequence[Body]) -> MatrixRow:
    by_body: dict[str, list[Holding]] = {}
    for one in answer.holdings:
        by_body.setdefault(one.body.id, []).append(one)
    found = leader(answer)
    said = [one for one in overlaps(remit_map, [answer]) if one.evidence]
    return MatrixRow(
        function=answer.function,
        cells=tuple(_cell(answer.function, body, by_body.get(body.id, [])) for body in bodies),
        lead=found.holding.who if found.holding else "",
        lead_says=found.says,
        would_lead=next((h.body.name for h in answer.holdings if h.proposed and h.leads), ""),
        details=tuple(_details(answer.function, bodies, by_body)),
        ended=tuple(f"{one.body.name}: {one.note}" for one in answer.ended),
        overlaps=tuple(said),
        gap=next(iter(gaps(remit_map, [answer])), None),
    )


def _cell(function: Function, body: Body, held: Sequence[Holding]) -> MatrixCell | None:
    if not held:
        return None
    marks: dict[str, Mark] = {}
    for one in held:
        letter = LETTERS[one.entry.relation]
        better = one.leads or (one.entry.verified and not marks.get(letter, _NONE).leads)
        if letter not in marks or better:
            marks[letter] = Mark(
                letter=letter,
                words=f"{one.entry.relation.words}{', leads' if one.leads else ''}",
                leads=one.leads,
                verified=one.entry.verified,
                proposed=one.proposed,
                local=bool(one.local),
            )
    return MatrixCell(anchor_of(function, body), tuple(marks.values()))


_NONE = Mark("", "", leads=False, verified=False, proposed=False, local=False)


def _details(
    function: Function, bodies: Sequence[Body], by_body: Mapping[str, list[Holding]]
) -> list[Detail]:
    found = []
    for body in bodies:
        for number, one in enumerate(by_body.get(body.id, [])):
            found.append(_detail(one, anchor_of(function, body) if number == 0 else ""))
    return found


def _detail(one: Holding, anchor: str) -> Detail:
    entry = one.entry
    until = f" to {entry.valid_to}" if entry.valid_to else ""
    note = f" ({entry.date_note})" if entry.date_note else ""
    checked = "" if entry.legal_basis_verified else " (not verified)"
    return Detail(
        anchor=anchor,
        body=one.body.name,
        named=f"{one.named.code} {one.named.name}" if one.named else "",
        relation=entry.relation.words,
        says=entry.says,
        since=f"{entry.valid_from}{until}{note}",
        basis=f"{entry.legal_basis}{checked}" if entry.legal_basis else "",
        source=one.source.title if one.source else one.local,
        url=one.source.url if one.source else "",
        marks=marks_of(one),
        note=f"{sentence_case(one.note)}." if one.note else "",
    )
