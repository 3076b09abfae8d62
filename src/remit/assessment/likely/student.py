"""Student's t and the normal distribution, where small numbers of scores call for them."""

from __future__ import annotations

import numpy as np
from scipy import special

from remit.assessment.scoring.laws.arrays import Floats

_STEPS = 10**6
"""Stretches are kept to six decimals, so that no machine's last digit matters."""


def stretches(sizes: Floats, confidence: float) -> Floats:
    """How much wider the percentile range of a mean of few scores must be.

    A bootstrap of ``n`` scores has the spread ``sqrt((n - 1) / n)`` times the unbiased one, and
    its ends are the normal's rather than Student's: the range is too narrow by
    ``t / z * sqrt(n / (n - 1))`` (Hesterberg, "What teachers should know about the bootstrap",
    The American Statistician 69(4), 2015, section 4).

    Parameters
    ----------
    sizes
        Numbers of scores; one score gives a stretch of 1, for its range cannot be estimated.
    confidence
        Such as 0.95.

    Returns
    -------
    numpy.ndarray
        Factors of at least 1, same length.
    """
    upper = (1 + confidence) / 2
    n = np.maximum(sizes, 2.0)
    factors = special.stdtrit(n - 1, upper) / special.ndtri(upper) * np.sqrt(n / (n - 1))
    return np.where(sizes < 2, 1.0, np.rint(factors * _STEPS) / _STEPS)


def expanded_p_values(shares: Floats, narrowness: Floats, freedom: Floats) -> Floats:
    """Two-sided p-values whose tail a bootstrap of few scores gives too thin.

    The share of replicates beyond zero is read as a normal quantile, which is narrowed and then
    referred to Student's t: Hesterberg's expansion read from range to p-value.

    Parameters
    ----------
    shares
        The smaller share of replicates beyond zero, above 0 and at most 0.5.
    narrowness
        Bootstrap spread as a share of the unbiased one.
    freedom
        Degrees of freedom.
    """
    quantiles = special.ndtri(np.minimum(shares, 0.5))
    p_values: Floats = 2 * special.stdtr(freedom, quantiles * narrowness)
    return np.minimum(p_values, 1.0)
