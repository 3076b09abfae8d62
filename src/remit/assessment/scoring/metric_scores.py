"""Metric scores: each value through its metric's rule, within its ranking population.

A rule is a list of tiers. A value falls in the first tier whose bound holds; the tier gives a
fixed score, or ranks the values that fall in it:

    score = best + (worst - best) (rank - 1) / (N - 1)

with competition rank ("1 1 3"), rank 1 best, and N the values of the tier. A value alone in its
tier gets the best score of the tier.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from remit.assessment.result.assessment import Population
from remit.assessment.scoring.inputs import Inputs
from remit.model.framework import (
    Framework,
    LookupRule,
    PublishedRule,
    Rule,
    ScoredMetric,
    Tier,
)
from remit.model.metric import Better, Bound, Metric
from remit.model.observation import Status
from remit.model.organisation import SubjectKind

GROUP = "_population"
"""The column that says with whom a value is ranked."""

TOGETHER = "together"
"""The group of the kinds that are named as ranked together; other groups are named by kind."""


@dataclass(frozen=True, slots=True)
class Scored:
    """Cells with their recomputed scores, and the population of every metric."""

    cells: pl.DataFrame
    populations: Mapping[str, Population]


def score(inputs: Inputs, framework: Framework, metrics: Mapping[str, Metric]) -> Scored:
    """Recompute every metric's score where its rule and its population allow it.

    Adds ``recomputed_score``, ``complete`` (whether everybody who should be ranked is there),
    ``rank``, ``population_size`` and ``rule`` to the cells.
    """
    pieces = []
    populations: dict[str, Population] = {}
    for scored in framework.metrics:
        cells = inputs.cells.filter(pl.col("metric_id") == scored.id)
        populations[scored.id] = _population(scored, cells, inputs, framework)
        pieces.append(_score_metric(cells, scored, metrics[scored.id], inputs, framework))
    table = pl.concat(pieces) if pieces else inputs.cells
    return Scored(_look_up(table, framework), populations)


def _score_metric(
    cells: pl.DataFrame, scored: ScoredMetric, metric: Metric, inputs: Inputs, framework: Framework
) -> pl.DataFrame:
    """One metric: the main unit by the main rule, other units by theirs."""
    other = {unit_rule.unit: unit_rule.rule for unit_rule in scored.other_units}
    parts = [
        _apply(cells.filter(pl.col("unit") == unit), scored, rule, metric)
        for unit, rule in other.items()
    ]
    rest = cells.filter(~pl.col("unit").is_in(list(other)).fill_null(value=False))
    parts.append(_apply(rest, scored, scored.rule, metric))
    complete = _complete_groups(scored, inputs, framework)
    return pl.concat(parts).with_columns(
        (pl.col("_fixed") | pl.col(GROUP).is_in(complete)).fill_null(value=False).alias("complete")
    )


def _apply(cells: pl.DataFrame, scored: ScoredMetric, rule: Rule, metric: Metric) -> pl.DataFrame:
    """Score the cells of one metric by one rule."""
    tiers = () if isinstance(rule, LookupRule | PublishedRule) else rule.tiers()
    cells = cells.with_columns(_group(scored).alias(GROUP), pl.lit(rule.type).alias("rule"))
    eligible = pl.col("org_kind").is_in([kind.value for kind in scored.kinds])
    placed = pl.col("org_kind").is_in([kind.value for kind in scored.ranked_kinds])
    usable = (pl.col("status") == Status.REPORTED.value) & placed & pl.col(GROUP).is_not_null()
    cells = cells.with_columns(pl.when(usable).then(_tier_of(tiers)).alias("_tier"))
    ranked = pl.col("_tier").is_in([i for i, tier in enumerate(tiers) if tier.ranked])
    rank, size = _rank_in_tier(metric.better, scored.ties)
    return cells.with_columns(
        pl.when(ranked & eligible).then(rank).cast(pl.Int64).alias("rank"),
        pl.when(ranked & eligible).then(size).cast(pl.Int64).alias("population_size"),
        eligible.alias("eligible"),
    ).with_columns(
        pl.when("eligible").then(_tier_score(tiers)).alias("recomputed_score"),
        (~ranked & pl.col("_tier").is_not_null()).alias("_fixed"),
    )


def _group(scored: ScoredMetric) -> pl.Expr:
    """With whom a value is ranked: its own kind, or the kinds named together.

    A system is no provider, so an ICB is ranked among ICBs whatever trusts are ranked with.
    """
    if scored.population == "own_kind":
        return pl.col("org_kind")
    members = [kind.value for kind in scored.population]
    alone = pl.when(pl.col("org_kind") == SubjectKind.ICB.value).then("org_kind")
    return alone.when(pl.col("org_kind").is_in(members)).then(pl.lit(TOGETHER))


def within(bound: Bound, value: pl.Expr) -> pl.Expr:
    """Whether a value lies within a bound; a bound without limits holds for every value."""
    holds = value.is_not_null()
    if bound.at_least is not None:
        holds = holds & (value >= bound.at_least)
    if bound.above is not None:
        holds = holds & (value > bound.above)
    if bound.at_most is not None:
        holds = holds & (value <= bound.at_most)
    if bound.below is not None:
        holds = holds & (value < bound.below)
    return holds


def _tier_of(tiers: tuple[Tier, ...]) -> pl.Expr:
    places = [
        pl.when(within(tier, pl.col("value"))).then(pl.lit(place, dtype=pl.Int64))
        for place, tier in enumerate(tiers)
    ]
    return pl.coalesce(places) if places else pl.lit(None, dtype=pl.Int64)


def _rank_in_tier(better: Better, ties: str) -> tuple[pl.Expr, pl.Expr]:
    """Competition rank and number of values within metric, population and tier.

    Values are published rounded. Where the file gives its own rank, equal values of one file
    keep the order that it gives them.
    """
    signed = -pl.col("value") if better is Better.HIGHER else pl.col("value")
    tier = [GROUP, "_tier"]
    rank = signed.rank("min").over(tier)
    if ties == "published_rank":
        same = [*tier, "value", "value_source"]
        rank = rank + (pl.col("published_rank").rank("min").over(same).fill_null(1) - 1)
    return rank, pl.col("value").count().over(tier)


def _tier_score(tiers: tuple[Tier, ...]) -> pl.Expr:
    scores = [
        pl.when(pl.col("_tier") == place).then(_one_tier_score(tier))
        for place, tier in enumerate(tiers)
    ]
    return pl.coalesce(scores) if scores else pl.lit(None, dtype=pl.Float64)


def _one_tier_score(tier: Tier) -> pl.Expr:
    if tier.ranked is None:
        return pl.lit(tier.score, dtype=pl.Float64)
    best, worst = tier.ranked.best, tier.ranked.worst
    steps = pl.max_horizontal(pl.col("population_size") - 1, 1)
    return best + (worst - best) * (pl.col("rank") - 1) / steps


def _population(
    scored: ScoredMetric, cells: pl.DataFrame, inputs: Inputs, framework: Framework
) -> Population:
    """Who is ranked; a kind that ranks by itself and is not at hand is not missed."""
    valued = cells.filter(pl.col("status") == Status.REPORTED.value)
    groups = _population_groups(scored)
    present = set(valued["org_kind"].unique().to_list())
    missed = [
        kind
        for group, kinds in groups.items()
        for kind in kinds
        if _is_ranked(scored)
        and (group == TOGETHER or (group in present and kind in framework.kinds))
    ]
    missing = tuple(said for kind in missed if (said := _shortfall(kind, inputs, framework)))
    names = tuple(kind.value for kinds in groups.values() for kind in kinds)
    return Population(scored.id, names, valued.height, not missing, missing)


def _is_ranked(scored: ScoredMetric) -> bool:
    rule = scored.rule
    if isinstance(rule, LookupRule | PublishedRule):
        return False
    return any(tier.ranked for tier in rule.tiers())


def _population_groups(scored: ScoredMetric) -> dict[str, tuple[SubjectKind, ...]]:
    """The kinds that are ranked among each other, by the name of their group."""
    if scored.population == "own_kind":
        return {kind.value: (kind,) for kind in scored.kinds}
    groups = {TOGETHER: scored.population}
    if SubjectKind.ICB in scored.kinds:
        groups[SubjectKind.ICB.value] = (SubjectKind.ICB,)
    return groups


def _shortfall(kind: SubjectKind, inputs: Inputs, framework: Framework) -> str:
    """A sentence if too few trusts of a kind are at hand, else ""."""
    have, expected = inputs.at_hand().get(kind.value, 0), inputs.expected.get(kind.value, 0)
    if have >= framework.coverage_minimum * expected:
        return ""
    kinds = f"{kind.label.lower()}s"
    if have == 0:
        return f"none of the {expected} {kinds} is in the figures"
    return f"only {have} of the {expected} {kinds} are in the figures"


def _complete_groups(scored: ScoredMetric, inputs: Inputs, framework: Framework) -> list[str]:
    """The population groups in which everybody is there."""
    return [
        group
        for group, kinds in _population_groups(scored).items()
        if not any(_shortfall(kind, inputs, framework) for kind in kinds)
    ]


def _look_up(cells: pl.DataFrame, framework: Framework) -> pl.DataFrame:
    """Scores that are looked up from two others, for all organisations that have both."""
    for scored in framework.metrics:
        if isinstance(scored.rule, LookupRule):
            cells = _with_lookup(cells, scored.id, scored.rule)
    return cells


def _with_lookup(cells: pl.DataFrame, metric_id: str, rule: LookupRule) -> pl.DataFrame:
    table = pl.DataFrame(
        [
            {"_row": float(row), "_column": float(column), "_found": float(found)}
            for row, columns in rule.table.items()
            for column, found in columns.items()
        ]
    )
    found = (
        _scores_of(cells, rule.rows, "_row")
        .join(_scores_of(cells, rule.columns, "_column"), on=["org_code", "org_kind"])
        .join(table, on=["_row", "_column"], how="inner")
        .select("org_code", "org_kind", pl.lit(metric_id).alias("metric_id"), "_found")
    )
    key = ["org_code", "org_kind", "metric_id"]
    joined = cells.join(found, on=key, how="full", coalesce=True)
    looked_up = pl.col("_found").is_not_null()
    return joined.with_columns(
        pl.coalesce("_found", "recomputed_score").alias("recomputed_score"),
        pl.when(looked_up).then(pl.lit(value=True)).otherwise("complete").alias("complete"),
        pl.when(looked_up).then(pl.lit(rule.type)).otherwise("rule").alias("rule"),
    ).drop("_found")


def _scores_of(cells: pl.DataFrame, metric_id: str, name: str) -> pl.DataFrame:
    of_metric = cells.filter(pl.col("metric_id") == metric_id)
    return of_metric.select("org_code", "org_kind", pl.col("recomputed_score").alias(name))
