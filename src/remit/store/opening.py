"""Opening the one file: made whole or not at all, and brought up to date by who writes."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from remit.files.database import Database, Settings, open_database, place_of
from remit.files.database import connect as connect_alone
from remit.files.database import in_memory as empty_in_memory
from remit.files.duckdb_words import first_line
from remit.files.new_file import clear_drafts, draft_of, put_new
from remit.files.patience import STORE
from remit.model.errors import StoreError
from remit.store.layout import (
    MARK,
    READABLE_FROM,
    SCHEMA_VERSION,
    as_if_up_to_date,
    statements,
    upgrades,
)

# The oldest layout that DuckDB writes, so that R and Power BI with an older DuckDB can read it.
_READABLE_BY_OLDER: Settings = {"storage_compatibility_version": "v1.0.0"}


def open_store(path: Path, *, read_only: bool, wait_seconds: float, must_exist: bool) -> Database:
    """Open a store; make it first if it is to be written and is not there.

    Parameters
    ----------
    path
        The store's file.
    read_only
        Several may read at once; who writes is alone.
    wait_seconds
        How long to wait for others.
    must_exist
        Make none.

    Raises
    ------
    StoreError
        If the file is missing, is no store, is of a newer Remit, is of one that is too old and only
        to be read, or stays in use too long.
    """
    make = None if read_only or must_exist else _make
    path = place_of(path)
    if make:
        _refuse_stray_log(path)
    database = open_database(path, read_only=read_only, wait_seconds=wait_seconds, make=make)
    try:
        if not read_only:
            clear_drafts(database.path)
        version = _check(database.connection, database.path)
        if version < SCHEMA_VERSION:
            _upgrade(database.connection, database.path, version, read_only=read_only)
            if not read_only:
                database.has_committed()
    except BaseException:
        with suppress(StoreError):
            database.close()
        raise
    return database


def in_memory() -> duckdb.DuckDBPyConnection:
    """An empty store that is gone when it is closed."""
    connection = empty_in_memory()
    _lay_out(connection)
    return connection


# Making ------------------------------------------------------------------------------------------


def _make(path: Path) -> None:
    """Make an empty store beside its place and put it there whole.

    A process that is killed half-way leaves a file of another name, which a later one clears.
    """
    if not path.parent.is_dir():
        raise StoreError(f"{path}: the folder {path.parent} does not exist; make it first")
    _refuse_stray_log(path)
    new = draft_of(path)
    log = new.with_name(f"{new.name}.wal")
    try:
        connection = connect_alone(new, config=_READABLE_BY_OLDER)
        try:
            _lay_out(connection)
            # DuckDB would write the tables into the file when it closes it, and say nothing if it
            # cannot: they would stand in a log that stays behind.
            connection.execute("CHECKPOINT")
        finally:
            connection.close()
        if log.exists():
            raise StoreError(f"{path}: the store cannot be made: its log cannot be written into it")
        with suppress(FileExistsError):  # another process was faster, and its store stays
            put_new(new, path)
    except (duckdb.Error, OSError) as error:
        raise StoreError(f"{path}: the store cannot be made: {first_line(error)}") from None
    finally:
        for left in (new, log):
            with suppress(OSError):
                left.unlink(missing_ok=True)


def _lay_out(connection: duckdb.DuckDBPyConnection) -> None:
    for sql, parameters in statements(datetime.now(UTC).replace(tzinfo=None)):
        connection.execute(sql, parameters or None)


def _refuse_stray_log(path: Path) -> None:
    log = path.with_name(f"{path.name}.wal")
    if log.exists() and not path.exists():  # in this order: another process may just make it
        raise StoreError(
            f"{log}: this log belongs to a store that is no longer beside it; put {path.name} "
            "back, or delete the log to begin anew"
        )


# Checking ----------------------------------------------------------------------------------------


def _check(connection: duckdb.DuckDBPyConnection, path: Path) -> int:
    """The layout's version; a DuckDB file that is no store and a newer store are refused."""
    try:
        rows = connection.execute(f"SELECT schema_version FROM {MARK}").fetchall()  # noqa: S608
    except (duckdb.CatalogException, duckdb.BinderException):
        rows = []
    except duckdb.Error as error:
        raise StoreError(
            f"{path}: the store cannot be read. DuckDB says: {first_line(error)}"
        ) from None
    if not rows:
        raise StoreError(_no_store(path))
    version = max(int(row[0]) for row in rows)
    if version > SCHEMA_VERSION:
        raise StoreError(
            f"{path}: this store was made by a newer Remit (layout {version}; this Remit knows "
            f"{SCHEMA_VERSION}); update Remit to open it"
        )
    return version


def _upgrade(
    connection: duckdb.DuckDBPyConnection, path: Path, version: int, *, read_only: bool
) -> None:
    """Bring a store of an older Remit up to date, whole or not at all; to be read it may stay."""
    if read_only and version >= READABLE_FROM:
        (name,) = connection.execute("SELECT current_database()").fetchall()[0]
        for sql in as_if_up_to_date(name, version):
            connection.execute(sql)
        return
    if read_only:
        raise StoreError(
            f"{path}: this store was made by an older Remit (layout {version}; this Remit reads "
            f"{SCHEMA_VERSION}). Nothing in it is lost: the next remit ingest --store {path.name} "
            "brings it up to date, also one of a file that is there already"
        )
    connection.begin()
    try:
        for sql in upgrades(version):
            connection.execute(sql)
        connection.commit()
    except duckdb.Error as error:
        with suppress(duckdb.Error):
            connection.rollback()
        raise StoreError(
            f"{path}: the store cannot be brought up to date, and is as it was: {first_line(error)}"
        ) from None


def _no_store(path: Path) -> str:
    return f"{path}: {STORE.foreign}"
