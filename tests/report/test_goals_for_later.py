"""A goal whose day is yet to come: how far a figure is from it, and never that it was missed."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from remit.catalogue import load_computed_metrics
from remit.exports.report_folder import write_report
from remit.report import build_report
from remit.report.building import Report
from remit.report.findings import findings
from remit.report.lead import lead
from remit.report.nine_cells import cells_of
from remit.report.view import ReportLine
from remit.signals.goals_by_day import SeriesTargets, held_against
from tests.report.stores import frame, rows

TOLD = load_computed_metrics()["cancer.28-day"]
"""Goal: at least 80% by March 2026, from April 2025 on; standard: at least 75%."""
DIAGNOSTICS = load_computed_metrics()["dm01.six-weeks-share"]
"""Goal: at most 5% by March 2025, from April 2024 on."""


def built(percents: list[float], last: tuple[int, int], period: str) -> Report:
    within = [10 * percent for percent in percents]
    figures = frame(
        rows("ZA1", "cancer.28-day-within", within, last=last),
        rows("ZA1", "cancer.28-day-all", [1000.0] * len(percents), last=last),
    )
    return build_report(figures, "ZA1", period, metrics=[TOLD])


def line_of(percents: list[float], last: tuple[int, int], period: str) -> ReportLine:
    return built(percents, last, period).view.own.lines[0]


def test_with_few_figures_it_is_said_how_far_off_it_is_and_by_when() -> None:
    made = built([77.3], (2025, 7), "Jul 2025")
    (line,), (found,) = made.view.own.lines, findings(made.view)
    off = "2.7 percentage points short of the goal of at least 80% by March 2026"
    assert line.goal_said == f"it is {off}"
    assert line.sentence.endswith(f"It is {off}.")
    assert found.tag == "Short of the goal for March 2026"
    assert (line.assurance.code, line.misses, line.is_exception) == ("short", False, True)
    assert lead(made.view).claim.endswith(
        " is short of a goal for March 2026: Cancer, told within 28 days."
    )
    assert cells_of(made.view).sentence == (
        "Needs attention: Cancer: told within 28 days (goal for March 2026)."
    )


@pytest.mark.parametrize(
    ("last", "period", "later"),
    [((2026, 2), "Feb 2026", "March 2026"), ((2026, 3), "Mar 2026", ""), ((2026, 2), "Mar 2026",
      "March 2026")],
)  # fmt: skip
def test_it_is_missed_from_its_own_month_on(last: tuple[int, int], period: str, later: str) -> None:
    line = line_of([77.3], last, period)
    assert line.later == later
    assert line.misses is not bool(later)
    assert ("does not meet the target of at least 80%" in line.sentence) is not bool(later)


def test_a_figure_that_is_there_already_is_said_to_be() -> None:
    line = line_of([80.4], (2025, 7), "Jul 2025")
    assert line.goal_said == "it already meets the goal of at least 80% by March 2026"
    assert not line.is_exception


def test_as_things_are_it_will_not_meet_it() -> None:
    # Every step is 0.5, so the upper limit is 77.5 + 2.66 × 0.5 = 78.83.
    steady = [77.25, 77.75] * 8
    made = built(steady, (2025, 7), "Jul 2025")
    line = made.view.own.lines[0]
    aim = "the goal of at least 80% by March 2026"
    assert line.goal_said == f"as things are, it will not meet {aim}"
    assert (line.assurance.code, line.misses) == ("fail", False)
    assert findings(made.view)[0].tag == "Short of the goal for March 2026"


def test_where_limits_do_not_hold_it_is_said_how_many_figures_reached_it() -> None:
    # 70 is below every limit of 77.25 and 77.75: none of the last 12 figures was 80 or more.
    line = line_of([*[77.25, 77.75] * 8, 70.0], (2025, 7), "Jul 2025")
    aim = "the goal of at least 80% by March 2026"
    assert line.assurance.code == "short_lately"
    assert line.goal_said == (
        f"it is 10.0 percentage points short of {aim}, which none of the last 12 figures reached"
    )
    assert "it met it in none of the last 12 months" in line.sentence


def test_where_less_is_better_it_is_above_the_goal() -> None:
    august = {"last": (2024, 8)}
    figures = frame(
        rows("ZA1", "dm01.waiting-6-weeks-or-more", [60.0], **august),
        rows("ZA1", "dm01.waiting-list", [1000.0], **august),
    )
    line = build_report(figures, "ZA1", "Aug 2024", metrics=[DIAGNOSTICS]).view.own.lines[0]
    # 6.0% is 1.0 above 5%.
    off = "1.0 percentage points above the goal of at most 5% by March 2025"
    assert line.goal_said == f"it is {off}"


@pytest.mark.parametrize(
    ("metric", "last", "later"),
    [
        # Due by September 2023, and kept until March 2025: of each month since it is missed.
        ("virtual-ward.occupancy", date(2024, 8, 31), ""),
        # Due by December 2023 and kept until March 2024.
        ("virtual-ward.beds-per-100000-adults", date(2024, 1, 31), ""),
        ("ae.four-hours", date(2025, 4, 30), "March 2026"),
        # Of a yearly mean no month is short, and of a standard nothing is for later.
        ("ambulance.mean-response-c2", date(2025, 4, 30), ""),
        ("cancer.31-day", date(2025, 4, 30), ""),
    ],
)
def test_what_is_due_and_kept_and_what_has_no_day_is_not_for_later(
    metric: str, last: date, later: str
) -> None:
    targets = SeriesTargets(load_computed_metrics()[metric], "icb")
    assert held_against(targets, last, last).later == later


def test_no_page_slide_or_document_says_that_it_was_missed(tmp_path: Path) -> None:
    made = built([77.3], (2025, 7), "Jul 2025")
    write_report(made, tmp_path, ("pages",))
    page = (tmp_path / "index.html").read_text(encoding="utf-8")
    assert "Short of the goal for March 2026" in page
    assert "missed" not in page.partition('id="method"')[0].replace("no target is missed", "")
