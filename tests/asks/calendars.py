"""Small fictional calendars for the tests."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from remit.asks.calendar import CalendarRead, read_calendar

OWN = "ztrust-nhs.example"
ICB = "kim@zicb-icb.example"
REGION = "sue@nhse-region.example"


def event(*lines: str, uid: str = "one@ztrust.example") -> str:
    """One VEVENT with its property lines."""
    return "\r\n".join(["BEGIN:VEVENT", f"UID:{uid}", *lines, "END:VEVENT"])


def people(*addresses: str, organiser: str | None = None) -> list[str]:
    """The lines of an invitation: two of the own trust, and others."""
    lines = [f"ORGANIZER:mailto:{organiser}"] if organiser else []
    invited = [f"ceo@{OWN}", f"coo@{OWN}", *addresses]
    return [*lines, *(f"ATTENDEE;PARTSTAT=ACCEPTED:mailto:{address}" for address in invited)]


def calendar_text(*parts: str, head: str = "") -> str:
    """A whole calendar."""
    top = ["BEGIN:VCALENDAR", "VERSION:2.0", *([head] if head else [])]
    return "\r\n".join([*top, *parts, "END:VCALENDAR", ""])


def read(
    folder: Path,
    text: str | bytes,
    first: date = date(2025, 9, 1),
    last: date = date(2026, 8, 31),
    **options: str,
) -> CalendarRead:
    """Write a calendar and read it."""
    path = folder / "diary.ics"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_calendar(path, first, last, **options)  # type: ignore[arg-type]
