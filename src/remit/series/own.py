"""What each organisation counted itself: numerator and denominator of every metric."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from remit.model.metric import Metric, uses_of
from remit.model.observation import Status
from remit.series.grouping import Grouped
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


_KEPT = ["layer", "period_start", "period_end", "value", "member_of"]


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
    coded = _coded(figures, uses)
    needs = _needs(metrics).cast({"metric_id": coded.metric})
    natives = _counted(coded.figures, coded.uses.filter(~pl.col("lasts")), needs).join(
        buckets.cast({"metric_id": coded.metric}), on=["metric_id", "period_start", "period_end"]
    )
    points = joined_in_time(natives, metrics).with_columns(
        pl.col("metric_id").is_in(lasting).alias("has_base")
    )
    bases = _bases(_counted(coded.figures, coded.uses.filter("lasts"), needs))
    reasons = dict(enumerate(WHY.categories))
    named = with_latest_base(points, bases).with_columns(
        pl.col("metric_id", "org_code", "cut").cast(pl.String),
        pl.col("why").replace_strict(reasons, return_dtype=WHY),
    )
    return OwnPoints(held_to_wholes(named, metrics), figures, uses, buckets)


@dataclass(frozen=True, slots=True)
class _Coded:
    """Figures and uses whose names are numbers with a meaning: these are told apart far sooner."""

    figures: pl.DataFrame
    uses: pl.DataFrame
    metric: pl.Enum


def _coded(figures: pl.DataFrame, uses: pl.DataFrame) -> _Coded:
    given = (pl.col("status") == Status.REPORTED.value) & pl.col("value").is_not_null()
    why = pl.when(~given).then(pl.col("status").replace("reported", "not_submitted"))
    measure, metric = _names(uses["measure"]), _names(uses["metric_id"])
    kinds = {"org_code": _names(figures["org_code"]), "cut": _names(figures["cut"])}
    summed = figures.select(
        pl.col("measure").cast(measure),
        *(pl.col(name).cast(kind) for name, kind in kinds.items()),
        pl.col(_KEPT),
        given.alias("given"),
        why.cast(WHY).to_physical().alias("why"),
    )
    return _Coded(summed, uses.cast({"measure": measure, "metric_id": metric}), metric)


def _names(of: pl.Series) -> pl.Enum:
    return pl.Enum(of.unique().sort())


def _periods(figures: pl.DataFrame, uses: pl.DataFrame) -> pl.DataFrame:
    """The periods of each metric's counts."""
    columns = ("measure", "period_start", "period_end", "period_label")
    return figures.select(columns).unique().join(uses, on="measure")


def _bases(counted: pl.DataFrame) -> pl.DataFrame:
    whole = counted.filter(pl.col("whole_denominator") & ~pl.col("blocked"))
    return whole.select(
        "metric_id",
        "org_code",
        "cut",
        pl.col("period_start").alias("base_start"),
        pl.col("denominator").alias("base"),
        pl.col("n_sources").alias("n_base"),
    )


def _counted(figures: pl.DataFrame, uses: pl.DataFrame, needs: pl.DataFrame) -> pl.DataFrame:
    """Both sums of each organisation and period, and whether they have all that they need."""
    sides = [
        expression
        for side in ("numerator", "denominator")
        for expression in _side(pl.col("side") == side, side)
    ]
    used = figures.join(uses, on="measure", maintain_order="left_right").with_columns(
        pl.col("given").alias("n_sources"),
        (pl.col("optional") & ~pl.col("given")).alias("blocked"),
        *sides,
    )
    alike = Grouped(used, POINT)
    sums = alike.sums("n_sources", "blocked", *(one.meta.output_name() for one in sides))
    found = (
        alike.first(*POINT, "layer", "member_of")
        .with_columns(alike.least("why"), *sums)
        .with_columns(pl.col("blocked") > 0)
        .join(needs, on="metric_id")
    )
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


def _side(here: pl.Expr, side: str) -> list[pl.Expr]:
    given = here & pl.col("given")
    return [
        pl.when(given).then(pl.col("value") * pl.col("sign")).otherwise(0.0).alias(side),
        given.alias(f"{side}_given"),
        (given & ~pl.col("optional")).alias(f"{side}_needed_given"),
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
