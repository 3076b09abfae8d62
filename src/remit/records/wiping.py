"""What was taken out goes from the bytes of the file and of its log as well."""

from __future__ import annotations

from pathlib import Path

from remit.files.telling import tell
from remit.records.connecting import rows
from remit.records.loading import model


def wipe(alias: str, path: Path | None) -> bool:
    """Write the file anew without what was taken out, and empty its log; whether it was done.

    Deleted rows are overwritten at once (``secure_delete``), but copies stand in the log, and in
    pages that were moved. While others read, the log cannot be emptied; then that is told, and the
    next change tries again.
    """
    from django.db import Error

    try:
        rows(alias, "VACUUM")
        done = _emptied(alias)
        if done:
            model("Register").objects.using(alias).update(wipe_due=False)
            done = _emptied(alias)
    except Error as error:
        _tell(path, str(error))
        return False
    if not done:
        _tell(path, "somebody reads it")
    return done


def _emptied(alias: str) -> bool:
    busy = rows(alias, "PRAGMA wal_checkpoint(TRUNCATE)")[0][0]
    return not busy


def _tell(path: Path | None, why: str) -> None:
    tell(
        f"what was taken out of {path} cannot be read by Remit any more, but its bytes may "
        f"still stand in the file or its log ({why}); the next command that changes something "
        "removes them"
    )
