"""A copy of a file of records, whole and as it stands at one moment, while others go on."""

from __future__ import annotations

import shutil
from contextlib import suppress
from pathlib import Path

from remit.files.new_file import draft_of, put_new
from remit.model.errors import RecordsError
from remit.records.connecting import beside, rows
from remit.records.faults import in_words


def copy_to(alias: str, path: Path | None, target: Path) -> None:
    """Write a copy to a new file; what was taken out before is not in its bytes.

    It is made under another name and put in its place whole, so a full disk leaves none.

    Parameters
    ----------
    alias
        The name of the connection, with no change begun on it.
    path
        The file of records, named in messages.
    target
        The new file.

    Raises
    ------
    RecordsError
        If the target is there already, or cannot be written.
    """
    from django.db import Error

    new = draft_of(target)
    try:
        if target.exists() or target.is_symlink():
            raise FileExistsError
        if not target.parent.is_dir():
            raise RecordsError(
                f"{target}: the folder {target.parent} does not exist; make it first"
            )
        _into(alias, new)
        if path is not None:
            shutil.copymode(path, new)  # who may read the one may read the other, and nobody else
        put_new(new, target)
    except FileExistsError:
        raise RecordsError(f"{target}: this file exists; name another for the copy") from None
    except Error as error:
        raise in_words(path, error, 0) from None
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or error
        raise RecordsError(f"{target}: the copy cannot be written: {why}") from None
    finally:
        for ending in ("", "-journal"):
            with suppress(OSError, ValueError):
                beside(new, ending).unlink(missing_ok=True)


def _into(alias: str, new: Path) -> None:
    looks_only = rows(alias, "PRAGMA query_only")[0][0]
    rows(alias, "PRAGMA query_only = OFF")  # SQLite takes a copy for a change
    try:
        rows(alias, "VACUUM INTO %s", [str(new)])
    finally:
        rows(alias, f"PRAGMA query_only = {looks_only:d}")
