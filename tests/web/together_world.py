"""What came of conversations, in the small world: one of each kind for each organisation."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from remit.records.audit import SYSTEM, Event, create
from remit.records.loading import model
from remit.records.together.models import (
    AgendaItem,
    Agreement,
    AgreementParty,
    Commitment,
    CommitmentParty,
    CommitmentTie,
    Conversation,
    ConversationParty,
)
from tests.web.world import ORGANISATIONS

HELD = timedelta(days=40)


def make(kind: Any, home: str, /, **fields: Any) -> Any:
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


def add_friction(key: str, code: str, *bodies: str, **fields: Any) -> Any:
    kept = {"what": f"Who leads on TLK-{code}", "organisation": code, "raised_on": date(2026, 1, 5)}
    found = make("Friction", code, friction_id=key, **(kept | fields))
    for place, body in enumerate(bodies, 1):
        make("FrictionBody", code, friction=found, place=place, body=body, organisation=body)
    return found


def add_risk(key: str, code: str, *others: str, number: int | None = None, **fields: Any) -> Any:
    kept = {"title": f"Staff of TLK-{code}", "what": "Too few nurses", "holder": "chief nurse",
            "organisation": code, "raised_on": date(2026, 1, 5)}  # fmt: skip
    found = make("Risk", code, risk_id=key, **(kept | fields))
    for place, one in enumerate((code, *others), 1):
        own = {"id": number} if number and place == 1 else {}
        make("RiskShare", code, risk=found, place=place, organisation=one, share="", mitigation="",
             **own)  # fmt: skip
    return found


def add_commitment(key: str, code: str, *parties: str, **fields: Any) -> Any:
    kept = {"strategy": "Five-year strategy", "aim": f"Aim of TLK-{code}", "organisation": code}
    found = make(Commitment, code, commitment_id=key, **(kept | fields))
    for party in parties:
        make(CommitmentParty, code, commitment=found, organisation=party)
    return found


def add_agreement(key: str, code: str, *others: str, **fields: Any) -> Any:
    kept = {"title": f"Data of TLK-{code}", "text": "One return", "organisation": code}
    found = make(Agreement, code, agreement_id=key, **(kept | fields))
    for party in (code, *others):
        make(AgreementParty, code, agreement=found, organisation=party)
    return found


def fill_together(today: date) -> None:
    """One of each kind for each organisation, by identifiers that end in its code."""
    for number, code in enumerate(ORGANISATIONS):
        found = add_conversation(f"CON-{code}", code, held_on=today - HELD)
        make(AgendaItem, code, id=1000 + number, conversation=found, place=1,
             title="Waits", minutes=30)  # fmt: skip
        add_friction(f"FR-{code}", code, raised_on=today - HELD)
        add_risk(f"RISK-{code}", code, raised_on=today - HELD, number=1000 + number)
        aim = add_commitment(f"COM-{code}", code)
        make(CommitmentTie, code, id=1000 + number, commitment=aim, kind="metric", target="OF0010")
        add_agreement(f"AGR-{code}", code)


def number_of(code: str) -> int:
    """The number of the parts of an organisation's records."""
    return 1000 + ORGANISATIONS.index(code)
