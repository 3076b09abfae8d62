"""Who does something, for whom, what and why: without it nothing is written."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime

from remit.model.errors import RecordsError
from remit.words.nearest import nearest

VERBS = {
    "add": "added",
    "edit": "changed",
    "remove": "removed",
    "import": "brought in",
    "undo": "undid",
    "decide": "decided",
    "comment": "commented on",
    "check": "checked the facts of",
    "dissent": "dissented from",
    "submit": "handed on",
    "sign": "signed",
    "put in force": "put in force",
    "review": "reviewed",
    "settle": "settled",
    "escalate": "escalated",
    "close": "closed",
    "open again": "opened again",
    "grant": "gave a right in",
    "withdraw": "withdrew a right in",
    "sign in": "signed in to",
    "hold": "put a legal hold on",
    "lift": "lifted a legal hold on",
    "erase": "erased words of",
    "dispose": "disposed of",
    "carry over": "carried over",
    "look": "looked at",
    "export": "exported",
}
"""The verbs of the audit → how a page says them: "Asha Bell (ZA1) *changed* action ACT-1"."""

SYSTEM = "system"
"""The account of what no person does, such as what a worker disposes of when its time is over."""


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Event:
    """An event; it is the first argument of each write.

    Parameters
    ----------
    who
        The identifier of the account.
    acting_for
        The code of the organisation for which the person acts.
    what
        One of :data:`VERBS`.
    why
        The reason given; it may be blank.
    when
        The moment, with its time zone; now, if it is not given.

    Raises
    ------
    RecordsError
        If who, organisation or moment are not said, or the verb is none.

    Examples
    --------
    >>> Event("asha", "ZA1", "edit", why="the day was wrong").what
    'edit'
    """

    who: str
    acting_for: str
    what: str
    why: str = ""
    when: datetime = field(default_factory=_now)

    def __post_init__(self) -> None:
        if not self.who.strip() or not self.acting_for.strip():
            raise RecordsError("an event says who acts, and for which organisation; one is blank")
        if self.what not in VERBS:
            raise RecordsError(
                f"an event has no verb {self.what!r}; nearest: {nearest(self.what, list(VERBS))}"
            )
        if self.when.tzinfo is None:
            raise RecordsError(f"an event's moment has its time zone; {self.when} has none")
