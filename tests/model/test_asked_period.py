"""A month, a quarter or a year as a person asks a command for it."""

from datetime import date

import pytest

from remit.model.asked_period import asked_period
from remit.model.errors import AssessmentError

MARCH = (date(2026, 3, 1), date(2026, 3, 31), "Mar 2026")


@pytest.mark.parametrize(
    "text",
    [
        "2026-03", "2026/03", "2026.3", "202603", "2026M03", "2026 March", "2026-MAR",
        "Mar 2026", "mar 26", "March-2026", "Mar/2026", "Mar_2026", "Mar '26", " March,  2026 ",
        "03/2026", "3/2026", "03-2026", "2026-03-01", "2026-03-31", "31/03/2026", "01/03/2026",
    ],
)  # fmt: skip
def test_a_month_is_known_in_all_its_spellings(text: str) -> None:
    found = asked_period(text)
    assert (found.start, found.end, found.label) == MARCH


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2025/26 Q4", date(2026, 1, 1), date(2026, 3, 31)),
        ("2025-26", date(2025, 4, 1), date(2026, 3, 31)),
        ("2011/12", date(2011, 4, 1), date(2012, 3, 31)),
        ("2011/2012", date(2011, 4, 1), date(2012, 3, 31)),
        # A month and a year of four digits: never the year 2012/13.
        ("12/2013", date(2013, 12, 1), date(2013, 12, 31)),
        ("2013-12", date(2013, 12, 1), date(2013, 12, 31)),
        ("2025", date(2025, 1, 1), date(2025, 12, 31)),
        ("Jul 2024 - Jun 2025", date(2024, 7, 1), date(2025, 6, 30)),
    ],
)
def test_quarters_and_years_are_what_they_were(text: str, start: date, end: date) -> None:
    found = asked_period(text)
    assert (found.start, found.end) == (start, end)


def test_what_is_a_month_or_a_year_is_asked_about() -> None:
    with pytest.raises(AssessmentError, match=r"'2011-12'.*Dec 2011 or 2011/12"):
        asked_period("2011-12")


@pytest.mark.parametrize(
    "text", ["", "soon", "2026-13", "2026-00", "13/2026", "2026-02-30", "03", "March", "the Mar 26"]
)
def test_what_is_no_period_is_refused_with_what_to_write(text: str) -> None:
    with pytest.raises(AssessmentError, match=r"--period takes a month such as Mar 2026"):
        asked_period(text)
