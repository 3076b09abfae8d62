"""What people decided about answers, laid over what was found."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from remit.catalogue.entries import entry_that_answers
from remit.model.ask import AnswerState, AskAnswer, AskDecision


def with_decisions(found: Sequence[AskAnswer], decisions: Iterable[AskDecision]) -> list[AskAnswer]:
    """The answers of all asks; where a person decided, that one is sure and stands first.

    Of several decisions on an ask the last holds. What was found beside it comes after it.
    """
    decided = {one.ask_ids[0]: one for one in decisions if one.kind == "answered"}
    by_ask: dict[str, list[AskAnswer]] = {}
    for answer in found:
        by_ask.setdefault(answer.ask_id, []).append(answer)
    for ask_id in decided:
        by_ask.setdefault(ask_id, [])
    return [one for ask_id, some in by_ask.items() for one in _of_ask(ask_id, some, decided)]


def _of_ask(
    ask_id: str, found: Sequence[AskAnswer], decided: Mapping[str, AskDecision]
) -> Sequence[AskAnswer]:
    decision = decided.get(ask_id)
    if decision is None or decision.publication is None:
        return found
    own = next((one for one in found if one.publication == decision.publication), None)
    first = own or _unfound(ask_id, decision.publication)
    first = replace(
        first,
        rank=1,
        confidence=1.0,
        state=AnswerState.SURE,
        coverage=decision.coverage,
        reason="; ".join(filter(None, ("decided by a person", first.reason))),
        decided_by="person",
    )
    others = [one for one in found if one is not own]
    lower = [
        replace(one, rank=rank, state=min(one.state, AnswerState.PERHAPS, key=_ORDER.index))
        for rank, one in enumerate(others, start=2)
    ]
    return [first, *lower][: max(len(found), 1)]


_ORDER = [AnswerState.NO, AnswerState.PERHAPS, AnswerState.SURE]


def _unfound(ask_id: str, publication: str) -> AskAnswer:
    """An answer that a person knows and the matcher did not find; when it comes is not known."""
    name = entry_that_answers(publication).name
    return AskAnswer(ask_id, publication, 1, 1.0, AnswerState.SURE, name=name)
