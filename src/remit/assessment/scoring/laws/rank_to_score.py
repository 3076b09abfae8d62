"""From value to tier, and from tier and rank to score.

A rule is a list of tiers. A value falls in the first tier whose bound holds; the tier gives a
fixed score, or ranks the values that fall in it:

    score = best + (worst - best) (rank - 1) / (last - 1)

with rank 1 best, and ``last`` the number of values of the tier. A value alone in its tier gets the
best score of the tier.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from remit.assessment.scoring.laws.arrays import Flags, Floats, Integers
from remit.model.framework import (
    BandsRule,
    EvidenceRule,
    LookupRule,
    PublishedRule,
    RankedRule,
    Rule,
    Scale,
    StandardThenRankedRule,
    Tier,
    TiersRule,
)
from remit.model.metric import Better, Bound


def tiers_of(rule: Rule) -> tuple[Tier, ...]:
    """The tiers of a rule; none where the score is not made from the metric's value."""
    return () if isinstance(rule, LookupRule | PublishedRule) else _made(rule)


# A rule makes its tiers anew, and is asked for them at each value that is put into words.
@lru_cache(maxsize=1 << 10)
def _made(
    rule: RankedRule | StandardThenRankedRule | BandsRule | TiersRule | EvidenceRule,
) -> tuple[Tier, ...]:
    return rule.tiers()


def is_ranked(rule: Rule) -> bool:
    """Whether scores by a rule come from ranks."""
    return any(tier.ranked for tier in tiers_of(rule))


def within(bound: Bound, values: Floats) -> Flags:
    """Whether values lie within a bound; a bound without limits holds for every value."""
    holds = ~np.isnan(values)
    if bound.at_least is not None:
        holds &= values >= bound.at_least
    if bound.above is not None:
        holds &= values > bound.above
    if bound.at_most is not None:
        holds &= values <= bound.at_most
    if bound.below is not None:
        holds &= values < bound.below
    return holds


def tier_places(tiers: Sequence[Tier], values: Floats) -> Integers:
    """The first tier whose bound holds for each value, -1 for none."""
    places = np.full(np.shape(values), -1, dtype=np.int64)
    for place, tier in enumerate(tiers):
        places[(places < 0) & within(tier, values)] = place
    return places


def signed(values: Floats, better: Better) -> Floats:
    """Values with the sign that makes less better."""
    return -values if better is Better.HIGHER else values


def rank_to_score(ranks: Floats, last: Floats, scale: Scale) -> Floats:
    """The score of each rank, from the best for rank 1 to the worst for the last.

    Parameters
    ----------
    ranks
        Any shape.
    last
        The rank at which each one's population ends, of a shape that fits.
    scale
        The best and the worst score.

    Examples
    --------
    >>> rank_to_score(np.array([1.0, 2.0, 4.0]), np.array(4.0), Scale(best=1, worst=4)).tolist()
    [1.0, 2.0, 4.0]
    """
    return scale.best + (scale.worst - scale.best) * (ranks - 1) / np.maximum(last - 1, 1)


def tier_scores(tiers: Sequence[Tier], places: Integers, ranks: Floats, last: Floats) -> Floats:
    """The score that each value's tier gives it; NaN in no tier.

    Parameters
    ----------
    tiers
        Those of the rule.
    places
        In which tier each value falls; any shape.
    ranks, last
        Each one's rank in its tier, and where that ends; of shapes that fit.
    """
    scores = np.full(np.broadcast_shapes(places.shape, ranks.shape, last.shape), np.nan)
    for place, tier in enumerate(tiers):
        fixed = np.array(np.nan if tier.score is None else tier.score)
        found = fixed if tier.ranked is None else rank_to_score(ranks, last, tier.ranked)
        scores = np.where(places == place, found, scores)
    return scores


def looked_up(rule: LookupRule, rows: Floats, columns: Floats) -> Floats:
    """The scores that a table gives for pairs of scores; NaN where it has none for a pair.

    Parameters
    ----------
    rule
        Holds the table.
    rows, columns
        The two scores, of one shape; only whole ones stand in a table.

    Examples
    --------
    >>> rule = LookupRule(type="lookup", rows="A", columns="B", table={1: {1: 1, 2: 3}})
    >>> looked_up(rule, np.array([1.0, 1.5]), np.array([2.0, 2.0])).tolist()
    [3.0, nan]
    """
    found = np.full(np.shape(rows), np.nan)
    for row, cells in rule.table.items():
        for at, score in cells.items():
            found = np.where((rows == row) & (columns == at), score, found)
    return found
