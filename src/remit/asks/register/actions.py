"""Conversations that led to an action: what, whose (a role), by when, and whether it was done."""

from __future__ import annotations

from datetime import date

from remit.asks.register.numbering import HasTables, next_id
from remit.asks.register.records import Action, ActionSummary
from remit.asks.register.register import AskRegister
from remit.asks.register.typed import check_role, without_names
from remit.model.errors import AskError
from remit.records import plain


def add_action(
    register: AskRegister,
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
    check_role(owner)
    said = {"what": without_names(what), "owner": owner.strip()}
    meeting = without_names(conversation)
    with register.all_or_nothing():
        from_ask = register.table("Ask").filter(ask_id=plain(conversation)).exists()
        if speaks_of_ask(conversation) and not from_ask:
            raise AskError(
                f"the register has no ask {conversation!r}; see: remit asks list. A meeting is "
                "said in words, such as 'finance review of 4 June'"
            )
        action_id = next_id(register, "Action", "action_id", "ACT")
        of = {"ask_id": conversation} if from_ask else {"conversation": meeting}
        days = {"held_on": held_on, "due_on": due_on}
        register.append("Action", [{"action_id": action_id} | of | said | days])
    return action_id


def speaks_of_ask(conversation: str) -> bool:
    """Whether a conversation is written as an identifier: one word with a digit, as A-12."""
    return len(conversation.split()) == 1 and any(sign.isdigit() for sign in conversation)


def without_ask(register: AskRegister) -> list[Action]:
    """The actions that came from an ask which the register no longer holds."""
    there = register.statuses()
    return [
        action for action, ask_id in _all(register) if ask_id is not None and ask_id not in there
    ]


def done(register: AskRegister, action_id: str, on: date) -> None:
    """Mark an action as done.

    Raises
    ------
    AskError
        If there is no such action.
    """
    with register.all_or_nothing():
        if not register.table("Action").filter(action_id=plain(action_id)).update(done_on=on):
            raise AskError(
                f"the register has no action {action_id!r}; see: remit asks actions list"
            )


def actions(register: HasTables) -> list[Action]:
    """All actions, in the order in which they were entered."""
    return [action for action, _ in _all(register)]


def _all(register: HasTables) -> list[tuple[Action, str | None]]:
    """The actions, each with the ask that it came from."""
    fields = ("ask_id", "from_conversation", "action_id", "conversation", "held_on")
    rows = register.table("Action").values_list(*fields, "what", "owner", "due_on", "done_on")
    found = [
        (Action(action_id, conversation or kept or ask_id or "", *rest), ask_id)
        for ask_id, kept, action_id, conversation, *rest in rows
    ]
    return sorted(found, key=lambda one: (len(one[0].action_id), one[0].action_id))


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
