"""A connection of Django's to one file, under a name of its own."""

from __future__ import annotations

import itertools
import os
from pathlib import Path
from typing import Any

from remit.records.loading import loaded

APPLICATION_ID = 0x524D5431
"""By which the file says whose it is (``file`` and SQLite show it)."""

WAIT_SECONDS = 30.0
_COUNTER = itertools.count(1)
# What a file says of itself is not believed (a view or trigger may call no function that acts);
# what is deleted is overwritten; what is confirmed is on the disk; nothing goes to /tmp.
_SAFE = (
    "PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON; PRAGMA synchronous = FULL; "
    "PRAGMA secure_delete = ON; PRAGMA temp_store = MEMORY"
)
_LOOK_ONLY = "; PRAGMA query_only = ON"


def connected(where: Path | None, mode: str, wait_seconds: float = WAIT_SECONDS) -> str:
    """Name a new connection to a file, which is opened when it is first used.

    Parameters
    ----------
    where
        The file; None for one in memory.
    mode
        ``rw`` to write; ``look`` to look only; ``frozen`` to look at what nobody can change;
        ``rwc`` to make the file. Only ``rwc`` ever does.
    wait_seconds
        How long a statement waits for a lock.
    """
    loaded()
    from django.db import connections

    alias = f"records-{next(_COUNTER)}"
    looks = mode in {"look", "frozen"}
    settings: dict[str, Any] = {
        "ENGINE": "remit.records.backend",
        "NAME": _address(where, mode),
        "OPTIONS": {
            "timeout": wait_seconds,
            "transaction_mode": "DEFERRED" if looks else "IMMEDIATE",
            "init_command": _SAFE + (_LOOK_ONLY if looks else ""),
        },
    }
    whole = connections.configure_settings({"default": {}, alias: settings})
    connections.databases[alias] = whole[alias]
    return alias


def _address(where: Path | None, mode: str) -> str:
    """A URI: unlike a bare name it never makes a file where none is, unless told so."""
    if where is None:
        return "file:records?mode=memory"
    if mode == "frozen":
        return f"{where.as_uri()}?mode=ro&immutable=1"
    return f"{where.as_uri()}?mode={'rw' if mode == 'look' else mode}"


def let_go(alias: str) -> None:
    """Close a connection and forget its name."""
    from django.db import connections

    if alias in connections.databases:
        connections[alias].close()
        del connections[alias]
        del connections.databases[alias]


def rows(alias: str, sql: str, values: Any = None) -> list[tuple[Any, ...]]:
    """All rows of a statement in SQLite's own words: for the file itself, not for what it holds."""
    from django.db import connections

    with connections[alias].cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())


def beside(path: Path, ending: str) -> Path:
    """A file that SQLite or Remit keeps beside a register, such as its log."""
    return path.with_name(f"{path.name}{ending}")


def can_be_written(path: Path) -> bool:
    """Whether both the file and its folder, where its log lies, may be written."""
    # As who the process acts, which need not be who began it.
    effective = os.access in os.supports_effective_ids
    return all(os.access(one, os.W_OK, effective_ids=effective) for one in (path, path.parent))
