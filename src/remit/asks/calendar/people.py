"""Who is invited, as numbers and bodies; no name or address is kept."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from remit.asks.calendar.events import listed
from remit.asks.senders.cues import cue_pattern
from remit.asks.senders.recognise import UNKNOWN, Party, Senders

_SCHEME = re.compile(r"^\s*mailto:\s*", re.IGNORECASE)
_NUMBERS = re.compile(r"[\d._-]+")
_LONGEST_NAME = 500
_THINGS = {"ROOM", "RESOURCE"}


@dataclass(frozen=True, slots=True)
class CalendarPerson:
    """One address of an invitation, while it is read."""

    key: str
    party: Party
    coming: bool
    is_thing: bool


@dataclass(frozen=True, slots=True)
class Company:
    """Who is at a meeting: the convener's organisation, those who come, and from where."""

    organiser: Party | None
    attendees: int
    own_attendees: int
    outside: tuple[Party, ...]
    """The organisations of those who come from elsewhere, in the order of the invitation."""
    organiser_is_own: bool


class Attendance:
    """Reads who is invited to an event.

    Parameters
    ----------
    senders
        The declared bodies.
    rooms
        Words in the names of rooms and equipment.
    own
        The organisation whose calendar it is: a domain, or a name on a shared domain.
    """

    def __init__(self, senders: Senders, rooms: tuple[str, ...], own: str) -> None:
        self._senders = senders
        self._rooms = cue_pattern(rooms)
        self._own = own.lower()

    def company(self, component: Any) -> Company:
        """Count who comes: distinct addresses, without rooms and those who declined."""
        people = [p for p in self._people(component) if not p.is_thing]
        declined = {person.key for person in people if not person.coming}
        coming = {p.key: p.party for p in people if p.key not in declined}
        organiser = self._organiser(component)
        own = sum(self._is_own(party) for party in coming.values())
        elsewhere = (p for p in coming.values() if not self._is_own(p))
        outside = dict.fromkeys(p for p in elsewhere if p.organisation != UNKNOWN)
        return Company(
            organiser=organiser,
            attendees=len(coming),
            own_attendees=own,
            outside=tuple(outside),
            organiser_is_own=organiser is not None and self._is_own(organiser),
        )

    def _is_room(self, name: str) -> bool:
        """Whether a display name, or an address that has none, is a room's."""
        words = _NUMBERS.sub(" ", name.partition("@")[0])
        return self._rooms.search(words) is not None or self._rooms.search(name) is not None

    def _is_own(self, party: Party) -> bool:
        return party.organisation == self._own or party.organisation.endswith(f".{self._own}")

    def _organiser(self, component: Any) -> Party | None:
        found = next(iter(listed(component.get("ORGANIZER"))), None)
        if found is None:
            return None
        party = self._senders.party(_address(found), _parameter(found, "CN"))
        return None if party.organisation == UNKNOWN else party

    def _people(self, component: Any) -> Iterator[CalendarPerson]:
        for found in listed(component.get("ATTENDEE")):
            address, name = _address(found), _parameter(found, "CN")
            kind = _parameter(found, "CUTYPE").upper()
            yield CalendarPerson(
                key=address if "@" in address else name.lower() or address,
                party=self._senders.party(address, name),
                coming=_parameter(found, "PARTSTAT").upper() != "DECLINED",
                is_thing=kind in _THINGS or self._is_room(name or address),
            )


def own_organisation(components: Iterable[Any], senders: Senders) -> str:
    """The organisation whose calendar it is: the one at most of its meetings.

    Of two that are at as many, a provider: those who oversee are at others' meetings.
    Empty where nobody is invited to anything.
    """
    counts: Counter[Party] = Counter()
    for component in components:
        parties = [
            senders.party(_address(found), _parameter(found, "CN"))
            for found in listed(component.get("ATTENDEE"))
        ]
        counts.update({party for party in parties if party.organisation != UNKNOWN})
    if not counts:
        return ""
    return min(counts, key=lambda p: (-counts[p], not p.provider, p.organisation)).organisation


def names_of(component: Any) -> list[str]:
    """The names and addresses of an invitation, so that they can be taken out of its title."""
    found = [
        entry
        for field in ("ORGANIZER", "ATTENDEE", "CONTACT")
        for entry in listed(component.get(field))
    ]
    return [
        f"{_parameter(entry, name)} <{_address(entry)}>"
        for entry in found
        for name in ("CN", "SENT-BY")
        if _parameter(entry, name) or name == "CN"
    ]


def addresses_of(component: Any) -> list[str]:
    """The addresses of an invitation."""
    return [
        _address(entry)
        for field in ("ORGANIZER", "ATTENDEE")
        for entry in listed(component.get(field))
    ]


def _address(found: Any) -> str:
    return _SCHEME.sub("", str(found)[:_LONGEST_NAME]).strip().strip("<>").lower()


def _parameter(found: Any, name: str) -> str:
    said = str(getattr(found, "params", {}).get(name, ""))[:_LONGEST_NAME]
    return said.strip().strip('"')
