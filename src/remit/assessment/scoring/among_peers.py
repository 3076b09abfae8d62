"""The values of one metric in one period, and what another value would have scored among them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import polars as pl

from remit.assessment.result.assessment import Assessment
from remit.assessment.scoring.columns import floats
from remit.assessment.scoring.entering_scores import PUBLISHED, RECOMPUTED
from remit.assessment.scoring.laws.arrays import Flags, Floats, Integers
from remit.assessment.scoring.laws.populations import numbered_groups
from remit.assessment.scoring.laws.rank_to_score import signed, tier_places, tier_scores, tiers_of
from remit.assessment.scoring.laws.ranks import rank_among
from remit.model.framework import Rule, ScoredMetric, Tier
from remit.model.metric import Better
from remit.model.observation import Status


def rule_of(scored: ScoredMetric, unit: str | None) -> Rule:
    """The rule for values of a unit: another unit's own, else the metric's."""
    return next((other.rule for other in scored.other_units if other.unit == unit), scored.rule)


@dataclass(frozen=True)
class RankingField:
    """The reported values that one rule scores, as arrays of length n.

    ``groups`` says who is ranked together, ``tiers`` in which tier of the rule a value falls
    (-1 for none), ``scores`` what was given for it, ``by_rank`` whether that score was made by
    ranking these values (or else was published).
    """

    codes: tuple[str, ...]
    values: Floats
    groups: Integers
    tiers: Integers
    scores: Floats
    by_rank: Flags
    rule: tuple[Tier, ...]
    better: Better

    @property
    def higher(self) -> bool:
        """Whether more is better."""
        return self.better is Better.HIGHER

    @cached_property
    def place(self) -> dict[str, int]:
        """Where an organisation stands in the arrays."""
        return {code: place for place, code in enumerate(self.codes)}

    @cached_property
    def signed(self) -> Floats:
        """The values with the sign that makes less better."""
        return signed(self.values, self.better)

    def tier_of(self, values: Floats) -> Integers:
        """The tier in which each value falls, -1 for none."""
        return tier_places(self.rule, values)

    def scores_at(self, own: Sequence[int], values: Floats) -> Floats:
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

    def ranked_at(self, own: Integers, values: Floats) -> Floats:
        """Scores by the rule with each organisation's value replaced; see :meth:`scores_at`."""
        tiers = self.tier_of(values)
        peers = (self.groups == self.groups[own][:, None]) & (self.tiers == tiers[:, None])
        peers[np.arange(len(own)), own] = False
        ranks = rank_among(signed(values, self.better), self.signed, peers)
        return tier_scores(self.rule, tiers, ranks, peers.sum(axis=1) + 1)

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


def _means_by_value(values: Floats, scores: Floats) -> tuple[Floats, Floats]:
    knots, where = np.unique(values, return_inverse=True)
    return knots, np.bincount(where, weights=scores) / np.bincount(where)


def ranking_field(assessment: Assessment, scored: ScoredMetric, unit: str | None) -> RankingField:
    """The values of a metric that are scored by the rule for a unit.

    Values in a unit that has no rule of its own are scored with those of the main unit.
    """
    others = [other.unit for other in scored.other_units]
    alike = pl.col("unit") == unit if unit in others else ~pl.col("unit").is_in(others)
    rows = assessment.every_score.filter(
        (pl.col("metric_id") == scored.id)
        & alike.fill_null(unit not in others)
        & (pl.col("status") == Status.REPORTED.value)
        & pl.col("value").is_not_null()
    )
    groups = numbered_groups(scored, rows["org_kind"].to_list())
    rows, groups = rows.filter(groups >= 0), groups[groups >= 0]
    values, tiers = floats(rows, "value"), tiers_of(rule_of(scored, unit))
    return RankingField(
        codes=tuple(rows["org_code"].to_list()),
        values=values,
        groups=groups,
        tiers=tier_places(tiers, values),
        scores=floats(rows, "score"),
        by_rank=(rows["basis"].fill_null(RECOMPUTED) != PUBLISHED).to_numpy(),
        rule=tiers,
        better=assessment.metrics[scored.id].better,
    )
