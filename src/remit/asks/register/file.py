"""The register's file: rows, transactions, and adding many rows at once."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import contextmanager
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from collections.abc import Iterator

    import duckdb


class RegisterFile:
    """An open file; use it in a ``with`` statement, or close it.

    Parameters
    ----------
    connection
        A connection to a register's file (see :func:`remit.asks.open_register`).
    """

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self.connection = connection

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file."""
        self.connection.close()

    def rows(self, sql: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """All rows of a query."""
        return list(self.connection.execute(sql, list(values)).fetchall())

    def append(self, table: str, rows: list[dict[str, Any]]) -> None:
        """Add rows to a table, by the names of its columns."""
        if not rows:
            return
        import polars as pl

        frame = pl.DataFrame(rows, infer_schema_length=None)
        self.connection.register("incoming", frame.to_arrow())
        try:
            self.connection.execute(f"INSERT INTO {table} BY NAME FROM incoming")
        finally:
            self.connection.unregister("incoming")

    @contextmanager
    def all_or_nothing(self, *, dry_run: bool = False) -> Iterator[None]:
        """Keep all changes of a block, or none; with ``dry_run`` none."""
        self.connection.execute("BEGIN")
        try:
            yield
        except BaseException:
            self.connection.execute("ROLLBACK")
            raise
        self.connection.execute("ROLLBACK" if dry_run else "COMMIT")
