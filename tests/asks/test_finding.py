"""A word is found wherever a register keeps it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from remit.asks.register import AskRegister, accept, find_words, open_register
from remit.cli.run import run
from tests.asks.test_striking import EVERYWHERE, register

__all__ = ["register"]

WORD = "Quokkaword"


def test_a_word_is_found_in_every_free_text_of_every_table(register: AskRegister) -> None:
    for model, fields in EVERYWHERE.items():
        for field in fields:
            row = register.table(model).order_by("pk").first()
            before = getattr(row, field)
            register.table(model).filter(pk=row.pk).update(**{field: f"for {WORD}, please"})
            (found,) = [f for f in find_words(register, ["quokkaword"]) if f.field == field]
            assert WORD in found.around, (model, field)
            register.table(model).filter(pk=row.pk).update(**{field: before})
    assert find_words(register, [WORD]) == []


def test_it_says_what_it_is_of_and_by_which_name_a_person_finds_it(register: AskRegister) -> None:
    where = {
        "Ask": ("title", "ask", "A1"),
        "Change": ("before", "history of an ask", "A1"),
        "Import": ("file_name", "import", "import-1"),
        "Rejection": ("value", "rejected row", "a.csv, line 4"),
        "Meeting": ("title", "meeting", "2025-01-01"),
        "FrictionBody": ("body", "friction", "FR-1"),
        "RiskShare": ("mitigation", "shared risk", "RISK-1"),
    }
    for model, (field, _, _) in where.items():
        pk = register.table(model).order_by("pk").first().pk
        register.table(model).filter(pk=pk).update(**{field: WORD})
    found = {(one.of, one.identifier) for one in find_words(register, [WORD])}
    assert found == {(of, identifier) for _, of, identifier in where.values()}


@pytest.mark.parametrize(
    ("kept", "sought"),
    [
        ("Call Siobhán today", "siobhan"),
        ("Call SIOBHAN today", "Siobhán"),
        ("Call Siobha\u0301n today", "SIOBHÁN"),
        ("Siobhan's list", "Siobhan"),
        ("Siobhan’s list", "siobhan"),
        ("O'Brien asks", "OBrien"),
        ("OBrien asks", "O'Brien"),
        ("O’Brien asks", "O'Brien"),
        ("Report_KBell_v2", "Bell"),
        ("report_bell2", "bell"),
        ("from Kim\n Bell", "Kim Bell"),
        ("Łukasz asks", "Lukasz"),
        ("KB agreed", "kb"),
        ("李伟 agreed", "李伟"),
    ],
)
def test_in_any_case_with_accents_or_without(register: AskRegister, kept: str, sought: str) -> None:
    register.table("Ask").filter(ask_id="A1").update(answer=kept)
    assert [(f.identifier, f.field) for f in find_words(register, [sought])] == [("A1", "answer")]


def test_a_word_within_another_is_none(register: AskRegister) -> None:
    register.table("Ask").filter(ask_id="A1").update(answer="Bellamy and Campbell")
    assert find_words(register, ["bell", " ", "camp"]) == []


def test_what_is_kept_in_order_of_the_alphabet_is_found_together(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(
        "from_body,to_org_code,title,text\nCQC,ZA1,RTT,the waits at Market Harborough wards\n"
    )
    with open_register(tmp_path / "r.sqlite") as opened:
        from remit.asks import import_file

        import_file(opened, tmp_path / "a.csv")
        assert [f.field for f in find_words(opened, ["market harborough"])] == ["text"]
        assert [f.field for f in find_words(opened, ["wards"])] == ["text"]  # kept without its end
        accept(opened, ["Harborough"])
        assert {f.of for f in find_words(opened, ["Harborough"])} == {"ask", "accepted word"}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("REMIT_ASKS", raising=False)
    (tmp_path / "log.csv").write_text(
        "ask_id,from_body,to_org_code,title,received_on\nA1,CQC,ZA1,Falls in Preston,2025-06-01\n"
    )
    assert run(["asks", "import", "log.csv"]) == 0
    return tmp_path


@pytest.mark.usefixtures("folder")
def test_the_command_lists_or_says_that_there_is_none(capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert run(["asks", "find", "preston", "--format", "json"]) == 0
    (found,) = json.loads(capsys.readouterr().out)
    assert (found["of"], found["identifier"], found["field"]) == ("ask", "A1", "title")
    assert run(["asks", "find", "PRESTON"]) == 0
    assert "1 place." in capsys.readouterr().out
    assert run(["asks", "find", "Okafor"]) == 0
    assert "in no place of the register" in capsys.readouterr().out
    assert run(["asks", "find", "Okafor", "--format", "csv"]) == 0
    assert capsys.readouterr().out == "word,of,identifier,field,around,text\n"
    assert run(["asks", "find", " "]) == 2


@pytest.mark.usefixtures("folder")
def test_the_history_stands_in_json_and_csv(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["asks", "edit", "A1", "hours_estimate=4"]) == 0
    capsys.readouterr()
    assert run(["asks", "show", "A1", "--format", "json"]) == 0
    (shown,) = json.loads(capsys.readouterr().out)
    (change,) = shown["changes"]
    assert (change["field"], change["before"], change["after"]) == ("hours_estimate", None, "4.0")
    assert change["changed_at"]
    assert run(["asks", "show", "A1", "--format", "csv"]) == 0
    assert "hours_estimate, from blank to 4.0" in capsys.readouterr().out


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(("answer", "stays"), [("n\n", True), ("y\n", False)])
def test_remove_asks_first_on_a_terminal(
    answer: str, stays: bool, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    import io

    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setattr("sys.stdin", Terminal(answer))
    assert run(["asks", "remove", "A1"]) == 0
    assert "To be taken out: A1, Falls in Preston." in capsys.readouterr().out
    assert run(["asks", "show", "A1"]) == (0 if stays else 2)


@pytest.mark.usefixtures("folder")
def test_remove_with_yes_asks_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    assert run(["asks", "remove", "A1", "--dry-run"]) == 0
    assert run(["asks", "show", "A1"]) == 0
    assert run(["asks", "remove", "A1", "--yes"]) == 0
    assert run(["asks", "show", "A1"]) == 2
