"""Invitations that came by mail, read as a calendar is."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from remit.asks.calendar.meetings import CalendarRead, Meeting, read_calendar
from remit.asks.intake.candidate import FileRead, reject
from remit.asks.intake.tables import Reduction
from remit.model.errors import AskError
from remit.model.period import today
from remit.words.sentences import count_words

_AHEAD = timedelta(days=400)


def read_invitations(
    path: Path,
    read: FileRead,
    reduction: Reduction,
    window: tuple[date | None, date | None],
    own: str | None,
) -> CalendarRead | None:
    """The meetings to which the messages of a file invite; None where none does.

    Parameters
    ----------
    path
        The mailbox.
    read
        What was read of it; a message whose invitation cannot be read is rejected there.
    reduction
        How personal data are reduced.
    window
        The first and last day of meetings; by default from the first message on, and 400 days
        beyond the last.
    own
        The organisation's own mail domain.
    """
    if not read.invitations:
        return None
    read.to_org = str(reduction.to_org).upper()
    starts, content = _one_calendar(read)
    first, last = _window(read, window)
    try:
        calendar = read_calendar(
            path, first, last, own=own, senders=reduction.senders, content=content
        )
    except AskError:
        _reject_unread(read, {line for line, _, _ in read.invitations})
        return None
    lines = [line for line, _, _ in read.invitations]
    meetings = tuple(replace(one, line=_line(one.line, starts, lines)) for one in calendar.meetings)
    broken = {_line(one.line, starts, lines) for one in calendar.rejections}
    _reject_unread(read, broken - {one.line for one in meetings})
    read.notes += _told(meetings)
    return replace(calendar, meetings=meetings, rejections=())


def _one_calendar(read: FileRead) -> tuple[list[int], bytes]:
    """All invitations one below the other, and the line at which each begins."""
    starts, parts, line = [], [], 1
    for _, _, content in read.invitations:
        part = content.rstrip(b"\r\n").replace(b"\r\n", b"\n") + b"\n"
        starts.append(line)
        parts.append(part)
        line += part.count(b"\n")
    return starts, b"".join(parts)


def _line(line: int, starts: list[int], lines: list[int]) -> int:
    """The line of the message in which a line of its invitation stands."""
    return lines[bisect_right(starts, line) - 1]


def _window(read: FileRead, window: tuple[date | None, date | None]) -> tuple[date, date]:
    days = [day for _, day, _ in read.invitations if day] or [today()]
    return window[0] or min(days), window[1] or max(days) + _AHEAD


def _reject_unread(read: FileRead, lines: set[int]) -> None:
    """Messages whose invitation cannot be read are rejected, and not set aside."""
    for line in sorted(lines):
        read.aside -= 1
        reason = "the invitation in it cannot be read"
        read.rejections.append(reject(read.file_name, line, "", "", reason))


def _told(meetings: tuple[Meeting, ...]) -> list[str]:
    if not meetings:
        return ["no meeting of the invitations lies within the days that are kept"]
    said = count_words(len(meetings), "meeting")
    return [f"{said} kept from invitations, {sum(m.is_oversight for m in meetings)} of oversight"]
