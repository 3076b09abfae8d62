"""What a calendar's meetings come to: hours, people, and minutes of today and tomorrow."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from remit.asks.calendar.meetings import CalendarRead, Meeting
from remit.words.figures import data_number

RULES = (
    "Count occurrences whose local start date is in the window; cancelled ones are not counted.",
    "Attendees: distinct addresses, leaving out rooms, resources and anyone who declined; the "
    "organiser counts only if invited as well.",
    "A meeting lasts from its start to its end; an all-day event counts only the minutes that its "
    "agenda states, none if it has no agenda.",
    "Of two versions of one event the higher SEQUENCE stands.",
    "Oversight: an outside body convenes it and the organisation answers there for performance, "
    "quality, money or plans. Internal meetings, and those where it takes part as a member, are "
    "not.",
    "Minutes of today and tomorrow can be less than the length: welcome, other business, breaks "
    "and time that no line is given are neither.",
)


def tally(read: CalendarRead) -> dict[str, Any]:
    """The content of ``calendar.json``.

    Parameters
    ----------
    read
        The meetings of a window. Totals are of oversight meetings, except ``occurrences_all``.

    Returns
    -------
    dict
        ``window``, ``rules``, ``totals``, ``share_of_oversight_minutes`` (of all minutes, and of
        those that are today or tomorrow), ``by_body``, ``by_month``, ``meetings`` (the
        line of each in the file, and why it is oversight or not) and the account of events.
        Hours are hours, not minutes; shares are from 0 to 1, null where nothing is shared.
    """
    oversight = [meeting for meeting in read.meetings if meeting.is_oversight]
    return {
        "window": {
            "start": read.first.isoformat(),
            "end": read.last.isoformat(),
            "inclusive": True,
            "timezone": read.zone,
        },
        "rules": list(RULES),
        "totals": {"occurrences_all": len(read.meetings), **_totals(oversight)},
        "share_of_oversight_minutes": _shares(oversight),
        "by_body": {body: _sums(part) for body, part in sorted(_grouped(oversight).items())},
        "by_month": _by_month(oversight),
        "meetings": [
            {
                "uid": meeting.uid_written,
                "start": meeting.start.isoformat(),
                "line": meeting.line,
                "is_oversight": meeting.is_oversight,
                "body": meeting.body,
                "why": meeting.why,
            }
            for meeting in read.meetings
        ],
        "vevents": read.events_read,
        "vevents_rejected": len(read.rejections),
        "own_organisation": read.own,
        "rejections": [
            {"file": r.file, "line": r.line, "property": r.column, "reason": r.reason}
            for r in read.rejections
        ],
        "unknown_time_zones": list(read.unknown_zones),
    }


def _totals(meetings: Sequence[Meeting]) -> dict[str, Any]:
    today, tomorrow, neither = _minutes(meetings)
    return {
        "oversight_occurrences": len(meetings),
        "oversight_hours": _hours(m.minutes for m in meetings),
        "oversight_person_hours": _hours(m.minutes * m.attendees for m in meetings),
        "oversight_person_hours_trust_only": _hours(m.minutes * m.own_attendees for m in meetings),
        "minutes_today": today,
        "minutes_tomorrow": tomorrow,
        "minutes_neither": neither,
    }


def _minutes(meetings: Sequence[Meeting]) -> tuple[int, int, int]:
    today = sum(m.minutes_today for m in meetings)
    tomorrow = sum(m.minutes_tomorrow for m in meetings)
    return today, tomorrow, round(sum(m.minutes for m in meetings)) - today - tomorrow


def _shares(meetings: Sequence[Meeting]) -> dict[str, float | None]:
    today, tomorrow, neither = _minutes(meetings)
    everything, told = today + tomorrow + neither, today + tomorrow
    return {
        "today_of_all": _share(today, everything),
        "tomorrow_of_all": _share(tomorrow, everything),
        "neither_of_all": _share(neither, everything),
        "today_of_classified": _share(today, told),
        "tomorrow_of_classified": _share(tomorrow, told),
    }


def _share(part: float, whole: float) -> float | None:
    return data_number(part / whole, 4) if whole else None


def _grouped(meetings: Iterable[Meeting]) -> dict[str, list[Meeting]]:
    groups: dict[str, list[Meeting]] = defaultdict(list)
    for meeting in meetings:
        groups[meeting.body].append(meeting)
    return groups


def _sums(meetings: Sequence[Meeting]) -> dict[str, Any]:
    return {
        "occurrences": len(meetings),
        "hours": _hours(m.minutes for m in meetings),
        "person_hours": _hours(m.minutes * m.attendees for m in meetings),
        "minutes_today": sum(m.minutes_today for m in meetings),
        "minutes_tomorrow": sum(m.minutes_tomorrow for m in meetings),
    }


def _by_month(meetings: Iterable[Meeting]) -> dict[str, dict[str, Any]]:
    groups: dict[str, list[Meeting]] = defaultdict(list)
    for meeting in meetings:
        groups[meeting.start.isoformat()[:7]].append(meeting)
    return {
        month: {"occurrences": len(part), "hours": _hours(m.minutes for m in part)}
        for month, part in sorted(groups.items())
    }


def _hours(minutes: Iterable[float]) -> float:
    return data_number(sum(minutes) / 60, 4)
