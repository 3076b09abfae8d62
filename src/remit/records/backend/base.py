"""Django's own backend for SQLite, with what a register's file needs beyond it."""

from __future__ import annotations

import sqlite3
from typing import Any

from django.db.backends.sqlite3 import base, features


class DatabaseFeatures(features.DatabaseFeatures):
    """SQLite since 3.32 takes 32,766 values in a statement; Django still reckons with 999."""

    max_query_params = 32_000


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection that trusts nothing in the file, and that closes one in memory too."""

    features_class = DatabaseFeatures

    def is_in_memory_db(self) -> bool:
        """Django keeps a base in memory open when it is closed; here each is somebody's own."""
        return False

    def get_new_connection(self, conn_params: Any) -> sqlite3.Connection:
        """Open the file, in defensive mode where Python can ask for it."""
        connection: sqlite3.Connection = super().get_new_connection(conn_params)
        defensive = getattr(sqlite3, "SQLITE_DBCONFIG_DEFENSIVE", None)  # Python 3.12
        if defensive is not None:
            connection.setconfig(defensive, True)  # type: ignore[attr-defined, unused-ignore]
        return connection
