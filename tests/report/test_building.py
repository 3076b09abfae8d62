"""A report is made from figures: who is in it, what is missing, and where each figure stands."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from remit.model.asked_period import asked_period
from remit.model.errors import AssessmentError, UnknownCode
from remit.model.metric import Frequency
from remit.register import load_register
from remit.report import build_report, read_metric_list
from remit.report.bodies import placed
from remit.report.expected import expected, over
from remit.report.missing import grouped
from tests.report.stores import SEEN, WAITING, frame, rows, seen

STEADY = [80.0, 82.0] * 12


def view(*parts: list[dict[str, object]], code: str = "ZB1", period: str | None = "Jun 2025"):  # type: ignore[no-untyped-def]
    return build_report(frame(*parts), code, period, metrics=[SEEN, WAITING]).view


def test_an_icb_is_the_sum_of_its_trusts_and_brings_them() -> None:
    made = view(seen("ZA1", STEADY), seen("ZA2", [60.0, 62.0] * 12))
    assert [section.body.code for section in made.sections] == ["ZB1", "ZA1", "ZA2"]
    # (820 + 620) of (1,000 + 1,000)
    assert made.own.lines[0].value == pytest.approx(72.0)
    assert made.own.lines[0].said == "72.0%"


def test_each_latest_figure_names_its_lines() -> None:
    made = view(seen("ZA1", STEADY), seen("ZA2", STEADY))
    traces = made.own.lines[0].traces
    assert {(t.org_code, t.measure, t.line, t.value) for t in traces} == {
        (org, measure, 25, value)
        for org in ("ZA1", "ZA2")
        for measure, value in (("made-up.seen", 820.0), ("made-up.all", 1000.0))
    }
    assert all(t.source in {source.number for source in made.sources} for t in traces)


def test_every_value_shown_has_a_source() -> None:
    made = view(
        seen("ZA1", STEADY),
        rows("ZA1", "made-up.waiting-list", [100.0] * 5),
        rows("ZA1", "made-up.waiting-list", [30.0] * 5, cut="age: 0-17"),
        rows("ZA1", "made-up.waiting-list", [70.0] * 5, cut="age: 18 and over"),
    )
    assert made.lines
    assert all(line.traces for line in made.lines)
    assert all(row.traces for cut in made.cuts for row in cut.rows)


def test_the_rows_behind_all_points_are_listed_once() -> None:
    report = build_report(
        frame(seen("ZA1", STEADY), seen("ZA2", STEADY)), "ZB1", "Jun 2025", metrics=[SEEN]
    )
    # Two trusts, two measures, 24 months; the ICB and its trusts rest on the same rows.
    assert report.rows.height == 2 * 2 * 24


def test_a_region_brings_its_icbs_and_trusts() -> None:
    made = view(seen("ZA1", STEADY), code="ZR1")
    assert [s.body.code for s in made.sections] == ["ZR1", "ZB1", "ZA1"]


def test_a_trust_stands_alone() -> None:
    assert [s.body.code for s in view(seen("ZA1", STEADY), code="ZA1").sections] == ["ZA1"]


def test_figures_after_the_period_are_not_used() -> None:
    made = view(seen("ZA1", [*STEADY, 10.0], last=(2025, 7)))
    assert made.own.lines[0].period == "Jun 2025"


def test_the_newest_month_is_the_period_where_none_is_named() -> None:
    assert view(seen("ZA1", STEADY, last=(2025, 3)), period=None).period == "Mar 2025"


def test_a_quarter_ends_with_its_last_month() -> None:
    made = view(seen("ZA1", [*STEADY, 10.0], last=(2025, 7)), period="2025/26 Q1")
    assert made.period == "2025/26 Q1"
    assert made.own.lines[0].period == "Jun 2025"


def test_a_publication_that_is_late_is_named_once() -> None:
    made = view(seen("ZA1", STEADY, last=(2025, 4)), seen("ZA2", STEADY, last=(2025, 4)))
    (gap,) = grouped(made.missing)
    assert [body.code for body in gap.bodies] == ["ZB1", "ZA1", "ZA2"]
    assert (gap.metrics, gap.expected, gap.held) == (
        (SEEN.name,), "May 2025 to Jun 2025", "Apr 2025",
    )  # fmt: skip


def test_an_organisation_that_lacks_what_others_have_is_named_with_the_reason() -> None:
    made = view(seen("ZA1", STEADY), seen("ZA2", [*STEADY[:-1], None]))
    gaps = {gap.body.code: gap for gap in made.missing}
    assert gaps["ZA2"].expected == "Jun 2025"
    assert gaps["ZA2"].held == "May 2025"
    assert gaps["ZA2"].reason == "The publication holds the figure back (suppressed)."
    assert "ZA1" not in gaps


def test_what_does_not_apply_is_not_missing() -> None:
    gone = seen("ZA2", [*STEADY[:-1], None], absent="not_applicable")
    assert view(seen("ZA1", STEADY), gone).missing == ()


def test_a_count_that_lacks_somebody_is_no_point_of_an_area() -> None:
    made = view(
        rows("ZA1", "made-up.waiting-list", [100.0, 110.0] * 8),
        rows("ZA2", "made-up.waiting-list", [100.0, 110.0] * 7 + [100.0, None]),
    )
    line = made.own.lines[0]
    assert line.period == "May 2025"
    assert line.value == 200
    assert made.missing[0].reason.startswith("Not all who belong to it have submitted")


def test_gaps_of_the_same_kind_are_told_together() -> None:
    made = view(
        seen("ZA1", STEADY, last=(2025, 4)),
        rows("ZA1", "made-up.waiting-list", [100.0] * 24, last=(2025, 4)),
    )
    assert [group.metrics for group in grouped(made.missing)] == [
        ("Seen in time", "People who wait")
    ]
    assert [group.finding for group in grouped(made.missing)] == [
        "No figure for May 2025 to Jun 2025, newest Apr 2025"
    ]


def test_a_metric_without_a_figure_counts_against_the_balance() -> None:
    made = view(seen("ZA1", STEADY))
    assert (made.balance.today.with_figures, made.balance.tomorrow.with_figures) == (1, 0)
    assert made.balance.tomorrow.without == ("People who wait",)
    assert "Nothing is known of tomorrow" in made.balance.sentence


def test_the_balance_is_counted() -> None:
    made = view(seen("ZA1", STEADY), rows("ZA1", "made-up.waiting-list", [100.0] * 5))
    assert made.balance.sentence == (
        "Of 2 metrics, 1 speaks of today’s care and 1 of tomorrow’s health. Figures are held for "
        "1 of today’s 1 and 1 of tomorrow’s 1. The two are in balance. What stands out: 1 of "
        "today’s, 0 of tomorrow’s."
    )


def test_all_four_aims_are_there_even_without_a_figure() -> None:
    made = view(seen("ZA1", STEADY))
    assert [aim.code for aim in made.aims] == [
        "population_health", "inequalities", "productivity", "social_economic", "none",
    ]  # fmt: skip
    assert made.aims[0].sentence == "No figure is held that serves this aim most."


def test_the_sample_is_marked() -> None:
    assert view(seen("ZA1", STEADY)).fictional


def test_charts_hold_four_years() -> None:
    made = view(seen("ZA1", [80.0, 82.0] * 30))
    assert len(made.own.lines[0].points) == 48
    assert made.own.lines[0].points[0].start == date(2021, 7, 1)
    assert "Charts begin on 1 July 2021." in made.rules.words


def test_an_unknown_organisation_is_refused_with_those_nearest() -> None:
    with pytest.raises(UnknownCode, match="Nearest"):
        view(seen("ZA1", STEADY), code="ZB9")


def test_an_organisation_without_a_figure_is_refused() -> None:
    with pytest.raises(AssessmentError, match=r"no figure is held for .* up to 2025-06-30"):
        view(seen("ZA1", STEADY), code="ZA2")


def test_a_period_that_is_none_is_refused() -> None:
    with pytest.raises(AssessmentError, match="--period takes a month"):
        view(seen("ZA1", STEADY), period="last month")


@pytest.mark.parametrize("period", ["Jun 2099", "2098/99", "2098/99 Q1"])
def test_a_period_that_is_not_over_is_refused_with_the_remedy(period: str) -> None:
    with pytest.raises(AssessmentError, match=r"is not over on .*leave --period out"):
        view(seen("ZA1", STEADY), period=period)


def test_a_period_is_over_on_the_day_after_its_last() -> None:
    june = asked_period("Jun 2025")
    assert over(june, date(2025, 7, 1)) == june
    with pytest.raises(AssessmentError, match="Jun 2025 is not over on 2025-06-30"):
        over(june, date(2025, 6, 30))


def test_an_organisation_that_did_not_exist_yet_is_said_to_exist_from() -> None:
    with pytest.raises(AssessmentError) as raised:
        placed(load_register(), "QHM", date(2015, 6, 30))
    assert str(raised.value).endswith("it exists from 2022-07-01. Name a later --period")


def test_a_list_of_metrics_keeps_its_order(tmp_path: Path) -> None:
    path = tmp_path / "mine.txt"
    path.write_text("made-up.waiting # first\n\nmade-up.seen-in-time\n")
    known = {metric.id: metric for metric in (SEEN, WAITING)}
    assert read_metric_list(path, known) == [WAITING, SEEN]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "made-up.wating\n",
            "line 1: there is no metric 'made-up.wating'. Nearest: made-up.waiting",
        ),
        ("made-up.waiting\nmade-up.waiting\n", "line 2: made-up.waiting is named twice"),
        ("# nothing\n", "no metric is named"),
    ],
)
def test_a_faulty_list_of_metrics_says_where(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "mine.txt"
    path.write_text(text)
    with pytest.raises(AssessmentError, match=r"mine\.txt") as raised:
        read_metric_list(path, {metric.id: metric for metric in (SEEN, WAITING)})
    assert said in str(raised.value)


@pytest.mark.parametrize(
    ("held", "end", "due"),
    [
        ((date(2024, 1, 1), Frequency.YEAR), date(2025, 6, 30), "2024"),
        ((date(2023, 4, 1), Frequency.YEAR), date(2025, 6, 30), "2024/25"),
        ((date(2023, 4, 1), Frequency.YEAR), date(2025, 3, 30), "2023/24"),
        ((date(2024, 1, 1), Frequency.QUARTER), date(2025, 6, 30), "2025/26 Q1"),
        ((date(2024, 1, 1), Frequency.QUARTER), date(2025, 5, 31), "2024/25 Q4"),
        ((date(2024, 1, 1), Frequency.QUARTER), date(2025, 1, 31), "2024/25 Q3"),
        ((date(2024, 1, 1), Frequency.MONTH), date(2025, 1, 15), "Dec 2024"),
        ((date(2024, 1, 1), Frequency.MONTH), date(2025, 2, 28), "Feb 2025"),
    ],
)
def test_what_is_due_is_the_last_period_that_is_over(
    held: tuple[date, Frequency], end: date, due: str
) -> None:
    start, frequency = held
    metric = SEEN.model_copy(update={"frequency": frequency})
    assert expected(metric, end, start).label == due
