"""The commands from a file to an explained segment, as a user runs them."""

from __future__ import annotations

import json
from pathlib import Path

import polars as pl
import pytest

from remit.cli.run import run
from tests.publications.nof_files import row, write

CODES = ["RYJ", "RRV", "R1K", "RJ1"]
CONTRACT = {
    "metric_scores": "org_code metric_id value rank population_size score published_score rule",
    "domain_scores": "org_code domain score segment published_score published_segment",
    "standing": (
        "org_code org_name kind n_metrics average_score published_average_score "
        "unadjusted_segment override adjusted_segment published_segment rank published_rank"
    ),
    "rejections": "file line column value reason",
}


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """Four trusts: a value, its published score and the summary rows."""
    rows = []
    for place, code in enumerate(CODES):
        score = f"{1 + place:.2f}"
        rows += [
            row(str(80 - place), code=code, rank=str(place + 1)),
            row(score, code=code, metric="OF1023", units="score"),
            row(score, code=code, metric="OF5002", units="score", date="Q1 2025/26"),
            row(str(1 + place), code=code, metric="OF5003", units="segment", date="Q1 2025/26"),
            row(str(int(code == "RYJ")), code=code, metric="OF5004", units="flag", date=""),
        ]
    return write(tmp_path / "acute.csv", rows)


def tables(folder: Path, suffix: str = "csv") -> dict[str, pl.DataFrame]:
    readers = {"csv": pl.read_csv, "parquet": pl.read_parquet, "json": pl.read_json}
    return {name: readers[suffix](folder / f"{name}.{suffix}") for name in CONTRACT}


@pytest.mark.parametrize("suffix", ["csv", "parquet", "json"])
def test_assess_writes_the_agreed_tables_in_each_format(
    files: Path, tmp_path: Path, suffix: str
) -> None:
    out = tmp_path / "out"
    arguments = ["assess", str(files), "--mode", "recomputed", "--out", str(out)]
    assert run([*arguments, "--format", suffix]) == 0
    for name, columns in CONTRACT.items():
        if suffix == "json" and name == "rejections":
            continue
        assert tables(out, suffix)[name].columns[: len(columns.split())] == columns.split()
    assert sorted(path.suffix for path in out.iterdir()).count(f".{suffix}") >= 4


def test_assess_says_where_the_cut_points_came_from(files: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert run(["assess", str(files), "--out", str(out)]) == 0
    record = json.loads((out / "run.json").read_text(encoding="utf-8"))
    assert record["framework"]["id"] == "nof-2025-26"
    assert set(record["framework"]["hashes"]) == {"scoring", "wording"}
    assert "of 4 of 205 trusts; each could be anywhere" in record["cut_points"]["origin"]
    (source,) = record["sources"]
    assert source["rows_read"] == source["rows_accepted"] + source["rows_rejected"] == 20
    assert len(source["sha256"]) == 64


def test_given_cut_points_decide_the_segment(files: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    arguments = ["assess", str(files), "--cut-points", "1.5,3.5,3.9", "--out", str(out)]
    assert run(arguments) == 0
    standing = tables(out)["standing"]
    assert dict(standing.select("org_code", "unadjusted_segment").iter_rows()) == {
        "RYJ": 1,
        "RRV": 2,
        "R1K": 2,
        "RJ1": 4,
    }
    assert dict(standing.select("org_code", "adjusted_segment").iter_rows())["RYJ"] == 3


def test_a_rejected_row_is_written_down_and_told_by_exit_code_1(
    files: Path, tmp_path: Path
) -> None:
    with files.open("a", encoding="utf-8") as handle:
        handle.write(row("abc", code="RAL") + "\n")
    out = tmp_path / "out"
    assert run(["assess", str(files), "--out", str(out)]) == 1
    (rejection,) = tables(out)["rejections"].to_dicts()
    assert rejection["line"] == 22
    assert (rejection["column"], rejection["value"]) == ("Value", "abc")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--framework", "nof-1999"], "nof-2025-26"),
        (["--period", "2031/32 Q1"], "there are some for: 2025/26 Q1"),
        (["--period", "yesterday"], "a quarter such as 2025/26 Q4"),
        (["--mode", "guessed"], "published, recomputed"),
        (["--cut-points", "1,x,3"], "three numbers"),
        (["--cut-points", "3,2,1"], "ascending"),
        (["--kind", "dental"], "use one of acute"),
        (["--format", "xls"], "csv, parquet, json"),
        (["--as-at", "2025-09-09"], "--store"),
        (["--no-such-option"], "No such option"),
    ],
)
def test_wrong_arguments_are_told_with_the_remedy_and_write_nothing(
    files: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], said: str
) -> None:
    out = tmp_path / "out"
    assert run(["assess", str(files), *arguments, "--out", str(out)]) == 2
    assert said in capsys.readouterr().err
    assert not out.exists()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["acute.csv"]


def test_a_file_that_is_no_publication_writes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "other.csv"
    path.write_text("a,b\n1,2\n")
    assert run(["assess", str(path), "--out", str(tmp_path / "out")]) == 2
    assert "no publication that Remit reads" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_explain_tells_the_line_of_the_file(
    files: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["explain", "ryj", str(files)]) == 0
    text = capsys.readouterr().out
    assert "A trust in deficit" in text
    assert "acute.csv, line 2, column Value" in text
    assert run(["explain", "RYJ", str(files), "--format", "json"]) == 0
    tree = json.loads(capsys.readouterr().out)
    assert tree["value"] == "Segment 3"
    assert tree["steps"][0]["source"]["line"] == 6


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("RJY", "no organisation has the code RJY; nearest with figures for 2025/26 Q1: RYJ (Imp"),
        ("RAL", "RAL (Royal Free London NHS Foundation Trust) has no figures for 2025/26 Q1"),
    ],
)
def test_explain_tells_an_unknown_trust_from_one_without_figures(
    files: Path, capsys: pytest.CaptureFixture[str], typed: str, said: str
) -> None:
    assert run(["explain", typed, str(files)]) == 2
    assert said in capsys.readouterr().err


def test_league_lists_by_rank_and_filters_without_reranking(
    files: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "140")
    assert run(["league", str(files), "--format", "csv"]) == 0
    table = pl.read_csv(capsys.readouterr().out.encode())
    assert table["rank"].to_list() == sorted(table["rank"].to_list())
    one = table.filter(pl.col("org_code") == "R1K")
    icb = one["icb_code"].item()
    assert run(["league", str(files), "--format", "csv", "--icb", icb]) == 0
    mine = pl.read_csv(capsys.readouterr().out.encode())
    assert set(mine["icb_code"]) == {icb}
    same = mine.filter(pl.col("org_code") == "R1K")
    assert same["rank"].item() == one["rank"].item()
    assert run(["league", str(files)]) == 0
    text = capsys.readouterr().out
    assert "Imperial College Healthcare NHS Trust" in text
    assert "Financial override" in text
    assert run(["league", str(files), "--icb", icb]) == 0
    assert "Without figures for 2025/26 Q1: " in capsys.readouterr().out


def test_framework_commands(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["framework", "list"]) == 0
    assert "nof-2025-26" in capsys.readouterr().out
    assert run(["framework", "show", "nof-2025-26"]) == 0
    shown = capsys.readouterr().out
    assert "A trust that meets the standard (at least 80) scores 1.00" in shown
    assert run(["framework", "show", "nof-2025-26", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["id"] == "nof-2025-26"
    assert run(["framework", "check", "nof-2025-26"]) == 0
    assert run(["framework", "diff", "nof-2025-26", "nof-2025-26"]) == 0
    assert "What scores: the same" in capsys.readouterr().out


def test_framework_diff_tells_scoring_from_wording(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = Path(__file__).parents[2] / "src/remit/declarations/frameworks/nof-2025-26.yaml"
    text = source.read_text(encoding="utf-8").replace("at_least: 80", "at_least: 82")
    mine = tmp_path / "mine.yaml"
    mine.write_text(text, encoding="utf-8")
    assert run(["framework", "diff", "nof-2025-26", str(mine)]) == 1
    out = capsys.readouterr().out
    assert "What scores: 1 difference\n" in out
    assert "OF0010.rule.standard.at_least: 80.0 → 82.0" in out
    assert "Wording: the same" in out


def test_a_faulty_framework_is_told_by_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    mine = tmp_path / "mine.yaml"
    mine.write_text("schema: remit/framework/1\nid: mine\n", encoding="utf-8")
    assert run(["framework", "check", str(mine)]) == 2
    err = capsys.readouterr().err
    assert "mine.yaml, line 1" in err
    assert "required" in err
