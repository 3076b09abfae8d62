"""Averages, segments and ranks of all organisations under many choices at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import get_args

import numpy as np

from remit.assessment.likely.league_arrays import Field, scale_of
from remit.assessment.scoring.averages import averages_over, entry_layout
from remit.assessment.scoring.laws.arrays import Floats, Integers
from remit.assessment.scoring.laws.league_key import league_keys
from remit.assessment.scoring.laws.overrides import overridden
from remit.assessment.scoring.laws.populations import cut_among
from remit.assessment.scoring.laws.quantiles import QUARTERS, Method, cut_points, quantiles
from remit.assessment.scoring.laws.ranks import ranks
from remit.assessment.scoring.laws.rounding import as_entered, digits
from remit.assessment.scoring.laws.segments import segments_of
from remit.assessment.sensitivity.choices import NONE, Choice
from remit.assessment.sensitivity.rescored import Rescored
from remit.assessment.sensitivity.tie_rules import DECLARED

_FINEST = 9
"""Decimals of a score in a league that is not rounded."""


@dataclass(frozen=True, slots=True)
class ReaggregatedResults:
    """What each choice leads to; all of shape ``(organisations, choices)``.

    ``scores`` are NaN, and segments and ranks 0, where no score is left.
    """

    scores: Floats
    unadjusted: Integers
    adjusted: Integers
    ranks: Integers


class Reaggregation:
    """Makes the league table again under other choices; keeps the averages that it has made.

    Parameters
    ----------
    early
        The metrics whose scores enter the mean already rounded, as declared for the period.
    refit
        Whether cut points are the quartiles of each choice's averages, or stay where they are.
    """

    def __init__(
        self, field: Field, rescored: Rescored, early: Sequence[str], *, refit: bool
    ) -> None:
        self.field, self.rescored, self.refit = field, rescored, refit
        self._early = np.array([metric in early for metric in rescored.metrics])
        self._layout = entry_layout(field.framework, rescored.metrics)
        self._made: dict[Choice, dict[str, Floats]] = {}
        self._cutting = cut_among(field.framework.segments.cut_points, field.kinds)

    def results(self, choices: Sequence[Choice]) -> ReaggregatedResults:
        """The league tables of some choices, one a column."""
        scores = np.stack([self._average(choice) for choice in choices], axis=1)
        unadjusted = segments_of(scores, self._cuts(scores, choices))
        adjusted = overridden(unadjusted, self.field.flags, self.field.overrides)
        ranked = self._ranks(scores, adjusted, choices)
        whole = [np.nan_to_num(found).astype(np.int64) for found in (unadjusted, adjusted, ranked)]
        return ReaggregatedResults(scores, *whole)

    def _average(self, choice: Choice) -> Floats:
        """The averages of one choice; those of all metrics to drop are made at once."""
        shared = replace(choice, dropped=NONE, quartiles=DECLARED)
        if shared not in self._made:
            self._made[shared] = self._averages(shared)
        return self._made[shared][choice.dropped]

    def _averages(self, choice: Choice) -> dict[str, Floats]:
        metrics = self.rescored.metrics
        scores = np.tile(self._scores(choice), (len(metrics) + 1, 1, 1))
        for place in range(len(metrics)):
            scores[place + 1, :, place] = np.nan
        declared = self.field.framework.aggregation.by_domain
        by_domain = declared if choice.weights == DECLARED else not declared
        averages = averages_over(scores, self._layout, by_domain=by_domain)
        return dict(zip((NONE, *metrics), averages, strict=True))

    def _scores(self, choice: Choice) -> Floats:
        """Metric scores as they enter the mean, shape ``(organisations, metrics)``."""
        scores = self.rescored.scores[choice.ties, choice.population]
        if choice.missing == "worst":
            worst = scale_of(self.field.framework)[1]
            scores = np.where(self.rescored.missing, worst, scores)
        elif choice.missing == "median":
            scores = self._with_medians(scores)
        if choice.rounding == NONE:
            return scores
        early = self._early | (choice.rounding == "early")
        return as_entered(scores, early, self.field.framework.rounding)

    def _with_medians(self, scores: Floats) -> Floats:
        filled = scores.copy()
        for members in self.field.by_kind():
            medians = quantiles(scores[members], (0.5,), "linear")[0]
            gaps = self.rescored.missing[members]
            filled[members] = np.where(gaps, medians, scores[members])
        return filled

    def _cuts(self, scores: Floats, choices: Sequence[Choice]) -> Floats:
        """Cut points, shape ``(cut points, choices)``."""
        if not self.refit:
            return np.tile(np.array(self.field.cuts.values)[:, None], scores.shape[1])
        own = self.field.framework.segments.cut_points.quantile_method
        methods = np.array([own if c.quartiles == DECLARED else c.quartiles for c in choices])
        cuts = np.full((len(QUARTERS), len(choices)), np.nan)
        for method in get_args(Method):
            those = methods == method
            cuts[:, those] = cut_points(scores[self._cutting][:, those], method)
        return cuts

    def _ranks(self, scores: Floats, adjusted: Floats, choices: Sequence[Choice]) -> Floats:
        """League ranks; those without a score have none."""
        league, rounding = self.field.framework.league, self.field.framework.rounding
        unrounded = np.array([choice.rounding == NONE for choice in choices])
        shown = np.empty(scores.shape)
        for places, those in ((league.decimals, ~unrounded), (_FINEST, unrounded)):
            shown[:, those] = digits(scores[:, those], places, rounding)
        keys = league_keys(league, adjusted, shown)
        ranked = np.empty(keys.shape)
        for rivals in self.field.rivals():
            ranked[rivals] = ranks(keys[rivals])
        return ranked
