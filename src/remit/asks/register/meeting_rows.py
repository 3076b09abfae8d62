"""Meetings of a calendar as rows of the register, without names."""

from __future__ import annotations

import hashlib
from typing import Any

from remit.asks.calendar import CalendarRead, Meeting
from remit.asks.calendar.diary import meeting_key
from remit.asks.calendar.events import as_day
from remit.asks.register.register import AskRegister

_AS_IT_IS = (
    *("body", "is_oversight", "attendees", "own_attendees", "minutes_today", "minutes_tomorrow"),
    *("title", "why"),
)


def meeting_rows(
    register: AskRegister, calendar: CalendarRead, to_org: str
) -> list[dict[str, Any]]:
    """One row for each meeting; UIDs are kept as sealed digests."""
    return [_row(register, meeting, to_org) for meeting in calendar.meetings]


def series_of(register: AskRegister, calendar: CalendarRead) -> set[str]:
    """The series that a calendar speaks of, those without a meeting in the window included."""
    return {sealed_series(register, series_name(uid)) for uid in calendar.uids}


def series_name(uid: str) -> str:
    """What a series is known by: its UID, hashed, since it may hold an address."""
    return hashlib.sha256(uid.encode()).hexdigest()[:16]


def sealed_series(register: AskRegister, name: str) -> str:
    """The same with the register's own secret: a UID that is an address cannot be tried."""
    return register.sealed(name, 16)


def _row(register: AskRegister, meeting: Meeting, to_org: str) -> dict[str, Any]:
    return {name: getattr(meeting, name) for name in _AS_IT_IS} | {
        "key": register.sealed(meeting_key(meeting)),
        "to_org_code": to_org,
        "day": as_day(meeting.start),
        "starts_at": meeting.start.isoformat(),
        "series": sealed_series(register, series_name(meeting.uid)),
        "minutes": float(meeting.minutes),
    }
