"""Rounding as a framework declares it: of figures, and of sums that stand for means."""

from __future__ import annotations

import numpy as np

from remit.assessment.scoring.laws.arrays import Flags, Floats, Integers
from remit.model.errors import AssessmentError
from remit.model.framework import Rounding

FINE = 10**12
"""Parts of one point of score: whole numbers, so that no order of addition matters."""
_NUDGE = 10
"""Parts by which a figure may miss a half and still be rounded up. Averages are sums of short
decimals: 2.345 may arrive as 2.3449999999999998."""
_MOST = 9_000_000
"""More points than this have too many parts to be counted."""


def fine(scores: Floats) -> Integers:
    """Scores in whole parts; none may be NaN.

    Raises
    ------
    AssessmentError
        If a score is too large to be counted in parts.
    """
    if (np.abs(scores) > _MOST).any():
        raise AssessmentError(f"a score is at most {_MOST:,}; got {np.abs(scores).max():g}")
    return np.rint(scores * FINE).astype(np.int64)


def last_digits(totals: Integers, n: int, decimals: int, rounding: Rounding) -> Integers:
    """Means of ``n`` scores in units of the last decimal shown, rounded as the framework says.

    Parameters
    ----------
    totals
        The sums of the scores, in parts.
    n
        How many scores each sum is of; 1 for the scores themselves.
    decimals
        How many are shown.
    rounding
        Whether halves go up or to the even neighbour.

    Examples
    --------
    >>> last_digits(fine(np.array([2.345])), 1, 2, Rounding()).tolist()
    [235]
    """
    unit = FINE // 10**decimals * n
    near = totals + _NUDGE * n
    if rounding.mode == "half_up":
        return np.asarray((near + unit // 2) // unit)
    below, rest = np.divmod(near, unit)
    beyond = rest - unit // 2
    up = np.where(beyond > 2 * _NUDGE * n, 1, (beyond >= 0) & (below % 2 == 1))
    return np.asarray(below + up)


def digits(values: Floats, decimals: int, rounding: Rounding) -> Floats:
    """Figures as whole numbers of the last decimal shown; NaN stays.

    Parameters
    ----------
    values
        Any shape, which is kept.
    decimals, rounding
        As for :func:`last_digits`.

    Examples
    --------
    >>> digits(np.array([2.345, np.nan]), 2, Rounding()).tolist()
    [235.0, nan]
    """
    known = ~np.isnan(values)
    found = last_digits(fine(np.where(known, values, 0.0)), 1, decimals, rounding)
    return np.where(known, found, np.nan)


def rounded(values: Floats, rounding: Rounding, decimals: int | None = None) -> Floats:
    """Figures rounded to the framework's decimals, or to others; NaN stays.

    Parameters
    ----------
    values
        Any shape, which is kept.
    rounding
        As the framework declares it.
    decimals
        Where others than the framework's are shown.

    Examples
    --------
    >>> rounded(np.array([2.345, -0.005]), Rounding()).tolist()
    [2.35, 0.0]
    """
    places = rounding.decimals if decimals is None else decimals
    # Times the inverse: results have had this last binary digit from the first.
    return digits(values, places, rounding) * (1 / 10.0**places)


def rounded_early(rounding: Rounding, period: str) -> tuple[str, ...]:
    """The metrics whose scores enter the mean already rounded in a period."""
    return tuple(
        metric
        for entry in rounding.before_mean
        if entry.period == period
        for metric in entry.metrics
    )


def as_entered(scores: Floats, early: bool | Flags, rounding: Rounding) -> Floats:
    """Scores as they enter the mean: rounded where that is done early. Shape is kept."""
    return np.where(early, rounded(scores, rounding), scores)
