"""Making a register's file: beside its place, whole, and only then put there."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from remit.files.new_file import DRAFT, clear_drafts, draft_of, names_of, put_new
from remit.model.errors import RecordsError
from remit.records.connecting import APPLICATION_ID, beside, connected, let_go, rows
from remit.records.faults import in_words
from remit.records.schema import migrate, settle_tables
from remit.records.stamping import new_stamp

_LEFT = (DRAFT, ".before-")


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
    new = draft_of(path)
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
        made_at=now(), secret=secrets.token_hex(32), wipe_due=False, stamp=new_stamp()
    )
    settle_tables(alias)


def _put_in_place(new: Path, path: Path) -> None:
    """See to it that no log of another lies there; where another process was faster, its stays."""
    with _alone_in(path.parent) as is_alone:
        if path.exists():
            return
        _clear_stray_logs(path, may_remove=is_alone)
        try:
            put_new(new, path)
        except FileExistsError:
            return
        _confirm_name(path.parent)


@contextmanager
def _alone_in(folder: Path) -> Iterator[bool]:
    """Whether no other process makes a register in this folder while the block lasts."""
    try:
        import fcntl

        descriptor = os.open(folder, os.O_RDONLY)
    except (ImportError, OSError):  # Windows; a folder that cannot be opened
        yield False
        return
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
    except OSError:  # a share without locks
        os.close(descriptor)
        yield False
        return
    try:
        yield True
    finally:
        os.close(descriptor)


def _confirm_name(folder: Path) -> None:
    """See to it that the name itself is on the disk, where the system can be asked to."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _clear_stray_logs(path: Path, *, may_remove: bool) -> None:
    """No register is put beside the log of another: SQLite would take the one for the other's.

    A deleted register leaves its log; an empty one is removed. SQLite removes none by the name of
    a register that was deleted, so a process that still has it open does not touch the new one's.

    Raises
    ------
    RecordsError
        If the log holds something, or it cannot be known that it is nobody's.
    """
    logs = [beside(path, ending) for ending in ("-wal", "-shm", "-journal")]
    left = [log for log in logs if log.exists()]
    holding = [log for log in left if not log.name.endswith("-shm") and log.stat().st_size]
    if holding or (left and not may_remove):
        raise RecordsError(
            f"{(holding or left)[0]}: this log belongs to a register that is no longer beside it; "
            f"put {path.name} back, or delete the log to begin anew"
        )
    for log in left:
        log.unlink(missing_ok=True)


def has_other_names(path: Path) -> bool:
    """Whether a register has a second name that is not one that was left while it was made."""
    return names_of(path) > 1


def clear_leftovers(path: Path) -> None:
    """Remove what processes left that were killed while they made or upgraded this register."""
    clear_drafts(path, _LEFT)
