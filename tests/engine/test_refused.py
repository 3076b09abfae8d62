"""Files and options that the engine refuses before a record is read, each with its reason."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any

import narwhals.stable.v2 as nw
import polars as pl
import pytest

from remit.engine import open_records
from remit.engine.reading import in_one_schema
from remit.model.errors import ActivityError


def parquet(**columns: object) -> Callable[[Path], list[Path]]:
    def written(folder: Path) -> list[Path]:
        pl.DataFrame(columns).write_parquet(folder / "a.parquet")
        return [folder / "a.parquet"]

    return written


def texts(**files: str) -> Callable[[Path], list[Path]]:
    def written(folder: Path) -> list[Path]:
        for name, text in files.items():
            (folder / name.replace("_", ".")).write_text(text, encoding="utf-8")
        return [folder / name.replace("_", ".") for name in files]

    return written


def two_kinds(folder: Path) -> list[Path]:
    return [*parquet(a=[1])(folder), *texts(b_csv="a\n1\n")(folder)]


MOMENT = [datetime(2024, 6, 30, 23, 30, tzinfo=UTC)]
REFUSED: list[tuple[Callable[[Path], list[Path]], dict[str, Any], str]] = [
    (lambda _: [], {}, "name the files of records"),
    (lambda folder: [folder], {}, "there is no .parquet or .csv file in this folder"),
    (lambda folder: [folder / "none.csv"], {}, "there is no such file"),
    (texts(a_txt="a\n1\n"), {}, "records are read from .parquet and .csv files"),
    (two_kinds, {}, "cannot be read as one table"),
    (texts(a_csv=",\n1,2\n"), {}, "the first line names no columns"),
    (texts(a_csv="a,a\n1,2\n"), {}, "is there more than once"),
    (texts(a_csv="a,b\n1,2\n", b_csv="b,a\n1,2\n"), {}, "in another order"),
    (texts(a_csv="a,b\n1,2\n", b_csv="a\n1\n"), {}, "the column 'b' is not in this file"),
    (texts(a_parquet="no table"), {}, "this file cannot be read"),
    (parquet(at=MOMENT), {}, "moments with a time zone"),
    (parquet(at=[time(9, 30)]), {"engine": "spark"}, "Spark reads no file with such a column"),
    (parquet(a=[1]), {"engine": "abacus"}, "--engine takes one of"),
    (parquet(a=[1]), {"master": "local[2]"}, "--master goes with --engine spark"),
    (parquet(a=[1]), {"memory": "a lot"}, "--memory takes an amount such as 2GB"),
]


@pytest.mark.parametrize(("files", "options", "said"), REFUSED, ids=[one[-1] for one in REFUSED])
def test_what_is_refused_says_why(
    tmp_path: Path, files: Callable[[Path], list[Path]], options: dict[str, Any], said: str
) -> None:
    with pytest.raises(ActivityError) as refused, open_records(files(tmp_path), **options):
        pass
    assert said in str(refused.value)


def test_kinds_that_no_table_of_ours_has_are_refused_and_others_made_alike(tmp_path: Path) -> None:
    table = pl.DataFrame(
        {
            "few": pl.Series([1, 2], dtype=pl.Int8),
            "share": pl.Series([0.5, 1.0], dtype=pl.Float32),
            "kind": pl.Series(["a", "b"], dtype=pl.Categorical),
            "many": [[1], [2]],
        }
    )
    table.write_parquet(tmp_path / "a.parquet")
    with open_records([tmp_path / "a.parquet"]) as records:
        found = records.collect(records.frame.select("few", "share", "kind"))
        assert list(found.schema.values()) == [pl.Int64(), pl.Float64(), pl.String()]
        with pytest.raises(ActivityError, match="'many' is of the type"):
            records.collect(records.frame)


def test_a_delta_folder_that_is_none_and_a_later_version_are_told(tmp_path: Path) -> None:
    (tmp_path / "table" / "_delta_log").mkdir(parents=True)
    (tmp_path / "table" / "_delta_log" / f"{0:020}.json").write_text("{", encoding="utf-8")
    with pytest.raises(ActivityError, match="this Delta table cannot be read"):
        open_records([tmp_path / "table"])


def test_a_sum_that_no_whole_number_holds_is_told(tmp_path: Path) -> None:
    pl.DataFrame({"pence": [2**62, 2**62, 7]}).write_parquet(tmp_path / "a.parquet")
    with open_records([tmp_path / "a.parquet"]) as records:
        few = records.frame.filter(nw.col("pence") < 10).select(nw.col("pence").sum())
        assert records.collect(few).rows() == [(7,)]
        with pytest.raises(ActivityError, match="larger than 64 bits hold"):
            records.collect(records.frame.select(nw.col("pence").sum()))


def test_what_is_nothing_comes_as_words(tmp_path: Path) -> None:
    assert in_one_schema(pl.DataFrame({"none": [None]})).schema == {"none": pl.String()}
