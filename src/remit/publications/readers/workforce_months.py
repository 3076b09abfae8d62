"""Tables of the workforce statistics that have a column a month."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import polars as pl

from remit.model.period import Period
from remit.model.publication import Measure
from remit.publications.files.table import RawTable
from remit.publications.rows.measures import Measured
from remit.publications.rows.months import month_in


def side_of(table: RawTable) -> str:
    """What a table counts by its title: people (``headcount``) or full-time equivalents."""
    title = " ".join(cell for _, row in table.above for cell in row)
    return "headcount" if "headcount" in title.lower() else "fte"


def named(measure: Measure, side: str) -> str:
    """A declared measure's identifier for people or for full-time equivalents."""
    return measure.metric.replace(".fte-", f".{side}-")


def months_of(header: Sequence[str]) -> dict[str, Period]:
    """The columns that are named by a day → the month of it."""
    found = {name: month_in(name) for name in header if name[:4].isdigit()}
    return {name: period for name, period in found.items() if period}


def by_column(metric: str, months: Mapping[str, Period]) -> list[Measure]:
    """One measure, a column a month."""
    return [Measure(column=name, metric=metric, unit="count") for name in months]


def dated_by_column(piece: Measured, months: Mapping[str, Period], part: str) -> Measured:
    """Give each figure the month of its column; a later file replaces the months together."""
    observations = piece.observations.with_columns(
        _of_column({name: p.label for name, p in months.items()}, pl.String()).alias(
            "period_label"
        ),
        _of_column({name: p.start for name, p in months.items()}, pl.Date()).alias("period_start"),
        _of_column({name: p.end for name, p in months.items()}, pl.Date()).alias("period_end"),
        pl.lit(part).alias("scope"),
    )
    return replace(piece, observations=observations)


def _of_column(values: Mapping[str, Any], kind: pl.DataType) -> pl.Expr:
    place = pl.col("source_column").str.split("!").list.last()
    return place.replace_strict(dict(values), return_dtype=kind)
