"""What must hold of a movement, whatever the figures."""

from __future__ import annotations

from typing import Any

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from remit.assessment.movement.apportion import apportion, last_digits
from remit.assessment.movement.movement import every_movement, movements
from remit.assessment.movement.shapley import shapley
from remit.assessment.result.assessment import Assessment
from remit.assessment.run import assess
from remit.frames.figures import figures_from_frame
from remit.model.framework import Rounding

from .figures_by_hand import frame, framework

CODES = ["RYJ", "RRV", "R1K", "RJ1", "RJ7"]
FACTORS = ["own_values", "others_values", "metric_set", "cut_points", "override"]
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
    rule: {type: bands, bands: [{at_least: 2, score: 1}, {at_least: 1, score: 2}, {score: 4}]}
"""
)

values = st.one_of(st.none(), st.integers(0, 4).map(float))
row = st.fixed_dictionaries(dict.fromkeys(CODES, values))
flags = st.fixed_dictionaries({code: st.sampled_from([0.0, 1.0]) for code in CODES})
scores = st.fixed_dictionaries(
    {code: st.one_of(st.none(), st.integers(100, 400).map(lambda n: n / 100)) for code in CODES}
)
some_score = st.fixed_dictionaries(
    {"OF0023": row, "OF0003": row, "OF0079": row, "OF5004": flags}
).filter(lambda figures: any(v is not None for v in figures["OF0023"].values()))
published = st.fixed_dictionaries(
    {"OF0023": row, "OF1023": scores, "OF0003": row, "OF1003": scores, "OF5004": flags}
).filter(lambda figures: any(v is not None for v in figures["OF1023"].values()))


def judged(figures: dict[str, Any], period: str, mode: str) -> Assessment:
    native = figures_from_frame(frame(figures))
    return assess(native, RULES, period, mode=mode, replicates=None)  # type: ignore[arg-type]


def furthest(off: pl.Series) -> float:
    return float(off.abs().max() or 0.0)


def check(first: dict[str, Any], second: dict[str, Any], mode: str) -> None:
    before, after = judged(first, "2025/26 Q1", mode), judged(second, "2025/26 Q2", mode)
    there = movements(before, after).filter(pl.col("measure").is_not_null())
    back = movements(after, before).filter(pl.col("measure").is_not_null())
    together = there.select(pl.sum_horizontal(FACTORS)).to_series()
    assert furthest(together - there["change"]) < 1e-12
    flipped = there.join(back, on=["org_code", "measure"], suffix="_back")
    for factor in FACTORS:
        assert furthest(flipped[factor] + flipped[f"{factor}_back"]) < 1e-12
    for measure in ("average_score", "unadjusted_segment", "adjusted_segment", "rank"):
        ends = there.filter(pl.col("measure") == measure)
        for column, side in (("before", before), ("after", after)):
            true = ends.join(side.standing.select("org_code", measure), on="org_code")
            assert true[column].to_list() == pytest.approx(true[measure].to_list())
    still = movements(before, judged(first, "2025/26 Q2", mode))
    assert not still.select(pl.any_horizontal(pl.col(FACTORS) != 0).any()).item()


@settings(max_examples=15, deadline=None)
@given(some_score, some_score)
def test_recomputed_parts_sum_and_flip(first: dict[str, Any], second: dict[str, Any]) -> None:
    check(first, second, "recomputed")


@settings(max_examples=15, deadline=None)
@given(published, published)
def test_published_parts_sum_and_flip(first: dict[str, Any], second: dict[str, Any]) -> None:
    # Scores need not follow values here: a publication may be wrong, and still the parts sum.
    check(first, second, "published")


@settings(max_examples=10, deadline=None)
@given(some_score, some_score)
def test_what_is_shown_sums(first: dict[str, Any], second: dict[str, Any]) -> None:
    before = judged(first, "2025/26 Q1", "recomputed")
    after = judged(second, "2025/26 Q2", "recomputed")
    for moved in every_movement(before, after).values():
        for figure in moved.waterfalls:
            shown = sum(part.digits for part in figure.parts)
            assert figure.start_digits + shown == figure.end_digits
        columns = zip(*(metric.digits for metric in moved.metrics), strict=True)
        for factor, column in zip(FACTORS, columns, strict=False):
            assert sum(column) == moved.score.part(factor).digits
        by_metric = sum(metric.own_values + metric.others_values for metric in moved.metrics)
        own_and_others = [moved.score.part(name).value for name in FACTORS[:2]]
        assert by_metric == pytest.approx(sum(own_and_others))


@settings(max_examples=200, deadline=None)
@given(st.lists(st.floats(-3, 3), min_size=1, max_size=6), st.floats(1, 4))
def test_rounded_parts_stay_near_and_flip(parts: list[float], start: float) -> None:
    rounding = Rounding()
    first, last = (last_digits(v, rounding, 2) for v in (start, start + sum(parts)))
    digits = apportion(parts, last - first, 2)
    assert sum(digits) == last - first
    assert all(abs(d - 100 * p) < 1 + 1e-6 for d, p in zip(digits, parts, strict=True))
    assert apportion([-part for part in parts], first - last, 2) == [-d for d in digits]


@settings(max_examples=50, deadline=None)
@given(st.lists(st.floats(-10, 10), min_size=8, max_size=8))
def test_shapley_values_follow_their_axioms(worth: list[float]) -> None:
    # Three players by the definition: the mean over the six orders of joining.
    game = np.array(worth)
    orders = [(0, 1, 2), (0, 2, 1), (1, 0, 2), (1, 2, 0), (2, 0, 1), (2, 1, 0)]
    expected = np.zeros(3)
    for order in orders:
        mask = 0
        for player in order:
            expected[player] += (game[mask | 1 << player] - game[mask]) / 6
            mask |= 1 << player
    assert shapley(game) == pytest.approx(expected)
    assert shapley(game).sum() == pytest.approx(game[-1] - game[0])


def test_a_player_that_adds_nothing_gets_nothing() -> None:
    worth = np.array([0.0, 1.0, 0.0, 1.0])
    assert shapley(worth).tolist() == [1.0, 0.0]
