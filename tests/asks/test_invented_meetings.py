"""Meetings that the labelled calendar does not have: most are read as a reader would."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from remit.asks.calendar import Meeting
from tests.asks.calendars import calendar_text, event, people, read
from tests.asks.invented_meetings import FIRST, FOURTH, SECOND, THIRD, Invented

LISTS = pytest.mark.parametrize(
    "cases", [FIRST, SECOND, THIRD, FOURTH], ids=["first", "second", "third", "fourth"]
)


def meetings_of(folder: Path, cases: tuple[Invented, ...]) -> list[Meeting]:
    parts = []
    for number, case in enumerate(cases):
        start = datetime(2025, 11, 3, 14) + timedelta(days=number)
        parts.append(
            event(
                f"DTSTART:{start:%Y%m%dT%H%M%S}",
                f"DURATION:PT{case.length}M",
                f"SUMMARY:{_escaped(case.title)}",
                f"DESCRIPTION:{_escaped(case.agenda)}",
                *people(*case.others, organiser=case.organiser),
                uid=f"{number}@z.example",
            )
        )
    found = read(folder, calendar_text(*parts)).meetings
    assert len(found) == len(cases)
    return list(found)


def _escaped(text: str) -> str:
    for mark in (",", ";"):
        text = text.replace(mark, f"\\{mark}")
    return text.replace("\n", "\\n")


@LISTS
def test_oversight(tmp_path: Path, cases: tuple[Invented, ...]) -> None:
    pairs = zip(meetings_of(tmp_path, cases), cases, strict=True)
    told = [m.is_oversight == c.is_oversight for m, c in pairs if c.is_oversight is not None]
    assert sum(told) / len(told) >= 0.95


@LISTS
def test_bodies(tmp_path: Path, cases: tuple[Invented, ...]) -> None:
    pairs = zip(meetings_of(tmp_path, cases), cases, strict=True)
    told = [meeting.body == case.body for meeting, case in pairs if case.body is not None]
    assert sum(told) / len(told) >= 0.9


@LISTS
def test_minutes(tmp_path: Path, cases: tuple[Invented, ...]) -> None:
    pairs = zip(meetings_of(tmp_path, cases), cases, strict=True)
    told = [(m.minutes_today, m.minutes_tomorrow) == c.minutes for m, c in pairs if c.minutes]
    assert sum(told) / len(told) >= 0.93
