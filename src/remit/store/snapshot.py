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

    It answers :meth:`counts`, :meth:`cuts` and :meth:`sources` as a store does.

    Attributes
    ----------
    as_at
        Only what the store knew on this day; None for all.
    of_everybody
        The figures without a cut.
    told
        The groups that figures tell apart (``metric_id, cut``), whether they were fetched or not.
    of_groups
        The figures of the groups that were fetched.
    fetched
        The cuts of those.
    stored
        The files that were current, the oldest first.
    """

    as_at: date | None
    of_everybody: pl.DataFrame
    told: pl.DataFrame
    of_groups: pl.DataFrame
    fetched: frozenset[str]
    stored: tuple[StoredSource, ...]

    def counts(
        self, metrics: Sequence[str], as_at: date | None = None, cuts: Sequence[str] | None = None
    ) -> pl.DataFrame:
        """As :meth:`remit.store.Store.counts`, of what was fetched.

        Parameters
        ----------
        metrics
            Their identifiers, among those that were fetched.
        as_at
            The day of the snapshot, or None.
        cuts
            Those of these groups; the figures without a cut if left out.

        Raises
        ------
        StoreError
            If another day or group is asked for than was fetched.
        """
        self._check(as_at)
        of_metrics = pl.col("metric_id").is_in(list(metrics))
        if cuts is None:
            return self.of_everybody.filter(of_metrics)
        if further := set(cuts) - self.fetched:
            raise StoreError(
                f"this snapshot holds no figures of {min(further)}; fetch them with it"
            )
        return self.of_groups.filter(of_metrics, pl.col("cut").is_in(list(cuts)))

    def cuts(self, metrics: Sequence[str], as_at: date | None = None) -> pl.DataFrame:
        """As :meth:`remit.store.Store.cuts`."""
        self._check(as_at)
        return self.told.filter(pl.col("metric_id").is_in(list(metrics)))

    def sources(self, as_at: date | None = None) -> list[StoredSource]:
        """The files that were current."""
        self._check(as_at)
        return list(self.stored)

    def _check(self, as_at: date | None) -> None:
        if as_at is not None and as_at != self.as_at:
            raise StoreError(f"this snapshot is as at {self.as_at or 'its making'}, not {as_at}")
