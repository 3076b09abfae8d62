"""How often a range holds a truth that is known because it was made up."""

from __future__ import annotations

import numpy as np
import pytest

from remit.assessment.likely.intervals import linear_quantiles
from remit.assessment.likely.league_arrays import Field
from remit.assessment.likely.replicates import Drawing, Replicates, replicate
from remit.assessment.likely.student import stretches
from remit.assessment.likely.told_apart import tell_apart
from remit.assessment.result.assessment import CutPoints
from remit.assessment.scoring.laws.arrays import Floats
from remit.catalogue import load_framework

REPLICATES, TRUSTS, TOGETHER = 1_000, 4_000, 200


def field_of(n: int) -> Field:
    cuts = CutPoints((2.0, 2.3, 2.6), "given", "given", n, n)
    codes = tuple(f"T{place:03}" for place in range(n))
    framework = load_framework("nof-2025-26").framework
    return Field(codes, ("acute",) * n, np.zeros((n, 0), dtype=np.bool_), (), cuts, framework)


def drawn(scores: Floats, seed: int, *, expanded: bool) -> Replicates:
    trusts, n = scores.shape
    sizes = np.full(trusts, float(n))
    stretch = stretches(sizes, 0.95) if expanded else np.ones(trusts)
    drawing = Drawing(list(scores), stretch.tolist(), (1.0, 4.0), REPLICATES, seed)
    return replicate(field_of(trusts), drawing)


def coverage(n: int, *, expanded: bool) -> float:
    """Scores even from 1 to 4, as ranks are; the true score is 2.5."""
    random = np.random.default_rng(n)
    held = 0
    for seed in range(TRUSTS // TOGETHER):
        found = drawn(random.uniform(1, 4, (TOGETHER, n)), seed, expanded=expanded)
        low, high = (
            (linear_quantiles(found.scores, share, REPLICATES) + found.lowest) / 100
            for share in (0.025, 0.975)
        )
        held += int(((low <= 2.5) & (high >= 2.5)).sum())
    return held / TRUSTS


@pytest.mark.parametrize("n", [8, 11, 18, 25])
def test_expanded_ranges_hold_the_truth_as_often_as_they_say(n: int) -> None:
    assert 0.93 <= coverage(n, expanded=True) <= 0.97


@pytest.mark.parametrize(("n", "least", "most"), [(8, 0.87, 0.93), (18, 0.91, 0.95)])
def test_published_ranges_hold_it_less_often_the_fewer_the_scores(
    n: int, least: float, most: float
) -> None:
    # In large samples the range is mean ± 1.96 sqrt((n - 1) / n) standard errors; Student's t
    # with n - 1 degrees of freedom puts 89.3% in it for 8 scores and 92.7% for 18.
    assert least <= coverage(n, expanded=False) <= most


def test_trusts_that_are_alike_are_seldom_told_apart() -> None:
    random = np.random.default_rng(4)
    wrong = 0
    for seed in range(60):
        scores = random.uniform(1, 4, (30, 9))
        apart = tell_apart(field_of(30), list(scores), drawn(scores, seed, expanded=False))
        wrong += int(apart.pairs["told_apart"].any())
    # At a false discovery rate of 5%, 60 leagues give 3 false alarms on average; 9 or more would
    # happen once in 700 times.
    assert wrong <= 8
