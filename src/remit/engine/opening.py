"""Records are opened: which files, by which engine, and what may be asked of them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Final, Self

import polars as pl

from remit.engine.listing import identity, list_files
from remit.engine.reading import Engine, Lazy, in_one_schema
from remit.engine.schemas import Schema, schema_of
from remit.model.errors import ActivityError

ENGINES: Final = ("duckdb", "spark")


class Records:
    """Files of records, opened by an engine. Close it, or use it as a context manager.

    Attributes
    ----------
    engine
        ``duckdb`` or ``spark``.
    files
        The files, by whole path.
    schema
        Their columns and types; of CSV files every column is text.
    frame
        Their rows as a narwhals frame, with the column ``remit_file`` beside them.
    """

    def __init__(
        self, files: Sequence[Path], schema: Schema, engine: Engine, name: str = "duckdb"
    ) -> None:
        self.engine = name
        self.files = tuple(files)
        self.schema = schema
        self._engine = engine
        self._identities = [identity(one) for one in files]
        self.frame = self.of(files)

    def of(self, files: Sequence[Path]) -> Lazy:
        """The rows of some of the files alone."""
        return self._engine.read(files)

    def beside(self, table: pl.DataFrame) -> Lazy:
        """A small table as a frame of the same engine, to be joined to the rows.

        As ``records.beside(pl.DataFrame({"date": days}))``.
        """
        return self._engine.beside(table)

    def keep(self, frame: Lazy) -> Lazy:
        """The same rows, worked out once and kept until this is closed, on disk if need be."""
        return self._engine.keep(frame)

    def parts(self, frame: Lazy, column: str, number: int) -> list[Lazy]:
        """Rows apart by a column, so that each part fits into memory; in one reading of files.

        Parameters
        ----------
        frame
            A frame made from :attr:`frame`.
        column
            Which part a row is of, from 0 on; it is not in the parts.
        number
            How many parts there may be.

        Examples
        --------
        ``records.parts(frame.with_columns(half), "half", 2)`` gives both halves as frames.
        """
        return self._engine.parts(frame, column, number)

    def collect(self, frame: Lazy, by: Sequence[str] | None = ()) -> pl.DataFrame:
        """What a frame comes to: whole numbers as Int64, sorted, the same on every engine.

        Parameters
        ----------
        frame
            A frame made from :attr:`frame`.
        by
            The columns to sort by; without them all, from the left. ``None`` leaves rows in the
            engine's order, which is another each time, for whoever sorts them later.

        Raises
        ------
        ActivityError
            If the engine cannot count it.
        """
        found = in_one_schema(self._engine.collect(frame))
        if by is None:
            return found
        return found.sort(by or found.columns, nulls_last=False)

    def check_unchanged(self) -> None:
        """See to it that the files are those that were opened: figures of two would be mixed.

        Raises
        ------
        ActivityError
            If one was written, or is gone.
        """
        for file, before in zip(self.files, self._identities, strict=True):
            if not file.is_file() or identity(file) != before:
                raise ActivityError(
                    f"{file}: this file was changed while it was read, and nothing was written; "
                    "do it again when nobody writes it"
                )

    def path_of(self, file: str) -> Path:
        """The file that a value of the column ``remit_file`` means."""
        return Path(self._engine.path_of(file))

    def close(self) -> None:
        """Let go of the engine, and remove what it laid down on disk."""
        self._engine.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def open_records(
    files: Sequence[Path | str],
    engine: str = "duckdb",
    *,
    master: str | None = None,
    memory: str | None = None,
    only: Sequence[str] | None = None,
) -> Records:
    """Open files of records with an engine; nothing is counted yet.

    Parameters
    ----------
    files
        Parquet or CSV files, folders of them, and tables of Delta or Iceberg.
    engine
        ``duckdb`` in this process, or ``spark``.
    master
        Which Spark: ``local[2]``, or the address of a cluster, ``spark://host:7077``.
    memory
        How much memory may be used, such as ``2GB``.
    only
        The columns that will be used. Of others it does not matter what they hold.

    Raises
    ------
    ActivityError
        If the files or the engine cannot be used; the message says which, and the remedy.
    ExtraMissing
        If the engine is not installed.

    Examples
    --------
    >>> with open_records(["demo/shift/sample-records.parquet"]) as records:
    ...     records.collect(records.frame.select("patient")).height
    331850
    """
    if engine not in ENGINES:
        raise ActivityError(f"--engine takes one of {', '.join(ENGINES)}; got {engine!r}")
    if master is not None and engine != "spark":
        raise ActivityError("--master goes with --engine spark")
    listed = list_files(files)
    schema = schema_of(listed, spark=engine == "spark", only=only)
    opened = _opened(engine, listed, master, memory)
    try:
        return Records(listed, schema, opened, engine)
    except BaseException:
        opened.close()
        raise


def _opened(engine: str, files: Sequence[Path], master: str | None, memory: str | None) -> Engine:
    if engine == "spark":
        from remit.engine.on_spark import OnSpark

        return OnSpark(master, memory)
    from remit.engine.on_duckdb import OnDuckDB

    return OnDuckDB(files, memory)
