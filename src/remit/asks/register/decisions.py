"""What people decide about pairs of asks; kept until taken back, and respected by matching."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from remit.asks.register.learning import propose
from remit.asks.register.numbering import HasTables
from remit.asks.register.register import AskRegister
from remit.asks.register.typed import check_role, without_names
from remit.catalogue.entries import entry_that_answers
from remit.model.ask import COVERAGES, PAIR_KINDS, AskDecision, AskRelation
from remit.model.errors import AskError


def decide(
    register: AskRegister,
    kind: str,
    ask_ids: Sequence[str],
    *,
    relation: str = "duplicate",
    decided_by: str | None = None,
    decided_on: date | None = None,
    note: str | None = None,
) -> int:
    """Keep a decision and return its number.

    Parameters
    ----------
    register
        The open register.
    kind
        ``confirm`` or ``merge``: the asks are what ``relation`` says; ``split``: they are distinct.
    ask_ids
        Two or more asks of the register.
    relation
        ``duplicate`` or ``overlap``.
    decided_by
        The role of who decided, not a name.
    decided_on, note
        When, and why.

    Raises
    ------
    AskError
        If the kind or the relation is none, who decided reads as a person, or an ask is not in the
        register.
    """
    if kind not in PAIR_KINDS:
        raise AskError(f"{kind!r} is no decision on pairs; use one of {', '.join(PAIR_KINDS)}")
    if relation not in {str(r.value) for r in AskRelation}:
        raise AskError(f"{relation!r} is no relation; use duplicate or overlap")
    wanted = list(dict.fromkeys(ask_ids))
    if len(wanted) < 2:
        raise AskError("a decision is about two asks or more; name them")
    said = AskDecision(kind, tuple(wanted), AskRelation(relation), decided_by, decided_on, note)
    return _kept(register, said)


def decide_answered(
    register: AskRegister,
    ask_id: str,
    publication: str,
    *,
    coverage: str = "full",
    decided_by: str | None = None,
    decided_on: date | None = None,
    note: str | None = None,
) -> int:
    """Keep the decision that a publication answers an ask, and return its number.

    Parameters
    ----------
    register
        The open register.
    ask_id
        The ask.
    publication
        The identifier of an entry of the catalogue that has figures.
    coverage
        ``full``, or ``part`` where something of the ask stays.
    decided_by, decided_on, note
        As for :func:`decide`.

    Raises
    ------
    AskError
        If there is no such ask, or who decided reads as a person.
    UnknownCode
        If no publication has this identifier.

    Examples
    --------
    ``decide_answered(register, "A01", "ae", decided_by="company secretary")``
    """
    if coverage not in COVERAGES:
        raise AskError(f"{coverage!r} is no coverage; use one of {', '.join(COVERAGES)}")
    entry_that_answers(publication)
    said = (AskRelation.DUPLICATE, decided_by, decided_on, note)
    return _kept(register, AskDecision("answered", (ask_id,), *said, publication, coverage))


def _kept(register: AskRegister, one: AskDecision) -> int:
    if one.decided_by:
        check_role(one.decided_by)
    row = {
        "kind": one.kind,
        "relation": one.relation.value,
        "decided_by": one.decided_by,
        "decided_on": one.decided_on,
        "note": one.note and without_names(one.note),
        "publication": one.publication,
        "coverage": one.coverage,
    }
    with register.all_or_nothing():
        for ask_id in one.ask_ids:
            register.get(ask_id)
        number = max(decision_numbers(register), default=0) + 1
        register.append("Decision", [{"number": number} | row])
        register.append("DecisionAsk", part_rows({"decision_id": number}, "ask_id", one.ask_ids))
        if one.publication:
            propose(register, number, one.ask_ids[0], one.publication)
    return number


def decisions(register: AskRegister, *, everything: bool = False) -> list[AskDecision]:
    """The decisions in the order in which they were taken; of two on a pair the later holds.

    Parameters
    ----------
    register
        The open register.
    everything
        Also decisions on asks that were taken out, which have no effect; else a decision names
        only asks that are there.
    """
    there = None if everything else {ask.ask_id for ask in register.asks()}
    found = [_present(decision, there) for decision in _all(register)]
    return [one for one in found if everything or len(one.ask_ids) >= one.least_asks]


def _present(decision: AskDecision, there: set[str] | None) -> AskDecision:
    if there is None:
        return decision
    return replace(decision, ask_ids=tuple(i for i in decision.ask_ids if i in there))


def _all(register: AskRegister) -> list[AskDecision]:
    named = parts(register, "DecisionAsk", "decision_id", "ask_id")
    fields = ("number", "kind", "relation", "decided_by", "decided_on", "note",
              "publication", "coverage")  # fmt: skip
    rows = register.table("Decision").order_by("number").values_list(*fields)
    return [
        AskDecision(kind, tuple(named.get(number, ())), AskRelation(relation), *said)
        for number, kind, relation, *said in rows
    ]


def part_rows(entry: dict[str, Any], part: str, named: Iterable[Any]) -> list[dict[str, Any]]:
    """What an entry names, as rows that :func:`parts` gives back in this order.

    >>> part_rows({"decision_id": 1}, "ask_id", ["A1"])
    [{'decision_id': 1, 'place': 1, 'ask_id': 'A1'}]
    """
    return [entry | {"place": place, part: one} for place, one in enumerate(named, start=1)]


def parts(register: HasTables, table: str, whole: str, part: str) -> dict[Any, list[Any]]:
    """What each entry names, in the order in which it was named.

    Parameters
    ----------
    register
        The open register.
    table
        The table that relates entries to what they name, such as ``DecisionAsk``.
    whole, part
        Its columns: the entry, and what it names.

    Examples
    --------
    >>> parts(register, "DecisionAsk", "decision_id", "ask_id")  # doctest: +SKIP
    {1: ['A1', 'A2']}
    """
    found: dict[Any, list[Any]] = {}
    for one, named in register.table(table).order_by("place", "id").values_list(whole, part):
        found.setdefault(one, []).append(named)
    return found


def decision_numbers(register: AskRegister) -> list[int]:
    """The numbers of all decisions, in order."""
    return list(register.table("Decision").order_by("number").values_list("number", flat=True))


def take_back(register: AskRegister, number: int | None = None) -> int:
    """Take back a decision, by default the last, and return its number.

    Raises
    ------
    AskError
        If there is none.
    """
    with register.all_or_nothing():
        there = decision_numbers(register)
        found = max(there, default=None) if number is None else number
        if found is None or found not in there:
            raise AskError("there is no such decision to take back; see: remit asks decide")
        register.table("Decision").filter(number=found).delete()
        register.mark_for_wiping()
    return int(found)
