"""A register is opened as what it is, upgraded, waited for, and never made where it was."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from remit.asks import AskRegister, actions, import_file, open_register
from remit.asks.register import add_action, decide, decisions
from remit.model.errors import AskError, RecordsError
from remit.records.connecting import connected, let_go, rows
from remit.records.schema import migrate
from tests.records.processes import a_list, a_register, beside, ids


def older(folder: Path) -> Path:
    """A register as a Remit made it that knew the first migration only."""
    file = folder / "older.sqlite"
    alias = connected(file, "rwc")
    rows(alias, "PRAGMA application_id = 1380799537")
    migrate(alias, "0001_initial")
    rows(alias, "INSERT INTO records_register (made_at, secret, wipe_due) VALUES "
                "('2025-01-01 00:00:00', 'abc', 0)")  # fmt: skip
    rows(alias, "INSERT INTO records_ask (ask_id, key, title, follow_up, attachments, removed, "
                "status) VALUES ('A1', 'row:x:1', 'Kept', 0, 0, 0, 'open')")  # fmt: skip
    let_go(alias)
    return file


def test_an_older_register_is_brought_up_to_date_when_it_is_written(tmp_path: Path) -> None:
    file = older(tmp_path)
    before = file.read_bytes()
    with pytest.raises(RecordsError, match=r"older Remit .*0001_initial"):
        open_register(file, read_only=True)
    assert file.read_bytes() == before
    with open_register(file) as register:
        assert [(a.title, a.facets) for a in register.asks()] == [("Kept", None)]
    assert beside(file) == []
    assert ids(file) == ["A1"]


@pytest.mark.parametrize("kept", [32, 100, 32 + 24 + 4096, 32 + 3 * (24 + 4096)])
def test_a_first_change_that_was_cut_off_leaves_an_empty_register(
    tmp_path: Path, kept: int
) -> None:
    source = a_list(tmp_path, "source", *(f"A{n}" for n in range(300)))
    file, other = tmp_path / "asks.sqlite", tmp_path / "other.sqlite"
    open_register(file).close()
    shutil.copy(file, other)
    with closing(sqlite3.connect(other)) as reader:  # holds the log back from the file
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM records_ask").fetchone()
        with open_register(other) as register:
            import_file(register, source)
        begun = Path(f"{other}-wal").read_bytes()[:kept]
    Path(f"{file}-wal").write_bytes(begun)
    with open_register(file, read_only=True) as register:
        assert register.asks() == []
    with open_register(file) as register:
        import_file(register, source)
    assert len(ids(file)) == 300


def test_tables_and_the_record_of_them_are_never_apart(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another who looks just before a migration is recorded, as after a kill then, sees a whole."""
    from django.db.migrations.recorder import MigrationRecorder

    file, seen = older(tmp_path), []
    recorded = MigrationRecorder.record_applied

    def look_first(recorder: MigrationRecorder, app: str, name: str) -> None:
        if app == "records":
            with pytest.raises(RecordsError) as told:
                open_register(file, read_only=True)
            seen.append(str(told.value))
        recorded(recorder, app, name)

    monkeypatch.setattr(MigrationRecorder, "record_applied", look_first)
    open_register(file).close()
    assert len(seen) >= 6
    assert [said for said in seen if "older Remit" not in said] == []


def test_several_bring_it_up_to_date_at_once(tmp_path: Path) -> None:
    file = older(tmp_path)
    faults: list[BaseException] = []

    def add(number: int) -> None:
        try:
            with open_register(file) as register:
                add_action(register, "A1", f"step {number}", "chair")
        except BaseException as error:
            faults.append(error)

    threads = [threading.Thread(target=add, args=(n,)) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert faults == []
    with open_register(file, read_only=True) as register:
        assert sorted(a.action_id for a in actions(register)) == [f"ACT-{n}" for n in range(1, 7)]
    assert beside(file) == []


def test_a_writer_that_waits_is_told_of_it_and_gives_up_in_time(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = a_register(tmp_path, "A1", "A2")
    with closing(sqlite3.connect(file, isolation_level=None)) as holder:
        holder.execute("BEGIN IMMEDIATE")
        with (
            open_register(file, wait_seconds=2.5) as register,
            pytest.raises(
                RecordsError,
                match=r"in use .* within 2.5 seconds; nothing was changed\. Try again$",
            ),
        ):
            decide(register, "merge", ["A1", "A2"])
        assert "waiting up to 2.5 seconds" in capsys.readouterr().err
        assert ids(file) == ["A1", "A2"], "readers wait for nobody"
        holder.execute("ROLLBACK")
    with open_register(file) as register:
        assert decide(register, "merge", ["A1", "A2"]) == 1


@pytest.mark.parametrize("how", ["deleted", "moved", "replaced"])
def test_a_register_that_goes_while_it_is_open_is_told(tmp_path: Path, how: str) -> None:
    file = a_register(tmp_path, "A1", "A2")
    other = a_register(tmp_path, "B1", name="other.sqlite")
    with open_register(file) as register:
        if how == "replaced":
            other.replace(file)
        elif how == "moved":
            file.rename(tmp_path / "elsewhere.sqlite")
        else:
            file.unlink()
        with pytest.raises(RecordsError, match="moved, deleted or replaced"):
            decide(register, "merge", ["A1", "A2"])
        with pytest.raises(RecordsError, match="moved, deleted or replaced"):
            import_file(register, a_list(tmp_path, "more", "A3"))
    assert file.exists() == (how == "replaced"), "never an empty one in its place"


def test_a_register_that_was_deleted_is_made_anew(tmp_path: Path) -> None:
    file = a_register(tmp_path, "A1")
    file.unlink()
    assert ids(a_register(tmp_path, "A2")) == ["A2"]


def test_a_reader_sees_one_moment(tmp_path: Path) -> None:
    file = a_register(tmp_path, "A1")
    with open_register(file, read_only=True) as reader:
        with open_register(file) as writer:
            import_file(writer, a_list(tmp_path, "more", "A2"))
        assert list(reader.statuses()) == ["A1"]
        assert [ask.ask_id for ask in reader.asks()] == ["A1"]
    assert ids(file) == ["A1", "A2"]
    assert beside(file) == []


def test_a_reader_changes_nothing(tmp_path: Path) -> None:
    file = a_register(tmp_path, "A1", "A2")
    with (
        open_register(file, read_only=True) as register,
        pytest.raises(RecordsError, match="cannot be written"),
    ):
        decide(register, "merge", ["A1", "A2"])


def test_a_copy_alone_is_whole_after_each_command(tmp_path: Path) -> None:
    file = a_register(tmp_path, "A1", "A2")
    with open_register(file) as register:
        decide(register, "merge", ["A1", "A2"])
    assert beside(file) == []
    shutil.copy(file, tmp_path / "copy.sqlite")
    with open_register(tmp_path / "copy.sqlite", read_only=True) as copy:
        assert len(decisions(copy)) == 1


def test_a_copy_made_by_sqlite_is_opened_as_a_register(tmp_path: Path) -> None:
    file = a_register(tmp_path, "A1")
    with closing(sqlite3.connect(file)) as raw:
        raw.execute("VACUUM INTO ?", [str(tmp_path / "copy.sqlite")])
    with open_register(tmp_path / "copy.sqlite") as copy:
        add_action(copy, "A1", "go on", "chair")
        assert [ask.ask_id for ask in copy.asks()] == ["A1"]


def test_many_registers_are_open_at_once_and_in_threads(tmp_path: Path) -> None:
    files = [a_register(tmp_path, f"A{n}", name=f"{n}.sqlite") for n in range(5)]
    found: dict[str, list[str]] = {}

    def read(file: Path) -> None:
        found[file.name] = ids(file)

    with open_register(files[0]) as one, open_register(files[1]) as two, open_register(None) as no:
        threads = [threading.Thread(target=read, args=(file,)) for file in files]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(30)
        assert [r.statuses() for r in (one, two, no)] == [{"A0": "open"}, {"A1": "open"}, {}]
    assert found == {f"{n}.sqlite": [f"A{n}"] for n in range(5)}


def test_a_fault_within_a_change_undoes_all_of_it(tmp_path: Path) -> None:
    file = a_register(tmp_path, "A1")

    def half(register: AskRegister) -> None:
        with register.all_or_nothing():
            register.close_ask("A1", date(2025, 6, 2), "sent")
            raise KeyboardInterrupt

    with open_register(file) as register:
        with pytest.raises(KeyboardInterrupt):
            half(register)
        assert register.statuses() == {"A1": "open"}
        assert register.changes("A1") == []


def test_a_refused_edit_changes_nothing_even_outside_a_change(tmp_path: Path) -> None:
    with open_register(a_register(tmp_path, "A1")) as register:
        with pytest.raises(AskError, match="lies before"):
            register.edit("A1", {"title": "New", "due_on": date(2025, 5, 1)})
        assert register.get("A1").ask.title == "Return A1"
        assert register.changes("A1") == []


def test_a_register_opens_in_a_notebook(tmp_path: Path) -> None:
    """Where an event loop runs, as in Jupyter; Django by itself refuses to work there."""
    program = (
        "import asyncio, sys; from remit.asks import open_register\n"
        "async def cell():\n"
        "    with open_register(sys.argv[1]) as register: print(len(register.asks()))\n"
        "asyncio.run(cell())"
    )
    command = [sys.executable, "-c", program, str(tmp_path / "asks.sqlite")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == ("0\n", "")
