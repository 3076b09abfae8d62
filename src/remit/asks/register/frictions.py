"""Friction between bodies: what, between whom, raised when, settled how and when."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from remit.asks.register.actions import check_role, without_names
from remit.asks.register.numbering import next_id
from remit.asks.register.register import Register
from remit.model.ask import AskFriction
from remit.model.errors import AskError


def add_friction(
    register: Register,
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
    for ask_id in ask_ids:
        register.get(ask_id)
    friction_id = next_id(register, "friction", "friction_id", "FR")
    register.connection.execute(
        "INSERT INTO friction VALUES (?, ?, ?, ?, ?, NULL, NULL)",
        [friction_id, without_names(what), bodies, raised_on, list(ask_ids)],
    )
    return friction_id


def settle(register: Register, friction_id: str, how: str, on: date) -> None:
    """Say how and when a friction was settled.

    Raises
    ------
    AskError
        If there is no such friction, it says not how, or the day lies before it was raised.
    """
    found = {friction.friction_id: friction for friction in frictions(register)}
    if friction_id not in found:
        raise AskError(
            f"the register has no friction {friction_id!r}; see: remit asks friction list"
        )
    if not how.strip():
        raise AskError("say how it was settled")
    if on < found[friction_id].raised_on:
        raise AskError(f"it was raised on {found[friction_id].raised_on}, after {on}")
    register.connection.execute(
        "UPDATE friction SET settled_on = ?, settled_how = ? WHERE friction_id = ?",
        [on, without_names(how), friction_id],
    )


def frictions(register: Register, *, open_only: bool = False) -> list[AskFriction]:
    """All frictions, the earliest first."""
    found = [
        AskFriction(
            friction_id=row[0],
            what=row[1],
            between=tuple(row[2]),
            raised_on=row[3],
            ask_ids=tuple(row[4]),
            settled_on=row[5],
            settled_how=row[6],
        )
        for row in register.rows(
            "SELECT friction_id, what, between_bodies, raised_on, ask_ids, settled_on, "
            "settled_how FROM friction ORDER BY raised_on, length(friction_id), friction_id"
        )
    ]
    return [f for f in found if f.settled_on is None] if open_only else found
