"""How probable it is that each is among the top, once chance and those alike are allowed for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from remit.model.lasting import LastingRules
from remit.practice.deviants.variation import Numbers, Variation

_TINY = 1e-300
_ROUNDS = 60


@dataclass(frozen=True, slots=True)
class Expected:
    """What is expected of each organisation, and how far true differences from that reach.

    ``pull`` says how far those alike tell more than all do: 0 not at all, 1 wholly.
    """

    level: Numbers
    true_variance: float
    pull: float


@dataclass(frozen=True, slots=True)
class Ranking:
    """For each organisation: the probability of the top and of the bottom, and its likely lead."""

    top: Numbers
    bottom: Numbers
    lead: Numbers


def expect(variation: Variation, alike: Sequence[NDArray[np.int64]]) -> Expected:
    """What is expected of each: what those alike do, as far as that tells more than all do.

    Parameters
    ----------
    variation
        Levels and how uncertain they are.
    alike
        For each organisation the places of its peers; empty where it has none.

    Examples
    --------
    >>> expect(variation, alike).pull  # doctest: +SKIP
    0.4
    """
    level, variance = variation.level, variation.variance
    known = variation.periods > 0
    true = max(0.0, float(np.var(level[known]) - variance[known].mean())) if known.any() else 0.0
    expected = np.zeros(len(level))
    pull = 0.0
    for _ in range(_ROUNDS):
        weight = known / (variance + true)
        mean = float((weight * level).sum() / max(float(weight.sum()), _TINY))
        peers = np.array([_mean_of(level, weight, who, mean) for who in alike]) - mean
        squares = float((weight * peers**2).sum())
        along = float((weight * peers * (level - mean)).sum())
        pull = min(max(along / squares, 0.0), 1.0) if squares > _TINY else 0.0
        expected = mean + pull * peers
        beyond = float((weight * (level - expected) ** 2).sum()) - (int(known.sum()) - 1)
        slope = float((weight**2 * (level - expected) ** 2).sum())
        step = beyond / slope if slope > _TINY else 0.0
        before, true = true, max(0.0, true + step)
        if abs(true - before) <= 1e-10 * max(true, _TINY):
            break
    return Expected(expected, true, pull)


def _mean_of(level: Numbers, weight: Numbers, who: NDArray[np.int64], mean: float) -> float:
    total = float(weight[who].sum())
    return float((weight[who] * level[who]).sum()) / total if total > _TINY else mean


def rank(variation: Variation, expected: Expected, rules: LastingRules) -> Ranking:
    """The probability of each to be among the top, the likely lead beside it.

    The probabilities of all sum to the share that counts as the top. Without true differences all
    have the same.

    Parameters
    ----------
    variation, expected
        What is known, and what is expected.
    rules
        The share that counts as the top, and how true differences are drawn.

    Examples
    --------
    >>> rank(variation, expected, rules).top.sum()  # doctest: +SKIP
    20.0
    """
    lead = variation.level - expected.level
    known = variation.periods > 0
    if expected.true_variance <= 0 or not known.any():
        same = np.full(len(lead), rules.top)
        return Ranking(same, same, np.zeros(len(lead)))
    points = _points(lead[known], variation.variance[known], expected.true_variance, rules)
    spread = np.maximum(variation.variance, _TINY)[:, None]
    likely = -0.5 * (lead[:, None] - points) ** 2 / spread
    likely = np.exp(likely - likely.max(axis=1, keepdims=True))
    likely[~known] = 1.0
    prior = np.exp(-0.5 * points**2 / expected.true_variance)
    prior /= prior.sum()
    for _ in range(rules.points.rounds):
        share = likely[known] @ prior
        prior = prior * ((1 / np.maximum(share, _TINY)) @ likely[known]) / int(known.sum())
    after = likely * prior
    after /= np.maximum(after.sum(axis=1, keepdims=True), _TINY)
    top = _beyond(after, known, rules.top)
    bottom = _beyond(after[:, ::-1], known, rules.top)
    return Ranking(top, bottom, after @ points)


def _points(lead: Numbers, variance: Numbers, true: float, rules: LastingRules) -> Numbers:
    far = 4 * np.sqrt(true)
    low, high = min(float(lead.min()), -far), max(float(lead.max()), far)
    fine = float(np.sqrt(np.quantile(variance, 0.1))) / 2
    wanted = int((high - low) / fine) + 1 if fine > 0 else rules.points.most
    return np.linspace(low, high, min(max(wanted, rules.points.least), rules.points.most))


def _beyond(after: Numbers, known: NDArray[np.bool_], share: float) -> Numbers:
    """The probability of each to lie beyond the point that leaves a share of all beyond it.

    What lies on the point itself counts in part, so that the probabilities sum to that share.
    """
    tail = np.cumsum(after[:, ::-1], axis=1)[:, ::-1]
    total = tail[known].sum(axis=0)
    wanted = share * int(known.sum())
    at = max(int(np.searchsorted(-total, -wanted, side="right")) - 1, 0)
    above = tail[:, at + 1] if at + 1 < tail.shape[1] else np.zeros(len(tail))
    on = tail[:, at] - above
    part = (wanted - float(above[known].sum())) / max(float(on[known].sum()), _TINY)
    found: Numbers = above + part * on
    return found
