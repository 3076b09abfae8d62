"""A register beside the log of another state, under two names, or gone by the end of a command."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import time
from contextlib import closing
from pathlib import Path

import pytest

from remit.asks import AskRegister, import_file, open_register
from remit.asks.register import undo
from remit.model.errors import RecordsError
from tests.hostile.test_register_writers import _can_trace, posix
from tests.hostile.tries import Tries
from tests.records.processes import a_list, a_register, beside, command, ids

OTHER = "belongs to another state"
PAGE = 4096


def more(register: AskRegister, folder: Path, *names: str) -> None:
    import_file(register, a_list(folder, f"more-{names[0]}", *names, text="Falls by ward " * 20))


def pair(file: Path, folder: Path) -> Path:
    """A copy of a register with its log, as a killed command leaves it."""
    folder.mkdir()
    for ending in ("", "-wal"):
        shutil.copy(f"{file}{ending}", folder / f"{file.name}{ending}")
    return folder / file.name


def left(folder: Path, *, wiped: bool = False) -> tuple[list[Path], Path, list[str]]:
    """Copies of a register in several states, the pair that was left, and what it holds."""
    file = a_register(folder, *(f"A{n}" for n in range(30)))
    states = [folder / f"state-{n}" for n in range(3)]
    shutil.copy(file, states[0])
    with closing(sqlite3.connect(file)) as raw:
        raw.execute("VACUUM INTO ?", [str(states[1])])
    with open_register(file) as register:
        more(register, folder, *(f"B{n}" for n in range(30)))
    shutil.copy(file, states[2])
    with open_register(file) as register:
        more(register, folder, *(f"C{n}" for n in range(30)))
        if wiped:
            undo(register)
            more(register, folder, *(f"C{n}" for n in range(10)))
        more(register, folder, "D1", "D2")
        held = sorted(ask.ask_id for ask in register.asks())
        there = pair(file, folder / "pair")
    shutil.copy(file, folder / "last")
    return [*states, folder / "last"], there, held


@pytest.mark.parametrize("how", ["moved", "written over"])
@pytest.mark.parametrize("read_only", [False, True])
def test_a_copy_put_back_beside_the_log_of_another_state_is_refused(
    tries: Tries, tmp_path: Path, how: str, read_only: bool
) -> None:
    states, there, held = left(tmp_path)
    for number, state in enumerate(states[:2]):
        shutil.rmtree(tmp_path / "try", ignore_errors=True)
        file = pair(there, tmp_path / "try")
        if how == "moved":
            shutil.copy(state, tmp_path / "t")
            (tmp_path / "t").replace(file)
        else:
            file.write_bytes(state.read_bytes())
        before = [Path(f"{file}{ending}").read_bytes() for ending in ("", "-wal")]
        with pytest.raises(RecordsError, match=OTHER):
            open_register(file, read_only=read_only)
        tries.record("register: pairs", f"{how} {number}", "refused")
        assert [Path(f"{file}{ending}").read_bytes() for ending in ("", "-wal")] == before
        Path(f"{file}-wal").rename(tmp_path / "aside")
        Path(f"{file}-shm").unlink(missing_ok=True)
        assert ids(file) == [f"A{n}" for n in sorted(range(30), key=str)]
    assert ids(there) == held


def test_copies_of_the_very_state_before_and_after_the_log_are_its_own(tmp_path: Path) -> None:
    states, there, held = left(tmp_path)
    for state in states[2:]:
        there.write_bytes(state.read_bytes())
        assert ids(pair(there, tmp_path / f"try-{state.name}")) == held


def test_a_copy_by_vacuum_of_the_state_before_the_log_is_not_its_own(tmp_path: Path) -> None:
    """It holds the same rows on other pages."""
    file = a_register(tmp_path, *(f"A{n}" for n in range(30)))
    with open_register(file) as register:
        undo(register)
        more(register, tmp_path, *(f"B{n}" for n in range(30)))
    with closing(sqlite3.connect(file)) as raw:
        raw.execute("VACUUM INTO ?", [str(tmp_path / "copy")])
    with open_register(file) as register:
        more(register, tmp_path, "C1")
        there = pair(file, tmp_path / "pair")
    there.write_bytes((tmp_path / "copy").read_bytes())
    with pytest.raises(RecordsError, match=OTHER):
        open_register(there)


@pytest.mark.parametrize("wiped", [False, True])
def test_a_log_half_carried_over_is_opened_with_all_rows(
    tries: Tries, tmp_path: Path, wiped: bool
) -> None:
    """Each moment at which a checkpoint can be killed: SQLite writes page after page, in order."""
    states, there, held = left(tmp_path, wiped=wiped)
    before, after = there.read_bytes(), states[-1].read_bytes()
    log = Path(f"{there}-wal").read_bytes()
    for done in range(0, len(after) + 1, PAGE):
        half = after[:done] + before[done:]
        file = tmp_path / "half" / "asks.sqlite"
        file.parent.mkdir()
        file.write_bytes(half)
        Path(f"{file}-wal").write_bytes(log)
        with open_register(file, read_only=bool(done % (2 * PAGE))) as register:
            kept = sorted(ask.ask_id for ask in register.asks())
        tries.record("register: half carried over", str(done), "held" if kept == held else "lost")
        assert kept == held
        assert file.read_bytes() == after, "the last to close carried it over"
        shutil.rmtree(file.parent)


@pytest.mark.parametrize("times", [1, 2, 4])
@pytest.mark.parametrize("wiped", [False, True])
def test_a_log_that_sqlite_began_anew_holds_less(
    tries: Tries, tmp_path: Path, times: int, wiped: bool
) -> None:
    """Carried over but not emptied, since somebody read: the next change writes from its start."""
    file = a_register(tmp_path, *(f"A{n}" for n in range(30)))
    shutil.copy(file, tmp_path / "first")
    quick = open_register(file, wait_seconds=0.1)
    with open_register(file, read_only=True):
        more(quick, tmp_path, *(f"B{n}" for n in range(30)))
        if wiped:
            undo(quick)
            more(quick, tmp_path, "W1")
    with closing(sqlite3.connect(file)) as raw:
        assert raw.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()[0] == 0
    for number in range(times):
        more(quick, tmp_path, f"C{number}")
    held = sorted(ask.ask_id for ask in quick.asks())
    there = pair(file, tmp_path / "pair")
    quick.close()
    wrong = pair(there, tmp_path / "wrong")
    wrong.write_bytes((tmp_path / "first").read_bytes())
    if beside(wrong) and Path(f"{wrong}-wal").stat().st_size:
        with pytest.raises(RecordsError, match=OTHER):
            open_register(wrong)
        tries.record("register: pairs", f"begun anew {times} {wiped}", "refused")
    assert ids(there) == held


@posix
@pytest.mark.skipif(not _can_trace(), reason="strace is not there, or may not trace")
@pytest.mark.parametrize("tried", [2, pytest.param(40, marks=pytest.mark.evidence)])
def test_a_command_killed_while_it_carries_its_log_over(
    tries: Tries, tmp_path: Path, tried: int
) -> None:
    for number in range(tried):
        folder = tmp_path / str(number)
        folder.mkdir()
        file = a_register(folder, *(f"A{n}" for n in range(20)))
        with open_register(file) as register:
            more(register, folder, *(f"B{n}" for n in range(20)))
        shutil.copy(file, folder / "backup")
        with open_register(file) as register:
            more(register, folder, *(f"C{n}" for n in range(20)))
        # All of it stands in the log before the first page is carried over.
        _killed_as_it_carries_over(file, folder, page=1 + number % 12)
        assert _has_log(file), "it was killed too late"
        assert len(ids(pair(file, folder / "true"))) == 80
        (folder / "backup").replace(file)
        with pytest.raises(RecordsError, match=OTHER):
            open_register(file)
        tries.record("register: killed in the checkpoint", str(number), "refused")


def _killed_as_it_carries_over(file: Path, folder: Path, page: int) -> None:
    source = a_list(folder, "D", *(f"D{n}" for n in range(20)))
    held = ["strace", "-f", "-o", os.devnull, "-e", "trace=pwrite64", "-P", str(file),
            "-e", f"inject=pwrite64:delay_enter=60000000:when={page}"]  # fmt: skip
    slow = subprocess.Popen(
        [*held, *command(["asks", "import", source, "--register", file])],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip
    until = time.time() + 30
    while time.time() < until and slow.poll() is None and not _has_log(file):
        time.sleep(0.02)
    time.sleep(0.8)
    os.killpg(slow.pid, signal.SIGKILL)
    slow.wait()


def _has_log(file: Path) -> bool:
    log = Path(f"{file}-wal")
    return log.exists() and log.stat().st_size > 0


# Two names, and none ------------------------------------------------------------------------------


def test_a_register_of_two_names_is_not_written(tries: Tries, tmp_path: Path) -> None:
    file = a_register(tmp_path, "A1")
    second = tmp_path / "b.sqlite"
    os.link(file, second)
    for name in (file, second):
        with pytest.raises(RecordsError, match="hard link"):
            open_register(name)
        assert ids(name) == ["A1"], "without a log it can be read"
        Path(f"{name}-wal").write_bytes(b"x" * 100)
        with pytest.raises(RecordsError, match="hard link"):
            open_register(name, read_only=True)
        Path(f"{name}-wal").unlink()
        tries.record("register: two names", name.name, "refused")
    assert beside(file) == []
    second.unlink()
    open_register(file).close()


def test_a_name_that_was_left_while_it_was_made_is_no_second_one(tmp_path: Path) -> None:
    file = a_register(tmp_path, "A1")
    os.link(file, f"{file}.new-0123abcd")
    open_register(file).close()
    assert beside(file) == []
    os.link(file, f"{file}.new-0123abcd")
    assert ids(file) == ["A1"]


@pytest.mark.parametrize("how", ["deleted", "moved", "replaced"])
@pytest.mark.parametrize("late", [False, True])
def test_a_register_that_goes_after_the_last_look_is_told(
    tries: Tries, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, how: str, late: bool
) -> None:
    """Between the last look before the change is confirmed and the end of the command."""
    file = a_register(tmp_path, "A1")
    other = a_register(tmp_path, "B1", name="other.sqlite")

    def go() -> None:
        if how == "replaced":
            other.replace(file)
        elif how == "moved":
            file.rename(tmp_path / "elsewhere.sqlite")
        else:
            file.unlink()

    register = open_register(file)
    if not late:
        from django.db import connections

        connection = connections[register._alias]
        confirm = connection.commit
        monkeypatch.setattr(connection, "commit", lambda: (go(), confirm()))
        with pytest.raises(RecordsError, match="what was written went with the file"):
            more(register, tmp_path, "A2")
        monkeypatch.undo()
    else:
        more(register, tmp_path, "A2")
        go()
    with pytest.raises(RecordsError, match="what was written went with the file"):
        register.close()
    tries.record("register: gone late", how, "refused")


@posix
@pytest.mark.skipif(not _can_trace(), reason="strace is not there, or may not trace")
def test_a_command_whose_register_went_is_no_success(tries: Tries, tmp_path: Path) -> None:
    file = a_register(tmp_path, "A1")
    held = ["strace", "-f", "-o", os.devnull, "-e", "trace=fdatasync,fsync", "-P", f"{file}-wal",
            "-e", "inject=fdatasync,fsync:delay_enter=1500000:when=1"]  # fmt: skip
    slow = subprocess.Popen(
        [*held, *command(["asks", "import", a_list(tmp_path, "l", "A2"), "--register", file])],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    while slow.poll() is None and not _has_log(file):
        time.sleep(0.02)
    file.rename(tmp_path / "away.sqlite")
    _, err = slow.communicate(timeout=60)
    tries.record("register: gone late", "command", "refused" if slow.returncode == 2 else "lost")
    assert (slow.returncode, "what was written went" in err) == (2, True), err
