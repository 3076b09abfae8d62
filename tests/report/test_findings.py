"""What a report begins with: its lead sentence, its findings, the nine cells and the matrix."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from remit.model.metric import Better, Bound, Metric, Standard
from remit.report import ReportView, build_report
from remit.report.findings import findings, title_of
from remit.report.lead import CLAIMS, lead, lead_facts
from remit.report.matrix import matrix_of
from remit.report.members_beside import MemberMark, part_of
from remit.report.nine_cells import CellEntry, cells_of, nine_cells
from remit.report.spans import span_words, told_range, usual_range
from remit.report.view import ReportLine
from remit.sample import write_monthly
from tests.report.fictional import fictional_report
from tests.report.stores import SEEN, frame, rows, seen

# A swing of 2 about 81: every moving range is 2, so limits lie 2.66 × 2 = 5.32 from the mean.
STEADY: list[float | None] = [80.0, 82.0] * 9


def other(number: int, better: Better = Better.HIGHER, goal: float | None = None) -> Metric:
    """A share of counts of its own."""
    bound = Bound(at_most=goal) if better is Better.LOWER else Bound(at_least=goal)
    standards = (Standard(bound=bound, source="Invented"),) if goal is not None else ()
    return SEEN.model_copy(
        update={
            "id": f"made-up.other-{number}",
            "name": f"Other: number {number}, as a share of all",
            "better": better,
            "standards": standards,
            "numerator": (f"made-up.top-{number}",),
            "denominator": (f"made-up.base-{number}",),
        }
    )


def shares(
    number: int, org: str, percents: Sequence[float | None], base: float = 1000.0, **more: object
) -> list[dict[str, object]]:
    tops = [None if p is None else p * base / 100 for p in percents]
    return rows(org, f"made-up.top-{number}", tops, **more) + rows(  # type: ignore[arg-type]
        org, f"made-up.base-{number}", [base] * len(tops), **more  # type: ignore[arg-type]
    )  # fmt: skip


def view_of(code: str, *parts: list[dict[str, object]], metrics: list[Metric]) -> ReportView:
    return build_report(frame(*parts), code, "Jun 2025", metrics=metrics).view


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ([*STEADY, 60.0], "below the usual range"),
        ([*STEADY, 60.0, 61.0], "below the usual range for 2 months"),
        # The last 82 and seven of 82.5 lie above the mean, which is 81.4, and within the limits.
        ([*STEADY, *[82.5] * 7], "8 months above the mean"),
        ([*STEADY, 81.0], ""),
        ([80.0, 81.0], ""),
        # A month without a figure: what is counted are figures then.
        ([*STEADY, 60.0, None, 61.0], "below the usual range for 2 figures"),
    ],
)
def test_it_is_said_since_when_a_value_is_as_it_is(values: list[float | None], said: str) -> None:
    (line,) = view_of("ZA1", shares(1, "ZA1", values), metrics=[other(1)]).own.lines
    assert span_words(line) == said


def test_a_value_that_would_read_as_its_limit_is_told_with_more_decimals() -> None:
    # The mean is 1,532.5 / 19 = 80.66; 17 steps of 2 and one of 7.5 have a mean of 2.31, and
    # 2.66 × 2.31 is 6.13: the limits are 74.53 and 86.79.
    view = view_of("ZA1", shares(1, "ZA1", [*STEADY, 74.5]), metrics=[other(1)])
    line = view.own.lines[0]
    assert line.said == "74.50%"
    assert told_range(line) == "just below the usual 74.53% to 86.79%"
    assert span_words(line) == "below the usual range"
    assert line.sentence.startswith(
        "74.50% in Jun 2025. Below its lower process limit of 74.53%: special cause"
    )
    assert MemberMark(line).words == (
        "Larkshire University Hospitals 74.50%, worse (usual 74.53% to 86.79%)"
    )


def test_a_value_well_beyond_its_limit_has_no_more_decimals_than_ever() -> None:
    view = view_of("ZA1", shares(1, "ZA1", [*STEADY, 60.0]), metrics=[other(1)])
    assert view.own.lines[0].said == "60.0%"


def test_a_value_that_would_read_as_its_target_is_told_with_more_decimals() -> None:
    # 779.6 of 1,000: with one decimal it would read 78.0%.
    view = view_of("ZA1", shares(1, "ZA1", [80.0, 77.96]), metrics=[other(1, goal=78)])
    assert view.own.lines[0].said == "77.96%"


def test_a_title_tells_a_small_base() -> None:
    view = view_of("ZA1", shares(1, "ZA1", [*STEADY, 60.0], base=20.0), metrics=[other(1)])
    (found,) = findings(view)
    assert found.title.startswith("60.0% (12 of 20, a small base) in Jun 2025, below the usual ")
    assert found.line.headline.startswith("60.0% (12 of 20, a small base) in Jun 2025: worse")


@pytest.mark.parametrize(
    ("values", "title", "cell"),
    [
        (
            [*STEADY, 60.0, 61.0],
            # The mean is 78.95; ranges of 2 seventeen times and 1, without that of 22: ± 5.17.
            "61.0% in Sep 2024, below the usual 73.8% to 84.1% for 2 months by then; "
            "no later figure is held",
            "below the usual range for 2 months up to Sep 2024; no later figure is held",
        ),
        (
            [*STEADY, *[82.5] * 7],
            "82.5% in Sep 2024, 8 months above the mean of 81.4% by then; no later figure is held",
            "8 months above the mean up to Sep 2024; no later figure is held",
        ),
    ],
)
def test_of_a_signal_of_months_ago_it_is_said_when_it_was(
    values: list[float | None], title: str, cell: str
) -> None:
    parts = shares(1, "ZA1", values, last=(2024, 9)), shares(2, "ZA1", STEADY)
    own = view_of("ZA1", *parts, metrics=[other(1), other(2)]).own.lines
    assert span_words(own[0]) == cell
    assert title_of(own[0]) == title


def test_a_usual_range_never_runs_below_nought_or_beyond_all() -> None:
    view = view_of("ZA1", shares(1, "ZA1", [98.0, 100.0] * 9), metrics=[other(1)])
    # The mean is 99, the limits 93.68 and 104.32.
    assert usual_range(view.own.lines[0]) == "93.7% to 100.0%"


def test_concerns_stand_first_then_missed_goals_then_what_improves_and_old_ones_last() -> None:
    metrics = [other(n) for n in range(1, 5)]
    metrics[1] = other(2, goal=95)
    view = view_of(
        "ZA1",
        shares(1, "ZA1", [*STEADY, 99.0]),
        shares(2, "ZA1", [*STEADY, 81.0]),
        shares(3, "ZA1", [*STEADY, 60.0]),
        shares(4, "ZA1", [*STEADY, 60.0], last=(2024, 9)),
        metrics=metrics,
    )
    found = [(one.kind, one.line.metric.name[:15], bool(one.line.dated)) for one in findings(view)]
    assert found == [
        ("concern", "Other: number 3", False),
        ("missed", "Other: number 2", False),
        ("improving", "Other: number 1", False),
        ("concern", "Other: number 4", True),
    ]
    third, second = findings(view)[0], findings(view)[1]
    assert third.title.startswith("60.0% in Jun 2025, below the usual ")
    assert second.title == (
        "81.0% in Jun 2025, as usual; as things are, it will not meet the target of at least 95%"
    )


def test_of_two_concerns_that_furthest_from_its_own_range_is_the_main_one() -> None:
    wild: list[float | None] = [60.0, 90.0] * 9
    view = view_of(
        "ZA1",
        # 0 is 75 from a mean of 75 with limits 80 away: less than a whole reach.
        shares(1, "ZA1", [*wild, 0.0]),
        shares(2, "ZA1", [*STEADY, 60.0]),
        metrics=[other(1), other(2)],
    )
    assert lead(view).claim.endswith("of Larkshire University Hospitals: Other, number 2.")


def test_an_improvement_keeps_the_last_place() -> None:
    falls = [shares(n, "ZA1", [*STEADY, 60.0]) for n in range(1, 7)]
    metrics = [other(n) for n in range(1, 8)]
    view = view_of("ZA1", *falls, shares(7, "ZA1", [*STEADY, 99.0]), metrics=metrics)
    assert [one.kind for one in findings(view)] == [*["concern"] * 4, "improving"]


def _icb(worst: float, small: float) -> ReportView:
    """ZA1 with a base of 1,000 and ZA2 with one of 3,000, both in ZB1; less is better."""
    steady: list[float | None] = [4.0, 6.0] * 9
    return view_of(
        "ZB1",
        shares(1, "ZA1", [*steady, worst], base=1000.0),
        shares(1, "ZA2", [*steady, small], base=3000.0),
        metrics=[other(1, Better.LOWER)],
    )


def test_a_concern_that_lies_at_one_member_is_said_to_with_its_part_of_the_counts() -> None:
    view = _icb(40.0, 4.0)
    # 400 of 1,000 and 120 of 3,000: 520 of 4,000, of which 400 are 77%; 1,000 of 4,000 are 25%.
    found = lead(view)
    assert found.claim == (
        "The main concern of NHS Larkshire and Quillborough ICB is Larkshire University "
        "Hospitals: Other, number 1."
    )
    assert (
        "77% of these (400 of 520) are at Larkshire University Hospitals, with 25% of all 4,000 "
        "counted" in found.rest
    )


def test_a_part_is_not_told_where_the_members_do_not_make_up_the_whole() -> None:
    view = _icb(40.0, 4.0)
    line = view.own.lines[0]
    last = replace(line.points[-1], numerator=521.0)
    printed = replace(line, points=(*line.points[:-1], last))
    assert part_of(view, line) is not None
    assert part_of(view, printed) is None


def test_what_is_usual_for_all_of_them_but_not_for_one_is_a_finding() -> None:
    # Both are beyond their limits; the mean of both, 80, is not.
    one, two = shares(1, "ZA1", [*STEADY, 60.0]), shares(1, "ZA2", [*STEADY, 100.0])
    view = view_of("ZB1", one, two, metrics=[other(1)])
    (found,) = findings(view)
    assert found.kind == "apart"
    assert found.title == "80.0% in Jun 2025, as usual; members pull in opposite directions"
    assert found.beside.startswith("Larkshire University Hospitals 60.0%, worse (usual ")
    assert lead(view).claim == (
        "The main concern in NHS Larkshire and Quillborough ICB is Larkshire University "
        "Hospitals: Other, number 1."
    )


def goal_and_member(own: list[float | None], one_worse: int = 1) -> ReportView:
    """An ICB that misses a goal of 78, with a member at 60 where 75.7 to 86.3 is usual for it.

    What lies below at one lies above at the other, so that nothing is unusual for both together.
    """
    worse, better = [60.0] * one_worse, [102.0] * one_worse
    return view_of(
        "ZB1",
        shares(1, "ZA1", [*STEADY, *worse]),
        shares(1, "ZA2", [*STEADY, *better]),
        *(shares(2, code, own) for code in ("ZA1", "ZA2")),
        metrics=[other(1), other(2, goal=78)],
    )


def _cases(sample: Sequence[ReportView]) -> list[ReportView]:
    steady, one = shares(1, "ZA1", [*STEADY, 81.0]), [other(1)]
    return [
        *sample,
        view_of("ZA1", steady, metrics=one),
        view_of("ZA1", shares(1, "ZA1", [80.0] * 5), metrics=one),
        view_of("ZA1", shares(1, "ZA1", [*STEADY, 81.0]), metrics=[other(1, goal=95)]),
        view_of("ZA1", shares(1, "ZA1", [*STEADY, 60.0], last=(2024, 9)), metrics=one),
        view_of("ZA1", shares(1, "ZA1", [*STEADY, 99.0], last=(2024, 9)), metrics=one),
        view_of("ZA1", shares(1, "ZA1", [*STEADY, 99.0]), metrics=one),
        view_of("ZB1", steady, shares(1, "ZA2", [*STEADY, 60.0], base=9.0), metrics=one),
        view_of("ZB1", steady, shares(1, "ZA2", [70.0, 72.0] * 9, base=9.0),
                metrics=[other(1, goal=78)]),
        _icb(40.0, 4.0),
        _icb(9.0, 13.0),
        goal_and_member([79.0] * 4 + [77.0]),
    ]  # fmt: skip


@pytest.fixture(scope="module")
def cases(tmp_path_factory: pytest.TempPathFactory) -> list[ReportView]:
    """Reports of the sample, and one for each form that the sample has no case of."""
    from remit.api import read_each
    from remit.store import Store

    folder: Path = tmp_path_factory.mktemp("lead")
    files = write_monthly(folder)
    with Store.open(folder / "remit.duckdb") as store:
        store.ingest([r for f in files for r in read_each([f.path], published_on=f.published_on)])
        bodies = ("ZB1", "ZR1", "ZA2", "ZA3")
        sample = [build_report(store, code, "Mar 2026").view for code in bodies]
    return _cases(sample)


def _true(name: str, view: ReportView) -> bool:
    """Whether a claim is true of a report, from its points alone."""
    own, others = view.own.lines, [one for s in view.members for one in s.lines]
    new = [one for one in own if not one.dated]
    worse = [one for one in new if _side(one) < 0]
    better = [one for one in new if _side(one) > 0]
    return {
        "a concern at one member": bool(worse) and any(_side(one) < 0 for one in others),
        "a concern": bool(worse),
        "a member's concern that weighs more": any(_side(one) < 0 for one in others)
        and any(one.misses for one in new)
        and not worse,
        "a missed goal": any(one.misses for one in new) and not worse,
        "a concern of months ago": any(one.is_concern and one.dated for one in own),
        "a member's concern": any(_side(one) < 0 for one in others) and not worse,
        "a member's missed goal": any(one.misses for one in others),
        "improving": bool(better) and not worse,
        "as usual": bool(own) and not worse and not better,
        "cannot be told": all(one.mean is None for one in own) and bool(own),
        "nothing held": not own,
    }[name]


def _side(line: ReportLine) -> int:
    """1 for a latest point that is a special cause for the better, −1 for the worse, else 0."""
    last = line.points[-1]
    if not last.rule or line.metric.better == "neutral" or line.variation.code == "no_verdict":
        return 0
    return last.side if line.metric.better == "higher" else -last.side


def test_no_lead_sentence_is_false_of_any_report(cases: list[ReportView]) -> None:
    met = set()
    for view in cases:
        form = next(one for one in CLAIMS if one.holds(lead_facts(view)))
        met.add(form.name)
        assert _true(form.name, view), (form.name, lead(view))
        assert "metric" not in lead(view).claim
    unmet = {form.name for form in CLAIMS} - met
    # A report without a line of its own needs figures of members that give no sum.
    assert unmet <= {"nothing held"}


def test_a_goal_is_spoken_of_where_there_is_one(cases: list[ReportView]) -> None:
    for line in (line for view in cases for line in view.lines):
        judged = line.assurance.code not in {"no_target", "no_verdict"}
        assert bool(line.goal_said) == (judged or line.year_missed)


def test_every_title_has_the_value_its_month_and_its_range(cases: list[ReportView]) -> None:
    for found in (one for view in cases for one in findings(view)):
        assert found.title.startswith(f"{found.line.said} in {found.line.period}")
        assert told_range(found.line) in found.title
        assert found.asks in {"no comment yet", "still true?", ""}


def test_the_grid_has_every_entry_once_and_names_what_needs_attention() -> None:
    entries = [
        CellEntry("A", "concern", "no goal"),
        CellEntry("B", "usual", "fails", own=False, bodies=("One", "Two")),
        CellEntry("C", "improvement", "passes"),
        CellEntry("D", "usual", "by chance"),
    ]
    grid = nine_cells(entries)
    cells = [cell for row in grid.rows for cell in row.cells]
    assert sorted(one.name for cell in cells for one in cell.entries) == ["A", "B", "C", "D"]
    assert len(cells) == 12
    assert grid.sentence == "Needs attention: A; B: One and Two."


def test_every_own_line_is_in_one_cell_or_named_beside(cases: list[ReportView]) -> None:
    for view in cases:
        grid = cells_of(view)
        inside = [
            one.line_id
            for row in grid.rows
            for cell in row.cells
            for one in cell.entries
            if one.own
        ]
        beside = [name for _, names in grid.outside for name in names]
        assert len(set(inside)) == len(inside)
        assert len(inside) + len(beside) == len(view.own.lines)


def test_few_figures_that_meet_and_miss_a_goal_are_in_the_row_that_says_so() -> None:
    """95% is asked: 100, 94, 100 meet it twice of three times; 94, 90 never; 96, 97 always."""
    view = view_of(
        "ZB1",
        shares(1, "ZB1", [100.0, 94.0, 100.0]),
        shares(2, "ZB1", [94.0, 90.0]),
        shares(3, "ZB1", [96.0, 97.0]),
        shares(4, "ZB1", [100.0, 94.0]),
        metrics=[other(number, goal=95) for number in (1, 2, 3, 4)],
    )
    found = {
        one.name[:15]: row.assurance
        for row in cells_of(view).rows
        for cell in row.cells
        for one in cell.entries
    }
    assert found == {
        "Other: number 1": "by chance",
        "Other: number 2": "fails",
        "Other: number 3": "passes",
        "Other: number 4": "by chance",
    }


def test_a_goal_missed_by_too_few_figures_has_its_cell_and_is_named_before_members() -> None:
    """One month each; 95% is asked. What has no goal and too few figures stays without a cell."""
    view = view_of(
        "ZB1",
        shares(1, "ZB1", [90.0]),
        shares(2, "ZB1", [95.0]),
        shares(3, "ZB1", [90.0]),
        shares(1, "ZA1", [80.0, 82.0] * 9),
        metrics=[other(1, goal=95), other(2, goal=95), other(3)],
    )
    grid = cells_of(view)
    assert grid.columns[-1] == "Change cannot be told"
    names = {(row.assurance, one.name[:15]) for row in grid.rows for one in row.cells[-1].entries}
    assert names == {("fails", "Other: number 1"), ("passes", "Other: number 2")}
    (outside,) = grid.outside
    assert outside[0] == "Too few figures"
    assert outside[1][0].startswith("Other: number 3")
    one = view.own.lines[0].metric.short
    member = next(line for section in view.members for line in section.lines)
    assert grid.sentence == f"Needs attention: {one}; {one}: {member.body.short}."


def test_members_with_figures_of_months_ago_stay_in_the_cells_with_their_period() -> None:
    view = view_of(
        "ZB1",
        shares(1, "ZA1", [70.0, 72.0] * 9, last=(2024, 9)),
        shares(1, "ZA2", [70.0, 72.0] * 9),
        metrics=[other(1, goal=78)],
    )
    found = {
        (one.bodies, one.note)
        for row in cells_of(view).rows
        for cell in row.cells
        for one in cell.entries
        if not one.own
    }
    assert found == {
        (("Larkshire University Hospitals",), "Sep 2024"),
        (("Quillborough Hospitals",), ""),
    }


@pytest.mark.parametrize("last", [(2025, 6), (2024, 9)])
def test_a_member_s_concern_is_shown_where_targets_missed_on_one_point_would_hide_it(
    last: tuple[int, int],
) -> None:
    """Five targets are missed on one point each; a member falls far below its usual range."""
    few = [part for n in range(1, 6) for part in shares(n, "ZB1", [90.0])]
    # Both together are as usual: one falls by as much as the other rises.
    view = view_of(
        "ZB1",
        few,
        shares(6, "ZB1", [*STEADY, 81.0], last=last),
        shares(6, "ZA1", [*STEADY, 60.0], last=last),
        metrics=[*(other(n, goal=95) for n in range(1, 6)), other(6)],
    )
    found = [(one.kind, one.line.metric.name[:15]) for one in findings(view)]
    assert len(found) == 5
    assert ("apart", "Other: number 6") in found
    # A new one stands before them, one of months ago after all.
    assert found.index(("apart", "Other: number 6")) == (0 if last == (2025, 6) else 4)


def test_members_stand_in_the_cells_of_metrics_with_a_goal_alone() -> None:
    # Limits of 65.7 to 76.3 and of 85.7 to 96.3.
    goal, none = other(1, goal=78), other(2)
    view = view_of(
        "ZB1",
        shares(1, "ZA1", [70.0, 72.0] * 9),
        shares(1, "ZA2", [90.0, 92.0] * 9),
        shares(2, "ZA1", [*STEADY, 60.0]),
        metrics=[goal, none],
    )
    found = {
        (row.assurance, cell.variation, one.words)
        for row in cells_of(view).rows
        for cell in row.cells
        for one in cell.entries
        if not one.own
    }
    assert found == {
        ("fails", "usual", f"{goal.name}: Larkshire University Hospitals"),
        ("passes", "usual", f"{goal.name}: Quillborough Hospitals"),
    }


def test_the_matrix_has_a_cell_for_every_organisation_and_metric() -> None:
    view = fictional_report()
    short = replace(view.sections[2], lines=view.sections[2].lines[:1])
    made = matrix_of(replace(view, sections=(*view.sections[:2], short)))
    assert [row.body.code for row in made.rows] == ["ZB1", "ZA1", "ZA2"]
    assert [row.own for row in made.rows] == [True, False, False]
    assert [line is None for line in made.rows[2].lines] == [False, True, True]
    assert len(made.metrics) == len(made.periods) == 3


@pytest.mark.parametrize(
    ("values", "missed"),
    [
        # Always: out of reach. As things are by chance, and none so far. Once, then met. Too few.
        ([80.0, 82.0] * 8, True),
        ([86.0, 94.0] * 8, True),
        ([90.0, 94.0, 99.0] * 5, False),
        ([90.0, 99.0, 94.0] * 5, True),
        ([94.9], True),
        ([95.0], False),
    ],
)
def test_a_goal_missed_once_or_always_is_marked_alike(values: list[float], missed: bool) -> None:
    """At least 95% is asked; a cell is marked by its own figure, whatever limits say."""
    view = build_report(frame(seen("ZA1", values)), "ZA1", "Jun 2025", metrics=[SEEN]).view
    member = replace(view.own, body=replace(view.body, code="ZA2"))
    made = matrix_of(replace(view, sections=(view.own, member)))
    assert [row.missed for row in made.rows] == [(missed,), (missed,)]


def test_a_part_of_a_mean_of_days_is_not_told_to_the_last_decimal() -> None:
    view = _icb(40.0, 4.0)
    line = view.own.lines[0]
    found = part_of(view, line)
    assert found is not None
    part = replace(found, count=112.7419355, of=268.8387097, whole=1991.4)
    assert "(113 of 269)" in part.sentence
    assert "of all 1,991 counted" in part.sentence
    assert "(4.3 of 9)" in replace(found, count=4.25, of=9.0).sentence
