"""The tables of a register's file: made by migrations, and held against them when it is opened.

A file may come from others. What it holds beside the tables that migrations make (a trigger, a
view, a table of another shape) is no register's, and is refused before any of it is read.
"""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from remit.model.errors import RecordsError
from remit.records.connecting import APPLICATION_ID, rows
from remit.records.faults import no_register
from remit.records.loading import APP, LABEL, known_migrations

_SQLITES_OWN = "sqlite_stat"


def migrate(alias: str, last: str | None = None) -> None:
    """Bring the tables up to the latest migration, or to a named one: whole, or not at all.

    Tables and the record of them change in one transaction. By itself Django records a migration
    that makes an index after it: who looked then, or was killed then, had a file of no kind.
    """
    from django.db import connections, transaction
    from django.db.migrations.executor import MigrationExecutor

    connection = connections[alias]
    connection.disable_constraint_checking()  # SQLite wants it before the transaction
    try:
        with transaction.atomic(using=alias):
            MigrationExecutor(connection).migrate([(LABEL, last or known_migrations()[-1])])
    finally:
        connection.enable_constraint_checking()


def settle_tables(alias: str) -> None:
    """Put the tables where each later ``VACUUM`` puts them.

    So the register's one row can be found in a file that was only half written anew.
    """
    rows(alias, "VACUUM")


def state(alias: str, path: Path) -> str:
    """The last migration that a file has seen, after its tables were held against it.

    Raises
    ------
    NoRecords
        If the file is no register, or holds what no register holds.
    RecordsError
        If it is of a newer Remit.
    """
    # Tables and migrations of one moment: another may just bring it up to date.
    rows(alias, "BEGIN")
    try:
        return _state(alias, path, schema(alias))
    finally:
        rows(alias, "ROLLBACK")


def _state(alias: str, path: Path, found: list[list[Any]]) -> str:
    names = {row[1] for row in found}
    marked = rows(alias, "PRAGMA application_id") == [(APPLICATION_ID,)]
    if not marked or not {"django_migrations", f"{LABEL}_register"} <= names:
        raise no_register(path)
    strange = [row for row in found if row[0] not in {"table", "index"} or _is_virtual(row[3])]
    if strange:
        raise no_register(path, f"it holds {strange[0][0]} {strange[0][1]!r}, as none does")
    applied = rows(alias, "SELECT name FROM django_migrations WHERE app = %s", [LABEL])
    done = sorted(str(row[0]) for row in applied)
    known = known_migrations()
    if set(done) - set(known):
        raise RecordsError(
            f"{path}: this register was made by a newer Remit (tables {max(done)}; this Remit "
            f"knows {known[-1]}); update Remit to open it"
        )
    if not done or done != known[: len(done)] or found != expected(done[-1]):
        raise no_register(path, "its tables are not those that Remit makes")
    return done[-1]


def schema(alias: str) -> list[list[Any]]:
    """What the file says that it holds: kind, name, table and the words that made it."""
    found = rows(alias, "SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY type, name")
    return [list(row) for row in found if not str(row[1]).startswith(_SQLITES_OWN)]


@cache
def expected(last: str) -> list[list[Any]]:
    """What the migrations up to one make; a test holds these files against the migrations."""
    text = files(f"{APP}.schemas").joinpath(f"{last}.json").read_text(encoding="utf-8")
    return [list(row) for row in json.loads(text)]


def _is_virtual(sql: Any) -> bool:
    return isinstance(sql, str) and sql.lstrip()[:15].upper().startswith("CREATE VIRTUAL")
