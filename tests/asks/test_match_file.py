"""``remit asks match`` on plain files: row accounting, outputs, decisions, declarations."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from remit.asks.matching import match, read_asks, read_decisions
from remit.cli.run import run
from remit.model.errors import AskError

HEADER = "ask_id,received_on,from_body,from_team,to_org_code,to_org_name,title,text,period_to"
TRUST = "ZA2,Quillborough Hospitals NHS Trust"
GOOD = (
    f"A1,2025-07-08,NHSE region,Elective,{TRUST},Year waiters,"
    "How many over 52 weeks at 30 June by specialty?,",
    f"A2,2025-07-09,ICB performance team,Planned care,{TRUST},52ww June,"
    "June month end 52ww by TFC pls,",
)


def written(folder: Path, *rows: str) -> Path:
    path = folder / "asks.csv"
    path.write_text("\n".join((HEADER, *rows)) + "\n", encoding="utf-8")
    return path


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_results_have_the_columns_of_labelled_cases(tmp_path: Path) -> None:
    code = run(["asks", "match", str(written(tmp_path, *GOOD)), "--out", str(tmp_path / "out")])
    assert code == 0
    (pair,) = rows_of(tmp_path / "out" / "pairs.csv")
    assert list(pair) == [*("ask_a", "ask_b", "relation", "confidence", "reason", "state", "other")]
    assert (pair["state"], pair["other"]) == ("sure", "")
    assert (pair["ask_a"], pair["ask_b"], pair["relation"]) == ("A1", "A2", "duplicate")
    (first, _) = rows_of(tmp_path / "out" / "horizon.csv")
    assert (first["ask_id"], first["horizon"], first["aim"]) == ("A1", "today", "none")
    assert first["reason"] == "row of the table: rtt waits (today)"
    answers = rows_of(tmp_path / "out" / "answered.csv")
    assert list(answers[0]) == [
        *("ask_id", "publication", "rank", "confidence", "state", "coverage", "reason")
    ]
    for id_ in ("A1", "A2"):
        own = [row for row in answers if row["ask_id"] == id_]
        assert [row["rank"] for row in own] == ["1", "2", "3"]
        assert own[0]["publication"] == "rtt"
        shares = [float(row["confidence"]) for row in own]
        assert shares == sorted(shares, reverse=True)
    assert {row["role"] for row in rows_of(tmp_path / "out" / "clusters.csv")} == {"duplicate"}
    assert rows_of(tmp_path / "out" / "rejections.csv") == []


@pytest.mark.parametrize(
    ("row", "column"),
    [
        (f",2025-07-08,NHSE region,,{TRUST},A title,,", "ask_id"),
        (f"A3,2025-07-08,,,{TRUST},A title,,", "from_body"),
        (f"A3,8th July,NHSE region,,{TRUST},A title,,", "received_on"),
        (f"A3,2025-07-08,NHSE region,,{TRUST},,,", "text"),
        (f"A1,2025-07-08,NHSE region,,{TRUST},A title,,", "ask_id"),
        (f"A3,2025-07-08,NHSE region,,{TRUST},A title,one, two, three", "ask_id"),
    ],
)
def test_a_bad_row_is_rejected_with_its_line(tmp_path: Path, row: str, column: str) -> None:
    path = written(tmp_path, *GOOD, row)
    assert run(["asks", "match", str(path), "--out", str(tmp_path / "out")]) == 1
    (rejected,) = rows_of(tmp_path / "out" / "rejections.csv")
    assert (rejected["line"], rejected["column"]) == ("4", column)
    assert len(rows_of(tmp_path / "out" / "horizon.csv")) == 2


def test_lines_are_counted_through_texts_of_several_lines(tmp_path: Path) -> None:
    long = f'A1,2025-07-08,NHSE region,,{TRUST},A title,"one\ntwo\nthree",'
    read = read_asks(written(tmp_path, long, f"A2,bad,NHSE region,,{TRUST},A title,,"))
    assert [(one.line, one.column) for one in read.rejections] == [(5, "received_on")]
    assert read.asks[0].text == "one\ntwo\nthree"


@pytest.mark.parametrize("content", ["", "ask_id,title\n1,x\n"])
def test_a_file_without_its_columns_is_wrong_input(tmp_path: Path, content: str) -> None:
    path = tmp_path / "asks.csv"
    path.write_text(content, encoding="utf-8")
    assert run(["asks", "match", str(path), "--out", str(tmp_path / "out")]) == 2
    assert not (tmp_path / "out").exists()


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(AskError, match="no such file"):
        read_asks(tmp_path / "none.csv")


def test_a_dry_run_writes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = written(tmp_path, *GOOD)
    assert run(["asks", "match", str(path), "--out", str(tmp_path / "out"), "--dry-run"]) == 0
    assert "1 duplicate, 0 overlap" in capsys.readouterr().out
    assert not (tmp_path / "out").exists()


def test_decisions_from_a_file_hold(tmp_path: Path) -> None:
    decided = tmp_path / "decisions.csv"
    decided.write_text("kind,ask_ids,decided_on\nsplit,A1 A2,2025-07-10\n", encoding="utf-8")
    (decision,) = read_decisions(decided)
    assert match(read_asks(written(tmp_path, *GOOD)).asks, [decision]).pairs == ()


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("join,A1 A2,", "confirm, split, merge"),
        ("split,A1,", "two asks or more"),
        ("split,A1 A2,soon", "no date"),
    ],
)
def test_a_faulty_decision_is_never_passed_over(tmp_path: Path, row: str, said: str) -> None:
    decided = tmp_path / "decisions.csv"
    decided.write_text(f"kind,ask_ids,decided_on\n{row}\n", encoding="utf-8")
    with pytest.raises(AskError, match=said):
        read_decisions(decided)


def test_a_file_as_excel_writes_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "asks.csv"
    path.write_bytes(
        "ask_id,from_body,to_org_code,title\nA1,CQC,ZA1,Ward’s falls – May £\n".encode("cp1252")
    )
    (ask,) = read_asks(path).asks
    assert (ask.title, ask.text) == ("Ward’s falls – May £", "")
    path.write_bytes(path.read_bytes().decode("cp1252").encode("utf-8"))
    assert read_asks(path).asks == (ask,)


def test_missing_columns_are_named_with_the_way_out(tmp_path: Path) -> None:
    path = tmp_path / "asks.csv"
    path.write_text("ask_id,Request\n1,x\n", encoding="utf-8")
    with pytest.raises(AskError) as caught:
        read_asks(path)
    said = str(caught.value)
    assert "these columns are missing: from_body, to_org_code, title (or text)" in said
    assert "remit asks import FILE --dry-run" in said
    path.write_bytes(b"PK\x03\x04\x00\x00\x00")
    with pytest.raises(AskError, match="this is no text"):
        read_asks(path)
