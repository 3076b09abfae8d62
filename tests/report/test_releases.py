"""What is published when: nothing is late before its day, and what comes is listed."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import remit
from remit.catalogue import load_computed_metrics, load_publications
from remit.catalogue.releases import ReleaseCalendar
from remit.model.errors import AssessmentError
from remit.pages.report.site import write_report_pages
from remit.report import build_report
from remit.report.gathering import Boards
from remit.report.missing import grouped
from remit.report.view import ReportView
from remit.sample import write_declared
from remit.words.days import day_words
from tests.report.stores import SEEN, frame, rows, seen
from tests.report.test_report_pages import Reader

METRICS = load_computed_metrics()
ATTENDANCES = METRICS["ae.attendances"]
"""Of a publication that is declared to come ten days after the month."""


def calendar(today: str) -> ReleaseCalendar:
    return ReleaseCalendar(load_publications(), date.fromisoformat(today))


def view(
    made_on: str,
    last: tuple[int, int],
    boards: Boards | None = None,
    period: str = "Jun 2025",
) -> ReportView:
    figures = [
        row
        for measure in ATTENDANCES.measures
        for row in rows("ZA1", measure, [100.0] * 3, last=last)
    ]
    day = date.fromisoformat(made_on)
    return build_report(
        frame(figures), "ZA1", period, metrics=[ATTENDANCES], made_on=day, boards=boards
    ).view


def test_a_month_whose_day_has_not_come_is_not_late() -> None:
    made = view("2025-07-09", (2025, 5))
    assert made.missing == ()
    assert made.own.lines[0].late == ""


def test_a_month_is_late_from_its_day_on() -> None:
    made = view("2025-07-10", (2025, 5))
    assert [(gap.expected, gap.held) for gap in made.missing] == [("Jun 2025", "May 2025")]
    assert made.own.lines[0].late == (
        "The newest figure is for May 2025; Jun 2025 was expected about 10 July 2025 (not "
        "verified)."
    )


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


def test_what_comes_before_this_board_is_listed_too() -> None:
    """The report is made three weeks before its board: June's figures come in between."""
    made = view("2025-07-09", (2025, 5), Boards(date(2025, 7, 31), date(2025, 10, 9)))
    # June and ten days is 10 July, the day after the making; September's 10 October is too late.
    assert [(one.period, one.on) for one in made.releases] == [
        ("Jun 2025", date(2025, 7, 10)),
        ("Jul 2025", date(2025, 8, 10)),
        ("Aug 2025", date(2025, 9, 10)),
    ]
    assert made.missing == ()


@pytest.mark.parametrize(("board", "late"), [(date(2025, 5, 9), False), (date(2025, 5, 10), True)])
def test_for_a_board_that_is_over_late_is_what_was_late_on_its_day(board: date, late: bool) -> None:
    """Made in July for a board in May; April's figures were due on 10 May."""
    made = view("2025-07-15", (2025, 3), Boards(board, date(2025, 7, 9)), period="Apr 2025")
    assert [gap.expected for gap in made.missing] == (["Apr 2025"] if late else [])
    assert bool(made.own.lines[0].late) is late
    assert made.told_on == board
    # May's come on 10 June; June's on 10 July, after the next board. April's are late or to come.
    expected = [("May 2025", date(2025, 6, 10))]
    if not late:
        expected.insert(0, ("Apr 2025", date(2025, 5, 10)))
    assert [(one.period, one.on) for one in made.releases] == expected


def test_what_is_held_already_is_not_to_come() -> None:
    """July's figures came early: they are in the store, though the report ends with June."""
    made = view("2025-08-05", (2025, 7), Boards(None, date(2025, 10, 9)))
    assert [one.period for one in made.releases] == ["Aug 2025"]


def test_a_publication_two_months_late_is_late_and_not_to_come() -> None:
    made = view("2025-08-15", (2025, 4), Boards(None, date(2025, 9, 30)))
    # May was due on 10 June, June on 10 July; July, due on 10 August, is none of this report.
    assert [(gap.expected, gap.held) for gap in made.missing] == [
        ("May 2025 to Jun 2025", "Apr 2025")
    ]
    assert made.own.lines[0].late == (
        "The newest figure is for Apr 2025; May 2025 to Jun 2025 were expected, the last about "
        "10 July 2025 (not verified)."
    )
    assert [(one.period, one.said) for one in made.releases] == [
        ("Jul 2025", "about 10 August 2025 (not verified); out, and not held"),
        ("Aug 2025", "about 10 September 2025 (not verified)"),
    ]


def test_every_period_that_is_out_and_not_held_is_named() -> None:
    """Made in October for June: July to September are out, on the 10th of the month after."""
    made = view("2025-10-10", (2025, 6), Boards(None, date(2025, 12, 1)))
    assert made.missing == ()
    assert [(one.period, one.on, one.is_out) for one in made.releases] == [
        ("Jul 2025", date(2025, 8, 10), True),
        ("Aug 2025", date(2025, 9, 10), True),
        ("Sep 2025", date(2025, 10, 10), True),
        ("Oct 2025", date(2025, 11, 10), False),
    ]


def test_quarters_that_are_out_are_all_named() -> None:
    quarterly = METRICS["bed-availability.occupancy"]
    held = {quarterly.id: (date(2024, 10, 1), date(2024, 12, 31))}
    found = calendar("2025-08-21").between([quarterly], date(2025, 9, 30), date(2024, 12, 31), held)
    # Of 52 days: the quarter to March on 22 May, that to June on 21 August.
    assert {(one.period, one.on, one.is_out) for one in found} == {
        ("2024/25 Q4", date(2025, 5, 22), True),
        ("2025/26 Q1", date(2025, 8, 21), True),
    }


def test_a_member_that_stopped_before_a_late_publication_lacks_both() -> None:
    """ZA2 stops in March, ZA1 in April; May and June are out, and nobody has them."""
    figures = frame(
        seen("ZA1", [80.0] * 30, last=(2025, 4)), seen("ZA2", [80.0] * 29, last=(2025, 3))
    )
    made = build_report(figures, "ZB1", "Jun 2025", metrics=[SEEN]).view
    of_it = [gap for gap in made.missing if gap.body.code == "ZA2"]
    assert [(gap.expected, gap.reason) for gap in of_it] == [
        ("Apr 2025", "The organisation is not in the publication for that period."),
        ("May 2025 to Jun 2025", "No organisation of this report has a later one."),
    ]
    (line,) = [line for line in made.lines if line.body.code == "ZA2"]
    assert line.late == (
        "The newest figure is for Mar 2025; Apr 2025 and May 2025 to Jun 2025 were expected, "
        "though when they are published is not declared."
    )


def test_a_member_that_lacks_three_months_that_others_have_is_told_of_all_three() -> None:
    figures = frame(seen("ZA1", [80.0] * 30), seen("ZA2", [80.0] * 27, last=(2025, 3)))
    made = build_report(figures, "ZB1", "Jun 2025", metrics=[SEEN]).view
    of_it = [gap for gap in made.missing if gap.body.code == "ZA2"]
    assert [(gap.expected, gap.held) for gap in of_it] == [("Apr 2025 to Jun 2025", "Mar 2025")]


def test_a_yearly_survey_of_calendar_years_comes_after_its_december() -> None:
    survey = METRICS["staff-survey.engagement"]
    held = {survey.id: (date(2024, 1, 1), date(2024, 12, 31))}
    day = date(2026, 3, 1)
    found = calendar("2026-03-01").between([survey], date(2026, 5, 1), date(2026, 1, 31), held)
    # 31 December 2025 and 75 days: 31 of January, 28 of February, 16 of March.
    assert [(one.period, one.on) for one in found] == [("2025", date(2026, 3, 16))]
    assert calendar("2026-03-15").due_by(survey, day) == date(2025, 12, 30)
    assert calendar("2026-03-16").due_by(survey, day) == date(2025, 12, 31)


def test_without_a_declared_lag_it_is_said_that_none_is() -> None:
    made = build_report(
        frame(seen("ZA1", [80.0] * 3, last=(2025, 5))), "ZA1", "Jun 2025", metrics=[SEEN]
    ).view
    assert made.own.lines[0].late == (
        "The newest figure is for May 2025; Jun 2025 was expected, though when it is published is "
        "not declared."
    )
    assert made.releases == ()


def late_everywhere(last: tuple[int, int], **metric: object) -> ReportView:
    figures = frame(seen("ZA1", [80.0] * 30, last=last), seen("ZA2", [80.0] * 30, last=last))
    told = SEEN.model_copy(update=metric)
    return build_report(figures, "ZB1", "Jun 2025", metrics=[told]).view


def test_what_a_line_calls_late_stands_with_what_is_missing() -> None:
    made = late_everywhere((2025, 4))
    late = [(line.body.code, line.metric.id) for line in made.lines if line.late]
    assert late == [("ZB1", SEEN.id), ("ZA1", SEEN.id), ("ZA2", SEEN.id)]
    assert [(gap.body.code, gap.metric.id) for gap in made.missing] == late
    (together,) = grouped(made.missing)
    assert [body.code for body in together.bodies] == ["ZB1", "ZA1", "ZA2"]


def test_the_pages_name_all_whose_figure_is_late(tmp_path: Path) -> None:
    made = late_everywhere((2025, 4))
    write_report_pages(made, tmp_path)
    who = "; ".join(section.body.short for section in made.sections)
    missing = " ".join(Reader(tmp_path / "missing.html").words.split())
    assert f"{SEEN.name} {who} May 2025 to Jun 2025 Apr 2025" in missing
    for section in made.members:
        page = Reader(tmp_path / "organisations" / f"{section.body.code}.html").words
        assert "Nothing that was due" not in page
        assert f"Missing or late on {day_words(made.told_on)}" in page


def test_a_metric_that_has_ended_is_not_late_on_its_line() -> None:
    made = late_everywhere((2025, 4), valid_to=date(2025, 4, 30))
    assert (made.missing, [line.late for line in made.lines]) == ((), ["", "", ""])


def test_an_organisation_that_gave_a_service_up_is_not_late() -> None:
    """Its last figure is of March 2023, more than two years before June 2025."""
    figures = frame(seen("ZA1", [80.0] * 40), seen("ZA2", [80.0] * 12, last=(2023, 3)))
    made = build_report(figures, "ZB1", "Jun 2025", metrics=[SEEN]).view
    given_up = next(line for line in made.lines if line.body.code == "ZA2")
    assert (given_up.late, made.missing) == ("", ())
    assert given_up.dated == "Mar 2023 (27 months old)"


def test_a_quarter_comes_once() -> None:
    quarterly = METRICS["bed-availability.occupancy"]
    found = calendar("2025-07-01").between([quarterly], date(2025, 12, 31), date(2025, 6, 30), {})
    # Of 52 days: the quarter to June on 21 August, that to September on 21 November.
    assert {(one.period, one.on) for one in found} == {
        ("2025/26 Q1", date(2025, 8, 21)),
        ("2025/26 Q2", date(2025, 11, 21)),
    }


def test_the_last_quarter_of_a_year_is_that_of_the_year_before() -> None:
    quarterly = METRICS["bed-availability.occupancy"]
    found = calendar("2025-04-01").between([quarterly], date(2025, 6, 30), date(2025, 3, 31), {})
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
