"""The gate of a file that several programs use: who writes is alone, who reads is among readers.

DuckDB 2.0.0 and 2.0.1 read a file's headers before they lock it (docs/duckdb-stale-headers.md): a
writer whose headers are stale overwrites what another has just confirmed. So all go through a lock
of Remit's own, on a file beside it, from before DuckDB opens the file until after it has closed it.
"""

from __future__ import annotations

import os
import stat
import weakref
from contextlib import suppress
from pathlib import Path
from typing import Self

from remit.files.locks import NoLocks, close, open_to_lock, try_lock, unlock
from remit.files.patience import Patience
from remit.files.queue import Ticket, in_words, is_alive, living
from remit.files.telling import tell
from remit.model.errors import StoreError

_said: set[str] = set()


class NothingToLock(StoreError):
    """Nothing can be locked beside the file; ``why`` says it in the system's words."""

    def __init__(self, message: str, why: str) -> None:
        super().__init__(message)
        self.why = why


class Gate:
    """The lock beside a file. It is a context manager, to be entered once.

    Parameters
    ----------
    path
        The file, which need not be there. A link and its target have the same gate.
    exclusive
        To write: nobody else has the file meanwhile. Else to read, together with other readers.
    patience
        How long to wait for others. Who came first is first; who is killed is in nobody's way.

    Raises
    ------
    InUse
        If others have the file for longer.
    NothingToLock
        If it is to be written and nothing can be locked beside it. Who only reads is told so on
        the error stream and goes on; ``is_locked`` is False then.

    Examples
    --------
    >>> path = Path("remit.duckdb")
    >>> with Gate(path, exclusive=True, patience=Patience(path, seconds=30)):
    ...     pass  # open the file, write it, close it
    """

    def __init__(self, path: Path, exclusive: bool, patience: Patience) -> None:
        self.path = path.resolve()
        self.is_locked = False
        self._exclusive = exclusive
        self._patience = patience

    def __enter__(self) -> Self:
        try:
            place = _Place(self.path, self._exclusive)
        except (OSError, NoLocks) as error:
            self._go_without(error)
            return self
        self._place = place
        # A store that is forgotten and not closed gives its gate back all the same.
        self._leave = weakref.finalize(self, place.leave)
        try:
            while not place.has_its_turn():
                self._patience.wait(place.for_whom)
        except BaseException as error:
            self.release()
            if not isinstance(error, OSError | NoLocks):
                raise
            self._go_without(error)
            return self
        self.is_locked = True
        return self

    def __exit__(self, *_: object) -> None:
        self.release()

    def release(self) -> None:
        """Let others in; harmless if that is done already."""
        if hasattr(self, "_leave"):
            self._leave()
        self.is_locked = False

    def undo(self) -> None:
        """Release it and leave nothing behind: what was to be opened is no file for a gate."""
        if self.is_locked:
            self._place.take_lock_away()
        self.release()

    def _go_without(self, error: Exception) -> None:
        folder = self.path.parent
        if isinstance(error, FileNotFoundError):
            raise StoreError(
                f"{self.path}: the folder {folder} does not exist; make it first"
            ) from None
        why = f"nothing can be locked in {folder} ({_words(error)})"
        if self._exclusive:
            raise NothingToLock(
                f"{self.path}: {why}, and without a lock two who write would undo each other's "
                "work; use a folder on a local disk that you may write to",
                _words(error),
            ) from None
        _say(
            f"{self.path.name} is read without a lock, since {why}. If it is written "
            "meanwhile, that is noticed and told"
        )


class _Place:
    """One's place at a gate: the lock's file, held open, and a ticket where one can be had."""

    def __init__(self, path: Path, exclusive: bool) -> None:
        self._process = os.getpid()
        self._exclusive = exclusive
        self._lock = path.with_name(f"{path.name}.lock")
        self._queue = path.with_name(f"{path.name}.lock.queue")
        self._is_new = not os.path.exists(self._lock)  # noqa: PTH110 (a path that is barred is none)
        self._descriptor = _open_lock(self._lock)
        self._ticket: Ticket | None = None
        self._ahead: list[Path] = []
        try:
            self._ticket = Ticket(self._queue, exclusive)
        except (OSError, NoLocks) as error:
            self._ahead = living(self._queue, writers_only=not exclusive)
            _say(
                f"{path.name}: no place in the queue is to be had in {path.parent} "
                f"({_words(error)}); the lock is kept, but not the order of those who wait"
            )
        except BaseException:
            close(self._descriptor)
            raise

    def has_its_turn(self) -> bool:
        """Whether nobody is ahead any more, and the lock was to be had: it is held then."""
        self._ahead = self._ticket.ahead() if self._ticket else [*filter(is_alive, self._ahead)]
        if self._ahead or not try_lock(self._descriptor, exclusive=self._exclusive):
            return False
        if not _is_file(self._descriptor, self._lock):
            # Somebody has removed the lock's file: others lock another one by now.
            close(self._descriptor)
            self._descriptor = _open_lock(self._lock)
            return False
        if self._ticket:
            self._ticket.has_its_turn()
        return True

    def for_whom(self) -> str:
        """Those who are waited for, in words."""
        return in_words(self._ticket.all_ahead() if self._ticket else self._ahead)

    def take_lock_away(self) -> None:
        """Remove the lock's file if it was made for this place and nobody else uses it.

        Whoever has it open by now finds out that it has lost its name, and takes another.
        """
        with suppress(OSError, NoLocks):
            if self._is_new and try_lock(self._descriptor, exclusive=True):
                self._lock.unlink()

    def leave(self) -> None:
        """Unlock, then give up the ticket: who is next has not to wait for a lock any more."""
        if os.getpid() != self._process:  # a forked child, whose parent still has the place
            return
        with suppress(NoLocks):
            unlock(self._descriptor)
        close(self._descriptor)
        if self._ticket:
            self._ticket.leave()


def _open_lock(path: Path) -> int:
    """The lock's file, made if need be; one that may only be read can be locked as well."""
    _refuse_foreign(path)
    try:
        return open_to_lock(path, os.O_RDWR)
    except FileNotFoundError:
        pass
    except OSError:
        return open_to_lock(path, os.O_RDONLY)
    descriptor = open_to_lock(path, os.O_RDWR | os.O_CREAT)
    with suppress(OSError):  # for all who may write to the folder
        # By its descriptor where that can be: what is of its name by now may be another's.
        own = descriptor if os.chmod in os.supports_fd else path
        os.chmod(own, stat.S_IMODE(path.parent.stat().st_mode) & 0o666)  # noqa: PTH101
    return descriptor


def _refuse_foreign(path: Path) -> None:
    """Refuse what is no file of Remit's: a link could make one store's lock another's.

    Raises
    ------
    NoLocks
        If a link, a folder, a pipe or a device lies in the place of the lock's file.
    """
    try:
        kind = path.lstat().st_mode
    except OSError:
        return
    if stat.S_ISLNK(kind):
        what = "a link to another place"
    elif not stat.S_ISREG(kind):
        what = "no file"
    else:
        return
    raise NoLocks(
        f"{path.name} is {what}, and Remit makes its lock's file itself; delete {path.name}"
    )


def _is_file(descriptor: int, path: Path) -> bool:
    """Whether a file that was opened still has its name."""
    try:
        return os.path.samestat(os.fstat(descriptor), path.lstat())
    except OSError:
        return False


def _words(error: Exception) -> str:
    return (error.strerror if isinstance(error, OSError) else None) or str(error)


def _say(sentence: str) -> None:
    """Once is enough for one process."""
    if sentence not in _said:
        _said.add(sentence)
        tell(sentence)
