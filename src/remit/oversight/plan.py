"""The oversight plan of one organisation, function by function."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from remit.asks import HoursReader, SharedRisk, load_burden
from remit.asks.burden.hours import HoursOfAsk
from remit.model.ask import AnswerState, Ask, AskAnswer, AskFriction
from remit.model.errors import AskError
from remit.model.remit import Body, Function
from remit.oversight.fates import (
    AskWithBody,
    Fate,
    Fated,
    clique_fates,
    published_fate,
    single_fate,
    standing,
)
from remit.oversight.matched import Matched
from remit.oversight.published import PublishedWhen, published_when
from remit.oversight.recurring import due_days
from remit.oversight.rules import PlanRules
from remit.remits import (
    Agreement,
    Answer,
    Gap,
    Leader,
    Overlap,
    SubjectOf,
    gaps,
    leader,
    overlaps,
)
from remit.remits.holdings import everything


@dataclass(frozen=True, slots=True)
class Saved:
    """Hours with their range; of known hours low, middle and high are the same."""

    low: float = 0.0
    middle: float = 0.0
    high: float = 0.0

    def __add__(self, other: Saved) -> Saved:
        return Saved(self.low + other.low, self.middle + other.middle, self.high + other.high)


@dataclass(frozen=True, slots=True)
class PlannedAsk:
    """An ask with what the plan proposes for it, and the hours that this saves."""

    ask: Ask
    body: Body | None
    by_law: bool
    fated: Fated
    hours: Saved
    hours_known: bool
    saved: Saved
    answer: AskAnswer | None
    elsewhere: tuple[str, ...]
    """The same ask as others received it, such as an ICB that is asked about a trust."""
    published: PublishedWhen = field(default_factory=PublishedWhen)
    series: str = ""
    """The recurring return that it is one of; empty where it is none."""
    is_repeated: bool = False
    """Whether a later ask of the same series is among those of the plan."""


@dataclass(frozen=True, slots=True)
class PlannedAsks:
    """Some asks of a plan, and what they come to."""

    asks: tuple[PlannedAsk, ...]

    @property
    def hours(self) -> Saved:
        """The hours of all asks."""
        return sum((one.hours for one in self.asks), Saved())

    @property
    def saved(self) -> Saved:
        """The hours that the plan saves."""
        return sum((one.saved for one in self.asks), Saved())

    def count(self, words: str) -> int:
        """How many asks stay, merge or end."""
        return sum(one.fated.fate.words == words for one in self.asks)


@dataclass(frozen=True, slots=True, kw_only=True)
class FunctionPlan(PlannedAsks):
    """The plan for one function; ``function`` is None for asks that no function fits."""

    function: Function | None
    leader: Leader | None
    overlaps: tuple[Overlap, ...]
    gap: Gap | None

    @property
    def has_no_lead(self) -> bool:
        """Whether it is a function on which nobody leads."""
        return self.leader is not None and self.leader.holding is None


@dataclass(frozen=True, slots=True)
class Plan:
    """The oversight plan of an organisation on a day.

    ``functions`` holds every function of the map, also those without an ask; the last one may be
    that of asks without a function. The range of a sum is the sum of the ranges.
    """

    subject: SubjectOf
    on: date
    functions: tuple[FunctionPlan, ...]
    frictions: tuple[AskFriction, ...]
    risks: tuple[SharedRisk, ...]
    fictional: bool
    notes: tuple[str, ...]
    rules: PlanRules
    next_board: date | None = None

    @property
    def without_lead(self) -> tuple[FunctionPlan, ...]:
        """The functions on which nobody leads, with asks or without."""
        return tuple(one for one in self.functions if one.has_no_lead)

    @property
    def due(self) -> tuple[tuple[date, PlannedAsk], ...]:
        """What is due after the day of the plan and up to the next board, the earliest first."""
        until = self.next_board or date.max
        first = ((next(due_days(one.ask, self.on, until), None), one)
                 for one in self.asks if not one.is_repeated)  # fmt: skip
        found = [(day, one) for day, one in first if day is not None]
        return tuple(sorted(found, key=lambda pair: (pair[0], pair[1].ask.ask_id)))

    @property
    def asks(self) -> tuple[PlannedAsk, ...]:
        """All asks, function by function."""
        return tuple(one for function in self.functions for one in function.asks)

    @property
    def hours(self) -> Saved:
        """The hours of all asks."""
        return sum((one.hours for one in self.functions), Saved())

    @property
    def saved(self) -> Saved:
        """The hours that the plan saves."""
        return sum((one.saved for one in self.functions), Saved())

    def count(self, words: str) -> int:
        """How many asks stay, merge or end."""
        return sum(one.count(words) for one in self.functions)


@dataclass(frozen=True, slots=True)
class _Ground:
    """What all functions of a plan share."""

    own: frozenset[str]
    matched: Matched
    published: Mapping[str, AskAnswer]
    hours: HoursReader
    rules: PlanRules
    on: date


def make_plan(
    asks: Sequence[Ask],
    matched: Matched,
    subject: SubjectOf,
    on: date,
    rules: PlanRules,
    *,
    frictions: Iterable[AskFriction] = (),
    risks: Iterable[SharedRisk] = (),
    agreements: Sequence[Agreement] = (),
    fictional: bool = False,
    next_board: date | None = None,
) -> Plan:
    """Make the plan of one organisation.

    Parameters
    ----------
    asks
        All asks at hand; those of other organisations tell what hours an ask takes.
    matched
        What the matcher says of them.
    subject
        The organisation, from :func:`remit.remits.find_subject` or, where the register of
        organisations lacks it, :func:`remit.remits.outside_subject`.
    on
        The day whose remits count.
    rules
        From :func:`remit.oversight.rules.load_rules`.
    frictions, risks, agreements
        What people entered; shared risks of others are left out.
    fictional
        Whether the organisation is invented, which every output then says.
    next_board
        The day of the next board: what is due before it is listed.

    Raises
    ------
    AskError
        If nothing is asked of the organisation, or if the board is not after the day.
    RemitMapError
        If the map does not reach back to the day.
    """
    if next_board is not None and next_board <= on:
        raise AskError(f"--next-board {next_board} is not after {on}, the day of the plan (--on)")
    own = [ask for ask in asks if ask.to_org_code == subject.code]
    if not own:
        known = ", ".join(sorted({ask.to_org_code for ask in asks})[:12])
        raise AskError(f"nothing is asked of {subject.code}; asks are there for: {known}")
    answers = everything(rules.remit_map, subject, on, agreements=agreements)
    ids = frozenset(ask.ask_id for ask in own)
    published = {one.ask_id: one for one in matched.answers if one.state is AnswerState.SURE}
    ground = _Ground(ids, matched, published, HoursReader(asks, load_burden()), rules, on)
    return Plan(
        subject=subject,
        on=on,
        functions=tuple(_functions(own, answers, ground)),
        frictions=tuple(f for f in frictions if not f.ask_ids or not ids.isdisjoint(f.ask_ids)),
        risks=tuple(risk for risk in risks if _shares(risk, subject)),
        fictional=fictional or subject.fictional,
        notes=tuple(_notes(own, answers[0])),
        rules=rules,
        next_board=next_board,
    )


def _shares(risk: SharedRisk, subject: SubjectOf) -> bool:
    names = {(subject.code or "").lower(), subject.name.lower()}
    return any(share.organisation.lower() in names for share in risk.shares)


def _notes(own: Sequence[Ask], answer: Answer) -> Iterable[str]:
    yield from answer.notes
    unknown = sum(ask.hours_estimate is None for ask in own)
    if unknown:
        yield f"{unknown} of {len(own)} asks have no hours written down; theirs are estimated."


def _functions(
    own: Sequence[Ask], answers: Sequence[Answer], ground: _Ground
) -> Iterable[FunctionPlan]:
    placed = _placed(own, ground)
    for answer in answers:
        asks = placed.get(answer.function.id, [])
        yield FunctionPlan(
            function=answer.function,
            leader=leader(answer),
            asks=tuple(_planned(asks, answer, ground)),
            overlaps=tuple(o for o in overlaps(ground.rules.remit_map, [answer]) if o.evidence),
            gap=next(iter(gaps(ground.rules.remit_map, [answer])), None),
        )
    if left := placed.get("", []):
        yield FunctionPlan(
            asks=tuple(_planned(left, None, ground)),
            function=None,
            leader=None,
            overlaps=(),
            gap=None,
        )


def _placed(own: Sequence[Ask], ground: _Ground) -> dict[str, list[Ask]]:
    """The asks by function; duplicates go together, by the function that most of them have."""
    frames = {frame.ask.ask_id: frame for frame in ground.matched.frames}
    of = {ask.ask_id: ground.rules.function_of(frames[ask.ask_id]) or "" for ask in own}
    for clique in ground.matched.cliques([ask.ask_id for ask in own]):
        named = [of[id_] for id_ in clique if of[id_]] or [""]
        most = max(dict.fromkeys(named), key=named.count)
        of |= dict.fromkeys(clique, most)
    placed: dict[str, list[Ask]] = {}
    for ask in own:
        placed.setdefault(of[ask.ask_id], []).append(ask)
    return placed


def _planned(asks: Sequence[Ask], answer: Answer | None, ground: _Ground) -> Iterable[PlannedAsk]:
    found = leader(answer) if answer else None
    standings = {
        ask.ask_id: standing(
            ask,
            ground.rules.body_of(ask.from_body),
            answer,
            ground.rules.content.parties,
            collection=ground.rules.collects(ask),
        )
        for ask in asks
    }
    fates: dict[str, Fated] = {}
    published = dict(ground.published)
    for clique in ground.matched.cliques(list(standings)):
        fates |= clique_fates([standings[id_] for id_ in clique], found)
        published |= _shared_answer(clique, published)
    for id_, one in standings.items():
        if id_ not in fates:
            overlapping = _own_overlaps(id_, standings, ground.matched)
            fates[id_] = single_fate(one, found, overlapping)
        answered = published.get(id_)
        fated = published_fate(fates[id_], one, answered)
        yield _with_hours(one, fated, answered, ground)


def _shared_answer(
    clique: Sequence[str], published: Mapping[str, AskAnswer]
) -> dict[str, AskAnswer]:
    """What answers one of several that are the same answers all, in full only if it does each."""
    known = [published[id_] for id_ in clique if id_ in published]
    if not known:
        return {}
    surest = max(known, key=lambda answer: answer.confidence)
    full = all(answer.coverage == "full" for answer in known)
    shared = replace(surest, coverage="full" if full else "part")
    return {id_: replace(shared, ask_id=id_) for id_ in clique}


def _own_overlaps(
    ask_id: str, standings: Mapping[str, AskWithBody], matched: Matched
) -> dict[str, str]:
    return {
        other: reason for other, reason in matched.overlapping(ask_id).items() if other in standings
    }


def _with_hours(
    one: AskWithBody, fated: Fated, published: AskAnswer | None, ground: _Ground
) -> PlannedAsk:
    hours = _hours(ground.hours.of(one.ask))
    return PlannedAsk(
        ask=one.ask,
        body=one.body,
        by_law=one.by_law,
        fated=fated,
        hours=hours,
        hours_known=one.ask.hours_estimate is not None,
        saved=_saved(fated.fate, hours, ground.rules),
        answer=published,
        elsewhere=tuple(ground.matched.elsewhere(one.ask.ask_id, ground.own)),
        published=published_when(one.ask, published, ground.on),
        series=ground.matched.series_of(one.ask.ask_id),
        is_repeated=ground.matched.is_repeated(one.ask.ask_id, ground.own),
    )


def _hours(hours: HoursOfAsk) -> Saved:
    """The hours in order: the mean of few large figures may lie above their upper quartile."""
    low, high = min(hours.low, hours.middle), max(hours.high, hours.middle)
    return Saved(low, hours.middle, high)


def _saved(fate: Fate, hours: Saved, rules: PlanRules) -> Saved:
    saving = rules.saving(fate.value)
    if saving is None:
        return Saved()
    return Saved(hours.low * saving.low, hours.middle * saving.middle, hours.high * saving.high)
