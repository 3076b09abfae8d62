"""What each organisation counted itself: numerator and denominator of every metric."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from remit.model.metric import Metric, uses_of
from remit.model.observation import Status
from remit.series.parts import uses_frame
from remit.series.time import POINT, buckets_of, joined_in_time, with_latest_base
from remit.series.wholes import BEYOND_WHOLE, held_to_wholes

WHY = pl.Enum(
    [
        BEYOND_WHOLE,
        Status.SUPPRESSED.value,
        Status.NOT_SUBMITTED.value,
        Status.NOT_APPLICABLE.value,
    ]
)
"""Why there is no figure; of several reasons the first in this order is said."""


_SUMMED = (
    "org_code",
    "layer",
    "measure",
    "cut",
    "period_start",
    "period_end",
    "value",
    "status",
    "member_of",
)


@dataclass(frozen=True, slots=True)
class OwnPoints:
    """Organisations' own points, and what is needed to find the figures behind them.

    ``points`` has a row a metric, organisation, cut and period, ``figures`` the published
    figures, ``uses`` which metric uses which measure, and ``buckets`` in which point of a metric
    a figure's period belongs. A figure of a use that ``lasts`` is a base that holds until the
    next; the ``base_start`` of points names it.
    """

    points: pl.DataFrame
    figures: pl.DataFrame
    uses: pl.DataFrame
    buckets: pl.DataFrame


def own_points(figures: pl.DataFrame, metrics: Sequence[Metric]) -> OwnPoints:
    """Make every metric for every organisation as the publication names it.

    A point is present where each measure that the metric needs is reported. ``why`` is what the
    publication says of those that are not; it is null where it has no row at all for them.
    ``half`` is the base of who gave a base and not all of what is divided by it.
    """
    lasting = [metric.id for metric in metrics if metric.denominator_period == "latest"]
    lasts = pl.col("metric_id").is_in(lasting) & (pl.col("side") == "denominator")
    uses = uses_frame(metrics).with_columns(lasts.alias("lasts"))
    buckets = buckets_of(_periods(figures, uses.filter(~pl.col("lasts"))), metrics)
    natives = _counted(figures, uses.filter(~pl.col("lasts")), metrics).join(
        buckets, on=["metric_id", "period_start", "period_end"]
    )
    points = joined_in_time(natives, metrics).with_columns(
        pl.col("metric_id").is_in(lasting).alias("has_base")
    )
    bases = _bases(figures, uses.filter("lasts"), metrics)
    whole = held_to_wholes(with_latest_base(points, bases), metrics)
    return OwnPoints(whole, figures, uses, buckets)


def _periods(figures: pl.DataFrame, uses: pl.DataFrame) -> pl.DataFrame:
    """The periods of each metric's counts."""
    columns = ("measure", "period_start", "period_end", "period_label")
    return figures.select(columns).unique().join(uses, on="measure")


def _bases(figures: pl.DataFrame, uses: pl.DataFrame, metrics: Sequence[Metric]) -> pl.DataFrame:
    whole = _counted(figures, uses, metrics).filter(
        pl.col("whole_denominator") & ~pl.col("blocked")
    )
    return whole.select(
        "metric_id",
        "org_code",
        "cut",
        pl.col("period_start").alias("base_start"),
        pl.col("denominator").alias("base"),
        pl.col("n_sources").alias("n_base"),
    )


def _counted(figures: pl.DataFrame, uses: pl.DataFrame, metrics: Sequence[Metric]) -> pl.DataFrame:
    """Both sums of each organisation and period, and whether they have all that they need."""
    used = figures.select(_SUMMED).join(uses, on="measure")
    given = (pl.col("status") == Status.REPORTED.value) & pl.col("value").is_not_null()
    why = pl.when(given).then(None).otherwise(pl.col("status").replace("reported", "not_submitted"))
    sides = [
        expression
        for side in ("numerator", "denominator")
        for expression in _side(pl.col("side") == side, given, side)
    ]
    found = used.group_by(POINT).agg(
        pl.col("layer").first(),
        pl.col("member_of").first(),
        given.sum().cast(pl.Int64).alias("n_sources"),
        why.cast(WHY).min().alias("why"),
        (pl.col("optional") & ~given).any().alias("blocked"),
        *sides,
    )
    found = found.join(_needs(metrics), on="metric_id")
    for side in ("numerator", "denominator"):
        enough = pl.col(f"{side}_needed_given") == pl.col(f"{side}_needed")
        some = (pl.col(f"{side}_given") > 0) | ~pl.col(f"has_{side}")
        found = found.with_columns((enough & some).alias(f"whole_{side}"))
    both = pl.col("whole_numerator") & (pl.col("whole_denominator") | pl.col("lasting"))
    lacking = pl.col("numerator_needed_given") < pl.col("numerator_needed")
    return found.with_columns(
        (both & ~pl.col("blocked")).alias("present"),
        pl.when(lacking & pl.col("whole_denominator"))
        .then("denominator")
        .otherwise(0.0)
        .alias("half"),
    )


def _side(here: pl.Expr, given: pl.Expr, side: str) -> list[pl.Expr]:
    return [
        (pl.col("value") * pl.col("sign")).filter(here & given).sum().alias(side),
        (here & given).sum().alias(f"{side}_given"),
        (here & given & ~pl.col("optional")).sum().alias(f"{side}_needed_given"),
    ]


def _needs(metrics: Sequence[Metric]) -> pl.DataFrame:
    """How many measures of each side a point needs; a lasting base is looked up apart."""
    rows = [
        (
            metric.id,
            sum(not use.optional for use in uses_of(metric.numerator)),
            sum(not use.optional for use in uses_of(metric.denominator)),
            True,
            bool(metric.denominator),
            metric.denominator_period == "latest",
        )
        for metric in metrics
    ]
    names = ["metric_id", "numerator_needed", "denominator_needed"]
    names += ["has_numerator", "has_denominator", "lasting"]
    return pl.DataFrame(rows, schema=names, orient="row")
