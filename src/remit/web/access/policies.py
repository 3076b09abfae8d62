"""May this be done in this state? Each question as a pair: ``can_…`` answers, ``check_…`` refuses.

Who may is another question: see :mod:`remit.web.access.permissions`.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from remit.oversight import Actor, ActRefused, PlanStanding, after


class PolicyRefusal(Exception):
    """The state of a record does not allow what was asked; the message says why."""


def can_close_ask(ask: Any) -> bool:
    """An ask can be closed while it is open."""
    return bool(ask.status == "open")


def check_close_ask(ask: Any) -> None:
    """Refuse to close an ask that is closed.

    Raises
    ------
    PolicyRefusal
        If it is.
    """
    if not can_close_ask(ask):
        raise PolicyRefusal(f"Ask {ask.ask_id} is closed already.")


def can_reopen_ask(ask: Any) -> bool:
    """An ask can be opened again once it is closed."""
    return bool(ask.status == "closed")


def check_reopen_ask(ask: Any) -> None:
    """Refuse to open an ask that is open.

    Raises
    ------
    PolicyRefusal
        If it is.
    """
    if not can_reopen_ask(ask):
        raise PolicyRefusal(f"Ask {ask.ask_id} is open already.")


def can_change_action(action: Any) -> bool:
    """An action can be changed until it is done."""
    return action.done_on is None


def check_change_action(action: Any) -> None:
    """Refuse to change an action that is done.

    Raises
    ------
    PolicyRefusal
        If it is.
    """
    if not can_change_action(action):
        raise PolicyRefusal(f"Action {action.action_id} is done; what was done is not changed.")


def can_act_on_plan(standing: PlanStanding, act: str, part: str, actor: Actor) -> bool:
    """Whether a plan stands so that a side can do an act now.

    Parameters
    ----------
    standing
        Where the plan stands.
    act
        The act, by its identifier in the course.
    part
        The side.
    actor
        The person.
    """
    try:
        check_act_on_plan(standing, act, part, actor)
    except PolicyRefusal:
        return False
    return True


def check_act_on_plan(standing: PlanStanding, act: str, part: str, actor: Actor) -> None:
    """Refuse an act for which a plan does not stand.

    Parameters
    ----------
    standing
        Where the plan stands.
    act
        The act, by its identifier in the course.
    part
        The side.
    actor
        The person.

    Raises
    ------
    PolicyRefusal
        If so; it says in which state the plan is, or what is missing.
    """
    try:
        after(standing, act, part, actor, "any text")
    except ActRefused as refused:
        raise PolicyRefusal(str(refused)) from None


_UNDONE = frozenset({"edit", "close", "open again"})
"""The verbs of the audit whose work can be put back as it was."""


def can_undo(entries: Sequence[Any], who: str) -> bool:
    """Whether the last change of a record can be put back by an account: see :func:`check_undo`."""
    try:
        check_undo(entries, who)
    except PolicyRefusal:
        return False
    return True


def check_undo(entries: Sequence[Any], who: str) -> None:
    """Refuse to undo the last change of a record but to whoever made it, while nothing is signed.

    Parameters
    ----------
    entries
        What the audit tells of the record, the latest first.
    who
        The account.

    Raises
    ------
    PolicyRefusal
        If somebody else changed it last, it was signed, or the change cannot be put back.
    """
    last = entries[0] if entries else None
    if last is None or last.who != who:
        raise PolicyRefusal("The last change is not yours, so it is not yours to undo.")
    if any(one.what == "sign" for one in entries):
        raise PolicyRefusal("It was signed; what was signed is not undone.")
    if last.what not in _UNDONE:
        raise PolicyRefusal("The last change is none that can be undone.")
    if any(value.erased for value in last.values.values()):
        raise PolicyRefusal("What stood there before was erased.")


def can_end_membership(held: Any, account: Any, on: date) -> bool:
    """Whether somebody may end a membership: see :func:`check_end_membership`."""
    try:
        check_end_membership(held, account, on)
    except PolicyRefusal:
        return False
    return True


def check_end_membership(held: Any, account: Any, on: date) -> None:
    """Refuse to end what is over, what a group gives, and one's own.

    Parameters
    ----------
    held
        The membership.
    account
        Whose hand would end it.
    on
        The day.

    Raises
    ------
    PolicyRefusal
        If it is one of these.
    """
    if held.account_id == account.pk:
        raise PolicyRefusal("This role is your own. Another administrator ends it.")
    if held.by_group:
        raise PolicyRefusal(
            f"The group {held.by_group} of the organisation's sign-in gives this role, and would "
            "give it again. Take the person out of the group."
        )
    if held.valid_until is not None and held.valid_until <= max(on, held.valid_from):
        raise PolicyRefusal("This role is over already.")
