"""The gate of files that several programs use, and the one safe opener of DuckDB's files.

Public names: :func:`open_database` opens a :class:`Database` behind its :class:`Gate`;
:func:`connect` opens one that nobody else knows yet; :class:`Called` is what the user calls a file.
"""

from remit.files.database import (
    TRIED,
    Database,
    Settings,
    connect,
    first_line,
    in_memory,
    open_database,
)
from remit.files.gate import Gate
from remit.files.patience import STORE, Called, InUse, Patience

__all__ = [
    "STORE",
    "TRIED",
    "Called",
    "Database",
    "Gate",
    "InUse",
    "Patience",
    "Settings",
    "connect",
    "first_line",
    "in_memory",
    "open_database",
]
