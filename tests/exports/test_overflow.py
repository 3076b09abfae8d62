"""Nothing overflows: words are measured by the metrics of Helvetica and held against their room."""

from __future__ import annotations

import re
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import docx
import pptx
import pytest

from remit.exports import write_document, write_slides, write_spreadsheet
from remit.exports.fitting import RowRoom, pages, row_height, torn
from remit.exports.pack import FULL
from remit.report.view import ReportView
from tests.exports.reading import sheets
from tests.report.fictional import fictional_report

# Adobe's metrics of Helvetica: the letters from the blank to the tilde, in thousandths.
_AFM = (
    "278 278 355 556 556 889 667 191 333 333 389 584 278 333 278 278 556 556 556 556 556 556 556 "
    "556 556 556 278 278 584 584 584 556 1015 667 667 722 722 667 611 778 722 278 500 667 556 833 "
    "722 778 667 778 722 667 611 722 667 944 667 667 611 278 278 278 469 556 333 556 556 500 556 "
    "556 278 556 556 222 222 500 222 833 556 556 556 556 333 500 278 556 500 722 500 500 500 334 "
    "260 334 584"
)
WIDTHS = {chr(code): int(width) for code, width in enumerate(_AFM.split(), start=32)}
EMU = 914400
LONG = " ".join(["It has been below its process mean of 73.1% for 7 months in Larkshire."] * 14)
NAMES = tuple(
    f"Patients of group {n} waiting over 52 weeks for a first appointment in the community, adults"
    for n in range(80)
)


def lines_of(text: str, points: float, inches: float, bold: bool = False) -> int:
    """How many lines words take, broken at blanks."""
    room, count = inches * 72, 0
    for paragraph in text.split("\n"):
        count, used = count + 1, 0.0
        for word in paragraph.split(" "):
            width = sum(WIDTHS.get(c, 600) for c in word + " ") * points / 1000
            width *= 1.07 if bold else 1
            if used and used + width > room:
                count, used = count + 1, 0.0
            used += width
    return count


def height(frame: Any, inches: float) -> float:
    """The height of a frame's words in inches."""
    points = 0.0
    for paragraph in frame.paragraphs:
        size = max((run.font.size.pt for run in paragraph.runs), default=12)
        bold = any(run.font.bold for run in paragraph.runs)
        points += lines_of(paragraph.text, size, inches, bold) * size * 1.2
        points += paragraph.space_after.pt if paragraph.space_after else 0
    return points / 72


@pytest.fixture(scope="module")
def view() -> ReportView:
    """A report in which all that can be long is long."""
    plain = fictional_report(members=7)
    sections = tuple(
        replace(
            section,
            lines=tuple(
                replace(
                    line,
                    sentence=LONG,
                    metric=replace(
                        line.metric, name=f"{line.metric.name}: {NAMES[0]} ({NAMES[1]})"
                    ),
                )
                for line in section.lines
            ),
        )
        for section in plain.sections
    )
    share = replace(plain.balance.today, without=NAMES)
    (gap,) = plain.missing
    gaps = tuple(replace(gap, metric=replace(gap.metric, name=name)) for name in NAMES)
    return replace(
        plain,
        sections=sections,
        balance=replace(plain.balance, today=share),
        missing=gaps,
        notes=(LONG * 4,),
    )


@pytest.fixture(scope="module")
def slides(tmp_path_factory: pytest.TempPathFactory, view: ReportView) -> Any:
    path = tmp_path_factory.mktemp("slides") / "report.pptx"
    write_slides(view, path, FULL)
    return pptx.Presentation(str(path))


def shapes(deck: Any) -> list[tuple[int, Any]]:
    return [(n, shape) for n, slide in enumerate(deck.slides, 1) for shape in slide.shapes]


def test_words_on_slides_fit_their_shapes(slides: Any) -> None:
    for number, shape in shapes(slides):
        if shape.has_text_frame and shape.text_frame.text:
            room = shape.height / EMU - 0.1
            needed = height(shape.text_frame, shape.width / EMU - 0.2)
            assert needed <= room + 0.02, (number, shape.text_frame.text[:80], needed, room)
            assert shape.top + shape.height <= slides.slide_height


def test_tables_on_slides_end_above_the_foot(slides: Any) -> None:
    foot = slides.slide_height / EMU - 0.48
    for number, shape in shapes(slides):
        if shape.has_table:
            grid = shape.table
            widths = [column.width / EMU for column in grid.columns]
            rows = [
                max(height(c.text_frame, w - 0.12) for c, w in zip(row.cells, widths, strict=True))
                for row in grid.rows
            ]
            assert shape.top / EMU + sum(rows) + 0.06 * len(rows) <= foot, (number, len(rows))


def test_no_word_is_lost_where_a_row_or_a_paragraph_runs_on(slides: Any) -> None:
    told = " ".join(
        frame.text
        for _, shape in shapes(slides)
        for frame in (
            [c.text_frame for row in shape.table.rows for c in row.cells]
            if shape.has_table
            else [shape.text_frame] if shape.has_text_frame else []
        )
    )  # fmt: skip
    for name in NAMES:
        assert name in told


def test_metrics_without_a_figure_are_a_list_of_their_own(slides: Any, view: ReportView) -> None:
    titled = [s for s in slides.slides if "metrics without a figure" in s.shapes.title.text]
    cells = [
        cell.text_frame.text
        for slide in titled
        for shape in slide.shapes
        if shape.has_table
        for row in list(shape.table.rows)[1:]
        for cell in row.cells
    ]
    assert [text for text in cells if text] == list(view.balance.today.without) + list(
        view.balance.tomorrow.without
    )


def test_a_row_taller_than_a_page_is_torn_and_each_piece_fits() -> None:
    sheet, shares, heads = RowRoom(10, 4, 12), (3.0, 1.0), ("One", "Two")
    row = ("word " * 900, "b " * 700)
    pieces = torn((row[0].strip(), row[1].strip()), shares, heads, sheet)
    assert len(pieces) > 1
    for place in (0, 1):
        assert " ".join(piece[place] for piece in pieces).split() == row[place].split()
    for group in pages(pieces, shares, heads, sheet):
        used = sum(row_height(one, shares, sheet) for one in (heads, *group))
        assert used <= sheet.height + 1e-9


# The spreadsheet ----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory, view: ReportView) -> Path:
    path = tmp_path_factory.mktemp("book") / "report.xlsx"
    write_spreadsheet(view, path)
    return path


SPACE = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
PIXELS_OF_A_DIGIT, MOST_POINTS = 7, 409.5


def laid_out(path: Path) -> dict[str, tuple[dict[int, float], dict[int, float]]]:
    """By sheet: the widths of columns in inches, and the heights of rows in points."""
    found = {}
    with zipfile.ZipFile(path) as archive:
        names = re.findall(r'<sheet name="([^"]+)"', archive.read("xl/workbook.xml").decode())
        for number, name in enumerate(names, start=1):
            root = ElementTree.fromstring(archive.read(f"xl/worksheets/sheet{number}.xml"))
            widths = {
                place: float(column.get("width", "9")) * PIXELS_OF_A_DIGIT / 96
                for column in root.iter(f"{SPACE}col")
                for place in range(int(column.get("min", 1)), int(column.get("max", 1)) + 1)
            }
            rows = root.iter(f"{SPACE}row")
            heights = {int(row.get("r", 0)): float(row.get("ht", "15.75")) for row in rows}
            found[name] = widths, heights
    return found


def test_rows_are_as_high_as_their_wrapped_words(book: Path) -> None:
    """Words of 12 points, in columns that are wrapped where they are widest."""
    laid = laid_out(book)
    for name, cells in sheets(book).items():
        if name in {"cover", "contents", "notes"}:
            continue
        widths, heights = laid[name]
        head = next(at for at, row in enumerate(cells) if sum(map(bool, row)) > 1)
        for at, row in enumerate(cells[head + 1 :], start=head + 2):
            needed = max(
                lines_of(str(cell), 12, widths[place] - 0.06)
                for place, cell in enumerate(row, start=1)
            )
            given = heights.get(at, 15.75)
            assert given <= MOST_POINTS, (name, at)
            assert needed * 12 * 1.2 <= given + 1, (name, at, needed, given)


def test_the_spreadsheet_lists_metrics_without_a_figure(book: Path, view: ReportView) -> None:
    rows = sheets(book)["without-a-figure"]
    told = [tuple(row[:2]) for row in rows if row and row[0] in {"today", "tomorrow"}]
    shares = view.balance.shares
    assert told == [(share.horizon, name) for share in shares for name in share.without]


def test_a_document_lists_them_one_a_line(tmp_path: Path, view: ReportView) -> None:
    path = tmp_path / "report.docx"
    write_document(view, path, FULL)
    paragraphs = docx.Document(str(path)).paragraphs
    listed = [p.text for p in paragraphs if p.style.name == "List Bullet"]
    shares = view.balance.shares
    assert listed == [name for share in shares for name in share.without]


def test_only_rows_that_fit_on_a_page_are_kept_whole(tmp_path: Path, view: ReportView) -> None:
    """A row that must not be torn and is taller than a page would end beyond its foot."""
    path = tmp_path / "report.docx"
    write_document(view, path, FULL)
    for table in docx.Document(str(path)).tables:
        for row in table.rows[1:]:
            tallest = max(
                lines_of(cell.text, 9.5, cell.width.inches - 0.16) * 9.5 * 1.2 / 72
                for cell in row.cells
            )
            whole = bool(row._tr.xpath("./w:trPr/w:cantSplit"))
            assert whole == (tallest <= 5.3), (table.rows[0].cells[0].text, tallest)
