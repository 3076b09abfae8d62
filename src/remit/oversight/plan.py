"""The oversight plan of one organisation, function by function."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from remit.asks import HoursReader, SharedRisk, load_burden
from remit.asks.burden.hours import HoursOfAsk
from remit.asks.matching.frames import Frame
from remit.model.ask import AnswerState, Ask, AskAnswer, AskFriction
from remit.model.errors import AskError
from remit.oversight.fates import (
    AskWithBody,
    Fate,
    Fated,
    clique_fates,
    over,
    published_fate,
    single_fate,
    standing,
)
from remit.oversight.matched import Matched
from remit.oversight.planned import FunctionPlan, Plan, PlanHours, PlannedAsk, Saved
from remit.oversight.published import published_when
from remit.oversight.rest import rest_of
from remit.oversight.rules import PlanRules
from remit.remits import (
    Agreement,
    Answer,
    SubjectOf,
    gaps,
    leader,
    overlaps,
)
from remit.remits.holdings import everything


@dataclass(frozen=True, slots=True)
class _Ground:
    """What all functions of a plan share."""

    own: frozenset[str]
    matched: Matched
    published: Mapping[str, AskAnswer]
    hours: HoursReader
    rules: PlanRules
    on: date
    closed: frozenset[str]
    frames: Mapping[str, Frame]


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
    closed: Collection[str] = (),
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
    closed
        The asks that were answered, as the register has them.
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
    ground = _Ground(
        ids, matched, published, HoursReader(asks, load_burden()), rules, on, frozenset(closed),
        {frame.ask.ask_id: frame for frame in matched.frames},
    )  # fmt: skip
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
    """The asks by function; duplicates go together, by the function that most of them have.

    Where a log's column of teams names one, that is asked before all that the words say.
    """
    frames, rules = ground.frames, ground.rules
    of = {ask.ask_id: rules.function_of(frames[ask.ask_id]) or "" for ask in own}
    by_team = {ask.ask_id for ask in own if rules.function_of_team(ask)}
    for clique in ground.matched.cliques([ask.ask_id for ask in own]):
        asked = [id_ for id_ in clique if id_ in by_team] or clique
        named = [of[id_] for id_ in asked if of[id_]] or [""]
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
        done = over(
            one.ask, ground.on, closed=id_ in ground.closed,
            is_repeated=ground.matched.is_repeated(id_, ground.own),
        )  # fmt: skip
        rest = rest_of(ground.frames[id_], answered, ground.rules.content.besides)
        fated = done or published_fate(fates[id_], one, answered, rest)
        yield _with_hours(one, fated, answered, ground)


def _shared_answer(
    clique: Sequence[str], published: Mapping[str, AskAnswer]
) -> dict[str, AskAnswer]:
    """What answers one of several that are the same answers all, in full only if it does each.

    Who is not surely answered itself has the answer of the others shown; nothing ends by it.
    """
    known = [published[id_] for id_ in clique if id_ in published]
    if not known:
        return {}
    surest = max(known, key=lambda answer: answer.confidence)
    full = all(published[id_].coverage == "full" for id_ in clique if id_ in published)
    coverage = "full" if full else "part"
    shared = replace(surest, out_by_due=None, decided_by="matcher")
    return {
        id_: replace(published.get(id_, shared), ask_id=id_, coverage=coverage) for id_ in clique
    }


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
        confirmed=_confirmed(one.ask.ask_id, fated, published, ground.matched),
        hours=hours,
        hours_known=one.ask.hours_estimate is not None,
        would_save=_saved(fated.fate, hours, ground.rules),
        answer=published,
        elsewhere=tuple(ground.matched.elsewhere(one.ask.ask_id, ground.own)),
        published=published_when(one.ask, published, ground.on),
        series=ground.matched.series_of(one.ask.ask_id),
        is_repeated=ground.matched.is_repeated(one.ask.ask_id, ground.own),
    )


def _confirmed(ask_id: str, fated: Fated, answer: AskAnswer | None, matched: Matched) -> bool:
    """Whether a person decided what a proposal rests on: the answer, or the pair of asks."""
    if not fated.fate.saves:
        return False
    if fated.by_answer:
        return answer is not None and answer.decided_by == "person"
    return matched.is_decided(ask_id, fated.others)


def _hours(hours: HoursOfAsk) -> PlanHours:
    """The hours in order: the mean of few large figures may lie above their upper quartile."""
    low, high = min(hours.low, hours.middle), max(hours.high, hours.middle)
    return PlanHours(low, hours.middle, high)


def _saved(fate: Fate, hours: PlanHours, rules: PlanRules) -> Saved:
    saving = rules.saving(fate.value)
    if saving is None:
        return Saved()
    return Saved(hours.low * saving.low, hours.high * saving.high)
