"""Which of two files of one month counts, where their names say that one was revised."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from remit.api import read_each
from remit.cli.run import run
from remit.store import Store

HEADER = (
    "Period,Org Code,Parent Org,Org name,A&E attendances Type 1,A&E attendances Type 2,"
    "A&E attendances Other A&E Department,Attendances over 4hrs Type 1,"
    "Attendances over 4hrs Type 2,Attendances over 4hrs Other Department,"
    "Patients who have waited 4-12 hs from DTA to admission,"
    "Patients who have waited 12+ hrs from DTA to admission,Emergency admissions via A&E - Type 1,"
    "Emergency admissions via A&E - Type 2,"
    "Emergency admissions via A&E - Other A&E department,Other emergency admissions"
)


def month(folder: Path, name: str, attendances: int) -> Path:
    path = folder / name
    row = f"MSitAE-MARCH-2025,ZA1,NHS ENGLAND LARKSHIRE,LARKSHIRE,{attendances}" + ",0" * 11
    path.write_text(f"{HEADER}\n{row}\n", encoding="utf-8")
    return path


def kept(store: Path) -> float:
    with Store.open(store) as held:
        frame = held.observations()
        return float(max(value for value in frame["value"] if value is not None))


ORIGINAL, REVISED = "Monthly-AE-March-2025.csv", "March-2025-revised-120625.csv"


@pytest.mark.parametrize("at_once", [True, False])
@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
@pytest.mark.parametrize(
    ("older", "newer"),
    [
        (ORIGINAL, REVISED),
        ("z-March-2025.csv", "a-March-2025-corrected.csv"),
        ("z-March-2025-revised-120625.csv", "a-March-2025-revised-110925.csv"),
        ("March-2025-Revised-311224.csv", "March-2025-REVISED-010125.csv"),
    ],
)
def test_the_revised_one_counts_whatever_comes_first(
    tmp_path: Path, older: str, newer: str, order: tuple[int, int], at_once: bool
) -> None:
    paths = [str(month(tmp_path, older, 23_723)), str(month(tmp_path, newer, 23_823))]
    store = tmp_path / "s.duckdb"
    given = [paths[place] for place in order]
    for some in [given] if at_once else [[one] for one in given]:
        assert run(["ingest", *some, "--store", str(store)]) == 0
    assert kept(store) == 23_823


def test_what_replaces_what_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name, count in ((ORIGINAL, 1), (REVISED, 2)):
        month(tmp_path, name, count)
    store = ["--store", str(tmp_path / "s.duckdb")]
    run(["ingest", str(tmp_path / REVISED), str(tmp_path / ORIGINAL), *store])
    out = " ".join(capsys.readouterr().out.split())
    assert f"older than what is there; {REVISED} is by its name a revision of it" in out
    assert "neither file says" not in out


def test_two_files_that_differ_and_tell_no_day_are_both_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    paths = [str(month(tmp_path, name, n)) for n, name in enumerate(("one.csv", "two.csv"), 5)]
    run(["ingest", *paths, "--store", str(tmp_path / "s.duckdb")])
    out = " ".join(capsys.readouterr().out.split())
    assert "new vintage of one.csv (figures changed" in out
    assert "neither file says when it was published" in out
    assert "if one.csv is the newer, take both in with --published-on" in out


def test_a_day_that_is_given_is_no_matter_of_the_name(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    store = tmp_path / "s.duckdb"
    with Store.open(store) as held:
        for name, count, day in (("b.csv", 2, date(2025, 6, 12)), ("a.csv", 1, date(2025, 4, 10))):
            held.ingest(read_each([month(tmp_path, name, count)], published_on=day))
    assert kept(store) == 2
    assert "neither" not in capsys.readouterr().out
