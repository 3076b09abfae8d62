"""Registers of earlier Remits, which were DuckDB files: read only, and trusted no further."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from remit.model.errors import AskError, RemitError

if TYPE_CHECKING:
    import duckdb

MARK = "remit_asks"
_A_MOMENT = 1.0
LAYOUT_VERSION = 1
OLD_TABLES: dict[str, tuple[str, ...]] = {
    "ask": (
        "ask_id", "received_on", "due_on", "from_body", "from_team", "to_org_code", "to_org_name",
        "channel", "title", "text", "period_from", "period_to", "frequency", "hours_estimate",
        "source", "source_row", "import_id", "key", "thread", "follow_up", "attachments",
        "removed", "original", "status", "closed_on", "answer",
    ),
    "meeting": (
        "key", "import_id", "to_org_code", "day", "starts_at", "series", "body", "is_oversight",
        "minutes", "attendees", "own_attendees", "minutes_today", "minutes_tomorrow", "title",
        "why", "replaced_by",
    ),
    "import": (
        "import_id", "number", "file_name", "sha256", "kind", "rows_read", "accepted", "repeated",
        "rejected", "meetings", "imported_at",
    ),
    "rejection": ("import_id", "file", "line", "column", "value", "reason"),
    "mapping": ("fingerprint", "columns", "kept_at"),
    "change": ("ask_id", "field", "before", "after", "changed_at"),
    "decision": ("number", "kind", "ask_ids", "relation", "decided_by", "decided_on", "note"),
    "action": ("action_id", "conversation", "held_on", "what", "owner", "due_on", "done_on"),
    "friction": (
        "friction_id", "what", "between_bodies", "raised_on", "ask_ids", "settled_on",
        "settled_how",
    ),
    "risk": ("risk_id", "title", "what", "holder", "raised_on", "review_on", "closed_on"),
    "risk_share": ("risk_id", "place", "organisation", "share", "percent", "mitigation"),
}  # fmt: skip
"""The tables of the one layout that there was, with their columns."""

Rows = dict[str, list[dict[str, Any]]]


def is_old_register(path: Path) -> bool:
    """Whether a DuckDB file is a register of an earlier Remit; one in use is taken for one."""
    from remit.files.patience import InUse

    try:
        with _opened(path, _A_MOMENT) as connection:
            return _is_marked(connection)
    except InUse:
        return True
    except RemitError:
        return False


def read_old(path: Path) -> Rows:
    """All rows of an old register, by table and column.

    Raises
    ------
    AskError
        If the file is missing, is no such register, or its tables are not those of one.
    """
    if path.exists() and not path.is_file():
        raise AskError(f"{path}: this is no file; name the old register, such as asks.duckdb")
    with _opened(path) as connection:
        if not _is_marked(connection):
            raise AskError(f"{path}: this is no register of an earlier Remit")
        _check_tables(connection, path)
        return {name: _rows(connection, name) for name in OLD_TABLES}


@contextmanager
def _opened(path: Path, wait_seconds: float = 30.0) -> Iterator[duckdb.DuckDBPyConnection]:
    import duckdb

    from remit.files.database import open_database
    from remit.files.patience import Called

    called = Called(
        name="old register",
        missing="there is no such file; name the old register, such as asks.duckdb",
        foreign="this is no register of an earlier Remit",
        busy="Try again when nobody uses it",
        made="Name the old register, such as asks.duckdb",
    )
    lock = Path(f"{path.resolve()}.lock")
    was_there = lock.exists()
    try:
        with open_database(
            path, read_only=True, wait_seconds=wait_seconds, called=called
        ) as database:
            yield database.connection
    except duckdb.Error as error:
        words = str(error).splitlines()[0]
        raise AskError(f"{path}: the old register cannot be read: {words}") from None
    finally:
        if not was_there:
            _remove(lock)


def _remove(lock: Path) -> None:
    """Nothing that Remit made stays beside an old register, which nobody writes any more."""
    with suppress(OSError):
        if lock.stat().st_size == 0:
            lock.unlink()


def _is_marked(connection: duckdb.DuckDBPyConnection) -> bool:
    found = connection.execute(
        "SELECT 1 FROM information_schema.tables WHERE table_name = ? AND table_type = "
        "'BASE TABLE' AND table_schema = 'main'",
        [MARK],
    ).fetchall()
    return bool(found)


def _check_tables(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    versions = connection.execute(f"SELECT layout_version FROM {MARK}").fetchall()  # noqa: S608
    if [int(row[0]) for row in versions] != [LAYOUT_VERSION]:
        raise AskError(f"{path}: the layout of this old register is not known: {versions}")
    for name, columns in OLD_TABLES.items():
        found = connection.execute(
            "SELECT c.column_name FROM information_schema.columns c JOIN information_schema.tables "
            "t USING (table_schema, table_name) WHERE table_schema = 'main' AND table_name = ? AND "
            "t.table_type = 'BASE TABLE'",
            [name],
        ).fetchall()
        if {row[0] for row in found} != set(columns):
            raise AskError(f"{path}: table {name} is not that of a register of an earlier Remit")


def _rows(connection: duckdb.DuckDBPyConnection, name: str) -> list[dict[str, Any]]:
    columns = OLD_TABLES[name]
    named = ", ".join(f'"{column}"' for column in columns)
    found = connection.execute(f'SELECT {named} FROM "{name}"').fetchall()  # noqa: S608
    return [dict(zip(columns, row, strict=True)) for row in found]
