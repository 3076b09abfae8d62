"""Making a register's file: beside its place, whole, and only then put there."""

from __future__ import annotations

import os
import secrets
import time
import uuid
from contextlib import suppress
from pathlib import Path

from remit.model.errors import RecordsError
from remit.records.connecting import APPLICATION_ID, beside, connected, let_go, rows
from remit.records.faults import in_words
from remit.records.schema import migrate

_LEFTOVER_SECONDS = 60
_PAUSE = 0.02
_LEFT = (".new-", ".before-")


def make(path: Path) -> None:
    """Make an empty register; where another process was faster, its register stays.

    A process that is killed half-way leaves a file of another name, which a later one clears.

    Raises
    ------
    RecordsError
        If there is no such folder, it cannot be written, or a log of another register lies there.
    """
    from django.db import Error

    if not path.parent.is_dir():
        raise RecordsError(f"{path}: the folder {path.parent} does not exist; make it first")
    _refuse_stray_log(path)
    new = beside(path, f".new-{uuid.uuid4().hex[:8]}")
    try:
        _fill(new)
        _put_in_place(new, path)
    except (Error, OSError) as error:
        told = in_words(path, error, 0)
        raise RecordsError(
            f"{path}: the register cannot be made: {getattr(error, 'strerror', None) or error}"
        ) from told
    finally:
        for ending in ("", "-journal", "-wal", "-shm"):
            with suppress(OSError):
                beside(new, ending).unlink(missing_ok=True)


def _fill(new: Path) -> None:
    alias = connected(new, "rwc")
    try:
        lay_out(alias)
        # Written into the file: whoever opens it later works with a log beside it.
        rows(alias, "PRAGMA journal_mode = WAL")
    finally:
        let_go(alias)


def lay_out(alias: str) -> None:
    """The tables, the mark and a secret of the file's own."""
    from remit.records.file import now
    from remit.records.loading import model

    rows(alias, f"PRAGMA application_id = {APPLICATION_ID}")
    migrate(alias)
    model("Register").objects.using(alias).create(
        made_at=now(), secret=secrets.token_hex(32), wipe_due=False
    )


def _put_in_place(new: Path, path: Path) -> None:
    """Unlike a rename, a link never replaces the register that another process has just made."""
    try:
        os.link(new, path)
    except FileExistsError:
        return
    except OSError:  # a file system without links, such as exFAT
        if not path.exists():
            new.rename(path)
    _confirm_name(path.parent)


def _confirm_name(folder: Path) -> None:
    """See to it that the name itself is on the disk, where the system can be asked to."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _refuse_stray_log(path: Path, wait_seconds: float = 2.0) -> None:
    """No register is made beside the log of another: SQLite would take the one for the other's.

    A process that still has the deleted register open removes its log as it ends, by its name; it
    would remove the new one's. So its end is waited for.
    """
    logs = [beside(path, ending) for ending in ("-wal", "-shm", "-journal")]
    deadline = time.monotonic() + wait_seconds
    while True:
        left = [log for log in logs if log.exists()]
        if not left or path.exists():  # in this order: another process may just make it
            return
        if time.monotonic() >= deadline:
            raise RecordsError(
                f"{left[0]}: this log belongs to a register that is no longer beside it; put "
                f"{path.name} back, or, if nobody has it open, delete the log to begin anew"
            )
        time.sleep(_PAUSE)


def clear_leftovers(path: Path) -> None:
    """Remove what processes left that were killed while they made or upgraded this register."""
    for leftover in path.parent.iterdir():
        if any(leftover.name.startswith(f"{path.name}{left}") for left in _LEFT):
            with suppress(OSError):
                if time.time() - leftover.stat().st_mtime > _LEFTOVER_SECONDS:
                    leftover.unlink()
