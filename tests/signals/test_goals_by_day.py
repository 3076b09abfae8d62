"""What one series is held against: the goal of its level, and the standard beside it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from remit.catalogue import load_computed_metrics
from remit.report import build_report
from remit.series import series
from remit.signals.goals_by_day import AskedOn, SeriesTargets, series_targets
from remit.signals.of_series import series_points
from remit.signals.points import Point
from remit.signals.targets import target_steps
from tests.report.stores import frame, rows

METRICS = load_computed_metrics()
NOVEMBER = date(2024, 11, 1)
JUNE = date(2025, 6, 30)
RTT = METRICS["rtt.within-18-weeks-share"]


def asked(metric: str, level: str, day: date, **own: float) -> AskedOn:
    before = {NOVEMBER: own["november"]} if own else {}
    return SeriesTargets(METRICS[metric], level, before).on(day)


@pytest.mark.parametrize(
    ("november", "number", "words"),
    [
        (58.25, 63.25, "at least 63.3%"),
        (55.0, 60.0, "at least 60.0%"),
        (41.0, 60.0, "at least 60.0%"),
        (90.0, 95.0, "at least 95.0%"),
    ],
)
def test_an_improvement_is_counted_from_one_s_own_month(
    november: float, number: float, words: str
) -> None:
    found = asked(RTT.id, "trust", JUNE, november=november)
    assert (found.number, found.words) == (number, words)


def test_without_the_month_the_standard_judges_and_the_goal_is_told() -> None:
    found = asked(RTT.id, "trust", JUNE)
    assert found.number == 92
    assert found.beside[:2] == (
        "goal for each acute trust: 5 percentage points more than in Nov 2024, and at least 60% "
        "by March 2026 (no figure of that month is held)",
        "standard for each acute trust: at least 92%",
    )


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (76.24, "whether it meets the goal by March 2026 cannot be told: no figure of Nov 2024 is "
         "held"),
        (60.0, "whether it meets the goal by March 2026 cannot be told: no figure of Nov 2024 is "
         "held"),
        (50.6, "it is below the goal of at least 60% by March 2026 too"),
    ],
)  # fmt: skip
def test_a_goal_whose_number_is_not_known_is_said_beside_the_standard(
    value: float, said: str
) -> None:
    found = asked(RTT.id, "trust", JUNE)
    goal = found.goal_beside(value)
    assert goal is not None
    assert goal.words == said
    assert found.kind == "standard"


def test_a_goal_that_judges_or_that_is_a_yearly_mean_is_no_goal_beside() -> None:
    known = asked(RTT.id, "trust", JUNE, november=58.25)
    assert (known.goal_beside(50.0), known.kind) == (None, "goal")
    assert asked(RTT.id, "icb", JUNE).goal_beside(50.0) is None
    assert asked("ambulance.mean-response-c2", "trust", JUNE).goal_beside(50.0) is None


def test_the_title_of_a_report_line_says_the_standard_and_the_goal() -> None:
    """30 of 50 within 18 weeks in June 2025, and no figure of November 2024: 60.0%."""
    parts = [rows("ZA1", name, [30.0 if name in RTT.numerator else 50.0]) for name in RTT.measures]
    line = build_report(frame(*parts), "ZA1", "Jun 2025", metrics=[RTT]).view.own.lines[0]
    assert line.goal_said == (
        "it does not meet the standard of at least 92%; whether it meets the goal by March 2026 "
        "cannot be told: no figure of Nov 2024 is held"
    )
    assert line.judged_by == "standard"


def test_a_goal_of_others_is_told_as_theirs() -> None:
    found = asked(RTT.id, "icb", JUNE)
    assert (found.goal, found.number, found.in_short) == (None, 92, "at least 92% (standard)")
    assert "goal for England: at least 65% by March 2026; not asked here" in found.beside
    england = asked(RTT.id, "england", JUNE)
    assert england.in_short == "at least 65% (goal); standard at least 92%"


def test_a_yearly_mean_judges_no_month() -> None:
    found = asked("ambulance.mean-response-c2", "trust", JUNE)
    assert (found.judging, found.number) == (None, None)
    assert found.in_short == (
        "no monthly target; goal at most 30 minutes as the mean of 2025/26; "
        "standard at most 18 minutes"
    )


def test_what_is_not_verified_says_so_beside_the_figure() -> None:
    (goal, _) = asked("ae.four-hours", "trust", date(2026, 6, 30)).beside
    assert goal == "goal for each acute trust: at least 82% by March 2027; not verified"


def test_a_goal_that_is_due_years_ahead_is_told_and_judges_nothing() -> None:
    found = asked("community.within-18-weeks-share", "icb", date(2026, 6, 30))
    assert (found.number, found.words) == (None, "no target")
    assert found.in_short == "no target; goal at least 80% by March 2029"
    (ahead,) = found.beside
    assert ahead.startswith("goal for each ")
    assert ahead.endswith(
        "at least 80% by March 2029; judged from Apr 2028 on; no goal for 2026/27 is held"
    )
    assert asked("community.within-18-weeks-share", "icb", date(2028, 4, 30)).number == 80


def within(percents: list[float], last: tuple[int, int]) -> list[dict[str, Any]]:
    """Pathways of ZA1: of 1,000 each month, so many per cent within 18 weeks."""
    counts = [10 * percent for percent in percents]
    everybody = [1000.0] * len(counts)
    return rows("ZA1", "rtt.within-18-weeks", counts, last) + rows(
        "ZA1", "rtt.incomplete-pathways", everybody, last
    )


def test_charts_step_where_a_goal_begins_and_ends() -> None:
    # November 2024 to April 2026: 58, and then 60 in every month; the goal is 58 + 5 = 63.
    held = frame(within([58.0] + [60.0] * 17, last=(2026, 4)))
    points = series_points(series(held, RTT, "trust"))
    steps = dict(points.select("date", "target").iter_rows())
    assert steps[date(2025, 3, 1)] == 92
    assert steps[date(2025, 4, 1)] == steps[date(2026, 3, 1)] == 63
    assert steps[date(2026, 4, 1)] == 65


def test_a_report_of_one_year_still_counts_from_the_month_before_it() -> None:
    held = frame(within([58.0] + [60.0] * 16, last=(2026, 3)))
    view = build_report(held, "ZA1", "Mar 2026", metrics=[RTT], years=1).view
    (line,) = view.own.lines
    assert min(point.start for point in line.points) > NOVEMBER
    assert (line.target, line.target_said) == (63, "at least 63.0%")
    assert line.target_cell == "At least 63.0% (goal); standard at least 92%"
    assert line.asked[0].startswith("goal for each acute trust: at least 63.0% (5 percentage")


def stepped(*targets: float | None) -> str:
    """The steps of a target over months from January 2025."""
    points = [
        Point(f"{date(2025, n, 1):%b %Y}", date(2025, n, 1), date(2025, n, 28), 50.0, target=target)
        for n, target in enumerate(targets, start=1)
    ]
    return target_steps(points, "percent")


@pytest.mark.parametrize(
    ("targets", "said"),
    [
        ((None, None), ""),
        ((78.0, 78.0), "78%"),
        ((76.0, 76.0, 78.0), "76% until Feb 2025, 78% since"),
        ((None, 78.0, 78.0), "78% from Feb 2025"),
        ((None, 78.0, 82.5), "78% from Feb 2025 until Feb 2025, 82.5% since"),
        ((75.0, None), "75% until Jan 2025, no figure judged since"),
        ((75.0, None, 80.0), "75% until Jan 2025, no figure judged until Feb 2025, 80% since"),
    ],
)
def test_how_a_target_changes_is_said(targets: tuple[float | None, ...], said: str) -> None:
    assert stepped(*targets) == said


@pytest.mark.parametrize(
    ("code", "whom"),
    [
        ("ZA1", "each acute trust"),
        ("ZC1", "each trust that runs an A&E department of any type"),
    ],
)
def test_who_is_asked_by_what_it_does_is_told_so(code: str, whom: str) -> None:
    held = frame(
        rows(code, "ae.over-4-hours-type-1", [200.0], (2025, 6)),
        rows(code, "ae.attendances-type-1", [1000.0], (2025, 6)),
    )
    metric = METRICS["ae.four-hours"].model_copy(
        update={
            "numerator": ("ae.attendances-type-1", "-ae.over-4-hours-type-1"),
            "denominator": ("ae.attendances-type-1",),
        }
    )
    targets = series_targets(series(held, metric, "trust"))[code, metric.id]
    assert targets.on(JUNE).beside[0] == f"goal for {whom}: at least 78% by March 2026"
