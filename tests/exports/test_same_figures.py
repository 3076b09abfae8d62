"""Every figure on the slides of findings, and in the document, is the one that the page prints."""

from __future__ import annotations

import re
from pathlib import Path

import docx
import pptx
import pytest

from remit.exports.report_folder import write_report
from remit.report import build_report
from remit.report.findings import findings
from remit.report.view import ReportView
from tests.report.stores import SEEN, frame, seen

PEERS = ("ZA4", "ZA6", "ZA7", "ZA8")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, ReportView]:
    """An ICB whose last month falls with one of its trusts: figures that no other has."""
    own = [seen("ZA1", [*[80.1, 81.3] * 6, 61.7]), seen("ZA2", [*[70.9, 72.4] * 6, 71.2])]
    others = [seen(code, [64.0 + n] * 13) for n, code in enumerate(PEERS)]
    held = frame(*own, *others)
    report = build_report(held, "ZB1", "Jun 2025", metrics=[SEEN], peers=PEERS)
    out = tmp_path_factory.mktemp("same") / "report"
    write_report(report, out)
    return out, report.view


def figures(text: str) -> set[str]:
    return set(re.findall(r"\d[\d,]*\.\d+%", text))


def test_slides_and_document_have_no_figure_that_the_pages_lack(
    made: tuple[Path, ReportView],
) -> None:
    folder, view = made
    pages = figures(" ".join(p.read_text(encoding="utf-8") for p in folder.rglob("*.html")))
    slides = pptx.Presentation(str(folder / "report.pptx")).slides
    shown = " ".join(
        [s.text_frame.text for slide in slides for s in slide.shapes if s.has_text_frame]
        + [cell.text for slide in slides for s in slide.shapes if s.has_table
           for row in s.table.rows for cell in row.cells]
    )  # fmt: skip
    document = docx.Document(str(folder / "report.docx"))
    written = " ".join(
        [p.text for p in document.paragraphs]
        + [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    )
    (found,) = findings(view)
    # 617, 712 and, of the third member, 640 of 1,000 each: 65.63%.
    assert found.line.said == "65.6%"
    for text in (shown, written):
        assert {"65.6%", "61.7%", "71.2%"} <= figures(text)
        assert figures(text) <= pages
