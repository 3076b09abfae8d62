"""Ranked values scored by every tie rule."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import get_args

import polars as pl

from remit.assessment.scoring.columns import column, floats, numbers
from remit.assessment.scoring.laws.rank_to_score import rank_to_score, signed, tiers_of
from remit.assessment.scoring.laws.ranks import Ties, last_ranks, ranks_within
from remit.assessment.scoring.metric_scores import GROUP
from remit.model.framework import Framework, Scale, ScoredMetric
from remit.model.metric import Better, Metric

DECLARED = "declared"
TIES: tuple[Ties, ...] = get_args(Ties)
KEY = ["org_code", "metric_id"]


@dataclass(frozen=True, slots=True)
class _RankedTier:
    """A tier that ranks: of the main rule, or of the rule for another unit."""

    metric_id: str
    unit: str | None
    other_units: tuple[str, ...]
    place: int
    scale: Scale

    def holds(self) -> pl.Expr:
        """Whether a ranked value was ranked in this tier."""
        elsewhere = pl.col("unit").is_in(list(self.other_units)).fill_null(value=False)
        unit = ~elsewhere if self.unit is None else pl.col("unit") == self.unit
        return (pl.col("metric_id") == self.metric_id) & (pl.col("_tier") == self.place) & unit


def has_ranks(metric: ScoredMetric) -> bool:
    """Whether any of a metric's scores comes from a rank, in whatever unit."""
    return bool(_ranked_tiers(metric))


def ranked_again(
    cells: pl.DataFrame, framework: Framework, metrics: Mapping[str, Metric]
) -> pl.DataFrame:
    """Score every ranked value by every tie rule.

    Parameters
    ----------
    cells
        As :func:`remit.assessment.scoring.metric_scores.score` leaves them.

    Returns
    -------
    polars.DataFrame
        ``org_code, metric_id, complete``, the score by the framework under ``declared``, and one
        under the name of each tie rule.
    """
    ranked = cells.filter(pl.col("rank").is_not_null())
    empty = (
        ranked.clear()
        .select(*KEY, "complete", _declared())
        .with_columns(pl.lit(None, dtype=pl.Float64).alias(ties) for ties in TIES)
    )
    pieces = [
        _scored_again(ranked.filter(tier.holds()), tier.scale, metrics[metric.id].better)
        for metric in framework.metrics
        for tier in _ranked_tiers(metric)
    ]
    return pl.concat([empty, *pieces])


def _ranked_tiers(metric: ScoredMetric) -> list[_RankedTier]:
    others = tuple(other.unit for other in metric.other_units)
    rules = [(metric.rule, None), *((other.rule, other.unit) for other in metric.other_units)]
    return [
        _RankedTier(metric.id, unit, others, place, tier.ranked)
        for rule, unit in rules
        for place, tier in enumerate(tiers_of(rule))
        if tier.ranked is not None
    ]


def _declared() -> pl.Expr:
    return pl.col("recomputed_score").alias(DECLARED)


def _scored_again(rows: pl.DataFrame, scale: Scale, better: Better) -> pl.DataFrame:
    keys, groups = signed(floats(rows, "value"), better), numbers(rows, GROUP)
    scores = [
        column(
            ties,
            rank_to_score(ranks_within(keys, groups, ties), last_ranks(keys, groups, ties), scale),
        )
        for ties in TIES
    ]
    return rows.select(*KEY, "complete", _declared()).with_columns(scores)
