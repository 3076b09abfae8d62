"""What people write steers neither a page, nor a document, a spreadsheet or a screen."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from remit.cli.run import run
from tests.annual.region import Region

BAD = "<script>alert('{}')</script>\u202egpj.exe\u2066 \u200b\x9b31m <img src=x onerror=alert(1)>"
"""A script, signs that turn the direction of writing, unseen ones, a sequence of a terminal."""
FORMULAS = ("=cmd|' /C calc'!A0", "+1+cmd", "-2+3", "@SUM(1+1)", "\t=1+1", "＝1+1")
STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u202a-\u202e\u2066-\u2069]")


def hostile(lead: str) -> Region:
    """An assessment each of whose texts begins with ``lead`` and goes on as the above."""

    def bad(name: str) -> str:
        return f"{lead} {BAD.format(name)} {name}"

    made = Region("2024-25", 0)
    made.icbs = [{"code": "ZB1", "name": bad("icb"), "asked": [bad("asked")]}]
    made.head = {"public_names": [{"name": bad("public"), "office": bad("office")}]}
    made.figures = [
        {"icb": "ZB1", "metric": bad("metric"), "name": bad("figure"), "unit": "percent", "cut": "",
         "period_start": "2025-03-01", "period_end": "2025-03-31", "value": "72.4", "signal": "",
         "source_file": bad("source"), "source_line": 2, "vintage": "2025-06-12"},
    ]  # fmt: skip
    made.evidence = [
        {"id": "E1", "kind": "figure", "icb": "ZB1", "metric": bad("metric"), "period": "Mar 2025",
         "value": "72.4", "unit": "percent", "outside_year_because": bad("outside")},
        {"id": "E2", "kind": "passage", "icb": "ZB1", "document": bad("document"),
         "file": bad("file"), "page": "2", "quotation": bad("quotation")},
        {"id": "E3", "kind": "view", "icb": "ZB1", "body": bad("body"), "on": "2025-05-01",
         "says": bad("says")},
        {"id": "E4", "kind": "figure", "icb": "ZB1", "metric": bad("none"), "period": bad("period"),
         "value": bad("value"), "unit": bad("unit"), "cut": bad("cut")},
        {"id": "E5", "kind": "last_year", "icb": "ZB1", "finding": bad("last")},
    ]  # fmt: skip
    made.findings = [
        {"id": "F1", "icb": "ZB1", "heading": "social-value", "direction": "concern",
         "statement": bad("statement"), "phrase": bad("phrase"),
         "evidence": ["E1", "E2", "E3", "E4", "E5"], "counter": ["E2"],
         "counter_answer": bad("counter"), "no_figure_because": bad("nofigure"),
         "author": bad("author"), "reviewer": bad("reviewer"), "dissent": bad("dissent"),
         "differs_because": bad("differs")},
    ]  # fmt: skip
    made.concerns = [
        {"id": "C1", "icb": "ZB1", "year": bad("year"), "statement": bad("concern"),
         "became": "dropped", "reason": bad("reason")},
        {"id": "C2", "icb": "ZB1", "statement": bad("open")},
    ]  # fmt: skip
    made.replies = [{"finding": "F1", "icb": "ZB1", "on": bad("on"), "says": bad("reply"),
                     "outcome": "refused", "reason": bad("refusal")}]  # fmt: skip
    made.letters = {"ZB1": [bad("salutation"), f"## {bad('heading')}", f"{bad('letter')} [F1].",
                            f"- {bad('item')}",
                            f"[click](javascript:alert(1)) {bad('link')}."]}  # fmt: skip
    return made


@pytest.fixture(scope="module", params=["words", *FORMULAS])
def written(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All that the commands write of such an assessment."""
    place = tmp_path_factory.mktemp("hostile")
    folder = str(hostile(request.param).write(place / "region"))
    for command in ("check", "letter", "rollup"):
        assert run(["annual", command, folder, "--out", f"{place}/out/{command}"]) == 1
    assert run(["annual", "compare", folder, folder, "--out", f"{place}/out/compare"]) == 0
    return place / "out"


def test_pages_hold_no_script_and_no_sign_that_misleads(written: Path) -> None:
    pages = [*written.rglob("*.html")]
    assert len(pages) > 5
    for page in pages:
        text = page.read_text(encoding="utf-8")
        assert "<script>alert" not in text, page
        assert "<img src=x" not in text, page
        assert "javascript:" not in re.sub(r"<[^>]*>", "", text) or 'href="javascript' not in text
        assert not STEERING.search(text), page
    assert "&lt;script&gt;alert" in (written / "letter/letter/ZB1.html").read_text("utf-8")


def test_a_document_is_whole_and_holds_no_sign_that_misleads(written: Path) -> None:
    from docx import Document

    found = Document(str(written / "letter/word/ZB1.docx"))
    text = "\n".join(one.text for one in found.paragraphs)
    assert "alert('statement')" in text
    assert not STEERING.search(text)
    props = found.core_properties
    assert not STEERING.search(f"{props.title} {props.subject} {props.author}")


def test_no_cell_is_a_formula(written: Path) -> None:
    tables = [*written.rglob("*.csv")]
    assert len(tables) > 8
    for path in tables:
        with path.open(encoding="utf-8", newline="") as file:
            cells = [cell for row in csv.reader(file) for cell in row]
        for cell in cells:
            assert cell[:1] not in {"=", "+", "-", "@", "\t", "\r", "＝"} or cell == "-", (
                path,
                cell,
            )
            assert not STEERING.search(cell), (path, cell)


def test_no_text_steers_an_editor(written: Path) -> None:
    for path in [*written.rglob("*.txt"), *written.rglob("*.json")]:
        assert not STEERING.search(path.read_text(encoding="utf-8")), path


def test_a_screen_is_not_steered(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = str(hostile("=1").write(tmp_path / "region"))
    for command in ("check", "letter", "rollup"):
        run(["annual", command, folder, "--out", f"{tmp_path}/{command}"])
    said = capsys.readouterr()
    assert not STEERING.search(said.out + said.err)


def test_imported_cells_are_kept_without_such_signs_and_as_no_formula(tmp_path: Path) -> None:
    folder = hostile("words").write(tmp_path / "region")
    sheet = tmp_path / "sheet.csv"
    with sheet.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["kind", "icb", "file", "page", "quotation", "document"])
        for lead in FORMULAS:
            bad = f"{lead} {BAD.format(1)}"
            rows.writerow(["passage", "ZB1", bad, 1, bad, bad])
    assert run(["annual", "import", str(folder), str(sheet)]) == 0
    with (folder / "evidence.csv").open(encoding="utf-8", newline="") as file:
        cells = [cell for row in csv.reader(file) for cell in row]
    assert len(cells) > 6 * len(FORMULAS)
    for cell in cells:
        assert cell[:1] not in {"=", "+", "-", "@", "\t", "＝"}
        assert not STEERING.search(cell)
