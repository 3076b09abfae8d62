"""A file that is new is made beside its place, and put there whole without replacing another."""

from __future__ import annotations

import os
import secrets
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

DRAFT = ".new-"
"""What stands after a file's name while it is being made, before it is put in its place."""

_LEFTOVER_SECONDS = 60


def draft_of(path: Path) -> Path:
    """A name beside a file's, under which it can be made."""
    return path.with_name(f"{path.name}{DRAFT}{secrets.token_hex(4)}")


def put_new(draft: Path, path: Path) -> None:
    """Put a file that is whole in its place; the draft's own name may stay, to be removed.

    Unlike a rename, a link never replaces the file that another process has just made.

    Raises
    ------
    FileExistsError
        If there is one.
    """
    try:
        os.link(draft, path)
    except FileExistsError:
        raise
    except OSError:  # a file system without links, such as exFAT
        if path.exists():
            raise FileExistsError from None
        draft.rename(path)


def write_new_file(path: Path, text: str) -> None:
    """Write a text to a file that is not there yet, whole or not at all; its folder is made.

    Raises
    ------
    FileExistsError
        If it is there, or a folder of that name.
    OSError
        If it cannot be written; nothing is left behind.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = draft_of(path)
    try:
        with draft.open("x", encoding="utf-8", newline="") as file:
            file.write(text)
        put_new(draft, path)
    finally:
        with suppress(OSError):
            draft.unlink(missing_ok=True)


def clear_drafts(path: Path, endings: Sequence[str] = (DRAFT,)) -> None:
    """Remove what processes left that were killed while they made a file; what is young stays."""
    begins = tuple(f"{path.name}{ending}" for ending in endings)
    for leftover in path.parent.iterdir():
        if leftover.name.startswith(begins):
            with suppress(OSError):
                if time.time() - leftover.stat().st_mtime > _LEFTOVER_SECONDS:
                    leftover.unlink()


def names_of(path: Path) -> int:
    """How many names a file has (hard links), but for those under which it was made.

    A process that was killed while it put a new file in its place may have left such a name; it is
    removed.

    Raises
    ------
    OSError
        If there is no such file.
    """
    if path.stat().st_nlink > 1:
        for draft in path.parent.iterdir():
            if draft.name.startswith(f"{path.name}{DRAFT}"):
                with suppress(OSError):
                    if draft.samefile(path):
                        draft.unlink()
    return path.stat().st_nlink
