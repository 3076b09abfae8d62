from datetime import date

import pytest

from remit.model.period import Period, parse_period, parse_quarter, quarter

Q1 = quarter(2025, 1)


def test_a_quarter_of_the_financial_year_has_its_days_and_label() -> None:
    assert Period(date(2025, 4, 1), date(2025, 6, 30), "2025/26 Q1") == Q1
    assert quarter(2025, 4) == Period(date(2026, 1, 1), date(2026, 3, 31), "2025/26 Q4")


@pytest.mark.parametrize(
    "text",
    ["Q1 2025/26", "2025/26 Q1", "q1 2025-26", "Q1  2025/2026", "Q1 2025", "Q1 25/26", "25/26 Q1"],
)
def test_a_quarter_is_known_in_all_its_spellings(text: str) -> None:
    assert parse_quarter(text) == Q1


@pytest.mark.parametrize("text", ["", "Q5 2025/26", "Q1 2025/27", "Jun-25", "2025/26", "Q1"])
def test_what_is_no_quarter_is_none(text: str) -> None:
    assert parse_quarter(text) is None


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("Jun-25", date(2025, 6, 1), date(2025, 6, 30)),
        ("June 2025", date(2025, 6, 1), date(2025, 6, 30)),
        ("Feb-24", date(2024, 2, 1), date(2024, 2, 29)),
        ("Q3 2025/26", date(2025, 10, 1), date(2025, 12, 31)),
        ("2025/26", date(2025, 4, 1), date(2026, 3, 31)),
        ("2025/26 plan", date(2025, 4, 1), date(2026, 3, 31)),
        ("2024", date(2024, 1, 1), date(2024, 12, 31)),
        ("Month 3 2025", date(2025, 4, 1), date(2025, 6, 30)),
        ("Month 12 2025/26", date(2025, 4, 1), date(2026, 3, 31)),
        ("Month 10 2025/26", date(2025, 4, 1), date(2026, 1, 31)),
        ("Jul 24 - Jun 25", date(2024, 7, 1), date(2025, 6, 30)),
        ("Apr 25 - Mar 26 vs Apr 24 - Mar 25", date(2025, 4, 1), date(2026, 3, 31)),
        ("To M12 2024/25 vs 2023/24", date(2024, 4, 1), date(2025, 3, 31)),
        ("Q4 2024-25", date(2025, 1, 1), date(2025, 3, 31)),
        ("Year to date 25/26", date(2025, 4, 1), date(2025, 6, 30)),
        (
            "Latest published if awarded post August 2023",
            date(2023, 9, 1),
            date(2025, 6, 30),
        ),
        (
            "Latest published if awarded between 13 Feb 24 and 12 Feb 26",
            date(2024, 2, 13),
            date(2026, 2, 12),
        ),
        ("", date(2025, 4, 1), date(2025, 6, 30)),
    ],
)
def test_reporting_dates_of_one_release(text: str, start: date, end: date) -> None:
    period = parse_period(text, Q1)
    assert period is not None
    assert (period.start, period.end) == (start, end)


@pytest.mark.parametrize(
    "text",
    [
        "Jux-25",
        "2025/27",
        "Month 13 2025/26",
        "Jun 25 - Jul 24",
        "soon",
        "13 Feb 24",
        "Month 0 2025",
        "ſep 2025",
        "Jun ٢٠٢٥",
    ],
)
def test_what_is_no_period_is_none(text: str) -> None:
    assert parse_period(text, Q1) is None
