"""Giving figures out of a store as at a day, with their files and what was refused of these."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, date
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

from remit.files.arrow import ArrowStream
from remit.files.closing import Closing
from remit.files.duckdb_words import first_line
from remit.frames.figures import Figures
from remit.frames.observations import OBSERVATION_SCHEMA
from remit.model.errors import StoreError
from remit.model.observation import PrintedMetric, Rejection, TotalCheck
from remit.store import queries
from remit.store.layout import COUNT_COLUMNS, CUT_COLUMNS, OBSERVATION_COLUMNS
from remit.store.report import StoredSource
from remit.store.snapshot import Snapshot

_DAMAGES = (duckdb.IOException, duckdb.FatalException, duckdb.InternalException)


class StoreReading(Closing):
    """What can be asked of a store that is open, whether or not it may be written."""

    path: Path | None
    _connection: duckdb.DuckDBPyConnection

    def observations(
        self,
        as_at: date | None = None,
        publication: str | None = None,
        releases: Sequence[str] | None = None,
        metrics: Sequence[str] | None = None,
        publications: Sequence[str] | None = None,
    ) -> pl.DataFrame:
        """The figures that are current: for each scope those of its latest vintage.

        Parameters
        ----------
        as_at
            Only vintages known by this day count; all if left out.
        publication
            The identifier of one publication.
        releases
            Periods such as ``2025/26 Q1`` or ``Jun 2025``.
        metrics
            Identifiers of metrics or measures.
        publications
            The identifiers of several publications.

        Returns
        -------
        polars.DataFrame
            One row a figure, in the columns of ``OBSERVATION_SCHEMA``, ordered by publication,
            scope and line.
        """
        wanted: dict[str, Any] = {"as_at": _day(as_at)}
        conditions = ["true"]
        if publication is not None:
            conditions.append("publication = $publication")
            wanted["publication"] = publication
        if publications is not None:
            conditions.append("list_contains($publications, publication)")
            wanted["publications"] = list(publications)
        if releases is not None:
            conditions.append("list_contains($releases, release)")
            wanted["releases"] = list(releases)
        if metrics is not None:
            conditions.append("list_contains($metrics, metric_id)")
            wanted["metrics"] = list(metrics)
        query = (
            f"SELECT {OBSERVATION_COLUMNS} FROM observation_as_at($as_at) "  # noqa: S608
            f"WHERE {' AND '.join(conditions)} "
            "ORDER BY publication, scope, source_row, metric_id"
        )
        return self._frame(query, wanted, OBSERVATION_SCHEMA)

    def counts(
        self, metrics: Sequence[str], as_at: date | None = None, cuts: Sequence[str] | None = None
    ) -> pl.DataFrame:
        """The current figures of some metrics or measures, with what a sum and its trace need.

        Parameters
        ----------
        metrics
            Their identifiers.
        as_at
            As for :meth:`observations`.
        cuts
            Those of these groups, by their cuts; the figures without a cut if left out.

        Returns
        -------
        polars.DataFrame
            The columns ``COUNT_COLUMNS``, in no order.
        """
        wanted: dict[str, Any] = {"as_at": _day(as_at), "metrics": list(metrics)}
        condition = "cut IS NULL"
        if cuts is not None:
            condition, wanted["cuts"] = "cut IN (SELECT unnest($cuts))", list(cuts)
        query = (
            f"SELECT {', '.join(COUNT_COLUMNS)} FROM observation_as_at($as_at) "  # noqa: S608
            f"WHERE metric_id IN (SELECT unnest($metrics)) AND {condition}"
        )
        return self._frame(query, wanted, {n: OBSERVATION_SCHEMA[n] for n in COUNT_COLUMNS})

    def cuts(self, metrics: Sequence[str], as_at: date | None = None) -> pl.DataFrame:
        """The groups that the current figures of some metrics or measures tell apart.

        Parameters
        ----------
        metrics
            Their identifiers.
        as_at
            As for :meth:`observations`.

        Returns
        -------
        polars.DataFrame
            ``metric_id, cut``, each pair once.

        Examples
        --------
        >>> from remit.store import Store
        >>> with Store.in_memory() as store:
        ...     store.cuts(["ae-monthly.attendances"]).height
        0
        """
        wanted = {"as_at": _day(as_at), "metrics": list(metrics)}
        return self._frame(queries.CUTS, wanted, {n: OBSERVATION_SCHEMA[n] for n in CUT_COLUMNS})

    def snapshot(
        self,
        metrics: Sequence[str],
        as_at: date | None = None,
        *,
        groups: Callable[[str], bool] = bool,
    ) -> Snapshot:
        """What :meth:`counts` and :meth:`sources` give, to be used when the store is closed.

        Parameters
        ----------
        metrics
            The metrics or measures that will be asked for.
        as_at
            As for :meth:`observations`.
        groups
            Of which cuts figures are fetched too; of all if left out.

        Examples
        --------
        >>> from remit.store import Store
        >>> with Store.in_memory() as store:
        ...     held = store.snapshot(["ae-monthly.attendances"])
        """
        self._connection.begin()
        try:
            told = self.cuts(metrics, as_at)
            fetched = [cut for cut in told["cut"].unique().sort() if groups(cut)]
            return Snapshot(
                as_at,
                self.counts(metrics, as_at),
                told,
                self.counts(metrics, as_at, fetched),
                frozenset(fetched),
                tuple(self.sources(as_at)),
            )
        finally:
            with suppress(duckdb.Error):
                self._connection.rollback()

    def figures(
        self,
        as_at: date | None = None,
        releases: Sequence[str] | None = None,
        *,
        publications: Sequence[str] | None = None,
    ) -> Figures:
        """The current figures together with their sources and what was rejected of those.

        A store of many publications holds millions of figures: name those that are needed.
        """
        sources = self.sources(as_at)
        if publications is not None:
            sources = [source for source in sources if source.publication in publications]
        rejections = [r for source in sources for r in self.rejections(source.source_id)]
        return Figures(
            self.observations(as_at, releases=releases, publications=publications),
            tuple(rejections),
            {source.source_id: source for source in sources},
            checks=tuple(c for source in sources for c in self.total_checks(source.source_id)),
        )

    def sources(
        self, as_at: date | None = None, *, all_vintages: bool = False
    ) -> list[StoredSource]:
        """The files that are current on a day, or all that were known by then, oldest first."""
        rows = self._rows(queries.SOURCES, as_at=_day(as_at))
        found = [_stored_source(row) for row in rows]
        return [source for source in found if all_vintages or source.is_current]

    def rejections(self, source_id: str | None = None) -> list[Rejection]:
        """The rows that were not taken: of one file, or of all, in the order of ingest."""
        return [Rejection(**row) for row in self._rows(queries.REJECTIONS, source_id=source_id)]

    def total_checks(self, source_id: str | None = None) -> list[TotalCheck]:
        """The totals that files print, each with the sum of its rows: of one file, or of all."""
        return [TotalCheck(**row) for row in self._rows(queries.TOTAL_CHECKS, source_id=source_id)]

    def notes(self, source_id: str | None = None) -> list[str]:
        """What of a file, or of all files, was not read, in sentences."""
        return [row["note"] for row in self._rows(queries.NOTES, source_id=source_id)]

    def read_through(self) -> tuple[int, str]:
        """Read every column of every figure once, so that a block that is damaged is found.

        Returns
        -------
        tuple
            How many figures there are, of all vintages; and a file that some are of and that the
            store does not know, blank where there is none.

        Raises
        ------
        StoreError
            If they cannot be read.

        Examples
        --------
        >>> from remit.store import Store
        >>> with Store.in_memory() as store:
        ...     store.read_through()
        (0, '')
        """
        rows = self._rows(queries.READ_THROUGH)
        astray = next((str(row["source_id"]) for row in rows if not row["is_known"]), "")
        return sum(int(row["figures"]) for row in rows), astray

    def releases(self) -> list[str]:
        """The periods that figures were published for, as text in order."""
        rows = self._rows("SELECT DISTINCT release FROM observation_current ORDER BY release")
        return [row["release"] for row in rows]

    def _rows(self, query: str, **parameters: Any) -> list[dict[str, Any]]:
        """All rows at once: a cursor that is not read to its end would block the connection."""
        with self._in_duckdbs_words():
            result = self._connection.execute(query, parameters or None)
            names = [column[0] for column in result.description or ()]
            return [dict(zip(names, row, strict=True)) for row in result.fetchall()]

    def _frame(
        self, query: str, parameters: dict[str, Any], schema: Mapping[str, Any]
    ) -> pl.DataFrame:
        """A whole result as a frame, by Arrow's stream protocol, which needs no pyarrow."""
        with self._in_duckdbs_words():
            # Run here, not when the stream is read: a fault there would come in polars' words.
            result = self._connection.sql(query, params=parameters).materialize()
            return pl.DataFrame(ArrowStream(result), schema=schema)

    @contextmanager
    def _in_duckdbs_words(self) -> Iterator[None]:
        """A store that is damaged is no fault of Remit's; DuckDB knows what is wrong with it."""
        try:
            yield
        except duckdb.InterruptException:
            raise
        except duckdb.Error as error:
            # A block whose checksum is wrong comes as no kind of error in particular.
            if type(error) is not duckdb.Error and not isinstance(error, _DAMAGES):
                raise
            raise StoreError(
                f"{self.path}: the store cannot be read. DuckDB says: {first_line(error)}"
            ) from error


def _day(as_at: date | None) -> date:
    return date.max if as_at is None else as_at


def _stored_source(row: dict[str, Any]) -> StoredSource:
    row["ingested_at"] = row["ingested_at"].replace(tzinfo=UTC)
    row["scopes"] = tuple(row["scopes"])
    row["current_scopes"] = tuple(row["current_scopes"])
    row["printed"] = tuple(PrintedMetric(**one) for one in row["printed"])
    return StoredSource(**row)
