"""A store of an older Remit: brought up to date by who writes, refused to who only reads."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from remit.model.errors import StoreError
from remit.store import Store, layout
from tests.store.published import read, sickness, trust_data

# As version 1 laid it out; kept here as it was, for the layout of today cannot tell.
VERSION_1 = """
CREATE TABLE remit_store (schema_version INTEGER NOT NULL, made_at TIMESTAMP NOT NULL);
CREATE TABLE source (source_id VARCHAR PRIMARY KEY, publication VARCHAR NOT NULL,
    publication_name VARCHAR NOT NULL, file_name VARCHAR NOT NULL, sha256 VARCHAR NOT NULL,
    published_on DATE, licence VARCHAR NOT NULL, url VARCHAR NOT NULL, rows_read BIGINT NOT NULL,
    rows_accepted BIGINT NOT NULL, rows_rejected BIGINT NOT NULL, ingested_at TIMESTAMP NOT NULL,
    known_from DATE NOT NULL, ingest_number BIGINT NOT NULL);
CREATE TABLE source_scope (source_id VARCHAR NOT NULL, scope VARCHAR NOT NULL);
CREATE TABLE rejection (source_id VARCHAR NOT NULL, file VARCHAR NOT NULL, line BIGINT NOT NULL,
    "column" VARCHAR NOT NULL, value VARCHAR NOT NULL, reason VARCHAR NOT NULL);
CREATE TABLE observation (org_code VARCHAR, org_kind VARCHAR, metric_id VARCHAR, unit VARCHAR,
    release VARCHAR, scope VARCHAR, period_label VARCHAR, period_start DATE, period_end DATE,
    value DOUBLE, numerator DOUBLE, denominator DOUBLE, status VARCHAR, published_rank DOUBLE,
    published_median DOUBLE, published_lower_quartile DOUBLE, published_upper_quartile DOUBLE,
    publication VARCHAR, source_id VARCHAR, source_row BIGINT, source_column VARCHAR);
CREATE MACRO scope_as_at(day) AS TABLE
    SELECT source_id, publication, scope FROM source_scope JOIN source USING (source_id)
    WHERE known_from <= day
    QUALIFY row_number() OVER (
        PARTITION BY publication, scope ORDER BY known_from DESC, ingest_number DESC) = 1;
CREATE MACRO observation_as_at(day) AS TABLE
    SELECT org_code, metric_id, value FROM observation
    SEMI JOIN scope_as_at(day) USING (source_id, scope);
CREATE VIEW observation_current AS FROM observation_as_at(DATE '9999-12-31');
INSERT INTO remit_store VALUES (1, TIMESTAMP '2025-09-09');
INSERT INTO source VALUES ('aa', 'nof-trust-data', 'Trust data', 'old.csv', 'aa', '2025-09-09',
    'OGL', '', 1, 1, 0, '2025-09-09', '2025-09-09', 1);
INSERT INTO source_scope VALUES ('aa', '2025/26 Q1 · acute');
INSERT INTO observation (org_code, org_kind, metric_id, unit, release, scope, period_label,
    value, status, publication, source_id, source_row, source_column)
VALUES ('R1A', 'acute', 'OF0082', 'percent', '2025/26 Q1', '2025/26 Q1 · acute', 'Jun-25', 5.1,
    'reported', 'nof-trust-data', 'aa', 2, 'Value');
"""


@pytest.fixture
def old(path: Path) -> Path:
    with duckdb.connect(str(path)) as connection:
        connection.execute(VERSION_1)
    return path


def version(path: Path) -> int:
    with duckdb.connect(str(path), read_only=True) as connection:
        rows = connection.execute("SELECT schema_version FROM remit_store").fetchall()
    assert len(rows) == 1
    return int(rows[0][0])


def test_who_only_reads_is_told_how_to_bring_it_up_to_date(old: Path) -> None:
    before = old.read_bytes()
    with pytest.raises(StoreError, match=r"an older Remit \(layout 1; this Remit reads 5\)"):
        Store.open(old, read_only=True)
    assert old.read_bytes() == before


def test_who_writes_brings_it_up_to_date_and_loses_nothing(old: Path) -> None:
    with Store.open(old) as store:
        figures = store.observations()
        assert figures.select("org_code", "value", "cut").rows() == [("R1A", 5.1, None)]
        assert store.total_checks() == []
    assert version(old) == layout.SCHEMA_VERSION
    with Store.open(old, read_only=True) as store:
        assert [source.file_name for source in store.sources()] == ["old.csv"]


def test_an_old_store_takes_new_files_and_new_vintages(old: Path, tmp_path: Path) -> None:
    reading = read(trust_data(tmp_path / "new.csv", sickness("5.4")))
    with Store.open(old) as store:
        store.ingest([reading])
        assert store.observations()["cut"].null_count() == 2
    with duckdb.connect(str(old), read_only=True) as connection:
        rows = connection.execute("SELECT cut FROM observation_current").fetchall()
    assert rows == [(None,), (None,)]


def test_a_store_that_cannot_be_brought_up_to_date_stays_as_it_was(old: Path) -> None:
    with duckdb.connect(str(old)) as connection:
        connection.execute("CREATE TABLE total_check (a INTEGER)")
    with pytest.raises(StoreError, match="cannot be brought up to date, and is as it was"):
        Store.open(old)
    assert version(old) == 1


def test_a_store_of_version_3_is_read_as_it_is_and_written_as_one_of_today(tmp_path: Path) -> None:
    path = tmp_path / "three.duckdb"
    with Store.open(path) as store:
        store.ingest([read(trust_data(tmp_path / "one.csv", sickness("5.4")))])
    with duckdb.connect(str(path)) as connection:
        connection.execute("DROP TABLE printed_metric")
        connection.execute("UPDATE remit_store SET schema_version = 3")
    before = path.read_bytes()
    with Store.open(path, read_only=True) as store:
        (source,) = store.sources()
        assert (source.file_name, source.printed) == ("one.csv", ())
        assert store.observations().height == source.rows_accepted
    assert path.read_bytes() == before
    with Store.open(path) as store:
        assert [source.printed for source in store.sources()] == [()]
    assert version(path) == layout.SCHEMA_VERSION
