"""A yearly mean is met or missed by a year; a month of it is shown and not judged."""

from __future__ import annotations

import calendar
from typing import Any

import pytest

from remit.catalogue import load_computed_metrics
from remit.pages.report.overview import rows as rows_of
from remit.report import build_report
from remit.report.nine_cells import cells_of
from remit.report.view import ReportLine
from tests.report.stores import frame, rows

C2 = load_computed_metrics()["ambulance.mean-response-c2"]


def responses(
    minutes: list[float | None], incidents: list[float], last: tuple[int, int]
) -> list[dict[str, Any]]:
    """Response seconds and incidents of ZV1's category 2."""
    seconds = [None if m is None else 60 * m * n for m, n in zip(minutes, incidents, strict=True)]
    return rows("ZV1", "ambulance.c2-response-seconds", seconds, last) + rows(
        "ZV1", "ambulance.c2-incidents", incidents, last
    )


def line(minutes: list[float | None], incidents: list[float], last: tuple[int, int]) -> ReportLine:
    figures = frame(responses(minutes, incidents, last))
    when = calendar.month_abbr[last[1]]
    view = build_report(figures, "ZV1", f"{when} {last[0]}", metrics=[C2]).view
    return view.own.lines[0]


def test_the_year_so_far_is_the_rate_of_its_counts_and_judges_nothing() -> None:
    # April 2025: 20 minutes for 100; May: 40 minutes for 300. (2,000 + 12,000) / 400 = 35.
    found = line([50.0] * 12 + [20.0, 40.0], [200.0] * 12 + [100.0, 300.0], (2025, 5))
    assert (found.target, found.target_said) == (None, "no monthly target")
    assert found.assurance.code == "no_target"
    assert found.asked == (
        "goal for each ambulance trust: at most 30 minutes as the mean of 2025/26",
        "mean of 2025/26 so far, 2 of 12 months (Apr 2025 to May 2025): 35.0 minutes",
        "standard for each ambulance trust: at most 18 minutes",
    )
    assert {point.target for point in found.points if point.value is not None} == {None}


def test_a_month_without_a_figure_is_counted_as_missing() -> None:
    found = line([None, 40.0], [100.0, 300.0], (2025, 5))
    assert "mean of 2025/26 so far, 1 of 12 months (May 2025): 40.0 minutes" in found.asked


@pytest.mark.parametrize(
    ("minutes", "said"),
    [
        (30.0, "mean of 2024/25: 30.0 minutes, which meets the goal of at most 30 minutes"),
        (30.04, "mean of 2024/25: 30.04 minutes, which does not meet the goal of at most 30 mi"),
    ],
)
def test_a_whole_year_meets_or_misses_it(minutes: float, said: str) -> None:
    found = line([minutes] * 12, [100.0] * 12, (2025, 3))
    assert any(one.startswith(said) for one in found.asked)
    assert found.assurance.code == "no_target"


def test_before_the_goal_the_month_is_held_against_the_standard() -> None:
    found = line([30.0] * 12, [100.0] * 12, (2023, 3))
    assert (found.target, found.target_cell) == (18, "At most 18 minutes (standard)")


def test_after_the_last_goal_it_is_held_against_the_standard_again() -> None:
    found = line([30.0] * 13, [100.0] * 13, (2026, 4))
    assert (found.target, len(found.asked)) == (18, 1)


def test_what_is_asked_of_a_year_stands_where_a_month_has_no_target() -> None:
    figures = frame(responses([30.0] * 14, [100.0] * 14, (2025, 5)))
    view = build_report(figures, "ZV1", "May 2025", metrics=[C2]).view
    (row,) = rows_of(view.own.lines)
    assert row.is_asked
    cells = [cell for one in cells_of(view).rows for cell in one.cells if cell.entries]
    assert cells[0].entries[0].note == "goal for the year"
    assert row.standard == (
        "goal at most 30 minutes as the mean of 2025/26; standard at most 18 minutes"
    )


def test_a_month_before_the_first_yearly_mean_keeps_its_standard_and_the_change_is_named() -> None:
    """Figures end with March 2023, when 18 minutes judged; the report is of June 2023."""
    figures = frame(responses([30.0] * 12, [100.0] * 12, (2023, 3)))
    found = build_report(figures, "ZV1", "Jun 2023", metrics=[C2]).view.own.lines[0]
    assert (found.target, found.misses) == (18, True)
    assert "in the report’s period there is no monthly target." in found.sentence
    assert "(now no monthly target)" in found.goal_said


# A year that was missed, and the standard beside it ----------------------------------------------


def test_a_missed_year_is_a_concern_and_no_month_is_judged() -> None:
    """Half of the months lie on either side of 30 minutes; their mean is 31."""
    found = line([26.0, 36.0] * 6, [100.0] * 12, (2025, 3))
    assert (found.target, found.assurance.code) == (None, "no_target")
    assert (found.is_exception, found.is_concern) == (True, True)
    assert found.assurance.words == "Yearly goal missed"
    assert (
        "Mean of 2024/25: 31.0 minutes, which does not meet the goal of at most 30 minutes. "
        "It met the standard of at most 18 minutes in none of the last 12 months."
    ) in found.sentence
    assert "will" not in found.sentence


def test_a_year_that_is_met_is_no_concern() -> None:
    found = line([26.0, 34.0] * 6, [100.0] * 12, (2025, 3))
    assert not found.is_concern
    assert "Mean of 2024/25: 30.0 minutes, which meets the goal" in found.sentence
    assert "in none of the last 12 months" in found.sentence


def test_a_year_that_runs_is_said_and_not_judged_beside_the_one_that_was_missed() -> None:
    """In May both are said; the year before is news for three months, and is said after that."""
    may = line([40.0] * 12 + [20.0, 20.0], [100.0] * 14, (2025, 5))
    assert "Mean of 2024/25: 40.0 minutes, which does not meet the goal" in may.sentence
    assert (
        "Mean of 2025/26 so far, 2 of 12 months (Apr 2025 to May 2025): 20.0 minutes (the goal "
        "for the year is at most 30 minutes)."
    ) in may.sentence
    assert may.is_concern
    july = line([40.0] * 12 + [20.0] * 4, [100.0] * 16, (2025, 7))
    assert "Mean of 2024/25: 40.0 minutes, which does not meet the goal" in july.sentence
    assert not july.year_missed


def test_a_year_that_lacks_a_month_is_neither_met_nor_missed() -> None:
    found = line([40.0] * 11, [100.0] * 11, (2025, 3))
    assert "Mean of 2024/25 so far, 11 of 12 months" in found.sentence
    assert not found.is_concern


def test_a_missed_year_is_said_after_the_last_goal_has_ended() -> None:
    found = line([40.0] * 13, [100.0] * 13, (2026, 4))
    assert "Mean of 2025/26: 40.0 minutes, which does not meet the goal" in found.sentence
    assert found.is_concern


def test_the_standard_counts_what_is_seen() -> None:
    found = line([17.0] * 3 + [19.0] * 9, [100.0] * 12, (2025, 3))
    assert "It met the standard of at most 18 minutes in 3 of the last 12 months." in found.sentence
