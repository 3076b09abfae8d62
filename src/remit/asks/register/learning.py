"""What a register learns from decisions: spoken names, proposed and then accepted or declined.

A proposal hangs on the decision and the ask that it was made from, and goes with either of them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from remit.asks.register.register import AskRegister
from remit.asks.register.wordings import proposed_name
from remit.model.errors import AskError

_NUMBERED = "learnt"
PROPOSED, ACCEPTED, DECLINED = "proposed", "accepted", "declined"


@dataclass(frozen=True, slots=True)
class LearntNameRow:
    """A spoken name for an entry of the catalogue, and from how many decisions it comes."""

    number: int
    entry: str
    words: str
    state: str
    decisions: int
    settled_on: date | None = None


def propose(register: AskRegister, decision: int, ask_id: str, entry: str) -> int | None:
    """Keep what an ask may call an entry, as a proposal; its number, None where there is none.

    What was proposed of the ask for another entry goes: the later decision corrects the earlier.

    Parameters
    ----------
    register
        The open register.
    decision
        The number of the decision that the entry answers the ask.
    ask_id, entry
        The two.

    Examples
    --------
    ``propose(register, 1, "A1", "ae")``
    """
    names = register.table("LearntName")
    names.filter(ask_id=ask_id, state=PROPOSED).exclude(entry=entry).delete()
    words = proposed_name(register.get(ask_id).ask, entry)
    if words is None:
        return None
    same = names.filter(words=words, entry=entry).values("number", "state", "settled_on").first()
    row = same or {"number": next_number(register), "state": PROPOSED, "settled_on": None}
    of = {"decision_id": decision, "ask_id": ask_id, "entry": entry, "words": words}
    register.append("LearntName", [of | row])
    return int(row["number"])


def names_learnt(register: AskRegister) -> list[LearntNameRow]:
    """All names, proposed, accepted or declined, in the order in which they were first proposed."""
    fields = ("number", "entry", "words", "state", "settled_on", "decision_id")
    rows = register.table("LearntName").order_by("number", "id").values_list(*fields)
    found: dict[int, tuple[Any, ...]] = {}
    from_decisions: dict[int, set[int]] = {}
    for number, *rest, decision in rows:
        found[number] = tuple(rest)
        from_decisions.setdefault(number, set()).add(decision)
    return [
        LearntNameRow(number, entry, words, state, len(from_decisions[number]), settled_on)
        for number, (entry, words, state, settled_on) in found.items()
    ]


def settle_name(register: AskRegister, number: int, state: str, on: date) -> LearntNameRow:
    """Accept or decline a name, and return it.

    Parameters
    ----------
    register
        The open register.
    number
        The number of the name.
    state
        ``accepted`` or ``declined``.
    on
        When.

    Raises
    ------
    AskError
        If there is no name of this number.

    Examples
    --------
    ``settle_name(register, 1, "accepted", date(2026, 5, 1))``
    """
    with register.all_or_nothing():
        return _set(register, number, state, on)


def propose_again(register: AskRegister, number: int) -> LearntNameRow:
    """Take back that a name was accepted or declined.

    Raises
    ------
    AskError
        If there is none of this number, or it is only proposed.
    """
    with register.all_or_nothing():
        if _named(register, number).state == PROPOSED:
            raise AskError(f"name {number} is only proposed; there is nothing to take back")
        return _set(register, number, PROPOSED, None)


def accepted_names(register: AskRegister) -> dict[str, tuple[str, ...]]:
    """Identifier of an entry → the names that were accepted for it."""
    names: dict[str, tuple[str, ...]] = {}
    for one in names_learnt(register):
        if one.state == ACCEPTED:
            names[one.entry] = (*names.get(one.entry, ()), one.words)
    return names


def next_number(register: AskRegister) -> int:
    """The next number of what is learnt; none is used again."""
    numbering = register.table("Numbering")
    last = numbering.filter(prefix=_NUMBERED).values_list("last", flat=True).first() or 0
    numbering.update_or_create(prefix=_NUMBERED, defaults={"last": last + 1})
    return int(last) + 1


def _set(register: AskRegister, number: int, state: str, on: date | None) -> LearntNameRow:
    _named(register, number)
    found = register.table("LearntName").filter(number=number)
    found.update(state=state, settled_on=on)
    return _named(register, number)


def _named(register: AskRegister, number: int) -> LearntNameRow:
    found: Iterable[LearntNameRow] = names_learnt(register)
    one = next((one for one in found if one.number == number), None)
    if one is None:
        raise AskError(f"nothing that was learnt has the number {number}; see: remit asks learnt")
    return one
