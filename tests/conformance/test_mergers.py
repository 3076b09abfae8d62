"""Mergers and divisions of 2026: which history a figure has, and who came to an ICB."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from remit.api import read_each
from remit.cli.run import run
from remit.report import build_report
from remit.series import series
from remit.store import Store

METRIC = "ae.four-hours"


@pytest.fixture(scope="module")
def path(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All A&E files, and March 2025 once more as if it were April 2026, after RY2 joined RWW."""
    made = tmp_path_factory.mktemp("mergers") / "s.duckdb"
    with Store.open(made) as store:
        for file in sorted((shared_data / "ae").glob("*.csv")):
            store.ingest(read_each([file]))
        moved = made.parent / "April-2026-moved.csv"
        moved.write_text(as_april_2026(shared_data / "ae" / "Monthly-AE-March-2025.csv"), "utf-8")
        store.ingest(read_each([moved]))
    return made


def as_april_2026(march: Path) -> str:
    """The file under another month; RY2 has no row of its own, nor has England a total."""
    lines = march.read_text(encoding="utf-8-sig").splitlines()
    kept = [line for line in lines if ",RY2," not in line and not line.upper().startswith("TOTAL")]
    return "\n".join(kept).replace("MARCH-2025", "APRIL-2026") + "\n"


@pytest.fixture(scope="module")
def store(path: Path) -> Iterator[Store]:
    with Store.open(path, read_only=True) as held:
        yield held


WAYS = [("as published", (), 64.09), ("with predecessors", ("--with-predecessors",), 71.65)]


@pytest.mark.parametrize(("said", "option", "march"), WAYS)
def test_march_2025_is_one_figure_of_each_way(
    store: Store, path: Path, tmp_path: Path, said: str, option: tuple[str, ...],
    march: float,
) -> None:  # fmt: skip
    way = bool(option)
    made = series(store, METRIC, organisations=["RWW"], with_predecessors=way).frame
    (of_series,) = [r["value"] for r in made.to_dicts() if r["period_label"] == "Mar 2025"]
    for period in ("Mar 2025", "Apr 2026"):
        view = build_report(store, "RWW", period, with_predecessors=way).view
        line = next(one for one in view.own.lines if one.metric.id == METRIC)
        (of_report,) = [p.value for p in line.points if p.label == "Mar 2025"]
        assert of_report == of_series
    asked = ["spc", "--store", str(path), "--metric", METRIC, "--org", "RWW", *option]
    assert run([*asked, "--out", str(tmp_path / "out")]) == 0
    with (tmp_path / "out" / "points.csv").open(encoding="utf-8", newline="") as file:
        (of_spc,) = [row for row in csv.DictReader(file) if row["date"] == "2025-03-01"]
    assert float(of_spc["value"]) == pytest.approx(of_series)
    assert of_series == pytest.approx(march, abs=0.005)
    assert said in (tmp_path / "out" / "run.json").read_text(encoding="utf-8")


def test_the_merger_is_told_and_called_no_change_of_performance(store: Store) -> None:
    view = build_report(store, "RWW", "Apr 2026").view
    line = next(one for one in view.own.lines if one.metric.id == METRIC)
    assert "RY2" in line.sentence
    assert "special cause" not in line.sentence.replace("no special cause", "")
    assert line.changes[-1].on == date(2026, 4, 1)


def test_a_part_of_frimley_came_to_hampshire(store: Store) -> None:
    """QNQ was divided on 1 April 2026, and north-east Hampshire went to QRL."""
    made = series(store, METRIC, "icb", organisations=["QRL"], on=date(2026, 4, 30))
    (change,) = [c for c in made.changed("QRL", METRIC) if c.since >= date(2026, 4, 1)]
    assert change.parts == ("QNQ",)
    assert "a part of QNQ" in made.members(made.frame.row(-1, named=True))
    earlier = series(store, METRIC, "icb", organisations=["QRL"], on=date(2026, 3, 31))
    assert earlier.frame["value"].to_list() == made.frame["value"].to_list()[: earlier.frame.height]
