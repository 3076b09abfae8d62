"""Which way a measure moves: the house's control charts of its periods."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from remit.shift.published.year import READ, MeasureYear
from remit.signals.changes import Rebase
from remit.signals.charts import Charts, spc
from remit.signals.rule_sets import load_rules

RULES = "mdc-nhsr"

TOWARDS, AWAY, UNCHANGED, TOO_FEW = "towards", "away", "no_change", "too_few"
UP, DOWN = "up", "down"

_MOVES = {
    "special_cause_improvement": TOWARDS,
    "special_cause_concern": AWAY,
    "common_cause": UNCHANGED,
    "special_cause_neutral_high": UP,
    "special_cause_neutral_low": DOWN,
}

MOVE_WORDS = {
    TOWARDS: "closer to home",
    AWAY: "away",
    UNCHANGED: "no change",
    UP: "up",
    DOWN: "down",
    TOO_FEW: "too few points",
}
"""How a table says which way a measure moves."""

_SHAPE = {
    "level": pl.String,
    "area_code": pl.String,
    "moves": pl.String,
    "points": pl.Int64,
    "since": pl.Date,
}


@dataclass(frozen=True, slots=True)
class _Chart:
    """The points of one measure, with the days from which it is another series."""

    points: pl.DataFrame
    rebases: tuple[Rebase, ...]


def moves_of(of: MeasureYear) -> pl.DataFrame:
    """Which way each area moves at the end of the year.

    Parameters
    ----------
    of
        A measure in a year.

    Returns
    -------
    polars.DataFrame
        ``level, area_code, moves, points, since``: ``towards`` or ``away`` from care closer to
        home by special cause, ``no_change`` (common cause), ``up`` or ``down`` where neither way
        is better, ``too_few`` points; of how many points, and since when they are one series.
        Empty where the measure is withheld.

    Examples
    --------
    ``moves_of(year)``
    """
    charts = charts_of(of)
    if charts is None:
        return pl.DataFrame(schema=_SHAPE)
    least = load_rules(RULES).minimum_points
    lately = _latest_stretches(charts.points)
    told: pl.DataFrame = (
        charts.series.join(lately, on=["level", "area_code"], how="left")
        .with_columns(
            pl.when(pl.col("points") < least)
            .then(pl.lit(TOO_FEW))
            .otherwise(pl.col("variation").replace_strict(_MOVES, default=UNCHANGED))
            .alias("moves")
        )
        .select(pl.col(name).cast(kind) for name, kind in _SHAPE.items())
    )
    return told


def charts_of(of: MeasureYear) -> Charts | None:
    """The control charts of a measure, one an area; None where it is withheld.

    Examples
    --------
    ``charts_of(year).points``
    """
    chart = _chart(of)
    if chart.points.is_empty():
        return None
    return spc(
        chart.points,
        better="better",
        series=["level", "area_code"],
        rules=RULES,
        rebase=chart.rebases,
    )


def _latest_stretches(points: pl.DataFrame) -> pl.DataFrame:
    """Of the latest stretch of each series: how many points, and its first day."""
    there = points.filter(pl.col("value").is_not_null())
    last = pl.col("stretch") == pl.col("stretch").max().over("level", "area_code")
    return (
        there.filter(last)
        .group_by("level", "area_code")
        .agg(pl.len().cast(pl.Int64).alias("points"), pl.col("date").min().alias("since"))
    )


def _chart(of: MeasureYear) -> _Chart:
    read = of.areas.filter(pl.col("status") == READ).select("level", "area_code")
    points = of.points.join(read, on=["level", "area_code"], how="semi").select(
        "level",
        "area_code",
        pl.col("period_start").alias("date"),
        pl.when("whole").then("value").alias("value"),
        pl.lit(of.measure.towards).alias("better"),
    )
    first = points.group_by("level", "area_code").agg(
        pl.col("date").min(), pl.col("date").max().alias("last")
    )
    return _Chart(points, (*_members(of, first), *_recording(of, first)))


def _members(of: MeasureYear, first: pl.DataFrame) -> list[Rebase]:
    """A re-basing where the members of an area change; its series has two names here."""
    levels = {code: level for level, code in first.select("level", "area_code").rows()}
    made = []
    for one in of.made_of.rebases:
        code = str(one.series).split(" · ", 1)[0]
        if code in levels:
            made.append(Rebase(one.on, one.reason, f"{levels[code]} · {code}", of_members=True))
    return made


def _recording(of: MeasureYear, first: pl.DataFrame) -> list[Rebase]:
    """A re-basing where figures are recorded otherwise from a declared day on."""
    return [
        Rebase(change.since, change.what, f"{level} · {code}")
        for change in of.measure.changes
        for level, code, start, last in first.select("level", "area_code", "date", "last").rows()
        if start < change.since <= last
    ]
