"""Shares with their intervals, and whether two shares differ."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.stats import norm

if TYPE_CHECKING:
    import numpy.typing as npt

    Numbers = npt.NDArray[np.float64]

SIGNIFICANT = 0.05
"""Below this p a difference is called significant (5%), as published surveys of this kind do."""
Z_95 = float(norm.ppf(0.975))


def wilson(count: Numbers, base: Numbers, z: float = Z_95) -> tuple[Numbers, Numbers]:
    """The interval of a share by Wilson (1927), without correction for continuity.

    Parameters
    ----------
    count, base
        Counts; with a design, the effective ones. They need not be whole.
    z
        The quantile: 1.96 for 95%.

    Returns
    -------
    tuple
        The lower and the upper ends as shares from 0 to 1; NaN where the base is 0.

    Examples
    --------
    >>> low, high = wilson(np.array([45.0]), np.array([141.0]))
    >>> bool(0.2475 < low[0] < 0.2485), bool(0.3995 < high[0] < 0.4005)
    (True, True)
    """
    base = np.where(base > 0, base, np.nan)
    share, more = count / base, z * z / base
    centre = (share + more / 2) / (1 + more)
    half = z / (1 + more) * np.sqrt(np.maximum(share * (1 - share), 0) / base + more / base / 4)
    # Rounding must not move an end past the share itself, or past 0 and 1.
    low, high = np.minimum(centre - half, share), np.maximum(centre + half, share)
    return np.where(count == 0, 0.0 * base, low), np.where(count == base, base / base, high)


def two_shares(now: Numbers, base_now: Numbers, before: Numbers, base_before: Numbers) -> Numbers:
    """How likely so large a difference of two shares is by chance: pooled z test, two-sided.

    Parameters
    ----------
    now, base_now, before, base_before
        Counts and bases of the two.

    Returns
    -------
    array
        p from 0 to 1; 1 where all or none agree in both, NaN where a base is 0.

    Examples
    --------
    >>> p = two_shares(*(np.array([n]) for n in (45.0, 141.0, 46.0, 124.0)))
    >>> bool(0.37535 < p[0] < 0.37545)
    True
    """
    base_now, base_before = (np.where(one > 0, one, np.nan) for one in (base_now, base_before))
    pooled = (now + before) / (base_now + base_before)
    error = np.sqrt(np.maximum(pooled * (1 - pooled), 0) * (1 / base_now + 1 / base_before))
    gap = now / base_now - before / base_before
    z = np.divide(gap, error, out=np.zeros_like(gap), where=error > 0)
    return np.where(np.isnan(gap), np.nan, 2 * norm.sf(np.abs(z)))
