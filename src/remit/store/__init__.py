"""The store: one DuckDB file that keeps every figure with its source, all vintages of it.

Public names: :class:`Store`, what it held at a moment as a :class:`Snapshot`, and the reports of
what an ingest or a removal did. This is the only room that holds DDL.
"""

from remit.store.report import FileReport, IngestReport, RemovalReport, ScopeReport, StoredSource
from remit.store.snapshot import Snapshot
from remit.store.store import Store

__all__ = [
    "FileReport",
    "IngestReport",
    "RemovalReport",
    "ScopeReport",
    "Snapshot",
    "Store",
    "StoredSource",
]
