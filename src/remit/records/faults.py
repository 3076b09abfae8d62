"""What SQLite says, in words that tell the file and the remedy."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from remit.model.errors import RecordsError

_LOCKED = ("database is locked", "database table is locked")
_READ_ONLY = "readonly database"
_UNWRITABLE = ("disk I/O error", "disk is full", "unable to open database file")
_DAMAGED = ("malformed", "not a database", "file is encrypted", "database corruption", "decode")


class NoRecords(RecordsError):
    """The file is no register of Remit's."""


def no_register(path: Path | None, why: str = "") -> NoRecords:
    """The refusal of a file that is none."""
    because = f" ({why})" if why else ""
    return NoRecords(f"{path}: this is no register of asks{because}; give another with --register")


def in_words(path: Path | None, error: BaseException, wait_seconds: float) -> RecordsError:
    """A fault of the file in plain words; with SQLite's own only where the file is damaged."""
    words = str(error).strip() or type(error).__name__
    if any(word in words for word in _LOCKED):
        return RecordsError(
            f"{path}: the register is in use by another process, and was not free within "
            f"{wait_seconds:g} seconds; nothing was changed. Try again"
        )
    if _READ_ONLY in words:
        return RecordsError(
            f"{path}: the register cannot be written; nothing was changed. See to the "
            "rights of the file and of its folder"
        )
    if any(word in words for word in _UNWRITABLE):
        return RecordsError(
            f"{path}: the register cannot be read or written here; nothing was changed ({words}). "
            "See to the space on the disk, and to the rights of the folder"
        )
    if any(word in words for word in _DAMAGED):
        return RecordsError(
            f"{path}: the register is damaged ({words}); nothing was changed. Put a copy back"
        )
    return RecordsError(f"{path}: the register cannot be used: {words}; nothing was changed")


@contextmanager
def told(path: Path | None, wait_seconds: float) -> Iterator[None]:
    """Let no fault of the file out of a block but in words."""
    from django.db import Error

    try:
        yield
    except Error as error:
        raise in_words(path, error, wait_seconds) from None
