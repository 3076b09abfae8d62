"""Files that are none of ours, or change under one's hands: told in words that help."""

from __future__ import annotations

import re
from pathlib import Path

import polars as pl
import pytest

from remit.cli.run import run
from remit.model.errors import ActivityError
from remit.shift.records import open_activity
from remit.shift.records.writing import write_records
from tests.shift.records.rows import good, table

TEXT = table(good()).write_csv()


def told(path: Path, capsys: pytest.CaptureFixture[str]) -> str:
    assert run(["shift", "records", str(path), "--out", str(path.parent.parent / "out")]) == 2
    return capsys.readouterr().err


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (TEXT.replace(",", ";"), r"parted by ';'.*commas"),
        (TEXT.replace(",", "\t"), r"parted by tabs.*commas"),
        (TEXT.replace(",", "|"), r"parted by '\|'.*commas"),
        (TEXT.encode("utf-16"), r"not UTF-8.*CSV UTF-8"),
        (TEXT.replace("ZP1", "Zé1").encode("latin-1"), r"not UTF-8.*CSV UTF-8"),
        (TEXT.replace("patient,date", "Patient,DATE"), r"'Patient' is there.*small letters"),
        (TEXT.replace(",", ", "), r"' date' is there.*without spaces"),
        (TEXT.replace(",pod,", ",Pod,pod,"), r"line 1: .*'Pod' and 'pod' differ in case alone"),
        (TEXT.replace("\n", ",\n"), r"line 1: field 15 has no name"),
        (TEXT + "9,2024-04-01\n", r"Line: 8(?!.*delimiter)"),
    ],
)
def test_a_text_of_another_kind(
    content: str | bytes, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "records" / "own.csv"
    path.parent.mkdir()
    path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    message = told(path, capsys)
    assert str(path) in message
    assert re.search(said, message, re.DOTALL), message


def test_names_that_differ_in_case_alone_in_parquet(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "records" / "own.parquet"
    path.parent.mkdir()
    table(good()).with_columns(pl.lit("ZA9").alias("Provider")).write_parquet(path)
    assert "'provider' and 'Provider' differ in case alone" in told(path, capsys)


def test_a_link_to_itself_is_no_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "records" / "own.csv"
    path.parent.mkdir()
    path.symlink_to(path)
    assert "there is no such file" in told(path, capsys)


def test_a_file_that_changes_while_it_is_read_gives_no_tables(tmp_path: Path) -> None:
    path, out = tmp_path / "own.parquet", tmp_path / "out"
    table(good()).write_parquet(path)
    with open_activity([path]) as activity:
        table(good()[:3]).write_parquet(path)
        with pytest.raises(ActivityError, match=r"own\.parquet: .*changed while it was read"):
            write_records(activity, out)
    assert not (out / "cells.csv").exists()
