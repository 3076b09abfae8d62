"""Members of a printed row whom no register places: who they are is told from what they count.

An ICB's printed row can hold providers that are no NHS trusts. Where one begins or ceases to
report, what the row has beyond its trusts changes by as much as that provider counts.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import pairwise
from typing import NamedTuple

import polars as pl

from remit.series.areas import OTHER_PROVIDER
from remit.series.composition import (
    LEAST_SHARE,
    SERIES_OF,
    AreaSeries,
    MemberChange,
    member_spells,
)
from remit.series.expected import SILENT_DAYS
from remit.series.grouping import with_exact_sums
from remit.series.precedence import POINT_OF_SERIES, PRINTED, Precedence

_LEAST_STEP = 0.25
"""A step of less than this part of what the others count is how lists grow and shrink."""

_NEARNESS = 0.02
"""A provider has moved where its count is the step, but for this part of what the others count."""

_BASE = pl.when(pl.col("denominator") > 0).then("denominator").otherwise("numerator")


class _Step(NamedTuple):
    """What a printed row has beyond its known members, before a period and in it."""

    since: date
    was: float
    now: float
    whole: float

    @property
    def vanished(self) -> bool | None:
        """True where the others are gone, False where they came, else None."""
        least = LEAST_SHARE * self.whole
        if (self.was < least) == (self.now < least):
            return None
        return self.now < least


@dataclass(slots=True)
class Unplaced:
    """Where such members join or leave for good, and the points that lack them for a while."""

    changes: list[MemberChange] = field(default_factory=list)
    lacking: list[tuple[AreaSeries, date]] = field(default_factory=list)


def unplaced_members(every: pl.DataFrame, chosen: Precedence) -> Unplaced:
    """Who joins or leaves printed rows and belongs to no area in the register.

    Parameters
    ----------
    every
        Organisations' own points with the ``area`` that they belong to.
    chosen
        The members that points are made of.

    Examples
    --------
    ``unplaced_members(every, by_precedence(members, "icb", unknown)).changes``
    """
    found = Unplaced()
    steps = dict(_steps(chosen))
    pairs = {(of.metric_id, of.cut) for of in steps}
    shape = dict.fromkeys(SERIES_OF[:2], pl.String)
    printed = pl.DataFrame(list(pairs), schema=shape, orient="row")
    moves = _moves_of_nobody(every.join(printed, on=SERIES_OF[:2], how="semi"))
    named = {of: [_mover(of, step, moves) for step in told] for of, told in steps.items()}
    seen = Counter(
        (of.metric_id, of.cut, step.since, code)
        for of, told in steps.items()
        for step, code in zip(told, named[of], strict=True)
        if code
    )
    for of, told in steps.items():
        sure = [
            code if code and seen[of.metric_id, of.cut, step.since, code] == 1 else ""
            for step, code in zip(told, named[of], strict=True)
        ]
        _tell(found, of, told, sure)
    return found


def _tell(found: Unplaced, of: AreaSeries, steps: list[_Step], named: list[str]) -> None:
    """What the steps of one series come to; who is gone and soon back has not left."""
    gone: tuple[date, list[date], MemberChange] | None = None
    for step, code in zip(steps, named, strict=True):
        change = _change(of, step, code)
        if gone and step.vanished is False and (step.since - gone[0]).days <= SILENT_DAYS:
            found.lacking += [(of, day) for day in gone[1]]
            gone = None
            continue
        if gone and change is None:
            gone[1].append(step.since)
            continue
        if gone:
            found.changes.append(gone[2])
            gone = None
        if change and step.vanished and not code:
            gone = (step.since, [step.since], change)
        elif change:
            found.changes.append(change)
    if gone:
        found.changes.append(gone[2])


def _change(of: AreaSeries, step: _Step, code: str) -> MemberChange | None:
    if code:
        change = MemberChange(of, step.since, OTHER_PROVIDER)
        rises = step.now > step.was
        return replace(change, joined=(code,)) if rises else replace(change, left=(code,))
    if step.vanished is None:
        return None
    return MemberChange(of, step.since, OTHER_PROVIDER, others=not step.vanished)


_Moves = Mapping[tuple[str, str, date], list[tuple[str, float]]]
"""By metric, cut and period who of those without an area joins (above 0) or leaves (below 0)."""


def _moves_of_nobody(every: pl.DataFrame) -> _Moves:
    own = every.filter(
        pl.col("area").is_null(), pl.col("layer") == OTHER_PROVIDER, pl.col("present")
    ).with_columns(pl.lit("").alias("area"), _BASE.alias("base"))
    found: dict[tuple[str, str, date], list[tuple[str, float]]] = defaultdict(list)
    if own.is_empty():
        return found
    days = _days(every)
    base = {tuple(row[:4]): row[4] for row in own.select(*SERIES_OF[:2], "org_code",
            "period_start", "base").iter_rows()}  # fmt: skip
    for row in member_spells(own).iter_rows(named=True):
        of, code = (row["metric_id"], row["cut"]), row["org_code"]
        if row["first"] > days[of][0]:
            found[*of, row["first"]].append((code, base[*of, code, row["first"]]))
        later = [day for day in days[of] if day > row["until"]]
        if later:
            found[*of, later[0]].append((code, -base[*of, code, row["until"]]))
    return found


def _days(every: pl.DataFrame) -> Mapping[tuple[str, str], list[date]]:
    """The periods of each metric and cut, in order."""
    held = every.filter("present").group_by("metric_id", "cut")
    return {
        (metric, cut): days
        for metric, cut, days in held.agg(pl.col("period_start").unique().sort()).iter_rows()
    }


def _steps(chosen: Precedence) -> Iterator[tuple[AreaSeries, list[_Step]]]:
    """From period to period of each printed area what it has beyond its known members.

    A period in which the publication gives no figure of any of them says nothing of the others.
    """
    there = pl.col("present")
    rows = chosen.used.filter(pl.col("made") == PRINTED, there).group_by(POINT_OF_SERIES)
    known = chosen.below.filter(there).group_by(POINT_OF_SERIES)
    both = (
        with_exact_sums(rows.agg(_BASE.drop_nulls().alias("whole")), "whole")
        .join(
            with_exact_sums(known.agg(_BASE.drop_nulls().alias("known")), "known"),
            on=POINT_OF_SERIES,
        )
        .with_columns((pl.col("whole") - pl.col("known")).alias("rest"))
        .sort(POINT_OF_SERIES)
    )
    for (metric, cut, area), part in both.group_by(SERIES_OF, maintain_order=True):
        told = part.select("period_start", "rest", "whole").rows()
        yield (
            AreaSeries(str(metric), str(cut), str(area)),
            [
                _Step(since, was, now, max(before, whole))
                for (_, was, before), (since, now, whole) in pairwise(told)
            ],
        )


def _mover(of: AreaSeries, step: _Step, moves: _Moves) -> str:
    """The one provider whose count is the step; empty where it is none, or several can be."""
    size, larger = step.now - step.was, max(abs(step.now), abs(step.was))
    if abs(size) < max(_LEAST_STEP * larger, LEAST_SHARE * step.whole):
        return ""
    fits = [
        code
        for code, base in moves.get((of.metric_id, of.cut, step.since), ())
        if abs(base - size) <= _NEARNESS * larger
    ]
    return fits[0] if len(fits) == 1 else ""
