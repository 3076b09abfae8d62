"""A report's folder is written whole or not at all."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest

from remit.exports import write_report
from remit.model.errors import RemitError
from remit.pages.frame.folders import MARKER
from remit.report import Report
from remit.report.tracing import ROW_COLUMNS
from tests.report.fictional import fictional_report


@pytest.fixture
def report() -> Report:
    return Report(fictional_report(), pl.DataFrame(schema=dict.fromkeys(ROW_COLUMNS, pl.String)))


def test_all_forms_are_written_and_offered(tmp_path: Path, report: Report) -> None:
    written = write_report(report, tmp_path / "out")
    wanted = {"index.html", "report.xlsx", "report.pptx", "report.docx"}
    assert wanted | {"source-rows.csv", "points.csv"} <= set(written.files)
    home = (tmp_path / "out" / "index.html").read_text(encoding="utf-8")
    for name in ("report.xlsx", "report.pptx", "report.docx", "source-rows.csv"):
        assert f'href="{name}"' in home


WORKBOOK_ALONE = (
    "commentary.csv", "datapackage.json", "points.csv", "report.xlsx", "source-rows.csv",
)  # fmt: skip
"""Beside what was asked for: the rows behind it, and the comments, to be kept for next month."""


def test_only_what_is_asked_for_is_written(tmp_path: Path, report: Report) -> None:
    written = write_report(report, tmp_path / "out", ["xlsx"])
    assert written.files == WORKBOOK_ALONE
    assert written.pages == 0


def test_an_earlier_report_is_replaced_as_a_whole(tmp_path: Path, report: Report) -> None:
    write_report(report, tmp_path / "out", ["pages"])
    assert write_report(report, tmp_path / "out", ["xlsx"]).files == WORKBOOK_ALONE


def test_a_failure_leaves_the_earlier_report(tmp_path: Path, report: Report) -> None:
    write_report(report, tmp_path / "out", ["xlsx"])
    broken = Report(replace(report.view, sections=()), report.rows)
    with pytest.raises(IndexError):
        write_report(broken, tmp_path / "out", ["pptx"])
    assert (tmp_path / "out" / "report.xlsx").is_file()
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_a_folder_of_somebody_elses_is_left_alone(tmp_path: Path, report: Report) -> None:
    (tmp_path / "mine.txt").write_text("keep")
    with pytest.raises(RemitError, match="not empty"):
        write_report(report, tmp_path, ["xlsx"])
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_an_unknown_form_is_refused(tmp_path: Path, report: Report) -> None:
    with pytest.raises(RemitError, match="--formats takes any of pages, xlsx, pptx, docx; got odt"):
        write_report(report, tmp_path / "out", ["odt"])
    assert not (tmp_path / "out").exists()


def test_the_folder_is_known_as_remits(tmp_path: Path, report: Report) -> None:
    write_report(report, tmp_path / "out", ["xlsx"])
    assert (tmp_path / "out" / MARKER).is_file()


def test_all_points_are_in_a_file_of_their_own(tmp_path: Path, report: Report) -> None:
    write_report(report, tmp_path / "out", ["xlsx"])
    points = pl.read_csv(tmp_path / "out" / "points.csv")
    assert points.height == sum(len(line.points) for line in report.view.lines)
    assert points["Value"].to_list()[-1] == 68.0
    # Sorted as texts, the first days are in the order of time; labels such as Apr 2025 are not.
    of_one = points.filter(pl.col("Organisation code") == points["Organisation code"][0])
    one = of_one.filter(pl.col("Metric") == of_one["Metric"][0]).sort("First day")
    assert one["First day"].to_list()[0] == "2023-07-01"
    assert one.row(-1, named=True)["Period"] == "Jun 2025"
    assert one["Last day"].to_list()[-1] == "2025-06-30"


def test_libraries_are_loaded_when_their_file_is_written() -> None:
    code = (
        "import sys, remit.exports, remit.cli.figures.report; "
        "print(sorted({'pptx', 'docx', 'pandas', 'gptables'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("name", ["mynotes.txt", "minutes/may.docx"])
def test_what_a_user_put_beside_a_report_is_not_lost(
    tmp_path: Path, report: Report, name: str
) -> None:
    write_report(report, tmp_path / "out", ["xlsx"])
    mine = tmp_path / "out" / name
    mine.parent.mkdir(exist_ok=True)
    mine.write_text("mine")
    with pytest.raises(RemitError, match=rf"holds what Remit did not write: {name}; move it away"):
        write_report(report, tmp_path / "out", ["xlsx"])
    assert mine.read_text() == "mine"
    mine.unlink()
    assert write_report(report, tmp_path / "out", ["xlsx"]).files == WORKBOOK_ALONE
