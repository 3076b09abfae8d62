"""What a store held at one moment, in memory, so that the store is closed before it is judged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from remit.model.errors import StoreError
from remit.store.report import StoredSource


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The counts of some metrics or measures, and the sources; all of one state of the store.

    It answers :meth:`counts` and :meth:`sources` as a store does.

    Attributes
    ----------
    as_at
        Only what the store knew on this day; None for all.
    of_everybody
        The figures without a cut.
    of_groups
        Those with one; None if they were not fetched.
    stored
        The files that were current, the oldest first.
    """

    as_at: date | None
    of_everybody: pl.DataFrame
    of_groups: pl.DataFrame | None
    stored: tuple[StoredSource, ...]

    def counts(
        self, metrics: Sequence[str], as_at: date | None = None, *, of_everybody: bool
    ) -> pl.DataFrame:
        """As :meth:`remit.store.Store.counts`, of what was fetched.

        Parameters
        ----------
        metrics
            Their identifiers, among those that were fetched.
        as_at
            The day of the snapshot, or None.
        of_everybody
            Figures without a cut; else those with one.

        Raises
        ------
        StoreError
            If another day or cut is asked for than was fetched.
        """
        self._check(as_at)
        frame = self.of_everybody if of_everybody else self.of_groups
        if frame is None:
            raise StoreError("this snapshot holds no figures of groups; fetch them with it")
        return frame.filter(pl.col("metric_id").is_in(list(metrics)))

    def sources(self, as_at: date | None = None) -> list[StoredSource]:
        """The files that were current."""
        self._check(as_at)
        return list(self.stored)

    def _check(self, as_at: date | None) -> None:
        if as_at is not None and as_at != self.as_at:
            raise StoreError(f"this snapshot is as at {self.as_at or 'its making'}, not {as_at}")
