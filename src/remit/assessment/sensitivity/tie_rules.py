"""Ranked values scored by every tie rule."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

import polars as pl

from remit.assessment.scoring.metric_scores import GROUP
from remit.model.framework import Framework, LookupRule, PublishedRule, Scale, ScoredMetric
from remit.model.metric import Better, Metric

Ties = Literal["min", "average", "max", "dense"]

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


def is_ranked(metric: ScoredMetric) -> bool:
    """Whether a metric's score comes from a rank."""
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
        if not isinstance(rule, LookupRule | PublishedRule)
        for place, tier in enumerate(rule.tiers())
        if tier.ranked is not None
    ]


def _declared() -> pl.Expr:
    return pl.col("recomputed_score").alias(DECLARED)


def _scored_again(rows: pl.DataFrame, scale: Scale, better: Better) -> pl.DataFrame:
    signed = -pl.col("value") if better is Better.HIGHER else pl.col("value")
    scores = [_score(signed, ties, scale).alias(ties) for ties in TIES]
    return rows.select(*KEY, "complete", _declared(), *scores)


def _score(signed: pl.Expr, ties: Ties, scale: Scale) -> pl.Expr:
    """Scores between best and worst; dense ranks run to the number of different values."""
    size = signed.n_unique() if ties == "dense" else signed.count()
    steps = pl.max_horizontal(size.over(GROUP).cast(pl.Int64) - 1, 1)
    return scale.best + (scale.worst - scale.best) * (signed.rank(ties).over(GROUP) - 1) / steps
