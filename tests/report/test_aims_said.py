"""What is said of an aim: a metric that cannot be judged is never said to be without a change."""

from __future__ import annotations

from dataclasses import replace

import pytest

from remit.exports.tables import in_short
from remit.report.balance import aims
from remit.report.icon_words import VARIATIONS
from remit.report.view import Icon, ReportLine
from tests.report.fictional import fictional_report

PLAIN = replace(fictional_report().own.lines[1], assurance=Icon("no_target", "No target"))


def _lines(*codes: str) -> tuple[ReportLine, ...]:
    return tuple(replace(PLAIN, variation=Icon(code, VARIATIONS[code])) for code in codes)


def _said(*codes: str) -> str:
    found = {aim.code: aim.sentence for aim in aims(_lines(*codes))}
    return found[PLAIN.metric.aim]


@pytest.mark.parametrize(
    ("codes", "said"),
    [
        (("too_few",) * 4 + ("no_verdict",),
         "5 metrics with figures; change cannot be told in any (4 with too few figures, 1 with a "
         "chart that gives no verdict)."),
        (("too_few",), "1 metric with figures; change cannot be told (too few figures)."),
        (("no_verdict",) * 2,
         "2 metrics with figures; change cannot be told in any (charts that give no verdict)."),
        (("common_cause", "common_cause"), "2 metrics with figures; 2 as usual."),
        (("common_cause", "too_few"),
         "2 metrics with figures; 1 as usual; change cannot be told in 1 (too few figures)."),
        (("neutral_high", "common_cause"),
         "2 metrics with figures; 1 changed, neither better nor worse; 1 as usual."),
        (("improvement_low", "concern_high", "no_verdict"),
         "3 metrics with figures; 1 improving; 1 of concern; change cannot be told in 1 (a chart "
         "that gives no verdict)."),
    ],
)  # fmt: skip
def test_each_metric_of_an_aim_is_told_and_none_is_calm_that_cannot_be_judged(
    codes: tuple[str, ...], said: str
) -> None:
    assert _said(*codes) == said


def test_the_short_count_of_a_report_says_in_how_many_change_cannot_be_told() -> None:
    view = fictional_report()
    own = replace(view.own, lines=_lines("common_cause", "too_few", "no_verdict"))
    assert in_short(replace(view, sections=(own, *view.members))) == (
        "3 metrics with figures, no exceptions; change cannot be told in 2."
    )
