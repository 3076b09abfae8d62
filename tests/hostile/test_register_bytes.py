"""What was taken out of a register is gone from the bytes of every file in its folder."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from remit.asks import AskRegister, ImportOptions, import_file, open_register
from remit.asks.register import (
    add_action,
    add_friction,
    decide,
    done,
    forget,
    settle,
    strike,
    take_back,
    undo,
)
from tests.hostile.tries import Tries
from tests.records.processes import beside, ended, started

CANARY = "Quokkasdottir"
HEAD = "ask_id,from_body,to_org_code,title,text,received_on\n"


def rows(*ids: str, canary: str = "") -> str:
    long = f"{canary} filler of a long text to fill pages. " * 40
    return HEAD + "".join(f"{one},CQC,ZA1,Title {canary},{long},2023-06-01\n" for one in ids)


def filled(folder: Path) -> Path:
    """A register with much in it, then an import full of the word that is to go."""
    file = folder / "asks.sqlite"
    (folder / "a.csv").write_text(rows(*(f"A{n}" for n in range(80))))
    (folder / "b.csv").write_text(
        rows(*(f"B{n}" for n in range(40)), canary=CANARY) + f",CQC,,{CANARY},x,2023-06-01\n"
    )
    whole = ImportOptions(keep_text=True)
    with open_register(file) as register:
        import_file(register, folder / "a.csv", whole)
        import_file(register, folder / "b.csv", whole)
        register.edit("B1", {"title": f"New {CANARY}"})
        register.edit("B1", {"title": "Newest"})
        register.close_ask("B1", date(2023, 7, 1), f"sent to {CANARY}")
    for source in folder.glob("*.csv"):
        source.unlink()
    return file


def holding(folder: Path, word: str = CANARY) -> list[str]:
    """The files in a folder that hold a word, in any case and in either width of letters."""
    small = word.lower()
    forms = (small.encode(), small.encode("utf-16-le"))
    return sorted(
        path.name
        for path in folder.iterdir()
        if path.is_file() and any(form in path.read_bytes().lower() for form in forms)
    )


def everything(register: AskRegister) -> None:
    for number in range(40):
        register.remove(f"B{number}")
    strike(register, [CANARY])  # what was rejected stays until it is struck or forgotten


ENDS: dict[str, Callable[[AskRegister], object]] = {
    "undo": undo,
    "strike": lambda register: strike(register, [CANARY]),
    "forget": lambda register: forget(register, date(2099, 1, 1), also_open=True),
    "remove": everything,
}


@pytest.mark.parametrize("how", sorted(ENDS))
@pytest.mark.parametrize("reader", [False, True])
def test_it_is_gone(tries: Tries, tmp_path: Path, how: str, reader: bool) -> None:
    file = filled(tmp_path)
    assert holding(tmp_path) == ["asks.sqlite"]
    with tries.attempt("register: bytes", f"{how}, reader {reader}", seconds=30) as refusal:
        other = threading.Thread(target=read_for, args=(file, 0.5 if reader else 0.0))
        other.start()
        time.sleep(0.1)
        with open_register(file) as register:
            ENDS[how](register)
            left = holding(tmp_path)
        other.join()
    assert not refusal
    assert left == [], "gone as soon as the command is through, not only when all have closed"
    assert holding(tmp_path) == []
    assert beside(file) == []
    with open_register(file, read_only=True) as register:
        assert len(register.asks()) == {"forget": 0, "strike": 120}.get(how, 80)


def read_for(file: Path, seconds: float) -> None:
    with open_register(file, read_only=True) as register:
        register.asks()
        time.sleep(seconds)


def test_only_the_history_and_text_of_one_ask_go(tries: Tries, tmp_path: Path) -> None:
    file = tmp_path / "asks.sqlite"
    (tmp_path / "a.csv").write_text(rows("A1", canary="Wombatson") + rows("A2")[len(HEAD) :])
    with open_register(file) as register:
        import_file(register, tmp_path / "a.csv", ImportOptions(keep_text=True))
        # As an earlier Remit with a weaker screening may have let it in.
        register.table("Ask").filter(ask_id="A1").update(title=f"for {CANARY}")
        register.edit("A1", {"title": "for nobody"})
    (tmp_path / "a.csv").unlink()
    assert holding(tmp_path) == holding(tmp_path, "Wombatson") == ["asks.sqlite"]
    with tries.attempt("register: bytes", "remove one") as refusal, open_register(file) as register:
        register.remove("A1")
    assert not refusal
    assert holding(tmp_path) == holding(tmp_path, "Wombatson") == []


def test_notes_of_what_is_taken_back_go(tries: Tries, tmp_path: Path) -> None:
    file = filled(tmp_path)
    with open_register(file) as register:
        undo(register)
        decide(register, "merge", ["A1", "A2"], note="x")
        register.table("Decision").update(note=CANARY)
    assert holding(tmp_path) == ["asks.sqlite"]
    with tries.attempt("register: bytes", "take back") as refusal, open_register(file) as register:
        take_back(register)
    assert not refusal
    assert holding(tmp_path) == []


def test_what_people_entered_is_forgotten(tries: Tries, tmp_path: Path) -> None:
    file = filled(tmp_path)
    with open_register(file) as register:
        undo(register)
        # Entered as it stands, as an earlier Remit with a weaker screening may have let it in.
        add_action(register, "A1", "x", "chair")
        done(register, "ACT-1", date(2023, 8, 1))
        register.table("Action").update(what=CANARY)
        add_friction(register, "x", ["CQC", "ICB"], date(2023, 1, 1))
        settle(register, "FR-1", "so", date(2023, 2, 1))
        register.table("Friction").update(what=CANARY)
    assert holding(tmp_path) == ["asks.sqlite"]
    with tries.attempt("register: bytes", "forget") as refusal, open_register(file) as register:
        forget(register, date(2024, 1, 1))
    assert not refusal
    assert holding(tmp_path) == []


def test_a_reader_that_stays_is_told_and_the_next_change_removes_it(
    tries: Tries, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = filled(tmp_path)
    with open_register(file, read_only=True) as reader:
        assert len(reader.asks()) == 120
        with (
            tries.attempt("register: bytes", "a reader stays") as refusal,
            open_register(file, wait_seconds=0.5) as register,
        ):
            undo(register)
        assert not refusal
        assert "its bytes may still stand" in capsys.readouterr().err
        assert len(reader.asks()) == 120, "the reader still sees its moment"
    with open_register(file) as register:
        decide(register, "merge", ["A1", "A2"])
    assert capsys.readouterr().err == ""
    assert holding(tmp_path) == []


def test_whole_commands(tries: Tries, tmp_path: Path) -> None:
    file = filled(tmp_path)
    for arguments in (["remove", "B1"], ["undo", "--yes"]):
        ran = tries.command(
            "register: bytes", " ".join(arguments), ["asks", *arguments, "--register", file],
            codes=(0,), seconds=30,
        )  # fmt: skip
        assert ran.code == 0
    assert holding(tmp_path) == []
    assert beside(file) == []


def test_by_default_no_text_is_kept_in_its_order(tries: Tries, tmp_path: Path) -> None:
    file = tmp_path / "asks.sqlite"
    source = tmp_path / "a.csv"
    source.write_text(
        HEAD + "A1,CQC,ZA1,Falls,Please send the falls by ward before noon,2025-06-01\n"
    )
    code, out, err = ended(started("asks", "import", source, "--register", file))
    assert code == 0, out + err
    source.unlink()
    tries.record(
        "register: bytes", "no text", "lost" if holding(tmp_path, "send the falls") else "held"
    )
    assert holding(tmp_path, "send the falls") == []
    assert holding(tmp_path, "before noon") == []
    assert holding(tmp_path, "falls noon please") == ["asks.sqlite"]
