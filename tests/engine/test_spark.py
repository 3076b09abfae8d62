"""The same frames on Spark: what DuckDB counts, Spark counts."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import narwhals.stable.v2 as nw
import polars as pl
import pytest

from remit.engine import open_records
from remit.model.errors import ActivityError

pytestmark = pytest.mark.xdist_group("spark")

ROWS = pl.DataFrame(
    {
        "patient": [1, 1, 2, None],
        "date": [date(2024, 4, 1), date(2024, 6, 30), date(2024, 7, 1), None],
        "setting": ["hospital", "community", None, "hospital"],
        "bed_days": [3, 0, 2**40, 1],
    }
)


def counted(path: Path, engine: str, master: str | None = None) -> tuple[pl.DataFrame, Path]:
    with open_records([path], engine, master=master) as records:
        calendar = records.beside(pl.DataFrame({"date": [date(2024, 7, 1)], "quarter": [2]}))
        frame = records.frame.join(calendar, on="date", how="left").group_by("quarter", "setting")
        cells = frame.agg(
            nw.len().cast(nw.Int64).alias("records"),
            nw.col("bed_days").sum().cast(nw.Int64).alias("bed_days"),
        )
        file = records.collect(records.frame.select("remit_file").unique()).item()
        return records.collect(cells), records.path_of(file)


@pytest.mark.parametrize("name", ["it's [1]* {a,b} one.parquet", "two, ä 50%25.csv"])
def test_both_engines_count_the_same(name: str, local_spark: str, tmp_path: Path) -> None:
    path = tmp_path / name
    if path.suffix == ".csv":
        # Sums of text are not wanted; a quoted line break and an empty field are.
        path.write_text('patient,date,setting\n1,2024-07-01,"a\nb"\n2,,\n', encoding="utf-8")
        with (
            open_records([path]) as ours,
            open_records([path], "spark", master=local_spark) as theirs,
        ):
            columns = ["patient", "date", "setting"]
            found = ours.collect(ours.frame.select(columns))
            assert found.rows() == [("1", "2024-07-01", "a\nb"), ("2", None, None)]
            assert theirs.collect(theirs.frame.select(columns)).equals(found)
            file = theirs.collect(theirs.frame.select("remit_file").unique()).item()
            assert theirs.path_of(file) == path
        return
    ROWS.write_parquet(path)
    cells, file = counted(path, "duckdb")
    assert cells.rows() == [
        (None, "community", 1, 0),
        (None, "hospital", 2, 4),
        (2, None, 1, 2**40),
    ]
    on_spark, same = counted(path, "spark", local_spark)
    assert on_spark.equals(cells)
    assert on_spark.schema == cells.schema
    assert file == same == path


def test_a_line_that_is_too_long_is_told(local_spark: str, tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    path.write_text("patient,date\n7,2024-04-01,more\n", encoding="utf-8")
    with (
        open_records([path], "spark", master=local_spark) as records,
        pytest.raises(ActivityError, match=r"own\.csv"),
    ):
        records.collect(records.frame.select("patient"))
