"""Metric scores: each value through its metric's rule, within its ranking population."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import polars as pl

from remit.assessment.result.assessment import Population
from remit.assessment.scoring.columns import column, flags, floats, numbers
from remit.assessment.scoring.inputs import Inputs
from remit.assessment.scoring.laws.metric_score import Values, value_scores
from remit.assessment.scoring.laws.populations import TOGETHER, group_of, groups_of
from remit.assessment.scoring.laws.rank_to_score import is_ranked, looked_up
from remit.model.framework import Framework, LookupRule, Rule, ScoredMetric
from remit.model.metric import Metric
from remit.model.observation import Status
from remit.model.organisation import SubjectKind

GROUP = "_population"
"""The column that says with whom a value is ranked."""


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
    reported = flags(cells, pl.col("status") == Status.REPORTED.value)
    given = Values(
        kinds=cells["org_kind"].to_list(),
        values=np.where(reported, floats(cells, "value"), np.nan),
        published=floats(cells, "published_rank"),
        sources=numbers(cells, "value_source"),
    )
    found = value_scores(scored, rule, metric.better, given)
    names = {kind.value: group_of(scored, kind) for kind in SubjectKind}
    eligible = pl.col("org_kind").is_in([kind.value for kind in scored.kinds])
    # Others are ranked among and get neither rank nor score.
    own = [
        column("rank", found.ranks, pl.Int64),
        column("population_size", found.last, pl.Int64),
        column("recomputed_score", found.scores),
    ]
    return cells.with_columns(
        pl.col("org_kind").replace_strict(names, return_dtype=pl.String).alias(GROUP),
        pl.lit(rule.type).alias("rule"),
        column("_tier", np.where(found.tiers < 0, np.nan, found.tiers), pl.Int64),
        pl.Series("_fixed", found.fixed),
        eligible.alias("eligible"),
        *own,
    ).with_columns(pl.when("eligible").then(one.name).alias(one.name) for one in own)


def _population(
    scored: ScoredMetric, cells: pl.DataFrame, inputs: Inputs, framework: Framework
) -> Population:
    """Who is ranked; a kind that ranks by itself and is not at hand is not missed."""
    valued = cells.filter(pl.col("status") == Status.REPORTED.value)
    groups = groups_of(scored)
    present = set(valued["org_kind"].unique().to_list())
    missed = [
        kind
        for group, kinds in groups.items()
        for kind in kinds
        if is_ranked(scored.rule)
        and (group == TOGETHER or (group in present and kind in framework.kinds))
    ]
    missing = tuple(said for kind in missed if (said := _shortfall(kind, inputs, framework)))
    names = tuple(kind.value for kinds in groups.values() for kind in kinds)
    return Population(scored.id, names, valued.height, not missing, missing)


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
        for group, kinds in groups_of(scored).items()
        if not any(_shortfall(kind, inputs, framework) for kind in kinds)
    ]


def _look_up(cells: pl.DataFrame, framework: Framework) -> pl.DataFrame:
    """Scores that are looked up from two others, for all organisations that have both."""
    for scored in framework.metrics:
        if isinstance(scored.rule, LookupRule):
            cells = _with_lookup(cells, scored.id, scored.rule)
    return cells


def _with_lookup(cells: pl.DataFrame, metric_id: str, rule: LookupRule) -> pl.DataFrame:
    pairs = _scores_of(cells, rule.rows, "_row").join(
        _scores_of(cells, rule.columns, "_column"), on=["org_code", "org_kind"]
    )
    found = pairs.with_columns(
        column("_found", looked_up(rule, floats(pairs, "_row"), floats(pairs, "_column"))),
        pl.lit(metric_id).alias("metric_id"),
    )
    found = found.drop("_row", "_column").filter(pl.col("_found").is_not_null())
    key = ["org_code", "org_kind", "metric_id"]
    joined = cells.join(found, on=key, how="full", coalesce=True)
    has_score = pl.col("_found").is_not_null()
    return joined.with_columns(
        pl.coalesce("_found", "recomputed_score").alias("recomputed_score"),
        pl.when(has_score).then(pl.lit(value=True)).otherwise("complete").alias("complete"),
        pl.when(has_score).then(pl.lit(rule.type)).otherwise("rule").alias("rule"),
    ).drop("_found")


def _scores_of(cells: pl.DataFrame, metric_id: str, name: str) -> pl.DataFrame:
    of_metric = cells.filter(pl.col("metric_id") == metric_id)
    return of_metric.select("org_code", "org_kind", pl.col("recomputed_score").alias(name))
