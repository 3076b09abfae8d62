"""What a comparison needs of an engine: rows, small tables beside them, and cells collected."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

import narwhals.stable.v2 as nw
import polars as pl

Lazy = nw.LazyFrame[Any]


class RecordSource(Protocol):
    """Records that are open; ``remit.engine.open_records`` gives such."""

    frame: Lazy

    def beside(self, table: pl.DataFrame) -> Lazy:
        """A small table as a frame of the same engine."""

    def keep(self, frame: Lazy) -> Lazy:
        """The same rows, worked out once."""

    def parts(self, frame: Lazy, column: str, number: int) -> list[Lazy]:
        """The rows of each value below a number that a column has, without that column."""

    def collect(self, frame: Lazy, by: Sequence[str] | None = ()) -> pl.DataFrame:
        """What a frame comes to, sorted; in any order where ``by`` is None."""
