"""The sentence about a series: true, short, and silent about common cause."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from remit.signals import Rebase, spc
from remit.signals.charted import charted_series
from remit.signals.conclusion import conclude
from remit.signals.sentence import sentence
from remit.signals.spacing import label_of, spacing
from remit.signals.targets import target_said
from remit.words.figures import value_words
from tests.signals.frames import frame, months

WIDE = [70.0, 90.0] * 10


def told(values: list[Any], better: str = "higher", **how: Any) -> str:
    charts = spc(frame({"a": values}), better=better, **how)
    charted = charted_series(charts.points, charts, "percent", better)
    if not charted.held:
        return sentence(charted, charts.rules, None, "no target")
    target = charted.held[-1].target
    aim = target_said(target, charted.better, "percent")
    return sentence(charted, charts.rules, conclude(charted, charts.rules, target), aim)


def test_common_cause_is_no_news_whatever_the_last_step() -> None:
    # 20 points of mean 80 and one of 89.9 have the mean 1689.9 / 21 = 80.47; 19 ranges of 20 and
    # one of 0.1 have the mean 19.005, so the limits lie 50.55 away, the upper one above 100%.
    assert told([*WIDE, 89.9]) == (
        "89.9% in Sep 2023. Within its process limits, 29.9% to 100.0%: no special cause."
    )


def test_a_run_is_told_with_its_length_and_verdict() -> None:
    shifted = [*WIDE, *([78.0, 79.0] * 4), 78.0]
    said = "78.0% in May 2024. It has been below its process mean of 79.5% for 9 months: special"
    assert told(shifted) == f"{said} cause, for the worse."
    assert told(shifted, "lower") == f"{said} cause, for the better."
    assert told(shifted, "neutral") == f"{said} cause."


def test_months_without_a_figure_are_not_counted_as_months() -> None:
    shifted = [*WIDE, 78.0, 79.0, None, *([78.0, 79.0] * 3), 78.0]
    assert "for 9 figures" in told(shifted)


def test_a_point_outside_the_limits_names_the_limit() -> None:
    assert "Below its lower process limit of 76.6%: special cause, for the worse." in told(
        [*([80.0, 81.0] * 8), 60.0]
    )
    # The mean is 1412 / 17 = 83.06; ranges of 4, without that of 20, set limits 10.64 apart.
    assert "Above its upper process limit of 93.7%: special cause, for the better." in told(
        [*([84.0, 80.0] * 8), 100.0]
    )


def test_trends_and_points_close_to_a_limit() -> None:
    assert "It has risen without a break over 7 months: special cause, for the better." in told(
        [*WIDE, *[78.0, 78.5, 79.0, 79.5, 80, 80.5, 81]]
    )
    near = told([*([80.0, 84.0] * 10), 92.0, 84.0, 92.0], rules="mdc-excel")
    assert "Its latest figures lie close to the upper process limit: special cause" in near


@pytest.mark.parametrize(
    ("target", "better", "said"),
    [
        (150, "higher", "As things are, it will not meet the target of at least 150%."),
        (10, "higher", "As things are, it will meet the target of at least 10%."),
        (10, "lower", "As things are, it will not meet the target of at most 10%."),
        (80, "higher", "It may meet or miss the target of at least 80% by chance."),
        (10, "neutral", "no special cause."),
        (None, "higher", "no special cause."),
    ],
)
def test_the_target(target: float | None, better: str, said: str) -> None:
    assert told(WIDE, better, target=target).endswith(said)


def test_a_rounded_value_does_not_belie_whether_it_meets_the_target() -> None:
    said = told([77.96], target=78)
    assert said.startswith("77.96% on 1 Jan 2022.")
    assert said.endswith("It does not meet the target of at least 78% on 1 Jan 2022.")
    assert told([78.04], target=78).startswith("78.0% on 1 Jan 2022.")
    assert told([78.04], "lower", target=78).startswith("78.04% on 1 Jan 2022.")


def test_few_points_are_said_and_a_stretch_speaks_for_itself() -> None:
    assert told(WIDE[:5]).endswith("5 months held; a usual range needs 12.")
    rebased = told(WIDE + WIDE[:3], rebase=[Rebase(date(2023, 9, 1), "x")])
    assert rebased.endswith("3 months since its limits began anew; a usual range needs 12.")
    assert told([70.0], target=80) == (
        "70.0% on 1 Jan 2022. 1 figure held; a usual range needs 12. It does not meet the "
        "target of at least 80% on 1 Jan 2022."
    )
    assert told([None]) == "No figure is held."


def test_special_causes_of_the_past_are_no_news() -> None:
    assert "no special cause" in told([*WIDE[:10], 200.0, *WIDE[:10]])


@pytest.mark.parametrize(
    ("step", "word"), [(1, "day"), (7, "week"), (91, "quarter"), (365, "year"), (50, "point")]
)
def test_what_lies_between_two_points(step: int, word: str) -> None:
    days = [date(2020, 1, 1) + timedelta(days=step * i) for i in range(6)]
    assert spacing(days) == word
    assert spacing(months(6)) == "month"
    assert spacing(days[:1]) == "point"


@pytest.mark.parametrize(
    ("day", "noun", "label"),
    [
        (date(2025, 6, 1), "month", "Jun 2025"),
        (date(2025, 6, 30), "month", "Jun 2025"),
        (date(2025, 4, 1), "quarter", "2025/26 Q1"),
        (date(2026, 1, 1), "quarter", "2025/26 Q4"),
        (date(2025, 12, 31), "quarter", "2025/26 Q3"),
        (date(2025, 5, 1), "quarter", "May 2025"),
        (date(2025, 4, 1), "year", "2025/26"),
        (date(2026, 3, 31), "year", "2025/26"),
        (date(2025, 1, 1), "year", "2025"),
        (date(2025, 6, 9), "week", "9 Jun 2025"),
    ],
)
def test_what_the_period_of_a_point_is_called(day: date, noun: str, label: str) -> None:
    assert label_of(day, noun) == label


def test_figures_of_which_nobody_knows_the_unit_have_three_digits_that_count() -> None:
    shown = [value_words(value, "") for value in (0.123, 5.675, 67.05, -71.06, 12345.6, 1e30)]
    assert shown[:5] == ["0.12", "5.68", "67.1", "−71.1", "12,346"]
    assert shown[5].startswith("1,000,000,000,000,000,000,000,")
