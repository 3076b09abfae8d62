"""Figures of groups from a store, beside those of everybody that changed beyond chance."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import polars as pl

from remit.annual.freezing import as_frozen
from remit.annual.gaps import chosen_dimensions, year_before
from remit.catalogue.library import load_computed_metrics
from remit.model.annual import AnnualYear
from remit.model.annual_records import FrozenFigure
from remit.model.errors import SeriesError, UnknownCode

if TYPE_CHECKING:
    from remit.model.metric import Metric
    from remit.store import Store

Key = tuple[str, date, date]
"""An ICB, and the first and the last day of a period."""


@dataclass(frozen=True, slots=True)
class GroupsFound:
    """Figures of groups, and the ICBs of whose figures the store has none by group."""

    figures: tuple[FrozenFigure, ...]
    without: tuple[str, ...]


def group_figures(
    store: Store, beside: Iterable[FrozenFigure], year: AnnualYear, *, as_at: date | None = None
) -> GroupsFound:
    """The figures of groups beside those of everybody, now and a year before.

    Parameters
    ----------
    store
        The store.
    beside
        The figures of everybody beside which groups are looked for.
    year
        The year: it declares by what groups are told apart.
    as_at
        Only what the store knew on this day.

    Examples
    --------
    ``group_figures(store, [one for one in figures if one.signal == "worsened"], year).figures``
    """
    known = load_computed_metrics()
    wanted: dict[str, list[FrozenFigure]] = {}
    for one in beside:
        wanted.setdefault(one.metric, []).append(one)
    found: list[FrozenFigure] = []
    for name, figures in wanted.items():
        if name in known:
            found += _of_metric(store, known[name], figures, year, as_at)
    have = {one.icb for one in found}
    asked = dict.fromkeys(one.icb for figures in wanted.values() for one in figures)
    return GroupsFound(tuple(found), tuple(code for code in asked if code not in have))


def _of_metric(
    store: Store,
    metric: Metric,
    figures: Sequence[FrozenFigure],
    year: AnnualYear,
    as_at: date | None,
) -> list[FrozenFigure]:
    from remit.series import cuts

    held = cuts(store, metric.id)["dimension"].unique().to_list()
    periods: set[Key] = set()
    for one in figures:
        start, end = one.period_start, one.period_end
        periods |= {(one.icb, start, end), (one.icb, year_before(start), year_before(end))}
    found: list[FrozenFigure] = []
    for _, dimension in chosen_dimensions(year, held):
        found += _of_dimension(store, metric, dimension, periods, (year.ends, as_at))
    return found


def _of_dimension(
    store: Store,
    metric: Metric,
    dimension: str,
    periods: set[Key],
    days: tuple[date, date | None],
) -> list[FrozenFigure]:
    from remit.series import series

    codes = sorted({code for code, _, _ in periods})
    try:
        made = series(
            store, metric.id, "icb", organisations=codes, cut=dimension, end=days[0], on=days[0],
            as_at=days[1],
        )  # fmt: skip
    except (SeriesError, UnknownCode):
        return []
    rows = made.frame.filter(pl.col("value").is_not_null())
    found: list[FrozenFigure] = []
    for part in rows.sort("cut", "period_start").partition_by("cut", maintain_order=True):
        keys = part.select("org_code", "period_start", "period_end").iter_rows()
        found += as_frozen(store, made, metric, part.filter([key in periods for key in keys]))
    return found
