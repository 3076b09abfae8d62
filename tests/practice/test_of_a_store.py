"""Peers and deviants from a store of the sample's monthly files."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from remit.cli.run import run
from remit.sample import write_monthly

METHOD = """schema: remit/peer-method/1
id: ours
title: Ours
source: our own
verified: false
peers: 3
characteristics:
  - {column: size, transform: log, stored: {numerator: [sickness-absence.days-available]}}
  - column: main
    name: attendances at a main A&E among all
    stored:
      numerator: [ae.attendances-type-1]
      denominator: [ae.attendances-type-1, ae.attendances-type-2, ae.attendances-other]
      over_time: mean
  - {column: nowhere, stored: {numerator: [workforce.fte-all]}}
"""


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("store")
    write_monthly(folder / "monthly")
    assert run(["ingest", str(folder / "monthly"), "--store", str(folder / "s.duckdb")]) <= 1
    (folder / "ours.yaml").write_text(METHOD, encoding="utf-8")
    return folder / "s.duckdb"


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_peers_by_published_files_with_their_days(
    store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    method = str(store.parent / "ours.yaml")
    out = tmp_path / "out"
    assert run(["peers", "--method", method, "--store", str(store), "--out", str(out)]) <= 1
    said = " ".join(capsys.readouterr().out.split())
    assert "Sample data" in said
    assert "Nowhere: the store holds no figure of it." in said
    assert "among all: " in said
    assert "to 2026-03-31" in said
    found = rows(out / "peers.csv")
    assert {row["code"][0] for row in found} == {"Z"}
    assert {int(row["rank"]) for row in found} == {1, 2, 3}


def test_deviants_of_a_store_are_those_of_the_same_figures_in_a_file(
    store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    arguments = ["deviants", "--store", str(store), "--metric", "ae.four-hours", "--out", str(out)]
    assert run(arguments) == 0
    said = " ".join(capsys.readouterr().out.split())
    assert "Sample data" in said
    assert "(ae.four-hours), Apr 2024 to Mar 2026." in said
    found = {row["code"]: row for row in rows(out / "deviants.csv")}
    assert max(int(row["periods"]) for row in found.values()) == 24
    # A month fewer in a window of one year, by what is published of it.
    assert run([*arguments, "--years", "1"]) == 0
    assert max(int(row["periods"]) for row in rows(out / "deviants.csv")) == 12


def test_without_a_metric_all_with_a_better_way_are_looked_at(store: Path, tmp_path: Path) -> None:
    assert run(["deviants", "--store", str(store), "--out", str(tmp_path / "out")]) == 0
    metrics = {row["metric"] for row in rows(tmp_path / "out" / "metrics.csv")}
    assert {"ae.four-hours", "sickness-absence.rate"} <= metrics
    assert "ae.attendances" not in metrics


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["deviants", "--metric", "ae.attendances"], "no better way"),
        (["deviants", "--metric", "ae.four-hour"], "ae.four-hours"),
        (["deviants", "--input", "x.csv"], "go without --input"),
        (["peers", "--method", "similar-10"], "is in no file that Remit reads"),
        (["peers", "--method", "similar-10", "--input", "x.csv"], "not both"),
        (["peers", "--method", "trusts-published"], "holds 1 of the 10 characteristics"),
    ],
)
def test_what_a_store_does_not_tell_is_said(
    arguments: list[str], said: str, store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run([*arguments, "--store", str(store), "--out", str(tmp_path / "out")]) == 2
    assert said in " ".join(capsys.readouterr().err.split())


def test_a_store_that_is_not_there_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["--store", str(tmp_path / "none.duckdb"), "--out", str(tmp_path / "out")]
    assert run(["deviants", *arguments]) == 2
    assert "none.duckdb" in " ".join(capsys.readouterr().err.split())
