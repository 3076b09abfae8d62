"""Averages, segments and ranks of all organisations under many choices at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from remit.assessment.likely.bootstrap import fine, rounded_means
from remit.assessment.likely.league_arrays import Field, scale_of
from remit.assessment.likely.replicates import league_keys
from remit.assessment.scoring.quantiles import quantiles_down
from remit.assessment.scoring.segments_of_many import (
    Flags,
    Floats,
    Integers,
    overridden,
    ranks_of,
    segments_of,
)
from remit.assessment.sensitivity.choices import NONE, Choice
from remit.assessment.sensitivity.rescored import Rescored
from remit.assessment.sensitivity.tie_rules import DECLARED
from remit.model.framework import Framework

_QUARTERS = (0.25, 0.5, 0.75)
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


@dataclass(frozen=True, slots=True)
class Layout:
    """Which metrics make up which entry, and which entries which domain, as 0 and 1.

    ``entries`` has the shape ``(metrics, entries)``, ``domains`` ``(entries, domains)``.
    """

    entries: Floats
    domains: Floats


def layout_of(framework: Framework, metrics: Sequence[str]) -> Layout:
    """A group of metrics is one entry; any other metric is one by itself."""
    groups = {member: group.id for group in framework.groups for member in group.members}
    names = [groups.get(metric, metric) for metric in metrics]
    entries = list(dict.fromkeys(names))
    domain_of = {
        name: framework.metric(metric).domain for name, metric in zip(names, metrics, strict=True)
    }
    domains = list(dict.fromkeys(domain_of.values()))
    return Layout(
        np.array([[float(name == entry) for entry in entries] for name in names]),
        np.array([[float(domain_of[entry] == domain) for domain in domains] for entry in entries]),
    )


def mean_by(values: Floats, columns: Floats) -> Floats:
    """The mean of the values that belong to each column; NaN where there are none.

    Parameters
    ----------
    values
        Shape ``(…, things)``.
    columns
        0 and 1, shape ``(things, columns)``.
    """
    there = ~np.isnan(values)
    number = there.astype(np.float64) @ columns
    total = np.where(there, values, 0.0) @ columns
    means: Floats = np.where(number > 0, total / np.maximum(number, 1.0), np.nan)
    return means


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
        self._layout = layout_of(field.framework, rescored.metrics)
        self._made: dict[Choice, dict[str, Floats]] = {}
        population = {kind.value for kind in field.framework.segments.cut_points.population}
        self._cutting = np.array([kind in population for kind in field.kinds])

    def results(self, choices: Sequence[Choice]) -> ReaggregatedResults:
        """The league tables of some choices, one a column."""
        scores = np.stack([self._average(choice) for choice in choices], axis=1)
        there = ~np.isnan(scores)
        filled = np.where(there, scores, 0.0)
        unadjusted = segments_of(filled, self._cuts(scores, choices))
        adjusted = overridden(unadjusted, self.field.flags, self.field.overrides)
        ranks = self._ranks(filled, there, adjusted, choices)
        return ReaggregatedResults(scores, unadjusted * there, adjusted * there, ranks * there)

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
        parts = mean_by(scores, self._layout.entries)
        by_domain = self.field.framework.aggregation.average == "mean_of_domains"
        if by_domain == (choice.weights == DECLARED):
            parts = mean_by(parts, self._layout.domains)
        averages = mean_by(parts, np.ones((parts.shape[2], 1)))[:, :, 0]
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
        return np.where(self._early | (choice.rounding == "early"), self._rounded(scores), scores)

    def _with_medians(self, scores: Floats) -> Floats:
        filled = scores.copy()
        for members in self.field.by_kind():
            medians = quantiles_down(scores[members], 0.5, ["linear"] * scores.shape[1])
            gaps = self.rescored.missing[members]
            filled[members] = np.where(gaps, medians, scores[members])
        return filled

    def _rounded(self, scores: Floats) -> Floats:
        rounding = self.field.framework.rounding
        there = ~np.isnan(scores)
        parts = fine(np.where(there, scores, 0.0))
        shown = rounded_means(parts, 1, rounding.decimals, rounding) / 10.0**rounding.decimals
        return np.where(there, shown, np.nan)

    def _cuts(self, scores: Floats, choices: Sequence[Choice]) -> Floats:
        """Cut points, shape ``(cut points, choices)``."""
        if not self.refit:
            return np.tile(np.array(self.field.cuts.values)[:, None], scores.shape[1])
        own = self.field.framework.segments.cut_points.quantile_method
        methods = [own if c.quartiles == DECLARED else c.quartiles for c in choices]
        return np.stack(
            [quantiles_down(scores[self._cutting], share, methods) for share in _QUARTERS]
        )

    def _ranks(
        self, scores: Floats, there: Flags, adjusted: Integers, choices: Sequence[Choice]
    ) -> Integers:
        """League ranks; those without a score stand behind all others."""
        league, rounding = self.field.framework.league, self.field.framework.rounding
        parts = fine(scores)
        shown = rounded_means(parts, 1, league.decimals, rounding) * 10**_FINEST
        exact = rounded_means(parts, 1, _FINEST, rounding) * 10**league.decimals
        unrounded = np.array([choice.rounding == NONE for choice in choices])
        keys = league_keys(self.field, adjusted, np.where(unrounded, exact, shown))
        keys = np.where(there, keys.astype(np.int64), np.iinfo(np.int64).max)
        ranks = np.zeros(keys.shape, dtype=np.int64)
        for rivals in self.field.rivals():
            ranks[rivals] = ranks_of(keys[rivals])
        return ranks
