"""A user's own plan on the charts of a report: its values, whose it is, and where they stand."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest

from remit.catalogue import load_computed_metrics
from remit.exports import write_report
from remit.exports.pack import FULL
from remit.pages.report.chart import report_chart
from remit.register import load_register
from remit.report import Report, build_report
from remit.report.view import ReportLine
from remit.signals.trajectories import read_trajectories
from tests.report.stores import frame, rows

METRICS = load_computed_metrics()
METRIC = METRICS["ae.four-hours"]
PLANS = (
    "organisation,metric,month,value",
    "ZA1,ae.four-hours,Mar 2025,75",
    "ZB1,ae.four-hours,Mar 2025,80",
    "ZA1,ae.four-hours,May 2025,76.5",
    "ZA1,ae.four-hours,Jun 2025,77",
)
"""April is not planned; ZB1's line stands between those of ZA1."""


@pytest.fixture
def report(tmp_path: Path) -> Report:
    """Fourteen months of ZA1 up to June 2025, 64% and 66% by turns, with its plan."""
    path = tmp_path / "plans.csv"
    path.write_text("\n".join(PLANS), encoding="utf-8")
    plans = read_trajectories(path, METRICS, load_register())
    made = [row for one in METRIC.measures for row in rows("ZA1", one, _values(one))]
    return build_report(frame(made), "ZA1", "Jun 2025", metrics=[METRIC], plans=plans)


def _values(measure: str) -> list[float | None]:
    """100 attendances of type 1 a month, of which 36 and 34 by turns wait longer."""
    if measure == "ae.attendances-type-1":
        return [100.0] * 14
    return [36.0, 34.0] * 7 if measure == "ae.over-4-hours-type-1" else [0.0] * 14


def drawn(line: ReportLine) -> list[list[float]]:
    """The strokes of the plan as values, by the heights of points whose values are known."""
    wide = report_chart(line, _Rules(), "c").wide  # type: ignore[arg-type]
    low, high = sorted({round(dot.y, 6) for dot in wide.dots}, reverse=True)
    up = (66.0 - 64.0) / (high - low)
    return [
        [round(64.0 + (y - low) * up, 1) for y in (one.y1, one.y2)]
        for one in wide.lines
        if one.css == "spc-planned"
    ]


class _Rules:
    name, id = "Rules", "rules"


def test_the_line_on_the_page_has_the_file_s_values_and_breaks_where_nothing_is_planned(
    report: Report,
) -> None:
    assert [point.value for point in report.view.own.lines[0].points][-2:] == [64.0, 66.0]
    # March stands alone, since April is not planned; May goes to June, which ends it.
    assert drawn(report.view.own.lines[0]) == [[75.0, 75.0], [76.5, 77.0], [77.0, 77.0]]


def test_the_legend_says_whose_plan_it_is_and_where_it_stands(report: Report) -> None:
    line = report.view.own.lines[0]
    chart = report_chart(line, report.view.rules, "c")
    assert f"own plan of {line.body.short}" in [one.words for one in chart.key]
    said = f"Own plan of {line.body.short} (dashes and dots): plans.csv, lines 2, 4 and 5."
    assert said in chart.legend


def test_slides_and_document_draw_the_same_line(report: Report, tmp_path: Path) -> None:
    write_report(report, tmp_path / "out", ["pptx", "docx"], pack=FULL)
    name = f"Own plan of {report.view.body.short}"
    for file, folder in (("report.pptx", "ppt/charts"), ("report.docx", "word/charts")):
        found = [one for one in series(tmp_path / "out" / file, folder) if one[0] == name]
        assert found, file
        # The fourteen months begin with May 2024, so March 2025 is the eleventh.
        assert all(values == {10: 75.0, 12: 76.5, 13: 77.0} for _, values in found)


def series(path: Path, folder: str) -> list[tuple[str, dict[int, float]]]:
    """Name and values, by their place, of every series of every chart in a file."""
    found: list[tuple[str, dict[int, float]]] = []
    with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as held:
        for name in held.namelist():
            if name.startswith(f"{folder}/chart") and name.endswith(".xml"):
                found += map(_series, re.findall(r"<c:ser>.*?</c:ser>", _text(held, name), re.S))
    return found


def _text(held: zipfile.ZipFile, name: str) -> str:
    return held.read(name).decode()


def _series(xml: str) -> tuple[str, dict[int, float]]:
    name: Any = re.search(r"<c:tx>.*?<c:v>(.*?)</c:v>", xml, re.S)
    values = xml.partition("<c:val>")[2]
    points = re.findall(r'<c:pt idx="(\d+)">\s*<c:v>(.*?)</c:v>', values)
    return name[1], {int(place): float(value) for place, value in points}
