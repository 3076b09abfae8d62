"""The points of a measure: counts above and below the line, area by area and period by period."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import polars as pl

from remit.model.errors import SeriesError
from remit.model.metric import Better, Metric
from remit.model.observation import Source
from remit.model.organisation import OrganisationType
from remit.model.period import financial_year_of
from remit.model.shift_measures import ShiftCounts, ShiftMeasure
from remit.register import Register
from remit.series import Level, OwnFigures, Series, own_figures, series
from remit.series.areas import ENGLAND, names
from remit.signals.changes import Rebase
from remit.signals.of_series import charted_value, member_rebases

SHIFT_LEVELS: tuple[Level, ...] = ("icb", "region", "england")

POINT_COLUMNS: dict[str, pl.DataType] = {
    "level": pl.String(),
    "area_code": pl.String(),
    "area_name": pl.String(),
    "period_label": pl.String(),
    "period_start": pl.Date(),
    "period_end": pl.Date(),
    "numerator": pl.Float64(),
    "denominator": pl.Float64(),
    "status": pl.String(),
    "made": pl.String(),
    "present": pl.Int64(),
    "expected": pl.Int64(),
    "without": pl.String(),
    "whole": pl.Boolean(),
}
"""``whole`` is false where a point lacks somebody and cannot be held against others."""


@dataclass(frozen=True, slots=True)
class MeasurePoints:
    """All points of a measure, and the days from which an area has other members."""

    frame: pl.DataFrame
    rebases: tuple[Rebase, ...]
    sources: Mapping[str, Source]

    def of_known(self, codes: Set[str]) -> MeasurePoints:
        """Without the row that some publications print for an unknown ICB."""
        placed = (pl.col("level") != "icb") | pl.col("area_code").is_in(list(codes))
        return replace(self, frame=self.frame.filter(placed))


def counted(measure: ShiftMeasure, counts: ShiftCounts) -> Metric:
    """What a measure counts, as a metric that :func:`remit.series.series` makes."""
    return Metric(
        id=f"shift.{measure.id}",
        name=measure.name,
        unit=measure.unit,
        better=Better(measure.towards),
        horizon=measure.horizon,
        aim="none",
        setting=measure.side,
        why_it_matters=measure.definition,
        source=measure.source,
        numerator=counts.numerator,
        denominator=counts.denominator,
        frequency=counts.frequency,
        over_time=counts.over_time,
        denominator_period=counts.denominator_period,
    )


@dataclass(frozen=True, slots=True)
class Counted:
    """What organisations counted for a measure, before areas are made of it."""

    measure: ShiftMeasure
    metric: Metric
    once: OwnFigures

    @property
    def years(self) -> set[date]:
        """The first days of the financial years that there is a figure of."""
        if self.once.own is None:
            return set()
        there = self.once.own.points.filter("present")["period_start"].unique()
        return {financial_year_of(day).start for day in there}


def counted_of(held: Any, measure: ShiftMeasure, register: Register) -> Counted | None:
    """What organisations counted for a measure; None where there is no figure.

    Parameters
    ----------
    held
        A store, or what :func:`remit.series.series` takes.
    measure
        What is measured.
    register
        The organisations.

    Examples
    --------
    ``counted_of(store, measure, load_register())``
    """
    counts = measure.counts
    if counts is None:
        return None
    plain = counts.model_copy(update={"denominator": ()}) if counts.kinds else counts
    metric = counted(measure, plain)
    once = own_figures(held, metric, register=register)
    return None if once.own is None else Counted(measure, metric, once)


def points_of_measure(of: Counted, on: date, register: Register) -> MeasurePoints:
    """The points of a measure for ICBs, regions and England.

    Parameters
    ----------
    of
        What organisations counted.
    on
        The day whose ICBs and regions are shown.
    register
        The organisations.

    Examples
    --------
    ``points_of_measure(counted, date(2025, 3, 31), load_register())``
    """
    kinds = of.measure.counts.kinds if of.measure.counts else ()
    if kinds:
        return _of_kinds(_at(of, "trust", on), [str(kind) for kind in kinds], on, register)
    return _joined([_at(of, level, on) for level in SHIFT_LEVELS])


def _at(of: Counted, level: Level, on: date) -> MeasurePoints:
    try:
        made = series(of.once, of.metric, level, on=on)
    except SeriesError:
        return MeasurePoints(pl.DataFrame(schema=POINT_COLUMNS), (), {})
    return MeasurePoints(_framed(made), tuple(member_rebases(made)), made.sources)


def _framed(made: Series) -> pl.DataFrame:
    there = pl.col("value").is_not_null()
    return made.frame.select(
        pl.lit(made.level).alias("level"),
        pl.col("org_code").alias("area_code"),
        pl.col("org_name").alias("area_name"),
        "period_label",
        "period_start",
        "period_end",
        pl.when(there).then("numerator").alias("numerator"),
        pl.when(there).then("denominator").alias("denominator"),
        "status",
        "made",
        pl.col("n_present").alias("present"),
        pl.col("n_expected").alias("expected"),
        "without",
        charted_value(made).is_not_null().alias("whole"),
    ).cast(POINT_COLUMNS)  # type: ignore[arg-type]


def _joined(parts: Sequence[MeasurePoints]) -> MeasurePoints:
    return MeasurePoints(
        pl.concat([part.frame for part in parts]),
        tuple(one for part in parts for one in part.rebases),
        {key: one for part in parts for key, one in part.sources.items()},
    )


def _of_kinds(
    own: MeasurePoints, kinds: Sequence[str], on: date, register: Register
) -> MeasurePoints:
    """A share of trusts of some kinds: each trust with its kind and its ICB of that day.

    All trusts' counts stand below the line, those of the kinds above it. A trust whose kind the
    register does not know counts as one that lacks.
    """
    codes = own.frame["area_code"].unique().to_list()
    fictional = any((found := register.find(code)) and found.fictional for code in codes)
    england = names(register, [ENGLAND], on, fictional=fictional)["org_name"].item()
    above = pl.when(pl.col("kind").is_in(kinds)).then("numerator").otherwise(0.0)
    known = pl.when(pl.col("kind") != "").then("numerator")
    trusts = own.frame.join(_places(codes, on, register), on="area_code")
    placed = trusts.with_columns(known.alias("numerator")).with_columns(
        above.alias("above"),
        pl.lit(ENGLAND).alias("england"),
        pl.lit(england).alias("england_name"),
    )
    frame = pl.concat([_added(placed, level) for level in SHIFT_LEVELS])
    return MeasurePoints(frame, (), own.sources)


def _places(codes: Sequence[str], on: date, register: Register) -> pl.DataFrame:
    rows = [row for code in codes if (row := _place(code, on, register)) is not None]
    names = ("area_code", "kind", "icb", "icb_name", "region", "region_name")
    return pl.DataFrame(rows, schema=dict.fromkeys(names, pl.String), orient="row")


def _place(code: str, on: date, register: Register) -> tuple[str, ...] | None:
    """The kind of a trust, its ICB and its region; None for who is no trust.

    A trust that has closed by then is where it was on its last day.
    """
    trust = register.find(code)
    if trust is None or trust.type is not OrganisationType.TRUST:
        return None
    day = min(on, trust.closed or on)
    icb, region = register.lead_icb(code, day), register.region(code, day)
    if icb is None or region is None:
        return None
    kind = "" if trust.kind is None else str(trust.kind)
    return (code, kind, icb.code, icb.name_on(on), region.code, region.name_on(on))


def _added(placed: pl.DataFrame, level: str) -> pl.DataFrame:
    there = pl.col("numerator").is_not_null()
    periods = ("period_label", "period_start", "period_end")
    made = placed.group_by(level, f"{level}_name", *periods).agg(
        pl.col("above").filter(there).sum(),
        pl.col("numerator").sum().alias("below"),
        there.sum().alias("present"),
        pl.len().alias("expected"),
        pl.col("area_code").filter(~there).sort().str.join(", ").alias("without"),
    )
    known = pl.col("below") > 0
    return made.select(
        pl.lit(level).alias("level"),
        pl.col(level).alias("area_code"),
        pl.col(f"{level}_name").alias("area_name"),
        *periods,
        pl.when(known).then("above").alias("numerator"),
        pl.when(known).then("below").alias("denominator"),
        pl.when(known).then(pl.lit("reported")).otherwise(pl.lit("not_submitted")).alias("status"),
        pl.lit("register").alias("made"),
        "present",
        "expected",
        "without",
        known.alias("whole"),
    ).cast(POINT_COLUMNS)  # type: ignore[arg-type]
