"""``remit assess`` with likely ranges, and ``remit sensitivity``."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
import typer

from remit.cli.standings.assess import assess
from remit.cli.standings.sensitivity import sensitivity
from remit.model.errors import AssessmentError, UnknownCode
from remit.sample import write_sample

PERIOD = ["--period", "2025/26 Q3"]
LIKELY = ["likely_score_low", "likely_score_high", "likely_rank_low", "likely_rank_high"]
CHANCES = [f"p_segment_{segment}" for segment in range(1, 5)]


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    sample = write_sample(tmp_path_factory.mktemp("sample"))
    return [str(path) for path in sample.paths if "q3" in path.name or "q4" in path.name]


def run(*arguments: str) -> None:
    app = typer.Typer()
    app.command()(assess)
    app.command()(sensitivity)
    app(list(arguments), standalone_mode=False)


def table(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"))))


def standing(files: list[str], folder: Path, *more: str) -> list[dict[str, str]]:
    run("assess", *files, *PERIOD, "--out", str(folder), *more)
    return table(folder / "standing.csv")


def test_assess_writes_likely_ranges_and_how_they_were_drawn(
    files: list[str], tmp_path: Path
) -> None:
    rows = standing(files, tmp_path, "--replicates", "400", "--seed", "3")
    assert list(rows[0])[-8:] == [*LIKELY, *CHANCES]
    assert all(1 <= float(row["likely_score_low"]) <= 4 for row in rows)
    run_record = json.loads((tmp_path / "run.json").read_text(encoding="utf-8"))
    assert run_record["likely"] == {
        "replicates": 400,
        "seed": 3,
        "confidence": 0.95,
        "method": "percentile",
    }


def test_the_same_seed_writes_the_same_file(files: list[str], tmp_path: Path) -> None:
    seeds = ("3", "3", "4")
    written = [
        standing(files, tmp_path / str(at), "--replicates", "400", "--seed", seed)
        for at, seed in enumerate(seeds)
    ]
    assert written[0] == written[1] != written[2]


def test_no_likely_leaves_the_columns_empty(files: list[str], tmp_path: Path) -> None:
    rows = standing(files, tmp_path, "--no-likely")
    assert all(row[name] == "" for row in rows for name in (*LIKELY, *CHANCES))
    assert json.loads((tmp_path / "run.json").read_text(encoding="utf-8"))["likely"] is None


def test_too_few_replicates_are_refused(files: list[str]) -> None:
    with pytest.raises(AssessmentError, match="100 to 10,000,000"):
        run("assess", *files, *PERIOD, "--replicates", "5")


def test_sensitivity_as_text(files: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    run("sensitivity", *files, *PERIOD, "--sample", "64")
    said = capsys.readouterr().out
    assert "Sample data" in said
    assert "every domain" in said
    assert "league tables were made; 0 scores failed." in said


def test_sensitivity_of_one_organisation(
    files: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "sensitivity"
    run("sensitivity", *files, *PERIOD, "--sample", "64", "--org", "za1", "--out", str(out))
    assert "ZA1: The segment " in capsys.readouterr().out
    names = {"influence.csv", "organisations.csv", "results.csv", "sensitivity.json"}
    assert {path.name for path in out.iterdir()} == {*names, "datapackage.json"}
    results = table(out / "results.csv")
    assert {row["org_code"] for row in results} == {"ZA1"}


def test_sensitivity_that_cannot_write_one_file_leaves_the_former_ones(
    files: list[str], tmp_path: Path
) -> None:
    (tmp_path / "sensitivity.json" / "mine").mkdir(parents=True)
    (tmp_path / "results.csv").write_text("former", encoding="utf-8")
    with pytest.raises(AssessmentError, match="the files cannot be written"):
        run("sensitivity", *files, *PERIOD, "--sample", "64", "--out", str(tmp_path))
    assert (tmp_path / "results.csv").read_text(encoding="utf-8") == "former"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["results.csv", "sensitivity.json"]


def test_sensitivity_as_csv_and_json(files: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    run("sensitivity", *files, *PERIOD, "--sample", "64", "--format", "csv")
    scenarios = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    run("sensitivity", *files, *PERIOD, "--sample", "64", "--format", "json")
    record = json.loads(capsys.readouterr().out)
    assert [row["scenario"] for row in record["scenarios"]] == [s["scenario"] for s in scenarios]
    assert record["evaluations"] > len(scenarios)
    assert {"results", "organisations", "influence", "notes", "seed"} <= set(record)


def test_an_unknown_organisation_is_named(files: list[str]) -> None:
    with pytest.raises(UnknownCode, match="ZZZ"):
        run("sensitivity", *files, *PERIOD, "--org", "ZZZ")
