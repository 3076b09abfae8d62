"""Periods in running text, read in the light of the day an ask was received."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from remit.asks.matching.periods import read_spans

RECEIVED = date(2025, 10, 13)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("position at end of September", "2025-09-01", "2025-09-30"),
        ("as at 30 September", "2025-09-30", "2025-09-30"),
        ("Sept m/e 52ww", "2025-09-01", "2025-09-30"),
        ("Q2 figures", "2025-07-01", "2025-09-30"),
        ("quarter one", "2025-04-01", "2025-06-30"),
        ("the first quarter", "2025-04-01", "2025-06-30"),
        ("Q4 2024/25", "2025-01-01", "2025-03-31"),
        ("July to September", "2025-07-01", "2025-09-30"),
        ("Apr-Jun", "2025-04-01", "2025-06-30"),
        ("for July, August, September", "2025-07-01", "2025-09-30"),
        ("M6 position", "2025-04-01", "2025-09-30"),
        ("month 5 agency spend", "2025-04-01", "2025-08-31"),
        ("the first five months", "2025-04-01", "2025-08-31"),
        ("H1 template", "2025-04-01", "2025-09-30"),
        ("at the half year", "2025-04-01", "2025-09-30"),
        ("w/c 29 September", "2025-09-29", "2025-10-05"),
        ("week ending 5 October", "2025-09-29", "2025-10-05"),
        ("w/e 5/10", "2025-09-29", "2025-10-05"),
        ("last week's numbers", "2025-10-06", "2025-10-12"),
        ("last month", "2025-09-01", "2025-09-30"),
        ("2024/25 outturn", "2024-04-01", "2025-03-31"),
        ("26/27 to 28/29", "2026-04-01", "2029-03-31"),
        ("2025-28 strategy", "2025-04-01", "2028-03-31"),
        ("last financial year", "2024-04-01", "2025-03-31"),
        ("12 month rolling sickness to end June", "2024-07-01", "2025-06-30"),
        ("1 December - 31 January 2025", "2024-12-01", "2025-01-31"),
        ("incidents since 1 July", "2025-07-01", "2025-10-13"),
        ("monthly, through to Christmas", "2025-10-01", "2025-12-31"),
        ("the event of 24/7", "2025-07-24", "2025-07-24"),
        ("in May", "2025-05-01", "2025-05-31"),
        ("slots between December and March", "2025-12-01", "2026-03-31"),
    ],
)
def test_wordings(text: str, start: str, end: str) -> None:
    spans = read_spans(text, RECEIVED)
    assert (spans[0].start, spans[0].end) == (date.fromisoformat(start), date.fromisoformat(end))


@pytest.mark.parametrize(
    "text",
    [
        "please reply by 20 October",
        "due 17 October",
        "you may wish to send it",
        "31 June is no day",
        "month 14",
        "the winter ahead",
        "",
    ],
)
def test_deadlines_verbs_and_nonsense_are_no_periods(text: str) -> None:
    assert read_spans(text, RECEIVED) == []


def test_a_logged_period_settles_the_year() -> None:
    (span,) = read_spans("ENT trajectory, December", RECEIVED, date(2025, 12, 31))
    assert span.end == date(2025, 12, 31)


def test_a_range_without_a_year_that_would_begin_far_ahead_looks_back() -> None:
    (span,) = read_spans("restraint between January and March", date(2025, 5, 15))
    assert (span.start, span.end) == (date(2025, 1, 1), date(2025, 3, 31))


def test_end_of_a_month_is_a_state_and_a_month_is_not() -> None:
    assert read_spans("list at end of September", RECEIVED)[0].snapshot
    assert not read_spans("discharges in September", RECEIVED)[0].snapshot


@given(st.text(max_size=200), st.dates(date(2000, 1, 1), date(2090, 1, 1)))
def test_any_text_gives_spans_in_order(text: str, received: date) -> None:
    for span in read_spans(text, received):
        assert span.start <= span.end
