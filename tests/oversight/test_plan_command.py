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
    # Three quarters to all of six hours, and none before a person has confirmed it.
    assert content["would_save"] == {"low": 4.5, "high": 6.0}
    assert content["saved"] == {"low": 0.0, "high": 0.0}
    assert (content["confirmed"], content["unconfirmed"]) == (0, 1)
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
                         "What will no longer be asked, once confirmed"]  # fmt: skip
    assert all("w:tblHeader" in table.rows[0]._tr.xml for table in letter.tables)
    assert any("Q2" in cell.text for table in letter.tables for cell in table.columns[0].cells)


PUBLISHED = (
    f"P1,2026-05-01,2026-07-30,NHSE region,Urgent care,{HOSPITAL},email,12 hour waits in April,"
    '"Send the number of waits over 12 hours from decision to admit in April 2026, and the harm '
    'reviews for them.",2026-04-01,2026-04-30,once,4',
    f"P2,2026-05-01,2026-07-30,NHSE region,Elective,{HOSPITAL},email,RTT April,How many incomplete "
    "pathways over 52 weeks at 30 April 2026?,2026-04-01,2026-04-30,once,10",
    f"P3,2026-05-01,2026-05-20,NHSE region,Elective,{HOSPITAL},email,Diagnostic waits April,How "
    "many patients were waiting over 6 weeks for a diagnostic test at 30 April 2026?,2026-04-01,"
    "2026-04-30,once,10",
)
MAY = ["--on", "2026-05-03"]


@pytest.fixture
def register(tmp_path: Path) -> Path:
    """Three asks whose figures are published; those of P3 about 14 June, after its due day."""
    listed = tmp_path / "published.csv"
    listed.write_text("\n".join([HEAD, *PUBLISHED, ""]), encoding="utf-8")
    path = tmp_path / "asks.sqlite"
    with open_register(path) as held:
        import_file(held, listed)
    return path


def remade(register: Path, out: Path) -> tuple[dict[str, dict[str, str]], dict[str, object]]:
    """The plan's asks by identifier, and the plan, made anew."""
    asked = ["oversight", "plan", "XQ1", "--register", str(register), *MAY, "--out", str(out)]
    assert run(asked) == 0
    content = json.loads((out / "plan.json").read_text(encoding="utf-8"))
    return {row["ask_id"]: row for row in rows(out)}, content


def test_one_command_confirms_and_takes_back_and_can_be_tried(
    register: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Half to all of ten hours, a tenth to half of four."""
    out = tmp_path / "plan"
    before, content = remade(register, out)
    assert [before[id_]["state"] for id_ in ("P1", "P2", "P3")] == ["proposed", "proposed", ""]
    assert before["P1"]["stays"] == "harm reviews"
    assert before["P3"]["fate"] != "end_published"
    assert content["would_save"] == {"low": pytest.approx(5.4), "high": 12.0}
    confirm = ["oversight", "confirm", "XQ1", "--register", str(register), *MAY]
    by = ["--by", "company secretary"]
    assert run([*confirm, "P1", "P2", *by, "--dry-run"]) == 0
    assert "This was a dry run: nothing was kept." in capsys.readouterr().out
    assert remade(register, out)[1]["confirmed"] == 0
    assert run([*confirm, "P2", *by]) == 0
    after, content = remade(register, out)
    assert [after[id_]["state"] for id_ in ("P1", "P2")] == ["proposed", "confirmed"]
    assert content["saved"] == {"low": 5.0, "high": 10.0}
    assert after["P2"]["sure"] == "a person confirmed it"
    assert "Confirmed: 1, which saves 5 to 10 hours." in (out / "index.html").read_text("utf-8")
    assert run([*confirm, "--all", *by]) == 0
    assert "1 proposal is confirmed already." in capsys.readouterr().out
    assert remade(register, out)[1]["unconfirmed"] == 0
    assert run([*confirm, "P2", "--take-back", "--dry-run"]) == 0
    assert remade(register, out)[1]["confirmed"] == 2
    assert run([*confirm, "P2", "--take-back"]) == 0
    back, content = remade(register, out)
    assert (back["P2"]["state"], content["confirmed"]) == ("proposed", 1)


def test_confirming_is_a_decision_that_a_plain_file_can_carry(
    register: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    confirm = ["oversight", "confirm", "XQ1", "P1", "P2", "--register", str(register), *MAY]
    assert run([*confirm, "--by", "company secretary"]) == 0
    capsys.readouterr()
    assert run(["asks", "decide", "--register", str(register), "--format", "csv"]) == 0
    text = capsys.readouterr().out
    found = {row["ask_ids"]: row for row in csv.DictReader(io.StringIO(text))}
    assert (found["P1"]["publication"], found["P1"]["coverage"]) == ("ae", "part")
    assert (found["P2"]["kind"], found["P2"]["decided_by"]) == ("answered", "company secretary")
    decided, out = tmp_path / "decided.csv", tmp_path / "plan"
    decided.write_text(text, encoding="utf-8")
    plan = ["oversight", "plan", "XQ1", "--asks", str(tmp_path / "published.csv"), *MAY]
    assert run([*plan, "--decisions", str(decided), "--out", str(out)]) == 0
    assert {row["ask_id"]: row["state"] for row in rows(out)} == {
        "P1": "confirmed", "P2": "confirmed", "P3": "",
    }  # fmt: skip


def test_a_pair_that_is_confirmed_ends_the_other_ask(
    asks: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, out = tmp_path / "asks.sqlite", tmp_path / "plan"
    with open_register(path) as held:
        import_file(held, asks)
    asked = ["--register", str(path), *ON]
    assert run(["oversight", "confirm", "XQ1", "Q2", "--by", "region and ICB", *asked]) == 0
    assert run(["oversight", "plan", "XQ1", *asked, "--out", str(out)]) == 0
    assert {row["ask_id"]: row["state"] for row in rows(out)}["Q2"] == "confirmed"
    capsys.readouterr()
    assert run(["asks", "decide", "--register", str(path), "--format", "json"]) == 0
    (kept,) = json.loads(capsys.readouterr().out)
    assert (kept["kind"], kept["ask_ids"]) == ("confirm", "Q2 Q1")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["Q3"], "nothing is proposed that could be confirmed. Q3 stays"),
        (["Q9"], "has no ask Q9"),
        ([], "name the asks, or give --all"),
        (["Q2", "--by", "Dr Jane Okonkwo"], "role"),
    ],
)
def test_what_cannot_be_confirmed_says_why(
    asks: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    said: str,
) -> None:
    path = tmp_path / "asks.sqlite"
    with open_register(path) as held:
        import_file(held, asks)
    assert run(["oversight", "confirm", "XQ1", *arguments, "--register", str(path), *ON]) == 2
    assert said in capsys.readouterr().err


def test_beside_sure_stands_how_often_that_was_right(register: Path, tmp_path: Path) -> None:
    """The figure is that of the declaration, in all forms."""
    from docx import Document

    from remit.oversight import load_sure

    out = tmp_path / "plan"
    found, content = remade(register, out)
    sure = load_sure()
    share = f"{sure.right} of {sure.of} unseen asks"
    interval = f"{100 * sure.low:.0f}% to {100 * sure.high:.0f}%"
    assert found["P2"]["sure"] == f"sure: right in {share}, {interval}"
    assert content["sure"]["of"] == sure.of  # type: ignore[index]
    page = (out / "index.html").read_text("utf-8")
    assert f"Sure: right in {share}, {interval}." in page
    assert sure.sets in page
    letter = Document(str(out / "letter.docx"))
    cells = [cell.text for table in letter.tables for row in table.rows for cell in row.cells]
    assert any(share in text and interval in text for text in cells)
    assert any(sure.sets in paragraph.text for paragraph in letter.paragraphs)


def test_the_letter_says_what_stays_by_name(register: Path, tmp_path: Path) -> None:
    from docx import Document

    out = tmp_path / "plan"
    remade(register, out)
    letter = Document(str(out / "letter.docx"))
    heads = [p.text for p in letter.paragraphs if p.style and p.style.name.startswith("Heading")]
    assert "What ends in part, and what stays of it" in heads
    cells = [cell.text for table in letter.tables for row in table.rows for cell in row.cells]
    assert any(text.startswith("Harm reviews stay; ") and "about 10 May 2026" in text
               for text in cells)  # fmt: skip


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


def test_what_came_after_the_day_of_a_plan_is_not_in_it(
    asks: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Q1 came on 1 May, Q2 on the 4th, Q3 on the 6th."""
    plan = ["oversight", "plan", "XQ1", "--asks", str(asks), "--out", str(tmp_path / "plan")]
    assert run([*plan, "--on", "2026-05-04"]) == 0
    assert [row["ask_id"] for row in rows(tmp_path / "plan")] == ["Q1", "Q2"]
    said = "Not in this plan: 1 ask that came after 4 May 2026 (Q3)."
    assert said in capsys.readouterr().out
    assert said in json.loads((tmp_path / "plan" / "plan.json").read_text("utf-8"))["notes"]
    assert run([*plan, "--on", "2026-04-30"]) == 2
    assert "the first of 3 asks came on 2026-05-01" in capsys.readouterr().err


def test_what_rests_on_a_catalogue_of_ones_own_is_confirmed_with_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own = tmp_path / "ours.yaml"
    own.write_text(
        "schema: remit/catalogue/1\nfield: Our own\nentries:\n"
        "  - id: our-falls\n    name: Board dashboard of falls\n    publisher: Nowhere\n"
        "    kind: publication\n    spoken: [falls]\n"
        '    measures:\n      - {says: "falls for each 1,000 bed days", unit: count}\n'
        "    levels: [trust]\n    cadence: monthly\n    lag: {days: 5, seen: true}\n"
        '    source: "https://example.org/board-papers"\n',
        encoding="utf-8",
    )
    listed, register = tmp_path / "falls.csv", tmp_path / "asks.sqlite"
    listed.write_text(
        f"{HEAD}\nF1,2026-05-04,2026-06-20,CQC,,{HOSPITAL},email,Falls,"
        "How many falls for each 1000 bed days in April 2026?,,,once,4\n",
        encoding="utf-8",
    )
    with open_register(register) as held:
        import_file(held, listed)
    confirm = ["oversight", "confirm", "XQ1", "F1", "--register", str(register), *ON]
    assert run(confirm) == 2
    assert "F1" in capsys.readouterr().err
    assert run([*confirm, "--catalogue", str(own)]) == 0
    assert "Decision 1: " in capsys.readouterr().out
