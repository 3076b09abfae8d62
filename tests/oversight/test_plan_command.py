"""``remit oversight plan``: from a plain file of fictional asks to page, spreadsheet and letter."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from remit.asks import RiskShare, import_file, open_register
from remit.asks.register import add_friction, add_risk
from remit.cli.run import run
from tests.pages.html_pages import parse

HOSPITAL = "XQ1,Nowhere Hospitals NHS Trust"
HEAD = (
    "ask_id,received_on,due_on,from_body,from_team,to_org_code,to_org_name,channel,title,text,"
    "period_from,period_to,frequency,hours_estimate"
)
PLAN = "Send your recovery plan for patients waiting over 52 weeks from April"
LINES = (
    f"Q1,2026-05-01,,NHSE region,Elective,{HOSPITAL},email,52 week recovery plan,{PLAN}.,,,once,4",
    f"Q2,2026-05-04,,ICB performance team,,{HOSPITAL},email,52 week recovery plan,{PLAN}.,,,once,6",
    f"Q3,2026-05-06,,CQC,,{HOSPITAL},letter,Safeguarding training,Training by ward please.,,,once,",
    "Q4,2026-05-06,,CQC,,XQ2,Elsewhere NHS Trust,letter,Complaints,Send complaints.,,,once,3",
)
ASKS = "\n".join([HEAD, *LINES, ""])
ON = ["--on", "2026-06-01"]


@pytest.fixture
def asks(tmp_path: Path) -> Path:
    path = tmp_path / "asks.csv"
    path.write_text(ASKS, encoding="utf-8")
    return path


@pytest.fixture
def made(asks: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    out = tmp_path / "plan"
    arguments = ["oversight", "plan", "xq1", "--asks", str(asks), *ON, "--fictional"]
    assert run([*arguments, "--out", str(out)]) == 0
    assert "3 asks of Nowhere Hospitals NHS Trust" in capsys.readouterr().out
    return out


def rows(out: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO((out / "plan.csv").read_text(encoding="utf-8"))))


def test_the_files_say_what_becomes_of_each_ask(made: Path) -> None:
    fates = {row["ask_id"]: row["fate"] for row in rows(made)}
    assert fates == {"Q1": "stay", "Q2": "end_led", "Q3": "stay"}
    assert all(row["source"] and row["source_row"] for row in rows(made))
    content = json.loads((made / "plan.json").read_text(encoding="utf-8"))
    assert content["saved"] == {"low": 4.5, "middle": pytest.approx(5.4), "high": 6.0}
    assert (content["fictional"], content["known_to_register"]) == (True, False)


def test_the_page_is_whole_and_says_that_it_is_fictional(made: Path) -> None:
    page = parse(made / "index.html")
    assert page.unclosed == []
    assert len(page.ids()) == len(set(page.ids()))
    assert "fictional" in page.text("section")
    for link in page.all("a"):
        file, _, place = link.attributes["href"].partition("#")
        assert not file or (made / file).is_file(), file
        assert file or place in page.ids()


def test_the_spreadsheet_has_a_table_a_sheet_and_no_empty_cell(made: Path) -> None:
    book = CalamineWorkbook.from_path(made / "plan.xlsx")
    assert book.sheet_names[:4] == ["cover", "contents", "functions", "asks"]
    table = book.get_sheet_by_name("asks").to_python()
    head = next(place for place, row in enumerate(table) if row[0] == "Ask")
    assert [row[0] for row in table[head + 1 :]] == ["Q1", "Q2", "Q3"]
    assert all(cell != "" for row in table[head:] for cell in row)
    assert any("fictional" in str(row[0]) for row in table[:head])


def test_the_letter_is_a_draft_with_headings_and_repeated_heads(made: Path) -> None:
    from docx import Document

    letter = Document(str(made / "letter.docx"))
    texts = [paragraph.text for paragraph in letter.paragraphs]
    assert "DRAFT, not agreed and not sent" in texts
    assert "Sample data: the organisation and the asks are fictional." in texts
    heads = [p.text for p in letter.paragraphs if p.style and p.style.name.startswith("Heading")]
    assert heads[:3] == ["One oversight plan for Nowhere Hospitals NHS Trust", "Who leads",
                         "What will no longer be asked"]  # fmt: skip
    assert all("w:tblHeader" in table.rows[0]._tr.xml for table in letter.tables)
    assert any("Q2" in cell.text for table in letter.tables for cell in table.columns[0].cells)


def test_a_register_brings_its_frictions_and_risks(
    asks: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "asks.sqlite"
    with open_register(path) as register:
        import_file(register, asks)
        between = ["ICB", "region"]
        add_friction(register, "Two deadlines for one figure", between, date(2026, 5, 9), ["Q1"])
        shares = [RiskShare("XQ1", "handover"), RiskShare("XQ2", "conveyance")]
        raised = date(2026, 5, 1)
        add_risk(register, "Handover", "Long waits.", "ICB chief officer", shares, raised_on=raised)
    out = tmp_path / "plan"
    asked = ["oversight", "plan", "XQ1", "--register", str(path), *ON, "--out", str(out)]
    assert run(asked) == 0
    page = (out / "index.html").read_text(encoding="utf-8")
    assert "Two deadlines for one figure" in page
    assert "Shared risks" in page
    assert "conveyance" in page
    assert "shared-risks" in CalamineWorkbook.from_path(out / "plan.xlsx").sheet_names


def test_an_agreement_makes_a_lead_and_changes_the_fates(
    asks: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own = tmp_path / "ours.yaml"
    new = ["who", "new-agreement", str(own), "--covers", "XQ1", "--valid-from", "2026-01-01"]
    assert run(new) == 0
    agreed = (
        "entries:\n  - {body: icb, functions: operational-performance, relation: oversees,"
        " leads: true, says: The ICB leads}\n"
    )
    text = own.read_text(encoding="utf-8").replace("entries: []\n", agreed)
    own.write_text(text, encoding="utf-8")
    out = tmp_path / "plan"
    asked = ["oversight", "plan", "XQ1", "--asks", str(asks), *ON, "--local", str(own)]
    assert run([*asked, "--out", str(out)]) == 0
    fates = {row["ask_id"]: row["fate"] for row in rows(out)}
    assert fates == {"Q1": "end_led", "Q2": "stay", "Q3": "stay"}


def test_rejected_rows_are_told(
    asks: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asks.write_text(ASKS.replace("2026-05-04", "last week"), encoding="utf-8")
    out = tmp_path / "plan"
    assert run(["oversight", "plan", "XQ1", "--asks", str(asks), *ON, "--out", str(out)]) == 1
    assert "line 3" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("foo,bar\n1,2\n", "no row looks like a header"),
        (f"{HEAD}\n", "holds no asks of XQ1"),
        ("\n".join([HEAD, LINES[0].replace("XQ1", ""), ""]), "line 2, to_org_code"),
    ],
)
def test_the_fault_of_a_file_comes_before_the_organisation(
    asks: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], content: str, said: str
) -> None:
    asks.write_text(content, encoding="utf-8")
    assert run(["oversight", "plan", "XQ1", "--asks", str(asks), "--out", str(tmp_path / "p")]) == 2
    told = capsys.readouterr().err
    assert said in told
    assert "Nearest" not in told


def test_an_empty_register_of_asks_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "asks.sqlite"
    with open_register(path):
        pass
    asked = ["oversight", "plan", "XQ1", "--register", str(path), "--out", str(tmp_path / "p")]
    assert run(asked) == 2
    assert "asks.sqlite holds no asks of XQ1" in capsys.readouterr().err


def test_an_agreement_about_others_is_said_in_the_plan(
    asks: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own, out = tmp_path / "ours.yaml", tmp_path / "plan"
    assert run(["who", "new-agreement", str(own), "--covers", "ZA1",
                "--valid-from", "2026-01-01"]) == 0  # fmt: skip
    asked = ["oversight", "plan", "XQ1", "--asks", str(asks), *ON, "--local", str(own)]
    assert run([*asked, "--out", str(out)]) == 0
    assert "ours.yaml covers ZA1, not XQ1: nothing of it applies" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["XQ9"], "no organisation"),
        (["XQ1", "--on", "2020-01-01"], "begins on"),
        (["RYJ"], "nothing is asked of RYJ"),
    ],
)
def test_wrong_questions_are_refused(
    asks: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    said: str,
) -> None:
    out = tmp_path / "plan"
    asked = ["oversight", "plan", *arguments, "--asks", str(asks), "--out", str(out)]
    assert run(asked) == 2
    assert said in capsys.readouterr().err
    assert not out.exists()


def test_without_asks_the_remedy_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("REMIT_ASKS", raising=False)
    monkeypatch.chdir(tmp_path)
    assert run(["oversight", "plan", "XQ1", "--out", "plan"]) == 2
    assert "--register" in capsys.readouterr().err
