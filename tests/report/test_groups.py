"""Groups of people beside everybody: what is more than chance, and what is not."""

from __future__ import annotations

from remit.report import build_report
from remit.report.groups import is_of_people
from remit.report.view import CutTable
from tests.report.stores import SEEN, WAITING, frame, rows, seen


def cut_table(young: float, old: float, of: float = 1000.0) -> CutTable:
    """Everybody: 80 per cent of ten times as many people; two groups of ``of`` people each."""
    parts = [
        rows("ZA1", "made-up.seen", [8 * of]),
        rows("ZA1", "made-up.all", [10 * of]),
    ]
    for cut, percent in (("age: 0-17", young), ("age: 18 and over", old)):
        parts.append(rows("ZA1", "made-up.seen", [percent * of / 100], cut=cut))
        parts.append(rows("ZA1", "made-up.all", [of], cut=cut))
    return build_report(frame(*parts), "ZA1", "Jun 2025", metrics=[SEEN]).view.cuts[0]


def test_a_share_three_standard_errors_away_is_more_than_chance() -> None:
    # Standard error of 80% among 1,000: sqrt(0.8 × 0.2 / 1,000) = 1.265 points; three are 3.79.
    table = cut_table(young=76.0, old=83.7)
    assert [row.gap for row in table.rows] == [
        "4.0 percentage points lower; more than chance",
        "3.7 percentage points higher; within chance",
    ]
    assert table.sentence == (
        "76.0% for 0-17, against 80.0% for everybody: more than chance explains."
    )


def test_the_same_distance_among_fewer_people_is_chance() -> None:
    table = cut_table(young=76.0, old=83.7, of=100.0)
    assert table.sentence == "No group differs from everybody by more than chance explains."


def test_values_that_read_alike_are_told_apart() -> None:
    # Three standard errors of 80% among 10 million: 3 × sqrt(0.8 × 0.2 / 1e7) = 0.038 points.
    table = cut_table(young=80.042, old=79.96, of=10_000_000.0)
    assert table.sentence == (
        "80.04% for 0-17 and 79.96% for 18 and over, against 80.0% for everybody: more than "
        "chance explains."
    )


def test_groups_that_are_all_as_everybody_are_said_to_be() -> None:
    # Of nobody it is true, in no group: there is no chance to test and no furthest.
    parts = [rows("ZA1", "made-up.seen", [0.0]), rows("ZA1", "made-up.all", [2000.0])]
    for cut in ("age: 0-17", "age: 18 and over"):
        parts.append(rows("ZA1", "made-up.seen", [0.0], cut=cut))
        parts.append(rows("ZA1", "made-up.all", [1000.0], cut=cut))
    (table,) = build_report(frame(*parts), "ZA1", "Jun 2025", metrics=[SEEN]).view.cuts
    assert table.sentence == "Every group has the figure of everybody."


def test_a_count_is_given_as_a_share_of_all() -> None:
    figures = frame(
        rows("ZA1", "made-up.waiting-list", [200.0]),
        rows("ZA1", "made-up.waiting-list", [150.0], cut="age: 0-17"),
        rows("ZA1", "made-up.waiting-list", [50.0], cut="age: 18 and over"),
    )
    table = build_report(figures, "ZA1", "Jun 2025", metrics=[WAITING]).view.cuts[0]
    assert [row.gap for row in table.rows] == ["75.0% of all", "25.0% of all"]
    assert table.sentence == "The largest group: 0-17, 75.0% of all."


def test_ages_stand_in_the_order_of_their_numbers() -> None:
    cuts = ("age: 5-17", "age: 0-4", "age: 65 and over", "age: 18-64")
    figures = frame(
        rows("ZA1", "made-up.waiting-list", [100.0]),
        *(rows("ZA1", "made-up.waiting-list", [25.0], cut=cut) for cut in cuts),
    )
    table = build_report(figures, "ZA1", "Jun 2025", metrics=[WAITING]).view.cuts[0]
    assert [row.cut for row in table.rows] == ["0-4", "5-17", "18-64", "65 and over"]


def test_groups_of_another_period_are_not_set_beside_everybody() -> None:
    figures = frame(
        seen("ZA1", [80.0, 80.0]),
        seen("ZA1", [70.0, 60.0], cut="age: 0-17", last=(2025, 5)),
        seen("ZA1", [90.0, 95.0], cut="age: 18 and over", last=(2025, 5)),
    )
    table = build_report(figures, "ZA1", "Jun 2025", metrics=[SEEN]).view.cuts[0]
    assert table.period == "May 2025"
    assert [row.said for row in table.rows] == ["60.0%", "95.0%"]


def test_kinds_of_care_are_no_groups_of_people() -> None:
    assert is_of_people("age group")
    assert is_of_people("deprivation decile")
    assert not is_of_people("treatment function")
    figures = frame(
        rows("ZA1", "made-up.waiting-list", [100.0]),
        rows("ZA1", "made-up.waiting-list", [60.0], cut="test: scan"),
        rows("ZA1", "made-up.waiting-list", [40.0], cut="test: scope"),
    )
    view = build_report(figures, "ZA1", "Jun 2025", metrics=[WAITING]).view
    assert view.cuts == ()
    assert "Figures are also held by test; this report does not show them." in view.notes
