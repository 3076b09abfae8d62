"""The hidden folders in which folders are made; those of killed processes are cleared away.

Each holds a file that its maker keeps locked. The system ends that lock when the maker dies, by
whatever means, so that the folder of a living process is never taken for a leftover.
"""

from __future__ import annotations

import contextlib
import glob
import os
import re
import shutil
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from remit.files.locks import NoLocks, close, open_to_lock, try_lock
from remit.files.telling import tell

NEW, FORMER = "new", "former"
"""The folder that is being made, and the one that was in its place."""

_HELD = ".remit-held"
_NAME = re.compile(r"[a-z0-9_]{8}")
_UNMARKED_SECONDS = 86_400
"""After a day nobody works any more in a folder that has no such file; older versions made none."""


@contextlib.contextmanager
def making_folder(place: Path) -> Iterator[Path]:
    """A hidden folder beside a place, which is known to be in use until the block ends.

    Raises
    ------
    OSError
        If it cannot be made.
    """
    while True:
        beside = Path(tempfile.mkdtemp(prefix=_prefix(place), dir=place.parent))
        descriptor = _held(beside / _HELD)
        if descriptor is not None:
            break
    try:
        yield beside
    finally:
        _remove(beside, descriptor)


def _held(path: Path) -> int | None:
    """The locked file; None if somebody took the folder for a leftover before it was locked."""
    try:
        descriptor = open_to_lock(path, os.O_CREAT | os.O_EXCL | os.O_RDWR)
    except FileNotFoundError:
        return None
    with contextlib.suppress(NoLocks):  # where nothing can be locked, nothing is cleared
        while not try_lock(descriptor, exclusive=True):
            time.sleep(0.001)
    if path.exists():
        return descriptor
    close(descriptor)
    return None


def _remove(beside: Path, descriptor: int) -> None:
    shutil.rmtree(beside, ignore_errors=True)
    close(descriptor)
    shutil.rmtree(beside, ignore_errors=True)  # on Windows an open file cannot be removed


def _prefix(place: Path) -> str:
    return f".{place.name}-"


def clear_leftovers(place: Path) -> None:
    """Put back what a killed process moved aside, remove what else it left, and tell it.

    What is not certainly left by a killed process of Remit's stays as it is.

    Raises
    ------
    OSError
        If a former folder cannot be put back.
    """
    prefix = _prefix(place)
    found = [
        one
        for one in place.parent.glob(f"{glob.escape(prefix)}*")
        if _NAME.fullmatch(one.name.removeprefix(prefix)) and _is_ours(one)
    ]
    for beside in sorted(found, key=_changed, reverse=True):
        with _dead(beside) as is_dead:
            if is_dead:
                _clear(beside, place)


def _is_ours(beside: Path) -> bool:
    """Whether a folder holds nothing but what is made here."""
    if beside.is_symlink() or not beside.is_dir():
        return False
    with contextlib.suppress(OSError):
        return {one.name for one in beside.iterdir()} <= {NEW, FORMER, _HELD}
    return False


def _changed(path: Path) -> float:
    with contextlib.suppress(OSError):
        return path.stat().st_mtime
    return time.time()


@contextlib.contextmanager
def _dead(beside: Path) -> Iterator[bool]:
    """Whether its maker is dead; nobody else clears it meanwhile."""
    try:
        descriptor = open_to_lock(beside / _HELD, os.O_RDWR)
    except FileNotFoundError:
        yield time.time() - _changed(beside) > _UNMARKED_SECONDS
        return
    except OSError:
        yield False
        return
    try:
        yield _locked(descriptor) and (beside / _HELD).exists()
    finally:
        close(descriptor)


def _locked(descriptor: int) -> bool:
    try:
        return try_lock(descriptor, exclusive=True)
    except NoLocks:
        return False


def _clear(beside: Path, place: Path) -> None:
    former = beside / FORMER
    if former.is_dir() and not place.exists():
        former.rename(place)
        tell(f"{place}: put back as it was before a run that was broken off")
    elif former.is_dir() and (beside / NEW).is_dir():
        # Something else stands in the place since: what was there before is nowhere but here.
        tell(f"{former}: what was in {place} before a run that was broken off; move it, or delete")
        return
    else:
        tell(f"{beside}: left by a run that was broken off, and removed")
    shutil.rmtree(beside, ignore_errors=True)
