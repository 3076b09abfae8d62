"""Time zones by any name that a calendar program gives them.

Outlook writes Windows names or whole display names, others put their own prefix before an IANA
name; a file may define zones of its own. All come down to IANA zones, to a zone that is named by
what the file says of it (so that two files' `Customized Time Zone` stay two), or to local time.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from remit.asks.calendar.blocks import Block
from remit.asks.calendar.bounded import ZONE_LINES

_TIMED = re.compile(r"^(DTSTART|DTEND|EXDATE|RDATE|RECURRENCE-ID)\b", re.IGNORECASE)
_TZID = re.compile(r';TZID="?([^";]*)"?', re.IGNORECASE)
_DISPLAY = re.compile(r"^\(?(?:UTC|GMT)(?:[+-]\d{1,2}:?\d{2})?\)?\s*(.*)$", re.IGNORECASE)
_LONGEST_NAME = 100
_LONDON_WORDS = ("london", "edinburgh", "dublin", "greenwich mean time", "british")
_UTC_NAMES = frozenset({"utc", "etc/utc", "z", "coordinated universal time", "microsoft/utc"})


class Zones:
    """The zones that one file knows, and how to write its events with names that can be read."""

    def __init__(self, definitions: Sequence[Block]) -> None:
        self._defined: dict[str, Block] = {}
        for block in definitions:
            name = _defined_name(block)
            if name and len(block.lines) <= ZONE_LINES:
                self._defined.setdefault(name, block)
        self.unknown: set[str] = set()

    def rewritten(self, block: Block) -> tuple[list[str], list[str]]:
        """An event's lines with readable zone names, and the definitions that they need."""
        needed: dict[str, list[str]] = {}
        lines = [self._line(line, needed) for line in block.lines]
        return lines, [line for lines in needed.values() for line in lines]

    def _line(self, line: str, needed: dict[str, list[str]]) -> str:
        if not _TIMED.match(line):
            return line
        # These values hold no colon, but an unquoted zone name may.
        head, _, value = line.rpartition(":")
        found = _TZID.search(head)
        if not found:
            return line
        bare = head[: found.start()] + head[found.end() :]
        name = self._readable(found.group(1).strip(), needed)
        return f"{bare};TZID={name}:{value}" if name else f"{bare}:{value}"

    def _readable(self, written: str, needed: dict[str, list[str]]) -> str | None:
        known = known_zone(written)
        if known:
            return known
        if written in self._defined:
            block = self._defined[written]
            name = f"remit-{hashlib.sha256(block.text.encode()).hexdigest()[:12]}"
            needed[name] = [_renamed(line, name) for line in block.lines]
            return name
        self.unknown.add(written[:_LONGEST_NAME])
        return None


@cache
def known_zone(written: str) -> str | None:
    """The IANA name of a zone as calendar programs write it, or None.

    Windows names (``GMT Standard Time``), Outlook's display names (``(UTC+00:00) Dublin,
    Edinburgh, Lisbon, London``) and names with a maker's prefix are known.
    """
    from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

    name = written.strip().strip('"')
    folded = name.lower().removeprefix("tzone://").strip("/")
    if folded in _UTC_NAMES:
        return "UTC"
    if name in available_timezones():
        return name
    if name in WINDOWS_TO_OLSON:
        return str(WINDOWS_TO_OLSON[name])
    tail = "/".join(name.split("/")[-2:])
    if "/" in name and tail in available_timezones():
        return tail
    shown = _DISPLAY.match(name)
    if shown and any(word in shown.group(1).lower() for word in _LONDON_WORDS):
        return "Europe/London"
    return None


def zone(name: str) -> ZoneInfo:
    """The zone in which days are counted.

    Raises
    ------
    AskError
        If there is no such zone.
    """
    from remit.model.errors import AskError

    known = known_zone(name)
    if known is None:
        raise AskError(f"--zone takes a time zone such as Europe/London; got {name!r}")
    return ZoneInfo(known)


def _defined_name(block: Block) -> str | None:
    for line in block.lines:
        if line.upper().startswith("TZID") and ":" in line:
            return line.split(":", 1)[1].strip().strip('"')
    return None


def _renamed(line: str, name: str) -> str:
    return f"TZID:{name}" if line.upper().startswith("TZID") else line
