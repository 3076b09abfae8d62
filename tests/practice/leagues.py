"""Made-up leagues: who is truly better is known, and nobody else is.

The recipes are others than those by which the rule was set: heavy tails, memory from quarter to
quarter, unequal sizes, seasons, trends, gaps, and counts.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from remit.practice.deviants.outcomes import Outcome, Outcomes
from remit.practice.deviants.result import DeviantsFound

Figures = NDArray[np.float64]
RECIPES = ("plain", "tails", "memory", "sizes", "seasons", "trends", "gaps")


def figures(rng: np.random.Generator, recipe: str, count: int, periods: int) -> Figures:
    """Figures without any true difference; their spread in a quarter is 1 or near it."""
    shape = (count, periods)
    chance = rng.normal(size=shape)
    time = np.arange(periods) - (periods - 1) / 2
    if recipe == "tails":
        return rng.standard_t(3, size=shape) / np.sqrt(3)
    if recipe == "memory":
        for at in range(1, periods):
            chance[:, at] = 0.5 * chance[:, at - 1] + np.sqrt(0.75) * chance[:, at]
    if recipe == "sizes":
        chance *= np.exp(rng.normal(0, 0.6, size=(count, 1)))
    if recipe == "seasons":
        wave = np.sin(np.arange(periods) * np.pi / 2)
        chance += 3 * wave + 0.5 * rng.normal(size=(count, 1)) * wave
    if recipe == "trends":
        chance += 0.5 * time + 0.05 * rng.normal(size=(count, 1)) * time
    if recipe == "gaps":
        chance[rng.random(shape) < 0.3] = np.nan
    return chance


def outcomes(metrics: list[Figures]) -> Outcomes:
    """Figures as they are read of a file; organisations are ZA000 and on."""
    found = [
        Outcome(f"ZA{who:03}", f"metric {number}", str(at + 1), float(value))
        for number, table in enumerate(metrics)
        for (who, at), value in np.ndenumerate(table)
        if not np.isnan(value)
    ]
    names = list(dict.fromkeys(one.metric for one in found))
    periods = max(table.shape[1] for table in metrics)
    return Outcomes(
        tuple(found), dict.fromkeys(names, "higher"), {str(at + 1): at for at in range(periods)}
    )


def planted(rng: np.random.Generator, count: int) -> NDArray[np.bool_]:
    """A tenth of all."""
    found = np.zeros(count, dtype=bool)
    found[rng.choice(count, count // 10, replace=False)] = True
    return found


def named(found: DeviantsFound, count: int) -> NDArray[np.bool_]:
    """Who is called lasting on any metric."""
    who = np.zeros(count, dtype=bool)
    for one in found.deviants:
        if one.lasting:
            who[int(one.code[2:])] = True
    return who
