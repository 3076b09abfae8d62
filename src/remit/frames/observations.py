"""The frame that observations come in, whatever read them and whatever keeps them."""

from __future__ import annotations

import polars as pl

OBSERVATION_SCHEMA: dict[str, pl.DataType] = {
    "org_code": pl.String(),
    "org_kind": pl.String(),
    "metric_id": pl.String(),
    "unit": pl.String(),
    "cut": pl.String(),
    "release": pl.String(),
    "scope": pl.String(),
    "period_label": pl.String(),
    "period_start": pl.Date(),
    "period_end": pl.Date(),
    "value": pl.Float64(),
    "numerator": pl.Float64(),
    "denominator": pl.Float64(),
    "status": pl.String(),
    "published_rank": pl.Float64(),
    "published_median": pl.Float64(),
    "published_lower_quartile": pl.Float64(),
    "published_upper_quartile": pl.Float64(),
    "publication": pl.String(),
    "source_id": pl.String(),
    "source_row": pl.Int64(),
    "source_column": pl.String(),
    "member_of": pl.String(),
}
"""The columns of observations. ``cut`` is the group that a figure speaks of (``age: 0-4``; several
joined by ``; ``), null for everybody; ``release`` the period that it was published for; ``scope``
the part of the publication that it belongs to (a revised file replaces whole scopes);
``source_row`` the physical line of the file or row of the sheet; ``source_column`` the column's
name there (``Sheet!Column`` in a workbook); ``member_of`` the ICB that the publication itself names
the organisation under in that period, null where it names none or one that is on no register."""


def empty_observations() -> pl.DataFrame:
    """A frame of observations without rows."""
    return pl.DataFrame(schema=OBSERVATION_SCHEMA)
