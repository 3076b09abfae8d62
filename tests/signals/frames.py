"""Small frames of fictional series."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import polars as pl


def months(count: int, first: date = date(2022, 1, 1)) -> list[date]:
    start = first.year * 12 + first.month - 1
    return [date((start + i) // 12, (start + i) % 12 + 1, 1) for i in range(count)]


def frame(series: Mapping[str, Sequence[float | None]]) -> pl.DataFrame:
    rows = [
        (name, day, value)
        for name, values in series.items()
        for day, value in zip(months(len(values)), values, strict=True)
    ]
    schema = {"series": pl.String, "date": pl.Date, "value": pl.Float64}
    return pl.DataFrame(rows, schema=schema, orient="row")
