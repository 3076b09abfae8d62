"""Cells, shares and rejections are the same on DuckDB, on Spark, and on a cluster of Spark."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from datetime import date
from pathlib import Path
from types import ModuleType

import polars as pl
import pytest

from remit.cli.run import run
from remit.shift.records import cube, open_activity
from tests.conftest import needs_java
from tests.engine.cluster import SETTINGS, standing_alone
from tests.shift.records.rows import good, record, table

pytestmark = pytest.mark.xdist_group("spark")

ROWS = 1_500  # of a quarter: every commissioner has several in every setting
ROOT = Path(__file__).resolve().parents[2]
TABLES = ("cells.parquet", "shares.parquet", "patients.parquet")
MAIN = "from remit.cli import main; main()"


def benchmark() -> ModuleType:
    spec = importlib.util.spec_from_file_location("shift", ROOT / "benchmarks" / "shift.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two quarters of made-up records, and a file of records that are rejected."""
    place = tmp_path_factory.mktemp("records")
    made = benchmark()
    for quarter in range(2):
        made.chunk_of(quarter, 0, ROWS, 200).write_parquet(place / f"q{quarter}.parquet")
    bad = [
        record(1, date(2022, 4, 1), "hospice"),
        record(2, date(1999, 1, 1)),
        record(3, None),
        record(4, date(2022, 4, 1), bed_days=-1),
        record(5, date(2022, 4, 1), deprivation_fifth=9),
        record(6, date(2022, 4, 1), deprivation_fifth=None),
        record(7, date(2022, 4, 1), commissioner="ZQ1\u00a0"),
    ]
    rows = table(bad).cast(made.chunk_of(0, 0, 1, 1).schema)
    rows.write_parquet(place / "bad, 100% ä.parquet")
    return place


def asked(folder: Path, out: Path, *more: str) -> list[str]:
    return ["shift", "records", str(folder), "--out", str(out), "--format", "parquet", *more]


@pytest.fixture(scope="module")
def by_duckdb(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("duckdb") / "out"
    assert run(asked(folder, out)) == 1
    return out


def check_equal(ours: Path, theirs: Path) -> None:
    for name in TABLES:
        one, other = (pl.read_parquet(place / name) for place in (ours, theirs))
        assert one.height > 0
        assert one.equals(other), name
        assert one.schema == other.schema
    one, other = ((place / "rejections.csv").read_text("utf-8") for place in (ours, theirs))
    assert one == other


def test_the_figures_of_duckdb_add_up(by_duckdb: Path) -> None:
    cells = pl.read_parquet(by_duckdb / "cells.parquet")
    rejected = pl.read_csv(by_duckdb / "rejections.csv")
    assert rejected["records"].to_list() == [1, 1, 1, 1, 1, 1]
    assert cells["records"].sum() == 2 * ROWS + 1


def test_spark_in_this_process_counts_the_same(
    folder: Path, by_duckdb: Path, local_spark: str, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    assert run(asked(folder, out, "--engine", "spark", "--master", local_spark)) == 1
    check_equal(by_duckdb, out)


def test_spark_reads_csv_alike(local_spark: str, tmp_path: Path) -> None:
    rows = table([*good(), record(9, date(2024, 4, 1), cluster='"a, b"\nc', provider="")])
    text = rows.cast(pl.String)
    bad = text.head(3).with_columns(
        quantity=pl.Series(["1.5", "", "-1"]), date=pl.Series(["2024-02-30", "", "2024-04-01"])
    )
    pl.concat([text, bad]).write_csv(tmp_path / "own.csv")
    by = ("quarter", "setting", "provider", "cluster")
    found = []
    for engine, master in (("duckdb", None), ("spark", local_spark)):
        with open_activity([tmp_path / "own.csv"], engine, master=master) as activity:
            found.append(activity.collect(cube(activity.accepted(), by)))
            tally = activity.tally.filter(pl.col("reason").is_not_null())
            assert tally["reason"].sort().to_list() == [
                "below-0-quantity",
                "no-date",
                "no-such-day",
            ]
    assert found[0].equals(found[1])
    assert (None, '"a, b"\nc') in found[0].select("provider", "cluster").rows()


def test_a_cluster_of_two_workers_counts_the_same(
    folder: Path, by_duckdb: Path, tmp_path: Path
) -> None:
    needs_java()
    out = tmp_path / "out"
    with standing_alone(tmp_path) as cluster:
        more = ("--engine", "spark", "--master", cluster.address, "--memory", "600MB")
        done = subprocess.run(
            [sys.executable, "-c", MAIN, *asked(folder, out, *more)],
            capture_output=True, text=True, check=False, timeout=300,
            env={**os.environ, **SETTINGS},
        )  # fmt: skip
        assert done.returncode == 1, done.stderr
        launched = cluster.said("Launching executor")
    assert len({line.rsplit(" on worker ", 1)[1] for line in launched}) == 2
    check_equal(by_duckdb, out)


@pytest.mark.parametrize("measure", ["cube", "patients", "check", "effect"])
def test_the_benchmark_holds_what_it_counts_to_sql_by_hand(measure: str, tmp_path: Path) -> None:
    made = benchmark()
    made.make(30_000, tmp_path / "records")
    assert made.MEASURES[measure](tmp_path / "records", "1GB")["seconds"] > 0
