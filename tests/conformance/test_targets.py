"""Goals on real files: the year so far as NHS England prints it, and which goal each month has."""

from __future__ import annotations

import csv
from datetime import time
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from remit.cli.run import run

pytestmark = pytest.mark.conformance


@pytest.fixture(scope="module")
def store(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("targets") / "a.duckdb"
    files = [shared_data / "ambulance", shared_data / "ae"]
    assert run(["ingest", *map(str, files), "--store", str(path), "--quiet"]) in {0, 1}
    return path


def printed(shared_data: Path) -> dict[str, float]:
    """The mean of each year of category 2 in minutes, as the sheet of England prints it."""
    (file,) = (shared_data / "ambulance").glob("AmbSYS-Time-Series-*.xlsx")
    sheet = CalamineWorkbook.from_path(file).get_sheet_by_name("Response times").to_python()
    (head,) = (row for row in sheet if "A31" in row)
    means = {str(row[2]): row[head.index("A31")] for row in sheet if str(row[2])[:2] == "20"}
    return {
        year: 60 * mean.hour + mean.minute + (mean.second + mean.microsecond / 1e6) / 60
        for year, mean in means.items()
        if isinstance(mean, time)
    }


@pytest.mark.parametrize(
    ("period", "year", "begin"),
    [
        ("Mar 2024", "2023-24", "Mean of 2023/24: "),
        ("Mar 2025", "2024-25", "Mean of 2024/25: "),
        (
            "Aug 2025",
            "2025-26 so far",
            "Mean of 2025/26 so far, 5 of 12 months (Apr 2025 to Aug 2025): ",
        ),
    ],
)
def test_the_year_is_the_one_that_is_printed(
    shared_data: Path,
    store: Path,
    capsys: pytest.CaptureFixture[str],
    period: str,
    year: str,
    begin: str,
) -> None:
    metric = "ambulance.mean-response-c2"
    asked = ["spc", "--metric", metric, "--org", "ENG", "--period", period, "--store", str(store)]
    assert run(asked) == 0
    (said,) = (line for line in capsys.readouterr().out.splitlines() if line.startswith(begin))
    minutes = float(said.removeprefix(begin).partition(" ")[0])
    assert minutes == pytest.approx(printed(shared_data)[year], abs=0.05)


@pytest.mark.parametrize("org", ["RYJ", "QRV", "ENG"])
def test_each_month_of_ae_has_the_goal_of_its_year(store: Path, tmp_path: Path, org: str) -> None:
    asked = ["spc", "--metric", "ae.four-hours", "--org", org, "--store", str(store)]
    assert run([*asked, "--out", str(tmp_path), "--years", "8"]) == 0
    text = (tmp_path / "points.csv").read_text(encoding="utf-8")
    held = [row for row in csv.DictReader(text.splitlines()) if row["value"]]
    targets = {row["date"]: row["target"] for row in held}
    assert len(targets) >= 20
    for month, target in targets.items():
        goals = {"2023": "76.0", "2024": "78.0", "2025": "78.0", "2026": "82.0"}
        year = month[:4] if month[5:7] >= "04" else str(int(month[:4]) - 1)
        assert target == goals.get(year, "95.0"), month
