"""What came of conversations, for the demonstration: all of it invented."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from remit.records.audit import SYSTEM, Event, create
from remit.records.loading import model

_TALKS: tuple[tuple[str, str, tuple[str, ...], int, str], ...] = (
    ("Quarterly review of Larkshire", "ZR1", ("ZB1", "ZA1"), -45, "Waits and money, in the main"),
    ("Winter plan of the system", "ZB1", ("ZA1", "ZA2", "ZA3"), -20, ""),
    ("Cancer waits at Quillborough", "ZB1", ("ZA2",), -110, ""),
    ("Five-year plan, first reading", "ZB1", ("ZA1",), 9, ""),
)
_AGENDAS: tuple[tuple[int, str, bool, int], ...] = (
    (1, "Waits over 65 weeks", False, 50), (1, "Agency spend", False, 30),
    (1, "Neighbourhood teams by next year", True, 10), (2, "Beds in January", False, 40),
    (2, "Care closer to home", True, 20), (3, "62-day waits", False, 60),
    (4, "Shift to prevention", True, 45),
)  # fmt: skip
_CAME: tuple[tuple[int, str, str, str, int, int | None], ...] = (
    (1, "ZA1", "Send one forecast of waits in place of two", "chief operating officer", -12, None),
    (1, "ZB1", "Name the lead for neighbourhood teams", "director of strategy", 20, None),
    (2, "ZA2", "Agree the trigger for extra beds", "chief operating officer", -6, -8),
)


def fill_together(today: date) -> None:
    """Put the invented records into an instance that has the asks of the sample.

    Parameters
    ----------
    today
        The day from which all days are counted.
    """
    _fill_conversations(today)


def _fill_conversations(today: date) -> None:
    from remit.records.together.models import AgendaItem, Conversation, ConversationParty

    made = []
    for number, (title, caller, parties, days, summary) in enumerate(_TALKS, 1):
        talk = _add(
            Conversation, caller, conversation_id=f"CON-{number}", organisation=caller, title=title,
            held_on=today + timedelta(days=days), summary=summary or None,
        )  # fmt: skip
        made.append(talk)
        for party in parties:
            _add(ConversationParty, caller, conversation=talk, organisation=party)
    for place, (number, title, is_tomorrow, minutes) in enumerate(_AGENDAS, 1):
        talk = made[number - 1]
        _add(AgendaItem, talk.organisation, conversation=talk, place=place, title=title,
             is_tomorrow=is_tomorrow, minutes=minutes)  # fmt: skip
    for place, (number, whose, what, owner, due, done) in enumerate(_CAME, 1):
        _add(model("Action"), whose, action_id=f"ACT-{100 + place}", organisation=whose, what=what,
             owner=owner, from_conversation=f"CON-{number}", due_on=today + timedelta(days=due),
             done_on=None if done is None else today + timedelta(days=done))  # fmt: skip


def _add(kind: Any, whose: str, /, **fields: Any) -> Any:
    return create(Event(SYSTEM, whose, "carry over", why="the sample"), kind, **fields)
