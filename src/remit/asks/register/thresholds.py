"""The threshold that does best on decisions, held against decisions that did not choose it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from remit.words.figures import data_number
from remit.words.sentences import count_words

FOLDS = 5
_STEP, _STEPS = 0.01, 20
"""How far a threshold may move from the one that comes with Remit, and by how much at a time."""
_ONLY_UP = {"sure_from"}
"""Decisions name what answers an ask, never that nothing does: they cannot show it too high."""
_PRECISION_COUNTS = 0.5
"""The beta of the F-measure: a match that is wrong costs more than one that is missed."""


@dataclass(frozen=True, slots=True)
class DecidedMatch:
    """How likely a model held what a person has decided, and whether it is so."""

    likely: float
    holds: bool
    group: str
    """Decisions of one group are held out together."""


@dataclass(frozen=True, slots=True)
class Fit:
    """A threshold, and how right matches were that reach it, on decisions that were held out."""

    name: str
    decisions: int
    shipped: float
    value: float
    before: float | None = None
    """The share of matches that are right, by the threshold that comes with Remit."""
    after: float | None = None
    low: float | None = None
    high: float | None = None
    """The interval of 95 in 100 about ``after``, by Wilson."""
    why_not: str | None = None
    """Why it stays as it comes with Remit; None where it moved."""

    @property
    def is_kept(self) -> bool:
        """Whether it moved."""
        return self.why_not is None


@dataclass(frozen=True, slots=True)
class _Tally:
    right: int
    matched: int
    there: int

    @property
    def precision(self) -> float:
        return self.right / self.matched if self.matched else 1.0

    @property
    def worth(self) -> float:
        beta = _PRECISION_COUNTS**2
        below = beta * self.there + self.matched
        return (1 + beta) * self.right / below if below else 0.0


def fitted(name: str, shipped: float, judged: Sequence[DecidedMatch], least: int) -> Fit:
    """The threshold for some decisions; as it comes with Remit where it cannot be bettered.

    Parameters
    ----------
    name
        Which one it is.
    shipped
        As it comes with Remit.
    judged
        What people decided.
    least
        From how many on it is refitted.

    Examples
    --------
    >>> fitted("related_threshold", 0.5, [], 50).why_not
    'no decisions; it takes 50'
    """
    count = len(judged)
    if count < least:
        return Fit(name, count, shipped, shipped, why_not=_too_few(count, least))
    before, after = _held_out(name, shipped, judged)
    value = _best(name, shipped, judged)
    low, high = _interval(after)
    why_not = None
    if value == shipped:
        why_not = "none within reach does better"
    elif not after.matched or after.precision < before.precision:
        why_not = "held out, fewer of its matches are right"
    elif after.worth <= before.worth:
        why_not = "held out, it does no better"
    return Fit(
        name,
        count,
        shipped,
        shipped if why_not else value,
        data_number(before.precision, 3),
        data_number(after.precision, 3),
        low,
        high,
        why_not,
    )


def _too_few(count: int, least: int) -> str:
    return f"{count_words(count, 'decision')}; it takes {least}"


def _held_out(name: str, shipped: float, judged: Sequence[DecidedMatch]) -> tuple[_Tally, _Tally]:
    """Each fold by the threshold that the others choose; and all by the one that comes along."""
    groups = sorted({one.group for one in judged})
    fold_of = {group: place % FOLDS for place, group in enumerate(groups)}
    sums = np.zeros(3, dtype=int)
    for fold in range(FOLDS):
        others = [one for one in judged if fold_of[one.group] != fold]
        rest = [one for one in judged if fold_of[one.group] == fold]
        tally = _tally(rest, _best(name, shipped, others))
        sums += (tally.right, tally.matched, tally.there)
    return _tally(judged, shipped), _Tally(*map(int, sums))


def _best(name: str, shipped: float, judged: Sequence[DecidedMatch]) -> float:
    """The best threshold within reach that is no less precise; of equal ones the nearest."""
    least = _tally(judged, shipped).precision
    best, worth = shipped, _tally(judged, shipped).worth
    for value in _within_reach(name, shipped):
        tally = _tally(judged, value)
        if tally.matched and tally.precision >= least and tally.worth > worth:
            best, worth = value, tally.worth
    return best


def _within_reach(name: str, shipped: float) -> list[float]:
    """The nearest first; none so low or so high that all or nothing matched."""
    steps = range(1, _STEPS + 1)
    signs = (1,) if name in _ONLY_UP else (1, -1)
    values = [data_number(shipped + sign * step * _STEP, 2) for step in steps for sign in signs]
    return [value for value in values if 0.05 <= value <= 0.95]


def _tally(judged: Sequence[DecidedMatch], threshold: float) -> _Tally:
    likely = np.array([one.likely for one in judged])
    holds = np.array([one.holds for one in judged], dtype=bool)
    matched = likely >= threshold
    return _Tally(int((matched & holds).sum()), int(matched.sum()), int(holds.sum()))


def _interval(tally: _Tally) -> tuple[float | None, float | None]:
    from scipy.stats import binomtest

    if not tally.matched:
        return None, None
    found = binomtest(tally.right, tally.matched).proportion_ci(method="wilson")
    return data_number(found.low, 3), data_number(found.high, 3)
