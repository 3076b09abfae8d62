"""A file that is to be written has one name: each name has a gate of its own, and a log."""

from __future__ import annotations

from pathlib import Path

from remit.files.new_file import names_of
from remit.model.errors import StoreError


def refuse_second_name(path: Path, called: str) -> None:
    """Refuse to write a file that has another name as well (a hard link).

    A process that was killed while it put a new file in its place may have left the name under
    which it made it. That one is removed: call this behind the gate, where nobody else makes one.

    Parameters
    ----------
    path
        The file; one that is not there has no name.
    called
        What the user calls such a file.

    Raises
    ------
    StoreError
        If two who write under two names could undo each other's work.
    """
    try:
        names = names_of(path)
    except OSError:
        return
    if names > 1:
        raise StoreError(
            f"{path}: the {called} has more than one name (hard links), and each has a lock of its "
            "own: two who write would undo each other's work. Nothing was changed. Make a copy of "
            "it and delete the other names (find it by: find FOLDER -samefile "
            f"{path.name}); use links that point to it (symbolic links) instead"
        )
