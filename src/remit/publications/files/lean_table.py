"""A table of which only some columns are kept, whole as a frame: a large file of many columns."""

from __future__ import annotations

from dataclasses import dataclass, field

import polars as pl

from remit.publications.files.table import RawTable


@dataclass(frozen=True, slots=True)
class LeanTable(RawTable):
    """A table without its cells.

    ``frame`` has the line of each row and what is kept of it, as tidied text. ``rows`` has a single
    row, in which each column that is filled anywhere has a text.
    """

    frame: pl.DataFrame = field(default_factory=pl.DataFrame)

    @property
    def rows_read(self) -> int:
        """Whole and damaged rows together."""
        return self.frame.height + len(self.damaged)
