"""Slides and document: native tables and charts, alternative texts, nothing lost."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import docx
import pptx
import pytest
from docx.oxml.ns import qn
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from remit.exports import write_document, write_slides
from remit.exports.choosing import chosen, left_out_words
from remit.exports.fitting import RowRoom, pages, row_height
from remit.exports.native_charts import strokes
from remit.exports.pack import FULL, PackAsked
from remit.report.view import Icon, ReportSection, ReportView
from tests.exports.reading import parts
from tests.report.fictional import BELOW, fictional_report

CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
WORDS = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"


@pytest.fixture(scope="module")
def view() -> ReportView:
    return fictional_report()


@pytest.fixture(scope="module")
def slides(tmp_path_factory: pytest.TempPathFactory, view: ReportView) -> Path:
    path = tmp_path_factory.mktemp("slides") / "report.pptx"
    write_slides(view, path, FULL)
    return path


@pytest.fixture(scope="module")
def document(tmp_path_factory: pytest.TempPathFactory, view: ReportView) -> Path:
    path = tmp_path_factory.mktemp("document") / "report.docx"
    write_document(view, path, FULL)
    return path


def frames(path: Path) -> list[Any]:
    deck = pptx.Presentation(str(path))
    return [
        shape
        for slide in deck.slides
        for shape in slide.shapes
        if shape.has_chart or shape.has_table
    ]


def test_every_slide_has_a_title_of_its_own(slides: Path) -> None:
    titles = [slide.shapes.title.text for slide in pptx.Presentation(str(slides)).slides]
    assert all(titles)
    assert len(set(titles)) == len(titles)


def test_tables_and_charts_are_native_and_described(slides: Path, view: ReportView) -> None:
    found = frames(slides)
    described = [f._element.nvGraphicFramePr.cNvPr.get("descr") for f in found]
    assert all(described)
    charts = [words for f, words in zip(found, described, strict=True) if f.has_chart]
    assert len(view.exceptions) == 6
    assert len(charts) == 4, "two metrics, each drawn twice at most"
    assert all(BELOW in words for words in charts), "a chart's text states the finding"


def test_a_chart_holds_the_figures_its_limits_and_its_target(
    slides: Path, view: ReportView
) -> None:
    chart = next(frame.chart for frame in frames(slides) if frame.has_chart)
    held = {series.name: list(series.values) for series in chart.plots[0].series}
    line = view.own.exceptions[0]
    assert held["Value"] == [point.value for point in line.points]
    assert held["Upper limit"] == [point.upper for point in line.points]
    assert held["Target: 78"] == [78.0] * 24
    assert [v for v in held["Special cause: concern"] if v is not None] == held["Value"][-7:]


def test_the_labels_of_an_axis_are_not_rounded(slides: Path) -> None:
    for frame in (found for found in frames(slides) if found.has_chart):
        axis = frame.chart.value_axis
        whole = axis.tick_labels.number_format == "#,##0"
        assert whole == (axis.major_unit % 1 == 0)


def test_a_target_that_changes_is_drawn_as_two(view: ReportView) -> None:
    line = view.own.exceptions[0]
    points = tuple(
        replace(point, target=85.0 if place < 10 else 75.0)
        for place, point in enumerate(line.points)
    )
    drawn = {stroke.name: stroke.values for stroke in strokes(replace(line, points=points))}
    assert drawn["Target: 85"] == (85.0,) * 10 + (None,) * 14
    assert drawn["Target: 75"] == (None,) * 10 + (75.0,) * 14


def test_notes_name_file_line_and_column(slides: Path) -> None:
    notes = [
        slide.notes_slide.notes_text_frame.text
        for slide in pptx.Presentation(str(slides)).slides
        if slide.has_notes_slide
    ]
    assert notes
    assert all("invented.csv, line 7, column Total" in text for text in notes)


def test_letters_are_not_tiny(slides: Path) -> None:
    sizes = [
        run.font.size.pt
        for slide in pptx.Presentation(str(slides)).slides
        for shape in slide.shapes
        for frame in texts(shape)
        for paragraph in frame.paragraphs
        for run in paragraph.runs
    ]
    assert min(sizes) >= 11


def texts(shape: Any) -> list[Any]:
    if shape.has_table:
        return [cell.text_frame for row in shape.table.rows for cell in row.cells]
    return [shape.text_frame] if shape.has_text_frame else []


def test_every_slide_and_page_of_a_fictional_report_says_so(slides: Path, document: Path) -> None:
    for slide in pptx.Presentation(str(slides)).slides:
        assert any("fictional" in f.text for shape in slide.shapes for f in texts(shape))
    assert "fictional" in docx.Document(str(document)).sections[0].header.paragraphs[0].text


def test_a_document_has_headings_in_order_and_tables_with_repeated_heads(document: Path) -> None:
    read = docx.Document(str(document))
    levels = [
        int(p.style.name.removeprefix("Heading "))
        for p in read.paragraphs
        if p.style.name.startswith("Heading")
    ]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert read.tables
    for table in read.tables:
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
        assert table._tbl.tblPr.find(qn("w:tblDescription")) is not None


def test_charts_of_a_document_can_be_edited_and_are_described(document: Path) -> None:
    inlines = parts(document, "word/document.xml")[0].iter(f"{WORDS}docPr")
    described = [inline.get("descr") for inline in inlines]
    assert len(described) == 4
    assert all(words and BELOW in words for words in described)
    with zipfile.ZipFile(document) as file:
        books = [name for name in file.namelist() if name.startswith("word/embeddings/")]
        assert len(books) == len(parts(document, "word/charts/chart")) == 4
        assert all(zipfile.is_zipfile(io.BytesIO(file.read(name))) for name in books)


def test_each_chart_of_a_document_names_its_own_workbook(document: Path) -> None:
    relation = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
    with zipfile.ZipFile(document) as file:
        for number in range(1, 5):
            chart = file.read(f"word/charts/chart{number}.xml").decode()
            rels = file.read(f"word/charts/_rels/chart{number}.xml.rels").decode()
            assert f"embeddings/chart{number}.xlsx" in rels
            assert "__workbook__" not in chart
    external = parts(document, "word/charts/chart1.xml")[0].find(f"{CHART}externalData")
    assert external is not None
    assert external.get(relation)


def test_charts_are_drawn_by_urgency_and_the_rest_is_counted(view: ReportView) -> None:
    drawn = chosen(view, 4)
    assert [line.urgency for line in drawn] == [0, 0, 1, 1]
    assert left_out_words(view, 4) == (
        "2 further exceptions have their charts on the report’s pages."
    )


def test_what_is_not_drawn_is_counted(tmp_path: Path, view: ReportView) -> None:
    write_slides(view, tmp_path / "few.pptx", PackAsked("full", charts=1))
    said = [
        f.text
        for s in pptx.Presentation(str(tmp_path / "few.pptx")).slides
        for shape in s.shapes
        for f in texts(shape)
    ]
    assert any("5 further exceptions" in text for text in said)


def test_a_report_of_nothing_but_common_cause_can_be_written(
    tmp_path: Path, view: ReportView
) -> None:
    quiet = Icon("common_cause", "Common cause")
    none = Icon("no_target", "No target")
    lines = tuple(replace(line, variation=quiet, assurance=none) for line in view.own.lines)
    calm = replace(view, sections=(ReportSection(view.body, lines),), cuts=(), missing=())
    write_slides(calm, tmp_path / "calm.pptx", FULL)
    write_document(calm, tmp_path / "calm.docx", FULL)
    text = "\n".join(p.text for p in docx.Document(str(tmp_path / "calm.docx")).paragraphs)
    assert "There is no special cause and no target that is missed." in text
    assert "Nothing is missing or late." in text


@settings(suppress_health_check=[HealthCheck.too_slow])  # texts of 300 signs, on a busy machine
@given(st.lists(st.tuples(st.text("ab ", max_size=300), st.text("ab ", max_size=60)), max_size=40))
def test_no_row_is_lost_between_pages_and_none_overflows(rows: list[tuple[str, str]]) -> None:
    sheet, shares, heads = RowRoom(10, 4, 12), (3.0, 1.0), ("One", "Two")
    groups = pages(rows, shares, heads, sheet)
    assert [row for group in groups for row in group] == rows
    head = row_height(heads, shares, sheet)
    for group in groups:
        height = head + sum(row_height(row, shares, sheet) for row in group)
        assert height <= sheet.height + 1e-9 or len(group) == 1
