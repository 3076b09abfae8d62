"""Sentences about a series: true, short, and silent about common cause."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from remit.signals import Rebase, spc
from remit.signals.words import Told, figure, spacing, tell
from tests.signals.frames import frame, months

WIDE = [70.0, 90.0] * 10


def told(values: list[Any], better: str = "higher", **how: Any) -> Told:
    charts = spc(frame({"a": values}), better=better, **how)
    return tell(charts.points, charts.rules, "Elm", "%", better)


def test_common_cause_is_no_news_whatever_the_last_step() -> None:
    said = told([*WIDE, 89.9])
    assert said.text == "Elm shows common cause variation only: nothing points to a change."
    assert not said.is_news


def test_a_run_is_told_with_its_length_and_verdict() -> None:
    shifted = [*WIDE, *([78.0, 79.0] * 4), 78.0]
    said = told(shifted)
    assert said.variation == (
        "Elm has been below its process mean (79.5%) for 9 months: special cause, concern."
    )
    assert said.is_news
    assert told(shifted, "lower").variation.endswith("special cause, improvement.")
    assert told(shifted, "neutral").variation.endswith("special cause, neither better nor worse.")


def test_months_without_a_figure_are_not_counted_as_months() -> None:
    shifted = [*WIDE, 78.0, 79.0, None, *([78.0, 79.0] * 3), 78.0]
    assert "for 9 months with a figure" in told(shifted).variation


def test_a_point_outside_the_limits_and_the_run_it_belongs_to() -> None:
    calm = [80.0, 81.0] * 8
    assert told([*calm, 60.0]).variation == (
        "Elm is below its lower process limit (76.6%) at 60.0%: special cause, concern."
    )
    drift = told([float(n) for n in range(60, 84)]).variation
    assert "above its upper process limit (74.2%) for 9 months and above its process mean" in drift
    assert "for 12 months: special cause, improvement." in drift


def test_trends_and_points_close_to_a_limit() -> None:
    assert told([*WIDE, *[78.0, 78.5, 79.0, 79.5, 80, 80.5, 81]]).variation == (
        "Elm has risen 6 times in a row: special cause, improvement."
    )
    near = told([*([80.0, 84.0] * 10), 92.0, 84.0, 92.0], rules="mdc-excel")
    assert "close to its upper process limit" in near.variation
    assert "in 2 of the last 3 months" in near.variation


@pytest.mark.parametrize(
    ("target", "better", "said"),
    [
        (150, "higher", "The target of 150% will be missed unless the process changes."),
        (10, "higher", "The target of 10% will be met as long as the process stays as it is."),
        (10, "lower", "The target of 10% will be missed unless the process changes."),
        (80, "higher", "lies within the process limits: it may be met or missed by chance."),
        (10, "neutral", ""),
        (None, "higher", ""),
    ],
)
def test_the_target(target: float | None, better: str, said: str) -> None:
    assert told(WIDE, better, target=target).assurance.endswith(said)
    assert bool(told(WIDE, better, target=target).assurance) == bool(said)


def test_a_target_that_the_latest_point_met_or_missed_against_the_limits() -> None:
    calm = [80.0, 81.0] * 8
    assert told([*calm, 60.0], target=70).assurance.endswith("missed in the latest month.")
    assert told([*calm, 95.0], target=90).assurance.endswith("met in the latest month.")
    assert "lies on a process limit" in told([50.0] * 12, target=50).assurance


def test_few_points_are_said_and_a_stretch_speaks_for_itself() -> None:
    assert told(WIDE[:5]).cautions == ("The limits rest on 5 points and are trial limits.",)
    rebased = told(WIDE + WIDE[:3], rebase=[Rebase(date(2023, 9, 1), "x")])
    assert rebased.cautions == ("The limits rest on 3 points and are trial limits.",)
    assert told([70.0]).variation == "Elm has too few points for process limits."
    assert told([None]).text == "Elm: there are no figures."


def test_special_causes_of_the_past_are_not_denied() -> None:
    odd = [*WIDE[:10], 200.0, *WIDE[:10]]
    assert told(odd).variation == "Elm shows no special cause in the latest month."


@pytest.mark.parametrize(
    ("step", "word"), [(1, "day"), (7, "week"), (91, "quarter"), (365, "year"), (50, "point")]
)
def test_what_lies_between_two_points(step: int, word: str) -> None:
    days = [date(2020, 1, 1) + timedelta(days=step * i) for i in range(6)]
    assert spacing(days) == word
    assert spacing(months(6)) == "month"
    assert spacing(days[:1]) == "point"


def test_figures() -> None:
    shown = [figure(value, "%") for value in (0.123, 5.678, 71.06, -71.06, 12345.6)]
    assert shown == ["0.12%", "5.68%", "71.1%", "−71.1%", "12,346%"]
