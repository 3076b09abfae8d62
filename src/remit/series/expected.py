"""Who should be in a sum: so that one that is not there is counted as missing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import polars as pl

from remit.model.metric import Metric
from remit.model.observation import Status
from remit.register import Register
from remit.series.areas import BASIS, OTHER_PROVIDER, closings

SILENT_DAYS = 100
"""A trust silent for longer, and longer than one period, is taken to have given the service up;
until then it is missing."""

_OF = ["metric_id", "cut", "org_code"]


def while_published(points: pl.DataFrame, metrics: Sequence[Metric]) -> pl.DataFrame:
    """Leave out the periods before a metric began and after it ended: nothing is missing there."""
    dated = [(m.id, m.valid_from or date.min, m.valid_to or date.max) for m in metrics]
    shape = {"metric_id": pl.String, "valid_from": pl.Date, "valid_to": pl.Date}
    spans = pl.DataFrame(dated, schema=shape, orient="row")
    held = pl.col("period_end").is_between(pl.col("valid_from"), pl.col("valid_to"))
    found = points.join(spans, on="metric_id", how="left", maintain_order="left").filter(held)
    return found.drop("valid_from", "valid_to")


def with_missing(points: pl.DataFrame, register: Register) -> pl.DataFrame:
    """Add a row for each organisation and period that should be there and is not.

    A period is one that somebody of the same layer has a whole count for: trusts miss nothing in
    a month that was published for England alone.
    An organisation is expected from its first figure to its last, and for three months or one
    period after that while it is open; another provider only between its first and last figure.
    What the
    publication itself marks as not given is expected too, unless it does not apply. Rows of
    organisations that never had a whole count, and of which the publication says nothing, go.
    """
    there = pl.col("present")
    windows = (
        points.filter(there)
        .group_by(_OF)
        .agg(
            pl.col("layer").first(),
            pl.col("member_of").last(),
            pl.col("period_start").min().alias("first"),
            pl.col("period_start").max().alias("last"),
        )
        .join(closings(register, points["org_code"].unique()), on="org_code", how="left")
    )
    periods = (
        points.filter(there)
        .group_by("metric_id", "cut", BASIS.alias("basis"), "period_start", "period_end")
        .agg(pl.col("period_label").first())
    )
    start, end = pl.col("period_start"), pl.col("period_end")
    patience = pl.max_horizontal(pl.lit(SILENT_DAYS), (end - start).dt.total_days() + 31)
    lately = (start - pl.col("last")).dt.total_days() <= patience
    goes_on = lately & (pl.col("layer") != OTHER_PROVIDER) & (pl.col("closed") >= end)
    of_layer = ["metric_id", "cut", "basis"]
    grid = (
        windows.with_columns(BASIS.alias("basis"))
        .join(periods, on=of_layer)
        .filter((start >= pl.col("first")) & ((start <= pl.col("last")) | goes_on.fill_null(False)))
    )
    absent = grid.join(points, on=[*_OF, "period_start"], how="anti").with_columns(
        pl.lit(False).alias("present"), pl.lit(False).alias("partial")
    )
    expected = grid.select(*_OF, "period_start", pl.lit(True).alias("in_window"))
    known = points.join(expected, on=[*_OF, "period_start"], how="left").filter(
        there | pl.col("why").is_not_null() | pl.col("in_window")
    )
    every = pl.concat(
        [known, absent.drop("first", "last", "closed", "basis")], how="diagonal_relaxed"
    )
    why = pl.col("why").fill_null(Status.NOT_SUBMITTED.value)
    return every.drop("in_window").with_columns(pl.when(~there).then(why))
