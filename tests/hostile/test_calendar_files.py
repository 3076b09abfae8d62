"""Calendars that somebody has made on purpose: one bad event costs no other, and no time."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path

import pytest

from remit.asks.calendar import CalendarRead, read_calendar
from remit.asks.calendar.agenda import agenda_lines
from remit.asks.calendar.blocks import read_blocks
from tests.asks.calendars import ICB, calendar_text, event, people
from tests.fuzz import mutations
from tests.hostile.growth import assert_linear, of_processor
from tests.hostile.tries import Tries

KIND = "calendar"
SECONDS = 2.0
START, END = "DTSTART:20251015T100000Z", "DTEND:20251015T110000Z"
DAILY = ("DTSTART:20251001T090000Z", "DTEND:20251001T093000Z", "RRULE:FREQ=DAILY")


def good(number: int) -> str:
    return event(
        f"DTSTART;TZID=Europe/London:202510{13 + number}T100000",
        f"DTEND;TZID=Europe/London:202510{13 + number}T113000",
        f"SUMMARY:Contract review {number}",
        r"DESCRIPTION:10:00-10:20 RTT\n10:20-11:30 Prevention",
        *people(ICB, organiser=ICB),
        uid=f"good{number}@x.example",
    )


def bad(*lines: str) -> str:
    return event(*lines, uid="bad@x.example")


@pytest.fixture(scope="module", autouse=True)
def _warm(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Word lists are read once, and no try is charged with them."""
    path = tmp_path_factory.mktemp("warm") / "diary.ics"
    path.write_text(calendar_text(good(1), bad(*DAILY)))
    read_calendar(path, date(2025, 10, 1), date(2025, 10, 30))


@pytest.fixture
def among_good(tmp_path: Path, tries: Tries) -> Callable[..., CalendarRead]:
    """Reads an event between two good ones, which must come through whole."""

    def read(name: str, middle: str | bytes) -> CalendarRead:
        path = tmp_path / "diary.ics"
        head, tail = calendar_text(good(1), "MIDDLE", good(2)).encode().split(b"MIDDLE")
        path.write_bytes(head + (middle.encode() if isinstance(middle, str) else middle) + tail)
        with tries.attempt(KIND, name) as refusal, of_processor(SECONDS):
            found = read_calendar(path, date(2025, 10, 1), date(2025, 11, 30))
        assert not refusal
        assert_good(found)
        return found

    return read


def assert_good(found: CalendarRead) -> None:
    for number in (1, 2):
        (meeting,) = [m for m in found.meetings if m.uid == f"good{number}@x.example"]
        assert meeting.title == f"Contract review {number}"
        assert meeting.start.isoformat() == f"2025-10-{13 + number}T10:00:00"
        assert (meeting.minutes, meeting.attendees) == (90, 3)
        assert (meeting.minutes_today, meeting.minutes_tomorrow) == (20, 70)


def zone(*lines: str) -> str:
    inside = ["BEGIN:VTIMEZONE", "TZID:mine", *lines, "END:VTIMEZONE"]
    return "\r\n".join([*inside, bad("DTSTART;TZID=mine:20251015T100000", END)])


RULE = "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10"
STANDARD = (
    "BEGIN:STANDARD",
    "DTSTART:16010101T000000",
    "TZOFFSETFROM:+0100",
    "TZOFFSETTO:+0000",
    RULE,
    "END:STANDARD",
)

# Name → the middle of the file, and how often the bad event takes place.
HELD: dict[str, tuple[str | bytes, int | None]] = {
    "COUNT of 1,000,000,000": (bad(*DAILY[:2], "RRULE:FREQ=DAILY;COUNT=1000000000"), 61),
    "UNTIL the year 9999": (bad(*DAILY[:2], "RRULE:FREQ=DAILY;UNTIL=99991231T000000Z"), 61),
    "an INTERVAL beyond all time": (bad(START, END, "RRULE:FREQ=WEEKLY;INTERVAL=1000000000"), 1),
    "every two hours, six times": (bad(START, END, "RRULE:FREQ=HOURLY;INTERVAL=2;COUNT=6"), 6),
    "daily since 1900": (bad("DTSTART;VALUE=DATE:19000101", "RRULE:FREQ=DAILY"), 61),
    "yearly since 1604": (bad("DTSTART;VALUE=DATE:16041015", "RRULE:FREQ=YEARLY"), 1),
    "a zone of a path": (bad("DTSTART;TZID=../../etc/passwd:20251015T100000", END), 1),
    "a zone of 5 KB": (bad(f"DTSTART;TZID={'x' * 4_000}:20251015T100000", END), 1),
    "a title of 5 MB": (bad(START, END, "SUMMARY:" + "x" * 5_000_000), 1),
    "a title of 5 MB of words": (bad(START, END, "SUMMARY:" + "RTT " * 1_250_000), 1),
    "a text of 1,600,000 lines": (bad(START, END, "DESCRIPTION:" + "a\\n" * 1_600_000), 1),
    "a text of open marks": (bad(START, END, "DESCRIPTION:" + "<" * 500_000 + ">"), 1),
    "a text of dashes": (bad(START, END, "DESCRIPTION:" + "- " * 200_000 + "x"), 1),
    "a text of minutes": (bad(START, END, "DESCRIPTION:" + "1h 1m " * 50_000), 1),
    "a text of times": (bad(START, END, "DESCRIPTION:" + "10:00-10:01 a\\n" * 5_000), 1),
    "a property of one's own, 5 MB": (bad(START, END, "X-MINE:" + "x" * 5_000_000), 1),
    "an attachment of 5 MB": (bad(START, END, "ATTACH;VALUE=BINARY:" + "x" * 5_000_000), 1),
    "a line folded a million times": (bad(START, END, "SUMMARY:x" + "\r\n x" * 1_000_000), 1),
    "50,000 properties": (bad(START, END, *(f"X-{n}:y" for n in range(50_000))), 1),
    "10,000 events in one": (
        "BEGIN:VEVENT\r\n" * 10_000 + bad(START, END) + "\r\nEND:VEVENT" * 10_000,
        1,
    ),
    "10,000 alarms in one": (
        bad(START, END, *["BEGIN:VALARM"] * 10_000, *["END:VALARM"] * 10_000),
        1,
    ),
    "an alarm that is not closed": (bad(START, END, "BEGIN:VALARM"), 1),
    "a zone of 3,000 rules": (zone(*STANDARD * 3_000), 1),
    "a zone of 20 rules": (zone(*STANDARD * 20), 1),
    "a zone by the second": (zone(*STANDARD[:4], "RRULE:FREQ=SECONDLY", STANDARD[5]), 1),
    "a zone that stands still": (zone(*STANDARD[:4], f"{RULE};INTERVAL=0", STANDARD[5]), 1),
    "a zone without an end": ("BEGIN:VTIMEZONE\r\nTZID:mine\r\n" + bad(START, END), 1),
    "a change without a series": (bad(START, END, "RECURRENCE-ID:20251015T100000Z"), 1),
    "3,000 of one name": ("\r\n".join([bad(START, END)] * 1_000), 1),
    "a priority of 10,000 digits": (bad(START, END, "PRIORITY:" + "9" * 10_000), 1),
    "an EXRULE that stands still": (
        bad(*DAILY, "EXRULE:FREQ=DAILY;INTERVAL=0"),
        61,
    ),
    "a null in a title": (bad(START, END, "SUMMARY:a\0b"), 1),
    "bytes that are no text": (
        bad(START, END, "SUMMARY:caf").encode().replace(b"caf", b"caf\xe9 \xff"),
        1,
    ),
    "200 changes of an older version": (
        "\r\n".join(
            [
                bad(*DAILY, "SEQUENCE:9"),
                *(
                    bad(
                        START,
                        END,
                        f"RECURRENCE-ID:2025{1 + n % 12:02d}{1 + n % 28:02d}T{n % 24:02d}0000Z",
                    )
                    for n in range(200)
                ),
            ]
        ),
        None,
    ),
}


@pytest.mark.parametrize("name", HELD)
def test_an_odd_event_ends_as_itself(among_good: Callable[..., CalendarRead], name: str) -> None:
    middle, wanted = HELD[name]
    found = among_good(name, middle)
    mine = [meeting for meeting in found.meetings if meeting.uid == "bad@x.example"]
    assert wanted is None or len(mine) == wanted, found.rejections
    assert all(len(meeting.title) <= 1_001 for meeting in mine)


# Name → the middle of the file, and what the rejection must say, with the column.
REJECTED: dict[str, tuple[str, str, str]] = {
    "INTERVAL of 0": (
        bad(START, END, "RRULE:FREQ=WEEKLY;INTERVAL=0"),
        "RRULE",
        "INTERVAL is below 1",
    ),
    "INTERVAL of 0, daily": (bad(*DAILY[:2], "RRULE:INTERVAL=0;FREQ=DAILY"), "RRULE", "below 1"),
    "INTERVAL of -1": (bad(START, END, "RRULE:FREQ=WEEKLY;INTERVAL=-1"), "RRULE", "below 1"),
    "INTERVAL of 0 in a second rule": (
        bad(START, END, "RRULE:FREQ=DAILY", "RRULE:FREQ=WEEKLY;INTERVAL=0"),
        "RRULE",
        "below 1",
    ),
    "by the second": (bad(START, END, "RRULE:FREQ=SECONDLY"), "RRULE", "minute or second"),
    "by the minute": (bad(START, END, "RRULE:FREQ=MINUTELY;COUNT=2"), "RRULE", "minute or second"),
    "by the hour since 1900": (
        bad("DTSTART:19000101T000000Z", "DURATION:PT1H", "RRULE:FREQ=HOURLY"),
        "RRULE",
        "days or hours",
    ),
    "every second of the day": (
        bad(
            START,
            END,
            f"RRULE:FREQ=DAILY;BYHOUR={','.join(map(str, range(24)))};"
            f"BYMINUTE={','.join(map(str, range(60)))};BYSECOND={','.join(map(str, range(60)))}",
        ),
        "RRULE",
        "days or hours",
    ),
    "30 February, daily": (
        bad(START, END, "RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30"),
        "RRULE",
        "no day of the calendar",
    ),
    "31 April, hourly": (
        bad(START, END, "RRULE:FREQ=HOURLY;BYMONTH=4;BYMONTHDAY=31"),
        "RRULE",
        "no meaning beside FREQ=HOURLY",
    ),
    "the third of one a day": (
        bad(START, END, "RRULE:FREQ=DAILY;BYSETPOS=3"),
        "RRULE",
        "no meaning beside FREQ=DAILY",
    ),
    "no weekday": (bad(START, END, "RRULE:FREQ=WEEKLY;BYDAY=XX"), "RRULE", "cannot be read"),
    "the 99th Monday": (bad(START, END, "RRULE:FREQ=MONTHLY;BYDAY=99MO"), "RRULE", "cannot be"),
    "no rule": (bad(START, END, "RRULE:nonsense"), "RRULE", "how often"),
    "a rule of 1 MB": (bad(START, END, "RRULE:" + "FREQ=DAILY;" * 90_000), "RRULE", "characters"),
    "100,000 days more": (
        bad(START, END, "RDATE:" + ",".join(["20251015T100000Z"] * 100_000)),
        "RDATE",
        "more than 5,000 days",
    ),
    "100,000 days less": (
        bad(*DAILY, "EXDATE:" + ",".join(["20251015T100000Z"] * 100_000)),
        "EXDATE",
        "more than 5,000 days",
    ),
    "20,000 lines of days less": (
        bad(*DAILY, *["EXDATE:20251015T100000Z"] * 20_000),
        "EXDATE",
        "more than 5,000 days",
    ),
    "5 MB of parameters": (
        bad(START, END, "SUMMARY" + ";a=b" * 1_000_000 + ":x"),
        "SUMMARY",
        "before its colon",
    ),
    "5 MB of quotation marks": (
        bad(START, END, "SUMMARY;X=" + '"' * 5_000_000 + ":x"),
        "SUMMARY",
        "before its colon",
    ),
    "20,000 who come": (
        bad(START, END, *(f"ATTENDEE:mailto:p{n}@a.example" for n in range(20_000))),
        "",
        "at most 5,000 are read",
    ),
    "a name of 5 MB": (
        bad(START, END, f'ATTENDEE;CN="{"x" * 5_000_000}":mailto:a@b.example'),
        "ATTENDEE",
        "characters",
    ),
    "a number of 10,000 digits": (bad(START, END, "SEQUENCE:" + "9" * 10_000), "SEQUENCE", ""),
    "a length below nought": (bad(START, "DURATION:-PT1H"), "DURATION", "below nought"),
    "a length of 99,999,999,999 days": (bad(START, "DURATION:P99999999999D"), "DURATION", ""),
    "an end before the start": (bad(START, "DTEND:20251014T100000Z"), "DTEND", "before the start"),
    "no start": (bad(END), "DTSTART", "no start"),
    "the year 0": (bad("DTSTART:00000101T000000Z"), "DTSTART", ""),
    "the year 1": (bad("DTSTART:00010101T000000Z", "RRULE:FREQ=DAILY"), "DTSTART", "the year 1 "),
    "the year 9999": (bad("DTSTART:99991231T235959Z", "DURATION:P10D"), "DTSTART", "year 9999"),
    "a change in the year 9999": (
        bad(START, END, "RECURRENCE-ID:99991231T000000Z"),
        "RECURRENCE-ID",
        "year 9999",
    ),
    "cut short": ("BEGIN:VEVENT\r\nUID:bad@x.example\r\nDTSTART:2025", "", "no END:VEVENT"),
}


@pytest.mark.parametrize("name", REJECTED)
def test_a_bad_event_is_rejected_with_its_line(
    among_good: Callable[..., CalendarRead], name: str
) -> None:
    middle, column, reason = REJECTED[name]
    found = among_good(name, middle)
    (rejection,) = found.rejections
    assert rejection.line == calendar_text(good(1), "MIDDLE").split("MIDDLE")[0].count("\n") + 1
    assert rejection.column == column
    assert reason in rejection.reason
    assert rejection.reason
    assert len(rejection.reason) <= 400
    assert len(rejection.value) <= 80
    assert not [meeting for meeting in found.meetings if meeting.uid == "bad@x.example"]


def test_what_is_left_out_of_a_text_is_told(among_good: Callable[..., CalendarRead]) -> None:
    found = among_good("told", bad(START, END, "DESCRIPTION:" + "RTT and beds " * 30_000))
    (note,) = found.notes
    assert note.endswith("the text is cut at 100,000 characters")


def test_a_zone_beyond_the_bound_is_named_as_unknown(
    among_good: Callable[..., CalendarRead],
) -> None:
    assert among_good("3,000 rules, told", zone(*STANDARD * 3_000)).unknown_zones == ("mine",)


_PARTS = {
    "FREQ": ["DAILY", "WEEKLY", "MONTHLY", "YEARLY", "HOURLY", "SECONDLY", "", "X"],
    "INTERVAL": ["0", "1", "2", "-3", "99999999999999999999", "x"],
    "COUNT": ["0", "1", "5", "1000000000", "-1", "x"],
    "UNTIL": ["20251101T000000Z", "99991231", "00000000", "x"],
    "BYDAY": ["MO", "TU,WE", "5MO", "-1SU", "54FR", "XX", "0MO"],
    "BYMONTH": ["2", "4", "12", "13", "0"],
    "BYMONTHDAY": ["1", "-1", "30", "31", "-31", "32", "0"],
    "BYYEARDAY": ["1", "366", "-366", "400"],
    "BYWEEKNO": ["1", "53", "-53", "60"],
    "BYSETPOS": ["1", "-1", "9", "366", "0"],
    "BYHOUR": ["9", "0,12", "24"],
    "BYMINUTE": ["0", "0,15,30,45", "60"],
    "BYSECOND": ["0", "59,60"],
    "WKST": ["MO", "SU", "X"],
}


def _rules(count: int) -> Iterator[tuple[str, str]]:
    """Rules of all parts and values, sensible and not, which the libraries were not made for."""
    for seed in range(count):
        chance = random.Random(seed)
        names = [name for name in _PARTS if name == "FREQ" or chance.random() < 0.25]
        rule = ";".join(f"{name}={chance.choice(_PARTS[name])}" for name in names)
        yield f"rule {seed}: {rule}", bad(START, END, f"RRULE:{rule}")


def _mutated(count: int) -> Iterator[tuple[str, bytes]]:
    ways = [
        mutations.cut_at_any_byte,
        mutations.flip_bytes,
        mutations.flip_a_bit,
        mutations.insert_bytes,
        mutations.drop_a_stretch,
        mutations.repeat_a_stretch,
        mutations.only_noise,
    ]
    whole = bad(
        "DTSTART;TZID=Europe/London:20251014T100000",
        "DTEND;TZID=Europe/London:20251014T110000",
        "RRULE:FREQ=WEEKLY;COUNT=4;BYDAY=TU",
        "EXDATE;TZID=Europe/London:20251021T100000",
        "RDATE;TZID=Europe/London:20251022T100000",
        "SUMMARY:Contract review",
        r"DESCRIPTION:10:00-10:20 RTT\n10:20-11:00 Prevention",
        *people(ICB, organiser=ICB),
    ).encode()
    for seed in range(count):
        chance = random.Random(seed)
        way = chance.choice(ways)
        yield f"{way.__name__} {seed}", way(chance, whole)


def test_rules_of_all_kinds_and_spoiled_events(among_good: Callable[..., CalendarRead]) -> None:
    for name, middle in [*_rules(120), *_mutated(150)]:
        among_good(name, middle)


def test_what_looks_folded_takes_no_end_of_an_event_along(
    among_good: Callable[..., CalendarRead],
) -> None:
    for name, middle in (("tab", b"\t)\x07-"), ("blank", b" x"), ("twice", b" a\r\n\tb")):
        among_good(f"folded {name}", middle)


@pytest.mark.evidence
def test_many_rules_and_spoiled_events(among_good: Callable[..., CalendarRead]) -> None:
    for name, middle in [*_rules(3_000), *_mutated(2_000)]:
        among_good(name, middle)


def test_a_whole_file_of_5_mb(tmp_path: Path, tries: Tries) -> None:
    path = tmp_path / "diary.ics"
    path.write_text(calendar_text(good(1), *[bad(START, "X-A:" + "x" * 5_000)] * 1_000, good(2)))
    out = tmp_path / "out"
    ran = tries.command(
        KIND,
        "5 MB, whole command",
        ["asks", "calendar", path, "--from", "2025-10-01", "--to", "2025-11-30", "--out", out],
        seconds=30,
    )
    assert "3 meetings from 2025-10-01" in ran.out


TOPICS = "10:00-10:20 Finance and beds"
GROWING: dict[str, Callable[[int], object]] = {
    "folded lines": lambda n: read_blocks(b"BEGIN:VCALENDAR\nX:" + b"\n x" * n, "d"),
    "open marks": lambda n: _agenda("<" * n),
    "dashes": lambda n: _agenda("- " * n + "x"),
    "brackets": lambda n: _agenda("(" * n),
    "minutes": lambda n: _agenda("1h 1m " * n),
    "lines of topics": lambda n: _agenda(f"{TOPICS}\n" * (n // 20)),
    "commas": lambda n: _agenda(", " * n),
    "breaks": lambda n: _agenda("<br" * n),
}


def _agenda(text: str) -> object:
    start = datetime(2025, 10, 14, 10)
    return agenda_lines(text, start, 60, lambda _: True, all_day=False)


@pytest.mark.parametrize("name", GROWING)
def test_time_grows_with_the_length_alone(tries: Tries, name: str) -> None:
    with tries.attempt("linear patterns of calendars", name):
        assert_linear(GROWING[name], 20_000)
