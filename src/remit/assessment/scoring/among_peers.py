"""The values of one metric in one period, and what another value would have scored among them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import polars as pl
from numpy.typing import NDArray

from remit.assessment.result.assessment import Assessment
from remit.assessment.scoring.entering_scores import PUBLISHED, RECOMPUTED
from remit.assessment.scoring.metric_scores import within
from remit.assessment.scoring.rounding import rounded
from remit.model.framework import Framework, LookupRule, PublishedRule, Rule, ScoredMetric, Tier
from remit.model.metric import Better
from remit.model.observation import Status

Numbers = NDArray[np.float64]
Places = NDArray[np.int64]

_TOGETHER = "together"


def rule_of(scored: ScoredMetric, unit: str | None) -> Rule:
    """The rule for values of a unit: another unit's own, else the metric's."""
    return next((other.rule for other in scored.other_units if other.unit == unit), scored.rule)


def tiers_of(scored: ScoredMetric, unit: str | None) -> tuple[Tier, ...]:
    """The tiers of a rule; none where the score is not made from the metric's value."""
    rule = rule_of(scored, unit)
    return () if isinstance(rule, LookupRule | PublishedRule) else rule.tiers()


def enters_rounded(framework: Framework, metric_id: str, period: str) -> bool:
    """Whether a metric's score enters the mean already rounded in a period."""
    return any(
        entry.period == period and metric_id in entry.metrics
        for entry in framework.rounding.before_mean
    )


def as_entered(framework: Framework, metric_id: str, period: str, scores: Numbers) -> Numbers:
    """Scores as they enter the mean: rounded where the framework says so. Shape is kept."""
    if not enters_rounded(framework, metric_id, period) or not scores.size:
        return scores
    column = pl.DataFrame({"score": scores}).select(rounded(pl.col("score"), framework.rounding))
    return column["score"].to_numpy()


@dataclass(frozen=True)
class RankingField:
    """The reported values that one rule scores, as arrays of length n.

    ``groups`` says who is ranked together, ``tiers`` in which tier of the rule a value falls
    (-1 for none), ``scores`` what was given for it, ``by_rank`` whether that score was made by
    ranking these values (or else was published).
    """

    codes: tuple[str, ...]
    values: Numbers
    groups: Places
    tiers: Places
    scores: Numbers
    by_rank: NDArray[np.bool_]
    rule: tuple[Tier, ...]
    higher: bool

    @cached_property
    def place(self) -> dict[str, int]:
        """Where an organisation stands in the arrays."""
        return {code: place for place, code in enumerate(self.codes)}

    @cached_property
    def signed(self) -> Numbers:
        """The values with the sign that makes less better."""
        return -self.values if self.higher else self.values

    def tier_of(self, values: Numbers) -> Places:
        """The tier in which each value falls, -1 for none."""
        return tier_places(self.rule, values)

    def scores_at(self, own: Sequence[int], values: Numbers) -> Numbers:
        """What organisations would have scored with other values, all others as they were.

        Where the organisation's score was made by ranking, its value is replaced and ranked
        again. Where it was published, the score is read off the published pairs of value and
        score: straight lines between neighbours of the same tier, level beyond the ends.

        Parameters
        ----------
        own
            Places of the organisations, length m.
        values
            Their other values, length m, in the metric's unit.

        Returns
        -------
        numpy.ndarray
            Scores, length m; NaN where the value falls in no tier.
        """
        places = np.asarray(own, dtype=np.int64)
        ranked = self.ranked_at(places, values)
        read = ~self.by_rank[places]
        for at in np.flatnonzero(read):
            ranked[at] = self._read_off(int(places[at]), float(values[at]), ranked[at])
        return ranked

    def ranked_at(self, own: Places, values: Numbers) -> Numbers:
        """Scores by the rule with each organisation's value replaced; see :meth:`scores_at`."""
        tiers = self.tier_of(values)
        goodness = -values if self.higher else values
        peers = (self.groups == self.groups[own][:, None]) & (self.tiers == tiers[:, None])
        peers[np.arange(len(own)), own] = False
        better = (peers & (self.signed < goodness[:, None])).sum(axis=1)
        return self._by_tier(tiers, better, peers.sum(axis=1))

    def _by_tier(self, tiers: Places, better: Places, others: Places) -> Numbers:
        scores = np.full(len(tiers), np.nan)
        for place, tier in enumerate(self.rule):
            here = tiers == place
            if tier.ranked is None:
                scores[here] = tier.score
            else:
                span = tier.ranked.worst - tier.ranked.best
                share = better[here] / np.maximum(others[here], 1)
                scores[here] = tier.ranked.best + span * share
        return scores

    def _read_off(self, own: int, value: float, otherwise: float) -> float:
        """The score at a value by the published pairs; the rule's own where there are none."""
        if value == self.values[own]:
            return float(self.scores[own])
        tier = int(self.tier_of(np.array([value]))[0])
        if tier < 0 or self.rule[tier].ranked is None:
            return otherwise
        alike = (self.groups == self.groups[own]) & (self.tiers == tier) & ~np.isnan(self.scores)
        if not alike.any():
            return otherwise
        knots, heights = _means_by_value(self.values[alike], self.scores[alike])
        # Of trusts that share a value, the organisation's own score counts at its own value.
        heights[knots == self.values[own]] = self.scores[own]
        return float(np.interp(value, knots, heights))


def _means_by_value(values: Numbers, scores: Numbers) -> tuple[Numbers, Numbers]:
    knots, where = np.unique(values, return_inverse=True)
    return knots, np.bincount(where, weights=scores) / np.bincount(where)


def tier_places(rule: tuple[Tier, ...], values: Numbers) -> Places:
    """The first tier whose bound holds for each value, -1 for none."""
    if not rule or not len(values):
        return np.full(len(values), -1, dtype=np.int64)
    places = [
        pl.when(within(tier, pl.col("value"))).then(pl.lit(place, dtype=pl.Int64))
        for place, tier in enumerate(rule)
    ]
    found = pl.DataFrame({"value": values}).select(pl.coalesce(places).fill_null(-1))
    return found.to_series().to_numpy()


def ranking_field(assessment: Assessment, scored: ScoredMetric, unit: str | None) -> RankingField:
    """The values of a metric that are scored by the rule for a unit.

    Values in a unit that has no rule of its own are scored with those of the main unit.
    """
    others = [other.unit for other in scored.other_units]
    alike = pl.col("unit") == unit if unit in others else ~pl.col("unit").is_in(others)
    among = scored.kinds if scored.population == "own_kind" else scored.population
    rows = assessment.every_score.filter(
        (pl.col("metric_id") == scored.id)
        & alike.fill_null(unit not in others)
        & (pl.col("status") == Status.REPORTED.value)
        & pl.col("value").is_not_null()
        & pl.col("org_kind").is_in([kind.value for kind in among])
    )
    values = rows["value"].to_numpy()
    tiers = tiers_of(scored, unit)
    return RankingField(
        codes=tuple(rows["org_code"].to_list()),
        values=values,
        groups=_groups(rows, scored),
        tiers=tier_places(tiers, values),
        scores=rows["score"].cast(pl.Float64).to_numpy(),
        by_rank=(rows["basis"].fill_null(RECOMPUTED) != PUBLISHED).to_numpy(),
        rule=tiers,
        higher=assessment.metrics[scored.id].better is Better.HIGHER,
    )


def _groups(rows: pl.DataFrame, scored: ScoredMetric) -> Places:
    """A number for each ranking population."""
    kinds = rows["org_kind"].to_list()
    names = kinds if scored.population == "own_kind" else [_TOGETHER] * len(kinds)
    numbers = {name: number for number, name in enumerate(sorted(set(names)))}
    return np.array([numbers[name] for name in names], dtype=np.int64)
