"""What came of conversations, for the demonstration: all of it invented."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from remit.records.audit import SYSTEM, Event, change, create
from remit.records.loading import model
from remit.web.access.relations import name_of

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
_FRICTIONS: tuple[tuple[str, str, tuple[str, ...], int, str, int | None, str], ...] = (
    ("Who leads on discharge to care homes", "ZA1", ("ZA1", "ZB1"), -62, "ZR1", None, ""),
    ("Two returns on ambulance handovers, each with its own count", "ZA3", ("ZB1", "ZA3"), -25, "",
     None, ""),
    ("Whose staff run the virtual ward", "ZB1", ("ZA1", "ZA2"), -140, "", -90,
     "One lead trust; the other sends its nurses"),
)  # fmt: skip
_RISKS: tuple[tuple[str, str, str, str, int, int, int, int], ...] = (
    ("Too few nurses this winter", "Wards close and waits grow", "ZB1", "chief nurse", 20, 16, 12,
     18),
    ("One laboratory for three trusts", "A failure there stops cancer care", "ZA1",
     "medical director", 15, 15, 15, -4),
)  # fmt: skip
_SHARES: tuple[tuple[int, str, str, float, str], ...] = (
    (1, "ZB1", "The plan and the money", 20.0, "One bank of staff for the system"),
    (1, "ZA1", "Wards", 50.0, "Two wards on shared rotas"),
    (1, "ZA2", "Wards", 30.0, ""),
    (2, "ZA1", "The laboratory", 60.0, "A second line by March"),
    (2, "ZA3", "Tests that it sends", 40.0, "A contract with a laboratory outside"),
)
_AIMS: tuple[tuple[str, str, str, tuple[str, ...], int], ...] = (
    ("Joint forward plan", "Waits of at most 18 weeks for most", "share within 18 weeks",
     ("ZA1", "ZA2", "ZA3"), 500),
    ("Five-year strategy", "Care closer to home for the frailest", "days in hospital", ("ZA1",),
     1200),
    ("Five-year strategy", "One set of figures for all", "returns a month", (), 300),
)  # fmt: skip
_TIES = ((1, "ask", "Q01"), (1, "action", "ACT-3"), (2, "action", "ACT-102"))
_ANSWERS = (
    ("strategy", "Confirmed", "Board paper 12, strategy for five years"),
    ("quality", "Partly confirmed: one ward is reviewed", "Quality committee, minute 7"),
    ("finance", "Not confirmed: the plan is not in balance", ""),
)
_TEXT = "One weekly return takes the place of two.\nIt is sent on Tuesdays and used by all."


def fill_together(today: date) -> None:
    """Put the invented records into an instance that has the asks of the sample.

    Parameters
    ----------
    today
        The day from which all days are counted.
    """
    _fill_conversations(today)
    _fill_frictions(today)
    _fill_risks(today)
    _fill_commitments(today)
    _fill_agreements(today)


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


def _fill_frictions(today: date) -> None:
    for number, (what, whose, bodies, raised, to, settled, how) in enumerate(_FRICTIONS, 1):
        known: dict[str, Any] = {"raised_on": today + timedelta(days=raised)}
        if to:
            known |= {"escalated_to": to, "escalated_on": today + timedelta(days=raised + 30)}
        if settled is not None:
            known |= {"settled_on": today + timedelta(days=settled), "settled_how": how}
        made = _add(model("Friction"), whose, friction_id=f"FR-{number}", organisation=whose,
                    what=what, **known)  # fmt: skip
        for place, code in enumerate(bodies, 1):
            _add(model("FrictionBody"), whose, friction=made, place=place, organisation=code,
                 body=name_of(code, today))  # fmt: skip


def _fill_risks(today: date) -> None:
    made = []
    for number, (title, what, whose, holder, before, first, now, review) in enumerate(_RISKS, 1):
        risk = _add(model("Risk"), whose, risk_id=f"RISK-{number}", organisation=whose, title=title,
                    what=what, holder=holder, raised_on=today - timedelta(days=100),
                    score_before=before, score_after=first,
                    review_on=today + timedelta(days=review))  # fmt: skip
        change(Event(SYSTEM, whose, "edit", why="the sample"), risk, score_after=now)
        made.append(risk)
    for place, (number, code, share, percent, does) in enumerate(_SHARES, 1):
        risk = made[number - 1]
        _add(model("RiskShare"), risk.organisation, risk=risk, place=place, organisation=code,
             share=share, percent=percent, mitigation=does)  # fmt: skip


def _fill_commitments(today: date) -> None:
    from remit.records.together.models import CapabilityAnswer, Commitment, CommitmentParty
    from remit.records.together.models import CommitmentTie as Tie

    made = []
    for number, (strategy, aim, measure, parties, days) in enumerate(_AIMS, 1):
        one = _add(Commitment, "ZB1", commitment_id=f"COM-{number}", organisation="ZB1", aim=aim,
                   strategy=strategy, measure=measure,
                   due_on=today + timedelta(days=days))  # fmt: skip
        made.append(one)
        for code in parties:
            _add(CommitmentParty, "ZB1", commitment=one, organisation=code)
    for number, kind, target in _TIES:
        _add(Tie, "ZB1", commitment=made[number - 1], kind=kind, target=target)
    for domain, answer, evidence in _ANSWERS:
        _add(CapabilityAnswer, "ZA1", organisation="ZA1", framework="nof-2026-27", question=domain,
             answer=answer, evidence=evidence or None, answered_as="signatory",
             answered_on=today - timedelta(days=14))  # fmt: skip


def _fill_agreements(today: date) -> None:
    from remit.records.together.models import Agreement, AgreementParty

    whose = "ZB1"
    one = _add(Agreement, whose, agreement_id="AGR-1", organisation=whose, text=_TEXT,
               title="One weekly return", agreed_on=today - timedelta(days=5))  # fmt: skip
    for code, signed in (("ZB1", 5), ("ZA1", None)):
        _add(AgreementParty, whose, agreement=one, organisation=code,
             signed_on=None if signed is None else today - timedelta(days=signed),
             signed_as=None if signed is None else "signatory")  # fmt: skip


def _add(kind: Any, whose: str, /, **fields: Any) -> Any:
    return create(Event(SYSTEM, whose, "carry over", why="the sample"), kind, **fields)
