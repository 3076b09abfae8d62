"""A year without figures is no single step on a chart."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from remit.model.metric import Frequency
from remit.model.period import Period, month, quarter
from remit.report import build_report
from remit.report.gaps import with_gaps
from remit.report.missing import grouped
from remit.signals.points import Point
from tests.report.stores import SEEN, frame, seen


def point(period: Period, value: float | None = 1.0) -> Point:
    none = None
    return Point(period.label, period.start, period.end, value, none, none, none, none, none, none)


def test_months_of_which_no_file_is_held_stand_as_gaps() -> None:
    figures = frame(
        seen("ZA1", [80.0, 82.0] * 6, last=(2024, 11)), seen("ZA1", [81.0, 80.0], last=(2025, 6))
    )
    view = build_report(figures, "ZA1", "Jun 2025", metrics=[SEEN]).view
    line = view.own.lines[0]
    assert [(gap.expected, gap.held, gap.reason) for gap in view.missing] == [
        ("Dec 2024 to Apr 2025", "Jun 2025", "No file that is held gives it.")
    ]
    # Of a gap before the newest, the newest is no news.
    assert [one.finding for one in grouped(view.missing)] == ["No figure for Dec 2024 to Apr 2025"]
    gaps = [(p.label, p.status) for p in line.points if p.value is None]
    labels = ("Dec 2024", "Jan 2025", "Feb 2025", "Mar 2025", "Apr 2025")
    assert gaps == [(label, "not_held") for label in labels]
    assert line.n_points == 14


def test_quarters_run_over_the_turn_of_the_year() -> None:
    points = [point(quarter(2023, 2)), point(quarter(2024, 2))]
    labels = [p.label for p in with_gaps(points, Frequency.QUARTER)]
    assert labels == ["2023/24 Q2", "2023/24 Q3", "2023/24 Q4", "2024/25 Q1", "2024/25 Q2"]


def test_years_are_left_as_they_are() -> None:
    years = [
        Period(date(2020, 1, 1), date(2020, 12, 31), "2020"),
        Period(date(2024, 1, 1), date(2024, 12, 31), "2024"),
    ]
    assert len(with_gaps([point(year) for year in years], Frequency.YEAR)) == 2


@given(st.sets(st.integers(0, 120), min_size=1))
def test_every_month_is_there_once_and_no_value_is_lost(places: set[int]) -> None:
    given_points = [
        point(month(2015 + place // 12, place % 12 + 1), float(place)) for place in sorted(places)
    ]
    filled = with_gaps(given_points, Frequency.MONTH)
    assert len(filled) == max(places) - min(places) + 1
    assert [p.start for p in filled] == sorted({p.start for p in filled})
    assert [p.value for p in filled if p.value is not None] == sorted(map(float, places))
