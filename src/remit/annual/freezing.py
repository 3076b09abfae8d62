"""Points of a series as they are frozen: with their files, their lines and the day of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

import polars as pl

from remit.model.annual_records import FrozenFigure

if TYPE_CHECKING:
    from remit.model.metric import Metric
    from remit.series import Series
    from remit.store import Store


def as_frozen(
    store: Store,
    made: Series,
    metric: Metric,
    points: pl.DataFrame,
    signals: Mapping[tuple[str, date], Any] | None = None,
) -> Iterator[FrozenFigure]:
    """Points of a series, of one cut, as they are frozen: with files, lines and the day of them.

    Parameters
    ----------
    store, made, metric
        The store, a series of it, and its metric.
    points
        Rows of its frame.
    signals
        Whether a point changed beyond chance, by organisation and first day.

    Examples
    --------
    ``list(as_frozen(store, made, metric, made.frame))``
    """
    if points.is_empty():
        return
    lines = _lines(made, points)
    vintages = {one.source_id: one for one in store.sources()}
    for row in points.to_dicts():
        key = (row["org_code"], row["period_start"])
        files, source_ids = lines.get(key, ({}, ()))
        days = [str(vintages[name].known_from) for name in source_ids if name in vintages]
        yield FrozenFigure(
            icb=row["org_code"],
            metric=metric.id,
            name=metric.name,
            unit=metric.unit,
            cut=row["cut"] or "",
            period_start=row["period_start"],
            period_end=row["period_end"],
            value=row["value"],
            base=row["denominator"],
            signal="" if signals is None else signals.get(key, "not charted"),
            source_file="; ".join(files),
            source_line="; ".join(files.values()),
            vintage=max(days) if days else "",
        )


def _lines(
    made: Series, points: pl.DataFrame
) -> dict[tuple[str, date], tuple[dict[str, str], tuple[str, ...]]]:
    """The files and lines behind each point."""
    traced: dict[tuple[str, date], dict[str, list[str]]] = {}
    ids: dict[tuple[str, date], dict[str, None]] = {}
    for row in made.traces(points).to_dicts():
        key = (row["area_code"], row["point_start"])
        lines = traced.setdefault(key, {}).setdefault(row["file"], [])
        if str(row["line"]) not in lines:
            lines.append(str(row["line"]))
        ids.setdefault(key, {})[row["source_id"]] = None
    return {
        key: ({name: ", ".join(lines) for name, lines in files.items()}, tuple(ids[key]))
        for key, files in traced.items()
    }
