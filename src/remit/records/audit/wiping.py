"""What was erased goes from the bytes of the database's own files."""

from __future__ import annotations

from typing import Any

from remit.records.audit.chain import table
from remit.records.audit.guard import door


def is_wipe_due(using: str = "default") -> bool:
    """Whether something was erased whose bytes may still stand in the database's files."""
    return bool(table("AuditHead", using).filter(wipe_due=True).exists())


def wipe(using: str = "default") -> bool:
    """Write the database's files anew, without what was erased; whether that was done.

    It takes as long as the database is large, and others wait meanwhile: for a quiet hour. On
    SQLite the log is emptied as well, which it is not while somebody reads: then it is still due.
    PostgreSQL's own log (``pg_wal``, archives) and backups made before keep what they have until
    they are rotated.

    Raises
    ------
    TransactionManagementError
        If it is called within a transaction.
    """
    from django.db import connections, transaction

    connection = connections[using]
    if connection.in_atomic_block:
        raise transaction.TransactionManagementError("a wipe is no part of a transaction")
    table("AuditHead", using).first()  # opened, if it was not
    done = _sqlite(connection) if connection.vendor == "sqlite" else _postgresql(connection)
    if done:
        with door(using):
            table("AuditHead", using).update(wipe_due=False)
    return done


def _sqlite(connection: Any) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("VACUUM")
        busy = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
    return not busy


def _postgresql(connection: Any) -> bool:
    """Tables anew, and the samples of values that the planner keeps of them."""
    with connection.cursor() as cursor:
        for name in sorted(connection.introspection.table_names(cursor)):
            cursor.execute(f"VACUUM (FULL, ANALYZE) {connection.ops.quote_name(name)}")
        cursor.execute("VACUUM FULL pg_catalog.pg_statistic")
    return True
