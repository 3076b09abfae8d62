"""That a person decides what answers an ask: kept, read, laid over what was found, taken back."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest

from remit.asks import import_file, open_register
from remit.asks.matching import match, read_decisions
from remit.asks.register import decide_answered, decisions, forget, take_back
from remit.cli.run import run
from remit.model.ask import AnswerState, Ask, AskDecision
from remit.model.errors import AskError, RemitError

HEAD = "ask_id,received_on,due_on,from_body,to_org_code,to_org_name,title,text"
ROW = "A1,2026-05-01,2026-07-30,NHSE region,ZA1,Larkshire,Falls,How many falls in April 2026?"


@pytest.fixture
def register(tmp_path: Path) -> Path:
    listed = tmp_path / "asks.csv"
    listed.write_text(f"{HEAD}\n{ROW}\n{ROW.replace('A1', 'A2').replace('Falls', 'Slips')}\n")
    with open_register(tmp_path / "asks.sqlite") as held:
        import_file(held, listed)
    return tmp_path / "asks.sqlite"


def decided(path: Path) -> list[AskDecision]:
    with open_register(path, read_only=True) as held:
        return decisions(held)


def test_a_decision_is_kept_for_each_ask_and_a_dry_run_keeps_none(
    register: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asking = ["asks", "decide", "A1", "A2", "--answered-by", "ae", "--register", str(register)]
    by = ["--by", "company secretary"]
    assert run([*asking, *by, "--dry-run"]) == 0
    assert decided(register) == []
    assert run([*asking, *by, "--in-part"]) == 0
    assert "ae answers A2 in part" in capsys.readouterr().out
    kept = [(one.kind, one.ask_ids, one.publication, one.coverage) for one in decided(register)]
    assert kept == [("answered", (ask_id,), "ae", "part") for ask_id in ("A1", "A2")]
    back = ["asks", "decide", "--take-back", "1", "--register", str(register)]
    assert run([*back, "--dry-run"]) == 0
    assert len(decided(register)) == 2
    assert run(back) == 0
    assert [one.ask_ids for one in decided(register)] == [("A2",)]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["A1", "--answered-by", "aee"], "has no 'aee'; nearest: ae"),
        (["A1", "--answered-by", "none-psirf"], "is not published; it answers no ask"),
        (["A9", "--answered-by", "ae"], "A9"),
        (["--answered-by", "ae"], "name the asks that it answers"),
        (["A1", "A2", "--confirm", "--in-part"], "--in-part goes with --answered-by"),
        (["A1", "A2", "--confirm", "--answered-by", "ae"], "give one of"),
        (["A1", "--answered-by", "ae", "--by", "Dr Jane Okonkwo"], "role"),
    ],
)
def test_what_cannot_be_decided_says_why_and_keeps_nothing(
    register: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], said: str
) -> None:
    assert run(["asks", "decide", *arguments, "--register", str(register)]) == 2
    assert said in capsys.readouterr().err
    assert decided(register) == []


def test_the_later_decision_holds_and_stands_before_what_was_found() -> None:
    one = Ask("A1", "NHSE region", "ZA1", "Falls", "How many falls in April 2026?")
    first = AskDecision("answered", ("A1",), publication="ae", coverage="full")
    later = AskDecision("answered", ("A1",), publication="rtt", coverage="part")
    found = match([one], [first, later]).answers
    assert (found[0].publication, found[0].rank, found[0].coverage) == ("rtt", 1, "part")
    assert (found[0].state, found[0].decided_by) == (AnswerState.SURE, "person")
    assert found[0].reason.startswith("decided by a person")
    assert all(other.state is not AnswerState.SURE for other in found[1:])
    assert [other.rank for other in found] == list(range(1, len(found) + 1))
    assert all(other.decided_by == "matcher" for other in match([one]).answers)


def test_the_list_of_decisions_is_what_matching_reads(
    register: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with open_register(register) as held:
        decide_answered(held, "A1", "ae", coverage="part", decided_on=date(2026, 5, 4))
    capsys.readouterr()
    assert run(["asks", "decide", "--register", str(register), "--format", "csv"]) == 0
    path = tmp_path / "decided.csv"
    path.write_text(capsys.readouterr().out, encoding="utf-8")
    (read,) = read_decisions(path)
    assert (read.publication, read.coverage, read.decided_on) == ("ae", "part", date(2026, 5, 4))
    matching = ["asks", "match", str(tmp_path / "asks.csv"), "--decisions", str(path)]
    assert run([*matching, "--out", str(tmp_path / "out")]) == 0
    with (tmp_path / "out" / "answered.csv").open(encoding="utf-8", newline="") as file:
        first = next(row for row in csv.DictReader(file) if row["ask_id"] == "A1")
    assert (first["publication"], first["state"], first["coverage"]) == ("ae", "sure", "part")


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("answered,A1 A2,ae,", "ask_ids: `answered` is about one ask"),
        ("answered,A1,,", "publication: the catalogue of what is published has no ''"),
        ("answered,A1,ae,half", "coverage: 'half' is not known; use full or part"),
    ],
)
def test_a_faulty_line_of_decisions_is_named(tmp_path: Path, row: str, said: str) -> None:
    path = tmp_path / "decided.csv"
    path.write_text(f"kind,ask_ids,publication,coverage\n{row}\n", encoding="utf-8")
    with pytest.raises(AskError, match="line 2") as raised:
        read_decisions(path)
    assert said in str(raised.value)


def test_a_decision_on_one_ask_outlasts_forgetting_while_the_ask_is_there(register: Path) -> None:
    with open_register(register) as held:
        decide_answered(held, "A1", "ae", decided_on=date(2020, 5, 4))
        forget(held, date(2021, 1, 1))
        assert [one.publication for one in decisions(held)] == ["ae"]
        held.remove("A1")
        assert decisions(held) == []
        take_back(held)
        with pytest.raises(RemitError, match="no such decision"):
            take_back(held)
