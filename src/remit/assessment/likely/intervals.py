"""Ends of a range, read from counts."""

from __future__ import annotations

import numpy as np

from remit.assessment.scoring.laws.arrays import Floats, Integers


def order_statistics(counts: Integers, places: Integers) -> Integers:
    """The column in which the value at a place of the ascending order lies, for each row.

    Parameters
    ----------
    counts
        How often each column's value occurred, shape ``(rows, columns)``.
    places
        Places from 0, length ``rows``.
    """
    found: Integers = (counts.cumsum(axis=1) <= places[:, None]).sum(axis=1)
    return found


def linear_quantiles(counts: Integers, share: float, total: int) -> Floats:
    """The column at a share of the ascending order, by straight lines between neighbours.

    Hyndman and Fan's type 7 (The American Statistician 50(4), 1996).
    """
    place = share * (total - 1)
    below = np.full(len(counts), int(np.floor(place)))
    low = order_statistics(counts, below)
    high = order_statistics(counts, np.minimum(below + 1, total - 1))
    between: Floats = low + (place - np.floor(place)) * (high - low)
    return between


def whole_range(counts: Integers, tail: float, total: int) -> tuple[Integers, Integers]:
    """The columns between which all but a share ``tail`` at each end lies, rounded outwards."""
    low = np.full(len(counts), int(np.floor(tail * (total - 1))))
    high = np.full(len(counts), int(np.ceil((1 - tail) * (total - 1))))
    return order_statistics(counts, low), order_statistics(counts, high)
