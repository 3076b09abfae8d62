"""Files of records are read and checked once; what is accepted is counted as often as asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

import narwhals.stable.v2 as nw
import polars as pl

from remit.engine import FILE, Records, open_records
from remit.model.activity_mapping import ActivityMapping
from remit.model.errors import ActivityError
from remit.shift.records.columns import DIED_ON, RECORD_COLUMNS
from remit.shift.records.cubes import Lazy
from remit.shift.records.mapping import columns_used, mapped, mapped_schema
from remit.shift.records.quarters import calendar
from remit.shift.records.reasons import REASONS
from remit.shift.records.typed import check_columns, typed

COUNTED_BY = "remit shift records 1"
"""Parts of an earlier run are used if this, the mapping and the files are the same."""


@dataclass(frozen=True, slots=True)
class ReadCounts:
    """How many records were read, and what became of them."""

    read: int
    accepted: int

    @property
    def rejected(self) -> int:
        """Those that are in no figure."""
        return self.read - self.accepted


class Activity:
    """Records that were read and checked. Close it, or use it as a context manager.

    Attributes
    ----------
    records
        The files and their engine.
    tally
        Records by ``file``, ``quarter`` (its number) and ``reason``, empty where accepted.
    notes
        What is to be said of the files, in sentences.
    """

    def __init__(self, records: Records, mapping: ActivityMapping | None = None) -> None:
        self.records = records
        self.mapping = mapping
        self.schema = dict(records.schema)
        if mapping is not None:
            self.schema = mapped_schema(records.schema, mapping, records.files[0])
        self.notes = _notes(self.schema)
        if self.schema.get(DIED_ON) == pl.Null:
            del self.schema[DIED_ON]
        check_columns(self.schema, records.files[0])
        self._days = records.beside(calendar())
        self._equals: int | None = None
        self.tally = self._tally()

    @property
    def asked(self) -> str:
        """All that the figures depend on beside the files."""
        return f"{COUNTED_BY} {self.mapping!r}"

    @property
    def counts(self) -> ReadCounts:
        """How many records were read and accepted."""
        accepted = self.tally.filter(pl.col("reason").is_null())
        return ReadCounts(int(self.tally["records"].sum()), int(accepted["records"].sum()))

    @property
    def quarters(self) -> list[int]:
        """The numbers of the quarters in which there are accepted records, in their order."""
        accepted = self.tally.filter(pl.col("reason").is_null())
        return sorted(accepted["quarter"].unique().to_list())

    def accepted(self, quarters: Sequence[int] | None = None) -> Lazy:
        """The accepted records, in the types of the contract, with the number of their quarter.

        Parameters
        ----------
        quarters
            Only those of some quarters; files without them are not read.
        """
        tally = self.tally
        if quarters is not None:
            tally = tally.filter(pl.col("quarter").is_in(quarters))
        names = tally.filter(pl.col("reason").is_null())["file"].unique().to_list()
        files = [one for one in self.records.files if str(one) in set(names)]
        rows = self.records.of(files or self.records.files)
        found = self.typed(rows, self._days, dated=True)
        # Where nothing in these files was rejected, nothing is looked at again.
        if self._any_rejected(names) or not files:
            found = found.filter(nw.col("reason").is_null())
        columns = [one for one in (*RECORD_COLUMNS, DIED_ON) if one in self.schema]
        found = found.select(*columns, "quarter")
        return found if quarters is None else found.filter(nw.col("quarter").is_in(quarters))

    def typed(
        self, frame: Lazy, days: Lazy, keep: Sequence[str] = (FILE,), *, dated: bool = False
    ) -> Lazy:
        """Rows of the files in the types of the contract, each with its quarter and reason.

        Parameters
        ----------
        frame
            The rows, of any engine.
        days
            The calendar, of the same engine.
        keep
            Columns that stay as they are.
        dated
            Whether only records of a day that is in the calendar are wanted.
        """
        if self.mapping is not None:
            frame = mapped(frame, self.records.schema, self.mapping, keep)
        blank = self.records.files[0].suffix.lower() == ".csv"
        return typed(frame, self.schema, days, keep, blank=blank, dated=dated)

    def equal_records(self) -> int:
        """How many accepted records are equal to an earlier one in every column; they are kept."""
        if self._equals is None:
            self._equals = sum(self._equal(number) for number in self.quarters)
        return self._equals

    def _equal(self, number: int) -> int:
        frame = self.accepted([number])
        columns = [one for one in (*RECORD_COLUMNS, DIED_ON) if one in self.schema]
        alike = frame.group_by(*columns).agg(nw.len().cast(nw.Int64).alias("records"))
        more = (nw.col("records") - 1).sum().cast(nw.Int64)
        return self.collect(alike.select(more)).item() or 0

    def collect(self, frame: Lazy, by: Sequence[str] | None = ()) -> pl.DataFrame:
        """What a frame comes to, sorted (see :meth:`remit.engine.Records.collect`)."""
        return self.records.collect(frame, by)

    def close(self) -> None:
        """Let go of the engine."""
        self.records.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _any_rejected(self, names: Sequence[str]) -> bool:
        here = self.tally.filter(pl.col("file").is_in(names))
        return here["reason"].is_not_null().any()

    def _tally(self) -> pl.DataFrame:
        frame = self.typed(self.records.frame, self._days)
        counted = frame.group_by(FILE, "quarter", "reason").agg(
            nw.len().cast(nw.Int64).alias("records")
        )
        found = self.records.collect(counted)
        paths = [str(self.records.path_of(one)) for one in found[FILE].to_list()]
        return found.drop(FILE).insert_column(0, pl.Series("file", paths, dtype=pl.String))


def _notes(schema: Mapping[str, pl.DataType]) -> tuple[str, ...]:
    if schema.get(DIED_ON) == pl.Null:
        return (f"{DIED_ON} is empty in every record: no deaths are recorded.",)
    return ()


def open_activity(
    files: Sequence[Path | str],
    engine: str = "duckdb",
    *,
    master: str | None = None,
    memory: str | None = None,
    mapping: ActivityMapping | None = None,
) -> Activity:
    """Read and check files of activity records.

    Parameters
    ----------
    files
        Parquet or CSV files, folders of them, tables of Delta or Iceberg.
    engine
        ``duckdb`` or ``spark``.
    master
        Which Spark.
    memory
        How much memory may be used, such as ``2GB``.
    mapping
        Where the columns stand; without it under their own names.

    Raises
    ------
    ActivityError
        If the files or the engine cannot be used, or if no record is accepted.

    Examples
    --------
    >>> with open_activity(["records"]) as activity:  # doctest: +SKIP
    ...     activity.collect(cube(activity.accepted()))
    """
    only = columns_used(mapping)
    records = open_records(files, engine, master=master, memory=memory, only=only)
    try:
        activity = Activity(records, mapping)
        if not activity.counts.accepted:
            raise ActivityError(_none(activity))
        return activity
    except BaseException:
        records.close()
        raise


def _none(activity: Activity) -> str:
    first = activity.records.files[0]
    if not activity.counts.read:
        return f"{first}: there are no records in it"
    worst = activity.tally.group_by("reason").agg(pl.col("records").sum()).sort("records")
    said = REASONS[worst["reason"][-1]]
    return f"{first}: none of {activity.counts.read:,} records can be used; most often {said}"
