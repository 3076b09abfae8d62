"""The spreadsheet keeps the rules of accessible spreadsheets, and every figure with its source."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from remit.exports import write_spreadsheet
from remit.exports.sheets import sheets as made_sheets
from remit.report.view import ReportSection, ReportView
from tests.exports.reading import parts, sheets, table_of
from tests.report.fictional import fictional_report

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


@pytest.fixture(scope="module")
def view() -> ReportView:
    return fictional_report()


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory, view: ReportView) -> Path:
    found = tmp_path_factory.mktemp("sheet") / "report.xlsx"
    write_spreadsheet(view, found)
    return found


def test_cover_contents_and_notes_come_first_and_names_are_lower_case(path: Path) -> None:
    names = list(sheets(path))
    assert names[:3] == ["cover", "contents", "notes"]
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", name) for name in names)


def test_each_sheet_has_its_title_in_its_first_cell_and_one_table(path: Path) -> None:
    found = sheets(path)
    assert all(str(cells[0][0]).strip() for cells in found.values())
    assert len(parts(path, "xl/tables/")) == len(found) - 1  # the cover has none


def test_contents_lists_every_sheet_of_figures(path: Path) -> None:
    found = sheets(path)
    listed = {row["Sheet name"] for row in table_of(found["contents"], "Sheet name")}
    assert listed >= set(found) - {"cover", "contents", "notes"}


def test_no_cell_is_merged_and_none_in_a_table_is_empty(path: Path) -> None:
    assert not any(sheet.findall(f"{MAIN}mergeCells") for sheet in parts(path, "xl/worksheets/"))
    for name, cells in sheets(path).items():
        if name in {"cover", "contents", "notes"}:
            continue
        body = cells[4:]  # title, two subtitles of a fictional report, instructions
        assert all(value != "" for row in body for value in row), name


def test_icons_are_words_and_numbers_are_numbers(path: Path) -> None:
    first = table_of(sheets(path)["summary"], "Organisation code")[0]
    assert first["Variation"] == "Concern (low)"
    assert first["Assurance"] == "Falls short of the target"
    assert first["Latest value"] == pytest.approx(68.0)
    assert first["Mean"] == pytest.approx(73.1)


def test_every_line_can_be_followed_to_file_and_line(path: Path, view: ReportView) -> None:
    found = sheets(path)
    traced = table_of(found["trace"], "Organisation code")
    files = {row["File"]: row["SHA-256"] for row in table_of(found["sources"], "File")}
    summary = table_of(found["summary"], "Organisation code")
    assert len(summary) == len(view.lines)
    for line in summary:
        own = [
            row
            for row in traced
            if (row["Organisation code"], row["Metric"])
            == (line["Organisation code"], line["Metric"])
        ]
        assert own
        assert all(len(files[row["File"]]) == 64 and row["Line"] >= 1 for row in own)


def test_all_points_are_there(path: Path, view: ReportView) -> None:
    rows = table_of(sheets(path)["figures"], "Organisation code")
    assert len(rows) == sum(len(line.points) for line in view.lines)
    assert {row["Special cause"] for row in rows} == {"common cause", "concern", "improvement"}


def test_a_fictional_report_says_so_on_every_sheet(path: Path) -> None:
    for name, cells in sheets(path).items():
        if name not in {"contents", "notes"}:
            assert any("fictional" in str(row[0]) for row in cells[:4]), name


def test_a_sheet_too_long_to_read_keeps_the_own_rows_and_says_so(view: ReportView) -> None:
    many = replace(view, sections=(view.own, *(view.members * 100)))
    figures = next(sheet for sheet in made_sheets(many) if sheet.name == "figures")
    assert len(figures.rows) == sum(len(line.points) for line in view.own.lines)
    assert "14,472 would be too many" in figures.about


def test_names_are_no_formulas_and_marks_are_named(tmp_path: Path, view: ReportView) -> None:
    line = view.own.lines[0]
    traces = tuple(
        replace(line.traces[0], measure=measure, column=column)
        for measure, column in (("=1+1", "*"), ("http://x.example/a", ""))
    )
    odd = replace(view, sections=(ReportSection(view.body, (replace(line, traces=traces),)),))
    write_spreadsheet(odd, tmp_path / "odd.xlsx")
    rows = table_of(sheets(tmp_path / "odd.xlsx")["trace"], "Organisation code")
    assert [(row["Published measure"], row["Column"]) for row in rows] == [
        ("=1+1", "mark *"),
        ("http://x.example/a", "[z]"),
    ]
    made = parts(tmp_path / "odd.xlsx", "xl/worksheets/")
    assert not [cell for sheet in made for cell in sheet.iter(f"{MAIN}f")]
