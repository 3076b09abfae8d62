"""The tables of the store, and what is current among the vintages that it keeps."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import polars as pl

from remit.frames.observations import OBSERVATION_SCHEMA
from remit.model.revision import REVISED_WORDS

SCHEMA_VERSION = 5
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
    "member_of",
)
"""The columns that a sum over organisations needs, and what is behind it."""

CUT_COLUMNS = ("metric_id", "cut")
"""The groups that figures of a metric or measure tell apart."""

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
    ingest_number BIGINT NOT NULL,
    third_party VARCHAR NOT NULL
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

REVISED = f"regexp_matches(lower(file_name), '{REVISED_WORDS}')"
"""Whether a file's name says that it replaces another."""

NAMED_DAY = (
    "try_strptime(regexp_extract(file_name, '(^|[^0-9])([0-9]{6})([^0-9]|$)', 2), '%d%m%y')::DATE"
)
"""The day in a file's name (``revised-120625``: 12 June 2025); null where there is none."""

VINTAGES = (
    f"third_party = '', {REVISED}, "
    f"coalesce(published_on, CASE WHEN {REVISED} THEN {NAMED_DAY} END, known_from), ingest_number"
)
"""The order of the files that cover one scope; the last counts. A publisher's own file outranks a
third party's copy of it, and one whose name says that it was revised its original, however early
it was taken in; of two of one rank the later counts."""

# What is current is said once, here, so that a reader of the file in R or Power BI and Remit
# itself see the same figures.
_VIEWS = f"""
CREATE OR REPLACE MACRO scope_as_at(day) AS TABLE
    SELECT source_id, publication, scope
    FROM source_scope JOIN source USING (source_id)
    WHERE known_from <= day
    QUALIFY lead(source_id) OVER (PARTITION BY publication, scope ORDER BY {VINTAGES}) IS NULL;

CREATE OR REPLACE MACRO observation_as_at(day) AS TABLE
    SELECT {OBSERVATION_COLUMNS}
    FROM observation SEMI JOIN scope_as_at(day) USING (source_id, scope);

CREATE OR REPLACE VIEW observation_current AS FROM observation_as_at(DATE '9999-12-31');
"""  # noqa: S608


# Which of the files of an older store are copies: it did not say, but their names do. Of the
# waiting times by provider a workbook was the publisher's and a CSV file was not.
_COPY_BEFORE_3 = """
CASE WHEN publication_name IN (
        'Cancer waiting times: 62 days by provider, series of months',
        'Referral to treatment waiting times: long waits by provider, series of months',
        'Critical care and general and acute beds, daily situation reports by month')
    OR publication_name LIKE 'Discharge delays%'
    OR (publication_name LIKE 'Referral to treatment waiting times: incomplete pathways%'
        AND NOT regexp_matches(lower(file_name), '[.]xls[xm]?$'))
THEN 'not told' ELSE '' END
"""


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
    not read of a file. Version 3 added whose copy a file is and the ICB that it names an
    organisation under. What is in the store stays as it is: no figure of version 1 was of a part of
    the people, and nothing before version 3 kept such an ICB. Version 4 added the metrics that are
    kept as a file prints them: before it such rows were refused. Version 5 ranks a file whose name
    says that it was revised above its original.
    """
    if version < 2:
        yield "ALTER TABLE observation ADD COLUMN cut VARCHAR"
        yield _TOTAL_CHECKS
        yield _READING_NOTES
    if version < 3:
        yield "ALTER TABLE observation ADD COLUMN member_of VARCHAR"
        yield "ALTER TABLE source ADD COLUMN third_party VARCHAR DEFAULT ''"
        yield f"UPDATE source SET third_party = {_COPY_BEFORE_3}"  # noqa: S608
    if version < 4:
        yield _PRINTED_METRICS
    yield _VIEWS
    yield f"UPDATE {MARK} SET schema_version = {SCHEMA_VERSION}"  # noqa: S608


READABLE_FROM = 2
"""Stores from this version on can be read without being brought up to date."""


def as_if_up_to_date(catalogue: str, version: int) -> Iterator[str]:
    """What lets one connection read an older store as one of this version; the file stays as it is.

    What is made is temporary, and hides what of the same name is in the store.

    Parameters
    ----------
    catalogue
        The name under which the store is attached.
    version
        The store's.
    """
    place = '"' + catalogue.replace('"', '""') + '".main'
    before_3 = {
        "source": f"{_COPY_BEFORE_3} AS third_party",
        "observation": "NULL::VARCHAR AS member_of",
    }
    for name, columns in before_3.items() if version < 3 else ():
        yield f"CREATE TEMP VIEW {name} AS SELECT *, {columns} FROM {place}.{name}"  # noqa: S608
    if version < 4:
        yield _PRINTED_METRICS.replace("CREATE TABLE", "CREATE TEMP TABLE")
    yield _VIEWS.replace("CREATE OR REPLACE", "CREATE OR REPLACE TEMP")


def _observation_table() -> str:
    columns = ", ".join(f"{name} {_SQL_TYPES[kind]}" for name, kind in OBSERVATION_SCHEMA.items())
    return f"CREATE TABLE observation ({columns})"
