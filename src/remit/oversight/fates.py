"""What becomes of each ask: it stays, merges with another, or ends; with the reason in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from remit.model.ask import Ask, AskAnswer
from remit.model.remit import Body
from remit.oversight.recurring import comes_back
from remit.remits import Answer, Leader
from remit.words.days import day_words
from remit.words.sentences import listed

_RETURN = "a national return, which no local plan can end: it stays"
_CANNOT = "the plan cannot end what a body asks that does not agree it"


class Fate(StrEnum):
    """What the plan proposes for an ask."""

    STAY = "stay"
    MERGE = "merge"
    END_LED = "end_led"
    END_PUBLISHED = "end_published"
    END_PART = "end_part"
    """A publication has a part of it; the rest stays, by name."""
    OVER = "over"
    """It was answered, or its day is past: nothing is left to propose or to save."""

    @property
    def words(self) -> str:
        """The fate as a page prints it, once a person has confirmed it."""
        plain = {"stay": "stays", "merge": "merges", "over": "is over", "end_part": "ends in part"}
        return plain.get(self.value, "ends")

    @property
    def proposed_words(self) -> str:
        """The same while nobody has confirmed it."""
        proposed = {"merges": "can merge", "ends": "can end", "ends in part": "can end in part"}
        return proposed.get(self.words, self.words)

    @property
    def saves(self) -> bool:
        """Whether it saves hours, and so wants to be confirmed."""
        return self not in {Fate.STAY, Fate.OVER}


@dataclass(frozen=True, slots=True)
class Fated:
    """A fate, why, and the asks that it has to do with.

    ``by_answer`` says that it rests on what a publication answers, and not on other asks.
    ``stays`` names what a publication does not have of it.
    """

    fate: Fate
    reason: str
    others: tuple[str, ...] = ()
    by_answer: bool = False
    stays: tuple[str, ...] = ()


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


def published_fate(
    fated: Fated, one: AskWithBody, answer: AskAnswer | None, rest: Sequence[str] = ()
) -> Fated:
    """The fate of an ask that a publication surely answers, whole or in part.

    Parameters
    ----------
    fated
        Its fate beside other asks.
    one
        The ask.
    answer
        What surely answers it, if anything does. One that comes out after the due day ends
        nothing; one of which that is not known ends nothing unless a person decided it.
    rest
        What else it asks, by name; where that is not empty, it is answered in part at most.

    Where a body that does not agree the plan asks, the plan cannot end its ask, but the published
    figure is its answer. A national collection stays: it is what the publication is made from.

    Examples
    --------
    ``published_fate(fated, one, answer, ("harm reviews",))``
    """
    if one.collection or answer is None or not _in_time(answer):
        return fated
    if answer.coverage == "full" and not rest:
        said = f"{answer.name} answers it"
        if one.party:
            return Fated(Fate.END_PUBLISHED, said, fated.others, by_answer=True)
        said = f"{said}: send its figure; {_CANNOT}"
        return Fated(Fate.MERGE, said, fated.others, by_answer=True)
    if fated.fate is not Fate.STAY:
        return fated
    named = tuple(rest) or (_REST,)
    part = f"{stays_words(named)}; {_covered_words(answer)}"
    if one.party:
        return Fated(Fate.END_PART, part, fated.others, by_answer=True, stays=named)
    said = "; ".join(filter(None, (fated.reason, part, _CANNOT)))
    return Fated(Fate.STAY, said, fated.others, stays=named)


_REST = "what else it asks"


def _in_time(answer: AskAnswer) -> bool:
    if answer.decided_by == "person":
        return answer.out_by_due is not False
    return answer.out_by_due is True


def stays_words(named: Sequence[str]) -> str:
    """What stays of an ask, by name.

    >>> stays_words(["harm reviews"]), stays_words(["narrative"])
    ('harm reviews stay', 'narrative stays')
    """
    several = len(named) > 1 or (named[0].endswith("s") and named[0] != _REST)
    return f"{listed(named)} {'stay' if several else 'stays'}"


def _covered_words(answer: AskAnswer) -> str:
    out = f", about {day_words(answer.out_on)}" if answer.out_on else ""
    if not answer.measure:
        return f"the numbers are published in {answer.name}{out}"
    return f"{answer.measure}: published in {answer.name}{out}"


def over(ask: Ask, on: date, *, closed: bool, is_repeated: bool) -> Fated | None:
    """That an ask is over: answered, or past and not to come again; None where it is open.

    Parameters
    ----------
    ask
        The ask.
    on
        The day of the plan.
    closed
        Whether the register has it as answered.
    is_repeated
        Whether a later ask of the same return is there, which stands for what is to come.

    Examples
    --------
    ``over(ask, date(2026, 6, 1), closed=False, is_repeated=False)``
    """
    if closed:
        return Fated(Fate.OVER, "it was answered: nothing is left to save")
    if ask.due_on is None or ask.due_on >= on:
        return None
    if is_repeated:
        return Fated(Fate.OVER, "a later one of the same return is there: it saves the hours")
    if comes_back(ask):
        return None
    return Fated(Fate.OVER, f"it was due on {day_words(ask.due_on)}: nothing is left to save")


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
