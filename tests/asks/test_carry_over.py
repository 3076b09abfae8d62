"""A register of an earlier Remit is carried over whole, checked, and kept."""

from __future__ import annotations

import gzip
import hashlib
from datetime import date
from pathlib import Path

import duckdb
import pytest

from remit.asks import (
    ImportOptions,
    actions,
    decisions,
    frictions,
    import_file,
    open_register,
    risks,
)
from remit.asks.register import imports, rejections, undo, without_ask
from remit.asks.register.carry_over import carry_over
from remit.cli import main
from remit.model.errors import AskError

OLD = Path(__file__).parent / "old_registers"
COUNTS = {
    "ask": 8, "meeting": 4, "import": 4, "rejection": 2, "mapping": 1, "change": 5, "decision": 2,
    "action": 3, "friction": 2, "risk": 1, "risk_share": 2,
}  # fmt: skip


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A fictional register that Remit made when registers were DuckDB files."""
    file = tmp_path / "asks.duckdb"
    file.write_bytes(gzip.decompress((OLD / "asks-layout-1.duckdb.gz").read_bytes()))
    return file


def test_all_of_it_comes_along_and_the_old_file_stays(old: Path, tmp_path: Path) -> None:
    before = hashlib.sha256(old.read_bytes()).digest()
    new = tmp_path / "asks.sqlite"
    assert carry_over(old, new, keep_text=True).rows == COUNTS
    assert hashlib.sha256(old.read_bytes()).digest() == before
    with open_register(new, read_only=True) as register:
        ask = register.get("A1").ask
        assert ask.text == "Please send the count of falls for Q1, by ward, and what was done."
        assert (ask.due_on, ask.hours_estimate) == (date(2025, 6, 20), 4.0)
        assert [row[:3] for row in register.changes("A1")] == [
            ("hours_estimate", "2.5", "4.0"),
            ("due_on", "2025-06-09", "2025-06-20"),
        ]
        assert register.get("A2").answer == "sent, see the board report"
        assert [d.ask_ids for d in decisions(register)] == [("A1", "A2", "A3")]
        assert [d.ask_ids for d in decisions(register, everything=True)][1] == ("A1", "A4")
        assert [a.conversation for a in actions(register)] == ["A1", "A4", "QRM of 3 June"]
        assert [a.action_id for a in without_ask(register)] == ["ACT-2"]
        assert [f.between for f in frictions(register)] == [
            ("NHSE region", "ICB finance"), ("CQC", "NHSE region", "ICB"),
        ]  # fmt: skip
        assert [(s.organisation, s.percent) for s in risks(register)[0].shares] == [
            ("ZA1", 60.0), ("ZB1", 40.0),
        ]  # fmt: skip
        assert [record.number for record in imports(register)] == [1, 2, 3, 4]
        assert len(rejections(register)) == 2
        assert len(register.meetings()) == 3


def test_what_was_imported_before_is_known_again(old: Path, tmp_path: Path) -> None:
    new = tmp_path / "asks.sqlite"
    carry_over(old, new)
    days = ImportOptions(to_org="ZA1", first=date(2025, 10, 1), last=date(2025, 10, 31))
    with open_register(new) as register:
        for name, options, repeated in (
            ("log.csv", None, 4), ("box.mbox", ImportOptions(to_org="ZA1"), 2),
            ("diary2.ics", days, 1),
        ):  # fmt: skip
            report = import_file(register, OLD / name, options)
            assert (report.repeated, report.meetings) == (repeated, 0), name
        assert report.accepted == 0
        assert undo(register).file_name == "log.csv", "the ask that was removed came back with it"
        assert undo(register).file_name == "diary2.ics"
        assert len(register.meetings()) == 4, "what it cancelled stands again"


def test_texts_come_down_to_words_unless_they_are_asked_for(old: Path, tmp_path: Path) -> None:
    new = tmp_path / "asks.sqlite"
    carry_over(old, new)
    with open_register(new, read_only=True) as register:
        ask = register.get("A1").ask
        assert ask.text == "and count done falls for please send the ward was what"
        assert ask.facets is not None
        kept = [one for one in register.asks() if register.get(one.ask_id).original is not None]
        assert [k.text for k in kept] == ["Please send the 62 day figure for April by 12 June."]


def test_a_dry_run_keeps_nothing(old: Path, tmp_path: Path) -> None:
    new = tmp_path / "asks.sqlite"
    assert carry_over(old, new, dry_run=True).rows == COUNTS
    assert not new.exists()


def test_a_register_with_entries_is_not_written_over(old: Path, tmp_path: Path) -> None:
    new = tmp_path / "asks.sqlite"
    carry_over(old, new)
    before = new.read_bytes()
    with pytest.raises(AskError, match="holds entries already"):
        carry_over(old, new)
    assert new.read_bytes() == before


def test_a_row_that_came_out_differently_undoes_all_of_it(
    old: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from remit.asks.register import carry_over as module
    from remit.asks.register.register import AskRegister

    append = AskRegister.append

    def spoilt(self: AskRegister, name: str, rows: list[dict[str, object]]) -> None:
        append(self, name, [row | {"title": "?"} for row in rows] if name == "Risk" else rows)

    monkeypatch.setattr(AskRegister, "append", spoilt)
    with pytest.raises(AskError, match="risk: the rows came out differently; nothing was kept"):
        module.carry_over(old, tmp_path / "asks.sqlite")
    with open_register(tmp_path / "asks.sqlite", read_only=True) as register:
        assert register.asks() == []


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ("DROP TABLE risk", "table risk"),
        ("ALTER TABLE risk ADD COLUMN more VARCHAR", "table risk"),
        ("DROP TABLE risk; CREATE VIEW risk AS SELECT 1 AS a", "table risk"),
        ("UPDATE remit_asks SET layout_version = 9", "layout"),
        ("DROP TABLE remit_asks", "no register of an earlier"),
    ],
)
def test_a_file_that_is_no_old_register_is_refused(
    old: Path, tmp_path: Path, change: str, reason: str
) -> None:
    with duckdb.connect(str(old)) as raw:
        raw.execute(change)
    with pytest.raises(AskError, match=reason):
        carry_over(old, tmp_path / "asks.sqlite")
    assert not (tmp_path / "asks.sqlite").exists()


@pytest.mark.parametrize(
    "arguments",
    [
        ["list"], ["imports"], ["undo"], ["burden"], ["doubles"], ["actions"], ["risk"],
        ["friction"], ["decide"], ["show", "A1"], ["remove", "A1"],
        ["forget", "--older-than", "2y"],
        ["import", "log.csv", "--yes"],
        ["add", "--title", "x", "--from-body", "CQC", "--to-org", "Z"],
    ],
)  # fmt: skip
def test_every_command_says_how_an_old_register_is_carried_over(
    old: Path, tmp_path: Path, arguments: list[str], capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    (tmp_path / "log.csv").write_bytes((OLD / "log.csv").read_bytes())
    monkeypatch.delenv("REMIT_ASKS", raising=False)
    for register in (["--register", "asks.duckdb"], []):  # the old one itself; the new one's name
        with pytest.raises(SystemExit) as stop:
            main(["asks", *arguments, *register])
        said = capsys.readouterr().err
        assert stop.value.code == 2, said
        assert "remit asks carry-over" in said
        assert "asks.duckdb --register" in said
        assert not (tmp_path / "asks.sqlite").exists()


def test_the_command(old: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    new = str(tmp_path / "asks.sqlite")
    for more, said in ((["--dry-run"], "nothing was kept"), ([], "Carried over into")):
        with pytest.raises(SystemExit) as stop:
            main(["asks", "carry-over", str(old), "--register", new, *more])
        out = capsys.readouterr().out
        assert stop.value.code == 0
        assert said in out
        assert out.splitlines()[0].split() == ["Table", "Rows", "Read", "back"]
        assert ["risk", "share", "2", "the", "same"] in [line.split() for line in out.splitlines()]
        assert "chase an earlier one: remit asks list shows them with --follow-ups only." in out
    assert {path.name for path in tmp_path.iterdir()} == {old.name, "asks.sqlite"}
    assert len(out.splitlines()) == len(COUNTS) + 3
