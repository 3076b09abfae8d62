"""``remit spc`` as a user runs it."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path

import pytest

from remit.cli.run import run
from tests.signals.frames import months

POINTS = ["series", "date", "value", "mean", "lower_limit", "upper_limit"]
POINTS += ["near_lower", "near_upper", "special_cause", "kind"]
SERIES = ["series", "n", "mean", "lower_limit", "upper_limit", "variation", "assurance"]
WIDE = [70.0, 90.0] * 10
SHIFTED = [*WIDE, *([78.0, 79.0] * 4), 78.0]


def write(path: Path, named: dict[str, list[float]], *more: str) -> Path:
    lines = ["series,date,value"]
    for name, values in named.items():
        lines += [f"{name},{d},{v}" for d, v in zip(months(len(values)), values, strict=True)]
    path.write_text("\n".join([*lines, *more]) + "\n", encoding="utf-8")
    return path


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture
def own(tmp_path: Path) -> Path:
    return write(tmp_path / "own.csv", {"Elm": SHIFTED, "Oak": [100.0] * 12})


def test_two_tables_with_the_agreed_columns_and_words(own: Path, tmp_path: Path) -> None:
    out = tmp_path / "charts"
    arguments = ["spc", str(own), "--better", "higher", "--target", "95", "--out", str(out)]
    assert run(arguments) == 0
    points, series = rows(out / "points.csv"), rows(out / "series.csv")
    assert list(points[0])[: len(POINTS)] == POINTS
    assert list(series[0]) == SERIES
    assert [row["variation"] for row in series] == ["special_cause_concern", "common_cause"]
    assert [row["assurance"] for row in series] == ["inconsistent", "consistent_pass"]
    assert [row["n"] for row in series] == ["29", "12"]
    last = points[28]
    assert (last["special_cause"], last["kind"]) == ("true", "special_cause_concern")
    assert (last["date"], last["rule"]) == ("2024-05-01", "shift_below_mean")
    assert (points[0]["special_cause"], points[0]["kind"]) == ("false", "common_cause")
    assert {row["mean"] for row in points[29:]} == {"100.0"}


def test_the_run_can_be_run_again(own: Path, tmp_path: Path) -> None:
    out = tmp_path / "charts"
    arguments = ["spc", str(own), "--better", "lower", "--rules", "mdc-excel", "--out", str(out)]
    assert run(arguments) == 0
    record = json.loads((out / "run.json").read_text(encoding="utf-8"))
    assert record["rows_read"] == record["rows_accepted"] == 41
    assert (record["rules"]["id"], record["better"]) == ("mdc-excel", "lower")
    assert len(record["sha256"]) == 64


def test_rejected_lines_are_told_and_the_exit_code_is_1(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write(tmp_path / "own.csv", {"Elm": WIDE}, "Elm,soon,3", "Elm,2030-01-01,n/a")
    out = tmp_path / "charts"
    assert run(["spc", str(path), "--better", "higher", "--out", str(out)]) == 1
    told = capsys.readouterr().out
    assert "own.csv: 22 lines = 20 points + 2 rejected" in told
    assert "line 22, column date “soon”: this is no date" in told
    assert [row["line"] for row in rows(out / "rejections.csv")] == ["22", "23"]
    assert len(rows(out / "points.csv")) == 20


def test_the_table_names_the_rule_set_and_speaks_in_words(
    own: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "160")
    assert run(["spc", str(own), "--better", "higher", "--target", "95"]) == 0
    told = capsys.readouterr().out
    assert "rules mdc-nhsr 1, target 95" in told
    assert "special cause: concern (run below the mean)" in told
    assert "passes consistently" in told


def test_other_kinds_of_chart(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    counts, out = tmp_path / "counts.csv", tmp_path / "out"
    lines = [f"{day},{50 + i % 2 * 10},100" for i, day in enumerate(months(12))]
    counts.write_text("\n".join(["date,seen,all", *lines]) + "\n", encoding="utf-8")
    columns = ["--numerator-column", "seen", "--denominator-column", "all"]
    arguments = ["spc", str(counts), "--better", "higher", "--chart", "p-prime", *columns]
    assert run([*arguments, "--out", str(out), "--svg", str(tmp_path / "c.svg")]) == 0
    (series,) = rows(out / "series.csv")
    assert float(series["upper_limit"]) == pytest.approx(55 + 300 * 0.1 / 1.128)
    assert "55.0%" in (tmp_path / "c.svg").read_text(encoding="utf-8")
    falls = tmp_path / "falls.csv"
    falls.write_text("date\n2025-01-01\n2025-01-11\n2025-02-01\n", encoding="utf-8")
    arguments = ["spc", str(falls), "--better", "higher", "--chart", "t"]
    assert run([*arguments, "--out", str(out)]) == 0
    assert [row["value"] for row in rows(out / "points.csv")] == ["", "10.0", "21.0"]
    capsys.readouterr()
    assert run([*arguments, "--target", "3"]) == 2
    assert "knows no target" in capsys.readouterr().err


def test_a_dry_run_writes_nothing(own: Path, tmp_path: Path) -> None:
    out, svg = tmp_path / "charts", tmp_path / "elm.svg"
    arguments = ["spc", str(own), "--better", "higher", "--only", "Elm", "--dry-run"]
    assert run([*arguments, "--out", str(out), "--svg", str(svg)]) == 0
    assert not out.exists()
    assert not svg.exists()


def test_a_rebase_file_a_baseline_and_dated_targets(own: Path, tmp_path: Path) -> None:
    rebases, targets = tmp_path / "r.csv", tmp_path / "t.csv"
    rebases.write_text("date,reason,series\n2023-09-01,a new ward,Elm\n", encoding="utf-8")
    targets.write_text("date,target\n2022-01-01,50\n2024-01-01,70\n", encoding="utf-8")
    out = tmp_path / "charts"
    arguments = ["spc", str(own), "--better", "higher", "--out", str(out), "--baseline", "12"]
    assert run([*arguments, "--rebase", str(rebases), "--targets", str(targets)]) == 0
    series = rows(out / "series.csv")
    assert (series[0]["n"], series[0]["assurance"]) == ("9", "consistent_pass")
    record = json.loads((out / "run.json").read_text(encoding="utf-8"))
    assert record["rebases"] == [{"date": "2023-09-01", "reason": "a new ward", "series": "Elm"}]
    assert record["baseline"] == 12


@pytest.mark.parametrize("end", ["", "none", "No target", "–"])
def test_a_target_that_ends_is_drawn_until_then_and_judges_no_more(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], end: str
) -> None:
    figures, targets, svg = tmp_path / "w.csv", tmp_path / "t.csv", tmp_path / "w.svg"
    lines = [f"2023-{month:02}-01,{64 + month % 3}" for month in range(1, 13)]
    figures.write_text("\n".join(["date,value", *lines]), encoding="utf-8")
    arguments = ["spc", str(figures), "--better", "higher", "--targets", str(targets)]
    targets.write_text(f"date,target\n2023-01-01,75\n2023-06-01,{end}\n", encoding="utf-8")
    assert run([*arguments, "--svg", str(svg), "--out", str(tmp_path / "out")]) == 0
    said = capsys.readouterr().out
    assert "The target changes: 75 until May 2023, no figure judged since." in said
    assert "will not meet" not in said
    assert rows(tmp_path / "out" / "series.csv")[0]["assurance"] in {"", "no_target"}
    drawn = " ".join(re.sub("<[^>]*>", " ", svg.read_text(encoding="utf-8")).split())
    assert "Target (dashed): 75 until May 2023, no figure judged since." in drawn
    targets.write_text("date,target\n2023-01-01,75\n2023-06-01,ended\n", encoding="utf-8")
    assert run(arguments) == 2
    assert "line 3: 'ended' is no number; a blank or “none” ends" in capsys.readouterr().err


def test_one_series_can_lose_its_target_while_others_keep_theirs(tmp_path: Path) -> None:
    figures, targets, out = tmp_path / "w.csv", tmp_path / "t.csv", tmp_path / "out"
    lines = [f"2023-{m:02}-01,{name},{64 + m % 3}" for name in ("Elm", "Oak") for m in range(1, 13)]
    figures.write_text("\n".join(["date,series,value", *lines]), encoding="utf-8")
    told = "date,target,series\n2023-01-01,75,\n2023-06-01,none,Elm\n"
    targets.write_text(told, encoding="utf-8")
    arguments = ["spc", str(figures), "--better", "higher", "--targets", str(targets)]
    assert run([*arguments, "--out", str(out)]) == 0
    found = {row["series"]: row["assurance"] for row in rows(out / "series.csv")}
    assert found["Elm"] in {"", "no_target"}
    assert found["Oak"] not in {"", "no_target"}


def test_one_chart_as_a_file(own: Path, tmp_path: Path) -> None:
    svg = tmp_path / "elm.svg"
    arguments = ["spc", str(own), "--better", "higher", "--svg", str(svg)]
    assert run([*arguments, "--only", "Elm"]) == 0
    assert "has been below its process mean" in svg.read_text(encoding="utf-8")
    svg.unlink()
    assert run(arguments) == 2
    assert not svg.exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "name the CSV file"),
        (["own.csv"], "say which way is better"),
        (["own.csv", "--better", "up"], "--better takes one of higher, lower, neutral"),
        (["none.csv", "--better", "lower"], "there is no such file"),
        (["own.csv", "--better", "lower", "--rules", "wheeler"], "Known: mdc-excel, mdc-nhsr"),
        (["own.csv", "--better", "lower", "--baseline", "3"], "baseline of 3 points is too short"),
        (["own.csv", "--better", "lower", "--value-column", "rate"], "no column 'rate'"),
        (["own.csv", "--better", "lower", "--only", "Ash"], "no series 'Ash'"),
        (["own.csv", "--better", "lower", "--target", "1", "--targets", "t.csv"], "not both"),
    ],
)
def test_wrong_input_is_named_and_the_exit_code_is_2(
    own: Path,
    arguments: list[str],
    said: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(own.parent)
    assert run(["spc", *arguments]) == 2
    assert said in capsys.readouterr().err


@pytest.mark.parametrize("chart", ["xmr", "t"])
def test_a_file_with_a_header_only_is_wrong_input(
    tmp_path: Path, chart: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write(tmp_path / "own.csv", {})
    out = tmp_path / "charts"
    arguments = ["spc", str(path), "--better", "higher", "--chart", chart, "--out", str(out)]
    assert run(arguments) == 2
    assert "own.csv: there is no line below the header" in capsys.readouterr().err
    assert not out.exists()


def test_tables_that_were_there_stay_where_the_new_ones_cannot_be_written(
    own: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    taken = tmp_path / "charts"
    taken.write_text("mine", encoding="utf-8")
    assert run(["spc", str(own), "--better", "higher", "--out", str(taken)]) == 2
    assert "--out takes a folder" in capsys.readouterr().err
    assert taken.read_text(encoding="utf-8") == "mine"


def test_a_target_of_thousands_that_never_changes_is_said_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    figures = tmp_path / "w.csv"
    lines = [f"2023-{month:02}-01,{1640 + month % 3}" for month in range(1, 13)]
    figures.write_text("\n".join(["date,value", *lines]), encoding="utf-8")
    assert run(["spc", str(figures), "--better", "higher", "--target", "1500"]) == 0
    assert "The target changes" not in capsys.readouterr().out


@pytest.mark.parametrize(("baseline", "told"), [(12, False), (13, False), (14, True), (100, True)])
def test_a_baseline_longer_than_the_points_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], baseline: int, told: bool
) -> None:
    figures = tmp_path / "w.csv"
    lines = [f"{2023 + n // 12}-{1 + n % 12:02}-01,{64 + n % 3}" for n in range(13)]
    figures.write_text("\n".join(["date,value", *lines]), encoding="utf-8")
    assert run(["spc", str(figures), "--better", "higher", "--baseline", str(baseline)]) == 0
    said = f"The baseline of {baseline} points is longer than the 13 that it is made from"
    assert (said in " ".join(capsys.readouterr().out.split())) is told
