"""Quartiles and other quantiles, by the definition that a framework names."""

from __future__ import annotations

from collections.abc import Sequence
from math import prod
from typing import Literal

import numpy as np

from remit.assessment.scoring.laws.arrays import Floats

Method = Literal["linear", "lower", "higher", "hazen", "weibull"]
QUARTERS = (0.25, 0.5, 0.75)


def quantiles(values: Floats, shares: Sequence[float], method: Method) -> Floats:
    """Quantiles of each column, as :func:`numpy.quantile` defines them.

    Parameters
    ----------
    values
        Shape ``(organisations, …)``; NaN does not count.
    shares
        From 0 to 1.
    method
        ``linear`` is Hyndman and Fan's type 7, ``hazen`` type 5, ``weibull`` type 6; ``lower``
        and ``higher`` take the neighbouring value itself (Hyndman and Fan, The American
        Statistician 50(4), 1996).

    Returns
    -------
    numpy.ndarray
        Shape ``(shares, …)``; NaN for a column without values.

    Examples
    --------
    >>> quantiles(np.array([1.0, 2.0, 3.0, 4.0]), QUARTERS, "higher").tolist()
    [2.0, 3.0, 4.0]
    """
    columns = values.reshape(len(values), prod(values.shape[1:]))
    there = ~np.isnan(columns)
    some, whole = there.any(axis=0), there.all(axis=0)
    found = np.full((len(shares), columns.shape[1]), np.nan)
    # numpy takes columns without gaps all at once, and those with gaps one by one.
    for those, of in ((some & whole, np.quantile), (some & ~whole, np.nanquantile)):
        if those.any():
            found[:, those] = of(columns[:, those], shares, axis=0, method=method)
    return found.reshape(len(shares), *values.shape[1:])


def cut_points(averages: Floats, method: Method) -> Floats:
    """The three quartiles at which segments end, shape ``(3, …)``."""
    return quantiles(averages, QUARTERS, method)
