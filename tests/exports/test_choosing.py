"""Which exceptions a pack draws, and in what order."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest

from remit.exports.choosing import chosen, left_out_words
from remit.report.view import ReportLine, ReportSection, ReportView
from tests.report.fictional import BELOW, ICB, METRICS, TRUSTS, fictional_report, line

FOUR_HOURS, WAITS, BEDS = METRICS
WORKFORCE = replace(BEDS, id="made-up.working-time", name="Working time", better="neutral")


@pytest.fixture
def view() -> ReportView:
    """Of each organisation one neutral, one better, one worse, and a target out of reach."""

    def of(body: object) -> ReportSection:
        return ReportSection(
            body,  # type: ignore[arg-type]
            (
                line(body, WORKFORCE, "neutral_high", "no_target", BELOW),  # type: ignore[arg-type]
                line(body, WAITS, "improvement_low", "no_target", BELOW),  # type: ignore[arg-type]
                line(body, FOUR_HOURS, "concern_low", "inconsistent", BELOW),  # type: ignore[arg-type]
                line(body, BEDS, "common_cause", "fail", BELOW),  # type: ignore[arg-type]
            ),
        )

    return replace(fictional_report(), sections=tuple(of(body) for body in (ICB, *TRUSTS)))


def names(lines: list[ReportLine] | tuple[ReportLine, ...]) -> list[tuple[str, str]]:
    return [(one.body.code, one.metric.id) for one in lines]


def test_concerns_stand_first_own_before_members_and_spread_over_metrics(view: ReportView) -> None:
    assert names(view.exceptions)[:6] == [
        ("ZB1", FOUR_HOURS.id), ("ZB1", BEDS.id),
        ("ZA1", FOUR_HOURS.id), ("ZA1", BEDS.id),
        ("ZA2", FOUR_HOURS.id), ("ZA2", BEDS.id),
    ]  # fmt: skip
    assert all(one.urgency <= other.urgency for one, other in pairwise(view.exceptions))
    assert {one.metric.id for one in view.exceptions[-3:]} == {WORKFORCE.id}


def test_no_metric_is_drawn_more_than_twice_and_none_that_is_neutral(view: ReportView) -> None:
    assert names(chosen(view, 20)) == [
        ("ZB1", FOUR_HOURS.id), ("ZB1", BEDS.id), ("ZA1", FOUR_HOURS.id), ("ZA1", BEDS.id),
        ("ZB1", WAITS.id), ("ZA1", WAITS.id),
    ]  # fmt: skip


def test_members_concerns_come_before_own_improvements(view: ReportView) -> None:
    assert names(chosen(view, 4))[-1] == ("ZA1", BEDS.id)
    assert left_out_words(view, 4).startswith("8 further exceptions")


def test_today_and_tomorrow_take_turns_among_equals(view: ReportView) -> None:
    tomorrow = replace(BEDS, id="made-up.later", horizon="tomorrow")
    worse = line(ICB, tomorrow, "concern_low", "no_target", BELOW)
    own = ReportSection(ICB, (*view.own.lines, worse))
    drawn = chosen(replace(view, sections=(own, *view.members)), 3)
    assert [one.metric.horizon for one in drawn] == ["today", "tomorrow", "today"]
