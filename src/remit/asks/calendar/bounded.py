"""What is read of an event that somebody else's program wrote: bounded lines, bounded series.

What Remit has no use for (attachments, alarms, a maker's own properties) is left out before the
event is read, however large it is. An event beyond a bound is rejected and costs no other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from remit.asks.calendar.blocks import Block

MOST_LINES = 5_000
"""Lines of one event that are of use: each attendee is one."""

MOST_DAYS = 5_000
"""Days that one line (RDATE, EXDATE) names, and all of an event together."""

LONGEST_LINE = 5_000
"""Characters of a line that is neither a text nor a list of days."""

LONGEST_TEXT = 400_000
"""Characters of a title or description as written; of these ``MOST_TEXT`` are kept."""

MOST_STEPS = 100_000
"""Days or hours that are gone through from the start of a series to the end of the window."""

FIRST_YEAR, LAST_YEAR = 1600, 2200
"""Birthdays without a year are written as of 1604; no meeting is later than this."""

ZONE_LINES = 150
"""Lines of the definition of a time zone."""

_TEXTS = frozenset({"SUMMARY", "DESCRIPTION", "X-ALT-DESC"})
_LISTS = frozenset({"RDATE", "EXDATE"})
_KEPT = (
    _TEXTS
    | _LISTS
    | {"UID", "SEQUENCE", "STATUS", "DTSTAMP", "LAST-MODIFIED", "ORGANIZER", "ATTENDEE"}
    | {"DTSTART", "DTEND", "DURATION", "RRULE", "RECURRENCE-ID", "EXRULE"}
    | {"X-MICROSOFT-CDO-ALLDAYEVENT"}
)
_NAME = re.compile(r"\s*([A-Za-z0-9-]{1,60})[;:]")
_HOURS_OF = {"YEARLY": 8766, "MONTHLY": 730, "WEEKLY": 168, "DAILY": 24, "HOURLY": 1}
# The days of a year or a month that a rule has no use for cost less than those it names.
_DAYS_IN = {"YEARLY": 100, "MONTHLY": 15, "WEEKLY": 5, "DAILY": 1, "HOURLY": 1}
_LONGEST_MONTH = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_TIMES_OF_DAY = ("BYHOUR", "BYMINUTE", "BYSECOND")
_UNFIT = {
    "MONTHLY": ("BYYEARDAY", "BYWEEKNO"),
    "WEEKLY": ("BYYEARDAY", "BYWEEKNO", "BYMONTHDAY"),
    "DAILY": ("BYYEARDAY", "BYWEEKNO", "BYSETPOS"),
    "HOURLY": ("BYYEARDAY", "BYWEEKNO", "BYSETPOS", "BYMONTHDAY", "BYMONTH", "BYMINUTE"),
}
"""What the standard forbids beside these, or no program writes; no day at all may meet it."""


class BrokenEvent(ValueError):
    """An event that cannot be read; ``column`` names the property at fault."""

    def __init__(self, column: str, value: str, reason: str) -> None:
        super().__init__(reason)
        self.column, self.value, self.reason = column, value[:80], reason[:300]


def bounded(block: Block) -> Block:
    """An event with the lines that are of use.

    Raises
    ------
    BrokenEvent
        If a line is longer, or they are more, than any program writes.
    """
    lines = [block.lines[0], *_kept(block.lines[1:-1]), block.lines[-1]]
    if len(lines) > MOST_LINES:
        raise BrokenEvent(
            "",
            "",
            f"the event has {len(lines):,} lines; at most {MOST_LINES:,} are read",
        )
    return Block(block.line, tuple(lines), block.method)


def _kept(lines: tuple[str, ...]) -> Iterator[str]:
    within = days = 0
    for line in lines:
        found = _NAME.match(line)
        name = found[1].upper() if found else ""
        within += (name == "BEGIN") - (name == "END" and within > 0)
        if within or name not in _KEPT:
            continue
        if name in _LISTS:
            days += line.count(",") + 1
            if days > MOST_DAYS:
                raise BrokenEvent(name, "", f"more than {MOST_DAYS:,} days are named")
        elif ":" not in line[:LONGEST_LINE]:
            raise BrokenEvent(name, "", f"more than {LONGEST_LINE:,} characters before its colon")
        elif name not in _TEXTS and len(line) > LONGEST_LINE:
            raise BrokenEvent(name, "", f"the line has {len(line):,} characters")
        yield line[:LONGEST_TEXT]


def check_year(name: str, value: date | None) -> None:
    """Refuse a time that can be no meeting's.

    Raises
    ------
    BrokenEvent
        With the property and the year.
    """
    if value is not None and not FIRST_YEAR <= value.year <= LAST_YEAR:
        raise BrokenEvent(name, str(value), f"the year {value.year} is no meeting's")


def check_rule(rule: Any) -> None:
    """Refuse a rule by which no meeting recurs.

    Raises
    ------
    BrokenEvent
        With the part of the rule that is at fault.
    """
    often = str(_first(rule, "FREQ", "")).upper()
    if often in {"SECONDLY", "MINUTELY"}:
        raise BrokenEvent("RRULE", str(rule), "no meeting recurs by the minute or second")
    if often not in _HOURS_OF:
        raise BrokenEvent("RRULE", str(rule), "the rule does not say how often (FREQ)")
    if any(not isinstance(step, int) or step < 1 for step in rule.get("INTERVAL", [])):
        raise BrokenEvent("RRULE", str(rule), "INTERVAL is below 1, so the series stands still")
    unfit = [part for part in _UNFIT.get(often, ()) if part in rule]
    if unfit:
        raise BrokenEvent("RRULE", str(rule), f"{unfit[0]} has no meaning beside FREQ={often}")
    months = [int(month) for month in rule.get("BYMONTH", [])] or [1]
    if not all(1 <= month <= 12 for month in months):
        raise BrokenEvent("RRULE", str(rule), "BYMONTH names a month that there is not")
    longest = max(_LONGEST_MONTH[month - 1] for month in months)
    days = [abs(int(day)) for day in rule.get("BYMONTHDAY", [])]
    if days and min(days) > longest:
        raise BrokenEvent("RRULE", str(rule), "no day of the calendar meets the rule")


def steps(rule: Any, start: date, last: date) -> float:
    """How many days or hours are gone through from the start of a series to a day."""
    often = str(_first(rule, "FREQ", "")).upper()
    begins = start.date() if isinstance(start, datetime) else start
    hours = max((last - begins).days + 1, 1) * 24
    times = 1
    for part in _TIMES_OF_DAY:
        times *= max(len(rule.get(part, [])), 1)
    step = max(int(_first(rule, "INTERVAL", 1)), 1)
    return hours / _HOURS_OF.get(often, 24) / step * _DAYS_IN.get(often, 1) * times + times


def _first(rule: Any, part: str, default: Any) -> Any:
    found = rule.get(part)
    return found[0] if isinstance(found, list) and found else default
