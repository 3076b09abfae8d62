"""Taking files in, giving figures out as at a day, and undoing an ingest."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Self

import duckdb
import polars as pl

from remit.files.arrow import ArrowStream
from remit.files.closing import Closing
from remit.files.database import Database
from remit.files.duckdb_words import first_line
from remit.frames.figures import Figures
from remit.frames.observations import OBSERVATION_SCHEMA
from remit.model.errors import StoreError
from remit.model.observation import PrintedMetric, Rejection, TotalCheck
from remit.store import opening, queries
from remit.store.intake import Incoming, few_at_once, in_one_thread, take
from remit.store.layout import COUNT_COLUMNS, OBSERVATION_COLUMNS, OF_A_SOURCE
from remit.store.report import IngestReport, RemovalReport, StoredSource
from remit.store.snapshot import Snapshot


class Store(Closing):
    """Figures with their sources, in one DuckDB file.

    Open it, use it, close it: while it is open for writing no other process can read it.

    Examples
    --------
    >>> with Store.in_memory() as store:
    ...     store.releases()
    []
    """

    def __init__(
        self, connection: duckdb.DuckDBPyConnection, database: Database | None = None
    ) -> None:
        self._connection = connection
        self._database = database
        self.path = database.path if database else None

    @classmethod
    def open(
        cls,
        path: Path | str,
        *,
        read_only: bool = False,
        wait_seconds: float = 30,
        must_exist: bool = False,
    ) -> Self:
        """Open a store; one that is to be written is made if it is not there.

        Parameters
        ----------
        path
            The store's file.
        read_only
            Several processes may read at once; one that writes is alone.
        wait_seconds
            How long to wait for others that have the store open, each in the order of coming.
        must_exist
            Do not make a store that is not there.

        Raises
        ------
        StoreError
            If the file is missing, is no store of Remit, was made by a newer version, or is in
            use for longer than ``wait_seconds``.
        """
        database = opening.open_store(
            Path(path), read_only=read_only, wait_seconds=wait_seconds, must_exist=must_exist
        )
        return cls(database.connection, database)

    @classmethod
    def in_memory(cls) -> Self:
        """An empty store that leaves nothing behind, to try things out."""
        return cls(opening.in_memory())

    def close(self) -> None:
        """Let others have the file.

        Raises
        ------
        StoreError
            If it was moved, deleted or replaced before all that was written was in it.
        """
        if self._database:
            self._database.close()
        self._connection.close()

    # Taking in -----------------------------------------------------------------------------------

    def ingest(
        self, readings: Iterable[Incoming], *, dry_run: bool = False, together: bool = True
    ) -> IngestReport:
        """Take in all files, or none if one fails; or each by itself, whole or not at all.

        A file that is there already (the same bytes) changes nothing. A file that covers a scope
        of an earlier one is a new vintage of it; the older one stays.

        Parameters
        ----------
        readings
            What ``remit.publications.recognise.read_file`` yields, in the order of ingest.
        dry_run
            Report what would be done and leave the store as it is.
        together
            Keep all or none. Otherwise each file is kept as soon as it is in, so that one that
            fails, or the end of the process, leaves those before it in the store.

        Raises
        ------
        StoreError
            If the store cannot be written; nothing is changed then, or nothing further.
        """
        now = datetime.now(UTC)
        with in_one_thread(self._connection):
            if together or dry_run:
                with self._transaction(keep=not dry_run):
                    files = tuple(take(self._connection, reading, now) for reading in readings)
            else:
                files, left = (), iter(readings)
                while batch := few_at_once(left):
                    with self._transaction(keep=True):
                        files += tuple(take(self._connection, reading, now) for reading in batch)
        return IngestReport(files, dry_run)

    @contextmanager
    def _transaction(self, *, keep: bool) -> Iterator[None]:
        """All or nothing; nothing as well where it is not to be kept."""
        self._connection.begin()
        try:
            yield
            if keep:
                self._commit()
        except (RuntimeError, duckdb.InterruptException) as error:
            # DuckDB's words for Ctrl+C while it works.
            if "interrupted" not in str(error).lower():
                raise
            raise KeyboardInterrupt from error
        except duckdb.Error as error:
            raise StoreError(
                f"{self.path}: the store cannot be written, and is as it was: {first_line(error)}"
            ) from error
        finally:
            # After a commit, or one that failed, there is no transaction left to end.
            with suppress(duckdb.Error):
                self._connection.rollback()

    def _commit(self) -> None:
        """What is written to a file that was replaced would be lost without a word."""
        if self._database:
            self._database.check_is_in_place()
        self._connection.commit()
        if self._database:
            self._database.has_committed()

    # Giving out ----------------------------------------------------------------------------------

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
        self, metrics: Sequence[str], as_at: date | None = None, *, of_everybody: bool
    ) -> pl.DataFrame:
        """The current figures of some metrics or measures, with what a sum and its trace need.

        Parameters
        ----------
        metrics
            Their identifiers.
        as_at
            As for :meth:`observations`.
        of_everybody
            Figures without a cut; else those with one.

        Returns
        -------
        polars.DataFrame
            The columns ``COUNT_COLUMNS``, in no order.
        """
        condition = "cut IS NULL" if of_everybody else "cut IS NOT NULL"
        query = (
            f"SELECT {', '.join(COUNT_COLUMNS)} FROM observation_as_at($as_at) "  # noqa: S608
            f"WHERE metric_id IN (SELECT unnest($metrics)) AND {condition}"
        )
        wanted = {"as_at": _day(as_at), "metrics": list(metrics)}
        return self._frame(query, wanted, {n: OBSERVATION_SCHEMA[n] for n in COUNT_COLUMNS})

    def snapshot(
        self, metrics: Sequence[str], as_at: date | None = None, *, with_groups: bool = True
    ) -> Snapshot:
        """What :meth:`counts` and :meth:`sources` give, to be used when the store is closed.

        Parameters
        ----------
        metrics
            The metrics or measures that will be asked for.
        as_at
            As for :meth:`observations`.
        with_groups
            Fetch figures with a cut too.

        Examples
        --------
        >>> with Store.open("remit.duckdb", read_only=True) as store:
        ...     held = store.snapshot(["ae-monthly.attendances"])
        """
        self._connection.begin()
        try:
            groups = self.counts(metrics, as_at, of_everybody=False) if with_groups else None
            everybody = self.counts(metrics, as_at, of_everybody=True)
            return Snapshot(as_at, everybody, groups, tuple(self.sources(as_at)))
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

    def releases(self) -> list[str]:
        """The periods that figures were published for, as text in order."""
        rows = self._rows("SELECT DISTINCT release FROM observation_current ORDER BY release")
        return [row["release"] for row in rows]

    # Undoing -------------------------------------------------------------------------------------

    def remove(self, source_id: str, *, dry_run: bool = False) -> RemovalReport:
        """Take a file out again; where it was a new vintage, the one before is current again.

        Raises
        ------
        StoreError
            If no such file is there; the message lists those that are.
        """
        with self._transaction(keep=not dry_run):
            source = self._find(source_id)
            removed = self._delete("observation", source_id)
            for table in OF_A_SOURCE:
                self._delete(table, source_id)
            holders = {
                scope: other.file_name
                for other in self.sources()
                for scope in other.current_scopes
                if other.publication == source.publication
            }
        left = tuple((scope, holders.get(scope)) for scope in source.scopes)
        return RemovalReport(source, removed, left, dry_run)

    def _find(self, source_id: str) -> StoredSource:
        known = self.sources(all_vintages=True)
        for source in known:
            if source.source_id == source_id:
                return source
        listed = "; ".join(f"{source.source_id} ({source.file_name})" for source in known)
        raise StoreError(
            f"{self.path}: no file with the identifier {source_id!r} is in the store. "
            f"There are: {listed or 'none'}."
        )

    def _delete(self, table: str, source_id: str) -> int:
        rows = self._rows(
            f"DELETE FROM {table} WHERE source_id = $source_id RETURNING 1",  # noqa: S608
            source_id=source_id,
        )
        return len(rows)

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
        except (duckdb.IOException, duckdb.FatalException, duckdb.InternalException) as error:
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
