"""Locks of the operating system on open files; whoever dies, by whatever means, holds none."""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path

_open: set[int] = set()


class NoLocks(Exception):
    """Nothing can be locked here; the message says why, in the system's own words."""


def open_to_lock(path: Path, flags: int) -> int:
    """Open a file whose lock is wanted; close it with :func:`close`, which ends the lock.

    A child that is forked while it is open does not go on holding the lock.
    """
    descriptor = os.open(path, flags | getattr(os, "O_CLOEXEC", 0), 0o666)
    _open.add(descriptor)
    return descriptor


def close(descriptor: int) -> None:
    """Close a file and end its lock."""
    _open.discard(descriptor)
    os.close(descriptor)


if sys.platform == "win32":
    # LockFileEx, by portalocker: msvcrt.locking knows no shared lock.
    from portalocker import AlreadyLocked, LockException, LockFlags
    from portalocker.portalocker import Win32Locker

    def _lock(descriptor: int, exclusive: bool) -> bool:
        kind = LockFlags.EXCLUSIVE if exclusive else LockFlags.SHARED
        try:
            Win32Locker().lock(descriptor, kind | LockFlags.NON_BLOCKING)
        except AlreadyLocked:
            return False
        except LockException as error:
            raise NoLocks(str(error.__cause__ or error)) from error
        return True

    def _unlock(descriptor: int) -> None:
        try:
            Win32Locker().unlock(descriptor)
        except LockException as error:
            raise NoLocks(str(error.__cause__ or error)) from error

else:
    # A lock by flock belongs to the open file, not to the process: it keeps threads apart too, and
    # it stays when another descriptor of the same file is closed.
    import fcntl

    def _lock(descriptor: int, exclusive: bool) -> bool:
        kind = fcntl.LOCK_EX if exclusive else fcntl.LOCK_SH
        try:
            fcntl.flock(descriptor, kind | fcntl.LOCK_NB)
        except OSError as error:
            if error.errno in {errno.EAGAIN, errno.EACCES}:
                return False
            raise NoLocks(error.strerror or str(error)) from error
        return True

    def _unlock(descriptor: int) -> None:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_UN)
        except OSError as error:
            raise NoLocks(error.strerror or str(error)) from error


def try_lock(descriptor: int, *, exclusive: bool) -> bool:
    """Whether the lock was to be had at once.

    Raises
    ------
    NoLocks
        If the file system keeps no locks.
    """
    return _lock(descriptor, exclusive)


def unlock(descriptor: int) -> None:
    """End a lock, also where a forked child still has the file open.

    Raises
    ------
    NoLocks
        If the system refuses.
    """
    _unlock(descriptor)


def _forget_in_child() -> None:
    for descriptor in _open:
        os.close(descriptor)
    _open.clear()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget_in_child)
