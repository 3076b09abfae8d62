"""Which meetings take place, when and how long: zones, series, exceptions, versions."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from remit.model.errors import AskError
from tests.asks.calendars import OWN, calendar_text, event, people, read

WEEKLY = (
    "DTSTART;TZID=Europe/London:20251014T100000",
    "DTEND;TZID=Europe/London:20251014T110000",
    "RRULE:FREQ=WEEKLY;COUNT=4",
    "SUMMARY:Review",
)


def _starts(folder: Path, *parts: str, head: str = "") -> list[str]:
    found = read(folder, calendar_text(*parts, head=head))
    return [meeting.start.isoformat() for meeting in found.meetings]


def test_a_series_keeps_its_local_time_when_the_clock_changes(tmp_path: Path) -> None:
    assert _starts(tmp_path, event(*WEEKLY)) == [
        "2025-10-14T10:00:00",
        "2025-10-21T10:00:00",
        "2025-10-28T10:00:00",
        "2025-11-04T10:00:00",
    ]


@pytest.mark.parametrize(
    ("start", "local"),
    [
        ("DTSTART:20250930T090000Z", "2025-09-30T10:00:00"),
        ("DTSTART:20251130T090000Z", "2025-11-30T09:00:00"),
        ("DTSTART:20251130T090000", "2025-11-30T09:00:00"),
        ("DTSTART;TZID=GMT Standard Time:20250930T090000", "2025-09-30T09:00:00"),
        ('DTSTART;TZID="GMT Standard Time":20250930T090000', "2025-09-30T09:00:00"),
        (
            'DTSTART;TZID="(UTC+00:00) Dublin, Edinburgh, Lisbon, London":20250930T090000',
            "2025-09-30T09:00:00",
        ),
        ("DTSTART;TZID=tzone://Microsoft/Utc:20250930T090000", "2025-09-30T10:00:00"),
        ("DTSTART;TZID=/maker.example/Europe/London:20250930T090000", "2025-09-30T09:00:00"),
        ("DTSTART;TZID=Europe/Paris:20250930T100000", "2025-09-30T09:00:00"),
        ("DTSTART;TZID=Eastern Standard Time:20250930T040000", "2025-09-30T09:00:00"),
        ("DTSTART;VALUE=DATE:20250930", "2025-09-30"),
    ],
)
def test_times_are_told_in_local_time(tmp_path: Path, start: str, local: str) -> None:
    assert _starts(tmp_path, event(start, "DURATION:PT1H", "SUMMARY:Review")) == [local]


def test_a_zone_that_the_file_defines_is_used_and_not_mixed_with_another_files(
    tmp_path: Path,
) -> None:
    def zone(offset: str) -> str:
        return "\r\n".join(
            [
                "BEGIN:VTIMEZONE",
                "TZID:Customized Time Zone",
                "BEGIN:STANDARD",
                "DTSTART:16010101T000000",
                f"TZOFFSETFROM:{offset}",
                f"TZOFFSETTO:{offset}",
                "END:STANDARD",
                "END:VTIMEZONE",
            ]
        )

    one = event("DTSTART;TZID=Customized Time Zone:20251105T120000", "DURATION:PT1H")
    assert _starts(tmp_path, zone("+0200"), one) == ["2025-11-05T10:00:00"]
    assert _starts(tmp_path, zone("+0500"), one) == ["2025-11-05T07:00:00"]


def test_an_unknown_zone_is_read_as_local_time_and_said(tmp_path: Path) -> None:
    one = event("DTSTART;TZID=Nowhere/Land:20251105T120000", "DURATION:PT1H")
    found = read(tmp_path, calendar_text(one))
    assert [m.start.isoformat() for m in found.meetings] == ["2025-11-05T12:00:00"]
    assert found.unknown_zones == ("Nowhere/Land",)


def test_excluded_and_added_days(tmp_path: Path) -> None:
    extra = (
        "EXDATE;TZID=Europe/London:20251021T100000",
        "EXDATE:20251028T100000Z",
        "RDATE;TZID=Europe/London:20251106T140000",
    )
    assert _starts(tmp_path, event(*WEEKLY, *extra)) == [
        "2025-10-14T10:00:00",
        "2025-11-04T10:00:00",
        "2025-11-06T14:00:00",
    ]


def test_a_changed_occurrence_replaces_its_original(tmp_path: Path) -> None:
    moved = event(
        "RECURRENCE-ID:20251021T090000Z",
        "DTSTART;TZID=Europe/London:20251023T150000",
        "DTEND;TZID=Europe/London:20251023T153000",
        "SEQUENCE:1",
    )
    found = read(tmp_path, calendar_text(event(*WEEKLY), moved))
    assert [(m.start.isoformat(), m.hours) for m in found.meetings] == [
        ("2025-10-14T10:00:00", 1.0),
        ("2025-10-23T15:00:00", 0.5),
        ("2025-10-28T10:00:00", 1.0),
        ("2025-11-04T10:00:00", 1.0),
    ]


def test_a_change_that_names_only_the_day_replaces_its_original(tmp_path: Path) -> None:
    moved = event(
        "RECURRENCE-ID;VALUE=DATE:20251021",
        "DTSTART;TZID=Europe/London:20251022T100000",
        "DTEND;TZID=Europe/London:20251022T110000",
    )
    starts = _starts(tmp_path, event(*WEEKLY), moved)
    assert "2025-10-21T10:00:00" not in starts
    assert len(starts) == 4


@pytest.mark.parametrize(
    "mark", ["STATUS:CANCELLED", "SUMMARY:Canceled: Review", "SUMMARY:Review - CANCELLED"]
)
def test_a_cancelled_occurrence_is_not_counted(tmp_path: Path, mark: str) -> None:
    gone = event(
        "RECURRENCE-ID;TZID=Europe/London:20251021T100000",
        "DTSTART;TZID=Europe/London:20251021T100000",
        "DTEND;TZID=Europe/London:20251021T110000",
        mark,
    )
    assert len(_starts(tmp_path, event(*WEEKLY), gone)) == 3


def test_a_title_about_cancellations_is_no_cancellation(tmp_path: Path) -> None:
    line = "SUMMARY:Cancelled operations: weekly review"
    one = event("DTSTART:20251014T090000Z", "DURATION:PT1H", line)
    assert len(_starts(tmp_path, one)) == 1


def test_a_cancelled_series_and_a_calendar_of_cancellations_count_nothing(tmp_path: Path) -> None:
    assert _starts(tmp_path, event(*WEEKLY, "STATUS:CANCELLED")) == []
    assert _starts(tmp_path, event(*WEEKLY), head="METHOD:CANCEL") == []


def test_of_two_versions_the_higher_sequence_stands_wherever_it_is(tmp_path: Path) -> None:
    new = event("DTSTART:20251006T160000Z", "DURATION:PT45M", "SEQUENCE:2")
    old = event("DTSTART:20251003T150000Z", "DURATION:PT30M", "SEQUENCE:0")
    assert _starts(tmp_path, new, old) == ["2025-10-06T17:00:00"]
    assert _starts(tmp_path, old, new) == ["2025-10-06T17:00:00"]


def test_the_same_event_twice_is_counted_once(tmp_path: Path) -> None:
    assert len(_starts(tmp_path, event(*WEEKLY), event(*WEEKLY))) == 4


def test_a_change_to_an_older_version_of_the_series_is_dropped(tmp_path: Path) -> None:
    master = event(
        "DTSTART;TZID=Europe/London:20251014T140000",
        "DTEND;TZID=Europe/London:20251014T150000",
        "RRULE:FREQ=WEEKLY;COUNT=2",
        "SEQUENCE:3",
    )
    stale = event(
        "RECURRENCE-ID;TZID=Europe/London:20251021T100000",
        "DTSTART;TZID=Europe/London:20251022T100000",
        "DURATION:PT1H",
        "SEQUENCE:1",
    )
    assert _starts(tmp_path, master, stale) == ["2025-10-14T14:00:00", "2025-10-21T14:00:00"]


def test_an_occurrence_without_its_series_counts(tmp_path: Path) -> None:
    lone = event(
        "RECURRENCE-ID:20251021T090000Z", "DTSTART:20251021T090000Z", "DTEND:20251021T100000Z"
    )
    assert _starts(tmp_path, lone) == ["2025-10-21T10:00:00"]


def test_a_change_of_this_and_all_that_follow(tmp_path: Path) -> None:
    later = event(
        "RECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Europe/London:20251028T100000",
        "DTSTART;TZID=Europe/London:20251028T140000",
        "DTEND;TZID=Europe/London:20251028T150000",
    )
    assert _starts(tmp_path, event(*WEEKLY), later) == [
        "2025-10-14T10:00:00",
        "2025-10-21T10:00:00",
        "2025-10-28T14:00:00",
        "2025-11-04T14:00:00",
    ]


def test_rules_by_weekday_of_the_month_and_until_a_time(tmp_path: Path) -> None:
    last = event(
        "DTSTART;TZID=Europe/London:20250924T090000",
        "DURATION:PT1H",
        "RRULE:FREQ=MONTHLY;BYDAY=-1WE;UNTIL=20251126T090000Z",
    )
    assert _starts(tmp_path, last) == [
        "2025-09-24T09:00:00",
        "2025-10-29T09:00:00",
        "2025-11-26T09:00:00",
    ]


def test_an_endless_series_is_read_within_the_window(tmp_path: Path) -> None:
    daily = event("DTSTART:20150105T090000Z", "DURATION:PT15M", "RRULE:FREQ=DAILY")
    found = read(tmp_path, calendar_text(daily), date(2025, 9, 1), date(2025, 9, 30))
    assert len(found.meetings) == 30


def test_the_window_includes_both_its_days_and_goes_by_the_start(tmp_path: Path) -> None:
    nightly = event(
        "DTSTART:20251031T233000Z", "DTEND:20251101T003000Z", "RRULE:FREQ=DAILY;COUNT=3"
    )
    found = read(tmp_path, calendar_text(nightly), date(2025, 11, 1), date(2025, 11, 1))
    assert [m.start.isoformat() for m in found.meetings] == ["2025-11-01T23:30:00"]


def test_an_all_day_event_lasts_as_long_as_its_agenda(tmp_path: Path) -> None:
    day = event("DTSTART;VALUE=DATE:20251014", "DTEND;VALUE=DATE:20251015", "SUMMARY:Visit")
    told = event(
        "DTSTART:20251014T230000Z",
        "DTEND:20251015T230000Z",
        "X-MICROSOFT-CDO-ALLDAYEVENT:TRUE",
        r"DESCRIPTION:09:30-10:00 Welcome\n10:00-12:00 UEC walk round",
        uid="two@ztrust.example",
    )
    found = read(tmp_path, calendar_text(day, told)).meetings
    assert [(m.start.isoformat(), m.hours, m.minutes_today) for m in found] == [
        ("2025-10-14", 0.0, 0),
        ("2025-10-15", 2.5, 120),
    ]


def test_people_are_distinct_addresses_without_rooms_and_refusals(tmp_path: Path) -> None:
    one = event(
        "DTSTART:20251014T090000Z",
        "DURATION:PT1H",
        f"ORGANIZER:mailto:pa@{OWN}",
        f"ATTENDEE;PARTSTAT=ACCEPTED:mailto:ceo@{OWN}",
        f"ATTENDEE;PARTSTAT=ACCEPTED:MAILTO:CEO@{OWN.upper()}",
        f"ATTENDEE;PARTSTAT=declined:mailto:coo@{OWN}",
        f"ATTENDEE;PARTSTAT=TENTATIVE:mailto:cfo@{OWN}",
        f"ATTENDEE;CUTYPE=ROOM;PARTSTAT=ACCEPTED:mailto:b2@{OWN}",
        f"ATTENDEE;CUTYPE=RESOURCE:mailto:car@{OWN}",
        f'ATTENDEE;CN="Meeting Room 4":mailto:rm4@{OWN}',
        f"ATTENDEE:mailto:boardroom2@{OWN}",
        "ATTENDEE;PARTSTAT=NEEDS-ACTION:mailto:kim@zicb-icb.example",
    )
    (meeting,) = read(tmp_path, calendar_text(one)).meetings
    assert (meeting.attendees, meeting.own_attendees) == (3, 2)


def test_broken_events_are_rejected_with_line_and_reason_and_the_rest_go_on(
    tmp_path: Path,
) -> None:
    good = event("DTSTART:20251014T090000Z", "DURATION:PT1H", uid="good@ztrust.example")
    parts = [
        event("DTSTART:2025-10-14", uid="a"),
        event("SUMMARY:No start", uid="b"),
        event("DTSTART:20251014T090000Z", "DTEND:20251014T080000Z", uid="c"),
        event("DTSTART:20251014T090000Z", "RRULE:FREQ=OFTEN", uid="d"),
        event("DTSTART:20251014T090000Z", "RRULE:FREQ=SECONDLY", uid="e"),
        good,
        "BEGIN:VEVENT\r\nUID:f\r\nDTSTART:20251014T090000Z",
    ]
    found = read(tmp_path, calendar_text(*parts))
    assert [m.uid for m in found.meetings] == ["good@ztrust.example"]
    assert [(r.line, r.column) for r in found.rejections] == [
        (3, "DTSTART"),
        (7, "DTSTART"),
        (11, "DTEND"),
        (16, "RRULE"),
        (21, "RRULE"),
        (31, ""),
    ]
    assert found.events_read == 7
    assert "no END:VEVENT" in found.rejections[-1].reason


def test_folded_lines_and_foreign_encodings_are_read(tmp_path: Path) -> None:
    title = "SUMMARY:Review of the café".encode()
    folded = title[:-1] + b"\r\n " + title[-1:]  # in the middle of a letter
    text = calendar_text(event("DTSTART:20251014T090000Z", "X-HERE:1")).encode()
    found = read(tmp_path, text.replace(b"X-HERE:1", folded))
    assert found.meetings[0].title == "Review of the café"
    windows = text.replace(b"X-HERE:1", "SUMMARY:Café".encode("cp1252"))
    assert read(tmp_path, windows).meetings[0].title == "Café"


def test_what_is_no_calendar_is_refused(tmp_path: Path) -> None:
    with pytest.raises(AskError, match="no calendar"):
        read(tmp_path, "uid,start\n")
    with pytest.raises(AskError, match="before it begins"):
        read(tmp_path, calendar_text(), date(2025, 9, 2), date(2025, 9, 1))
    with pytest.raises(AskError, match="--zone"):
        read(tmp_path, calendar_text(), zone_name="Mars/North")


def test_an_alarm_within_an_event_does_not_speak_for_it(tmp_path: Path) -> None:
    alarm = "BEGIN:VALARM\r\nACTION:DISPLAY\r\nDESCRIPTION:10:00-11:00 RTT\r\nEND:VALARM"
    one = event("DTSTART:20251014T090000Z", "DURATION:PT1H", "SUMMARY:Talk", alarm, *people())
    (meeting,) = read(tmp_path, calendar_text(one)).meetings
    assert (meeting.minutes_today, meeting.minutes_tomorrow) == (0, 0)
