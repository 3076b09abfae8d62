"""Figures of one metric over organisations and periods, parted into what lasts and what passes.

What all share in a period (season, trend) is taken off. What is left of an organisation is its
lasting difference and a passing one, whose size is estimated: counting error where counts are
known, over-dispersion beyond it, more for those that waver more, and memory from period to period.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import special, stats

from remit.practice.deviants.memory import correlation_of, inflation

Numbers = NDArray[np.float64]

_ROUNDS = 4
_HALVINGS = 40
_NEVER_WAVERS = 1e-8
_TINIEST = 1e-24
_STEADY = 1e-6
"""Below this share of the usual dispersion a figure stands still, and tells nothing of it."""
_TINY = 1e-300
_CERTAIN = 1e5
"""Degrees of freedom from which on Student's t is the normal curve."""


@dataclass(frozen=True, slots=True)
class Variation:
    """What is known of each organisation on a metric, higher being better.

    ``level`` is its mean over the periods, less what all share; ``variance`` how uncertain that is;
    ``freedom`` how well the variance is known; ``left`` the figures less what all share.
    """

    level: Numbers
    shared: Numbers
    variance: Numbers
    freedom: Numbers
    periods: NDArray[np.int64]
    left: Numbers
    correlation: float
    passing: float
    dispersion: float | None


def vary(figures: Numbers, counting: Numbers, memory: tuple[int, float]) -> Variation:
    """Part the figures of a metric.

    Parameters
    ----------
    figures
        A row an organisation and a column a period, NaN where there is none; higher is better.
    counting
        The variance of each figure by counting alone; 0 where counts are not known.
    memory
        Below how many periods the correlation of neighbours in time is assumed, and which.

    Examples
    --------
    >>> vary(figures, counting, (4, 0.5)).level  # doctest: +SKIP
    """
    have = ~np.isnan(figures)
    shared, level, beyond = _parted(figures, counting, have)
    # Figures that never waver are still not known to more than a few decimals.
    spread = float(np.var((figures - shared)[have])) if have.any() else 0.0
    least = _NEVER_WAVERS * spread or _TINIEST
    variance = np.where(have, np.maximum(counting + beyond, least), 1.0)
    rest = np.where(have, figures - shared - level[:, None], 0.0) / np.sqrt(variance)
    correlation = correlation_of(rest, have, memory)
    periods = have.sum(axis=1)
    swelling = np.array([inflation(correlation, int(count)) for count in periods])
    factor, freedom = _own_dispersion(rest, periods, swelling)
    weight = (have / variance).sum(axis=1)
    counted = float(np.median(counting[have])) if have.any() else 0.0
    return Variation(
        level=level,
        shared=shared,
        variance=factor * swelling / np.maximum(weight, _TINY),
        freedom=freedom,
        periods=periods,
        left=np.where(have, figures - shared, np.nan),
        correlation=correlation,
        passing=float(np.median(variance[have])) if have.any() else 0.0,
        dispersion=1 + beyond / counted if counted > 0 else None,
    )


def _parted(
    figures: Numbers, counting: Numbers, have: NDArray[np.bool_]
) -> tuple[Numbers, Numbers, float]:
    """What periods share, what organisations keep, and the variance beyond counting."""
    count = len(figures)
    periods = have.sum(axis=1)
    present = np.maximum(have.sum(axis=0), 1)
    freedom = np.maximum(periods - 1, 0) * (count - 1) / count
    shared = np.where(have, figures, 0.0).sum(axis=0) / present
    level = np.zeros(count)
    beyond = 0.0
    for _ in range(_ROUNDS):
        known = counting + beyond
        weight = np.where(have, 1 / known if (known > 0).all() else 1.0, 0.0)
        level = _levels(figures, shared, weight)
        shared = np.where(have, figures - level[:, None], 0.0).sum(axis=0) / present
        level = _levels(figures, shared, weight)
        rest = np.where(have, figures - shared - level[:, None], 0.0)
        beyond = _beyond_counting(rest, counting, have, float(freedom.sum()))
    if not freedom.any() and have.any():
        # One period alone cannot tell what lasts from what passes: all of it may pass.
        beyond = float(np.var((figures - shared)[have], ddof=min(1, int(have.sum()) - 1)))
    return shared, level, beyond


def _beyond_counting(
    rest: Numbers, counting: Numbers, have: NDArray[np.bool_], freedom: float
) -> float:
    """The variance beyond counting by which what is left is as large as it should be.

    Each figure counts by how sure it is, so that a few of almost no cases do not hide it.
    """
    squares, known = rest[have] ** 2, counting[have]
    high = float(squares.sum()) / max(freedom, 1.0)
    if not known.any() or high <= 0:
        return high
    if float((squares / np.maximum(known, _TINY)).sum()) <= freedom:
        return 0.0
    low = 0.0
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        larger = float((squares / (known + middle)).sum()) > freedom
        low, high = (middle, high) if larger else (low, middle)
    return high


def _levels(figures: Numbers, shared: Numbers, weight: Numbers) -> Numbers:
    left = np.where(weight > 0, figures - shared, 0.0)
    found: Numbers = (weight * left).sum(axis=1) / np.maximum(weight.sum(axis=1), _TINY)
    return found


def _own_dispersion(
    rest: Numbers, periods: NDArray[np.int64], swelling: Numbers
) -> tuple[Numbers, Numbers]:
    """How much more or less than usual each wavers, drawn towards the usual, and how well known."""
    count = len(rest)
    fair = max(count - 1, 0.5) / count
    freedom = np.maximum(periods - 1, 0).astype(np.float64)
    # Neighbours in time that are alike make the figures of one organisation look steadier.
    steadied = np.where(periods > 1, (periods - swelling) / np.maximum(freedom, 1), 1.0)
    own = (rest**2).sum(axis=1) / (np.maximum(freedom, 1) * fair * np.maximum(steadied, 1e-6))
    usual, sure = _usual_dispersion(own, freedom)
    factor = np.full(count, usual)
    if np.isfinite(sure):
        factor = (sure * usual + freedom * own) / (sure + freedom)
    return factor, np.minimum(sure + freedom, max(float(freedom.sum()), 1.0))


def _usual_dispersion(own: Numbers, freedom: Numbers) -> tuple[float, float]:
    """The usual dispersion, and for how many degrees of freedom it stands: Smyth's moments."""
    known = (freedom > 0) & (own > _STEADY)
    if known.sum() < 3:
        return 1.0, np.inf
    half = freedom[known] / 2
    logs = np.log(own[known]) - special.digamma(half) + np.log(half)
    beyond = float(np.var(logs, ddof=1) - special.polygamma(1, half).mean())
    if beyond <= 1e-8:
        return float(np.exp(logs.mean())), np.inf
    sure = 2 * _inverse_trigamma(beyond)
    return float(np.exp(logs.mean() + special.digamma(sure / 2) - np.log(sure / 2))), sure


def _inverse_trigamma(value: float) -> float:
    """Where the trigamma function has a value, by Newton's method (Smyth 2004, appendix)."""
    found = 0.5 + 1 / value
    for _ in range(50):
        here = float(special.polygamma(1, found))
        step = here * (1 - here / value) / float(special.polygamma(2, found))
        found += step
        if -step / found < 1e-8:
            break
    return found


def scores(lead: Numbers, variation: Variation) -> Numbers:
    """Leads as scores of the normal curve: how far ahead for how uncertain it is.

    Parameters
    ----------
    lead
        How far ahead of what is expected each is.
    variation
        How uncertain, and how well that is known.

    Examples
    --------
    >>> scores(lead, variation).max()  # doctest: +SKIP
    3.1
    """
    ratio = lead / np.sqrt(variation.variance)
    rare = np.maximum(stats.t.sf(np.abs(ratio), np.minimum(variation.freedom, _CERTAIN)), _TINY)
    found: Numbers = np.sign(ratio) * stats.norm.isf(rare)
    return found
