"""How the performance of a system enters its ICB's score."""

from __future__ import annotations

import polars as pl

from remit.model.framework import Framework
from remit.model.organisation import SubjectKind

ICB = SubjectKind.ICB.value


def own_entries(entered: pl.DataFrame, kinds: pl.DataFrame, framework: Framework) -> pl.DataFrame:
    """The scores that make an organisation's own average: an ICB's without system metrics."""
    adjustment = framework.system_adjustment
    if adjustment is None or not adjustment.metrics:
        return entered
    return entered.filter(~_of_system(kinds, adjustment.metrics))


def _of_system(kinds: pl.DataFrame, metrics: tuple[str, ...]) -> pl.Expr:
    icbs = kinds.filter(pl.col("org_kind") == ICB)["org_code"].to_list()
    return pl.col("org_code").is_in(icbs) & pl.col("entry").is_in(list(metrics))


def weight_of(framework: Framework, given: float | None) -> float | None:
    """The system's share of an ICB's score: the user's, else the framework's, else not known."""
    adjustment = framework.system_adjustment
    return given if given is not None or adjustment is None else adjustment.weight


def adjust_for_system(
    base: pl.DataFrame, entered: pl.DataFrame, framework: Framework, given: float | None
) -> pl.DataFrame:
    """Where the framework adjusts, add ``own_score``, ``system_score`` and ``system_weight``.

    ``average_score`` of an ICB becomes ``(1 - weight) own + weight system`` where all three are
    known; without a system score there is no adjusted score, since a part of it is missing.
    """
    if framework.system_adjustment is None:
        return base
    weight = weight_of(framework, given)
    table = base.join(_system_scores(base, entered, framework), on="org_code", how="left")
    is_icb = pl.col("org_kind") == ICB
    table = table.with_columns(
        pl.when(is_icb).then("average_score").alias("own_score"),
        pl.when(is_icb).then(pl.lit(weight, dtype=pl.Float64)).alias("system_weight"),
    )
    if weight is None:
        return table
    adjusted = (1 - weight) * pl.col("own_score") + weight * pl.col("system_score")
    return table.with_columns(
        pl.when(is_icb).then(adjusted).otherwise("average_score").alias("average_score")
    )


def _system_scores(base: pl.DataFrame, entered: pl.DataFrame, framework: Framework) -> pl.DataFrame:
    """``org_code, system_score`` of each ICB: over its trusts, or over its system metrics."""
    adjustment = framework.system_adjustment
    if adjustment is not None and adjustment.metrics:
        kinds = base.select("org_code", "org_kind")
        rows = entered.filter(_of_system(kinds, adjustment.metrics))
        return rows.group_by("org_code").agg(pl.col("score").mean().alias("system_score"))
    trusts = base.filter((pl.col("org_kind") != ICB) & pl.col("icb_code").is_not_null())
    return trusts.group_by(pl.col("icb_code").alias("org_code")).agg(
        pl.col("average_score").mean().alias("system_score")
    )


def adjustment_notes(base: pl.DataFrame, framework: Framework, given: float | None) -> list[str]:
    """What a reader must know of the adjustment."""
    if framework.system_adjustment is None or base.filter(pl.col("org_kind") == ICB).is_empty():
        return []
    weight = weight_of(framework, given)
    if weight is None:
        return [
            "ICBs are not adjusted for their systems: how much the system counts is not known. "
            "--system-weight 0.5 would count it half."
        ]
    whose = "given by the user" if given is not None else "declared by the framework"
    return [f"ICBs are adjusted for their systems with the weight {weight:g}, {whose}."]
