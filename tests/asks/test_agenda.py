"""Minutes from an agenda, however it is written; and which of them are today or tomorrow."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from remit.asks.calendar.agenda import agenda_lines
from remit.asks.calendar.horizon import HorizonReader
from remit.asks.calendar.meetings import load_meetings

START = datetime(2025, 11, 3, 14, 0)


def lines_of(text: str, length: float = 60, *, all_day: bool = False) -> list[tuple[str, float]]:
    reader = HorizonReader(load_meetings())
    found = agenda_lines(text, START, length, reader.is_topic, all_day=all_day)
    return [(line.words, line.minutes) for line in found]


@pytest.mark.parametrize(
    "text",
    [
        "14:00-14:20 RTT\n14:20-15:00 Prevention",
        "14.00 – 14.20  RTT\n14.20 – 15.00  Prevention",
        "1400-1420hrs RTT\n1420-1500hrs Prevention",
        "2pm to 2.20pm RTT\n2.20pm to 3pm Prevention",
        "2:00-2:20 RTT\n2:20-3:00 Prevention",
        "RTT (20 mins)\nPrevention (40 mins)",
        "[20m] RTT\n[40m] Prevention",
        "1. RTT 20 mins\n2. Prevention 40 minutes",
        "• RTT – 20min\n• Prevention – 40min",
        "20 mins: RTT\n40 mins: Prevention",
        "RTT 20'\nPrevention 40'",
        "RTT 20 mins; Prevention 40 mins",
        "RTT 20m | Prevention 40m",
        "14:00 RTT\n14:20 Prevention",
        "0-20 min RTT\n20-60 min Prevention",
        "1) RTT (20)\n2) Prevention (40)",
        "RTT: 20\nPrevention: 40",
        "2pm RTT\n2.20pm Prevention\n3pm",
        "Item 1: RTT (14:00-14:20)\nItem 2: Prevention (14:20-15:00)",
        "<ul><li>RTT (20 mins)</li><li>Prevention (40 mins)</li></ul>",
    ],
)
def test_the_same_agenda_in_many_forms(text: str) -> None:
    assert lines_of(text) == [("RTT", 20.0), ("Prevention", 40.0)]


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("RTT (1 hr)", 60),
        ("RTT - 1.5 hours", 90),
        ("RTT: 1h30", 90),
        ("RTT - half an hour", 30),
        ("RTT - 1 hour 15 mins", 75),
        ("09:30-13:00 RTT", 210),
        ("11:30-1:00 RTT", 90),
    ],
)
def test_hours_and_passing_noon(text: str, minutes: float) -> None:
    assert [found for _, found in lines_of(text, 240)] == [minutes]


@pytest.mark.parametrize(
    "text",
    [
        "65/52 week cohort",
        "12 hour breaches in ED",
        "Plan 2025-2026",
        "Handovers over 45 minutes",
        "Savings of £2m",
        "Papers to follow.",
        "",
        "Microsoft Teams meeting\nMeeting ID: 123 456 10:30-11:00",
    ],
)
def test_figures_that_are_no_times(text: str) -> None:
    assert all(minutes == 60 for _, minutes in lines_of(text))


def test_a_time_in_brackets_is_told_from_a_time_in_the_topic() -> None:
    assert lines_of("Handovers over 45 minutes (20 mins)") == [("Handovers over 45 minutes", 20.0)]
    assert lines_of("12 hour breaches - 10 mins") == [("12 hour breaches", 10.0)]


def test_shares_and_plain_bullets() -> None:
    assert lines_of("RTT 25%\nPrevention 75%") == [("RTT", 15.0), ("Prevention", 45.0)]
    assert lines_of("- RTT\n- Prevention\n- Finance") == [
        ("RTT", 20.0),
        ("Prevention", 20.0),
        ("Finance", 20.0),
    ]
    assert lines_of("- RTT\n- Prevention", all_day=True) == []


def test_more_minutes_than_the_meeting_are_shortened_alike() -> None:
    assert lines_of("RTT (60 mins)\nPrevention (60 mins)", 60) == [
        ("RTT", 30.0),
        ("Prevention", 30.0),
    ]


@settings(deadline=None)
@given(st.lists(st.integers(1, 90), min_size=1, max_size=8), st.integers(15, 300))
def test_no_agenda_is_longer_than_its_meeting(parts: list[int], length: int) -> None:
    text = "\n".join(f"{index}. RTT ({minutes} mins)" for index, minutes in enumerate(parts))
    assert sum(minutes for _, minutes in lines_of(text, length)) <= length + 1e-6


@pytest.mark.parametrize(
    ("words", "title", "horizon"),
    [
        ("UEC performance", "", "today"),
        ("Month 6 run rate", "", "today"),
        ("Winter plan questions", "Health scrutiny", "today"),
        ("Outpatient transformation", "", "tomorrow"),
        ("Health inequalities in complaints and access", "", "tomorrow"),
        ("Savings to 2029", "", "tomorrow"),
        ("Savings to 2025", "", "today"),
        ("Ten-year workforce supply", "", "tomorrow"),
        ("Workforce and estates", "Neighbourhood health group", "tomorrow"),
        ("Workforce and estates", "Performance review", "today"),
        ("Welcome, actions", "Neighbourhood health group", "neither"),
        ("AOB", "", "neither"),
        ("Questions from the public", "", "neither"),
        ("Welcome and winter position", "", "today"),
    ],
)
def test_lines_are_placed(words: str, title: str, horizon: str) -> None:
    assert HorizonReader(load_meetings()).of_line(words, title, date(2025, 10, 1)) == horizon


@pytest.mark.parametrize(
    ("words", "on", "horizon"),
    [
        # A matter of both: today, unless a change to come is named.
        ("Falls and reablement outcomes", date(2025, 10, 1), "today"),
        ("Reablement redesign", date(2025, 10, 1), "tomorrow"),
        ("Better Care Fund from 2026", date(2025, 10, 1), "tomorrow"),
        ("Better Care Fund from 2024", date(2025, 10, 1), "today"),
        # A plan for the year that runs, and for the next: the same words, other days.
        ("Operating plan 2026/27", date(2026, 5, 1), "today"),
        ("Operating plan 2026/27", date(2026, 3, 31), "tomorrow"),
        ("Operating plan 26/27", date(2026, 3, 31), "tomorrow"),
        # Today's matters stay, whatever changes.
        ("Handover redesign", date(2025, 10, 1), "today"),
        # Two years ahead or more.
        ("Beds 2025-28", date(2025, 10, 1), "tomorrow"),
        ("Beds 2025-26", date(2025, 10, 1), "today"),
    ],
)
def test_lines_go_by_the_table_and_by_changes_to_come(words: str, on: date, horizon: str) -> None:
    assert HorizonReader(load_meetings()).of_line(words, "", on) == horizon


def test_words_of_ones_own_come_before_the_table() -> None:
    own = load_meetings().model_copy(update={"tomorrow": ("handover*",), "today": ("CVD",)})
    reader, day = HorizonReader(own), date(2025, 10, 1)
    assert reader.of_line("Ambulance handovers", "", day) == "tomorrow"
    assert reader.of_line("CVD", "", day) == "today"
    assert HorizonReader(load_meetings()).of_line("Ambulance handovers", "", day) == "today"
    assert HorizonReader(load_meetings()).of_line("CVD", "", day) == "tomorrow"
