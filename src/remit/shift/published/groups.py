"""Measures by groups of people, where the publication tells them apart."""

from __future__ import annotations

from typing import Any

import polars as pl

from remit.model.errors import SeriesError
from remit.series import cuts, own_figures, series
from remit.shift.published.points import SHIFT_LEVELS, counted
from remit.shift.published.year import MeasureYear

GROUP_COLUMNS = {
    "measure": pl.String(),
    "level": pl.String(),
    "org_code": pl.String(),
    "org_name": pl.String(),
    "group": pl.String(),
    "periods": pl.Int64(),
    "numerator": pl.Float64(),
    "denominator": pl.Float64(),
    "value": pl.Float64(),
    "whole_value": pl.Float64(),
    "gap": pl.Float64(),
}


def groups_of(held: Any, of: MeasureYear) -> pl.DataFrame:
    """A share by groups of people (age), beside that of everybody in the area.

    Parameters
    ----------
    held
        A store.
    of
        A measure in a year. One that is withheld, or that is held against people, has none: how
        many people there are in each group is in no publication that is read.

    Returns
    -------
    polars.DataFrame
        The columns of ``GROUP_COLUMNS``; only areas whose year is read, and groups that have as
        many periods as the measure asks for.

    Examples
    --------
    ``groups_of(store, year)``
    """
    counts, gate = of.measure.counts, of.measure.gate
    if counts is None or gate is None or not counts.groups or not of.passes:
        return pl.DataFrame(schema=GROUP_COLUMNS)
    metric = counted(of.measure, counts)
    told = cuts(held, metric)["dimension"].unique().to_list()
    parts = [
        _of_level(held, of, dimension, level)
        for dimension in counts.groups
        if dimension in told
        for level in SHIFT_LEVELS
    ]
    return pl.concat([pl.DataFrame(schema=GROUP_COLUMNS), *parts])


def _of_level(held: Any, of: MeasureYear, dimension: str, level: Any) -> pl.DataFrame:
    counts, gate = of.measure.counts, of.measure.gate
    if counts is None or gate is None:
        return pl.DataFrame(schema=GROUP_COLUMNS)
    metric = counted(of.measure, counts)
    once = own_figures(held, metric, cut=dimension)
    try:
        made = series(once, metric, level, cut=dimension, on=of.year.end).frame
    except SeriesError:
        return pl.DataFrame(schema=GROUP_COLUMNS)
    within = pl.col("period_start").is_between(of.year.start, of.year.end)
    there = made.filter(within, pl.col("value").is_not_null())
    join = pl.col("numerator", "denominator")
    grouped = there.group_by("org_code", "cut", maintain_order=True).agg(
        join.sum() if counts.over_time == "sum" else join.mean(), pl.len().alias("periods")
    )
    whole = of.areas.filter(pl.col("level") == level, pl.col("status") == "read").select(
        pl.col("area_code").alias("org_code"),
        pl.col("area_name").alias("org_name"),
        pl.col("value").alias("whole_value"),
    )
    value = pl.col("numerator") / pl.col("denominator") * of.measure.scale
    return (
        grouped.filter(pl.col("periods") >= gate.least_periods)
        .join(whole, on="org_code")
        .with_columns(
            pl.lit(of.measure.id).alias("measure"),
            pl.lit(level).alias("level"),
            pl.col("cut").alias("group"),
            value.alias("value"),
            (value - pl.col("whole_value")).alias("gap"),
        )
        .select(pl.col(name).cast(kind) for name, kind in GROUP_COLUMNS.items())
        .sort("org_code", "group")
    )
