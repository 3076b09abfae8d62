"""Files of records as a comparison reads them: what was accepted, whatever the engine."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from remit.shift.effect.source import Lazy
from remit.shift.records.activity import Activity


class AcceptedRecords:
    """The accepted records of files that were read and checked.

    Parameters
    ----------
    activity
        What ``remit.shift.records.activity.open_activity`` gives.
    """

    def __init__(self, activity: Activity) -> None:
        self._activity = activity
        self.frame = activity.accepted()

    def beside(self, table: pl.DataFrame) -> Lazy:
        """A small table as a frame of the same engine."""
        return self._activity.records.beside(table)

    def keep(self, frame: Lazy) -> Lazy:
        """The same rows, worked out once."""
        return self._activity.records.keep(frame)

    def parts(self, frame: Lazy, column: str, number: int) -> list[Lazy]:
        """The rows of each value of a column, apart."""
        return self._activity.records.parts(frame, column, number)

    def collect(self, frame: Lazy, by: Sequence[str] | None = ()) -> pl.DataFrame:
        """What a frame comes to, sorted."""
        return self._activity.collect(frame, by)
