"""Events as a calendar file gives them: read, checked, and the version that stands."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from remit.asks.calendar.blocks import Block
from remit.asks.calendar.bounded import BrokenEvent, bounded, check_rule, check_year
from remit.asks.calendar.zones import Zones
from remit.model.observation import Rejection

Moment = datetime | date

# In words of Remit's: what the libraries say of a line quotes it, with whoever is named there.
_A_TIME = "it is no day (20251015) and no time (20251015T100000Z)"
_A_RULE = "it is no rule such as FREQ=WEEKLY;BYDAY=MO"
_FORMS = {
    "DTSTART": _A_TIME,
    "DTEND": _A_TIME,
    "DURATION": "it is no length such as PT1H30M",
    "RRULE": _A_RULE,
    "RDATE": _A_TIME,
    "EXDATE": _A_TIME,
    "RECURRENCE-ID": _A_TIME,
    "EXRULE": _A_RULE,
}
_NO_EVENT = "the event cannot be read: one of its lines is not written as calendars write it"
_CANCELLED_TITLE = re.compile(
    r"^\W*cancell?ed\s*(?:[:\-–—\])]|$)|[\-–—(\[]\s*cancell?ed\W*$", re.IGNORECASE
)
MISTAKES = (ValueError, TypeError, LookupError, AttributeError, ArithmeticError, RecursionError)
"""What the libraries raise on events that cannot be read, beside what they say they raise."""

_NO_TIME = timedelta(0)


@dataclass(frozen=True, slots=True)
class Event:
    """One VEVENT: a single meeting, the master of a series, or one changed occurrence."""

    uid: str
    line: int
    sequence: int
    stamp: str
    recurrence_id: str
    """Which occurrence it changes, in UTC where it has a zone; empty for singles and masters."""
    cancelled: bool
    component: Any
    """The event as ``icalendar`` reads it; overrides keep their own."""

    @property
    def rank(self) -> tuple[int, str, int]:
        """Of two versions the higher stands: SEQUENCE, then time stamp, then place in the file."""
        return self.sequence, self.stamp, self.line


def read_events(
    blocks: Iterable[Block], zones: Zones, file: str
) -> tuple[list[Event], list[Rejection]]:
    """Read events one by one, so that a broken one costs no other.

    Returns
    -------
    tuple
        The events, and a rejection with line, property and reason for each that is broken.
    """
    events: list[Event] = []
    rejections: list[Rejection] = []
    for block in blocks:
        try:
            events.append(_read(block, zones))
        except BrokenEvent as fault:
            why = (fault.column, fault.value, fault.reason)
            rejections.append(Rejection(file, block.line, *why))
    return events, rejections


def standing(events: Iterable[Event]) -> Iterator[tuple[Event | None, list[Event]]]:
    """For each UID the master that stands and its changed occurrences, the highest of each.

    A cancelled master takes with it the changes that are no newer than the cancellation.
    """
    series: dict[str, dict[str, Event]] = {}
    for event in events:
        versions = series.setdefault(event.uid, {})
        known = versions.get(event.recurrence_id)
        if known is None or event.rank > known.rank:
            versions[event.recurrence_id] = event
    for versions in series.values():
        master = versions.pop("", None)
        changes = list(versions.values())
        if master and master.cancelled:
            changes = [change for change in changes if change.sequence > master.sequence]
        yield master, changes


def _read(block: Block, zones: Zones) -> Event:
    component = _parsed(bounded(block), zones)
    try:
        _check_times(component)
        return _event(component, block)
    except BrokenEvent:
        raise
    except MISTAKES:
        raise BrokenEvent(
            "", "", "the times cannot be read; they are beyond any calendar"
        ) from None


def _event(component: Any, block: Block) -> Event:
    uid = str(listed(component.get("UID", ""))[0]).strip() or f"no-uid-line-{block.line}"
    return Event(
        uid=uid,
        line=block.line,
        sequence=_sequence(component),
        stamp=_stamp(component),
        recurrence_id=_recurrence_id(component),
        cancelled=_is_cancelled(component, block.method),
        component=component,
    )


def _parsed(block: Block, zones: Zones) -> Any:
    from icalendar import Calendar

    lines, definitions = zones.rewritten(block)
    text = "\r\n".join(
        ["BEGIN:VCALENDAR", "VERSION:2.0", *definitions, *lines, "END:VCALENDAR", ""]
    )
    try:
        component = Calendar.from_ical(text).walk("VEVENT")[0]
    except MISTAKES:
        raise BrokenEvent("", block.lines[0], _NO_EVENT) from None
    faults = dict(component.errors)
    for name, form in _FORMS.items():
        if name in faults:
            raise BrokenEvent(name, _written(block, name), f"{name} cannot be read: {form}")
    return component


def _check_times(component: Any) -> None:
    start, end = moment(component, "DTSTART"), moment(component, "DTEND")
    if start is None:
        raise BrokenEvent("DTSTART", "", "the event has no start (DTSTART)")
    for name in ("DTSTART", "DTEND", "RECURRENCE-ID"):
        check_year(name, moment(component, name))
    if end is not None and length_between(start, end) < _NO_TIME:
        raise BrokenEvent("DTEND", str(end), f"the end {end} lies before the start {start}")
    duration = component.get("DURATION")
    if duration is not None and getattr(duration, "dt", _NO_TIME) < _NO_TIME:
        raise BrokenEvent("DURATION", str(duration), "the duration is below nought")
    for rule in listed(component.get("RRULE")):
        check_rule(rule)


def moment(component: Any, name: str) -> Moment | None:
    """A property's date or time; of several the first. One that cannot be read says nothing."""
    values = listed(component.get(name))
    if not values or name in dict(component.errors):
        return None
    found = getattr(values[0], "dt", None)
    return found if isinstance(found, date) else None


def length_between(start: Moment, end: Moment) -> timedelta:
    """The time from start to end as it passes, so that a change of the clock is counted."""
    if isinstance(start, datetime) and isinstance(end, datetime):
        if start.tzinfo and end.tzinfo:
            return timedelta(seconds=end.timestamp() - start.timestamp())
        return end.replace(tzinfo=None) - start.replace(tzinfo=None)
    return as_day(end) - as_day(start)


def as_day(value: Moment) -> date:
    """The day of a moment."""
    return value.date() if isinstance(value, datetime) else value


def listed(value: Any) -> list[Any]:
    """The values of a property that may stand several times, or not at all."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _sequence(component: Any) -> int:
    try:
        return int(listed(component.get("SEQUENCE", 0))[0])
    except (TypeError, ValueError):
        return 0


def _stamp(component: Any) -> str:
    stamps = [moment(component, name) for name in ("LAST-MODIFIED", "DTSTAMP")]
    return max((instant(stamp) for stamp in stamps if stamp), default="")


def _recurrence_id(component: Any) -> str:
    found = moment(component, "RECURRENCE-ID")
    return instant(found) if found else ""


def instant(value: Moment) -> str:
    """A moment as a text that is the same whatever zone it is written in."""
    if isinstance(value, datetime) and value.tzinfo:
        return f"{int(value.timestamp()):012d}"
    return value.isoformat()


def _is_cancelled(component: Any, method: str) -> bool:
    title = str(listed(component.get("SUMMARY", ""))[0])
    return (
        method == "CANCEL"
        or str(component.get("STATUS", "")).strip().upper() == "CANCELLED"
        or _CANCELLED_TITLE.search(title) is not None
    )


def _written(block: Block, name: str) -> str:
    for line in block.lines:
        if re.match(rf"{name}[;:]", line, re.IGNORECASE):
            return line.rpartition(":")[2][:80]
    return ""
