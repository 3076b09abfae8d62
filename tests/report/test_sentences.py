"""Sentences say what a chart shows: worked examples, with runs counted by hand."""

from __future__ import annotations

from datetime import date

import pytest

from remit.model.metric import Better, Bound, Standard
from remit.report import build_report
from remit.report.spans import told_range
from remit.report.view import ReportLine
from tests.report.stores import SEEN, frame, rows, seen

COUNT = SEEN.model_copy(
    update={
        "denominator": (),
        "scale": 1.0,
        "unit": "count",
        "standards": (),
        "better": Better.NEUTRAL,
    }
)
UP_AND_DOWN = [80.0, 82.0] * 8


def only(values: list[float | None], metric: object = SEEN) -> ReportLine:
    view = build_report(frame(seen("ZA1", values)), "ZA1", "Jun 2025", metrics=[metric]).view
    return view.own.lines[0]


def test_a_shift_is_told_with_its_length_and_its_mean() -> None:
    # 12 × 81 = 972 and 9 × 78 = 702: the mean of 21 points is 1674 / 21 = 79.71
    line = only([80.0, 82.0] * 6 + [78.0] * 9)
    assert "It has been below its process mean of 79.7% for 9 months: special cause" in (
        line.sentence
    )
    assert line.sentence.startswith("78.0% in Jun 2025. ")
    assert line.variation.code == "concern_low"


def test_a_shift_with_a_gap_in_it_is_counted_in_figures() -> None:
    line = only([80.0, 82.0] * 6 + [78.0] * 4 + [None] + [78.0] * 5)
    assert "for 9 figures: special cause, for the worse" in line.sentence


def test_a_small_change_within_the_limits_is_no_news() -> None:
    line = only([*UP_AND_DOWN, 80.1])
    assert "no special cause" in line.sentence
    assert not any(word in line.sentence for word in ("rose", "fell", "risen", "fallen", "up by"))
    assert line.variation.code == "common_cause"


def test_a_point_outside_the_limits_names_the_limit() -> None:
    line = only([*UP_AND_DOWN, 60.0])
    assert "Below its lower process limit of " in line.sentence
    assert line.lower is not None
    assert line.value is not None
    assert line.value < line.lower


def test_a_trend_is_told_with_its_points() -> None:
    line = only(
        [80.0, 80.4, 79.8, 80.2, 79.9, 80.1, 79.7, 80.5, *(79.6 + n / 10 for n in range(8))]
    )
    assert "It has risen without a break over 8 months: special cause, for the better" in (
        line.sentence
    )


@pytest.mark.parametrize(("points", "said"), [(1, "1 month held;"), (11, "11 months held;")])
def test_too_few_points_say_so_and_make_no_limits(points: int, said: str) -> None:
    line = only([80.0 + n % 2 for n in range(points)])
    assert said in line.sentence
    assert line.variation.code == "too_few"
    assert {point.mean for point in line.points} == {None}


def test_a_missed_target_with_too_few_points_is_a_class_of_its_own_among_the_concerns() -> None:
    # The target is at least 95%.
    missed, met = only([80.0, 81.0, 82.0]), only([96.0, 94.0, 97.0])
    assert (missed.assurance.code, met.assurance.code) == ("missed", "too_few")
    assert missed.is_exception
    assert missed.is_concern
    assert missed.is_missed_with_few
    assert "It does not meet the target of at least 95% in Jun 2025." in missed.sentence
    assert not met.is_exception


def test_twelve_points_make_limits() -> None:
    assert only([80.0, 82.0] * 6).mean == pytest.approx(81.0)


def test_a_series_that_never_changes_is_said_to() -> None:
    line = only([100.0] * 14)
    assert "It does not vary: no special cause." in line.sentence
    assert line.assurance.code == "pass"
    assert "As things are, it will meet the target of at least 95%." in line.sentence


def test_limits_are_not_said_to_pass_what_is_possible() -> None:
    line = only([99.0, 97.0] * 8)
    assert line.upper is not None
    assert line.upper > 100
    assert " to 100.0%" in line.sentence


def test_a_target_out_of_reach_makes_an_exception_without_a_special_cause() -> None:
    line = only(UP_AND_DOWN)
    assert (line.variation.code, line.assurance.code) == ("common_cause", "fail")
    assert line.is_exception
    assert line.is_concern


def test_equal_words_get_the_decimals_that_tell_them_apart() -> None:
    # The mean is 80.0133; ranges of 0.01 once and 0.02 seven times among twenty, without that of
    # 0.03, make a limit of 80.0133 + 2.66 × 0.0075 = 80.033: with one decimal both are 80.0%.
    figures = frame(
        rows("ZA1", "made-up.seen", [80000.0] * 7 + [79990.0, 80010.0] * 4 + [80040.0] * 7),
        rows("ZA1", "made-up.all", [100000.0] * 22),
    )
    line = build_report(figures, "ZA1", "Jun 2025", metrics=[SEEN]).view.own.lines[0]
    assert line.sentence.startswith(
        "80.04% in Jun 2025. Above its upper process limit of 80.03%: special cause"
    )


def test_a_run_that_would_read_as_its_mean_gets_the_decimals_that_tell_them_apart() -> None:
    # 18 figures of 81 on average and seven of 81.03: the mean is 81.0084.
    line = only([80.0, 82.0] * 9 + [81.03] * 7)
    assert line.said == "81.03%"
    assert line.sentence.startswith("81.03% in Jun 2025. ")
    assert "its process mean of 81.01% for 8 months" in line.sentence
    assert told_range(line) == "8 months above the mean of 81.01%"


def test_a_special_cause_of_what_is_neither_better_nor_worse_is_not_judged() -> None:
    line = only([*UP_AND_DOWN, 95.0], COUNT)
    assert line.variation.code == "neutral_high"
    assert "special cause." in line.sentence
    assert "for the" not in line.sentence


EASED = (
    Standard(bound=Bound(at_least=95), valid_to=date(2025, 4, 30), source="Invented"),
    Standard(bound=Bound(at_least=78), valid_from=date(2025, 5, 1), source="Invented"),
)

FOLLOWED = (
    Standard(bound=Bound(at_least=78), valid_to=date(2025, 4, 30), source="Invented"),
    Standard(bound=Bound(at_least=95), valid_from=date(2025, 5, 1), source="Invented"),
)


def late(values: list[float | None], standards: tuple[Standard, ...]) -> ReportLine:
    """The line of June where the newest figure is that of April."""
    metric = SEEN.model_copy(update={"standards": standards})
    figures = frame(seen("ZA1", values, last=(2025, 4)))
    return build_report(figures, "ZA1", "Jun 2025", metrics=[metric]).view.own.lines[0]


@pytest.mark.parametrize(
    ("pair", "assurance", "ahead"),
    [
        # Moving ranges of 2 make limits of the mean plus and minus 5.32.
        (
            [88.0, 90.0],
            "pass",
            "As things were in Apr 2025, it would meet the target of at least 78%.",
        ),
        # All months reached it; limits of 75.7% and 86.3% allow both.
        (
            [80.0, 82.0],
            "inconsistent",
            "It met the target of at least 78% in 12 of the last 12 months; "
            "within its limits it may miss it by chance.",
        ),
        (
            [60.0, 62.0],
            "fail",
            "As things were in Apr 2025, it would not meet the target of at least 78%.",
        ),
    ],
)
def test_a_figure_is_judged_by_the_target_of_its_own_month(
    pair: list[float | None], assurance: str, ahead: str
) -> None:
    line = late(pair * 8, FOLLOWED)
    assert line.assurance.code == assurance
    assert line.target == 78
    assert line.sentence.endswith(
        f"{ahead} "
        "The target was at least 78% in Apr 2025; in the report’s period it is at least 95%."
    )
    assert "(now at least 95%)" in line.goal_said
    # Its title, its cell and its chart have the very goal.
    assert (line.target_said, line.points[-1].target) == ("at least 78%", 78)


def test_a_target_that_ended_judges_the_figures_of_its_time_and_none_after() -> None:
    line = late(list(UP_AND_DOWN), EASED[:1])
    assert line.misses
    assert "would not meet the target of at least 95%" in line.sentence
    assert line.sentence.endswith(
        "The target was at least 95% in Apr 2025; in the report’s period there is no target."
    )


def test_few_points_are_held_against_the_target_of_their_own_time() -> None:
    line = late([80.0, 82.0], EASED)
    assert "It does not meet the target of at least 95% in Apr 2025." in line.sentence
    assert line.sentence.endswith("; in the report’s period it is at least 78%.")


@pytest.mark.parametrize(
    ("people", "said"),
    [
        (26, "80.8% (21 of 26, a small base) in Jun 2025."),
        (27.868132, "75.4% (21 of 27.9, a small base) in Jun 2025."),
        (100, "21.0% in Jun 2025."),
    ],
)
def test_a_small_base_is_told_with_its_people(people: float, said: str) -> None:
    figures = frame(
        rows("ZA1", "made-up.seen", [21.0] * 12), rows("ZA1", "made-up.all", [people] * 12)
    )
    line = build_report(figures, "ZA1", "Jun 2025", metrics=[SEEN]).view.own.lines[0]
    assert line.sentence.startswith(said)


@pytest.mark.parametrize(
    ("pair", "ahead"),
    [
        ([88.0, 90.0], "As things were in Apr 2025, it would meet the target of at least 78%."),
        ([60.0, 62.0], "As things were in Apr 2025, it would not meet the target of at least 78%."),
        (
            [77.0, 79.0],
            "As things were in Apr 2025, it might meet or miss the target of at least 78% by "
            "chance.",
        ),
    ],
)
def test_of_a_figure_that_is_late_it_is_said_of_when_it_tells(
    pair: list[float | None], ahead: str
) -> None:
    """The target is the same as ever; the figure is of April, and June's is due."""
    always = (Standard(bound=Bound(at_least=78), source="Invented"),)
    assert ahead in late(pair * 8, always).sentence


def test_of_a_new_figure_it_is_said_how_things_are() -> None:
    line = only([60.0, 62.0] * 8)
    assert "As things are, it will not meet the target of at least 95%." in line.sentence
