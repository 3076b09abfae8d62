"""The tables of the store, and what is current among the vintages that it keeps."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import polars as pl

from remit.frames.observations import OBSERVATION_SCHEMA

SCHEMA_VERSION = 3
"""Raised whenever a table changes; a store of a higher version is refused, one of a lower version
is brought up to date by :func:`upgrades` when it is opened for writing."""

MARK = "remit_store"
"""The table by which a DuckDB file is known as a store of Remit."""

OF_A_SOURCE = (
    "rejection",
    "total_check",
    "reading_note",
    "printed_metric",
    "source_scope",
    "source",
)
"""The tables with what is kept of a file beside its figures, the file itself last."""

_SQL_TYPES: dict[pl.DataType, str] = {
    pl.String(): "VARCHAR",
    pl.Date(): "DATE",
    pl.Float64(): "DOUBLE",
    pl.Int64(): "BIGINT",
}

OBSERVATION_COLUMNS = ", ".join(OBSERVATION_SCHEMA)

COUNT_COLUMNS = (
    "org_code",
    "org_kind",
    "metric_id",
    "cut",
    "period_label",
    "period_start",
    "period_end",
    "value",
    "status",
    "source_id",
    "source_row",
    "source_column",
)
"""The columns that a sum over organisations needs, and what is behind it."""

_TABLES = f"""
CREATE TABLE {MARK} (schema_version INTEGER NOT NULL, made_at TIMESTAMP NOT NULL);

CREATE TABLE source (
    source_id VARCHAR PRIMARY KEY,
    publication VARCHAR NOT NULL,
    publication_name VARCHAR NOT NULL,
    file_name VARCHAR NOT NULL,
    sha256 VARCHAR NOT NULL,
    published_on DATE,
    licence VARCHAR NOT NULL,
    url VARCHAR NOT NULL,
    rows_read BIGINT NOT NULL,
    rows_accepted BIGINT NOT NULL,
    rows_rejected BIGINT NOT NULL,
    ingested_at TIMESTAMP NOT NULL,
    known_from DATE NOT NULL,
    ingest_number BIGINT NOT NULL
);

CREATE TABLE source_scope (source_id VARCHAR NOT NULL, scope VARCHAR NOT NULL);

CREATE TABLE rejection (
    source_id VARCHAR NOT NULL,
    file VARCHAR NOT NULL,
    line BIGINT NOT NULL,
    "column" VARCHAR NOT NULL,
    value VARCHAR NOT NULL,
    reason VARCHAR NOT NULL
);
"""

_TOTAL_CHECKS = """
CREATE TABLE total_check (
    source_id VARCHAR NOT NULL,
    file VARCHAR NOT NULL,
    line BIGINT NOT NULL,
    "column" VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    printed DOUBLE NOT NULL,
    summed DOUBLE NOT NULL
);
"""

_READING_NOTES = """
CREATE TABLE reading_note (
    source_id VARCHAR NOT NULL,
    number BIGINT NOT NULL,
    note VARCHAR NOT NULL
);
"""

_PRINTED_METRICS = """
CREATE TABLE printed_metric (
    source_id VARCHAR NOT NULL,
    metric_id VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    unit VARCHAR NOT NULL,
    domain VARCHAR NOT NULL,
    sub_domain VARCHAR NOT NULL,
    part VARCHAR NOT NULL,
    "of" VARCHAR NOT NULL,
    known BOOLEAN NOT NULL
);
"""

# What is current is said once, here, so that a reader of the file in R or Power BI and Remit
# itself see the same figures.
_VIEWS = f"""
CREATE OR REPLACE MACRO scope_as_at(day) AS TABLE
    SELECT source_id, publication, scope
    FROM source_scope JOIN source USING (source_id)
    WHERE known_from <= day
    QUALIFY row_number() OVER (
        PARTITION BY publication, scope ORDER BY known_from DESC, ingest_number DESC
    ) = 1;

CREATE OR REPLACE MACRO observation_as_at(day) AS TABLE
    SELECT {OBSERVATION_COLUMNS}
    FROM observation SEMI JOIN scope_as_at(day) USING (source_id, scope);

CREATE OR REPLACE VIEW observation_current AS FROM observation_as_at(DATE '9999-12-31');
"""  # noqa: S608


def statements(made_at: datetime) -> Iterator[tuple[str, dict[str, Any]]]:
    """What makes an empty store, with the parameters of each piece."""
    yield _TABLES, {}
    yield _TOTAL_CHECKS, {}
    yield _READING_NOTES, {}
    yield _PRINTED_METRICS, {}
    yield _observation_table(), {}
    yield _VIEWS, {}
    yield (
        f"INSERT INTO {MARK} VALUES ($version, $made_at)",  # noqa: S608
        {"version": SCHEMA_VERSION, "made_at": made_at},
    )


def upgrades(version: int) -> Iterator[str]:
    """What brings a store of an older version up to date, piece by piece.

    Version 2 added the cut of observations, the totals that files print and the notes on what was
    not read of a file; version 3 the metrics that are kept as a file prints them. What is in the
    store stays as it is: no figure of version 1 was of a part of the people.
    """
    if version < 2:
        yield "ALTER TABLE observation ADD COLUMN cut VARCHAR"
        yield _TOTAL_CHECKS
        yield _READING_NOTES
    if version < 3:
        yield _PRINTED_METRICS
    yield _VIEWS
    yield f"UPDATE {MARK} SET schema_version = {SCHEMA_VERSION}"  # noqa: S608


def _observation_table() -> str:
    columns = ", ".join(f"{name} {_SQL_TYPES[kind]}" for name, kind in OBSERVATION_SCHEMA.items())
    return f"CREATE TABLE observation ({columns})"
