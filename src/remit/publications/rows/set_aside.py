"""Readings whose figures lie on the disk until they are kept: many files are read before one is."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import polars as pl

from remit.model.observation import Rejection, Source, TotalCheck
from remit.publications.rows.reading import Reading

LARGE = 20_000
"""A file with fewer figures stays in memory."""


@dataclass(frozen=True, slots=True)
class SetAside:
    """A reading without its figures, which are read again when they are asked for."""

    path: Path
    rejections: tuple[Rejection, ...]
    source: Source
    checks: tuple[TotalCheck, ...]
    notes: tuple[str, ...]

    @property
    def observations(self) -> pl.DataFrame:
        """The accepted figures, in the columns of ``OBSERVATION_SCHEMA``."""
        return pl.read_parquet(self.path)


def set_aside(reading: Reading, folder: Path) -> Reading | SetAside:
    """Write the figures of a large file to a folder, so that the memory is free for the next.

    Parameters
    ----------
    reading
        One file as it was read.
    folder
        Must be there, and stay until the figures are kept.
    """
    if reading.observations.height < LARGE:
        return reading
    path = folder / f"{reading.source.source_id}.parquet"
    reading.observations.write_parquet(path, compression="lz4")
    return SetAside(path, reading.rejections, reading.source, reading.checks, reading.notes)
