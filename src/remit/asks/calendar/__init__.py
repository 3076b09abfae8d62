"""Calendars: meetings with their convener, people, hours, and minutes of today and tomorrow."""

from remit.asks.calendar.files import write_calendar
from remit.asks.calendar.meetings import CalendarRead, Meeting, load_meetings, read_calendar
from remit.asks.calendar.tally import tally

__all__ = [
    "CalendarRead",
    "Meeting",
    "load_meetings",
    "read_calendar",
    "tally",
    "write_calendar",
]
