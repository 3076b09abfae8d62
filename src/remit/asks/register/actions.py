"""Conversations that led to an action: what, whose (a role), by when, and whether it was done."""

from __future__ import annotations

from datetime import date

from remit.asks.register.numbering import next_id
from remit.asks.register.records import Action, ActionSummary
from remit.asks.register.register import Register
from remit.model.errors import AskError


def add_action(
    register: Register,
    conversation: str,
    what: str,
    owner: str,
    *,
    due_on: date | None = None,
    held_on: date | None = None,
) -> str:
    """Keep an action and return its identifier.

    Parameters
    ----------
    register
        The open register.
    conversation
        The identifier of the ask that it came from, or the meeting in words.
    what
        What is to be done.
    owner
        The role that owns it, such as ``chief operating officer``; not a name.
    due_on, held_on
        By when; and when the conversation was.

    Raises
    ------
    AskError
        If a text is blank, the owner reads as a person's name or address, or the conversation is
        written as an ask (one word with a digit) that the register does not hold.
    """
    for name, text in (("conversation", conversation), ("what", what), ("owner", owner)):
        if not text.strip():
            raise AskError(f"the action's {name} is blank; fill it in")
    conversation = conversation.strip()
    from_ask = conversation in register.statuses()
    if speaks_of_ask(conversation) and not from_ask:
        raise AskError(
            f"the register has no ask {conversation!r}; see: remit asks list. A meeting is said in "
            "words, such as 'finance review of 4 June'"
        )
    check_role(owner)
    action_id = next_id(register, "action", "action_id", "ACT")
    register.connection.execute(
        "INSERT INTO action VALUES (?, ?, ?, ?, ?, ?, NULL)",
        [
            action_id,
            conversation if from_ask else without_names(conversation),
            held_on,
            without_names(what),
            owner.strip(),
            due_on,
        ],
    )
    return action_id


def speaks_of_ask(conversation: str) -> bool:
    """Whether a conversation is written as an identifier: one word with a digit, as A-12."""
    return len(conversation.split()) == 1 and any(sign.isdigit() for sign in conversation)


def without_ask(register: Register) -> list[Action]:
    """The actions that came from an ask which the register no longer holds."""
    there = register.statuses()
    return [
        action
        for action in actions(register)
        if speaks_of_ask(action.conversation) and action.conversation not in there
    ]


def done(register: Register, action_id: str, on: date) -> None:
    """Mark an action as done.

    Raises
    ------
    AskError
        If there is no such action.
    """
    if not register.rows("SELECT 1 FROM action WHERE action_id = ?", [action_id]):
        raise AskError(f"the register has no action {action_id!r}; see: remit asks actions list")
    register.connection.execute(
        "UPDATE action SET done_on = ? WHERE action_id = ?", [on, action_id]
    )


def actions(register: Register) -> list[Action]:
    """All actions, in the order in which they were entered."""
    return [
        Action(*row)
        for row in register.rows(
            "SELECT action_id, conversation, held_on, what, owner, due_on, done_on FROM action "
            "ORDER BY length(action_id), action_id"
        )
    ]


def summarise(found: list[Action], on: date) -> ActionSummary:
    """How many conversations led to actions, and how many of these were done by a day."""
    finished = [a for a in found if a.done_on and a.done_on <= on]
    return ActionSummary(
        conversations=len({action.conversation for action in found}),
        actions=len(found),
        done=len(finished),
        done_in_time=sum(a.due_on is not None and a.done_on <= a.due_on for a in finished),  # type: ignore[operator]
        overdue=sum(
            action.due_on is not None and action.due_on < on and action not in finished
            for action in found
        ),
    )


def check_role(text: str) -> None:
    """Refuse an owner that is a person's name or address: the register keeps roles.

    Raises
    ------
    AskError
        If it is.
    """
    if without_names(text) != text.strip():
        raise AskError(f"{text!r} reads as a person; give a role, such as chief operating officer")


def without_names(text: str) -> str:
    """A text without the names, addresses and numbers of people."""
    from remit.asks.intake.personal import Redactor, load_personal

    return Redactor(load_personal()).redact(text).text
