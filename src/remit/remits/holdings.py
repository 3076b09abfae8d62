"""Who holds a remit: the bodies that do something about a function at an organisation, on a day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from remit.model.remit import Body, Duty, Entry, Function, Relation, RemitSource, Status, Subject
from remit.register.card import Named
from remit.remits.agreements import Agreement
from remit.remits.remit_map import RemitMap, exists, holding
from remit.remits.subjects import SubjectOf
from remit.words.sentences import sentence_case

_ORDER = list(Relation)


@dataclass(frozen=True, slots=True)
class Holding:
    """One body's remit for one function at one organisation.

    ``named`` is the organisation that the body is here, where the register names it.
    ``local`` is the title of the agreement by which it holds; ``note`` says what a proposal or
    an agreement would change.
    """

    function: Function
    body: Body
    named: Named | None
    entry: Entry
    source: RemitSource | None
    leads: bool
    local: str = ""
    note: str = ""

    @property
    def proposed(self) -> bool:
        """Whether it is only proposed."""
        return self.entry.status is Status.PROPOSED

    @property
    def only(self) -> str:
        """The kinds of organisation it is limited to, in words; empty where it is all of them."""
        kinds = self.entry.subjects
        if self.local or Subject.TRUST in kinds or kinds == (Subject.ICB,):
            return ""
        return f"{' and '.join(f'{kind.words}s' for kind in kinds)} only"

    @property
    def mark(self) -> str:
        """How well it is known, in a word or two; empty where it stands in its source."""
        if self.local:
            return "local agreement"
        words = ("proposed" if self.proposed else "", self.entry.verdict.mark)
        return ", ".join(word for word in words if word)

    @property
    def who(self) -> str:
        """The body, with the organisation that it is here."""
        return f"{self.body.name}: {self.named.name}" if self.named else self.body.name


@dataclass(frozen=True, slots=True)
class Answer:
    """Who does what about a function at an organisation on a day.

    ``ended`` are remits that an agreement ends; ``notes`` what the reader should know.
    """

    function: Function
    subject: SubjectOf
    on: date
    holdings: tuple[Holding, ...]
    ended: tuple[Holding, ...]
    duties: tuple[Duty, ...]
    notes: tuple[str, ...]

    @property
    def overseers(self) -> tuple[Holding, ...]:
        """Those that call the organisation to account, without what is only proposed."""
        return tuple(h for h in self.holdings if h.entry.relation.oversight and not h.proposed)


def who(
    remit_map: RemitMap,
    function: Function,
    subject: SubjectOf,
    on: date,
    *,
    proposed: bool = False,
    agreements: Sequence[Agreement] = (),
) -> Answer:
    """Answer who holds which remit.

    Parameters
    ----------
    remit_map, function, subject
        What the question is about.
    on
        The day.
    proposed
        Whether proposals are shown too; each is marked.
    agreements
        The user's own, laid over the map where they apply.

    Raises
    ------
    RemitMapError
        If the map does not reach back to the day.
    """
    remit_map.check_day(on)
    applying = [one for one in agreements if one.applies(subject, on)]
    bodies = list(remit_map.bodies)
    found = [
        *_declared(remit_map, function, subject, on, proposed),
        *_agreed(remit_map, function, subject, applying),
    ]
    found.sort(key=lambda h: (_ORDER.index(h.entry.relation), bodies.index(h.body.id)))
    kept, ended = _after(found, function, applying)
    return Answer(
        function=function,
        subject=subject,
        on=on,
        holdings=tuple(_led(kept, function, applying)),
        ended=tuple(ended),
        duties=tuple(duties_on(remit_map, on, proposed=proposed)),
        notes=(
            *_notes(remit_map, subject, on),
            *(one.why_not(subject, on) for one in agreements if one not in applying),
        ),
    )


def everything(
    remit_map: RemitMap,
    subject: SubjectOf,
    on: date,
    *,
    proposed: bool = False,
    agreements: Sequence[Agreement] = (),
) -> list[Answer]:
    """The answers for all functions that concern an organisation, in the order of the map.

    A function that an agreement names is among them, whomever the map says it concerns.
    """
    agreed = {
        name for one in agreements for entry in one.content.entries for name in entry.functions
    }
    return [
        who(remit_map, function, subject, on, proposed=proposed, agreements=agreements)
        for function in remit_map.functions.values()
        if function.id in agreed or remit_map.concerns(function, subject.kinds)
    ]


def duties_on(remit_map: RemitMap, on: date, *, proposed: bool = False) -> list[Duty]:
    """The duties that bind several bodies on a day."""
    return holding(remit_map.duties, on, proposed=proposed)


def _declared(
    remit_map: RemitMap, function: Function, subject: SubjectOf, on: date, proposed: bool
) -> Iterator[Holding]:
    region = subject.around.get("region")
    for entry in holding(remit_map.entries, on, proposed=proposed):
        body = remit_map.bodies[entry.body]
        about = function.id in entry.functions and not subject.kinds.isdisjoint(entry.subjects)
        here = entry.holds_in(region.code if region else None)
        if about and here and exists(body, on):
            yield Holding(
                function=function,
                body=body,
                named=subject.named(body),
                entry=entry,
                source=remit_map.source_of(entry),
                leads=entry.leads,
                note=_would_end(body, entry) if proposed else "",
            )


def _would_end(body: Body, entry: Entry) -> str:
    if body.proposed_end is None or entry.status is Status.PROPOSED:
        return ""
    return f"would end by the proposal: {body.proposed_end.says}"


def _agreed(
    remit_map: RemitMap, function: Function, subject: SubjectOf, agreements: Sequence[Agreement]
) -> Iterator[Holding]:
    for agreement in agreements:
        for entry in agreement.entries(subject):
            if function.id in entry.functions:
                body = remit_map.bodies[entry.body]
                named = subject.named(body)
                yield Holding(
                    function, body, named, entry, None, entry.leads, local=agreement.title
                )


def _after(
    found: Sequence[Holding], function: Function, agreements: Sequence[Agreement]
) -> tuple[list[Holding], list[Holding]]:
    """What is left when the agreements have ended what they can, and what they ended."""
    kept: list[Holding] = []
    ended: list[Holding] = []
    for one in found:
        by = next((a for a in agreements if a.stops(one.entry, function.id)), None)
        if by is None or one.local:
            kept.append(one)
        elif one.entry.statutory:
            note = f"“{by.title}” would end it, but it is a duty by law and stays"
            kept.append(replace(one, note=note))
        else:
            ended.append(replace(one, note=f"ended by “{by.title}”"))
    return kept, ended


def _led(
    kept: Sequence[Holding], function: Function, agreements: Sequence[Agreement]
) -> Iterator[Holding]:
    """The remits with the leader that an agreement names, if one does."""
    named = next((a for a in agreements if a.leads_on(function.id)), None)
    for one in kept:
        in_force = one.leads and not one.local and not one.proposed
        if named and in_force and one.body.id != named.leads_on(function.id):
            yield replace(one, leads=False, note=f"led until “{named.title}” named another body")
        else:
            yield one


def _notes(remit_map: RemitMap, subject: SubjectOf, on: date) -> Iterator[str]:
    if subject.note:
        yield f"{sentence_case(subject.note)}."
    if on > remit_map.known_until:
        yield (
            f"The map knows nothing after {remit_map.known_until}; what was in force then is shown."
        )
