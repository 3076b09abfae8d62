"""Made-up spreads of a practice, whose truth is known because it was planted."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from remit.practice.spread.panel import NEVER, SpreadPanel

PERIODS = 24
FROM_PERIOD_ON = 50
"""Periods before the figures begin, so that none starts from the same place."""


def spread(
    *,
    seed: int,
    organisations: int = 42,
    adopters: int = 14,
    effect: float = 0.0,
    memory: float = 0.5,
    first: int = 10,
    last: int = 17,
) -> SpreadPanel:
    """Adopters drawn by lot, each in a period drawn by lot; figures remember the one before."""
    random = np.random.default_rng(seed)
    values, _ = _figures(random, organisations, memory)
    adopted = np.full(organisations, NEVER)
    chosen = random.choice(organisations, adopters, replace=False)
    adopted[chosen] = random.integers(first, last + 1, adopters)
    return _panel(values, adopted, effect)


def spread_to_the_worst(
    *,
    seed: int,
    organisations: int = 42,
    adopters: int = 14,
    memory: float = 0.5,
    by_chance: float = 0.0,
    effect: float = 0.0,
) -> SpreadPanel:
    """In each of eight periods those adopt whose last year was worst by chance alone.

    With `by_chance` the choice is blurred by so many standard deviations of chance.
    """
    random = np.random.default_rng(seed)
    values, noise = _figures(random, organisations, memory)
    adopted = np.full(organisations, NEVER)
    for period in range(10, 18):
        free = np.flatnonzero(adopted == NEVER)
        year = noise[free, period - 4 : period].mean(axis=1)
        year = year + random.normal(0, by_chance, len(free)) if by_chance else year
        adopted[free[np.argsort(year)[: max(1, adopters // 8)]]] = period
    return _panel(values, adopted, effect)


def _figures(
    random: np.random.Generator, organisations: int, memory: float
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    own = random.normal(0, 1, organisations)
    time = np.cumsum(random.normal(0, 0.3, PERIODS)) + 0.3 * np.sin(np.arange(PERIODS) * np.pi / 2)
    noise = np.zeros((organisations, PERIODS + FROM_PERIOD_ON))
    for column in range(1, noise.shape[1]):
        fresh = random.normal(0, np.sqrt(1 - memory**2), organisations)
        noise[:, column] = memory * noise[:, column - 1] + fresh
    noise = noise[:, FROM_PERIOD_ON:]
    return own[:, None] + time + noise, noise


def _panel(values: NDArray[np.float64], adopted: NDArray[np.int64], effect: float) -> SpreadPanel:
    after = (adopted[:, None] != NEVER) & (np.arange(PERIODS) >= adopted[:, None])
    codes = tuple(f"ZA{number}" for number in range(len(adopted)))
    labels = tuple(f"{2020 + n // 4}/{21 + n // 4} Q{n % 4 + 1}" for n in range(PERIODS))
    return SpreadPanel(codes, labels, values + effect * after, adopted, 3)
