"""Opening the register's file, which may come from others and is trusted no further than that."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb

from remit.asks.register.layout import LAYOUT_VERSION, MARK, statements
from remit.model.errors import AskError

_SAFE: dict[str, Any] = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "enable_external_access": "false",
}
_PAUSE = 0.05
_IN_USE = ("Could not set lock", "already open in", "different configuration", "used by another")


def connect(
    path: Path | None, *, read_only: bool = False, wait_seconds: float = 10
) -> duckdb.DuckDBPyConnection:
    """Open a register; make it if it is to be written and is not there.

    Parameters
    ----------
    path
        The file; None for a register in memory, gone when it is closed.
    read_only
        Open it to look only.
    wait_seconds
        How long to wait while another process uses it.

    Raises
    ------
    AskError
        If it is missing, is no register, is of a newer Remit, or stays in use.
    """
    if path is None:
        return _laid_out(duckdb.connect(":memory:", config=_SAFE))
    path = path.resolve()
    there = path.exists()
    if path.is_dir():
        raise AskError(f"{path}: this is a folder; name the register's file in it")
    if not there and read_only:
        raise AskError(
            f"{path}: there is no register; make one with: remit asks import FILES --register "
            f"{path.name}"
        )
    if not path.parent.is_dir():
        raise AskError(f"{path}: the folder {path.parent} does not exist; make it first")
    connection = _patiently(path, read_only, wait_seconds)
    try:
        if there:
            _check(connection, path)
        else:
            _laid_out(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def _patiently(path: Path, read_only: bool, wait_seconds: float) -> duckdb.DuckDBPyConnection:
    deadline = time.monotonic() + wait_seconds
    while True:
        try:
            connection = duckdb.connect(str(path), read_only=read_only, config=_SAFE)
        except duckdb.Error as error:
            message = str(error)
        else:
            connection.execute("SET enable_progress_bar = false")
            return connection
        if not any(word in message for word in _IN_USE):
            raise AskError(f"{path}: this is no register of asks; give another with --register")
        if time.monotonic() >= deadline:
            raise AskError(
                f"{path}: the register is in use by another process, and was not free within "
                f"{wait_seconds:g} seconds; nothing was changed. Try again"
            )
        time.sleep(_PAUSE)


def _laid_out(connection: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    connection.execute("BEGIN")
    for statement in statements():
        connection.execute(statement)
    connection.execute(f"INSERT INTO {MARK} VALUES (?, ?)", [LAYOUT_VERSION, now()])  # noqa: S608
    connection.execute("COMMIT")
    return connection


def _check(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    try:
        rows = connection.execute(f"SELECT layout_version FROM {MARK}").fetchall()  # noqa: S608
    except duckdb.Error:
        rows = []
    if not rows:
        raise AskError(f"{path}: this is no register of asks; give another with --register")
    version = max(int(row[0]) for row in rows)
    if version > LAYOUT_VERSION:
        raise AskError(
            f"{path}: this register was made by a newer Remit (layout {version}; this Remit knows "
            f"{LAYOUT_VERSION}); update Remit to open it"
        )


def now() -> datetime:
    """This moment in UTC, as the register keeps it."""
    return datetime.now(UTC).replace(tzinfo=None)
