"""Where what a trust or an ICB is of changes by a merger or a division, as the register knows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

import polars as pl

from remit.model.organisation import Organisation
from remit.series.belonging import Belonging
from remit.series.composition import LEAST_SHARE, SERIES_OF, AreaSeries, MemberChange


def merger_changes(
    every: pl.DataFrame, areas: Sequence[str], belonging: Belonging
) -> Iterator[MemberChange]:
    """Trusts that took others' work on while they were open, and ICBs that took on a part.

    A trust whose predecessors are counted in its history has no such month, nor has an ICB that
    began with the day.

    Parameters
    ----------
    every
        Organisations' own points with the ``area`` that they belong to.
    areas
        The series that are asked for.
    belonging
        To whom the register says that they belong.

    Examples
    --------
    ``list(merger_changes(every, ["RWW"], Belonging(register, "trust", date(2026, 4, 30))))``
    """
    if belonging.with_predecessors or belonging.level not in {"trust", "icb"}:
        return
    held = every.filter("present", pl.col("area").is_not_null())
    for code in areas:
        own = belonging.register.find(code)
        for former in _taken_on(own, belonging) if own else ():
            on = former.succession.on if former.succession else date.max
            yield from _of(held, code, former, on, belonging)


def _taken_on(own: Organisation, belonging: Belonging) -> Iterator[Organisation]:
    for former in belonging.register.predecessors(own.code):
        if former.succession and own.opened < former.succession.on <= belonging.on:
            whole = len(former.succession.successors) == 1
            if belonging.level == "trust" or not whole:
                yield former


def _of(
    held: pl.DataFrame, code: str, former: Organisation, on: date, belonging: Belonging
) -> Iterator[MemberChange]:
    own = held.filter(pl.col("area") == code)
    for (metric, cut, _), part in own.group_by(SERIES_OF):
        after = part.filter(pl.col("period_start") >= on)["period_start"].min()
        if not isinstance(after, date) or not (part["period_start"] < on).any():
            continue
        of = AreaSeries(str(metric), str(cut), code)
        if belonging.level == "icb":
            yield MemberChange(of, after, "icb", parts=(former.code,))
        elif _share(held, of, former.code, on) >= LEAST_SHARE:
            yield MemberChange(of, after, merged=(former.code,))


def _share(held: pl.DataFrame, of: AreaSeries, former: str, on: date) -> float:
    """What the former trust counted at its last, by what the trust itself counted then."""
    same = held.filter(
        pl.col("metric_id") == of.metric_id, pl.col("cut") == of.cut, pl.col("period_start") < on
    ).sort("period_start")
    base = pl.when(pl.col("denominator") > 0).then("denominator").otherwise("numerator")
    theirs = same.filter(pl.col("org_code") == former).select(base)
    ours = same.filter(pl.col("org_code") == of.area).select(base)
    if theirs.is_empty() or ours.is_empty():
        return 0.0
    whole = theirs.item(-1, 0) + ours.item(-1, 0)
    return float(theirs.item(-1, 0) / whole) if whole else 0.0
