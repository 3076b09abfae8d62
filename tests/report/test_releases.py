"""What is published when: nothing is late before its day, and what comes is listed."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import remit
from remit.catalogue import load_computed_metrics, load_publications
from remit.model.errors import AssessmentError
from remit.report import build_report
from remit.report.gathering import Boards
from remit.report.releases import ReleaseCalendar
from remit.report.view import ReportView
from remit.sample import write_declared
from tests.report.stores import frame, rows

METRICS = load_computed_metrics()
ATTENDANCES = METRICS["ae.attendances"]
"""Of a publication that is declared to come ten days after the month."""


def calendar(today: str) -> ReleaseCalendar:
    return ReleaseCalendar(load_publications(), date.fromisoformat(today))


def view(made_on: str, last: tuple[int, int], boards: Boards | None = None) -> ReportView:
    figures = [
        row
        for measure in ATTENDANCES.measures
        for row in rows("ZA1", measure, [100.0] * 3, last=last)
    ]
    day = date.fromisoformat(made_on)
    return build_report(
        frame(figures), "ZA1", "Jun 2025", metrics=[ATTENDANCES], made_on=day, boards=boards
    ).view


def test_a_month_whose_day_has_not_come_is_not_late() -> None:
    made = view("2025-07-09", (2025, 5))
    assert made.missing == ()
    assert made.own.lines[0].late == ""


def test_a_month_is_late_from_its_day_on() -> None:
    made = view("2025-07-10", (2025, 5))
    assert [(gap.expected, gap.held) for gap in made.missing] == [("Jun 2025", "May 2025")]
    assert made.own.lines[0].late == "The newest figure is for May 2025; Jun 2025 was expected."


def test_an_earlier_month_is_late_although_the_newest_is_not() -> None:
    made = view("2025-07-09", (2025, 4))
    assert [(gap.expected, gap.held) for gap in made.missing] == [("May 2025", "Apr 2025")]


def test_what_comes_before_the_next_board_is_listed_with_its_day() -> None:
    boards = Boards(date(2025, 7, 31), date(2025, 10, 10))
    made = view("2025-07-30", (2025, 6), boards)
    # July ends on the 31st, August on the 31st, September on the 30th; each and ten days.
    assert [(one.period, one.on) for one in made.releases] == [
        ("Jul 2025", date(2025, 8, 10)),
        ("Aug 2025", date(2025, 9, 10)),
        ("Sep 2025", date(2025, 10, 10)),
    ]
    assert made.releases[0].said == "about 10 August 2025 (not verified)"
    assert made.releases[0].metrics == (ATTENDANCES.name,)


def test_a_quarter_comes_once() -> None:
    quarterly = METRICS["bed-availability.occupancy"]
    found = calendar("2025-07-01").between([quarterly], date(2025, 7, 1), date(2025, 12, 31))
    # Of 52 days: the quarter to June on 21 August, that to September on 21 November.
    assert {(one.period, one.on) for one in found} == {
        ("2025/26 Q1", date(2025, 8, 21)),
        ("2025/26 Q2", date(2025, 11, 21)),
    }


def test_the_last_quarter_of_a_year_is_that_of_the_year_before() -> None:
    quarterly = METRICS["bed-availability.occupancy"]
    found = calendar("2025-04-01").between([quarterly], date(2025, 4, 1), date(2025, 6, 30))
    assert {(one.period, one.on) for one in found} == {("2024/25 Q4", date(2025, 5, 22))}


def test_the_next_board_lies_after_this_one() -> None:
    with pytest.raises(AssessmentError, match="--next-board 2025-07-31 is not after 2025-07-31"):
        view("2025-07-30", (2025, 6), Boards(date(2025, 7, 31), date(2025, 7, 31)))


def test_without_a_next_board_nothing_is_listed() -> None:
    assert view("2025-07-30", (2025, 6)).releases == ()


def test_every_lag_says_how_it_is_known_and_none_is_verified_without_saying_where() -> None:
    declared = [one.release for one in load_publications() if one.release]
    assert len(declared) >= 20
    assert all(one.source for one in declared)
    assert all(one.source.startswith("https://") for one in declared if one.verified)


def test_only_publications_that_the_report_uses_are_listed(tmp_path: Path) -> None:
    """Four publications give the waiting list: only the one whose file is there is promised."""
    (path, *_) = write_declared(tmp_path)["rtt-provider"]
    figures = remit.read(path)
    day = date(2026, 5, 1)
    boards = Boards(day, date(2026, 6, 30))
    view = build_report(figures, "ZA1", made_on=day, boards=boards).view
    assert view.releases
    assert {one.publication for one in view.releases} == {
        source.publication for source in view.sources
    }
