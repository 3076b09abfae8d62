"""A copy of the register, whole, while others use it; and never over another file."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

import pytest

from remit.asks.register import open_register
from remit.cli.run import run


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("REMIT_ASKS", raising=False)
    (tmp_path / "a.csv").write_text(
        "ask_id,from_body,to_org_code,title\nA1,CQC,ZA1,Falls\nA2,CQC,ZA1,RTT\n"
    )
    assert run(["asks", "import", "a.csv"]) == 0
    return tmp_path


def test_the_copy_is_a_register_of_its_own(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "asks.sqlite").chmod(0o600)
    assert run(["asks", "backup", "copy.sqlite"]) == 0
    assert "Written to copy.sqlite: a copy of asks.sqlite." in capsys.readouterr().out
    assert os.name == "nt" or (folder / "copy.sqlite").stat().st_mode & 0o777 == 0o600
    assert not list(folder.glob("copy.sqlite?*"))
    assert run(["asks", "remove", "A1", "--yes"]) == 0
    with open_register("copy.sqlite", read_only=True) as copy:
        assert [ask.ask_id for ask in copy.asks()] == ["A1", "A2"]
    assert run(["asks", "import", "a.csv", "--register", "copy.sqlite"]) == 0
    assert "there already 2" in capsys.readouterr().out


def test_a_copy_is_made_while_somebody_writes(folder: Path) -> None:
    writer = sqlite3.connect(folder / "asks.sqlite", isolation_level=None)
    writer.execute("BEGIN IMMEDIATE")
    assert run(["asks", "backup", "copy.sqlite"]) == 0
    writer.execute("ROLLBACK")
    writer.close()
    with open_register("copy.sqlite", read_only=True) as copy:
        assert len(copy.asks()) == 2


@pytest.mark.parametrize("name", ["there.txt", "asks.sqlite", "link", "a-folder", "none/copy"])
def test_nothing_is_replaced_and_nothing_left_behind(
    folder: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "there.txt").write_text("mine")
    (folder / "a-folder").mkdir()
    (folder / "link").symlink_to("nowhere")
    before = {path.name: path.lstat().st_size for path in folder.iterdir()}
    assert run(["asks", "backup", name]) == 2
    assert {path.name: path.lstat().st_size for path in folder.iterdir()} == before
    assert "exist" in capsys.readouterr().err


def test_no_register_is_made_by_a_backup_of_none(folder: Path) -> None:
    assert run(["asks", "backup", "copy.sqlite", "--register", "none.sqlite"]) == 2
    assert not (folder / "none.sqlite").exists()
    assert not (folder / "copy.sqlite").exists()
