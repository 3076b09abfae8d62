"""What reading a file yields, and the frame that observations come in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import polars as pl

from remit.catalogue import MetricCatalogue
from remit.model.observation import Rejection, Source, TotalCheck
from remit.model.period import Period

if TYPE_CHECKING:
    from remit.register import Register


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
    """One file read: observations (``OBSERVATION_SCHEMA``), rejections and the source.

    ``checks`` are the totals that the file prints, each with the sum of the rows; ``notes`` say
    which columns and sheets of the file were not read.
    """

    observations: pl.DataFrame
    rejections: tuple[Rejection, ...]
    source: Source
    checks: tuple[TotalCheck, ...] = ()
    notes: tuple[str, ...] = ()
