"""Opening a file of a site, and never one outside of it, whatever is swapped meanwhile."""

from __future__ import annotations

import os
import stat
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from remit.pages.serving.request import Refused

TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml; charset=utf-8",
    ".png": "image/png",
    ".ico": "image/vnd.microsoft.icon",
    ".json": "application/json; charset=utf-8",
    ".xml": "application/atom+xml; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".woff2": "font/woff2",
}
"""Types by ending: not those of the machine, which differ. All else is saved and not shown."""

_INDEX = "index.html"
_FLAGS = (
    os.O_RDONLY
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_BINARY", 0)
)
# Not every system opens a name relative to an open folder; there the place is checked afterwards.
_BY_FOLDER = os.open in os.supports_dir_fd and hasattr(os, "O_NOFOLLOW")


@dataclass(frozen=True, slots=True)
class Opened:
    """A file that is open for reading; whoever has it closes it."""

    file: BinaryIO
    size: int
    type: str | None
    """None for what is not shown in a browser."""
    name: str


class Moved(Exception):
    """The path is that of a folder, and its address ends with a slash."""


def open_file(root: Path, parts: Sequence[str]) -> Opened:
    """Open a file by the names of its path; a folder stands for its index.html.

    Each name is opened within the folder before it and no link is followed, so what lies outside
    cannot be had by a link in the folder, nor by one that is put there between check and use.

    Raises
    ------
    Refused
        404 if there is no such file, or none that may be read.
    Moved
        If it is a folder, and the path has no slash at its end.
    """
    wanted = parts if parts[-1] else (*parts[:-1], _INDEX)
    try:
        handle = _open_within(root, wanted) if _BY_FOLDER else _open_and_check(root, wanted)
    except (OSError, ValueError):
        raise Refused(404, "there is no such page") from None
    found = os.fstat(handle)
    if not stat.S_ISREG(found.st_mode):
        os.close(handle)
        if stat.S_ISDIR(found.st_mode) and parts[-1]:
            raise Moved
        raise Refused(404, "there is no such page")
    kind = TYPES.get(Path(wanted[-1]).suffix.lower())
    return Opened(os.fdopen(handle, "rb"), found.st_size, kind, wanted[-1])


def _open_within(root: Path, names: Sequence[str]) -> int:
    folder = os.open(root, _FLAGS | os.O_DIRECTORY)
    try:
        for name in names[:-1]:
            inner = os.open(name, _FLAGS | os.O_DIRECTORY, dir_fd=folder)
            os.close(folder)
            folder = inner
        return os.open(names[-1], _FLAGS, dir_fd=folder)
    finally:
        os.close(folder)


def _open_and_check(root: Path, names: Sequence[str]) -> int:
    """Open a file, then see that what was opened is the very file at that place.

    A folder cannot be opened on every system, so it is looked for first.
    """
    path = root.joinpath(*names)
    if names[-1] != _INDEX and path.is_dir() and path.resolve() == path:
        raise Moved
    handle = os.open(path, _FLAGS)
    try:
        if path.resolve(strict=True) != path or not os.path.samestat(
            os.fstat(handle), path.lstat()
        ):
            raise OSError
    except OSError:
        os.close(handle)
        raise
    return handle
