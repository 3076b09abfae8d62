"""Taking files in, giving figures out as at a day, and undoing an ingest."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Protocol, Self

import duckdb
import polars as pl

from remit.engine.figures import Figures
from remit.engine.observations import OBSERVATION_SCHEMA
from remit.model.errors import StoreError
from remit.model.observation import Rejection
from remit.store import opening
from remit.store.layout import OBSERVATION_COLUMNS
from remit.store.report import (
    FileReport,
    IngestReport,
    Outcome,
    RemovalReport,
    ScopeReport,
    StoredSource,
)
from remit.store.vintage import scope_reports

# DuckDB keeps processes apart, but not two threads of one process that write by turns.
_writing = threading.Lock()


class Incoming(Protocol):
    """A file that was read: what the readers of publications yield."""

    @property
    def observations(self) -> pl.DataFrame:
        """The accepted figures, in the columns of ``OBSERVATION_SCHEMA``."""

    @property
    def rejections(self) -> tuple[Rejection, ...]:
        """The rows that were not taken."""

    @property
    def source(self) -> Any:
        """The file itself."""


class Store:
    """Figures with their sources, in one DuckDB file.

    Open it, use it, close it: while it is open for writing no other process can read it.

    Examples
    --------
    >>> with Store.open(Path("remit.duckdb")) as store:  # doctest: +SKIP
    ...     report = store.ingest([reading])
    """

    def __init__(self, connection: duckdb.DuckDBPyConnection, path: Path | None) -> None:
        self._connection = connection
        self.path = path

    @classmethod
    def open(cls, path: Path | str, *, read_only: bool = False, wait_seconds: float = 30) -> Store:
        """Open a store; one that is to be written is made if it is not there.

        Parameters
        ----------
        path
            The store's file.
        read_only
            Several processes may read at once; one that writes is alone.
        wait_seconds
            How long to wait for others that have the store open.

        Raises
        ------
        StoreError
            If the file is missing, is no store of Remit, was made by a newer version, or is in
            use for longer than ``wait_seconds``.
        """
        path = Path(path)
        connection = opening.connect(path, read_only=read_only, wait_seconds=wait_seconds)
        return cls(connection, path)

    @classmethod
    def in_memory(cls) -> Store:
        """An empty store that leaves nothing behind, to try things out."""
        return cls(opening.in_memory(), None)

    def close(self) -> None:
        """Let others have the file."""
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    # Taking in -----------------------------------------------------------------------------------

    def ingest(self, readings: Iterable[Incoming], *, dry_run: bool = False) -> IngestReport:
        """Take in all files, or none if one fails.

        A file that is there already (the same bytes) changes nothing. A file that covers a scope
        of an earlier one is a new vintage of it; the older one stays.

        Parameters
        ----------
        readings
            What ``remit.publications.recognise.read_file`` yields, in the order of ingest.
        dry_run
            Report what would be done and leave the store as it is.

        Raises
        ------
        StoreError
            If the store cannot be written; nothing is changed then.
        """
        now = datetime.now(UTC)
        with self._transaction(keep=not dry_run):
            files = tuple(self._take(reading, now) for reading in readings)
        return IngestReport(files, dry_run)

    @contextmanager
    def _transaction(self, *, keep: bool) -> Iterator[None]:
        with _writing:
            self._connection.begin()
            try:
                yield
                if keep:
                    self._connection.commit()
                else:
                    self._connection.rollback()
            except duckdb.Error as error:
                self._give_up()
                said = str(error).splitlines()[0]
                raise StoreError(
                    f"{self.path}: the store cannot be written, and is as it was: {said}"
                ) from error
            except BaseException:
                self._give_up()
                raise

    def _give_up(self) -> None:
        # A failed commit has ended the transaction by itself, and a rollback then fails too.
        try:
            self._connection.rollback()
        except duckdb.Error:
            return

    def _take(self, reading: Incoming, now: datetime) -> FileReport:
        source = reading.source
        held = self._rows("SELECT * FROM source WHERE sha256 = $sha256", sha256=source.sha256)
        if held:
            return _report(source, "already there", (), _already(held[0], source.published_on))
        known_from = source.published_on or now.date()
        self._insert_source(source, now, known_from)
        self._append("observation", reading.observations.select(list(OBSERVATION_SCHEMA)))
        self._append("rejection", _rejection_frame(source.source_id, reading.rejections))
        scopes = scope_reports(self._connection, source)
        is_vintage = any(scope.before or scope.after for scope in scopes)
        return _report(source, "new vintage" if is_vintage else "new", scopes, "")

    def _insert_source(self, source: Any, now: datetime, known_from: date) -> None:
        self._connection.execute(
            """
            INSERT INTO source
            SELECT $source_id, $publication, $publication_name, $file_name, $sha256,
                $published_on, $licence, $url, $rows_read, $rows_accepted, $rows_rejected,
                $ingested_at, $known_from, coalesce(max(ingest_number), 0) + 1
            FROM source
            """,
            {
                "source_id": source.source_id,
                "publication": source.publication,
                "publication_name": source.publication_name,
                "file_name": source.file_name,
                "sha256": source.sha256,
                "published_on": source.published_on,
                "licence": source.licence,
                "url": source.url,
                "rows_read": source.rows_read,
                "rows_accepted": source.rows_accepted,
                "rows_rejected": source.rows_rejected,
                "ingested_at": now.replace(tzinfo=None),
                "known_from": known_from,
            },
        )
        scopes = {"source_id": source.source_id, "scope": list(source.scopes)}
        self._append("source_scope", pl.DataFrame(scopes, schema=_SCOPE_SCHEMA))

    def _append(self, table: str, frame: pl.DataFrame) -> None:
        self._connection.register("incoming", frame.to_arrow())
        try:
            self._connection.execute(f"INSERT INTO {table} BY NAME FROM incoming")  # noqa: S608
        finally:
            self._connection.unregister("incoming")

    # Giving out ----------------------------------------------------------------------------------

    def observations(
        self,
        as_at: date | None = None,
        publication: str | None = None,
        releases: Sequence[str] | None = None,
    ) -> pl.DataFrame:
        """The figures that are current: for each scope those of its latest vintage.

        Parameters
        ----------
        as_at
            Only vintages known by this day count; all if left out.
        publication
            The identifier of one publication.
        releases
            Quarters such as ``2025/26 Q1``.

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
        if releases is not None:
            conditions.append("list_contains($releases, release)")
            wanted["releases"] = list(releases)
        query = (
            f"SELECT {OBSERVATION_COLUMNS} FROM observation_as_at($as_at) "  # noqa: S608
            f"WHERE {' AND '.join(conditions)} "
            "ORDER BY publication, scope, source_row, metric_id"
        )
        table = self._connection.sql(query, params=wanted).to_arrow_table()
        return pl.DataFrame(table, schema=OBSERVATION_SCHEMA)

    def figures(self, as_at: date | None = None, releases: Sequence[str] | None = None) -> Figures:
        """The current figures together with their sources and what was rejected of those."""
        sources = self.sources(as_at)
        rejections = [r for source in sources for r in self.rejections(source.source_id)]
        return Figures(
            self.observations(as_at, releases=releases),
            tuple(rejections),
            {source.source_id: source for source in sources},
        )

    def sources(
        self, as_at: date | None = None, *, all_vintages: bool = False
    ) -> list[StoredSource]:
        """The files that are current on a day, or all that were known by then, oldest first."""
        rows = self._rows(
            """
            SELECT source.* EXCLUDE ingest_number,
                coalesce(list(held.scope ORDER BY held.scope), []) AS scopes,
                coalesce(list(held.scope ORDER BY held.scope)
                    FILTER (WHERE now.scope IS NOT NULL), []) AS current_scopes
            FROM source
            LEFT JOIN source_scope AS held USING (source_id)
            LEFT JOIN scope_as_at($as_at) AS now
                ON now.source_id = held.source_id AND now.scope = held.scope
            WHERE known_from <= $as_at
            GROUP BY ALL, ingest_number
            ORDER BY known_from, ingest_number
            """,
            as_at=_day(as_at),
        )
        found = [_stored_source(row) for row in rows]
        return [source for source in found if all_vintages or source.is_current]

    def rejections(self, source_id: str | None = None) -> list[Rejection]:
        """The rows that were not taken: of one file, or of all, in the order of ingest."""
        rows = self._rows(
            """
            SELECT file, line, "column", value, reason
            FROM rejection JOIN source USING (source_id)
            WHERE $source_id IS NULL OR source_id = $source_id
            ORDER BY ingest_number, line
            """,
            source_id=source_id,
        )
        return [Rejection(**row) for row in rows]

    def releases(self) -> list[str]:
        """The quarters of which there are figures, oldest first."""
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
        source = self._find(source_id)
        with self._transaction(keep=not dry_run):
            count = self._rows(
                "SELECT count(*) AS n FROM observation WHERE source_id = $id", id=source_id
            )
            for table in ("observation", "rejection", "source_scope", "source"):
                self._connection.execute(
                    f"DELETE FROM {table} WHERE source_id = $id",  # noqa: S608
                    {"id": source_id},
                )
            holders = {
                (other.publication, scope): other.file_name
                for other in self.sources()
                for scope in other.current_scopes
            }
        left = tuple((scope, holders.get((source.publication, scope))) for scope in source.scopes)
        return RemovalReport(source, count[0]["n"], left, dry_run)

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

    def _rows(self, query: str, **parameters: Any) -> list[dict[str, Any]]:
        """All rows at once: a cursor that is not read to its end would block the connection."""
        result = self._connection.execute(query, parameters or None)
        names = [column[0] for column in result.description]
        return [dict(zip(names, row, strict=True)) for row in result.fetchall()]


_SCOPE_SCHEMA = {"source_id": pl.String, "scope": pl.String}
_REJECTION_SCHEMA = {
    "source_id": pl.String,
    "file": pl.String,
    "line": pl.Int64,
    "column": pl.String,
    "value": pl.String,
    "reason": pl.String,
}


def _day(as_at: date | None) -> date:
    return date.max if as_at is None else as_at


def _rejection_frame(source_id: str, rejections: Iterable[Rejection]) -> pl.DataFrame:
    rows = [(source_id, r.file, r.line, r.column, r.value, r.reason) for r in rejections]
    return pl.DataFrame(rows, schema=_REJECTION_SCHEMA, orient="row")


def _stored_source(row: dict[str, Any]) -> StoredSource:
    row["ingested_at"] = row["ingested_at"].replace(tzinfo=UTC)
    row["scopes"] = tuple(row["scopes"])
    row["current_scopes"] = tuple(row["current_scopes"])
    return StoredSource(**row)


def _already(held: dict[str, Any], published_on: date | None) -> str:
    """What to say of a file that is there, where it was taken in with another date."""
    if published_on is None or published_on == held["published_on"]:
        return ""
    return (
        f"it is kept as known from {held['known_from']}; to change that, remove it "
        f"(--remove {held['source_id']}) and take it in again"
    )


def _report(
    source: Any, outcome: Outcome, scopes: tuple[ScopeReport, ...], note: str
) -> FileReport:
    return FileReport(
        source_id=source.source_id,
        file_name=source.file_name,
        publication_name=source.publication_name,
        rows_read=source.rows_read,
        rows_accepted=source.rows_accepted,
        rows_rejected=source.rows_rejected,
        outcome=outcome,
        scopes=scopes,
        note=note,
    )
