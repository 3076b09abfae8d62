"""Means of many groups at once, correct to the last digit.

A rule asks on which side of the mean a value lies, and a value may lie on the mean itself: every
value of a constant series does. A mean that is one bit off would then put all of them outside
limits that touch the mean. So the sums here are exact (up to an error that is far below the last
bit), whatever the machine: numpy's own sum is not, and its longer floats differ by platform.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]

_SPLIT = 134217729.0
"""2**27 + 1, which parts a double into two halves of 26 bits (Veltkamp)."""


def group_means(values: Floats, starts: Counts, counts: Counts) -> Floats:
    """The mean of each group, rounded once.

    Parameters
    ----------
    values
        All groups, one after another; a value that must not count is 0.
    starts
        Where each group begins; no group is empty.
    counts
        How many values of each group count; a group with none has no mean (NaN).

    Notes
    -----
    Each value is split at a power of two so large that the upper parts add up without rounding
    (S M Rump, T Ogita, S Oishi, SIAM Journal on Scientific Computing 31 (2008), 189-224).
    """
    if not len(starts):
        return np.empty(0)
    high, low = _sums(values, starts)
    number = counts.astype(np.float64)
    with np.errstate(invalid="ignore", divide="ignore"):
        quotient = (high + low) / number
        return quotient + _remainder(high, low, quotient, number) / number


def _sums(values: Floats, starts: Counts) -> tuple[Floats, Floats]:
    """The sum of each group in two parts, the first of them without rounding."""
    sizes = np.diff(np.append(starts, len(values)))
    largest = np.maximum.reduceat(np.abs(values), starts)
    unit = np.ldexp(1.0, np.frexp(largest)[1] + np.frexp(sizes.astype(np.float64))[1])
    spread = np.repeat(unit, sizes)
    upper = (spread + values) - spread
    return np.add.reduceat(upper, starts), np.add.reduceat(values - upper, starts)


def _remainder(high: Floats, low: Floats, quotient: Floats, number: Floats) -> Floats:
    """What is left of a sum after the quotient times the number; the product is exact."""
    scaled = quotient * _SPLIT
    front = scaled - (scaled - quotient)
    back = quotient - front
    return ((high - front * number) - back * number) + low
