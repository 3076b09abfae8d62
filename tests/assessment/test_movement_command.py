"""``remit movement``, ``remit what-if`` and ``remit route`` as a user types them."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from remit.cli.asked import parse_cut_choice
from remit.cli.standings.movement import movement
from remit.cli.standings.route import route
from remit.cli.standings.what_if import is_change, what_if
from remit.model.errors import AssessmentError
from tests.publications.nof_files import row, write

APP = typer.Typer()
for command in (movement, what_if, route):
    APP.command()(command)
QUARTERS = {"Q1 2025/26": (90, 80, 70, 60), "Q2 2025/26": (90, 95, 85, 60)}
CODES = ("RYJ", "RRV", "R1K", "RJ1")
BETWEEN = ("--from", "2025/26 Q1", "--to", "2025/26 Q2", "--mode", "recomputed")
RULES = """
schema: remit/framework/1
id: by-hand
version: "1"
name: By hand
summary: For tests.
valid_from: 2025-04-01
sources: [{title: none}]
kinds: [acute]
coverage_minimum: 0.0001
domains: [{id: one, name: One}]
metrics: [{id: OF0023, domain: one, kinds: [acute], rule: {type: ranked}}]
segments:
  labels: {1: best}
  cut_points: {basis: thresholds, thresholds: [1.5, 2.5, 3.5]}
"""


def run(*arguments: object) -> Result:
    return CliRunner(env={"COLUMNS": "160"}).invoke(APP, [str(one) for one in arguments])


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, str, Path]:
    """Figures of four trusts over two quarters, and a framework that ranks them."""
    rows = [
        row(str(value), code=code, quarter=quarter)
        for quarter, values in QUARTERS.items()
        for code, value in zip(CODES, values, strict=True)
    ]
    rules = tmp_path / "by-hand.yaml"
    rules.write_text(RULES, encoding="utf-8")
    return write(tmp_path / "acute.csv", rows), "--framework", rules


def test_movement_is_told_with_its_tables(files: tuple[object, ...], tmp_path: Path) -> None:
    result = run("movement", "ryj", *files, *BETWEEN, "--out", tmp_path / "out")
    assert (
        "The score worsened by 1.00 (1.00 to 2.00): other trusts' values 1.00 worse."
        in result.output
    )
    assert "OF0023" in result.output
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        "datapackage.json",
        "movement.csv",
        "movement_metrics.csv",
        "movements.csv",
    ]


def test_movement_that_cannot_write_one_file_leaves_the_former_ones(
    files: tuple[object, ...], tmp_path: Path
) -> None:
    out = tmp_path / "out"
    (out / "movements.csv" / "mine").mkdir(parents=True)
    (out / "movement.csv").write_text("former", encoding="utf-8")
    result = run("movement", "ryj", *files, *BETWEEN, "--out", out)
    assert isinstance(result.exception, AssessmentError)
    assert f"{out}: the files cannot be written" in str(result.exception)
    assert (out / "movement.csv").read_text(encoding="utf-8") == "former"
    assert sorted(path.name for path in out.iterdir()) == ["movement.csv", "movements.csv"]


def test_movement_as_csv_and_json(files: tuple[object, ...]) -> None:
    table = list(csv.DictReader(io.StringIO(run(*_movement(files, "csv")).output)))
    assert table[0]["measure"] == "average_score"
    assert float(table[0]["others_values"]) == 1
    assert json.loads(run(*_movement(files, "json")).output)["rank"]["end"] == 2


def _movement(files: tuple[object, ...], form: str) -> tuple[object, ...]:
    return "movement", "RYJ", *files, *BETWEEN, "--format", form


def test_movement_needs_two_quarters(files: tuple[object, ...]) -> None:
    result = run("movement", "RYJ", *files, "--from", "2025/26 Q1")
    assert isinstance(result.exception, AssessmentError)
    assert "name two quarters" in str(result.exception)


def test_movement_takes_cut_points_of_each_quarter(files: tuple[object, ...]) -> None:
    cuts = ("--cut-points-from", "1.2,1.4,1.6", "--cut-points-to", "2.5,3,3.5")
    moved = json.loads(run(*_movement(files, "json"), *cuts).output)
    assert (moved["adjusted_segment"]["start"], moved["adjusted_segment"]["end"]) == (1, 1)


def test_what_if_takes_changes_and_files_in_any_order(files: tuple[object, ...]) -> None:
    figures, *rest = files
    period = ("--period", "2025/26 Q1")
    result = run("what-if", "r1k", "OF0023=85", figures, *rest, *period)
    assert "the score goes from 3.00 to 2.00" in result.output
    assert "RRV" in result.output
    assert "held fixed" in result.output
    other = run("what-if", "r1k", figures, "OF0023=85", *rest, *period, "--format", "json")
    assert json.loads(other.output)["after"]["rank"] == 2
    rows = run("what-if", "r1k", figures, "OF0023=85", *rest, *period, "--format", "csv")
    assert rows.output.startswith("org_code,org_name,kind")


def test_route_lists_the_steps(files: tuple[object, ...]) -> None:
    asked = ("route", "R1K", *files, "--period", "2025/26 Q1", "--to-segment", "2")
    result = run(*asked)
    assert "OF0023" in result.output
    assert "70% to 80%" in result.output
    assert json.loads(run(*asked, "--format", "json").output)["routes"][0]["segment_after"] == 2
    assert run(*asked, "--format", "csv").output.startswith("route,metrics,metric_id")


def test_a_file_with_an_equals_sign_is_no_change(tmp_path: Path) -> None:
    odd = tmp_path / "a=b.csv"
    odd.touch()
    assert not is_change(str(odd))
    assert is_change("OF0079=0.5")


def test_cut_points_are_fixed_recomputed_or_given() -> None:
    assert parse_cut_choice("fixed") == "fixed"
    assert parse_cut_choice("recomputed") == "recomputed"
    assert parse_cut_choice("2.05,2.32,2.60") == (2.05, 2.32, 2.6)
    with pytest.raises(AssessmentError, match="takes three numbers"):
        parse_cut_choice("often")
