"""``remit shift decompose``: the finding first, the tables, and what is refused."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import polars as pl
import pytest

from remit.cli.run import run
from remit.shift.decomposition.cells import FACTORS
from tests.shift.decomposition.records import by_hand_rows, rows_of, write_people, write_records

BOTH = ("--from", "2023/24 Q1", "--to", "2024/25 Q1")


def ask(folder: Path, *more: str, quarters: tuple[str, ...] = BOTH) -> int:
    arguments = [str(folder / "records.csv"), "--populations", str(folder / "populations.csv")]
    return run(["shift", "decompose", *arguments, *quarters, "--out", str(folder / "out"), *more])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_records(tmp_path)
    write_people(tmp_path)
    return tmp_path


def table_of(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / "out" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_case_by_hand(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert ask(folder) == 0
    said = capsys.readouterr().out.splitlines()
    assert said[0] == (
        "Hospital bed days fell by 80 (20.0%), from 400 in 2023/24 Q1 to 320 in 2024/25 Q1."
    )
    rows = table_of(folder, "decomposition.csv")
    assert list(rows[0]) == ["commissioner", "factor", "effect", "change"]
    assert [row["factor"] for row in rows] == [*FACTORS] * 3
    told = {(row["commissioner"], row["factor"]): float(row["effect"]) for row in rows}
    assert {key: round(value, 9) for key, value in told.items() if value} == {
        ("ZR1", "hospital_share"): -55.0,
        ("ZR1", "length_of_stay"): -45.0,
        ("ZR2", "population"): 20.0,
        ("England", "population"): 20.0,
        ("England", "hospital_share"): -55.0,
        ("England", "length_of_stay"): -45.0,
    }
    assert {row["commissioner"]: int(row["change"]) for row in rows} == {
        "ZR1": -100, "ZR2": 20, "England": -80,
    }  # fmt: skip


def test_the_same_in_parquet(folder: Path) -> None:
    assert ask(folder, "--format", "parquet") == 0
    found = pl.read_parquet(folder / "out" / "decomposition.parquet")
    assert found.columns == ["commissioner", "factor", "effect", "change"]
    assert found["change"].to_list() == [-100] * 6 + [20] * 6 + [-80] * 6


def test_counts_lead_back_to_the_records(folder: Path) -> None:
    ask(folder)
    rows = [row for row in table_of(folder, "counts.csv") if row["commissioner"] == "ZR1"]
    assert [(r["people"], r["records"], r["hospital_records"], r["bed_days"]) for r in rows] == [
        ("1000", "100", "50", "300"), ("1000", "100", "40", "200"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("quarters", "reason"),
    [
        (("--from", "2024/25 Q1", "--to", "2023/24 Q1"), "--from takes the earlier quarter"),
        (("--from", "spring", "--to", "2024/25 Q1"), "--from takes a quarter such as 2024/25 Q1"),
        (("--from", "2022/23 Q1", "--to", "2024/25 Q1"), "there are no populations of 2022/23 Q1"),
        (("--from", "2023/24 Q1", "--to", "2098/99 Q1"), "is not over"),
    ],
)
def test_a_quarter_that_cannot_be_is_refused(
    folder: Path, capsys: pytest.CaptureFixture[str], quarters: tuple[str, ...], reason: str
) -> None:
    assert ask(folder, quarters=quarters) == 2
    assert reason in capsys.readouterr().err
    assert not (folder / "out").exists()


def test_a_quarter_without_records_names_those_that_there_are(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_people(folder, "ZR1,2023/24 Q2,65+,1,1000,1000")
    assert ask(folder, quarters=("--from", "2023/24 Q1", "--to", "2023/24 Q2")) == 2
    assert "no records of 2023/24 Q2; there are of 2023/24 Q1, 2024/25 Q1" in (
        capsys.readouterr().err
    )


def test_who_is_missing_is_named_and_may_be_left_out(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    kept = (row for row in by_hand_rows() if row[3] != "ZR2" or str(row[1]) < "2024")
    write_records(folder, kept)
    assert ask(folder) == 2
    assert "ZR2: no records in 2024/25 Q1" in capsys.readouterr().err
    assert ask(folder, "--leave-out") == 1
    assert "Left out, and not in the sum: ZR2: no records in 2024/25 Q1." in (
        capsys.readouterr().out
    )
    assert {row["commissioner"] for row in table_of(folder, "decomposition.csv")} == {
        "ZR1", "England",
    }  # fmt: skip


def test_a_month_that_is_missing_in_one_quarter_is_a_gap(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def rows():  # type: ignore[no-untyped-def]
        yield from by_hand_rows()
        yield from rows_of("ZR1", "2023-06-30", "hospital", 40, 5)

    write_records(folder, rows())
    assert ask(folder) == 2
    assert "ZR1: no records of hospital in month 3 of 2024/25 Q1" in capsys.readouterr().err


def test_people_of_no_known_age_are_not_guessed(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def rows():  # type: ignore[no-untyped-def]
        yield from by_hand_rows()
        yield (1, "2024-05-11", "ZA1", "ZR1", "P1", "hospital", "ward", "spell", 1, 9, 100,
               "", "", 1000)  # fmt: skip

    write_records(folder, rows())
    assert ask(folder) == 2
    said = capsys.readouterr().err
    assert "1 record with 9 hospital bed days are of people" in said
    assert "ZR1, age not known, fifth not known in 2024/25 Q1" in said
    assert ask(folder, "--leave-out") == 1
    assert float(table_of(folder, "decomposition.csv")[-1]["change"]) == -80


@pytest.mark.parametrize(
    ("row", "column", "reason"),
    [
        ("ZR3,2024/25 Q5,65+,1,10,1000", "quarter", "no quarter such as"),
        ("ZR3,2024/25 Q1,65+,6,10,1000", "deprivation_fifth", "1 to 5"),
        ("ZR3,2024/25 Q1,65+,1,-3,1000", "people", "below nought"),
        ("ZR3,2024/25 Q1,65+,1,12.5,1000", "people", "no whole number"),
        ("ZR3,2024/25 Q1,65+,1,10,1.2", "need_thousandths", "no whole number"),
        ("ZR3,2024/25 Q1,,1,10,1000", "age_band", "blank"),
        (",2024/25 Q1,65+,1,10,1000", "commissioner", "blank"),
        ("ZR1,Q1 2024/25,65+,1,10,1000", "", "the same cell of people stands on line 3"),
    ],
)
def test_a_row_of_people_is_rejected_with_its_line(
    folder: Path, capsys: pytest.CaptureFixture[str], row: str, column: str, reason: str
) -> None:
    write_people(folder, row)
    assert ask(folder) == 2
    assert f"populations.csv, line 6{', ' + column if column else ''}" in capsys.readouterr().err
    assert ask(folder, "--leave-out") == 1
    (rejected,) = table_of(folder, "rejections.csv")
    assert (rejected["line"], rejected["column"]) == ("6", column)
    assert reason in rejected["reason"]


def test_a_rejected_row_of_another_quarter_does_not_stop(folder: Path) -> None:
    write_people(folder, "ZR1,2020/21 Q1,65+,1,many,1000")
    assert ask(folder) == 1
    assert len(table_of(folder, "rejections.csv")) == 1


def test_populations_without_a_column_are_refused(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = folder / "populations.csv"
    path.write_text(path.read_text("utf-8").replace("need_thousandths", "need"), encoding="utf-8")
    assert ask(folder) == 2
    assert "no column need_thousandths for populations" in capsys.readouterr().err


def test_populations_may_be_parquet_with_whole_numbers_as_floats(folder: Path) -> None:
    table = pl.read_csv(folder / "populations.csv").with_columns(pl.col("people").cast(pl.Float64))
    table.write_parquet(folder / "populations.parquet")
    arguments = [str(folder / "records.csv"), "--populations", str(folder / "populations.parquet")]
    assert run(["shift", "decompose", *arguments, *BOTH, "--out", str(folder / "out")]) == 0
    assert int(table_of(folder, "decomposition.csv")[-1]["change"]) == -80


def test_the_folder_tells_what_it_is_of(folder: Path) -> None:
    ask(folder)
    told = json.loads((folder / "out" / "decomposition.json").read_text(encoding="utf-8"))
    assert told["england"] == "the sum of 2 commissioners"
    assert told["change"] == -80
    assert told["findings"][-1].startswith("This is arithmetic")


def test_a_mapping_that_nobody_verified_is_told(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "own.yaml").write_text(
        "schema: remit/activity-mapping/1\nid: own\ntitle: Our extract\n"
        "source: {title: our own list}\nverified: false\ncolumns: {}\n",
        encoding="utf-8",
    )
    assert ask(folder, "--mapping", str(folder / "own.yaml")) == 0
    assert "'own' was written from memory and is not verified" in capsys.readouterr().out
