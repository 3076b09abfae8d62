"""What an engine does for Remit: it reads files, holds small tables, and collects cells."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final, Protocol

import narwhals.stable.v2 as nw
import polars as pl

from remit.model.errors import ActivityError

FILE: Final = "remit_file"
"""The column that says from which file a record comes."""

Lazy = nw.LazyFrame[Any]


class Engine(Protocol):
    """DuckDB or Spark, behind what Remit asks of it."""

    def read(self, files: Sequence[Path]) -> Lazy:
        """The rows of files, all of Parquet or all of CSV, with :data:`FILE` beside them."""

    def beside(self, table: pl.DataFrame) -> Lazy:
        """A small table, such as a calendar, to be joined."""

    def keep(self, frame: Lazy) -> Lazy:
        """The same rows, worked out once: whoever asks for them again need not wait again."""

    def parts(self, frame: Lazy, column: str, number: int) -> list[Lazy]:
        """The rows of each value below a number that a column has, apart and kept, without it."""

    def collect(self, frame: Lazy) -> pl.DataFrame:
        """What a frame comes to, in the engine's own types."""

    def path_of(self, file: str) -> str:
        """The path that :data:`FILE` means."""

    def close(self) -> None:
        """Let go of what is held."""


def in_one_schema(found: pl.DataFrame) -> pl.DataFrame:
    """The same figures in the types that every engine's answer has.

    Whole numbers are Int64, others Float64, days Date, words String.

    Raises
    ------
    ActivityError
        If a column is of a kind that no answer of Remit's has, or a number is too large.
    """
    try:
        return found.with_columns(_as_usual(name, kind) for name, kind in found.schema.items())
    except pl.exceptions.InvalidOperationError as error:
        said = str(error).split("\n", 1)[0]
        raise ActivityError(f"a sum is larger than 64 bits hold: {said}") from None


def _as_usual(name: str, kind: pl.DataType) -> pl.Expr:
    if isinstance(kind, pl.Decimal) and kind.scale == 0:
        return pl.col(name).cast(pl.Int64)
    if kind.is_integer():
        return pl.col(name).cast(pl.Int64)
    if kind.is_float():
        return pl.col(name).cast(pl.Float64)
    if kind in {pl.String, pl.Categorical, pl.Enum}:
        return pl.col(name).cast(pl.String)
    if kind in {pl.Date, pl.Boolean}:
        return pl.col(name)
    if kind == pl.Null:
        return pl.col(name).cast(pl.String)
    raise ActivityError(f"the column {name!r} is of the type {kind}, which no table of Remit's has")
