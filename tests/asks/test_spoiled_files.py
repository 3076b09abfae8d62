"""Spoiled files are read with an account of their rows, or refused with a reason."""

from __future__ import annotations

import random
from datetime import date
from pathlib import Path

import pytest

from remit.asks import ImportOptions, import_file, open_register
from remit.asks.calendar import read_calendar
from remit.model.errors import AskError
from tests.asks.calendars import ICB, calendar_text, event, people
from tests.asks.test_intake_mail import message

_INSERTS = [
    b"\x00",
    b"\r",
    b"\n",
    b'"',
    b";",
    b":",
    b"\xff",
    "–".encode(),
    b"BEGIN:VEVENT\n",
    b"99999999",
]
CALENDAR = calendar_text(
    event(
        "DTSTART;TZID=Europe/London:20251014T100000",
        "DTEND;TZID=Europe/London:20251014T110000",
        "RRULE:FREQ=WEEKLY;COUNT=4",
        "EXDATE;TZID=Europe/London:20251021T100000",
        "SUMMARY:Contract review",
        r"DESCRIPTION:10:00-10:20 RTT\n10:20-11:00 Prevention",
        *people(ICB, organiser=ICB),
    ),
    event("DTSTART:20251014T090000Z", "DURATION:PT1H", *people(), uid="own@z.example"),
).encode()
LIST = (
    b"ask_id,received_on,from_body,to_org_code,title,hours_estimate\n1,2025-06-01,CQC,ZA1,RTT,3\n"
)


def spoiled(content: bytes, seed: int) -> bytes:
    """Cut, doubled and sprinkled with what does not belong there."""
    chance = random.Random(seed)
    for _ in range(chance.randint(1, 6)):
        place = chance.randrange(len(content) + 1)
        end = min(place + chance.randint(0, 30), len(content))
        piece = chance.choice([b"", content[place:end] * 2, chance.choice(_INSERTS)])
        content = content[:place] + piece + content[end:]
    return content


@pytest.mark.parametrize("seed", range(60))
def test_spoiled_calendars(tmp_path: Path, seed: int) -> None:
    path = tmp_path / "d.ics"
    path.write_bytes(spoiled(CALENDAR, seed))
    try:
        read = read_calendar(path, date(2025, 10, 1), date(2025, 11, 30))
    except AskError:
        return
    assert len(read.rejections) <= read.events_read


@pytest.mark.parametrize("seed", range(40))
@pytest.mark.parametrize(
    ("name", "content"), [("l.csv", LIST), ("m.mbox", b"From x\n" + message().as_bytes())]
)
def test_spoiled_lists_and_mailboxes(tmp_path: Path, seed: int, name: str, content: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(spoiled(content, seed))
    with open_register(None) as register:
        try:
            report = import_file(register, path, ImportOptions(to_org="ZA1"))
        except AskError:
            assert register.asks() == []
        else:
            assert report.rows_read >= report.accepted + report.repeated
            assert len(register.asks(include_follow_ups=True)) == report.accepted
