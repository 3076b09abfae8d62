"""A calendar as meetings: whose, how long, with how many people, and on what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from remit.asks.calendar.agenda import agenda_lines
from remit.asks.calendar.blocks import read_blocks
from remit.asks.calendar.convener import ConvenerReader
from remit.asks.calendar.events import Moment, listed, read_events
from remit.asks.calendar.horizon import HorizonReader
from remit.asks.calendar.occurrences import Occurrence, expand
from remit.asks.calendar.people import Attendance, addresses_of, names_of, own_organisation
from remit.asks.calendar.uids import Uids
from remit.asks.calendar.zones import Zones, zone
from remit.asks.intake.bounds import Notes, content_of, tamed
from remit.asks.intake.personal import Redactor, load_personal
from remit.asks.senders import Senders, load_senders
from remit.catalogue import declared
from remit.model.errors import AskError
from remit.model.meeting import MeetingFile
from remit.model.observation import Rejection

_LONGEST_TITLE = 1_000


@dataclass(frozen=True, slots=True)
class Meeting:
    """One meeting that takes place; ``start`` is local time, or a day for all-day events."""

    uid: str
    uid_written: str
    """The UID, or a digest in its place where it could name somebody."""
    start: Moment
    is_oversight: bool
    body: str
    minutes: float
    attendees: int
    own_attendees: int
    minutes_today: int
    minutes_tomorrow: int
    why: str
    line: int
    title: str
    """Without the names of people."""
    removed: int = 0
    """How many names were taken out of the title."""

    @property
    def hours(self) -> float:
        """Its length in hours."""
        return self.minutes / 60

    @property
    def person_hours(self) -> float:
        """Hours times the people who come."""
        return self.hours * self.attendees


@dataclass(frozen=True, slots=True)
class CalendarRead:
    """What a calendar file holds within a window, with the account of its events."""

    file: str
    first: date
    last: date
    zone: str
    own: str
    meetings: tuple[Meeting, ...]
    rejections: tuple[Rejection, ...]
    events_read: int
    """All events of the file: those taken and those rejected."""
    uids: frozenset[str]
    """All events that the file speaks of, those that do not take place included."""
    unknown_zones: tuple[str, ...]
    """Names of time zones that neither Remit nor the file explains; taken as local time."""
    notes: tuple[str, ...] = ()
    """What was left out of texts, each with the line of its event."""


@cache
def load_meetings(own: Path | None = None) -> MeetingFile:
    """The words by which calendars are read: Remit's, or a file of the user's own.

    Raises
    ------
    DeclarationError
        If the file is faulty; the message names file, line, key and remedy.
    """
    if own is not None:
        return declared.read(own).validate(MeetingFile)
    (file,) = declared.packaged("meetings")
    return file.validate(MeetingFile)


def read_calendar(
    path: Path,
    first: date,
    last: date,
    *,
    zone_name: str = "Europe/London",
    own: str | None = None,
    senders: Senders | None = None,
    words: MeetingFile | None = None,
    content: bytes | None = None,
) -> CalendarRead:
    """Read the meetings of a calendar file in a window of days.

    Parameters
    ----------
    path
        An ``.ics`` file.
    first, last
        The first and last local day, both included.
    zone_name
        The zone in which days are counted, and of times that state none.
    own
        The organisation whose calendar it is (a domain, or a name on a shared domain such as
        nhs.net); by default the one that is at most of its meetings.
    senders, words
        The declarations to use instead of Remit's.
    content
        What to read instead of the file, such as the invitations in it.

    Returns
    -------
    CalendarRead
        One meeting for each occurrence that is not cancelled, in order of time.

    Raises
    ------
    AskError
        If the file cannot be read or is no calendar, or the window ends before it begins.
    """
    if last < first:
        raise AskError(f"the window ends ({last}) before it begins ({first}); swap the two days")
    local = zone(zone_name)
    senders, words = senders or load_senders(), words or load_meetings()
    blocks = read_blocks(content_of(path) if content is None else content, path.name)
    if not blocks.calendars:
        raise AskError(f"{path}: this is no calendar: it has no line BEGIN:VCALENDAR")
    zones = Zones(blocks.zones)
    events, broken = read_events(blocks.events, zones, path.name)
    occurrences, unexpanded = expand(events, first, last, local, path.name)
    components = [event.component for event in events]
    own = own or own_organisation(components, senders)
    redactor = Redactor(load_personal())
    uids = Uids(redactor, (one for component in components for one in addresses_of(component)))
    reader = _MeetingReader(senders, words, own, redactor, uids)
    meetings = tuple(reader.meeting(occurrence) for occurrence in occurrences)
    return CalendarRead(
        file=path.name,
        first=first,
        last=last,
        zone=str(local),
        own=own,
        meetings=meetings,
        rejections=_in_order([*blocks.rejections, *broken, *unexpanded]),
        events_read=len(blocks.events) + len(blocks.rejections),
        uids=frozenset(event.uid for event in events),
        unknown_zones=_zone_names(zones, redactor),
        notes=tuple(reader.notes.lines("meeting")),
    )


def _zone_names(zones: Zones, redactor: Redactor) -> tuple[str, ...]:
    """The names of zones that are not known; one may be anything, and so may name somebody."""
    names = {name if redactor.is_clean(name) else "[name]" for name in zones.unknown}
    return tuple(sorted(names))


def _in_order(rejections: Sequence[Rejection]) -> tuple[Rejection, ...]:
    return tuple(sorted(rejections, key=lambda r: (r.file, r.line)))


class _MeetingReader:
    """Turns occurrences into meetings, by the declarations."""

    def __init__(
        self, senders: Senders, words: MeetingFile, own: str, redactor: Redactor, uids: Uids
    ) -> None:
        self._attendance = Attendance(senders, words.rooms, own)
        self._convener = ConvenerReader(words, senders)
        self._horizon = HorizonReader(words)
        self._redactor = redactor
        self._uids = uids
        self.notes = Notes()

    def meeting(self, occurrence: Occurrence) -> Meeting:
        component = occurrence.component
        notes: list[str] = []
        title = tamed(_text(component, "SUMMARY"), notes)[:_LONGEST_TITLE]
        description = tamed(_description(component), notes)
        self.notes.add(occurrence.line, notes)
        company = self._attendance.company(component)
        lines = agenda_lines(
            description,
            occurrence.start,
            occurrence.length_minutes,
            self._horizon.is_topic,
            all_day=occurrence.all_day,
        )
        minutes = self._horizon.minutes(lines, title, occurrence.day)
        clean = self._redactor.redact(title, names_of(component))
        bearing = self._convener.bearing(title, description, company)
        return Meeting(
            uid=occurrence.uid,
            uid_written=self._uids.written(occurrence.uid),
            start=occurrence.start,
            is_oversight=bearing.is_oversight,
            body=bearing.body,
            minutes=minutes.listed if occurrence.all_day else occurrence.length_minutes,
            attendees=company.attendees,
            own_attendees=company.own_attendees,
            minutes_today=minutes.today,
            minutes_tomorrow=minutes.tomorrow,
            why=bearing.why,
            line=occurrence.line,
            title=clean.text,
            removed=clean.removed,
        )


def _text(component: Any, name: str) -> str:
    found = listed(component.get(name))
    return str(found[0]).strip() if found else ""


def _description(component: Any) -> str:
    return _text(component, "DESCRIPTION") or _text(component, "X-ALT-DESC").replace("\\n", "\n")
