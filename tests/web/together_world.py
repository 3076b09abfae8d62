"""What came of conversations, in the small world: one of each kind for each organisation."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from remit.records.audit import SYSTEM, Event, create
from remit.records.loading import model
from remit.records.together.models import AgendaItem, Conversation, ConversationParty
from tests.web.world import ORGANISATIONS

HELD = timedelta(days=40)


def make(kind: Any, home: str, **fields: Any) -> Any:
    """A record, with its entry."""
    chosen = model(kind) if isinstance(kind, str) else kind
    return create(Event(SYSTEM, home, "add"), chosen, **fields)


def add_conversation(key: str, code: str, *parties: str, **fields: Any) -> Any:
    kept = {"title": f"Review TLK-{code}", "organisation": code}
    found = make(Conversation, code, conversation_id=key, **(kept | fields))
    for party in parties:
        make(ConversationParty, code, conversation=found, organisation=party)
    return found


def add_point(conversation: Any, title: str, minutes: int | None = 10, **fields: Any) -> Any:
    place = conversation.agenda.count() + 1
    kept = {"conversation": conversation, "title": title, "minutes": minutes, "place": place}
    return make(AgendaItem, conversation.organisation, **(kept | fields))


def fill_together(today: date) -> None:
    """One of each kind for each organisation, by identifiers that end in its code."""
    for number, code in enumerate(ORGANISATIONS):
        found = add_conversation(f"CON-{code}", code, held_on=today - HELD)
        make(AgendaItem, code, id=1000 + number, conversation=found, place=1,
             title="Waits", minutes=30)  # fmt: skip


def number_of(code: str) -> int:
    """The number of the parts of an organisation's records."""
    return 1000 + ORGANISATIONS.index(code)
