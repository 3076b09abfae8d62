"""Opening the file of records, which may come from others and is trusted no further than that."""

from __future__ import annotations

import stat
import time
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

from remit.model.errors import RecordsError
from remit.records.connecting import WAIT_SECONDS, beside, can_be_written, connected, let_go, rows
from remit.records.faults import NoRecords, in_words, no_register, told
from remit.records.file import RecordsFile
from remit.records.loading import latest_migration
from remit.records.making import clear_leftovers, has_other_names, lay_out, make
from remit.records.place import Place, identity, stamp
from remit.records.schema import state
from remit.records.soundness import check_rows
from remit.records.stamping import check_log
from remit.records.upgrading import upgrade

_PAUSE = 0.05
File = TypeVar("File", bound=RecordsFile)


def open_records(
    kind: type[File],
    path: Path | None,
    *,
    read_only: bool = False,
    wait_seconds: float = WAIT_SECONDS,
) -> File:
    """Open a file of records; make it if it is to be written and is not there.

    Parameters
    ----------
    kind
        The class by which it is handed out, such as :class:`RecordsFile`.
    path
        The file; None for one in memory, gone when it is closed.
    read_only
        Open it to look only.
    wait_seconds
        How long, in seconds, to wait while another process uses it.

    Raises
    ------
    RecordsError
        If it is missing, is no register, is of a newer Remit, is damaged, or stays in use.

    Examples
    --------
    >>> with open_records(RecordsFile, Path("asks.sqlite"), read_only=True) as file:
    ...     file.table("Ask").count()
    30
    """
    if path is None:
        alias = connected(None, "rwc")
        lay_out(alias)
        return kind(alias)
    path = _resolved(path)
    deadline = time.monotonic() + wait_seconds
    while True:
        if not _is_there(path):
            _refuse_missing(path, read_only=read_only)
            make(path)
        found = _opened(kind, path, read_only, wait_seconds, deadline)
        if found is not None:
            return found
        time.sleep(_PAUSE)


def _opened(
    kind: type[File], path: Path, read_only: bool, wait_seconds: float, deadline: float
) -> File | None:
    """The open file; None where it was moved away or is held just now, to try again."""
    from django.db import Error, OperationalError

    alias, file = "", None
    try:
        before = identity(path)
        mode = _mode(path, read_only=read_only)
        frozen = stamp(path) if mode == "frozen" else None
        check_log(path, wait_seconds)
        alias = connected(path, mode, wait_seconds)
        _judged(alias, path, read_only=read_only)
        if identity(path) == before:
            place = Place(path, before, frozen)
            file = kind(alias, place, read_only=read_only, wait_seconds=wait_seconds)
    except OperationalError as error:
        held = "database is locked" in str(error) and time.monotonic() < deadline
        if _is_there(path) and not held:
            raise in_words(path, error, wait_seconds) from None
    except Error as error:
        if "not a database" in str(error):
            raise no_register(path, str(error)) from None
        raise in_words(path, error, wait_seconds) from None
    except UnicodeDecodeError as error:  # SQLite quotes what it cannot read in a damaged file
        raise RecordsError(f"{path}: the register is damaged ({error}); put a copy back") from None
    except FileNotFoundError:
        return None
    finally:
        if file is None:
            _let_go(alias)
    return file


def _let_go(alias: str) -> None:
    from django.db import Error

    if alias:
        with suppress(Error):
            let_go(alias)


def _judged(alias: str, path: Path, *, read_only: bool) -> None:
    """Hold the file against what a register is, and bring it up to date where it is to be written.

    Raises
    ------
    RecordsError
        If it is none, or is of an older Remit and is only to be looked at.
    """
    last = state(alias, path)
    if last != latest_migration():
        if read_only:
            raise RecordsError(
                f"{path}: this register was made by an older Remit (tables {last}). Nothing in it "
                "is lost: the next command that writes brings it up to date, such as remit asks "
                f"import FILE --dry-run --register {path.name}"
            )
        upgrade(alias, path)
    check_rows(alias, path)
    if not read_only:
        clear_leftovers(path)
        if rows(alias, "PRAGMA journal_mode")[0][0] != "wal":
            rows(alias, "PRAGMA journal_mode = WAL")  # a copy by VACUUM INTO has none


def _mode(path: Path, *, read_only: bool) -> str:
    log = beside(path, "-wal")
    is_logged = log.exists() and log.stat().st_size > 0
    if has_other_names(path):
        if is_logged or not read_only:
            raise RecordsError(
                f"{path}: this file has another name as well (a hard link), and each name would "
                "have a log of its own; nothing was changed. Keep one name, and make a copy where "
                "another is needed"
            )
        return "frozen"
    if can_be_written(path):
        return "look" if read_only else "rw"
    if not read_only:
        raise RecordsError(
            f"{path}: the register cannot be written, or its folder cannot, where its log is kept; "
            "nothing was changed. See to the rights of the file and of its folder"
        )
    return "look" if is_logged else "frozen"


def _resolved(path: Path) -> Path:
    try:
        return path.resolve()
    except (OSError, RuntimeError, ValueError) as error:
        raise RecordsError(
            f"{path}: this path leads nowhere: {getattr(error, 'strerror', None) or error}"
        ) from None


def _is_there(path: Path) -> bool:
    try:
        kind = path.stat().st_mode
    except (FileNotFoundError, NotADirectoryError):
        return False
    except (OSError, ValueError) as error:
        words = getattr(error, "strerror", None) or error
        raise RecordsError(f"{path}: the register cannot be looked at: {words}") from None
    if stat.S_ISDIR(kind):
        raise RecordsError(f"{path}: this is a folder; name the register's file in it")
    if not stat.S_ISREG(kind):
        raise NoRecords(f"{path}: this is no plain file; give another with --register")
    return True


def _refuse_missing(path: Path, *, read_only: bool) -> None:
    if read_only:
        raise RecordsError(
            f"{path}: there is no register; make one with: remit asks import FILES --register "
            f"{path.name}"
        )


__all__ = ["open_records", "told"]
