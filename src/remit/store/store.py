"""Taking files in, giving figures out as at a day, and undoing an ingest."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Self

import duckdb

from remit.files.database import Database
from remit.files.duckdb_words import first_line
from remit.model.errors import StoreError
from remit.store import opening
from remit.store.intake import Incoming, few_at_once, in_one_thread, take
from remit.store.layout import OF_A_SOURCE
from remit.store.reading import StoreReading
from remit.store.report import IngestReport, RemovalReport, StoredSource


class Store(StoreReading):
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
