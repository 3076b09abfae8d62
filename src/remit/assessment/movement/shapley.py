"""Shapley values by enumeration: what each of a few factors contributes to a change."""

from __future__ import annotations

from math import factorial

import numpy as np

from remit.assessment.scoring.laws.arrays import Floats


def shapley(worth: Floats) -> Floats:
    """Split the change from no factor to all factors among the factors.

    A factor's value is what it adds on joining, averaged over all orders in which the factors
    can join, so that no order is preferred (Shapley, "A value for n-person games",
    Contributions to the Theory of Games II, 1953). The values sum to ``worth[-1] - worth[0]``.

    Parameters
    ----------
    worth
        Shape ``(2**k, ...)``: the result of every coalition, in any unit. Bit ``j`` of the first
        index says whether factor ``j`` has joined.

    Returns
    -------
    numpy.ndarray
        Shape ``(k, ...)``, in the unit of ``worth``.
    """
    coalitions = np.arange(worth.shape[0])
    factors = worth.shape[0].bit_length() - 1
    weight = np.array([_weight(int(mask).bit_count(), factors) for mask in coalitions])
    parts = []
    for factor in range(factors):
        without = coalitions[(coalitions >> factor) & 1 == 0]
        # Gains are formed before they are summed: where nothing changes they are exactly zero.
        gains = worth[without | (1 << factor)] - worth[without]
        parts.append(np.tensordot(weight[without], gains, axes=1))
    return np.array(parts)


def _weight(size: int, factors: int) -> float:
    """The share of orders in which exactly a given coalition has joined before a factor."""
    if size >= factors:
        return 0.0
    return factorial(size) * factorial(factors - size - 1) / factorial(factors)
