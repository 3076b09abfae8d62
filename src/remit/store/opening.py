"""Opening the one file: made whole or not at all, and with patience while others use it."""

from __future__ import annotations

import os
import re
import sys
import time
import uuid
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb

from remit.model.errors import StoreError
from remit.store.layout import MARK, SCHEMA_VERSION, statements, upgrades

_Settings = dict[str, str | bool | int | float | list[str]]

# A store is a file that may come from others: it must not reach for the network (DuckDB would
# fetch an extension to read an SQLite file) nor, by a doctored view, for other files.
_SAFE: _Settings = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "enable_external_access": "false",
}

# The oldest layout that DuckDB writes, so that R and Power BI with an older DuckDB can read it.
_READABLE_BY_OLDER: _Settings = {"storage_compatibility_version": "v1.0.0"}

_PAUSE = 0.05
_LEFTOVER_SECONDS = 60
_IN_USE = re.compile(
    r"Could not set lock|already open in|different configuration|used by another process"
)
# A text, a file that DuckDB would need an extension for, and one of which it would make a view.
_FOREIGN = re.compile(
    r"not a valid DuckDB database|Loading external extensions|Cannot launch in-memory database"
)
_HOLDER = re.compile(r"\(PID (\d+)\)")


def connect(path: Path, *, read_only: bool, wait_seconds: float) -> duckdb.DuckDBPyConnection:
    """Open a store; make it first if it is to be written and is not there.

    Raises
    ------
    StoreError
        If the file is missing, is no store, is of a newer Remit, is of an older one and only to
        be read, or stays in use too long.
    """
    # DuckDB gives names such as ":memory:" or "md:…" a meaning; an absolute path has none. It
    # keeps its log beside the name it is given, so a link and its target must come to the same.
    path = path.resolve()
    if path.is_dir():
        raise StoreError(f"{path}: this is a folder; name the store's file in it")
    if not path.exists():
        if read_only:
            raise StoreError(
                f"{path}: there is no store; make one with: remit ingest FILES --store {path.name}"
            )
        _make(path)
    if not read_only:
        _clear_leftovers(path)
    connection = _patiently(path, read_only, wait_seconds)
    try:
        version = _check(connection, path)
        if version < SCHEMA_VERSION:
            _upgrade(connection, path, version, read_only=read_only)
    except BaseException:
        connection.close()
        raise
    return connection


def in_memory() -> duckdb.DuckDBPyConnection:
    """An empty store that is gone when it is closed."""
    connection = _connect(":memory:")
    _lay_out(connection)
    return connection


def _connect(path: Path | str, **options: Any) -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect(str(path), **{"config": _SAFE, **options})
    # Without a main script (python -c, notebooks) DuckDB draws a bar on the output, which may
    # be where a table goes.
    connection.execute("SET enable_progress_bar = false")
    return connection


# Making ------------------------------------------------------------------------------------------


def _make(path: Path) -> None:
    """Make an empty store beside its place and put it there whole.

    A process that is killed half-way leaves a file of another name, which a later one clears.
    """
    if not path.parent.is_dir():
        raise StoreError(f"{path}: the folder {path.parent} does not exist; make it first")
    _refuse_stray_log(path)
    new = path.with_name(f"{path.name}.new-{uuid.uuid4().hex[:8]}")
    try:
        connection = _connect(new, config=_SAFE | _READABLE_BY_OLDER)
        try:
            _lay_out(connection)
        finally:
            connection.close()
        _put_in_place(new, path)
    except (duckdb.Error, OSError) as error:
        raise StoreError(f"{path}: the store cannot be made: {_first_line(error)}") from None
    finally:
        with suppress(OSError):
            new.unlink(missing_ok=True)


def _lay_out(connection: duckdb.DuckDBPyConnection) -> None:
    for sql, parameters in statements(datetime.now(UTC).replace(tzinfo=None)):
        connection.execute(sql, parameters or None)


def _put_in_place(new: Path, path: Path) -> None:
    """Unlike a rename, a link never replaces the store that another process has just made."""
    try:
        os.link(new, path)
    except FileExistsError:
        return
    except OSError:  # a file system without links, such as exFAT
        if not path.exists():
            new.rename(path)


def _refuse_stray_log(path: Path) -> None:
    log = path.with_name(f"{path.name}.wal")
    if log.exists() and not path.exists():  # in this order: another process may just make it
        raise StoreError(
            f"{log}: this log belongs to a store that is no longer beside it; put {path.name} "
            "back, or delete the log to begin anew"
        )


def _clear_leftovers(path: Path) -> None:
    """Remove what processes left that were killed while they made this store."""
    for leftover in path.parent.iterdir():
        if leftover.name.startswith(f"{path.name}.new-"):
            with suppress(OSError):
                if time.time() - leftover.stat().st_mtime > _LEFTOVER_SECONDS:
                    leftover.unlink()


# Waiting -----------------------------------------------------------------------------------------


def _patiently(path: Path, read_only: bool, wait_seconds: float) -> duckdb.DuckDBPyConnection:
    deadline = time.monotonic() + wait_seconds
    said = False
    while True:
        try:
            return _connect(path, read_only=read_only)
        except duckdb.Error as error:
            message = str(error)
        if not _IN_USE.search(message):
            raise StoreError(_not_a_store(path, message))
        if time.monotonic() >= deadline:
            raise StoreError(
                f"{path}: the store is in use by {_holder(message)}, and was not free within "
                f"{wait_seconds:g} seconds; nothing was changed. Try again, or wait longer "
                "(remit ingest --wait SECONDS)"
            )
        if not said:
            said = True
            sys.stderr.write(
                f"remit: {path.name} is in use by {_holder(message)}; waiting up to "
                f"{wait_seconds:g} seconds\n"
            )
        time.sleep(_PAUSE)


def _holder(message: str) -> str:
    found = _HOLDER.search(message)
    if found:
        return f"process {found[1]}"
    return "this very process" if "different configuration" in message else "another process"


# Checking ----------------------------------------------------------------------------------------


def _check(connection: duckdb.DuckDBPyConnection, path: Path) -> int:
    """The layout's version; a DuckDB file that is no store and a newer store are refused."""
    try:
        rows = connection.execute(f"SELECT schema_version FROM {MARK}").fetchall()  # noqa: S608
    except duckdb.Error:
        rows = []
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
    """Bring a store of an older Remit up to date, whole or not at all."""
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
            f"{path}: the store cannot be brought up to date, and is as it was: "
            f"{_first_line(error)}"
        ) from None


def _not_a_store(path: Path, message: str) -> str:
    if "Failure while replaying WAL" in message:
        return (
            f"{path}: the log beside the store ({path.name}.wal) does not belong to it or is "
            "damaged; put the right pair of files back, or move the log away to open the store "
            "without what it holds"
        )
    if _FOREIGN.search(message):
        return _no_store(path)
    if "version number" in message:
        return f"{path}: this file was written by a newer DuckDB; update Remit to open it"
    return f"{path}: the store cannot be opened: {message.splitlines()[0]}"


def _no_store(path: Path) -> str:
    return f"{path}: this is no store of Remit; give another path with --store"


def _first_line(error: Exception) -> str:
    return str(error).splitlines()[0] if str(error) else type(error).__name__
