"""The standing of each organisation and its domains, beside the published results."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import polars as pl

from remit.assessment.judgement.capability import RATING, capability_overrides, rated
from remit.assessment.result.assessment import CutPoints, Mode
from remit.assessment.scoring.inputs import Inputs
from remit.assessment.scoring.segments import (
    all_overrides,
    apply_overrides,
    domain_segments,
    flag_column,
    league_rank,
    segment_column,
)
from remit.model.framework import Framework

if TYPE_CHECKING:
    from remit.register import Register

_STANDING_COLUMNS = [
    "org_code",
    "org_name",
    "kind",
    "n_metrics",
    "average_score",
    "published_average_score",
    "unadjusted_segment",
    "override",
    "adjusted_segment",
    "published_segment",
    "rank",
    "published_rank",
    "subkind",
    "region_code",
    "icb_code",
    "computed_unadjusted_segment",
    "published_unadjusted_segment",
    "final_segment",
    "published_final_segment",
    "overrides_applied",
    RATING,
]
_WHERE_THE_FRAMEWORK_HAS_THEM = [
    "judged_by",
    "judged_on",
    "own_score",
    "system_score",
    "system_weight",
]


def base_table(inputs: Inputs, register: Register, on: date) -> pl.DataFrame:
    """Who each organisation is, on the period's last day."""
    rows = []
    for code, kind in inputs.kinds.sort("org_code").iter_rows():
        organisation = register.get(code)
        region, icb = register.region(code, on), register.lead_icb(code, on)
        rows.append(
            {
                "org_code": code,
                "org_name": organisation.name_on(on),
                "kind": kind,
                "org_kind": kind,
                "subkind": organisation.subkind,
                "region_code": region.code if region else None,
                "icb_code": icb.code if icb else None,
            }
        )
    columns = ("org_code", "org_name", "kind", "org_kind", "subkind", "region_code", "icb_code")
    return pl.DataFrame(rows, schema=dict.fromkeys(columns, pl.String))


def standing_table(
    base: pl.DataFrame, inputs: Inputs, framework: Framework, mode: Mode, cuts: CutPoints
) -> pl.DataFrame:
    """Segments, overrides and ranks beside the published ones, one row an organisation."""
    segments = framework.segments
    published = {
        "published_average_score": framework.aggregation.published_average,
        "published_unadjusted_segment": segments.published_unadjusted,
        "published_segment": segments.published_adjusted,
        "published_final_segment": segments.published_final,
    }
    standing = base
    for column, metric_id in published.items():
        standing = _with_result(standing, inputs, metric_id, column)
    standing = _with_published_rank(standing, inputs, framework)
    for override in segments.overrides:
        standing = _with_result(standing, inputs, override.flag, flag_column(override))
    effects = capability_overrides(framework)
    standing = standing.with_columns(rated(effect).alias(flag_column(effect)) for effect in effects)
    overrides = all_overrides(framework)
    whole = [name for name in published if name.endswith("segment")]
    standing = standing.with_columns(pl.col(whole).cast(pl.Int64))
    standing = standing.with_columns(
        segment_column("computed_unadjusted_segment", standing, "average_score", cuts.values)
    )
    unadjusted = _unadjusted(mode, cuts, framework)
    standing = standing.with_columns(unadjusted.alias("unadjusted_segment"))
    standing = apply_overrides(standing, overrides)
    if mode == "published" and cuts.basis != "given" and segments.unknown_steps:
        standing = standing.with_columns(**_as_published())
    standing = standing.with_columns(league_rank(standing, framework, mode))
    more = [name for name in _WHERE_THE_FRAMEWORK_HAS_THEM if name in standing.columns]
    flags = [flag_column(override) for override in overrides]
    return standing.select([*_STANDING_COLUMNS, *more, *flags]).sort("org_code")


def _unadjusted(mode: Mode, cuts: CutPoints, framework: Framework) -> pl.Expr:
    """As judged; else in published mode the published segment, unless cut points are given.

    Where thresholds are not public, those that others' segments imply are for comparison only: who
    has no published segment gets none.
    """
    computed = pl.col("computed_unadjusted_segment")
    if cuts.basis == "judgement":
        return pl.col("judged_segment")
    if mode == "recomputed" or cuts.basis == "given":
        return computed
    either = pl.coalesce("published_unadjusted_segment", computed)
    if framework.segments.cut_points.are_unknown:
        return pl.when(~no_segment_published()).then(either)
    return either


def no_segment_published() -> pl.Expr:
    """Whether a row of the standing has no published segment of any sort."""
    names = ("published_unadjusted_segment", "published_segment", "published_final_segment")
    return pl.all_horizontal(pl.col(name).is_null() for name in names)


def _as_published() -> dict[str, pl.Expr]:
    """The segments after steps that Remit does not know: only the publication can say them."""
    adjusted = pl.coalesce("published_segment", "adjusted_segment")
    return {
        "adjusted_segment": adjusted,
        "final_segment": pl.coalesce(
            "published_final_segment", "published_segment", "final_segment"
        ),
    }


def _with_result(
    frame: pl.DataFrame, inputs: Inputs, metric_id: str | None, column: str
) -> pl.DataFrame:
    """Add a published result of each organisation as a column; null where there is none."""
    found = inputs.results.filter(pl.col("metric_id") == (metric_id or ""))
    return frame.join(
        found.select("org_code", pl.col("value").alias(column)), on="org_code", how="left"
    )


def _with_published_rank(frame: pl.DataFrame, inputs: Inputs, framework: Framework) -> pl.DataFrame:
    """Add the rank that stands beside the published adjusted segment."""
    adjusted = framework.segments.published_adjusted or ""
    found = inputs.results.filter(pl.col("metric_id") == adjusted)
    rank = found.select("org_code", pl.col("published_rank").cast(pl.Int64))
    return frame.join(rank, on="org_code", how="left")


def domain_table(
    means: pl.DataFrame, inputs: Inputs, framework: Framework, mode: Mode
) -> pl.DataFrame:
    """Domain scores and segments beside the published ones; domains carry their names."""
    table = domain_segments(means, inputs.kinds, framework)
    pieces = []
    for domain in framework.domains:
        part = table.filter(pl.col("domain") == domain.id)
        part = _with_result(part, inputs, domain.published_score, "published_score")
        part = _with_result(part, inputs, domain.published_segment, "published_segment")
        pieces.append(part.with_columns(pl.lit(domain.name).alias("domain")))
    domains = pl.concat(pieces).with_columns(pl.col("published_segment").cast(pl.Int64))
    if mode == "published":
        chosen = pl.coalesce("published_segment", "segment")
        domains = domains.with_columns(chosen.alias("segment"))
    columns = ["org_code", "domain", "score", "segment", "published_score", "published_segment"]
    return domains.select([*columns, "n_scores"]).sort("org_code", maintain_order=True)
