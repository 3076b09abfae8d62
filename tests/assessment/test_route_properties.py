"""Routes against brute force, on small figures."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from remit.assessment.improvement.route import Routes, find_routes
from remit.assessment.result.assessment import Assessment
from remit.assessment.run import assess
from remit.frames.figures import figures_from_frame
from remit.model.errors import AssessmentError

from .figures_by_hand import frame, framework

PERIOD = "2025/26 Q1"
CODES = ["RYJ", "RRV", "R1K", "RJ1", "RJ7", "RJ2"]
HIGHER = {"OF0023": True, "OF0003": False, "OF0079": True, "OF0081": True}
RULES = framework(
    """
metrics:
  - {id: OF0023, domain: one, kinds: [acute], rule: {type: ranked}}
  - id: OF0003
    domain: one
    kinds: [acute]
    rule: {type: standard_then_ranked, standard: {at_most: 1}}
  - id: OF0079
    domain: two
    kinds: [acute]
    counts: false
    rule: {type: bands, bands: [{at_least: 4, score: 1}, {above: 2, score: 2}, {score: 3}]}
  - id: OF0081
    domain: two
    kinds: [acute]
    counts: false
    rule: {type: bands, bands: [{at_least: 3, score: 1}, {score: 2}]}
  - id: OF0080
    domain: two
    kinds: [acute]
    rule:
      type: lookup
      rows: OF0079
      columns: OF0081
      table: {1: {1: 1, 2: 2}, 2: {1: 2, 2: 3}, 3: {1: 3, 2: 4}}
"""
)
whole = st.integers(0, 6).map(float)
rows = st.fixed_dictionaries(dict.fromkeys(CODES, whole))
tables = st.fixed_dictionaries(dict.fromkeys(HIGHER, rows))
flags = st.fixed_dictionaries({code: st.sampled_from([0.0, 0.0, 0.0, 1.0]) for code in CODES})
Values = dict[str, dict[str, float]]


def judged(values: Values, cuts: tuple[float, ...] | None) -> Assessment:
    native = figures_from_frame(frame(values))
    return assess(native, RULES, PERIOD, mode="recomputed", cut_points=cuts, replicates=None)


def searched(values: Values, code: str, to: int, cuts: Any, most: int) -> Routes:
    native = figures_from_frame(frame(values))
    return find_routes(
        native,
        code,
        to,
        framework=RULES,
        period=PERIOD,
        max_metrics=most,
        limit=100,
        cut_points="recomputed" if cuts is None else cuts,
    )


def changed(values: Values, code: str, changes: dict[str, float]) -> Values:
    """The figures with one trust's changed."""
    return {
        metric: {**of, code: changes[metric]} if metric in changes else of
        for metric, of in values.items()
    }


def better_values(values: Values, code: str, metric: str) -> list[float]:
    """Every whole value that is better, nearest first, as far as the best peer."""
    own, peers = values[metric][code], [v for c, v in values[metric].items() if c != code]
    if HIGHER[metric]:
        return [float(v) for v in range(int(own) + 1, int(max(peers)) + 1)]
    return [float(v) for v in range(int(own) - 1, int(min(peers)) - 1, -1)]


def brute(values: Values, code: str, to: int, cuts: Any) -> dict[str, float]:
    """By metric the nearest value that reaches the segment alone, by assessing them all."""
    found = {}
    for metric in HIGHER:
        for value in better_values(values, code, metric):
            after = judged(changed(values, code, {metric: value}), cuts).record(code)
            if after["final_segment"] <= to:
                found[metric] = value
                break
    return found


def target(values: Values, code: str, cuts: Any) -> tuple[int, int]:
    """The segment at present and the next better one, where there is one."""
    row = judged(values, cuts).record(code)
    assume(row["unadjusted_segment"] > 1)
    return row["unadjusted_segment"], row["unadjusted_segment"] - 1


cut_points = st.sampled_from([None, (1.6, 2.0, 2.6), (1.3, 2.2, 2.9)])


@settings(max_examples=25, deadline=None)
@given(tables, st.sampled_from(CODES), cut_points)
def test_one_metric_routes_are_those_of_brute_force(values: Values, code: str, cuts: Any) -> None:
    _, to = target(values, code, cuts)
    found = searched(values, code, to, cuts, 1)
    ours = {route.steps[0].metric_id: route.steps[0].after for route in found.routes}
    assert ours == brute(values, code, to, cuts)
    assert found.unconfirmed == 0


@settings(max_examples=15, deadline=None)
@given(tables, flags, st.sampled_from(CODES), cut_points)
def test_every_route_is_confirmed_by_a_fresh_assessment(
    values: Values, deficit: dict[str, float], code: str, cuts: Any
) -> None:
    values = {**values, "OF5004": deficit}
    _, to = target(values, code, cuts)
    try:
        found = searched(values, code, to, cuts, 3)
    except AssessmentError as error:
        pytest.fail(str(error))
    for route in found.routes:
        changes = {step.metric_id: step.after for step in route.steps}
        after = judged(changed(values, code, changes), cuts).record(code)
        assert after[found.measure] <= to
        assert after[found.measure] == route.segment_after
        assert after["average_score"] == pytest.approx(route.average_after)
        for step in route.steps:
            assert step.after in better_values(values, code, step.metric_id)


@settings(max_examples=15, deadline=None)
@given(tables, st.sampled_from(CODES), cut_points.filter(lambda cuts: cuts is not None))
def test_no_step_of_a_route_could_be_smaller(values: Values, code: str, cuts: Any) -> None:
    _, to = target(values, code, cuts)
    for route in searched(values, code, to, cuts, 2).routes:
        changes = {step.metric_id: step.after for step in route.steps}
        for metric, after in changes.items():
            short = after - 1 if HIGHER[metric] else after + 1
            less = judged(changed(values, code, {**changes, metric: short}), cuts)
            assert less.record(code)["final_segment"] > to
