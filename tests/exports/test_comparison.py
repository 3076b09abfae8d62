"""What stands beside a figure reads the same on pages, sheets, slides and in the document."""

from __future__ import annotations

from pathlib import Path

import pytest

from remit.exports.report_folder import write_report
from remit.report import build_report
from tests.exports.reading import parts, sheets, table_of
from tests.report.stores import SEEN, frame, seen

PEERS = ("ZA2", "ZA3", "ZA4", "ZA6", "ZA7")
SAID = "Median of 5 peers 74.0%; 1 of 6, best first; better than chance explains"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A trust whose last month of 13 is a signal, beside five peers: 70% to 78%."""
    own = [seen("ZA1", [*[80.0, 81.0] * 6, 95.0])]
    others = [seen(code, [70.0 + 2 * n] * 13) for n, code in enumerate(PEERS)]
    report = build_report(frame(*own, *others), "ZA1", "Jun 2025", metrics=[SEEN], peers=PEERS)
    out = tmp_path_factory.mktemp("folder") / "report"
    write_report(report, out)
    return out


def texts(path: Path, pattern: str) -> str:
    return " ".join("".join(part.itertext()) for part in parts(path, pattern))


def test_all_media_say_the_same_of_the_peers(folder: Path) -> None:
    page = (folder / "metrics" / "made-up-seen-in-time.html").read_text(encoding="utf-8")
    # The page draws peers as a row and has the sentence beneath; the other media have both in one.
    assert "Peers (5 acute trusts): median 74.0%" in page
    assert "Better than chance explains." in page
    assert SAID in texts(folder / "report.pptx", "slides/slide")
    # The document has it in sentences: a paragraph has the room that a cell has not.
    assert "Better than chance explains." in texts(folder / "report.docx", "word/document")
    (row,) = table_of(sheets(folder / "report.xlsx")["summary"], "Organisation code")
    assert SAID in row["Beside it"]


def test_the_sheet_of_comparison_has_a_row_a_figure(folder: Path) -> None:
    found = table_of(sheets(folder / "report.xlsx")["comparison"], "Organisation code")
    whose = [(row["Beside"], row["Whose"], row["Value"]) for row in found]
    # (950 + 700 + 720 + 740 + 760 + 780) of 6,000
    assert whose[0] == ("England", "All of the fictional sample", 77.5)
    assert whose[2] == ("Median of peers", "Acute trusts", 74.0)
    assert [value for beside, _, value in whose if beside == "Peer"] == [78, 76, 74, 72, 70]


def test_the_page_of_a_metric_draws_the_funnel_and_lists_the_peers(folder: Path) -> None:
    page = (folder / "metrics" / "made-up-seen-in-time.html").read_text(encoding="utf-8")
    assert "Funnel plot of Seen in time: acute trusts, Jun 2025" in page
    assert page.count("Quillborough Hospitals") >= 1
    assert "beyond the outer limits: Larkshire University Hospitals (better)" in page
