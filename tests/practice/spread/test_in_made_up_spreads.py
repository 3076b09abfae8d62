"""How often the interval holds the truth, and how often chance is taken for an effect."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence

import pytest

from remit.model.spread_rules import SpreadRules
from remit.practice.spread.finding import SpreadEffect, load_spread_rules, spread_effect
from remit.practice.spread.group_time import Window, difference
from remit.practice.spread.panel import SpreadPanel
from tests.practice.spread.made_up import spread, spread_to_the_worst

BASE, AFTER = Window(-12, -5), Window(0, 7)
SIZES = ((42, 14), (130, 30), (60, 8))
MEMORIES = (0.0, 0.5, 0.8)
FEWER_DRAWS = 99


def _rules() -> SpreadRules:
    return load_spread_rules().model_copy(update={"draws": FEWER_DRAWS})


def _told(make: Callable[[int], SpreadPanel], seeds: Sequence[int]) -> list[SpreadEffect]:
    return [spread_effect(make(seed), _rules()) for seed in seeds]


def _covered(size: tuple[int, int], memory: float, effect: float, seeds: Sequence[int]) -> float:
    held = 0
    for seed in seeds:
        panel = spread(
            seed=seed, organisations=size[0], adopters=size[1], memory=memory, effect=effect
        )
        told = difference(panel, BASE, AFTER)
        assert told is not None
        low, high = told.interval(0.95)
        held += low <= effect <= high
    return held / len(seeds)


@pytest.mark.parametrize("effect", [0.0, 0.5])
@pytest.mark.parametrize("memory", [0.0, 0.8])
def test_the_interval_holds_the_truth_in_95_of_100(memory: float, effect: float) -> None:
    """Of 400 at a true 95 in 100, fewer than 91 or more than 98.5 come once in a thousand."""
    assert 0.91 <= _covered((42, 14), memory, effect, range(400)) <= 0.985


@pytest.mark.parametrize("by_chance", [0.0, 0.5])
def test_adopters_of_a_bad_year_do_not_make_an_effect(by_chance: float) -> None:
    found = _told(lambda seed: spread_to_the_worst(seed=seed, by_chance=by_chance), range(12))
    assert sum(one.claims for one in found) <= 2


def test_a_bad_year_before_is_why_nothing_is_told() -> None:
    found = _told(
        lambda seed: spread_to_the_worst(seed=seed, organisations=130, adopters=30, effect=0.5),
        range(4),
    )
    assert all("chosen" in {one.why for one in each.untold} for each in found)


def test_a_planted_effect_is_found() -> None:
    found = _told(
        lambda seed: spread(seed=seed, organisations=130, adopters=30, memory=0.0, effect=0.5),
        range(10),
    )
    assert sum(one.claims for one in found) >= 8
    assert all(one.effect is not None and one.effect.estimate > 0 for one in found)


@pytest.mark.evidence
@pytest.mark.parametrize("effect", [0.0, 0.5])
@pytest.mark.parametrize("memory", MEMORIES)
@pytest.mark.parametrize("size", SIZES)
def test_coverage_in_full(size: tuple[int, int], memory: float, effect: float) -> None:
    covered = _covered(size, memory, effect, range(20_000, 22_000))
    sys.stdout.write(f"{size} memory {memory} effect {effect}: covered {covered:.3f} of 2000\n")
    assert 0.93 <= covered <= 0.97


@pytest.mark.evidence
@pytest.mark.parametrize("by_chance", [0.0, 0.5, 1.0, 2.0])
@pytest.mark.parametrize("memory", MEMORIES)
@pytest.mark.parametrize("size", SIZES[:2])
def test_regression_to_the_mean_in_full(
    size: tuple[int, int], memory: float, by_chance: float
) -> None:
    found = _told(
        lambda seed: spread_to_the_worst(
            seed=seed, organisations=size[0], adopters=size[1], memory=memory, by_chance=by_chance
        ),
        range(30_000, 30_300),
    )
    claims = sum(one.claims for one in found)
    sys.stdout.write(
        f"{size} memory {memory} choice blurred by {by_chance}: {claims} of 300 claim an effect\n"
    )
    assert claims <= 21
