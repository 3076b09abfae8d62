"""A log is only believed beside the register that it belongs to.

SQLite keeps changes in a log (``-wal``) until it carries them over into the file, and takes any log
of the right name for the file's own. Where a copy of the register is put back beside the log of
another state, both are mixed. So each change gives the register a stamp of its own and notes which
stamps stood before it since the log began: the file without its log bears one of these, or it is
not the file of this log.
"""

from __future__ import annotations

import json
import secrets
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from remit.model.errors import RecordsError
from remit.records.connecting import beside, connected, let_go, rows

_SALTS = slice(16, 24)
_HEADER = 32
_TRIES = 20
_PAUSE = 0.05
_ROW = "SELECT stamp, log, wipe_due FROM records_register"


@dataclass(frozen=True, slots=True)
class Begun:
    """What a change found when it began, while nobody else could change anything."""

    mark: str
    """Of the log: another as often as SQLite begins the log anew; nothing for an empty one."""
    tables: int
    """SQLite's own count of changes of the tables: a copy by ``VACUUM INTO`` has another."""
    changes: int


def new_stamp() -> str:
    """A stamp that no other state has."""
    return secrets.token_hex(6)


def log_mark(path: Path) -> str:
    """By which one log is told from the next; nothing where there is none or it is empty."""
    try:
        with beside(path, "-wal").open("rb") as log:
            return log.read(_HEADER)[_SALTS].hex()
    except FileNotFoundError:
        return ""


def begun(alias: str, path: Path | None) -> Begun:
    """What is to be known before a change, at the start of its transaction."""
    return Begun(log_mark(path) if path else "", _tables(alias), _changes(alias))


def stamp_change(alias: str, start: Begun) -> bool:
    """Give the register another stamp at the end of a change, if it changed something."""
    if _changes(alias) == start.changes:
        return False
    [(stamp, log, _)] = rows(alias, _ROW)
    stood = [*_stood(log, start.mark), [stamp, start.tables]]
    noted = json.dumps({"mark": start.mark, "stood": stood}, separators=(",", ":"))
    rows(alias, "UPDATE records_register SET stamp = %s, log = %s", [new_stamp(), noted])
    return True


def _stood(log: str | None, mark: str) -> list[list[Any]]:
    """The states before the last change that a log with this mark can lie beside.

    The first change in a log finds the mark of the log before it, or none: SQLite begins a log
    anew only when that change is written. So after another mark only the last state counts.
    """
    if not mark or not log:
        return []
    noted = json.loads(log)
    stood: list[list[Any]] = noted["stood"]
    return stood if noted["mark"] == mark else stood[-1:]


def _tables(alias: str) -> int:
    return int(rows(alias, "PRAGMA schema_version")[0][0])


def _changes(alias: str) -> int:
    return int(rows(alias, "SELECT total_changes()")[0][0])


# At opening -----------------------------------------------------------------------------------


def check_log(path: Path, wait_seconds: float) -> None:
    """Refuse a log that belongs to another state of the register, and leave both as they are.

    Parameters
    ----------
    path
        The register's file.
    wait_seconds
        How long a look waits for a lock.

    Raises
    ------
    RecordsError
        If the log is not the file's own.

    Examples
    --------
    >>> check_log(Path("asks.sqlite"), 30.0)  # doctest: +SKIP
    """
    for attempt in range(_TRIES):
        if attempt:
            time.sleep(_PAUSE)  # another just carries its log over, or begins it anew
        if not log_mark(path) or _belong_together(path, wait_seconds):
            return
    log = beside(path, "-wal").name
    shared = beside(path, "-shm").name
    raise RecordsError(
        f"{path}: the log beside it ({log}) belongs to another state of the register; nothing was "
        f"changed. Put back the pair that belongs together, or move {log} and {shared} away to use "
        "the file without what the log holds"
    )


def _belong_together(path: Path, wait_seconds: float) -> bool:
    alone = _seen(path, "frozen", wait_seconds)
    together = _seen(path, "read", wait_seconds)
    if together is None:
        return False
    if alone is None:  # half carried over when a process was killed: all the rest is in the log
        return _is_whole(path, wait_seconds)
    stood = _stood(together.log, log_mark(path))
    if alone.stamp not in {together.stamp, *(stamp for stamp, _ in stood)}:
        return False
    if together.log is None:  # no change was ever written: one was cut off at the log's beginning
        return True
    # Without a stamp it is of an older Remit, perhaps brought up to date in this very log.
    if alone.stamp is None or alone.tables in {count for _, count in stood}:
        return True
    # Written anew, which no stamp tells: what was taken out was just being wiped.
    return together.wipe_due and _is_whole(path, wait_seconds)


@dataclass(frozen=True, slots=True)
class _Seen:
    stamp: str | None
    log: str | None
    wipe_due: bool
    tables: int


def _seen(path: Path, mode: str, wait_seconds: float) -> _Seen | None:
    """What a register says of itself; None where that cannot be read."""
    from django.db import DatabaseError

    alias = connected(path, mode, wait_seconds)
    try:
        rows(alias, "BEGIN")
        columns = {row[1] for row in rows(alias, "PRAGMA table_info(records_register)")}
        if not columns:
            return None
        if "stamp" not in columns:
            return _Seen(None, None, False, _tables(alias))
        found = rows(alias, _ROW)
        if len(found) != 1:
            return None
        stamp, log, wipe_due = found[0]
        return _Seen(stamp, log, bool(wipe_due), _tables(alias))
    except DatabaseError as error:
        if "locked" in str(error) or "unable to open" in str(error):
            raise
        return None
    finally:
        with suppress(DatabaseError):
            let_go(alias)


def _is_whole(path: Path, wait_seconds: float) -> bool:
    from django.db import DatabaseError

    alias = connected(path, "read", wait_seconds)
    try:
        return rows(alias, "PRAGMA integrity_check") == [("ok",)]
    except DatabaseError:
        return False
    finally:
        let_go(alias)
