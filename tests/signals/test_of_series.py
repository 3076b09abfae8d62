"""Metrics over time, judged with what the catalogue says of them."""

from __future__ import annotations

from datetime import date

import pytest

from remit.model.metric import Standard
from remit.series import series
from remit.signals.goals_by_day import SeriesTargets
from remit.signals.of_series import of_series, series_points
from tests.series.counted import COUNT, counts, metric

STANDARDS = (
    Standard.model_validate({"bound": {"at_least": 95}, "valid_to": "2025-05-31", "source": "x"}),
    Standard.model_validate({"bound": {"at_least": 78}, "valid_from": "2025-06-01", "source": "x"}),
)


def test_the_catalogue_gives_direction_and_the_standard_of_each_date() -> None:
    held = counts(
        ("ZA1", "Apr 2025", 200, 50), ("ZA1", "May 2025", 200, 60), ("ZA1", "Jun 2025", 200, 40)
    )
    charts = of_series(series(held, metric(standards=STANDARDS)))
    assert charts.points.select(
        "org_code", "metric_id", "cut", "date", "value", "target"
    ).rows() == [
        ("ZA1", "test.in-time", "everybody", date(2025, 4, 1), 75.0, 95.0),
        ("ZA1", "test.in-time", "everybody", date(2025, 5, 1), 70.0, 95.0),
        ("ZA1", "test.in-time", "everybody", date(2025, 6, 1), 80.0, 78.0),
    ]
    assert charts.series["assurance"].to_list() == ["inconsistent"]


def test_a_count_that_lacks_somebody_is_no_point_but_a_rate_is_one() -> None:
    held = counts(
        ("ZA1", "May 2025", 995, 199),
        ("ZA2", "May 2025", 5, 1),
        ("ZA1", "Jun 2025", 995, 199),
        ("ZA2", "Jun 2025", None, None),
    )
    rate, count = metric(), metric(id="test.how-many", **COUNT)
    assert series_points(series(held, rate, "icb"))["value"].to_list() == [80.0, 80.0]
    assert series_points(series(held, count, "icb"))["value"].to_list() == [1000.0, None]


def test_nor_is_a_rate_that_lacks_who_makes_up_much_of_it_and_may_come_back() -> None:
    held = counts(
        ("ZA1", "May 2025", 100, 10),
        ("ZA2", "May 2025", 100, 30),
        ("ZA1", "Jun 2025", 100, 10),
        ("ZA2", "Jun 2025", None, None),
    )
    assert series_points(series(held, metric(), "icb"))["value"].to_list() == [80.0, None]


@pytest.mark.parametrize(
    ("better", "bound", "target"),
    [
        ("higher", {"at_least": 95}, 95),
        ("higher", {"above": 10}, 10),
        ("lower", {"at_most": 18}, 18),
        ("lower", {"below": 1}, 1),
        ("lower", {"at_least": 95}, None),
        ("neutral", {"at_least": 95}, None),
    ],
)
def test_a_standard_as_one_number(better: str, bound: dict[str, float], target: float) -> None:
    standard = Standard.model_validate({"bound": bound, "source": "x"})
    made = metric(better=better, standards=(standard,))
    assert SeriesTargets(made, "trust").on(date(2025, 1, 1)).number == target
    assert SeriesTargets(metric(better=better), "trust").on(date(2025, 1, 1)).number is None
