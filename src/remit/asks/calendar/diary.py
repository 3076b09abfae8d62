"""From a calendar to the register: its meetings, and one ask for each series of oversight."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from remit.asks.calendar.events import as_day
from remit.asks.calendar.meetings import CalendarRead, Meeting, read_calendar
from remit.asks.intake.candidate import Candidate, FileRead
from remit.asks.intake.tables import Reduction
from remit.model.errors import AskError
from remit.model.observation import Rejection

_WEEK, _MONTH, _QUARTER = 8, 35, 100


def read_diary(
    path: Path,
    content: bytes,
    reduction: Reduction,
    window: tuple[date | None, date | None],
    own: str | None,
) -> tuple[FileRead, CalendarRead]:
    """Read the meetings of a calendar, and one ask for each series in which the trust answers.

    The ask bears no hours: those of a meeting are counted from the calendar, once.

    Raises
    ------
    AskError
        If the window or the recipient is not given.
    """
    first, last = window
    if first is None or last is None or not reduction.to_org:
        raise AskError(f"{path}: {_missing(first, last, reduction.to_org)}")
    calendar = read_calendar(path, first, last, own=own, senders=reduction.senders)
    read = FileRead(
        reduction.redactor.file_name(path.name), hashlib.sha256(content).hexdigest(), "ics"
    )
    read.to_org = reduction.to_org.upper()
    series: dict[str, list[Meeting]] = {}
    for meeting in calendar.meetings:
        if meeting.is_oversight:
            series.setdefault(meeting.uid, []).append(meeting)
    read.candidates += [_candidate(uid, part, str(read.to_org)) for uid, part in series.items()]
    read.rejections += [_clean(fault, read.file_name, reduction) for fault in calendar.rejections]
    read.aside = calendar.events_read - len(read.candidates) - len(read.rejections)
    read.notes.append(
        f"{len(calendar.meetings)} meetings, of which "
        f"{sum(m.is_oversight for m in calendar.meetings)} are oversight"
    )
    read.notes += calendar.notes
    return read, calendar


def _clean(fault: Rejection, file: str, reduction: Reduction) -> Rejection:
    """A rejection without the people in its value."""
    return replace(fault, file=file, value=reduction.redactor.redact(fault.value).text)


def _missing(first: date | None, last: date | None, to_org: str | None) -> str:
    """All that a calendar does not say and the user has to, at once."""
    days = " and ".join(
        option for option, day in (("--from", first), ("--to", last)) if day is None
    )
    lacks = [f"has no end (give its days with {days})"] if days else []
    lacks += [] if to_org else ["does not say whose it is (give the code with --to-org)"]
    return f"a calendar {' and '.join(lacks)}"


def _candidate(uid: str, meetings: Sequence[Meeting], to_org: str) -> Candidate:
    days = [as_day(meeting.start) for meeting in meetings]
    return Candidate(
        ask_id="",
        key=f"event:{hashlib.sha256(uid.encode()).hexdigest()[:24]}",
        place=meetings[0].line,
        from_body=meetings[0].body,
        to_org_code=to_org,
        channel="meeting",
        title=meetings[0].title,
        text="",
        received_on=min(days),
        period_from=min(days),
        period_to=max(days),
        frequency=_frequency(days),
        removed=meetings[0].removed,
    )


def _frequency(days: Sequence[date]) -> str:
    if len(days) < 2:
        return "once"
    gap = (max(days) - min(days)).days / (len(days) - 1)
    if gap <= _WEEK:
        return "weekly" if gap > 3 else "daily"
    return "monthly" if gap <= _MONTH else "quarterly" if gap <= _QUARTER else "annual"


def meeting_key(meeting: Meeting) -> str:
    """What a meeting is known by again: its event and its time, hashed."""
    text = f"{meeting.uid}\x1f{meeting.start.isoformat()}"
    return hashlib.sha256(text.encode()).hexdigest()[:24]
