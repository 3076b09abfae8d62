"""Metrics over time for trusts, ICBs, regions and England, made from counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import polars as pl

from remit.model.errors import SeriesError
from remit.model.metric import Metric
from remit.register import Register, load_register
from remit.series.areas import (
    LEVELS,
    OTHER_PROVIDER,
    Level,
    member_names,
    names,
)
from remit.series.belonging import Belonging, days_of
from remit.series.choice import chosen
from remit.series.composition import (
    AreaSeries,
    MemberChange,
    awaiting,
    member_changes,
    of_series,
    with_alike,
)
from remit.series.mergers import merger_changes
from remit.series.notes import notes
from remit.series.once import OwnFigures, own_figures
from remit.series.own import OwnPoints
from remit.series.parts import EVERYBODY
from remit.series.precedence import by_precedence
from remit.series.result import POINT_SCHEMA, Series, WhenAsked, joined
from remit.series.sums import points_of
from remit.series.unknown import unknown_members
from remit.series.unplaced import Unplaced, unplaced_members
from remit.series.wholes import beyond_notes


def series(
    held: Any,
    metrics: str | Metric | Sequence[str | Metric],
    level: Level = "trust",
    *,
    organisations: Sequence[str] | None = None,
    cut: str | None = None,
    start: date | None = None,
    end: date | None = None,
    on: date | None = None,
    with_predecessors: bool = False,
    register: Register | None = None,
    as_at: date | None = None,
) -> Series:
    """Make metrics over time; rates always afresh from the sums of their counts.

    Parameters
    ----------
    held
        A store, figures, what :func:`own_figures` made of them, or a frame of observations
        (``org_code, metric_id, value`` and either ``period_label`` or ``period_start,
        period_end``).
    metrics
        Identifiers of the catalogue, or metrics of one's own.
    level
        ``trust``, ``icb``, ``region`` or ``england``.
    organisations
        Only these codes; another provider's code can be among them at the level of trusts. A
        closed ICB is shown as it was when it ended.
    cut
        None for everybody; ``age: 0-4`` for a group; ``age`` for each group of a dimension.
    start, end
        Only periods that begin on ``start`` or later and end on ``end`` or earlier.
    on
        The day whose ICBs and regions the series are shown for: figures of an ICB that has closed
        by then are part of its successor's. The last day of the figures if left out.
    with_predecessors
        Figures of a trust that has merged are part of its successor's, from the beginning, and
        each point says so; else every trust has what is published for itself.
    register
        The organisations; those that come with Remit if left out.
    as_at
        With a store, only what it knew on this day.

    Raises
    ------
    UnknownCode
        If a metric or an organisation is not known.
    SeriesError
        If a metric is not made from counts, the level is none, or there is no figure.
    """
    if level not in LEVELS:
        raise SeriesError(f"{level!r} is no level; use one of {', '.join(LEVELS)}")
    wanted = chosen(metrics)
    register = register or load_register()
    once = (
        held
        if isinstance(held, OwnFigures)
        else own_figures(held, wanted, cut=cut, register=register, as_at=as_at)
    )
    once = once.of(wanted, as_at, cut)
    if once.own is None:
        raise SeriesError(_nothing(wanted, cut))
    shown = on or _last_day(once.own.points, once.figures)
    found, absent = [], []
    for day, codes in days_of(register, organisations, level, shown).items():
        belonging = Belonging(register, level, day, with_predecessors)
        try:
            made = _added_up(once, once.own, belonging, organisations=codes, between=(start, end))
        except SeriesError as error:
            absent.append(str(error))
        else:
            found.append(made)
    if not found:
        raise SeriesError(" ".join(absent))
    return joined(found, shown, absent)


def _added_up(
    once: OwnFigures,
    own: OwnPoints,
    belonging: Belonging,
    *,
    organisations: Sequence[str] | None,
    between: tuple[date | None, date | None],
) -> Series:
    """Organisations' own points added up for the level."""
    every, metrics = belonging.areas(once.expected), once.metrics
    unknown = unknown_members(every, belonging.level)
    asked = _asked(belonging, organisations)
    placed = every.filter(pl.col("area").is_not_null())
    chosen = by_precedence(
        placed, belonging.level, unknown, None if asked is None else list(asked.values())
    )
    areas, absent = _only(chosen.used, belonging, asked)
    found = chosen.of(areas)
    members = found.used
    codes = every["org_code"].unique()
    unplaced = unplaced_members(every, found) if belonging.level == "icb" else Unplaced()
    points = with_alike(
        points_of(found, metrics, unknown), found.below, belonging.register, unplaced.lacking
    )
    frame = _framed(points, codes, belonging, between)

    def changes() -> Mapping[AreaSeries, tuple[MemberChange, ...]]:
        told = [
            *member_changes(found, points, belonging.register),
            *merger_changes(every, areas, belonging),
            *unplaced.changes,
        ]
        return of_series(told, frame)

    return Series(
        frame,
        {metric.id: metric for metric in metrics},
        belonging.level,
        belonging.on,
        (
            *once.counts.notes,
            *absent,
            *beyond_notes(every, areas, between),
            *notes(every, members, metrics, belonging),
        ),
        once.counts.sources,
        member_names(belonging.register, codes, belonging.on),
        WhenAsked(changes),
        awaiting(frame),
        members,
        own,
    )


def _nothing(metrics: Sequence[Metric], cut: str | None) -> str:
    ids = ", ".join(metric.id for metric in metrics)
    measures = ", ".join(dict.fromkeys(m for metric in metrics for m in metric.measures))
    of_group = f" by {cut}" if cut else ""
    return (
        f"there is no figure for {ids}{of_group}: it is made from {measures}. "
        "Take in the publication with `remit ingest`"
    )


def _last_day(points: pl.DataFrame, figures: pl.DataFrame) -> date:
    present = points.filter("present")["period_end"].max()
    last = present if isinstance(present, date) else figures["period_end"].max()
    return last if isinstance(last, date) else date.max


def _asked(belonging: Belonging, organisations: Sequence[str] | None) -> dict[str, str] | None:
    """The area of each organisation that is asked for; None for all."""
    if organisations is None:
        return None
    return {code: belonging.present(code) for code in (o.strip().upper() for o in organisations)}


def _only(
    members: pl.DataFrame, belonging: Belonging, asked: Mapping[str, str] | None
) -> tuple[list[str], list[str]]:
    """The areas of the series that are asked for, and who of those has none, in sentences.

    Without names all, but of other providers only if they are part of a larger sum.
    """
    if asked is None:
        is_other = pl.col("layer") == OTHER_PROVIDER
        own = members.filter(~is_other) if belonging.level == "trust" else members
        return own["area"].unique().to_list(), []
    held = set(members["area"].unique())
    absent = []
    for code, area in asked.items():
        if area not in held:
            found = belonging.register.get(code)
            absent.append(f"There is no figure for {code} ({found.name}).")
    if len(absent) == len(asked):
        raise SeriesError(" ".join(absent))
    return list(asked.values()), absent


def _framed(
    points: pl.DataFrame,
    everybody: pl.Series,
    belonging: Belonging,
    between: tuple[date | None, date | None],
) -> pl.DataFrame:
    start, end = between
    codes = points["area"].unique().sort()
    found = [belonging.register.find(code) for code in everybody]
    fictional = any(o.fictional for o in found if o is not None)
    named = names(belonging.register, codes, belonging.on, fictional=fictional)
    frame = (
        points.join(named, on="area", how="left")
        .filter(
            pl.col("period_start") >= (start or date.min),
            pl.col("period_end") <= (end or date.max),
        )
        .sort("metric_number", "area", "cut", "period_start")
        .with_columns(pl.col("cut").replace(EVERYBODY, None))
    )
    return frame.rename({"area": "org_code"}).select(
        pl.col(name).cast(kind) for name, kind in POINT_SCHEMA.items()
    )
