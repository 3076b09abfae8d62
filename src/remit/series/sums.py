"""From organisations' own counts to the points of a series."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from remit.model.metric import Metric
from remit.model.observation import Status
from remit.series.grouping import with_exact_sums
from remit.series.precedence import OWN, POINT_OF_SERIES, PRINTED, Precedence

INCOMPLETE = "incomplete"
"""The status of a point whose sum lacks somebody, or a part of the period."""

NOBODY_COUNTED = "nobody_counted"
"""The status of a rate whose denominator is 0: it applies, and there is nothing to divide by."""

_SIDES = ("numerator", "denominator")


def points_of(chosen: Precedence, metrics: Sequence[Metric], unknown: pl.DataFrame) -> pl.DataFrame:
    """One row a metric, cut, area and period.

    Beside a value that is printed stand the sum of those below it, how many they are, and who of
    them is not there. A sum whose members are not all known is incomplete.

    Parameters
    ----------
    chosen
        The members that points are made of.
    metrics
        In the order in which their points stand.
    unknown
        Who may belong to a point (:func:`remit.series.unknown.unknown_members`).

    Examples
    --------
    ``points_of(by_precedence(members, "icb", unknown), metrics, unknown)``
    """
    beside = _summed(chosen.beside, metrics).select(
        *POINT_OF_SERIES,
        pl.col("value").alias("sum_value"),
        pl.col("n_present").alias("n_summed"),
        pl.col("basis").alias("sum_basis"),
        pl.col("without").alias("sum_without"),
    )
    points = _summed(chosen.used, metrics).join(beside, on=POINT_OF_SERIES, how="left")
    printed = pl.col("made") == PRINTED
    lacking = pl.col("parted").is_not_null() | (~printed & pl.col("unknown").is_not_null())
    incomplete = (pl.col("status") == Status.REPORTED.value) & lacking
    return points.join(unknown, on=POINT_OF_SERIES, how="left").with_columns(
        pl.coalesce("sum_without", "without").alias("without"),
        pl.when(~printed).then("unknown").alias("unknown"),
        pl.when(incomplete).then(pl.lit(INCOMPLETE)).otherwise("status").alias("status"),
    )


def _summed(members: pl.DataFrame, metrics: Sequence[Metric]) -> pl.DataFrame:
    """Both sums, the value, who is in and who is not."""
    there = pl.col("present")
    points = members.group_by(POINT_OF_SERIES).agg(
        pl.col("period_end").max(),
        pl.col("period_label").min(),
        *(pl.col(side).filter(there).drop_nulls() for side in _SIDES),
        pl.col("n_sources").filter(there).sum(),
        there.sum().cast(pl.Int64).alias("n_present"),
        (there & (pl.col("denominator") > 0)).sum().cast(pl.Int64).alias("n_with_base"),
        (there | _is_missing()).sum().cast(pl.Int64).alias("n_expected"),
        pl.col("partial").any(),
        pl.col("why").min(),
        pl.col("basis").first().cast(pl.String),
        pl.col("made").first(),
        pl.col("org_code").filter(_is_missing()).sort().str.join(" ").alias("without"),
        pl.col("org_code")
        .filter(
            there & pl.col("made").is_in([OWN, PRINTED]) & (pl.col("org_code") != pl.col("area"))
        )
        .sort()
        .str.join(" ")
        .alias("others"),
    )
    return (
        with_exact_sums(points, *_SIDES)
        .join(_recipes(metrics), on="metric_id")
        .with_columns(_value())
        .with_columns(
            _status(),
            pl.when("is_rate").then("n_with_base").otherwise("n_present").alias("n_counted"),
            pl.when(pl.col("n_present") > 0).then("numerator").alias("numerator"),
            pl.when((pl.col("n_present") > 0) & pl.col("is_rate"))
            .then("denominator")
            .alias("denominator"),
        )
    )


def _is_missing() -> pl.Expr:
    return ~pl.col("present") & (pl.col("why") != Status.NOT_APPLICABLE.value)


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
        .when(pl.col("value").is_null() & pl.col("is_rate") & (pl.col("denominator") == 0))
        .then(pl.lit(NOBODY_COUNTED))
        .when(pl.col("value").is_null())
        .then(pl.lit(Status.NOT_APPLICABLE.value))
        .when(lacking)
        .then(pl.lit(INCOMPLETE))
        .otherwise(pl.lit(Status.REPORTED.value))
        .alias("status")
    )
