"""What a person decides by confirming proposals of a plan, and which decisions they rest on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from remit.model.ask import AskDecision
from remit.model.errors import AskError
from remit.oversight.planned import Plan, PlannedAsk


@dataclass(frozen=True, slots=True)
class Confirmation:
    """One decision that makes a proposal hold.

    With a ``publication`` it says what answers the ask; else that the ask is the same as another.
    """

    ask_id: str
    says: str
    other: str = ""
    publication: str = ""
    coverage: str = "full"


def proposals(plan: Plan, ask_ids: Sequence[str] = ()) -> list[PlannedAsk]:
    """The asks of a plan whose proposals are meant: those named, or all that save hours.

    Parameters
    ----------
    plan
        The plan.
    ask_ids
        Asks of it; none means every proposal.

    Raises
    ------
    AskError
        If an ask is not in the plan, or nothing is proposed for it; the message says what is.

    Examples
    --------
    ``[one.ask.ask_id for one in proposals(plan)]``
    """
    known = {one.ask.ask_id: one for one in plan.asks}
    if missing := [id_ for id_ in ask_ids if id_ not in known]:
        raise AskError(f"the plan of {plan.subject.label} has no ask {', '.join(missing)}")
    found = [known[id_] for id_ in dict.fromkeys(ask_ids)] if ask_ids else list(plan.asks)
    idle = [one for one in found if not one.fated.fate.saves]
    if ask_ids and idle:
        said = "; ".join(f"{one.ask.ask_id} {one.words}: {one.fated.reason}" for one in idle)
        raise AskError(f"nothing is proposed that could be confirmed. {said}")
    return [one for one in found if one.fated.fate.saves]


def confirmations(found: Iterable[PlannedAsk]) -> Iterator[Confirmation]:
    """The decisions that make proposals hold; of what is confirmed already none."""
    for one in found:
        if not one.confirmed:
            yield _confirmation(one)


def _confirmation(one: PlannedAsk) -> Confirmation:
    ask_id, fate = one.ask.ask_id, one.fated.fate.words
    says = f"{ask_id} {fate}: {one.fated.reason}"
    if one.fated.by_answer and one.answer is not None:
        coverage = "part" if one.fated.stays else "full"
        return Confirmation(ask_id, says, publication=one.answer.publication, coverage=coverage)
    return Confirmation(ask_id, says, other=one.fated.others[0])


def resting_on(
    found: Iterable[PlannedAsk], numbered: Iterable[tuple[int, AskDecision]]
) -> list[tuple[int, PlannedAsk]]:
    """The numbers of the decisions on which what is confirmed rests, each with its ask.

    Parameters
    ----------
    found
        Asks of a plan.
    numbered
        All decisions with their numbers.

    Examples
    --------
    ``resting_on(proposals(plan, ["A1"]), [(1, decision)])``
    """
    decided = list(numbered)
    return [
        (number, one)
        for one in found
        if one.confirmed
        for number, decision in decided
        if _bears(one, decision)
    ]


def _bears(one: PlannedAsk, decision: AskDecision) -> bool:
    """Whether a confirmed proposal rests on a decision."""
    if one.fated.by_answer:
        return decision.kind == "answered" and decision.ask_ids == (one.ask.ask_id,)
    named = set(decision.ask_ids)
    is_same = decision.kind in {"confirm", "merge"} and decision.relation == "duplicate"
    return is_same and one.ask.ask_id in named and not named.isdisjoint(one.fated.others)
