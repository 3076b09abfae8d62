"""The map of remits as pages show it: a matrix at a day, and each remit with its source."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from remit.model.remit import Body, Column, Duty, Function
from remit.pages.remits.findings import WhoFacts, claim_of, rest_of
from remit.remits import (
    Answer,
    Gap,
    Holding,
    Overlap,
    RemitMap,
    difference,
    gaps,
    is_own,
    leader,
    overlaps,
    without_lead,
)
from remit.remits.subjects import SubjectOf
from remit.words.sentences import sentence_case

_SHOWN = 3
"""How many remits a cell names; where there are more, the last line says how many."""


@dataclass(frozen=True, slots=True)
class MatrixRemark:
    """A remit in a cell, in words; ``body`` is empty where the column names it.

    ``unsure`` is the mark of what does not stand whole in a source. ``itself`` says that it is of
    the organisation on which the matrix is: the lead of a function is one from outside.
    """

    body: str
    words: str
    leads: bool
    unsure: str
    proposed: bool
    local: bool
    itself: bool


@dataclass(frozen=True, slots=True)
class MatrixCell:
    """What the bodies of a column do about a function; ``more`` are those not named here."""

    remarks: tuple[MatrixRemark, ...]
    more: int


@dataclass(frozen=True, slots=True)
class Flag:
    """What a row is filtered by: a class of the page, the words in the row and on the button."""

    css: str
    words: str
    button: str


NO_LEAD = Flag("no-lead", "no lead", "No lead")
OVERLAP = Flag("overlap", "overlap", "Overlap")
UNCLEAR = Flag("unclear", "owner unclear", "Owner unclear")
CHANGED = Flag("changed", "changed", "Changed")


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
    seen: str
    not_seen: str
    searched: date | None


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """A function: a cell for each column, its lead, what marks it, and the details.

    ``would_lead`` is the body that would lead by a proposal, if one is shown.
    """

    function: Function
    cells: tuple[MatrixCell, ...]
    flags: tuple[Flag, ...]
    lead: str
    lead_says: str
    would_lead: str
    details: tuple[Detail, ...]
    ended: tuple[str, ...]
    overlaps: tuple[Overlap, ...]
    gap: Gap | None


@dataclass(frozen=True, slots=True)
class MatrixView:
    """Everything that the page of a state shows for a kind of organisation.

    ``since`` is the day of the state before, from which rows count as changed.
    """

    title: str
    claim: str
    rest: str
    says: str
    proposed: bool
    on: date
    since: date | None
    subject: SubjectOf
    columns: tuple[Column, ...]
    rows: tuple[MatrixRow, ...]
    duties: tuple[Duty, ...]
    notes: tuple[str, ...]
    verified: int
    total: int

    @property
    def leads_itself(self) -> bool:
        """Whether the organisation is named as the lead of one of its own functions."""
        said = (one for row in self.rows for cell in row.cells for one in cell.remarks)
        return any(one.itself and one.leads and not one.proposed for one in said)

    @property
    def groups(self) -> tuple[tuple[MatrixRow, ...], ...]:
        """The rows by wider function: that function first, then those of its own beneath it."""
        wide = [row for row in self.rows if row.function.part_of is None]
        return tuple(
            (one, *(row for row in self.rows if row.function.part_of == one.function.id))
            for one in wide
        )

    @property
    def filters(self) -> tuple[tuple[Flag, int], ...]:
        """The flags that some row has, each with the number of its rows."""
        every = (NO_LEAD, UNCLEAR, OVERLAP, CHANGED)
        counted = ((flag, sum(flag in row.flags for row in self.rows)) for flag in every)
        return tuple((flag, count) for flag, count in counted if count)


def matrix_view(
    remit_map: RemitMap, title: str, answers: Sequence[Answer], before: Sequence[Answer] = ()
) -> MatrixView:
    """The matrix of some answers, one a function, all of one subject and day.

    Parameters
    ----------
    remit_map
        The map.
    title
        The page's title.
    answers
        From :func:`remit.remits.holdings.everything`.
    before
        Those of the state before, where there is one.
    """
    first = answers[0]
    held = {one.body.column for answer in answers for one in answer.holdings}
    columns = tuple(column for column in Column if column in held)
    moved = {change.function.id for change in difference(before, answers)}
    rows = tuple(_row(remit_map, answer, columns, moved) for answer in answers)
    details = [detail for answer in answers for detail in answer.holdings]
    state = next((s for s in remit_map.states if s.on == first.on), None)
    state = state or remit_map.state_on(first.on)
    facts = _facts(answers, rows)
    return MatrixView(
        title=title,
        claim=claim_of(facts),
        rest=rest_of(facts),
        says=state.says if state else "",
        proposed=any(one.proposed for one in details),
        on=first.on,
        since=before[0].on if before else None,
        subject=first.subject,
        columns=columns,
        rows=rows,
        duties=first.duties,
        notes=first.notes,
        verified=sum(one.entry.verified for one in details),
        total=len(details),
    )


def _facts(answers: Sequence[Answer], rows: Sequence[MatrixRow]) -> WhoFacts:
    return WhoFacts(
        functions=len(answers),
        without=tuple(one.name for one in without_lead(answers)),
        would=sum(bool(row.would_lead) for row in rows),
        overlaps=sum(OVERLAP in row.flags for row in rows),
        unclear=sum(UNCLEAR in row.flags for row in rows),
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
        (one.entry.verdict.mark, not one.entry.verified and not one.local),
        (one.only, bool(one.only)),
    ]
    return tuple(text for text, holds in words if holds)


def _row(
    remit_map: RemitMap, answer: Answer, columns: Sequence[Column], moved: set[str]
) -> MatrixRow:
    by_body: dict[str, list[Holding]] = {}
    for one in answer.holdings:
        by_body.setdefault(one.body.id, []).append(one)
    found = leader(answer)
    said = [one for one in overlaps(remit_map, [answer]) if one.evidence]
    gap = next(iter(gaps(remit_map, [answer])), None)
    marked = (
        (NO_LEAD, found.is_nobody),
        (UNCLEAR, gap is not None and gap.kind == "unclear"),
        (OVERLAP, bool(said)),
        (CHANGED, answer.function.id in moved),
    )
    return MatrixRow(
        function=answer.function,
        cells=tuple(_cell(column, answer) for column in columns),
        flags=tuple(flag for flag, holds in marked if holds),
        lead=found.holding.who if found.holding else "Itself" if found.itself else "",
        lead_says=found.says,
        would_lead=next((h.body.name for h in answer.holdings if h.proposed and h.leads), ""),
        details=tuple(_details(answer.function, columns, by_body)),
        ended=tuple(f"{one.body.name}: {one.note}" for one in answer.ended),
        overlaps=tuple(said),
        gap=gap,
    )


def _cell(column: Column, answer: Answer) -> MatrixCell:
    best: dict[tuple[str, str], Holding] = {}
    for one in answer.holdings:
        key = (one.body.id, one.entry.relation)
        if one.body.column is column and (key not in best or _weight(one) > _weight(best[key])):
            best[key] = one
    remarks = [_remark(one, answer) for one in sorted(best.values(), key=lambda one: not one.leads)]
    shown = _SHOWN if len(remarks) <= _SHOWN else _SHOWN - 1
    return MatrixCell(tuple(remarks[:shown]), len(remarks[shown:]))


def _weight(one: Holding) -> tuple[bool, bool]:
    return one.leads, one.entry.verified


def _remark(one: Holding, answer: Answer) -> MatrixRemark:
    """A remit in words; what the head of its column says of the body is not said again."""
    short = one.body.short.removesuffix(f" {one.body.column.value}")
    return MatrixRemark(
        body="" if one.body.register_type else short,
        words=one.entry.relation.words,
        leads=one.leads,
        unsure="" if one.local else one.entry.verdict.mark,
        proposed=one.proposed,
        local=bool(one.local),
        itself=is_own(one.body, answer),
    )


def _details(
    function: Function, columns: Sequence[Column], by_body: Mapping[str, list[Holding]]
) -> list[Detail]:
    found = []
    for held in sorted(by_body.values(), key=lambda held: columns.index(held[0].body.column)):
        for number, one in enumerate(held):
            found.append(_detail(one, anchor_of(function, one.body) if number == 0 else ""))
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
        seen=one.source.seen if one.source else "",
        not_seen=entry.not_seen,
        searched=entry.searched,
    )
