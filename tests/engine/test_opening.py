"""Files of records are opened: which, by whom, and what is refused before a row is read."""

from __future__ import annotations

import tempfile
from datetime import date, datetime
from pathlib import Path

import narwhals.stable.v2 as nw
import polars as pl
import pytest

from remit.engine import open_records
from remit.model.errors import ActivityError

ROWS = pl.DataFrame(
    {
        "patient": [1, 1, 2],
        "date": [date(2024, 4, 1), date(2024, 6, 30), date(2024, 7, 1)],
        "setting": ["hospital", "community", None],
        "cost_pence": [2**62, 2**61, 7],
    }
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "records" / "quarter=2024"
    place.mkdir(parents=True)
    ROWS.write_parquet(place / "it's [1]* one.parquet")
    (place / "_SUCCESS").touch()
    return tmp_path / "records"


def by_patient(frame: nw.LazyFrame) -> nw.LazyFrame:
    return frame.group_by("patient").agg(
        nw.len().cast(nw.Int64).alias("records"),
        nw.col("cost_pence").sum().cast(nw.Int64).alias("cost_pence"),
    )


def test_a_folder_is_one_table_and_sums_are_whole_and_sorted(folder: Path) -> None:
    with open_records([folder]) as records:
        assert list(records.schema) == ROWS.columns  # not the name of the folder, nor our own
        found = records.collect(by_patient(records.frame))
    assert found.schema == dict.fromkeys(("patient", "records", "cost_pence"), pl.Int64())
    assert found.rows() == [(1, 2, 2**62 + 2**61), (2, 1, 7)]


def test_a_small_table_is_joined_and_each_row_knows_its_file(folder: Path) -> None:
    with open_records([folder]) as records:
        calendar = records.beside(
            pl.DataFrame({"date": [date(2024, 7, 1)], "quarter": [2], "name": ["x"]})
        )
        joined = records.frame.join(calendar, on="date", how="left").select("patient", "quarter")
        assert records.collect(joined).rows() == [(1, None), (1, None), (2, 2)]
        files = records.collect(records.frame.select("remit_file").unique())
        assert records.path_of(files.item()) == records.files[0]


def test_csv_is_text_and_a_line_that_is_too_long_is_told(tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    path.write_text('\ufeffpatient,date\n007,2024-04-01\n"a ""b""\nc",\n', encoding="utf-8")
    with open_records([path]) as records:
        found = records.collect(records.frame.select("patient", "date"))
    assert found.rows() == [("007", "2024-04-01"), ('a "b"\nc', None)]
    path.write_text("patient,date\n7,2024-04-01,more\n", encoding="utf-8")
    said = r"Line: 2.*own\.csv"
    with open_records([path]) as records, pytest.raises(ActivityError, match=said):
        records.collect(records.frame.select("patient"))


def test_memory_is_a_limit_and_nothing_is_left_behind(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    with open_records([folder], memory="1GB") as records:
        records.collect(by_patient(records.frame))
        assert len(list((tmp_path / "temporary").iterdir())) == 1
    assert list((tmp_path / "temporary").iterdir()) == []
    with pytest.raises(ActivityError, match="--memory takes an amount such as 2GB"):
        open_records([folder], memory="much")
    assert list((tmp_path / "temporary").iterdir()) == []


def test_other_files_are_out_of_reach(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "other.csv").write_text("a\n1\n", encoding="utf-8")
    with (
        open_records([folder]) as records,
        pytest.raises(ActivityError, match="disabled by configuration"),
    ):
        records.of([tmp_path / "other.csv"])


@pytest.mark.parametrize(
    ("column", "engine", "said"),
    [
        (pl.Series("date", [datetime(2024, 6, 30, 23, 30)] * 3).dt.replace_time_zone("UTC"),
         "duckdb", "'date' holds moments with a time zone \\(UTC\\).*Write the day of London"),
        (pl.Series("seen", [datetime(2024, 6, 30)] * 3, dtype=pl.Datetime("ns")),
         "spark", "'seen' holds times in nanoseconds.*--engine duckdb"),
    ],
)  # fmt: skip
def test_times_that_bite_are_refused(
    column: pl.Series, engine: str, said: str, tmp_path: Path
) -> None:
    ROWS.with_columns(column).write_parquet(tmp_path / "bad.parquet")
    with pytest.raises(ActivityError, match=rf"bad\.parquet: the column {said}"):
        open_records([tmp_path], engine)


def test_a_column_that_is_not_used_does_not_matter(tmp_path: Path) -> None:
    zoned = pl.Series("seen", [datetime(2024, 6, 30)] * 3).dt.replace_time_zone("UTC")
    ROWS.with_columns(zoned).write_parquet(tmp_path / "one.parquet")
    with open_records([tmp_path], only=ROWS.columns) as records:
        assert list(records.schema) == ROWS.columns


def test_what_cannot_be_one_table_is_told(folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.parquet"
    for rows, said in (
        (ROWS.drop("setting"), "other.parquet: the column 'setting' is not in this file"),
        (ROWS.cast({"patient": pl.String}), "the column 'patient' is Int64 here and String in"),
    ):
        rows.write_parquet(other)
        with pytest.raises(ActivityError, match=said):
            open_records([folder, other])
    other.write_bytes(b"PAR1 and then nothing")
    for named, said in (
        ([other], "other.parquet: this file cannot be read"),
        ([tmp_path / "none.parquet"], "there is no such file"),
        ([], "name the files of records"),
    ):
        with pytest.raises(ActivityError, match=said):
            open_records(named)
    with pytest.raises(ActivityError, match="--engine takes one of duckdb, spark"):
        open_records([folder], "pandas")
    with pytest.raises(ActivityError, match="--master goes with --engine spark"):
        open_records([folder], master="local[2]")
