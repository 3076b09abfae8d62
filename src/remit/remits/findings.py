"""Across functions: who leads, where two bodies oversee the same, and where nobody clearly does."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

from remit.model.remit import Body, Documented, Function
from remit.remits.holdings import Answer, Holding
from remit.remits.remit_map import RemitMap, holding


@dataclass(frozen=True, slots=True)
class Evidence:
    """Who documented an overlap or a gap, and in what words."""

    says: str
    source: str
    verified: bool


@dataclass(frozen=True, slots=True)
class Overlap:
    """Two bodies that both call one organisation to account for one function.

    ``evidence`` is empty where the overlap follows from the map alone.
    """

    function: Function
    first: Holding
    second: Holding
    evidence: tuple[Evidence, ...]
    others: tuple[Holding, ...] = ()
    """Further bodies of a documented overlap whose bodies do not all oversee."""

    @property
    def by_law(self) -> bool:
        """Whether all act by law, so that an agreement cannot end the overlap."""
        return all(one.entry.statutory for one in self.holdings)

    @property
    def holdings(self) -> tuple[Holding, ...]:
        """The remits that overlap."""
        return (self.first, self.second, *self.others)

    @property
    def names(self) -> str:
        """The bodies, in a list."""
        *most, last = (one.body.short for one in self.holdings)
        return f"{', '.join(most)} and {last}"


@dataclass(frozen=True, slots=True)
class Leader:
    """Who leads on a function: by the map, by being alone, or nobody that can be named.

    ``itself`` says that the organisation leads on its own work, where nobody outside it does.
    """

    basis: Literal["map", "agreement", "alone", "none"]
    holding: Holding | None
    candidates: tuple[Holding, ...]
    says: str
    itself: bool = False

    @property
    def is_nobody(self) -> bool:
        """Whether nobody leads, the organisation itself not either."""
        return self.holding is None and not self.itself


@dataclass(frozen=True, slots=True)
class Gap:
    """A function that nobody clearly holds.

    ``kind`` is ``nobody`` where nobody outside the organisation is in the map, ``unclear`` where a
    source says that the owner is not clear, ``no_lead`` where several oversee and none leads.
    """

    function: Function
    kind: Literal["nobody", "unclear", "no_lead"]
    says: str
    evidence: tuple[Evidence, ...]


def leader(answer: Answer) -> Leader:
    """Who leads on a function.

    The leader is the one that the map or an agreement names; else the only one that oversees;
    else nobody, and those that oversee are the candidates.
    """
    outside = [h for h in answer.holdings if not h.proposed and not is_own(h.body, answer)]
    named = next((h for h in outside if h.leads and h.local), None) or next(
        (h for h in outside if h.leads), None
    )
    overseers = _one_each([h for h in outside if h.entry.relation.oversight])
    if named:
        basis: Literal["map", "agreement"] = "agreement" if named.local else "map"
        said = f"{named.local} names it" if named.local else "the map names it"
        return Leader(basis, named, overseers, said)
    if len(overseers) == 1:
        return Leader("alone", overseers[0], overseers, "it is the only one that oversees")
    itself = any(h.leads and not h.proposed for h in answer.holdings if is_own(h.body, answer))
    own = "; it leads itself" if itself else ""
    if overseers:
        names = ", ".join(h.body.short for h in overseers)
        none = "" if itself else "; the map names no lead"
        return Leader("none", None, overseers, f"{names} oversee{own or none}", itself)
    return Leader("none", None, (), f"the map names nobody that oversees{own}", itself)


def without_lead(answers: Sequence[Answer]) -> list[Function]:
    """The functions on which nobody leads, as every page and command counts them.

    What is only proposed leads on nothing; an organisation that leads on its own work is somebody.
    A function of which somebody documented that its owner
    is unclear is among them where nobody leads on it.
    """
    return [answer.function for answer in answers if leader(answer).is_nobody]


def overlaps(remit_map: RemitMap, answers: Sequence[Answer]) -> list[Overlap]:
    """Bodies that oversee the same, in pairs, and documented crowds; with evidence first."""
    found = [one for answer in answers for one in _overlaps_of(remit_map, answer)]
    return sorted(found, key=lambda one: not one.evidence)


def gaps(remit_map: RemitMap, answers: Sequence[Answer]) -> list[Gap]:
    """Functions that nobody clearly holds: documented ones, then nobody, then no lead."""
    order = ("unclear", "nobody", "no_lead")
    found = [gap for answer in answers for gap in _gaps_of(remit_map, answer)]
    return sorted(found, key=lambda gap: order.index(gap.kind))


def _overlaps_of(remit_map: RemitMap, answer: Answer) -> Iterator[Overlap]:
    for first, second in combinations(_one_each(answer.overseers), 2):
        said = _documented(
            remit_map.documented_overlaps, remit_map, answer, {first.body.id, second.body.id}
        )
        yield Overlap(answer.function, first, second, tuple(said))
    yield from _crowds(remit_map, answer)


def _crowds(remit_map: RemitMap, answer: Answer) -> Iterator[Overlap]:
    """Documented overlaps of bodies that do not all oversee, such as those who investigate."""
    held = {one.body.id: one for one in _one_each([h for h in answer.holdings if not h.proposed])}
    overseers = {one.body.id for one in answer.overseers}
    for one in holding(remit_map.documented_overlaps, answer.on, proposed=False):
        there = [held[name] for name in one.bodies if name in held]
        told = len(overseers.intersection(one.bodies)) > 1
        if answer.function.id in one.functions and len(there) > 1 and not told:
            evidence = (_evidence(remit_map, one),)
            yield Overlap(answer.function, there[0], there[1], evidence, tuple(there[2:]))


def _gaps_of(remit_map: RemitMap, answer: Answer) -> Iterator[Gap]:
    said = tuple(_documented(remit_map.documented_gaps, remit_map, answer, set()))
    if said:
        yield Gap(answer.function, "unclear", said[0].says, said)
        return
    outside = [h for h in answer.holdings if not h.proposed and not is_own(h.body, answer)]
    if not outside:
        yield Gap(answer.function, "nobody", "nobody outside the organisation is in the map", ())
        return
    found = leader(answer)
    if found.is_nobody and len(found.candidates) > 1:
        yield Gap(answer.function, "no_lead", found.says, ())


def _documented(
    items: Sequence[Documented], remit_map: RemitMap, answer: Answer, bodies: set[str]
) -> Iterator[Evidence]:
    for one in holding(items, answer.on, proposed=False):
        if answer.function.id in one.functions and bodies.issubset(one.bodies):
            yield _evidence(remit_map, one)


def _evidence(remit_map: RemitMap, one: Documented) -> Evidence:
    source = remit_map.source_of(one)
    return Evidence(one.says, source.title if source else "", one.verified)


def _one_each(holdings: Sequence[Holding]) -> tuple[Holding, ...]:
    """One remit of each body, the best founded."""
    best: dict[str, Holding] = {}
    for one in holdings:
        held = best.get(one.body.id)
        if held is None or _weight(one) > _weight(held):
            best[one.body.id] = one
    return tuple(best.values())


def _weight(one: Holding) -> tuple[bool, bool, bool]:
    return one.leads, one.entry.statutory, one.entry.verified


def is_own(body: Body, answer: Answer) -> bool:
    """Whether a body is the organisation itself, or part of it."""
    own = "icb" if "icb" in {kind.value for kind in answer.subject.kinds} else "trust"
    return body.register_type == own or (own == "trust" and body.id == "governors")
