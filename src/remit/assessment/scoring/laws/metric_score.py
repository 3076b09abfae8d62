"""One metric's values through its rule: who is ranked with whom, at which rank, for which score."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from remit.assessment.scoring.laws.arrays import Flags, Floats, Integers
from remit.assessment.scoring.laws.populations import numbered_groups
from remit.assessment.scoring.laws.rank_to_score import signed, tier_places, tier_scores, tiers_of
from remit.assessment.scoring.laws.ranks import in_published_order, last_ranks, ranks_within
from remit.model.framework import Rule, ScoredMetric
from remit.model.metric import Better


@dataclass(frozen=True, slots=True)
class Values:
    """What the organisations report on one metric; all of length n.

    Attributes
    ----------
    kinds
        The kind of each organisation.
    values
        NaN where there is none.
    published
        The rank that the file gives each value; NaN where it gives none.
    sources
        Which file each value is from, numbered.
    """

    kinds: Sequence[str]
    values: Floats
    published: Floats
    sources: Integers


@dataclass(frozen=True, slots=True)
class ValueScores:
    """What the values come to; all of length n.

    Attributes
    ----------
    tiers
        The tier of the rule in which each falls, -1 for none.
    ranks, last
        Its rank in the tier, and where that ends; NaN where the tier does not rank.
    scores
        NaN for a value in no tier, or of an organisation that the metric is not scored for.
    """

    tiers: Integers
    ranks: Floats
    last: Floats
    scores: Floats

    @property
    def fixed(self) -> Flags:
        """Whether the tier gives its score whoever else is there."""
        return np.asarray((self.tiers >= 0) & np.isnan(self.ranks))


def value_scores(scored: ScoredMetric, rule: Rule, better: Better, given: Values) -> ValueScores:
    """Score values by one rule of a metric.

    Parameters
    ----------
    scored
        Says whose values are ranked together, and what orders equal ones.
    rule
        The metric's, or the one for another unit.
    better
        Which way is better.
    given
        The values.
    """
    tiers = tiers_of(rule)
    groups = numbered_groups(scored, given.kinds)
    values = np.where(groups < 0, np.nan, given.values)
    places = tier_places(tiers, values)
    ranked = np.isin(places, [place for place, tier in enumerate(tiers) if tier.ranked])
    together = np.where(ranked, groups * len(tiers) + places, -1)
    ranks = ranks_within(signed(values, better), together)
    if scored.ties == "published_rank":
        ranks = in_published_order(ranks, values, together, given.published, given.sources)
    last = last_ranks(values, together)
    return ValueScores(places, ranks, last, tier_scores(tiers, places, ranks, last))
