"""Control charts against the reference tool: 180 series, both directions, screening on and off."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from remit.cli.run import run
from remit.signals import spc

REFERENCE_NAMES = {
    None: "Common Cause",
    "above_upper_limit": "Above UCL",
    "below_lower_limit": "Below LCL",
    "rising_trend": "7 Point Trend (Increasing)",
    "falling_trend": "7 Point Trend (Decreasing)",
    "near_upper_limit": "2 in 3 Above CL",
    "near_lower_limit": "2 in 3 Below CL",
    "shift_above_mean": "7 Points Above CL",
    "shift_below_mean": "7 Points Below CL",
}
SERIES_IN = {"ae": 50, "sim": 100, "edge": 30}
SETS = pytest.mark.parametrize("which", SERIES_IN)
SCREENED = pytest.mark.parametrize(
    ("rules", "screened"), [("mdc-nhsr", True), ("mdc-excel", False)]
)
BETTER = pytest.mark.parametrize(
    ("better", "direction"), [("higher", "increase"), ("lower", "decrease")]
)


def expected(shared_data: Path, what: str, screened: bool, direction: str) -> pl.DataFrame:
    frame = pl.read_csv(shared_data / "spc" / f"expected_{what}.csv", infer_schema_length=None)
    is_screened = pl.col("screen_outliers").cast(pl.String).str.to_lowercase() == "true"
    return frame.filter(
        is_screened == screened, pl.col("improvement_direction") == direction
    ).rename({"f": "series"})


def judged(shared_data: Path, which: str, **how: Any) -> Any:
    path = shared_data / "spc" / f"series_{which}.csv"
    return spc(pl.read_csv(path, try_parse_dates=True), target=80, **how)


def farthest(frame: pl.DataFrame) -> float:
    pairs = (("mean", "mean_col"), ("lower_limit", "lpl"), ("upper_limit", "upl"))
    differences = [(frame[ours] - frame[theirs]).abs().max() for ours, theirs in pairs]
    return max(float(d) for d in differences)  # type: ignore[arg-type]


@SETS
@SCREENED
@BETTER
def test_every_point_is_flagged_as_the_reference_does(
    shared_data: Path, which: str, rules: str, screened: bool, better: str, direction: str
) -> None:
    points = judged(shared_data, which, rules=rules, better=better).points
    points = points.with_columns(pl.col("date").cast(pl.String))
    theirs = expected(shared_data, f"points_{which}", screened, direction)
    both = points.join(theirs, left_on=["series", "date"], right_on=["series", "x"], how="inner")
    assert both.height == points.height == theirs.height
    assert both["kind"].to_list() == both["point_type"].to_list()
    assert [REFERENCE_NAMES[rule] for rule in both["rule"]] == both["special_cause_type"].to_list()
    assert farthest(both) < 1e-9


@SETS
@SCREENED
@BETTER
def test_every_series_bears_the_icons_of_the_reference(
    shared_data: Path, which: str, rules: str, screened: bool, better: str, direction: str
) -> None:
    series = judged(shared_data, which, rules=rules, better=better).series
    theirs = expected(shared_data, f"summary_{which}", screened, direction)
    both = series.join(theirs, on="series", how="inner", suffix="_theirs")
    assert both.height == series.height == theirs.height == SERIES_IN[which]
    for ours, named in (("variation", "variation_type"), ("assurance", "assurance_type")):
        assert both[ours].to_list() == both[named].to_list()
    assert both["n"].to_list() == both["n_theirs"].to_list()
    assert farthest(both) < 1e-9


def test_the_command_writes_the_same_icons(shared_data: Path, tmp_path: Path) -> None:
    source = shared_data / "spc" / "series_edge.csv"
    options = ["--series-column", "series", "--date-column", "date", "--value-column", "value"]
    judge = ["--better", "higher", "--target", "80", "--rules", "mdc-nhsr"]
    assert run(["spc", str(source), *options, *judge, "--out", str(tmp_path / "out")]) == 0
    with (tmp_path / "out" / "series.csv").open(encoding="utf-8", newline="") as file:
        ours = {row["series"]: (row["variation"], row["assurance"]) for row in csv.DictReader(file)}
    theirs = expected(shared_data, "summary_edge", True, "increase")
    names = theirs.select("series", "variation_type", "assurance_type").rows()
    assert ours == {series: (variation, assurance) for series, variation, assurance in names}


def test_metrics_of_a_store_are_judged_at_every_level(
    shared_data: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("COLUMNS", "160")
    store = tmp_path / "a.duckdb"
    files = sorted(str(path) for path in (shared_data / "ae").glob("*-2024-*.csv"))
    assert len(files) >= 3
    assert run(["ingest", *files, "--store", str(store)]) == 0
    capsys.readouterr()
    chosen = ["spc", "--metric", "ae.four-hours", "--store", str(store)]
    orgs = ["--org", "RYJ", "--org", "QHM", "--org", "ENG"]
    svg, out = tmp_path / "eng.svg", tmp_path / "out"
    written = ["--only", "ENG", "--svg", str(svg), "--out", str(out)]
    assert run([*chosen, *orgs, *written]) == 0
    assert "rules mdc-nhsr 1" in capsys.readouterr().out
    series = pl.read_csv(out / "series.csv")
    assert series["series"].to_list() == ["RYJ", "QHM", "ENG"]
    assert series["n"].to_list() == [len(files)] * 3
    # Nov 2024 is before the day by which 78% is due: short of it, and not missed.
    said = "short of the goal of at least 78% by March 2025"
    assert said in svg.read_text(encoding="utf-8")
    assert run([*chosen, "--better", "higher"]) == 2
    assert "leave out the file, --better" in capsys.readouterr().err
    assert run([*chosen, "--org", "ZZ9"]) == 2


def test_a_series_whose_name_stands_on_two_lines(
    shared_data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = shared_data / "cases" / "spc-cell-newline.csv"
    assert run(["spc", str(path), "--better", "higher"]) == 0
    assert "14 lines = 14 points + 0 rejected" in capsys.readouterr().out
