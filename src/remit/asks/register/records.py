"""What the register hands out: imports, asks with their state, actions, shared risks."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from remit.model.ask import Ask
from remit.model.observation import Rejection


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What one file brought: its rows are accepted, repeated or rejected, and none is lost."""

    file_name: str
    sha256: str
    kind: str
    rows_read: int
    accepted: int
    repeated: int
    """Rows, messages or events that the register held already; they changed nothing."""
    rejections: tuple[Rejection, ...]
    aside: int = 0
    """Events of a calendar that are no asks of their own; with the others they are all rows."""
    follow_ups: int = 0
    """Messages that chase an earlier one of the same thread; kept, but no asks of their own."""
    meetings: int = 0
    removed: int = 0
    """Pieces of personal data that were taken out of texts."""
    doubtful: int = 0
    """Words that were kept and look like names of people."""
    attachments: int = 0
    attachments_read: int = 0
    bodies: tuple[tuple[str, int], ...] = ()
    """The bodies that asked, and how many of the accepted asks are theirs."""
    notes: tuple[str, ...] = ()
    unread: int = 0
    """Cells of rows that were taken which could not be read; the notes name them."""
    ask_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ImportRecord:
    """An import as the register remembers it."""

    import_id: str
    number: int
    file_name: str
    kind: str
    rows_read: int
    accepted: int
    repeated: int
    rejected: int
    meetings: int
    imported_at: datetime


@dataclass(frozen=True, slots=True)
class RegisteredAsk:
    """An ask with what the register knows beside it."""

    ask: Ask
    status: str
    """``open`` or ``closed``."""
    closed_on: date | None
    answer: str | None
    thread: str | None
    follow_up: bool
    attachments: int
    removed: int
    original: str | None
    passed_on_by: str | None = None
    """Who passed it on from its asker, as bodies."""
    due_said: str | None = None
    """The words of a day due that fix none."""


@dataclass(frozen=True, slots=True)
class RegisteredMeeting:
    """A meeting of an imported calendar, without names."""

    key: str
    to_org_code: str
    day: date
    starts_at: str
    series: str
    body: str
    is_oversight: bool
    minutes: float
    attendees: int
    own_attendees: int
    minutes_today: int
    minutes_tomorrow: int
    title: str
    why: str


@dataclass(frozen=True, slots=True)
class Action:
    """What a conversation led to: who owns it (a role), by when, and when it was done."""

    action_id: str
    conversation: str
    """The ask or the meeting that it came from, as its identifier or in words."""
    held_on: date | None
    what: str
    owner: str
    due_on: date | None
    done_on: date | None = None


@dataclass(frozen=True, slots=True)
class ActionSummary:
    """How many conversations led to actions, and how many actions were done."""

    conversations: int
    actions: int
    done: int
    done_in_time: int
    """Done on or before the day that was set; actions without such a day are not among them."""
    overdue: int

    @property
    def completion(self) -> float | None:
        """The share of actions that are done, from 0 to 1; None where there are none."""
        return self.done / self.actions if self.actions else None


@dataclass(frozen=True, slots=True)
class RiskShare:
    """One organisation's part in a shared risk."""

    organisation: str
    share: str
    """Its part in words."""
    mitigation: str = ""
    percent: float | None = None
    """Its part as a percentage, where one was agreed."""


@dataclass(frozen=True, slots=True)
class SharedRisk:
    """A risk that crosses organisations: one record, one holder, each organisation's part."""

    risk_id: str
    title: str
    what: str
    holder: str
    raised_on: date
    shares: tuple[RiskShare, ...] = field(default=())
    review_on: date | None = None
    closed_on: date | None = None
