"""What reading a file yields, and the frame that observations come in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import polars as pl

from remit.catalogue import MetricCatalogue
from remit.model.observation import Rejection, Source
from remit.model.period import Period

if TYPE_CHECKING:
    from remit.register import Register

OBSERVATION_SCHEMA: dict[str, pl.DataType] = {
    "org_code": pl.String(),
    "org_kind": pl.String(),
    "metric_id": pl.String(),
    "unit": pl.String(),
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
}
"""The columns of observations. ``release`` is the quarter that a figure was published for,
``scope`` the part of the publication that it belongs to (a revised file replaces whole scopes),
``source_row`` the physical line of the file, ``source_column`` the column's name there."""


@dataclass(frozen=True, slots=True)
class ReadingContext:
    """What a reader needs to know beside the file.

    ``release`` is the quarter of a file that does not say it; ``published_on`` the day on which
    the file was published, where the user knows it.
    """

    register: Register
    catalogue: MetricCatalogue
    release: Period | None = None
    published_on: date | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """One file read: observations (``OBSERVATION_SCHEMA``), rejections and the source."""

    observations: pl.DataFrame
    rejections: tuple[Rejection, ...]
    source: Source


def empty_observations() -> pl.DataFrame:
    """A frame of observations without rows."""
    return pl.DataFrame(schema=OBSERVATION_SCHEMA)
