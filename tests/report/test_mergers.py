"""A merged trust's history in two ways: one figure for one question, no change of performance."""

from __future__ import annotations

import polars as pl
import pytest

from remit.model.period import month
from remit.register import Register
from remit.report import build_report
from remit.report.view import ReportLine
from remit.series import series
from remit.signals.of_series import of_series
from tests.series.counted import counts, metric, register

MONTHS = [month(2024 + n // 12, n % 12 + 1).label for n in range(30)]
"""January 2024 to June 2026: ZQ1 becomes part of ZQ2 on 1 June 2025, the eighteenth month."""
AT = 17
HELD = pl.concat(
    [
        counts(*((("ZQ1", label, 100, 60 + n % 2)) for n, label in enumerate(MONTHS[:AT]))),
        counts(*((("ZQ2", label, 300, 30 + n % 2)) for n, label in enumerate(MONTHS[:AT]))),
        counts(*((("ZQ2", label, 400, 90 + n % 2)) for n, label in enumerate(MONTHS[AT:]))),
    ]
)
AS_PUBLISHED, WITH = False, True


@pytest.fixture(scope="module")
def merged(tmp_path_factory: pytest.TempPathFactory) -> Register:
    return register(tmp_path_factory.mktemp("register"))


def line(merged: Register, way: bool, period: str = "Jun 2026") -> ReportLine:
    view = build_report(
        HELD, "ZQ2", period, metrics=[metric()], register=merged, with_predecessors=way
    ).view
    return view.own.lines[0]


@pytest.mark.parametrize(
    ("way", "may"),
    [
        # Of ZQ2's 300 less 30; with ZQ1's 100 less 60, of 400 less 90.
        (AS_PUBLISHED, 90.0),
        (WITH, 77.5),
    ],
)
def test_series_charts_and_reports_have_one_figure(merged: Register, way: bool, may: float) -> None:
    made = series(HELD, metric(), register=merged, organisations=["ZQ2"], with_predecessors=way)
    at = AT - 1
    assert made.frame["value"][at] == pytest.approx(may)
    assert of_series(made).points["value"][at] == pytest.approx(may)
    assert line(merged, way).points[at].value == pytest.approx(may)
    # A report of May is made of the same figures, however early it is made.
    assert line(merged, way, "May 2025").value == pytest.approx(may)


def test_the_merger_is_told_and_is_no_change_of_performance(merged: Register) -> None:
    found = line(merged, AS_PUBLISHED)
    assert found.variation.code == "common_cause"
    assert "no special cause" in found.sentence
    assert "ZQ1 (Hollowbeck Community) became part of it" in found.sentence
    assert "since Jun 2025" in found.sentence
    assert {point.cause for point in found.points} == {"common_cause"}


def test_with_its_predecessor_nothing_begins_anew(merged: Register) -> None:
    found = line(merged, WITH)
    assert found.changes == ()
    assert found.variation.code == "common_cause"
    assert {point.stretch for point in found.points} == {1}
    assert "With ZQ1" in line(merged, WITH, "May 2025").who


@pytest.mark.parametrize(("way", "said"), [(AS_PUBLISHED, "kept apart"), (WITH, "part of their")])
def test_a_report_says_which_history_it_has(merged: Register, way: bool, said: str) -> None:
    view = build_report(
        HELD, "ZQ2", "Jun 2026", metrics=[metric()], register=merged, with_predecessors=way
    ).view
    assert said in " ".join(view.notes)
