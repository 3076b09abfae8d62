"""From organisations' own counts to the points of a series."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from remit.model.metric import Metric
from remit.model.observation import Status
from remit.series.areas import BASIS, Level

INCOMPLETE = "incomplete"
"""The status of a point whose sum lacks somebody, or a part of the period."""

POINT_OF_SERIES = ["metric_id", "cut", "area", "period_start"]

_FINEST_FIRST = pl.Enum(["trust", "icb", "region", "england"])


def on_one_basis(members: pl.DataFrame, level: Level) -> pl.DataFrame:
    """Keep of each metric and cut the members of one layer, so that nobody is counted twice.

    A publication can give trusts, their ICBs and England beside each other. Taken is the layer
    from which most periods can be made; of equal ones the finest. A series never changes its
    layer half-way. ``basis`` names it.
    """
    marked = members.with_columns(BASIS.cast(_FINEST_FIRST).alias("basis"))
    if level == "trust":
        return marked.filter(pl.col("basis") == "trust")
    reach = (
        marked.filter("present")
        .group_by("metric_id", "cut", "basis")
        .agg(pl.col("period_start").n_unique().alias("reach"))
        .sort("reach", "basis", descending=[True, False])
        .unique(["metric_id", "cut"], keep="first", maintain_order=True)
    )
    return marked.join(reach.drop("reach"), on=["metric_id", "cut", "basis"], how="semi")


def summed(members: pl.DataFrame, metrics: Sequence[Metric]) -> pl.DataFrame:
    """One row a metric, cut, area and period: both sums, the value, who is in and who is not."""
    there = pl.col("present")
    points = members.group_by(POINT_OF_SERIES).agg(
        pl.col("period_end").max(),
        pl.col("period_label").drop_nulls().first(),
        *(pl.col(side).filter(there).sum() for side in ("numerator", "denominator", "n_sources")),
        there.sum().cast(pl.Int64).alias("n_present"),
        (there | (pl.col("why") != Status.NOT_APPLICABLE.value))
        .sum()
        .cast(pl.Int64)
        .alias("n_expected"),
        pl.col("partial").any(),
        pl.col("why").min(),
        pl.col("basis").first().cast(pl.String),
    )
    return (
        points.join(_recipes(metrics), on="metric_id")
        .with_columns(_value())
        .with_columns(
            _status(),
            pl.when(pl.col("n_present") > 0).then("numerator").alias("numerator"),
            pl.when((pl.col("n_present") > 0) & pl.col("is_rate"))
            .then("denominator")
            .alias("denominator"),
        )
    )


def _recipes(metrics: Sequence[Metric]) -> pl.DataFrame:
    rows = [(m.id, number, m.scale, bool(m.denominator)) for number, m in enumerate(metrics)]
    names = ["metric_id", "metric_number", "scale", "is_rate"]
    return pl.DataFrame(rows, schema=names, orient="row")


def _value() -> pl.Expr:
    """The rate, or the count; nothing where nobody is in, or there is nothing to divide by."""
    rate = pl.when(pl.col("denominator") > 0).then(
        pl.col("numerator") / pl.col("denominator") * pl.col("scale")
    )
    count = pl.col("numerator") * pl.col("scale")
    value = pl.when("is_rate").then(rate).otherwise(count)
    return pl.when((pl.col("n_present") > 0) & value.is_finite()).then(value).alias("value")


def _status() -> pl.Expr:
    lacking = (pl.col("n_present") < pl.col("n_expected")) | pl.col("partial")
    return (
        pl.when(pl.col("n_present") == 0)
        .then(pl.col("why").cast(pl.String))
        .when(pl.col("value").is_null())
        .then(pl.lit(Status.NOT_APPLICABLE.value))
        .when(lacking)
        .then(pl.lit(INCOMPLETE))
        .otherwise(pl.lit(Status.REPORTED.value))
        .alias("status")
    )
