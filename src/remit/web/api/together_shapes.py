"""What goes in and out of conversations, frictions and shared risks, as JSON."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from ninja import Schema
from pydantic import Field

from remit.web.api.shapes import Rows, SentIn, Text, Wanted, example

Long = Annotated[str, Field(max_length=2000)]
Role = Annotated[str, Field(max_length=100, description="A role, and no person's name.")]
Code = Annotated[str, Field(max_length=20, description="The code of an organisation.")]
Codes = Annotated[list[Code], Field(max_length=40)]
Seen = Annotated[str, Field(max_length=60, description="The seen of the record as it was read.")]
Home = Annotated[str, Field(max_length=20, description="An organisation of one's own, by code.")]


class SeenOut(Schema):
    """A record with the mark that a change of it has to name."""

    seen: str


class SeenIn(SentIn):
    """A change of a record as it was seen; what is left out stays."""

    seen: Seen


# Conversations and meetings -----------------------------------------------------------------------


class ConversationsWanted(Wanted):
    """Which conversations: those that led to an action or not."""

    led: Literal["", "yes", "no"] = ""


class ConversationOut(Schema):
    """A meeting of organisations, held or to be held."""

    conversation_id: str
    organisation: str
    title: str
    held_on: date | None
    kind: str
    summary: str | None
    parties: list[str]


class PointOut(SeenOut):
    """A point of an agenda; its ask where the token reaches it."""

    number: int
    title: str
    time: str
    minutes: int | None
    ask_id: str | None


class OneConversation(ConversationOut, SeenOut):
    """A conversation with its agenda, and the actions that came of it."""

    agenda: list[PointOut]
    actions: list[str]


class ConversationRows(Rows):
    """A page of conversations, the latest first."""

    rows: list[ConversationOut]


class ConversationIn(SentIn):
    """A new conversation."""

    model_config = example(
        title="Quarterly review", organisation="ZB1", parties=["ZA1"], held_on="2026-04-30"
    )

    title: Text
    organisation: Home
    parties: Codes = Field(default_factory=list)
    held_on: date | None = None
    kind: Literal["oversight", "other"] = "oversight"
    summary: Long = ""


class ConversationChange(SeenIn):
    """What is to stand in a conversation."""

    title: Text | None = None
    parties: Codes | None = None
    held_on: date | None = None
    kind: Literal["oversight", "other"] | None = None
    summary: Long | None = None


class PointIn(SentIn):
    """A new point of an agenda, of today's performance or of tomorrow."""

    model_config = example(title="Winter beds", time="tomorrow", minutes=20)

    title: Text
    time: Literal["today", "tomorrow"] = "today"
    minutes: Annotated[int, Field(ge=0, le=1440)] | None = None
    ask: Annotated[str, Field(max_length=100)] = ""


class PointChange(SeenIn):
    """What is to stand in a point."""

    title: Text | None = None
    time: Literal["today", "tomorrow"] | None = None
    minutes: Annotated[int, Field(ge=0, le=1440)] | None = None
    ask: Annotated[str, Field(max_length=100)] | None = None


class ActionFromIn(SentIn):
    """An action that came of a conversation, of one of those who took part."""

    model_config = example(
        what="Send the plan", owner="chief operating officer", organisation="ZA1"
    )

    what: Text
    owner: Role
    organisation: Code
    due_on: date | None = None


class MeetingOut(Schema):
    """A meeting of a calendar that was taken in."""

    number: int
    organisation: str
    day: date
    starts_at: str
    series: str
    title: str | None
    body: str | None
    is_oversight: bool
    minutes: float
    minutes_today: int
    minutes_tomorrow: int
    attendees: int
    own_attendees: int


class MeetingRows(Rows):
    """A page of meetings, the latest first."""

    rows: list[MeetingOut]


# Frictions ----------------------------------------------------------------------------------------


class FrictionsWanted(Wanted):
    """Which frictions."""

    state: Literal["", "open", "settled", "escalated"] = ""


class FrictionOut(Schema):
    """What bodies differ about."""

    friction_id: str
    organisation: str | None
    what: str
    between: list[str]
    raised_on: date
    settled_on: date | None
    settled_how: str | None
    escalated_on: date | None
    escalated_to: str | None


class OneFriction(FrictionOut, SeenOut):
    """A friction with the asks that it is about, as far as the token reaches them."""

    asks: list[str]


class FrictionRows(Rows):
    """A page of frictions, the oldest open one first."""

    rows: list[FrictionOut]


class FrictionIn(SentIn):
    """A new friction, between two at least."""

    model_config = example(
        what="Who leads on discharge", organisation="ZB1", between=["ZA1", "ZB1"],
        raised_on="2026-04-01",
    )  # fmt: skip

    what: Long
    organisation: Home
    between: Codes
    raised_on: date
    asks: Codes = Field(default_factory=list)


class FrictionChange(SeenIn):
    """What is to stand in a friction."""

    what: Long | None = None
    between: Codes | None = None
    raised_on: date | None = None
    asks: Annotated[list[Code], Field(max_length=40)] | None = None


class SettlingIn(SeenIn):
    """How and when it was settled."""

    settled_how: Long
    settled_on: date


class EscalatingIn(SeenIn):
    """To whom it is taken, and when."""

    escalated_to: Code
    escalated_on: date


# Shared risks -------------------------------------------------------------------------------------

Score = Annotated[int, Field(ge=1, le=25, description="Likelihood times impact.")]


class RisksWanted(Wanted):
    """Which risks."""

    state: Literal["", "open", "closed"] = ""


class ShareOut(SeenOut):
    """One organisation's share in a risk."""

    number: int
    organisation: str
    share: str
    percent: float | None
    mitigation: str


class RiskOut(Schema):
    """A risk that crosses organisations."""

    risk_id: str
    organisation: str | None
    title: str
    what: str
    holder: str
    raised_on: date
    review_on: date | None
    closed_on: date | None
    score_before: int | None
    score_after: int | None


class OneRisk(RiskOut, SeenOut):
    """A risk with its shares."""

    shares: list[ShareOut]


class RiskRows(Rows):
    """A page of risks, the gravest open one first."""

    rows: list[RiskOut]


class RiskIn(SentIn):
    """A new shared risk; what each share is, its organisation says."""

    model_config = example(
        title="Too few nurses", what="Wards may close", organisation="ZA1", holder="chief nurse",
        others=["ZA2"], raised_on="2026-04-01",
    )  # fmt: skip

    title: Text
    what: Long
    organisation: Home
    holder: Role
    others: Codes
    raised_on: date
    review_on: date | None = None
    score_before: Score | None = None
    score_after: Score | None = None


class RiskChange(SeenIn):
    """What is to stand in a risk."""

    title: Text | None = None
    what: Long | None = None
    holder: Role | None = None
    others: Codes | None = None
    raised_on: date | None = None
    review_on: date | None = None
    score_before: Score | None = None
    score_after: Score | None = None


class ShareChange(SeenIn):
    """What is to stand in a share."""

    share: Long | None = None
    percent: Annotated[float, Field(ge=0, le=100)] | None = None
    mitigation: Long | None = None
