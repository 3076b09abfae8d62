"""Files as they come: empty columns, signs that are not seen, the output among the records."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from remit.cli.run import run
from tests.shift.records.rows import good, record, table


def asked(files: Path, out: Path, *more: str) -> list[str]:
    return ["shift", "records", str(files), "--out", str(out), *more]


def test_equal_records_are_told_on_the_screen(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "own.parquet"
    table([*good(), good()[-1]]).write_parquet(path)
    assert run(asked(path, tmp_path / "out")) == 0
    said = "2 of them are equal to an earlier one in every column; they are kept"
    assert said in capsys.readouterr().out
    table([good()[0]]).write_parquet(path)
    run(asked(path, tmp_path / "out"))
    assert "equal to an earlier" not in capsys.readouterr().out


@pytest.mark.parametrize(
    "code", ["ZQ1 ", " ZQ1", "ZQ1\0", "ZQ\x071", "ZQ1\u200b", "ZQ1\u00a0", "ZQ1\n", "\u2003ZQ1"]
)
@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_a_code_that_looks_like_another_is_rejected(form: str, code: str, tmp_path: Path) -> None:
    path = tmp_path / f"own.{form}"
    rows = table([*good(), record(1, date(2024, 4, 1), commissioner=code)])
    rows.write_csv(path) if form == "csv" else rows.write_parquet(path)
    assert run(asked(path, tmp_path / "out")) == 1
    rejected = pl.read_csv(tmp_path / "out" / "rejections.csv")
    assert rejected.select("reason", "records").rows() == [("odd-commissioner", 1)]
    cells = pl.read_csv(tmp_path / "out" / "cells.csv")
    assert set(cells["commissioner"]) == {"ZQ1", "ZQ2"}


def test_a_code_with_a_space_in_it_is_a_code(tmp_path: Path) -> None:
    path = tmp_path / "own.parquet"
    table([record(1, date(2024, 4, 1), commissioner="ZQ 1-ä")]).write_parquet(path)
    assert run(asked(path, tmp_path / "out")) == 0


def test_no_day_of_death_at_all_is_told_and_taken_as_none(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "own.parquet"
    table(good()).with_columns(died_on=None).write_parquet(path)
    assert pl.read_parquet_schema(path)["died_on"] == pl.Null
    assert run(asked(path, tmp_path / "out")) == 0
    assert "died_on is empty in every record: no deaths are recorded" in capsys.readouterr().out


def test_a_column_without_any_value_is_one_of_empty_cells(tmp_path: Path) -> None:
    path = tmp_path / "own.parquet"
    nothing = dict.fromkeys(("cluster", "need_thousandths", "deprivation_fifth", "pod"))
    table(good()).with_columns(**nothing).write_parquet(path)
    assert run(asked(path, tmp_path / "out")) == 0
    assert pl.read_csv(tmp_path / "out" / "cells.csv")["records"].sum() == 6


def test_a_column_that_is_demanded_and_has_no_value_is_the_reason(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "own.parquet"
    table(good()).with_columns(bed_days=None).write_parquet(path)
    assert run(asked(path, tmp_path / "out")) == 2
    assert "none of 6 records can be used; most often bed_days is empty" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["records", "effect", "decompose"])
@pytest.mark.parametrize("under", [".", "tables", "year/tables"])
def test_tables_are_not_written_among_the_records(
    command: str, under: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = tmp_path / "records"
    place.mkdir()
    table(good()).write_parquet(place / "own.parquet")
    more = {
        "records": (),
        "effect": ("--service", "ward", "--from", "2024-04-01"),
        "decompose": (
            "--populations", str(place / "own.parquet"),
            "--from", "2024/25 Q1", "--to", "2024/25 Q2",
        ),
    }  # fmt: skip
    out = str(place / under)
    assert run(["shift", command, str(place), *more[command], "--out", out]) == 2
    said = capsys.readouterr().err
    assert "tables in it would be read as records the next time" in said
    assert [one.name for one in place.iterdir()] == ["own.parquet"]


def test_a_hidden_folder_among_the_records_is_not_read_and_may_be_written(tmp_path: Path) -> None:
    table(good()).write_parquet(tmp_path / "own.parquet")
    assert run(asked(tmp_path, tmp_path / "_tables")) == 0
    told = json.loads((tmp_path / "_tables" / "records.json").read_text("utf-8"))
    assert told["read"] == 6


def test_a_file_of_records_is_not_written_over(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "cells.csv"
    table(good()).write_csv(path)
    before = path.read_bytes()
    assert run(asked(path, tmp_path)) == 2
    assert "these are the records" in capsys.readouterr().err
    assert path.read_bytes() == before


@pytest.mark.parametrize("name", ["remit_file", "Remit_File"])
def test_a_column_that_has_the_name_of_ours_is_told(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "own.parquet"
    table(good()).with_columns(pl.lit("x").alias(name)).write_parquet(path)
    assert run(asked(path, tmp_path / "out")) == 2
    said = capsys.readouterr().err
    assert f"the column '{name}' has a name that Remit needs" in said
