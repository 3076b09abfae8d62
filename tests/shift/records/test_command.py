"""``remit shift records``: from files to tables that others can stand on."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from remit.cli.run import run
from remit.engine.parts import PARTS
from remit.shift.records import open_activity
from remit.shift.records.writing import write_records
from tests.shift.records.rows import good, record, table

CELLS = [
    ("ZQ1", "2024/25 Q1", "hospital", 3, 3, 12, 3_000, 2),
    ("ZQ1", "2024/25 Q1", "community", 1, 1, 0, 55, 1),
    ("ZQ1", "2024/25 Q2", "hospital", 1, 3, 2, 1_000, 1),
    ("ZQ2", "2024/25 Q1", "mental_health", 1, 1, 0, 1_000, 1),
]
CELL_NAMES = [
    "commissioner", "quarter", "setting", "records", "quantity", "bed_days", "cost_pence",
    "patients",
]  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two files: good records, and a CSV of others that are rejected."""
    place = tmp_path / "records"
    place.mkdir()
    table(good()).write_parquet(place / "good.parquet")
    return place


def test_cells_shares_and_patients_are_as_counted_by_hand(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert run(["shift", "records", str(folder), "--out", str(out)]) == 0
    cells = pl.read_csv(out / "cells.csv")
    assert cells.columns == CELL_NAMES
    assert cells.rows() == CELLS
    shares = pl.read_csv(out / "shares.csv")
    assert shares.columns == [
        "commissioner", "quarter", "setting", "share_of_records", "share_of_cost",
        "share_of_patients",
    ]  # fmt: skip
    # Of ZQ1's two patients both were in hospital, and one of them in the community too.
    assert shares.rows()[0] == ("ZQ1", "2024/25 Q1", "hospital", 3 / 4, 3000 / 3055, 1.0)
    assert shares.rows()[1] == ("ZQ1", "2024/25 Q1", "community", 1 / 4, 55 / 3055, 0.5)
    assert pl.read_csv(out / "patients.csv").rows() == [
        ("ZQ1", "2024/25 Q1", 2), ("ZQ1", "2024/25 Q2", 1), ("ZQ2", "2024/25 Q1", 1),
    ]  # fmt: skip
    told = json.loads((out / "records.json").read_text(encoding="utf-8"))
    assert (told["read"], told["accepted"], told["rejected"], told["equal"]) == (6, 6, 0, 1)
    assert pl.read_csv(out / "rejections.csv").height == 0
    assert not (out / PARTS).exists()


def test_parquet_holds_the_same_and_a_former_csv_goes(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run(["shift", "records", str(folder), "--out", str(out)])
    assert run(["shift", "records", str(folder), "--out", str(out), "--format", "parquet"]) == 0
    assert pl.read_parquet(out / "cells.parquet").rows() == CELLS
    assert not (out / "cells.csv").exists()


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_what_was_rejected_adds_up_and_is_found_again(
    form: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = [
        record(7, date(2024, 4, 1), "hospice"),
        record(8, date(2024, 4, 2), "hospice"),
        record(9, date(2024, 4, 3), bed_days=-3, setting="hospice"),  # the first reason counts
        record(9, date(2024, 4, 3), bed_days=-3),
    ]
    path = tmp_path / f"own.{form}"
    rows = table([*bad[:2], *good(), *bad[2:]])
    if form == "csv":
        rows.write_csv(path)
    else:  # polars keeps categories in it, which engines read as text
        rows.cast({"setting": pl.Categorical}).write_parquet(path)
    first = 2 if form == "csv" else 1  # a CSV file has its headings in row 1
    out = tmp_path / "out"
    assert run(["shift", "records", str(path), "--out", str(out)]) == 1
    assert "10 records read from 1 file: 6 accepted, 4 rejected" in capsys.readouterr().out
    found = pl.read_csv(out / "rejections.csv", schema_overrides={"rows": pl.String})
    assert found.columns == ["reason", "meaning", "file", "records", "rows"]
    assert found.select("reason", "file", "records", "rows").rows() == [
        ("unknown-setting", str(path), 3, f"{first}, {first + 1}, {first + 8}"),
        ("below-0-bed_days", str(path), 1, f"{first + 9}"),
    ]
    assert pl.read_csv(out / "cells.csv").rows() == CELLS


def test_a_run_that_was_broken_off_goes_on_where_it_stopped(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"

    def broken_off(done: int, _: int) -> None:
        if done == 1:
            raise KeyboardInterrupt

    with open_activity([folder]) as activity, pytest.raises(KeyboardInterrupt):
        write_records(activity, out, tell=broken_off)
    (part,) = (out / PARTS).rglob("*.parquet")
    # A mark in the part that is done shows whether it is used or counted again.
    pl.read_parquet(part).with_columns(records=pl.col("records") + 1000).write_parquet(part)
    with open_activity([folder]) as activity:
        tables, _ = write_records(activity, out)
    assert tables.cells["records"].to_list() == [1003, 1001, 1, 1001]
    assert not (out / PARTS).exists()
    # A file that was changed since is counted anew.
    with open_activity([folder]) as activity, pytest.raises(KeyboardInterrupt):
        write_records(activity, out, tell=broken_off)
    (part,) = (out / PARTS).rglob("*.parquet")
    pl.read_parquet(part).with_columns(records=pl.col("records") + 1000).write_parquet(part)
    table(good()).with_columns(quantity=pl.lit(1)).write_parquet(folder / "good.parquet")
    with open_activity([folder]) as activity:
        tables, _ = write_records(activity, out)
    assert tables.cells["records"].to_list() == [3, 1, 1, 1]


OWN = """schema: remit/activity-mapping/1
id: own
title: Our own extract
source: {title: Our warehouse}
verified: true
columns:
  patient: {column: person}
  setting: {column: place, values: {"1": hospital, "2": community}}
  pod: {value: contact}
  quantity: {value: 1}
  bed_days: {column: nights}
  cost_pence: {value: 0}
  age_band: {column: age, bands: [0, 65, 85]}
"""


def test_a_file_of_ones_own_is_mapped(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "own.yaml").write_text(OWN, encoding="utf-8")
    rows = (
        table(good())
        .drop("setting", "pod", "quantity", "cost_pence", "age_band")
        .rename({"patient": "person", "bed_days": "nights"})
    )
    mapped = rows.with_columns(
        place=pl.Series(["1", "2", "1", "1", "3", None]), age=pl.Series([64, 65, 84, 85, 99, 0])
    )
    mapped.write_csv(tmp_path / "own.csv")
    mapped.with_columns(place=pl.col("place").cast(pl.Int64)).write_parquet(
        tmp_path / "own.parquet"
    )
    for name in ("own.csv", "own.parquet"):
        asked = [str(tmp_path / name), "--mapping", str(tmp_path / "own.yaml")]
        assert run(["shift", "records", *asked, "--out", str(tmp_path / name[4:])]) == 1
        cells = pl.read_csv(tmp_path / name[4:] / "cells.csv")
        assert cells.rows() == [
            ("ZQ1", "2024/25 Q1", "hospital", 3, 3, 12, 0, 2),
            ("ZQ1", "2024/25 Q1", "community", 1, 1, 0, 0, 1),
        ]
    # A place that the mapping does not know is no setting: it is rejected, and not guessed.
    assert "6 records read from 1 file: 4 accepted, 2 rejected" in capsys.readouterr().out


def test_a_mapping_that_does_not_fit_is_told(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ["shift", "records", str(folder), "--out", str(tmp_path / "out"), "--mapping"]
    (tmp_path / "bad.yaml").write_text(OWN.replace("bed_days:", "nights:"), encoding="utf-8")
    for name, said in (
        ("none", "--mapping takes one of apc, csds, ecds, gp, mhsds, outpatient, or a YAML file"),
        ("apc", "the mapping 'apc' takes the column 'PSEUDO_ID', which is not there"),
        (str(tmp_path / "bad.yaml"), "bad.yaml, line 11, columns.nights: is no column of records"),
    ):
        assert run([*asked, name]) == 2
        assert said in capsys.readouterr().err
