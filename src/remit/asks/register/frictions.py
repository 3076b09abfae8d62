"""Friction between bodies: what, between whom, raised when, settled how and when."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from remit.asks.register.decisions import part_rows, parts
from remit.asks.register.numbering import HasTables, next_id
from remit.asks.register.register import AskRegister
from remit.asks.register.typed import check_role, without_names
from remit.model.ask import AskFriction
from remit.model.errors import AskError
from remit.records import plain


def add_friction(
    register: AskRegister,
    what: str,
    between: Sequence[str],
    raised_on: date,
    ask_ids: Sequence[str] = (),
) -> str:
    """Keep a friction and return its identifier.

    Parameters
    ----------
    register
        The open register.
    what
        What the bodies differ about.
    between
        Two bodies or more.
    raised_on
        The day on which it was raised.
    ask_ids
        The asks that it is about, if it is about some.

    Raises
    ------
    AskError
        If it is blank, between fewer than two, or about an ask that is not in the register.
    """
    bodies = list(dict.fromkeys(body.strip() for body in between if body.strip()))
    if not what.strip() or len(bodies) < 2:
        raise AskError("a friction says what it is about, and between which two bodies or more")
    for body in bodies:
        check_role(body)
    said = without_names(what)
    with register.all_or_nothing():
        for ask_id in ask_ids:
            register.get(ask_id)
        friction_id = next_id(register, "Friction", "friction_id", "FR")
        entry = {"friction_id": friction_id}
        register.append("Friction", [entry | {"what": said, "raised_on": raised_on}])
        register.append("FrictionBody", part_rows(entry, "body", bodies))
        register.append("FrictionAsk", part_rows(entry, "ask_id", ask_ids))
    return friction_id


def settle(register: AskRegister, friction_id: str, how: str, on: date) -> None:
    """Say how and when a friction was settled.

    Raises
    ------
    AskError
        If there is no such friction, it says not how, or the day lies before it was raised.
    """
    said = plain(without_names(how))
    with register.all_or_nothing():
        found = {friction.friction_id: friction for friction in frictions(register)}
        if friction_id not in found:
            raise AskError(
                f"the register has no friction {friction_id!r}; see: remit asks friction list"
            )
        if not how.strip():
            raise AskError("say how it was settled")
        if on < found[friction_id].raised_on:
            raise AskError(f"it was raised on {found[friction_id].raised_on}, after {on}")
        register.table("Friction").filter(friction_id=friction_id).update(
            settled_on=on, settled_how=said
        )


def frictions(register: HasTables, *, open_only: bool = False) -> list[AskFriction]:
    """All frictions, the earliest first."""
    bodies = parts(register, "FrictionBody", "friction_id", "body")
    asks = parts(register, "FrictionAsk", "friction_id", "ask_id")
    fields = ("friction_id", "what", "raised_on", "settled_on", "settled_how")
    found = [
        AskFriction(
            key, what, tuple(bodies.get(key, ())), raised_on, tuple(asks.get(key, ())), *settled
        )
        for key, what, raised_on, *settled in register.table("Friction").values_list(*fields)
    ]
    found.sort(key=lambda f: (f.raised_on, len(f.friction_id), f.friction_id))
    return [f for f in found if f.settled_on is None] if open_only else found
