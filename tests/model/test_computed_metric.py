"""Metrics made from counts: their measures and their standards by date."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from tests.series.counted import metric

from remit.catalogue import load_computed_metrics, load_metrics, parse, targets_of
from remit.model.errors import DeclarationError
from remit.model.metric import Bound, Metric, MetricFile, uses_of
from remit.model.target import in_force


def test_signs_and_question_marks_are_read() -> None:
    assert uses_of(["a.b", "-a.c", "-a.d?"]) == (
        ("a.b", 1, False),
        ("a.c", -1, False),
        ("a.d", -1, True),
    )


def test_measures_are_named_once_and_those_needed_apart() -> None:
    made = metric(numerator=("a.b", "-a.c?"), denominator=("a.b",))
    assert made.measures == ("a.b", "a.c")
    assert made.needed == ("a.b",)
    assert metric(numerator=("a.b?", "a.c?"), denominator=()).needed == ("a.b", "a.c")


STANDARDS = (
    {"bound": {"at_least": 95}, "valid_to": "2024-03-31", "source": "first"},
    {"bound": {"at_least": 78}, "valid_from": "2024-04-01", "source": "second"},
)


@pytest.mark.parametrize("level", ["trust", "icb", "region", "england"])
@pytest.mark.parametrize(
    ("day", "bound"),
    [(date(2020, 1, 1), 95), (date(2024, 3, 31), 95), (date(2024, 4, 1), 78)],
)
def test_the_standard_is_that_of_the_day(level: str, day: date, bound: float) -> None:
    found = in_force(targets_of(metric(standards=STANDARDS)), level, day)
    assert found.goal is None
    assert found.standard is not None
    assert found.standard.bound == Bound(at_least=bound)


def test_outside_all_dates_there_is_no_standard() -> None:
    targets = targets_of(metric(standards=STANDARDS[:1]))
    assert in_force(targets, "trust", date(2025, 1, 1)).standard is None


TEXT = """
schema: remit/metrics/1
id: test
source: tests
metrics:
  - {id: m, name: M, unit: percent, better: higher, horizon: today, aim: none, setting: any,
     why_it_matters: W., source: s, KEYS}
"""


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        ("denominator: [a.b], frequency: month", "a denominator needs a numerator"),
        ("numerator: [a.b]", "needs its frequency"),
        ("numerator: [A B], frequency: month", "metrics.0.numerator.0"),
        ("numerator: [a.b], frequency: week", "use one of"),
        ("numerator: [a.b], frequency: month, scale: 0", "greater than 0"),
    ],
)
def test_a_faulty_metric_is_named_with_its_line(keys: str, said: str) -> None:
    with pytest.raises(DeclarationError, match=r"mine\.yaml, line [67]") as caught:
        parse(TEXT.replace("KEYS", keys), "mine.yaml").validate(MetricFile)
    assert said in str(caught.value)


def test_published_and_computed_metrics_live_side_by_side() -> None:
    published: dict[str, Any] = dict(load_metrics().metrics)
    computed: dict[str, Metric] = dict(load_computed_metrics())
    assert not published.keys() & computed.keys()
    assert all(m.is_computed for m in computed.values())
    assert not any(m.is_computed for m in published.values())


def test_a_bound_below_nought_has_a_true_minus() -> None:
    assert Bound(above=-1.5, at_most=2).words == "above −1.5 and at most 2"
