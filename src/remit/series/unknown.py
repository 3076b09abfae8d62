"""Whose figures may belong to an area, and it is not known whether they do."""

from __future__ import annotations

import polars as pl

from remit.model.observation import Status
from remit.series.areas import BASIS, Level
from remit.series.precedence import POINT_OF_SERIES


def unknown_members(every: pl.DataFrame, level: Level) -> pl.DataFrame:
    """For each point those that may belong to it.

    Parameters
    ----------
    every
        Organisations' own points with ``perhaps``, the areas that each may belong to.
    level
        What the series are of.

    Returns
    -------
    polars.DataFrame
        ``metric_id, cut, area, period_start``, ``unknown`` (members of which it is not known to
        which area they belong) and ``parted`` (areas that were divided: a part of each belongs
        here, and the publication does not tell it apart); codes apart by spaces, or null.
    """
    told = every.filter(
        pl.col("perhaps").is_not_null(),
        pl.col("present") | (pl.col("why") != Status.NOT_APPLICABLE.value),
    )
    rows = told.with_columns(pl.col("perhaps").str.split(" ").alias("area")).explode("area")
    divided = BASIS.eq(level)
    return rows.group_by(POINT_OF_SERIES).agg(
        _codes(~divided).alias("unknown"), _codes(divided).alias("parted")
    )


def _codes(which: pl.Expr) -> pl.Expr:
    codes = pl.col("org_code").filter(which).unique().sort().str.join(" ")
    return pl.when(codes != "").then(codes)
