"""A thousand leagues: how many are called lasting where nobody differs, and where a tenth does."""

from __future__ import annotations

import numpy as np
import pytest

from remit.practice.deviants.result import find_deviants
from tests.practice.leagues import RECIPES, figures, named, outcomes, planted

HALF, WHOLE = 0.5, 1.0


def rates(
    recipe: str, ahead: float, leagues: int, shape: tuple[int, int] = (200, 8), metrics: int = 1
) -> tuple[float, float]:
    """Shares of those truly better, and of the others, who are called lasting on any metric."""
    count, periods = shape
    found, others = [], []
    for seed in range(leagues):
        rng = np.random.default_rng([seed, 20_261])
        better = planted(rng, count)
        league = [
            figures(rng, recipe, count, periods) + ahead * better[:, None] for _ in range(metrics)
        ]
        who = named(find_deviants(outcomes(league)), count)
        found.append(who[better].mean())
        others.append(who[~better].mean() if ahead else who.mean())
    return float(np.mean(found)), float(np.mean(others))


@pytest.mark.parametrize("recipe", RECIPES)
def test_few_are_named_where_nobody_differs(recipe: str) -> None:
    assert rates(recipe, 0, 12, (120, 8))[1] <= 0.05


@pytest.mark.parametrize("periods", [2, 3, 24])
def test_few_are_named_whatever_the_number_of_periods(periods: int) -> None:
    assert rates("plain", 0, 12, (120, periods))[1] <= 0.05
    assert rates("memory", 0, 12, (120, periods))[1] <= 0.05


@pytest.mark.evidence
@pytest.mark.parametrize("recipe", RECIPES)
def test_in_a_thousand_leagues_without_differences(recipe: str) -> None:
    assert rates(recipe, 0, 1000)[1] <= 0.05


@pytest.mark.evidence
@pytest.mark.parametrize("periods", [2, 4, 24])
@pytest.mark.parametrize("count", [30, 200])
def test_in_leagues_of_other_shapes_without_differences(count: int, periods: int) -> None:
    for recipe in ("plain", "memory", "sizes"):
        assert rates(recipe, 0, 200, (count, periods))[1] <= 0.05


@pytest.mark.evidence
def test_on_eighty_metrics_without_differences() -> None:
    assert rates("plain", 0, 20, (200, 8), 80)[1] <= 0.05


@pytest.mark.evidence
def test_in_a_thousand_leagues_with_a_planted_tenth() -> None:
    found, others = rates("plain", WHOLE, 1000)
    assert found >= 0.70
    assert others <= 0.05
    # The page says how few of those who are better by half as much are found.
    few, false = rates("plain", HALF, 300)
    assert few == pytest.approx(0.14, abs=0.03)
    assert false <= 0.05


@pytest.mark.evidence
@pytest.mark.parametrize("recipe", RECIPES)
def test_few_others_are_named_whatever_the_recipe(recipe: str) -> None:
    assert rates(recipe, WHOLE, 100)[1] <= 0.05


@pytest.mark.evidence
def test_few_others_are_named_where_a_tenth_is_better_on_eighty_metrics() -> None:
    found, others = rates("plain", WHOLE, 10, (200, 8), 80)
    assert found >= 0.70
    assert others <= 0.05
