"""Taking one file in, within a transaction that its caller holds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict
from datetime import date, datetime
from operator import attrgetter
from typing import Any, Protocol

import duckdb
import polars as pl

from remit.files.arrow import ArrowStream
from remit.frames.observations import OBSERVATION_SCHEMA
from remit.model.observation import Rejection, Source, TotalCheck
from remit.store.report import FileReport, Outcome, ScopeReport
from remit.store.vintage import scope_reports

AT_ONCE = 60_000
"""So many rows of small files are confirmed together: each time DuckDB may put what is there in
order anew."""

_PLACE = {"file": pl.String, "line": pl.Int64, "column": pl.String}
_SCOPE = {"scope": pl.String}
_REJECTION = _PLACE | {"value": pl.String, "reason": pl.String}
_TOTAL_CHECK = _PLACE | {"name": pl.String, "printed": pl.Float64, "summed": pl.Float64}
_PRINTED = dict.fromkeys(
    ("metric_id", "name", "unit", "domain", "sub_domain", "part", "of"), pl.String
) | {"known": pl.Boolean}
_NOTE = {"number": pl.Int64, "note": pl.String}

_INSERT_SOURCE = """
    INSERT INTO source
    SELECT $source_id, $publication, $publication_name, $file_name, $sha256, $published_on,
        $licence, $url, $rows_read, $rows_accepted, $rows_rejected, $ingested_at, $known_from,
        coalesce(max(ingest_number), 0) + 1, $third_party
    FROM source
"""


class Incoming(Protocol):
    """A file that was read: what the readers of publications yield."""

    @property
    def observations(self) -> pl.DataFrame:
        """The accepted figures, in the columns of ``OBSERVATION_SCHEMA``."""

    @property
    def rejections(self) -> tuple[Rejection, ...]:
        """The rows that were not taken."""

    @property
    def checks(self) -> tuple[TotalCheck, ...]:
        """The totals that the file prints, each with the sum of its rows."""

    @property
    def notes(self) -> tuple[str, ...]:
        """What of the file was not read, in sentences."""

    @property
    def source(self) -> Source:
        """The file itself."""


@contextmanager
def in_one_thread(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """Work of DuckDB in which one file comes after the other.

    Several threads would each begin row groups of their own, to be put together in the end.
    """
    connection.execute("SET threads = 1")
    try:
        yield
    finally:
        # A connection that was broken off cannot be asked, and would hide why.
        with suppress(duckdb.Error):
            connection.execute("RESET threads")


def few_at_once(readings: Iterator[Incoming]) -> list[Incoming]:
    """The next file, and some more if they are small: to confirm each takes as long again.

    They are confirmed together, so that whoever is killed leaves whole files only.
    """
    batch: list[Incoming] = []
    rows = 0
    while rows < AT_ONCE and (reading := next(readings, None)):
        rows += reading.source.rows_read
        batch.append(reading)
    return batch


def take(connection: duckdb.DuckDBPyConnection, reading: Incoming, now: datetime) -> FileReport:
    """Keep one file, unless the same bytes are there already."""
    source = reading.source
    held = connection.execute(
        "SELECT published_on, known_from FROM source WHERE sha256 = $sha256",
        {"sha256": source.sha256},
    ).fetchall()
    if held:
        return _report(reading, "already there", note=_already(source, *held[0]))
    _insert_source(connection, source, now)
    _append(connection, "observation", reading.observations.select(list(OBSERVATION_SCHEMA)))
    for table, columns, rows in (
        ("source_scope", _SCOPE, zip(source.scopes, strict=True)),
        ("rejection", _REJECTION, map(attrgetter(*_REJECTION), reading.rejections)),
        ("total_check", _TOTAL_CHECK, map(attrgetter(*_TOTAL_CHECK), reading.checks)),
        ("printed_metric", _PRINTED, map(attrgetter(*_PRINTED), source.printed)),
        ("reading_note", _NOTE, enumerate(reading.notes, start=1)),
    ):
        # Most files have nothing for most of these, and a statement for nothing takes as long.
        if found := list(rows):
            _append(connection, table, _frame(source.source_id, columns, found))
    scopes = scope_reports(connection, source)
    is_vintage = any(scope.before or scope.after for scope in scopes)
    return _report(reading, "new vintage" if is_vintage else "new", scopes)


def _insert_source(connection: duckdb.DuckDBPyConnection, source: Source, now: datetime) -> None:
    values = asdict(source)
    values.pop("scopes")
    values.pop("printed")
    values["ingested_at"] = now.replace(tzinfo=None)
    values["known_from"] = source.published_on or now.date()
    connection.execute(_INSERT_SOURCE, values)


def _append(connection: duckdb.DuckDBPyConnection, table: str, frame: pl.DataFrame) -> None:
    connection.register("incoming", ArrowStream(frame))
    try:
        connection.execute(f"INSERT INTO {table} BY NAME FROM incoming")
    finally:
        # In a transaction that was broken off this fails too, and would hide why.
        with suppress(duckdb.Error):
            connection.unregister("incoming")


def _frame(
    source_id: str, columns: dict[str, Any], rows: Iterable[Sequence[object]]
) -> pl.DataFrame:
    """Rows of a table, each with the file that they are of."""
    schema = {"source_id": pl.String} | columns
    return pl.DataFrame([(source_id, *row) for row in rows], schema=schema, orient="row")


def _already(source: Source, published_on: date | None, known_from: date) -> str:
    """What to say of a file that is there, where it was taken in with another date."""
    if source.published_on is None or source.published_on == published_on:
        return ""
    return (
        f"it is kept as known from {known_from}; to change that, remove it "
        f"(--remove {source.source_id}) and take it in again"
    )


def _report(
    reading: Incoming, outcome: Outcome, scopes: tuple[ScopeReport, ...] = (), note: str = ""
) -> FileReport:
    source = reading.source
    return FileReport(
        source_id=source.source_id,
        file_name=source.file_name,
        publication_name=source.publication_name,
        rows_read=source.rows_read,
        rows_accepted=source.rows_accepted,
        rows_rejected=source.rows_rejected,
        outcome=outcome,
        scopes=scopes,
        note=note,
        unread=reading.notes,
    )
