"""The minutes that an agenda gives to each line, however it is written.

Known forms: ``10:00-10:20 Finance`` (also ``10.00 – 10.20``, ``2pm to 2.30pm``, ``1400-1430``),
``Finance (20 mins)``, ``[20m] Finance``, ``Finance – 1 hr``, ``10:00 Finance`` (until the next
line, or the end), ``20-40 min Finance``, ``Finance (20)``, ``Finance 40%``, and plain bullets,
which share the meeting equally.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from remit.asks.calendar.events import Moment

_JOINING = re.compile(
    r"^\s*(?:_{5,}|-{10,}|microsoft teams\b|join (?:the|on|zoom|microsoft)|meeting id\b"
    r"|dial[- ]in\b)",
    re.IGNORECASE,
)
_TAG = re.compile(r"<[^<>]+>")
_BREAK = re.compile(r"<\s*(?:br|/p|/div|/li|/tr)\s*/?>", re.IGNORECASE)
_BULLET = re.compile(r"^\s*(?:[-*•·▪◦o–—]\s+|[•·▪◦]|\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)]\s+)")
_ITEM = re.compile(r"^\s*item\s+\d+\s*[:.\-–]?\s*", re.IGNORECASE)
_SPLIT = re.compile(r"\s*[;|•]\s*|\s+/\s+|,\s+(?=[^,]*\d\s*(?:m\b|min|hr|hour))")

_CLOCK = r"(\d{1,2})(?:[:.](\d{2}))?\s*(am|pm|a\.m\.|p\.m\.|noon)?"
_RANGE = re.compile(
    rf"(?<![\d/£.]){_CLOCK}\s*(?:hrs|h)?\s*(?:-|–|—|\bto\b|\buntil\b)\s*{_CLOCK}(?![\d/%])"
    r"(?:\s*(?:hrs|h)\b)?",
    re.IGNORECASE,
)
_COMPACT = re.compile(
    r"(?<!\d)([01]\d|2[0-3])([0-5]\d)\s*(?:hrs?)?\s*(?:-|–|—|to)\s*([01]\d|2[0-3])([0-5]\d)(?!\d)"
    r"(?:\s*hrs?\b)?",
    re.IGNORECASE,
)
_OFFSETS = re.compile(
    r"(?<![\d.])(\d{1,3})\s*(?:-|–|—|to)\s*(\d{1,3})\s*(?:minutes?|mins?)\b", re.I
)
_BARE = re.compile(r"(?:[(\[]\s*(\d{1,3})\s*[)\]]|[:\-–—]\s*(\d{1,3}))\s*$")
_START = re.compile(
    r"^\W*(?:(\d{1,2})[:.](\d{2})\s*(am|pm)?|(\d{1,2})\s*(am|pm)|([01]\d|2[0-3])([0-5]\d)(?=\s*hrs?\b))"
    r"(?:\s*hrs?)?(?=[\s:\-–—]|$)",
    re.IGNORECASE,
)
_BEYOND = r"(?<![£\d.,])(?<!over )(?<!than )(?<!above )(?<!within )(?<!under )(?<!> )(?<!>)(?<!<)"
_MINUTES = re.compile(rf"{_BEYOND}(\d{{1,3}})\s*(?:minutes?\b|mins?\b\.?|m\b|['’′](?!\w))", re.I)
_HOURS = re.compile(
    rf"{_BEYOND}(\d(?:\.\d+)?|an?|one|two|three)?\s*(½|¼)?\s*(?:hours?|hrs?|h)(?![a-z])\.?"
    r"(?:\s*(?:and\s+)?(\d{1,2})\s*(?:minutes?|mins?|m)\b|(?<=h)([0-5]\d)\b)?",
    re.IGNORECASE,
)
_HALF = re.compile(r"\b(half|quarter|three[- ]quarters?)(?:\s+of)?(?:\s+an)?[\s-]+hour\b", re.I)
_SHARE = re.compile(r"(?<![\d.])(\d{1,3})\s*(?:%|per ?cent\b)", re.IGNORECASE)
_FRONT = re.compile(r"^\W+")
_AT_THE_END = frozenset("-–—:,;([")

_WORDS = {"a": 1.0, "an": 1.0, "one": 1.0, "two": 2.0, "three": 3.0}
_FRACTIONS = {"½": 0.5, "¼": 0.25}
_PARTS = {"half": 30.0, "quarter": 15.0}
_MOST_WORDS = 10
_LONGEST_LINE = 2_000
"""Characters of a line that are looked at: a topic with its minutes has no more."""
_SHARES_FROM, _SHARES_TO = 50, 101
_EVENING = 7


@dataclass(frozen=True, slots=True)
class AgendaLine:
    """One line of an agenda, without its time, and the minutes that it is given."""

    words: str
    minutes: float


@dataclass(frozen=True, slots=True)
class _Timed:
    words: str
    minutes: float | None = None
    starts: int | None = None
    """Minutes after midnight, where only a start is given."""


def agenda_lines(
    description: str,
    start: Moment,
    length_minutes: float,
    is_topic: Callable[[str], bool],
    *,
    all_day: bool,
) -> tuple[AgendaLine, ...]:
    """The lines of an agenda that have minutes.

    Parameters
    ----------
    description
        The event's description, plain or HTML.
    start
        When the occurrence starts, in local time.
    length_minutes
        How long it lasts; the last line that states only its start runs to this end.
    is_topic
        Whether a line without a time can be a topic: plain lines share the meeting only if so.
    all_day
        Whether the event has no times of its own; then its length says nothing.

    Returns
    -------
    tuple of AgendaLine
        Lines without minutes are left out. Where the lines come to more than the meeting, all
        are shortened in proportion.
    """
    lines = list(_plain_lines(description))
    parts = [part for line in lines for part in _parts(line)]
    timed = [_timed(part) for part in parts]
    found = _with_minutes(timed, start, length_minutes, all_day=all_day)
    if not found and not all_day:
        found = (
            _shares(parts, length_minutes)
            or _bare_minutes(lines, length_minutes)
            or _equal(lines, length_minutes, is_topic)
        )
    total = sum(line.minutes for line in found)
    if all_day or total <= length_minutes or not total:
        return tuple(found)
    scale = length_minutes / total
    return tuple(AgendaLine(line.words, line.minutes * scale) for line in found)


def _plain_lines(description: str) -> Iterator[str]:
    text = description
    if "<" in text and _TAG.search(text):
        text = html.unescape(_TAG.sub("", _BREAK.sub("\n", text)))
    for line in text.replace("\u00a0", " ").splitlines():
        if _JOINING.match(line):
            return
        if line.strip():
            yield line[:_LONGEST_LINE]


def _parts(line: str) -> list[str]:
    """A line, or its pieces where it states several times."""
    times = len(_RANGE.findall(line)) or len(_MINUTES.findall(line))
    if times < 2:
        return [line]
    pieces = [piece for piece in _SPLIT.split(line) if piece and piece.strip()]
    return pieces if len(pieces) > 1 else [line]


def _timed(line: str) -> _Timed:
    bare = _ITEM.sub("", _BULLET.sub("", line))
    for reader in (_by_offsets, _by_range, _by_duration):
        found = reader(bare) or reader(line)
        if found:
            return found
    start = _START.match(bare)
    if start:
        return _Timed(_tidy(bare[start.end() :]), starts=_clock_of_start(start))
    return _Timed(_tidy(bare))


def _by_offsets(line: str) -> _Timed | None:
    """``20-40 min Finance``: minutes after the start of the meeting."""
    match = _OFFSETS.search(line)
    if match is None or int(match.group(2)) <= int(match.group(1)):
        return None
    minutes = float(int(match.group(2)) - int(match.group(1)))
    return _Timed(_tidy(f"{line[: match.start()]} {line[match.end() :]}"), minutes)


def _by_range(line: str) -> _Timed | None:
    for pattern, reader in ((_COMPACT, _compact_minutes), (_RANGE, _range_minutes)):
        for match in pattern.finditer(line):
            minutes = reader(match)
            if minutes:
                rest = f"{line[: match.start()]} {line[match.end() :]}"
                return _Timed(_tidy(rest), minutes)
    return None


def _compact_minutes(match: re.Match[str]) -> float | None:
    first, second = match.group(1, 2), match.group(3, 4)
    if first[0] == second[0] == "20" and "h" not in match.group(0).lower():
        return None  # years, such as 2025-2026
    return _between(int(first[0]) * 60 + int(first[1]), int(second[0]) * 60 + int(second[1]))


def _range_minutes(match: re.Match[str]) -> float | None:
    hour, minute, half, to_hour, to_minute, to_half = match.groups()
    if not (minute or to_minute or half or to_half):
        return None
    start = _of_day(hour, minute, half or (to_half if not minute or half else None))
    end = _of_day(to_hour, to_minute, to_half)
    return None if start is None or end is None else _between(start, end)


def _between(start: int, end: int) -> float | None:
    """Minutes from one time to another; a clock without am and pm may pass noon."""
    for step in (end - start, end + 720 - start):
        if 0 < step <= 720:
            return float(step)
    return None


def _of_day(hour: str, minute: str | None, half: str | None) -> int | None:
    hours, minutes = int(hour), int(minute or 0)
    if hours > 23 or minutes > 59:
        return None
    if half and half[0] in "pP" and hours < 12:
        hours += 12
    return hours * 60 + minutes


def _by_duration(line: str) -> _Timed | None:
    found = [(match, _PARTS.get(match.group(1).lower(), 45.0)) for match in _HALF.finditer(line)]
    found = found or [(match, _hours(match)) for match in _HOURS.finditer(line) if _apart(match)]
    minutes = [(m, float(m.group(1))) for m in _MINUTES.finditer(line) if not _within(m, found)]
    found = [pair for pair in (*found, *minutes) if pair[1] > 0]
    if not found:
        return None
    # What stands in brackets or at an edge is the time; "45 minutes" amid words is a topic.
    match, length = max(found, key=lambda pair: (_apart(pair[0]), pair[0].start()))
    rest = f"{line[: match.start()]} {line[match.end() :]}"
    return _Timed(_tidy(rest), length)


def _within(match: re.Match[str], found: Sequence[tuple[re.Match[str], float]]) -> bool:
    return any(other.start() <= match.start() < other.end() for other, _ in found)


def _hours(match: re.Match[str]) -> float:
    whole, fraction, minutes, attached = match.groups()
    if not whole and not fraction:
        return 0.0
    hours = _WORDS.get((whole or "").lower()) or float(whole or 0)
    return (hours + _FRACTIONS.get(fraction or "", 0.0)) * 60 + float(minutes or attached or 0)


def _apart(match: re.Match[str]) -> bool:
    """Whether a duration stands in brackets, at the end, or at the start before a mark."""
    before = match.string[: match.start()].rstrip()
    after = match.string[match.end() :].lstrip()
    if not after or after[0] in ")]" or (before and before[-1] in "(["):
        return True
    return not before and after[0] in ":-–—,."


def _clock_of_start(match: re.Match[str]) -> int:
    hour, minute, half, bare, bare_half, compact, compact_minute = match.groups()
    hours = int(hour or bare or compact)
    minutes = int(minute or compact_minute or 0)
    word = (half or bare_half or "").lower()
    if hours < 12 and (word == "pm" or (not word and hours < _EVENING)):
        hours += 12
    return hours * 60 + minutes


def _with_minutes(
    timed: Sequence[_Timed], start: Moment, length_minutes: float, *, all_day: bool
) -> list[AgendaLine]:
    starts = [line.starts for line in timed if line.starts is not None]
    rises = all(a <= b for a, b in pairwise(starts))
    end = None
    if isinstance(start, datetime) and not all_day:
        end = start.hour * 60 + start.minute + length_minutes
    lines: list[AgendaLine] = []
    for index, line in enumerate(timed):
        minutes = line.minutes
        if minutes is None and line.starts is not None and rises:
            later = next((t.starts for t in timed[index + 1 :] if t.starts is not None), end)
            minutes = max(later - line.starts, 0.0) if later is not None else None
        if minutes:
            lines.append(AgendaLine(line.words, float(minutes)))
    return lines


def _shares(lines: Sequence[str], length_minutes: float) -> list[AgendaLine]:
    """Lines that state a share of the meeting, if together they can be one."""
    found = [(line, match) for line in lines if (match := _SHARE.search(line))]
    total = sum(int(match.group(1)) for _, match in found)
    if not _SHARES_FROM <= total <= _SHARES_TO:
        return []
    return [
        AgendaLine(
            _tidy(f"{line[: match.start()]} {line[match.end() :]}"),
            length_minutes * int(match.group(1)) / 100,
        )
        for line, match in found
    ]


def _bare_minutes(lines: Sequence[str], length_minutes: float) -> list[AgendaLine]:
    """Lines that end in a bare number, if together they can be this meeting's minutes."""
    found = [(line, match) for line in lines if (match := _BARE.search(line))]
    minutes = [float(match.group(1) or match.group(2)) for _, match in found]
    if len(found) < 2 or not length_minutes / 2 <= sum(minutes) <= length_minutes:
        return []
    return [
        AgendaLine(_tidy(line[: match.start()]), length)
        for (line, match), length in zip(found, minutes, strict=True)
    ]


def _equal(
    lines: Sequence[str], length_minutes: float, is_topic: Callable[[str], bool]
) -> list[AgendaLine]:
    """Lines without any time share the meeting equally, if they read as topics."""
    words = [_tidy(_BULLET.sub("", line)) for line in lines]
    topics = [
        text
        for line, text in zip(lines, words, strict=True)
        if len(text.split()) <= _MOST_WORDS
        and is_topic(text)
        and not text.endswith(("?", "."))
        and (_BULLET.match(line) or len(lines) <= _MOST_WORDS)
    ]
    return [AgendaLine(text, length_minutes / len(topics)) for text in topics]


def _tidy(text: str) -> str:
    """A topic without its bullet, empty brackets, and marks at its edges."""
    text = text.replace("()", " ").replace("[]", " ")
    bare = _FRONT.sub("", re.sub(r"[(\[]\s*[)\]]", " ", _BULLET.sub("", text)))
    end = len(bare)
    while end and (bare[end - 1].isspace() or bare[end - 1] in _AT_THE_END):
        end -= 1
    return bare[:end].strip()
