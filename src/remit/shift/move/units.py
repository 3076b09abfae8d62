"""What comes in whole units: how many are needed on a safe share of days, and how many close."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from math import ceil, sqrt
from statistics import NormalDist

from remit.model.move import WholeUnits
from remit.words.figures import data_number

_DECIMALS = 9
"""Beyond these a difference is one of the machine's arithmetic."""


@lru_cache(maxsize=64)
def _deviations(percent: int) -> float:
    return NormalDist().inv_cdf(percent / 100)


def spread_of(whole: WholeUnits, mean: Fraction, usual: Fraction) -> float:
    """The standard deviation of daily use around a mean.

    It shrinks with the root of the use, as it does where people fall ill independently: the fewer
    there are, the more beds each needs in reserve.
    """
    return whole.spread * sqrt(mean / usual) if usual > 0 and mean > 0 else 0.0


def safe_use(whole: WholeUnits, mean: Fraction, usual: Fraction) -> float:
    """The use that is not exceeded on the safe share of days."""
    spread = spread_of(whole, mean, usual)
    return max(float(mean), 0.0) + (_deviations(whole.safe_percent) * spread if spread else 0.0)


def needed(whole: WholeUnits, mean: Fraction, usual: Fraction) -> int:
    """How many units a mean use needs on the safe share of days; none where nobody uses them.

    Parameters
    ----------
    whole
        The units.
    mean
        The mean use.
    usual
        The mean use to which the declared spread belongs.

    Examples
    --------
    >>> ward = WholeUnits(unit="ward", units=4, capacity=25)
    >>> needed(ward, Fraction(80), Fraction(100)), needed(ward, Fraction(75), Fraction(100))
    (4, 3)
    """
    if mean <= 0:
        return 0
    if not whole.spread:  # exact: 75 beds need three wards of 25, and no rounding opens a fourth
        return -(-mean.numerator // (mean.denominator * whole.capacity))
    return ceil(data_number(safe_use(whole, mean, usual) / whole.capacity, _DECIMALS))


def closed(whole: WholeUnits, mean: Fraction, usual: Fraction) -> int:
    """How many units that stand open today close where the mean use falls.

    What is spare today already could close without any fall and is not counted, until nobody uses
    any; what is short today is made good first.

    Parameters
    ----------
    whole
        The units.
    mean
        The mean use that is left.
    usual
        The mean use today.

    Examples
    --------
    >>> ward = WholeUnits(unit="ward", units=4, capacity=25)
    >>> closed(ward, Fraction(75), Fraction(100)), closed(ward, Fraction(0), Fraction(100))
    (1, 4)
    """
    if mean <= 0:
        return whole.units
    held = min(whole.units, needed(whole, usual, usual))
    return max(0, held - needed(whole, mean, usual))


def chance_over(whole: WholeUnits, mean: Fraction, usual: Fraction, units: int) -> float:
    """The share of days on which use exceeds what some units hold."""
    held = units * whole.capacity
    spread = spread_of(whole, mean, usual)
    if not spread:
        return 1.0 if mean > held else 0.0
    return 1.0 - NormalDist(float(mean), spread).cdf(held)
