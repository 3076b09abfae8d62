"""A calendar file as blocks of lines, each with its place in the file.

Lines are unfolded as bytes, since some programs fold in the middle of a letter.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from remit.model.observation import Rejection

Line = tuple[int, str]
"""Where a line begins in the file (from 1), and the line unfolded."""

_WINDOWS = "cp1252"
_BORDERS = {
    b"%b:%b" % (word, kind)
    for word in (b"BEGIN", b"END")
    for kind in (b"VEVENT", b"VTIMEZONE", b"VCALENDAR")
}


@dataclass(frozen=True, slots=True)
class Block:
    """One event or time zone: its first line in the file, and its unfolded lines."""

    line: int
    lines: tuple[str, ...]
    method: str = ""
    """The METHOD of the calendar that it stands in, in capitals; empty where none is given."""

    @property
    def text(self) -> str:
        """The block as a calendar program would read it."""
        return "\r\n".join(self.lines)


@dataclass(slots=True)
class CalendarFile:
    """What stands in a file: events, time zones, and events that have no end."""

    name: str
    events: list[Block] = field(default_factory=list)
    zones: list[Block] = field(default_factory=list)
    rejections: list[Rejection] = field(default_factory=list)
    calendars: int = 0


def read_blocks(content: bytes, name: str) -> CalendarFile:
    """Split a calendar file into its events and time zones.

    Parameters
    ----------
    content
        The file as it is.
    name
        The file's name, for the record of what was rejected.
    """
    file = CalendarFile(name)
    reader = _Reader(file)
    for number, line in unfolded(content):
        reader.take(number, line)
    reader.finish()
    return file


def unfolded(content: bytes) -> Iterator[Line]:
    """The lines of a calendar with continued ones joined, and where each begins."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        content = content.decode("utf-16", errors="replace").encode()
    physical = content.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    start, held = 0, list[bytes]()
    for number, line in enumerate(physical.split(b"\n"), start=1):
        if held and line[:1] in {b" ", b"\t"} and not _is_border(held):
            held.append(line[1:])
            continue
        if held:
            yield start, _decoded(b"".join(held))
        start, held = number, [line]
    if held:
        yield start, _decoded(b"".join(held))


def _is_border(held: list[bytes]) -> bool:
    """Whether a line begins or ends a block: it is whole, and what is damaged below is not its."""
    return len(held) == 1 and held[0].strip().upper() in _BORDERS


def _decoded(line: bytes) -> str:
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        return line.decode(_WINDOWS, errors="replace")


class _Reader:
    """Collects blocks line by line."""

    def __init__(self, file: CalendarFile) -> None:
        self.file = file
        self.method = ""
        self.kind = ""
        self.start = 0
        self.lines: list[str] = []
        self.waiting: list[Block] = []

    def take(self, number: int, line: str) -> None:
        word = line.strip().upper()
        if word in {"BEGIN:VEVENT", "BEGIN:VTIMEZONE"}:
            self._unfinished()
            self.kind, self.start, self.lines = word[6:], number, [line.strip()]
        elif word == f"END:{self.kind}" and self.kind:
            self._finished(line.strip())
        elif word == "BEGIN:VCALENDAR":
            self._unfinished()
            self.file.calendars += 1
            self.method = ""
        elif word == "END:VCALENDAR":
            self._unfinished()
            self._close_calendar()
        elif self.kind:
            self.lines.append(line)
        elif word.startswith("METHOD:"):
            self.method = word.removeprefix("METHOD:").strip()

    def finish(self) -> None:
        self._unfinished()
        self._close_calendar()

    def _finished(self, line: str) -> None:
        block = Block(self.start, (*self.lines, line))
        (self.waiting if self.kind == "VEVENT" else self.file.zones).append(block)
        self.kind = ""

    def _close_calendar(self) -> None:
        # METHOD may stand behind the events, so they wait for the end of their calendar.
        self.file.events += [Block(b.line, b.lines, self.method) for b in self.waiting]
        self.waiting = []

    def _unfinished(self) -> None:
        if self.kind == "VEVENT":
            reason = "the event has no END:VEVENT; the file may have been cut short"
            fault = Rejection(self.file.name, self.start, "", self.lines[0], reason)
            self.file.rejections.append(fault)
        self.kind = ""
