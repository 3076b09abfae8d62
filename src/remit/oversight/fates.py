"""What becomes of each ask: it stays, merges with another, or ends; with the reason in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from remit.model.ask import Ask, AskAnswer
from remit.model.remit import Body
from remit.remits import Answer, Leader

_RETURN = "a national return, which no local plan can end: it stays"
_CANNOT = "the plan cannot end what a body asks that does not agree it"


class Fate(StrEnum):
    """What the plan proposes for an ask."""

    STAY = "stay"
    MERGE = "merge"
    END_LED = "end_led"
    END_PUBLISHED = "end_published"

    @property
    def words(self) -> str:
        """The fate as a page prints it."""
        return {"stay": "stays", "merge": "merges"}.get(self.value, "ends")


@dataclass(frozen=True, slots=True)
class Fated:
    """A fate, why, and the asks that it has to do with."""

    fate: Fate
    reason: str
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AskWithBody:
    """An ask with the body that asks, and what that body may do."""

    ask: Ask
    body: Body | None
    by_law: bool
    party: bool
    """Whether the body is one of those that agree the plan."""
    collection: bool = False
    """Whether it is a national collection, which no body of the plan can end."""


def standing(
    ask: Ask,
    body: Body | None,
    answer: Answer | None,
    parties: Sequence[str],
    *,
    collection: bool = False,
) -> AskWithBody:
    """An ask with whether its body acts by law in the function it asks about."""
    own = [h for h in answer.holdings if body and h.body.id == body.id] if answer else []
    by_law = any(h.entry.statutory and h.entry.relation.may_lead and not h.proposed for h in own)
    return AskWithBody(ask, body, by_law, body is not None and body.id in parties, collection)


def clique_fates(members: Sequence[AskWithBody], leader: Leader | None) -> dict[str, Fated]:
    """The fates of asks that want the same: one is kept, the others merge with it or end.

    A national collection is kept; else the leader's ask; else one by law; else the earliest. A
    second collection, of another body, stays too. Another ask of the same body merges, and so do
    the leader's own and one of a body that acts by law, since its duty stays. One of any other
    body ends where another leads; where nobody leads, it merges.
    """
    lead = leader.holding.body if leader and leader.holding else None
    kept = min(members, key=lambda one: _order(one, lead))
    ids = tuple(one.ask.ask_id for one in members)
    fates = {kept.ask.ask_id: Fated(Fate.STAY, _kept_words(kept, lead), _without(ids, kept))}
    for one in members:
        if one is not kept:
            fates[one.ask.ask_id] = _other_fate(one, kept, lead)
    return fates


def _order(one: AskWithBody, lead: Body | None) -> tuple[bool, bool, bool, str, str]:
    leads = lead is not None and one.body == lead
    received = one.ask.received_on.isoformat() if one.ask.received_on else "9999"
    return not one.collection, not leads, not one.by_law, received, one.ask.ask_id


def _kept_words(kept: AskWithBody, lead: Body | None) -> str:
    if kept.collection:
        return f"{_RETURN}; its answer serves the others"
    if lead is not None and kept.body == lead:
        return f"{lead.short} leads; its answer serves the others"
    why = "it acts by law" if kept.by_law else "it came first"
    who = f"{lead.short} leads but does not ask this" if lead else "no lead is named"
    return f"{who}; this ask is kept, since {why}"


def _without(ids: Sequence[str], one: AskWithBody) -> tuple[str, ...]:
    return tuple(id_ for id_ in ids if id_ != one.ask.ask_id)


def _other_fate(one: AskWithBody, kept: AskWithBody, lead: Body | None) -> Fated:
    same = f"the same as {kept.ask.ask_id} of {kept.ask.from_body}"
    if kept.collection:
        same = f"{same}, a national return"
    fate, why = _other_words(one, kept, lead)
    return Fated(fate, f"{same}; {why}", (kept.ask.ask_id,))


def _other_words(one: AskWithBody, kept: AskWithBody, lead: Body | None) -> tuple[Fate, str]:
    """What becomes of an ask beside the one that is kept, and why."""
    if one.body is not None and one.body == kept.body:
        return Fate.MERGE, "two teams of one body share an answer"
    if one.collection:
        return Fate.STAY, f"{_RETURN}, with the same figures"
    if one.by_law:
        return Fate.MERGE, "its duty is by law and stays, one answer serves"
    if not one.party:
        return Fate.MERGE, f"{_CANNOT}, one answer serves"
    return _party_words(one, kept, lead)


def _party_words(one: AskWithBody, kept: AskWithBody, lead: Body | None) -> tuple[Fate, str]:
    """What becomes of the ask of a body that agrees the plan and has no duty by law here."""
    if lead is None or not (kept.collection or kept.body == lead):
        return Fate.MERGE, "one answer serves until a lead is agreed"
    if one.body == lead:
        return Fate.MERGE, f"{lead.short} leads and takes its answer"
    return Fate.END_LED, f"{lead.short} leads"


def published_fate(fated: Fated, one: AskWithBody, answer: AskAnswer | None) -> Fated:
    """The fate of an ask that a publication surely answers, whole or in part.

    One that comes out after the due day, or nobody knows when, ends nothing.

    Where a body that does not agree the plan asks, the plan cannot end its ask, but the published
    figure is its answer. A national collection stays: it is what the publication is made from.
    """
    if one.collection or answer is None or answer.out_by_due is not True:
        return fated
    if answer.coverage == "full":
        said = f"{answer.name} answers it"
        if not one.party:
            said = f"{said}: send its figure; {_CANNOT}"
            return Fated(Fate.MERGE, said, fated.others)
        return Fated(Fate.END_PUBLISHED, said, fated.others)
    if fated.fate is not Fate.STAY:
        return fated
    part = f"{answer.name} has the numbers; only the rest needs an answer"
    reason = f"{fated.reason}; {part}" if fated.reason else part
    return Fated(Fate.STAY, reason, fated.others)


def single_fate(one: AskWithBody, leader: Leader | None, overlaps: Mapping[str, str]) -> Fated:
    """The fate of an ask that no other repeats: it stays, with what to know of it."""
    said = []
    lead = leader.holding.body if leader and leader.holding else None
    if one.body is None:
        said.append("the map does not know who asks")
    elif one.collection:
        said.append(_RETURN)
    elif lead is not None and one.party and one.body != lead and not one.by_law:
        said.append(f"{lead.short} leads: ask with and through it")
    if overlaps:
        names = ", ".join(overlaps)
        said.append(f"overlaps {names}: one answer would largely serve")
    return Fated(Fate.STAY, "; ".join(said) or "nobody else asks this", tuple(overlaps))
