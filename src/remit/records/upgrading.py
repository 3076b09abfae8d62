"""A register of an older Remit is brought up to date, beside a copy that goes when it is done."""

from __future__ import annotations

import uuid
from contextlib import suppress
from pathlib import Path

from remit.model.errors import RecordsError
from remit.records.connecting import beside, rows
from remit.records.loading import latest_migration
from remit.records.schema import migrate, settle_tables, state

_TRIES = 20


def upgrade(alias: str, path: Path) -> None:
    """Run the migrations that are missing; each is whole or not at all.

    Another process may do so at the same time: what it was faster with is left to it.

    Raises
    ------
    RecordsError
        If it cannot be done; the message names the copy as it was before.
    """
    from django.db import Error

    copy = beside(path, f".before-{uuid.uuid4().hex[:8]}")
    try:
        rows(alias, "VACUUM INTO %s", [str(copy)])
        words = _migrated(alias, path)
    except Error as error:
        words = str(error)
    if words:
        raise RecordsError(
            f"{path}: the register cannot be brought up to date: {words}. As it was before it "
            f"stands in {copy.name}"
        )
    with suppress(Error):  # another uses it just now; the log is carried over later
        settle_tables(alias)
    with suppress(OSError):
        copy.unlink(missing_ok=True)


def _migrated(alias: str, path: Path) -> str:
    """Nothing where all migrations are there in the end; else what hindered them."""
    from django.db import Error

    words = ""
    for _ in range(_TRIES):
        try:
            migrate(alias)
        except Error as error:
            words = str(error)
        if state(alias, path) == latest_migration():
            return ""
    return words or "its tables did not come to what they should"
