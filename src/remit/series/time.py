"""Joining counts in time: days into months, a population that holds until the next."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

import polars as pl

from remit.model.metric import Frequency, Metric
from remit.model.period import Period, financial_year, month, quarter_of
from remit.series.areas import BASIS
from remit.series.grouping import Grouped

_FEWEST_DAYS = {Frequency.DAY: 1, Frequency.MONTH: 28, Frequency.QUARTER: 90, Frequency.YEAR: 360}
"""The length of the shortest of each; what is shorter is joined."""

POINT = ["metric_id", "org_code", "cut", "period_start", "period_end"]
"""What the parts of a count have in common."""


def buckets_of(used: pl.DataFrame, metrics: Sequence[Metric]) -> pl.DataFrame:
    """In which point of a metric a count of which period belongs.

    Parameters
    ----------
    used
        With ``metric_id, period_start, period_end, period_label``.

    Returns
    -------
    polars.DataFrame
        ``metric_id, period_start, period_end`` and ``bucket_start, bucket_end, bucket_label``:
        the month, quarter or financial year for what comes more often than the metric, else the
        count's own period.
    """
    frequencies = pl.DataFrame(
        [(m.id, str(m.frequency), _FEWEST_DAYS[m.frequency or Frequency.DAY]) for m in metrics],
        schema={"metric_id": pl.String, "frequency": pl.String, "fewest": pl.Int64},
        orient="row",
    )
    start = pl.col("period_start")
    days = (pl.col("period_end") - start).dt.total_days() + 1
    first = (
        pl.when(days >= pl.col("fewest"))
        .then(None)
        .when(pl.col("frequency") == Frequency.MONTH)
        .then(start.dt.truncate("1mo"))
        .when(pl.col("frequency") == Frequency.QUARTER)
        .then(start.dt.truncate("1q"))
        # The financial year begins in April: three months earlier it is a calendar year.
        .otherwise(start.dt.offset_by("-3mo").dt.truncate("1y").dt.offset_by("3mo"))
    )
    periods = used.group_by("metric_id", "period_start", "period_end").agg(
        pl.col("period_label").drop_nulls().first()
    )
    found = periods.join(frequencies, on="metric_id").with_columns(first.alias("bucket_start"))
    pairs = found.select("frequency", "bucket_start").drop_nulls().unique()
    return found.join(
        _named(pairs.iter_rows()), on=["frequency", "bucket_start"], how="left"
    ).select(
        "metric_id",
        "period_start",
        "period_end",
        pl.col("bucket_start").fill_null(start),
        pl.col("bucket_end").fill_null(pl.col("period_end")),
        pl.col("bucket_label").fill_null(pl.col("period_label")),
    )


def _named(pairs: Iterable[tuple[str, date]]) -> pl.DataFrame:
    rows = []
    for frequency, start in pairs:
        period = _period(frequency, start)
        rows.append((frequency, start, period.end, period.label))
    shape = {
        "frequency": pl.String,
        "bucket_start": pl.Date,
        "bucket_end": pl.Date,
        "bucket_label": pl.String,
    }
    return pl.DataFrame(rows, schema=shape, orient="row")


def _period(frequency: str, start: date) -> Period:
    if frequency == Frequency.MONTH:
        return month(start.year, start.month)
    if frequency == Frequency.QUARTER:
        return quarter_of(start)
    return financial_year(start.year)


def joined_in_time(points: pl.DataFrame, metrics: Sequence[Metric]) -> pl.DataFrame:
    """One row a metric, organisation, cut and point, from rows with buckets.

    Events are added up and what is counted at a moment is averaged, over the periods that have
    the whole count. ``partial`` says that others have a period in this point which this one
    lacks, or that the point is short for all.
    """
    key = ["metric_id", "cut", "bucket_start"]
    there = pl.col("present")
    means = [metric.id for metric in metrics if metric.over_time == "mean"]
    is_mean = pl.col("metric_id").is_in(means)
    sides = ("numerator", "denominator", "n_sources")
    counted = points.with_columns(
        pl.when(~there).then("why").alias("why"),
        there.alias("n_own"),
        *(pl.when(there).then(side).otherwise(0).alias(side) for side in sides),
    )
    alike = Grouped(counted, [*key, "org_code", "bucket_end"])
    own = alike.first(*key, "org_code", "bucket_end", "bucket_label", "layer").with_columns(
        alike.last("member_of"), alike.least("why"), *alike.sums("n_own", "half", *sides)
    )
    return (
        own.rename({"bucket_label": "period_label"})
        .with_columns(BASIS.alias("basis"))
        .join(_among_all(points.filter(there)), on=[*key, "basis"], how="left")
        .with_columns(
            pl.when(is_mean & (pl.col("n_own") > 0))
            .then(pl.col(side) / pl.col("n_own"))
            .otherwise(pl.col(side))
            .alias(side)
            for side in ("numerator", "denominator")
        )
        .with_columns(
            (pl.col("n_own") > 0).alias("present"),
            (
                (pl.col("n_own") > 0) & ((pl.col("n_own") < pl.col("n_there")) | pl.col("is_short"))
            ).alias("partial"),
        )
        .rename({"bucket_start": "period_start", "bucket_end": "period_end"})
        .drop("n_own", "n_there", "is_short", "basis")
    )


def _among_all(present: pl.DataFrame) -> pl.DataFrame:
    """How many periods anybody of a layer has in a point, and whether that is too few for it.

    Of months in a quarter or a year none may lack. Of days a publication may leave out weekends:
    a point is short that has less than three quarters of the days of the fullest one, or hardly
    more than half.
    """
    bucket = (pl.col("bucket_end") - pl.col("bucket_start")).dt.total_days() + 1
    one = (pl.col("period_end") - pl.col("period_start")).dt.total_days() + 1
    found = present.group_by(
        "metric_id", "cut", BASIS.alias("basis"), "bucket_start", "bucket_end"
    ).agg(pl.col("period_start").n_unique().alias("n_there"), one.max().alias("days"))
    share = pl.col("n_there") * pl.col("days") / bucket
    fullest = share.max().over("metric_id", "cut", "basis")
    whole_months = pl.col("days") >= _FEWEST_DAYS[Frequency.MONTH]
    least = pl.when(whole_months).then(0.95).otherwise(pl.max_horizontal(0.75 * fullest, 0.55))
    return found.with_columns((share < least).alias("is_short")).drop("days", "bucket_end")


def with_latest_base(points: pl.DataFrame, bases: pl.DataFrame) -> pl.DataFrame:
    """Give points the base that was the last to begin by the end of their period.

    Parameters
    ----------
    points
        Points whose ``has_base`` says that their metric is divided by such a base; the others
        stay as they are, and without a base a point is not present.
    bases
        ``metric_id, org_code, cut, base_start, base, n_base``.
    """
    found = points.sort("period_end").join_asof(
        bases.sort("base_start"),
        left_on="period_end",
        right_on="base_start",
        by=["metric_id", "org_code", "cut"],
        strategy="backward",
        check_sortedness=False,
    )
    there = ~pl.col("has_base") | pl.col("base").is_not_null()
    return found.with_columns(
        pl.when("has_base").then("base").otherwise("denominator").alias("denominator"),
        (pl.col("present") & there).alias("present"),
        pl.col("n_sources") + pl.col("n_base").fill_null(0),
    ).drop("base", "n_base", "has_base")
