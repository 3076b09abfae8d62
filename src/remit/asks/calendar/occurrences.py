"""Every occurrence of a calendar whose local day lies in a window."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from remit.asks.calendar.bounded import MOST_STEPS, BrokenEvent, steps
from remit.asks.calendar.events import (
    MISTAKES,
    Event,
    Moment,
    as_day,
    instant,
    length_between,
    listed,
    moment,
    standing,
)
from remit.model.observation import Rejection
from remit.words.figures import number_words

_LINE = "X-REMIT-LINE"
_NO_SERIES = "the series cannot be expanded: its rule and its days do not fit together"
_DAY = timedelta(days=1)
_MARGIN = timedelta(days=2)
"""No two zones are further apart than this, so no start in the window is missed."""


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One meeting at one time, as the calendar has it.

    ``start`` is local time without a zone, or a day where the event lasts all day.
    """

    uid: str
    line: int
    start: Moment
    length_minutes: float
    all_day: bool
    component: Any

    @property
    def day(self) -> date:
        """The local day on which it starts."""
        return as_day(self.start)


def expand(
    events: Sequence[Event], first: date, last: date, zone: ZoneInfo, file: str
) -> tuple[list[Occurrence], list[Rejection]]:
    """Expand events into the occurrences that take place in a window.

    Recurrence, exceptions and changed occurrences follow RFC 5545 (``recurring-ical-events``);
    cancelled occurrences are left out.

    Parameters
    ----------
    events
        The events of a calendar, all versions.
    first, last
        The first and the last day, both included, in the local zone.
    zone
        The local zone; times without a zone are taken to be in it.

    Returns
    -------
    tuple
        The occurrences in order of time, and a rejection for each series that cannot be expanded.
    """
    found: list[Occurrence] = []
    rejections: list[Rejection] = []
    for master, changes in standing(events):
        members = [*([master] if master else []), *changes]
        try:
            found += _of_series(master, changes, (first, last), zone)
        except MISTAKES as error:
            reason = error.reason if isinstance(error, BrokenEvent) else _NO_SERIES
            rejections += [Rejection(file, event.line, "RRULE", "", reason) for event in members]
    order = sorted(found, key=lambda o: (o.day, _clock(o.start), o.uid, o.line))
    return order, rejections


def _of_series(
    master: Event | None, changes: list[Event], window: tuple[date, date], zone: ZoneInfo
) -> Iterator[Occurrence]:
    lines = {event.line: event for event in [*changes, *([master] if master else [])]}
    for component in _components(master, changes, window, zone):
        event = lines[int(str(component[_LINE]))]
        occurrence = _occurrence(event, component, zone)
        if not event.cancelled and window[0] <= occurrence.day <= window[1]:
            yield occurrence


def _components(
    master: Event | None, changes: list[Event], window: tuple[date, date], zone: ZoneInfo
) -> list[Any]:
    if master and not changes and not _recurs(master):
        return [_marked(master)]
    if master:
        _refuse_endless(master, changes, window[1])
        changes = [c for c in changes if not _is_stale(c, master)]
    span = (
        datetime.combine(window[0], time(), zone) - _MARGIN,
        datetime.combine(window[1], time(), zone) + _MARGIN,
    )
    return _between([*([master] if master else []), *changes], *span)


def _refuse_endless(master: Event, changes: list[Event], last: date) -> None:
    """Refuse a series that takes too long to go through up to the end of the window.

    It is gone through once, and once more for each change that an older version names.
    """
    start = moment(master.component, "DTSTART") or last
    older = sum(change.sequence < master.sequence for change in changes)
    count = sum(steps(rule, start, last) for rule in listed(master.component.get("RRULE")))
    if count > MOST_STEPS or count * older > 10 * MOST_STEPS:
        raise BrokenEvent(
            "RRULE",
            "",
            f"the series has some {number_words(count, 0)} days or hours up to {last}, too many",
        )


def _between(events: list[Event], start: datetime, stop: datetime) -> list[Any]:
    from icalendar import Calendar
    from recurring_ical_events import of

    calendar = Calendar()
    timed = next((moment(e.component, "DTSTART") for e in events if not e.recurrence_id), None)
    for event in events:
        calendar.add_component(_with_time(_marked(event), timed))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return list(of(calendar).between(start, stop))


def _marked(event: Event) -> Any:
    component = event.component.copy()
    component[_LINE] = str(event.line)
    return component


def _with_time(component: Any, start: Moment | None) -> Any:
    """Some programs name a changed occurrence by its day alone; its time is the series'."""
    changed = moment(component, "RECURRENCE-ID")
    if changed and not isinstance(changed, datetime) and isinstance(start, datetime):
        from icalendar import vDDDTypes

        component["RECURRENCE-ID"] = vDDDTypes(datetime.combine(changed, start.timetz()))
    return component


def _is_stale(change: Event, master: Event) -> bool:
    """Whether a change belongs to an older version of the series, which had other days."""
    named = moment(change.component, "RECURRENCE-ID")
    if change.sequence >= master.sequence or named is None:
        return False
    at = named if isinstance(named, datetime) else datetime.combine(named, time())
    there = _between([master], at - _DAY, at + _DAY)
    return all(instant(moment(c, "DTSTART") or named) != instant(named) for c in there)


def _recurs(event: Event) -> bool:
    return any(name in event.component for name in ("RRULE", "RDATE", "EXRULE"))


def _occurrence(event: Event, component: Any, zone: ZoneInfo) -> Occurrence:
    start = moment(component, "DTSTART") or date.min
    end = _end(component, start)
    length = length_between(start, end)
    local = _local(start, zone)
    all_day = _lasts_all_day(component, local, length)
    return Occurrence(
        uid=event.uid,
        line=event.line,
        start=local.date() if all_day and isinstance(local, datetime) else local,
        length_minutes=length.total_seconds() / 60,
        all_day=all_day,
        component=component,
    )


def _end(component: Any, start: Moment) -> Moment:
    end = moment(component, "DTEND")
    if end is not None:
        return end
    duration = getattr(component.get("DURATION"), "dt", None)
    if isinstance(duration, timedelta):
        return start + duration
    return start if isinstance(start, datetime) else start + _DAY


def _local(start: Moment, zone: ZoneInfo) -> Moment:
    if isinstance(start, datetime) and start.tzinfo:
        return start.astimezone(zone).replace(tzinfo=None)
    return start


def _lasts_all_day(component: Any, start: Moment, length: timedelta) -> bool:
    """Whether it is an all-day event; Outlook may write one as from midnight to midnight."""
    if not isinstance(start, datetime):
        return True
    if str(component.get("X-MICROSOFT-CDO-ALLDAYEVENT", "")).upper() == "TRUE":
        return True
    return start.time() == time() and length >= _DAY and length % _DAY == timedelta(0)


def _clock(start: Moment) -> time:
    return start.time() if isinstance(start, datetime) else time()
