"""Months of one membership: where members join or leave an area, and where one lacks for a while.

Who joins or leaves changes a figure without a change of performance. So a series has a new mean
and new limits from that month on, and a month that lacks somebody who comes back is judged by
none of them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from math import fsum
from typing import Any, NamedTuple

import polars as pl

from remit.model.observation import Status
from remit.register import Register
from remit.series.areas import closings
from remit.series.expected import SILENT_DAYS
from remit.series.grouping import with_exact_sums
from remit.series.parts import EVERYBODY
from remit.series.precedence import POINT_OF_SERIES, PRINTED, Precedence

LEAST_SHARE = 0.01
"""Members who make up less of a sum's base than this change it too little to be told of."""

LEAST_OF_PRINTED = 0.05
"""Who lacks and makes up less than this of a printed row leaves it a point among others."""

LEAST_DIFFERENCE = 0.001
"""A printed row and the sum of its members that lie nearer than this are one series."""

SERIES_OF = ["metric_id", "cut", "area"]


class AreaSeries(NamedTuple):
    """By what a series of an area is known."""

    metric_id: str
    cut: str
    area: str


@dataclass(frozen=True, slots=True)
class MemberChange:
    """From a period on a series is of other members.

    ``printed`` says that from then on the printed row is used, or, if False, no more; ``merged``
    are trusts that became part of this one, ``parts`` divided areas of which a part joined;
    ``others`` says that from then on providers that nobody names are in it, or, if False, no more.
    """

    of: AreaSeries
    since: date
    layer: str = "trust"
    joined: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    merged: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    printed: bool | None = None
    others: bool | None = None


@dataclass(slots=True)
class _Moves:
    """Who joins and who leaves a series at a period, each with its share of the base."""

    joins: dict[str, float] = field(default_factory=dict)
    leaves: dict[str, float] = field(default_factory=dict)

    def without(self, register: Register, staying: set[str]) -> _Moves:
        """Without those whose work goes on in another member of the same area."""
        stay, here = set(), staying | set(self.joins)
        for code in self.leaves:
            found = register.find(code)
            later = found.succession.successors if found and found.succession else ()
            if set(later) & here:
                stay |= {code, *(set(later) & set(self.joins))}
        return _Moves(
            {code: share for code, share in self.joins.items() if code not in stay},
            {code: share for code, share in self.leaves.items() if code not in stay},
        )

    @property
    def matters(self) -> bool:
        """Whether enough of the base comes or goes to be told."""
        return max(fsum(self.joins.values()), fsum(self.leaves.values())) >= LEAST_SHARE


def member_changes(
    chosen: Precedence, points: pl.DataFrame, register: Register
) -> list[MemberChange]:
    """Where the members of areas change, and where the publication begins to print an area.

    Parameters
    ----------
    chosen
        The members of points.
    points
        What they make.
    register
        Who follows whom: a trust that goes on in another member of the area has not left it.

    Examples
    --------
    ``member_changes(chosen, points, register)``
    """
    spells = member_spells(chosen.below)
    dates = _dates(chosen.below)
    layers = dict(chosen.below.group_by("metric_id").agg(pl.col("basis").first()).iter_rows())
    found = {}
    for (of, since), moves in _moves(spells, dates, register).items():
        if moves.matters:
            found[of, since] = MemberChange(
                of, since, layers[of.metric_id], tuple(moves.joins), tuple(moves.leaves)
            )
    for of, since, printed in _ways(points):
        known = found.get((of, since), MemberChange(of, since))
        found[of, since] = replace(known, printed=printed)
    return list(found.values())


def member_spells(below: pl.DataFrame, of: pl.DataFrame | None = None) -> pl.DataFrame:
    """From when to when each member has figures, and its share of the base at both ends.

    A silence of more than three months or one period ends a spell. ``first_number`` and
    ``until_number`` count the periods of the area from 1 to ``last_number``. ``quiet`` is the last
    spell of a member whose silence since has not lasted so long yet.

    Parameters
    ----------
    below
        Who lies below areas, period by period.
    of
        The members that are asked for, by ``metric_id, cut, area, org_code``; all if left out.

    Examples
    --------
    ``member_spells(chosen.below)["first"]``
    """
    of_member = [*SERIES_OF, "org_code"]
    start = pl.col("period_start")
    base = pl.when(pl.col("denominator") > 0).then("denominator").otherwise("numerator")
    days = (pl.col("period_end") - start).dt.total_days()
    silent = (start - start.shift(1).over(of_member)).dt.total_days()
    passed = pl.col("number") - pl.col("number").shift(1).over(of_member)
    # Where the publication itself has nothing between, nobody was silent.
    patience = pl.max_horizontal(pl.lit(SILENT_DAYS), days + 31)
    anew = (silent > patience) & (passed > 1)
    since = (pl.col("newest") - start).dt.total_days()
    share = pl.col("base") / pl.col("whole")
    present = below.filter("present").select(*of_member, start, "period_end", base.alias("base"))
    asked = present if of is None else present.join(of, on=of_member, how="semi")
    return (
        asked.join(_numbered(present), on=POINT_OF_SERIES)
        .sort([*of_member, "period_start"])
        .with_columns(
            share.fill_nan(0.0).fill_null(0.0).alias("share"),
            anew.fill_null(value=False).alias("anew"),
            since.is_between(1, patience).alias("quiet"),
        )
        .with_columns(pl.col("anew").cum_sum().over(of_member).alias("spell"))
        .group_by([*of_member, "spell", "last_number"], maintain_order=True)
        .agg(
            start.first().alias("first"),
            start.last().alias("until"),
            pl.col("number").first().alias("first_number"),
            pl.col("number").last().alias("until_number"),
            pl.col("share").first().alias("first_share"),
            pl.col("share").last().alias("until_share"),
            pl.col("quiet").last(),
        )
    )


def _numbered(present: pl.DataFrame) -> pl.DataFrame:
    """The periods of each series from 1 to ``last_number``, with the whole base of each."""
    start = pl.col("period_start")
    return (
        with_exact_sums(
            present.group_by(POINT_OF_SERIES).agg(pl.col("base").drop_nulls().alias("whole")),
            "whole",
        )
        .with_columns(
            start.rank("dense").over(SERIES_OF).cast(pl.Int64).alias("number"),
            start.max().over(SERIES_OF).alias("newest"),
        )
        .with_columns(pl.col("number").max().over(SERIES_OF).alias("last_number"))
    )


_Dates = Mapping[AreaSeries, list[date]]


def _dates(below: pl.DataFrame) -> _Dates:
    """The first days of the periods of each series, in order."""
    days = below.filter("present").group_by(SERIES_OF).agg(pl.col("period_start").unique().sort())
    return {AreaSeries(*of): starts for *of, starts in days.iter_rows()}


def _moves(
    spells: pl.DataFrame, dates: _Dates, register: Register
) -> Mapping[tuple[AreaSeries, date], _Moves]:
    """By series and period; the first members of a series do not join it."""
    found: dict[tuple[AreaSeries, int], _Moves] = defaultdict(_Moves)
    present: dict[AreaSeries, list[tuple[str, int, int]]] = defaultdict(list)
    for row in spells.iter_rows(named=True):
        of = AreaSeries(row["metric_id"], row["cut"], row["area"])
        code, first, until = row["org_code"], row["first_number"], row["until_number"]
        present[of].append((code, first, until))
        if first > 1:
            found[of, first].joins[code] = row["first_share"]
        gone = not row["quiet"] or _has_closed(register, code, dates[of][-1])
        if until < row["last_number"] and gone:
            found[of, until + 1].leaves[code] = row["until_share"]
    moved = {}
    for (of, number), moves in found.items():
        staying = {code for code, first, until in present[of] if first <= number <= until}
        moved[of, dates[of][number - 1]] = moves.without(register, staying)
    return moved


def _has_closed(register: Register, code: str, day: date) -> bool:
    """Whether somebody who is silent cannot come back."""
    found = register.find(code)
    return found is not None and found.closed is not None and found.closed < day


def _ways(points: pl.DataFrame) -> Iterator[tuple[AreaSeries, date, bool]]:
    """Where a series goes over from a sum to the printed row, or back, and the two differ."""
    value, beside = pl.col("value"), pl.col("sum_value")
    differs = ((value - beside).abs() > LEAST_DIFFERENCE * value.abs()).fill_null(value=True)
    in_order = points.filter(value.is_not_null()).sort(POINT_OF_SERIES)
    marked = in_order.with_columns(
        (pl.col("made") == PRINTED).alias("printed"), differs.alias("differs")
    )
    before = marked.with_columns(
        pl.col("printed").shift(1).over(SERIES_OF).alias("was_printed"),
        pl.col("differs").shift(1).over(SERIES_OF).alias("differed"),
    )
    turned = before.filter(
        pl.col("printed") != pl.col("was_printed"),
        pl.when("printed").then("differs").otherwise("differed"),
    )
    for *of, since, printed in turned.select(*POINT_OF_SERIES, "printed").iter_rows():
        yield AreaSeries(*of), since, printed


def with_alike(
    points: pl.DataFrame,
    below: pl.DataFrame,
    register: Register,
    lacking: Iterable[tuple[AreaSeries, date]] = (),
) -> pl.DataFrame:
    """Add ``alike``: false where a point lacks somebody who was there and is again, or may be.

    Who has been silent for no more than three months or one period may come back, while it is
    open. A row that the publication prints is what it is, unless a twentieth of it lacks.

    Parameters
    ----------
    points
        The points of series, by ``metric_id, cut, area, period_start``.
    below
        Who lies below them, period by period.
    register
        Who has closed.
    lacking
        Points that lack others, of whom no figure of their own is known.

    Examples
    --------
    ``with_alike(points, chosen.below, load_register())``
    """
    missing = below.filter(~pl.col("present"), pl.col("why") != Status.NOT_APPLICABLE.value)
    of_member = [*SERIES_OF, "org_code"]
    start = pl.col("period_start")
    spells = member_spells(below, missing.select(of_member).unique())
    found = missing.join(spells, on=of_member)
    closed = closings(register, found["org_code"].unique())
    may_return = pl.col("quiet") & (pl.col("closed").fill_null(date.max) >= pl.col("period_end"))
    inside = found.join(closed, on="org_code", how="left").filter(
        (start > pl.col("first")) & ((start < pl.col("until")) | may_return)
    )
    lost = pl.col("until_share").drop_nulls().alias("lacking")
    share = with_exact_sums(inside.group_by(POINT_OF_SERIES).agg(lost), "lacking")
    least = pl.when(pl.col("made") == PRINTED).then(LEAST_OF_PRINTED).otherwise(LEAST_SHARE)
    matters = pl.col("lacking").fill_null(0.0) >= least
    rows = [(*of, day, True) for of, day in lacking]
    shape = dict.fromkeys(SERIES_OF, pl.String) | {"period_start": pl.Date, "gone": pl.Boolean}
    others = pl.DataFrame(rows, schema=shape, orient="row")
    found = points.join(share, on=POINT_OF_SERIES, how="left").join(
        others, on=POINT_OF_SERIES, how="left"
    )
    alike = ~matters & pl.col("gone").is_null()
    return found.with_columns(alike.alias("alike")).drop("lacking", "gone")


def awaiting(frame: pl.DataFrame) -> Mapping[AreaSeries, tuple[dict[str, Any], ...]]:
    """The newest points of each series that lack somebody who may come back, the earliest first.

    Parameters
    ----------
    frame
        The points that are shown, with ``org_code`` in place of ``area``.

    Examples
    --------
    ``awaiting(series.frame)``
    """
    of = ["metric_id", pl.col("cut").fill_null(EVERYBODY), "org_code"]
    start, held = pl.col("period_start"), frame.filter(pl.col("value").is_not_null())
    last = start.filter("alike").max().over(of).fill_null(date.min)
    found: dict[AreaSeries, list[dict[str, Any]]] = defaultdict(list)
    for row in held.filter(start > last).sort("period_start").iter_rows(named=True):
        found[AreaSeries(row["metric_id"], row["cut"] or EVERYBODY, row["org_code"])].append(row)
    return {series: tuple(rows) for series, rows in found.items()}


def of_series(
    changes: Iterable[MemberChange], frame: pl.DataFrame
) -> Mapping[AreaSeries, tuple[MemberChange, ...]]:
    """The changes of each series after its first value and up to its last, the earliest first.

    Parameters
    ----------
    changes
        Of any series, in any order.
    frame
        The points that are shown, with ``org_code`` in place of ``area``.

    Examples
    --------
    ``of_series(member_changes(chosen, points, register), series.frame)``
    """
    keys = ["metric_id", pl.col("cut").fill_null(EVERYBODY), "org_code"]
    start = pl.col("period_start")
    held = frame.filter(pl.col("value").is_not_null())
    spans = held.group_by(keys).agg(start.min().alias("first"), start.max().alias("last"))
    between = {AreaSeries(*of): (first, last) for *of, first, last in spans.iter_rows()}
    found: dict[AreaSeries, list[MemberChange]] = defaultdict(list)
    for change in sorted(changes, key=lambda one: one.since):
        first, last = between.get(change.of, (date.max, date.min))
        if first < change.since <= last:
            found[change.of].append(change)
    return {of: tuple(told) for of, told in found.items()}
