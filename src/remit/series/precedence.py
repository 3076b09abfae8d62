"""Which figures an area's value is made of: the printed row, else members that are added up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from remit.series.areas import BASIS, Level
from remit.series.grouping import with_exact_sums

PRINTED = "printed"
"""The row that the publication prints for the area."""

NAMED = "named"
"""The sum of those that the publication itself names as the area's; England's are all its rows."""

REGISTER = "register"
"""The sum of those that the register names on the day."""

OWN = "own"
"""A trust's own row; with its predecessors, the sum of their rows."""

POINT_OF_SERIES = ["metric_id", "cut", "area", "period_start"]

_FINEST = BASIS.cast(pl.Enum(["trust", "icb", "region", "england"])).alias("basis")
"""What is added up together, the finest first."""


@dataclass(frozen=True, slots=True)
class Precedence:
    """The members that points are made of, and those whose sum is said beside a printed row.

    ``below`` are all that lie below the areas, period by period: who of them is there says whose
    figure a printed row is.
    """

    used: pl.DataFrame
    beside: pl.DataFrame
    below: pl.DataFrame

    def of(self, areas: Sequence[str]) -> Precedence:
        """Those of some areas."""
        asked = pl.col("area").is_in(list(areas))
        return Precedence(
            self.used.filter(asked), self.beside.filter(asked), self.below.filter(asked)
        )


def by_precedence(
    members: pl.DataFrame, level: Level, unknown: pl.DataFrame, areas: Sequence[str] | None = None
) -> Precedence:
    """Choose for each point the members that it is made of, so that nobody is counted twice.

    A publication can give trusts, their ICBs and England beside each other. The row that it
    prints for the area comes first, period by period. Where there is none, members are added up:
    of one layer for the whole of a metric and cut, that from which most periods can be made.
    ``basis`` names the layer, ``made`` which of the ways it was.

    Parameters
    ----------
    members
        Organisations' own points with the ``area`` that they belong to.
    level
        What the series are of.
    unknown
        Who may belong to a point (:func:`remit.series.unknown.unknown_members`).
    areas
        Of whom; all if left out. Which layer is added up is chosen by the members of all.

    Examples
    --------
    ``by_precedence(members, "icb", unknown).used["made"]``
    """
    layers = None if level == "trust" else _layers(members, level)
    asked = members if areas is None else members.filter(pl.col("area").is_in(list(areas)))
    marked = asked.with_columns(_FINEST)
    if layers is None:
        own = marked.filter(pl.col("basis") == "trust").with_columns(pl.lit(OWN).alias("made"))
        several = pl.col("org_code").n_unique().over("metric_id", "cut", "area") > 1
        return Precedence(own, own.clear(), own.filter(several))
    of_area = pl.col("basis") == level
    printed = marked.filter(of_area).with_columns(pl.lit(PRINTED).alias("made"))
    by_name = pl.lit(value=True) if level == "england" else pl.col("named")
    way = pl.when(by_name).then(pl.lit(NAMED)).otherwise(pl.lit(REGISTER))
    others = marked.filter(~of_area).join(layers, on=["metric_id", "cut", "basis"], how="semi")
    below = others.with_columns(way.alias("made"))
    held = _held(printed, below, unknown)
    used = pl.concat(
        [
            printed.join(held, on=POINT_OF_SERIES, how="semi"),
            below.join(held, on=POINT_OF_SERIES, how="anti"),
            printed.join(held, on=POINT_OF_SERIES, how="anti").join(
                below, on=POINT_OF_SERIES, how="anti"
            ),
        ]
    )
    return Precedence(used, below.join(held, on=POINT_OF_SERIES, how="semi"), below)


def _layers(members: pl.DataFrame, level: Level) -> pl.DataFrame:
    """For each metric and cut the layer from whose members most periods can be made.

    Of equal ones a region takes its ICBs, whose rows hold providers too that are no NHS trust and
    belong to no ICB in the register; England takes all providers.
    """
    told = members.filter("present").select("metric_id", "cut", _FINEST, "period_start").unique()
    return (
        told.filter(pl.col("basis") != level)
        .group_by("metric_id", "cut", "basis")
        .agg(pl.len().alias("reach"))
        .sort("reach", "basis", descending=[True, level == "region"])
        .unique(["metric_id", "cut"], keep="first", maintain_order=True)
        .drop("reach")
    )


def _held(printed: pl.DataFrame, below: pl.DataFrame, unknown: pl.DataFrame) -> pl.DataFrame:
    """The points for which a printed row can be used.

    The rows of areas that are one now are not the area's where a part of a divided one lacks.
    A rate cannot be made of a printed row whose base counts providers that gave no part of its
    numerator: England's attendances until May 2023 are those of all, its four-hour waits those of
    all but fourteen trusts.
    """
    base = pl.col("denominator").drop_nulls()
    rows = with_exact_sums(
        printed.filter("present").group_by(POINT_OF_SERIES).agg(base), "denominator"
    )
    lists = below.group_by(POINT_OF_SERIES).agg(
        pl.col("denominator").filter("present").drop_nulls().alias("whole"),
        pl.col("half").drop_nulls(),
    )
    given = with_exact_sums(lists, "whole", "half")
    counts_halves = (pl.col("half") > 0) & (
        pl.col("denominator") > pl.col("whole") + pl.col("half") / 2
    )
    lacks_a_part = unknown.filter(pl.col("parted").is_not_null()).join(
        below.filter("present"), on=POINT_OF_SERIES, how="semi"
    )
    return (
        rows.join(given, on=POINT_OF_SERIES, how="left")
        .filter(~counts_halves.fill_null(value=False))
        .join(lacks_a_part, on=POINT_OF_SERIES, how="anti")
        .select(POINT_OF_SERIES)
    )
