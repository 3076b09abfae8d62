"""How alike neighbours in time are, and how much less many periods tell because of it."""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
_GRID = np.linspace(-0.3, 0.97, 128)
_MOST = 0.97


def correlation_of(rest: Numbers, have: NDArray[np.bool_], memory: tuple[int, float]) -> float:
    """The correlation of one period with the next, of what is left of organisations; 0 or more.

    Parameters
    ----------
    rest
        What is left of each figure, over its standard deviation; 0 where there is none.
    have
        Where there is one.
    memory
        Below how many periods it is assumed at least, and how large.

    Examples
    --------
    >>> correlation_of(rest, have, (4, 0.5))  # doctest: +SKIP
    0.12
    """
    below, assumed = memory
    width = rest.shape[1]
    pairs = have[:, 1:] & have[:, :-1]
    longest = int(have.sum(axis=1).max(initial=0))
    least = assumed if longest < below else 0.0
    squares = float((rest**2).sum())
    if width < 3 or not pairs.any() or squares <= 0:
        return least
    products = float((rest[:, 1:] * rest[:, :-1] * pairs).sum()) / int(pairs.sum())
    mean_square = squares / max(int(np.maximum(have.sum(axis=1) - 1, 0).sum()), 1)
    ratio = products / mean_square
    found = float(np.interp(ratio, _ratios(longest), _GRID))
    return max(least, min(max(found, 0.0), _MOST))


def inflation(correlation: float, periods: int) -> float:
    """How many times the variance of a mean is what it were without memory.

    Parameters
    ----------
    correlation
        Of one period with the next.
    periods
        How many the mean is of.

    Examples
    --------
    >>> inflation(0.0, 8), inflation(0.5, 2)
    (1.0, 1.5)
    """
    lags = np.arange(1, max(periods, 1))
    return float(1 + 2 * ((1 - lags / max(periods, 1)) * correlation**lags).sum())


@cache
def _ratios(periods: int) -> Numbers:
    """What the ratio of products to squares comes to, once the mean of few periods is taken off.

    Both are taken as :func:`correlation_of` takes them: products for each pair, squares for each
    degree of freedom.
    """
    periods = max(periods, 3)
    less_mean = np.eye(periods) - 1 / periods
    lags = np.abs(np.subtract.outer(np.arange(periods), np.arange(periods)))
    found = []
    for value in _GRID:
        left = less_mean @ (value**lags) @ less_mean
        products = float(np.trace(left, 1)) / (periods - 1)
        found.append(products / (float(np.trace(left)) / (periods - 1)))
    return np.array(found)
