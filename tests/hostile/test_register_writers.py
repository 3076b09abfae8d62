"""Many write at once, are held, killed, or find the disk full: nothing refused, nothing lost."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from remit.asks import actions, decisions, open_register
from tests.hostile.tries import Tries
from tests.records.processes import a_list, a_register, beside, command, ended, ids, started

ROOT = Path(__file__).resolve().parent.parent.parent
posix = pytest.mark.skipif(not hasattr(os, "fork"), reason="children are forked")


def attack(*arguments: object) -> list[dict[str, Any]]:
    """Run an attack in a process of its own and say how each try ended."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.records.forked", *map(str, arguments)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    assert "FAULT" not in done.stderr, done.stderr[-3000:]
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


def tell(tries: Tries, kind: str, told: list[dict[str, Any]]) -> None:
    for number, one in enumerate(told):
        outcome = ("refused" if one["code"] == 2 else "held") if one["well"] else "lost"
        tries.record(kind, f"{number}: {one}", outcome)
    assert [one for one in told if not one["well"]] == []


@posix
def test_eight_write_and_two_read(tries: Tries, tmp_path: Path) -> None:
    tell(tries, "register: writers", attack("writers", tmp_path, 3))


@posix
@pytest.mark.evidence
def test_eight_write_and_two_read_for_long(tries: Tries, tmp_path: Path) -> None:
    tell(tries, "register: writers", attack("writers", tmp_path, 200))


@posix
def test_first_imports_are_killed(tries: Tries, tmp_path: Path) -> None:
    tell(tries, "register: kill -9", attack("kills", tmp_path, 10))


@posix
@pytest.mark.evidence
def test_first_imports_are_killed_many_times(tries: Tries, tmp_path: Path) -> None:
    told = attack("kills", tmp_path, 260)
    assert sum(one["code"] == -signal.SIGKILL for one in told) >= 100
    tell(tries, "register: kill -9", told)


@posix
def test_the_disk_is_full(tries: Tries, tmp_path: Path) -> None:
    told = attack("full", tmp_path)
    assert {one["code"] for one in told} == {0, 2}
    tell(tries, "register: full disk", told)


def test_whole_commands_begin_a_register_at_once(tries: Tries, tmp_path: Path) -> None:
    file = tmp_path / "asks.sqlite"
    sources = [a_list(tmp_path, f"l{n}", f"A{n}") for n in range(5)]
    began = [started("asks", "import", one, "--register", file) for one in sources]
    for number, process in enumerate(began):
        code, out, err = ended(process)
        tries.record("register: first imports", f"{number}", "held" if code == 0 else "lost")
        assert code == 0, out + err
    assert ids(file) == [f"A{n}" for n in range(5)]
    assert beside(file) == []


@pytest.mark.skipif(not hasattr(signal, "SIGSTOP"), reason="no process can be stopped")
@pytest.mark.parametrize("wait", [0.0, 0.05])
def test_an_import_is_held_while_others_write(tries: Tries, tmp_path: Path, wait: float) -> None:
    """Stopped as soon as it has the register open; what others write meanwhile stays."""
    file = a_register(tmp_path, "A1", "A2")
    slow = started("asks", "import", a_list(tmp_path, "slow", "S1"), "--register", file)
    _stop_when_open(slow, file, wait)
    quick = started("asks", "import", a_list(tmp_path, "quick", "Q1"), "--register", file)
    decided = started("asks", "decide", "A1", "A2", "--merge", "--register", file)
    time.sleep(2.5)
    slow.send_signal(signal.SIGCONT)
    codes = [ended(process)[0] for process in (slow, quick, decided)]
    kept = codes == [0, 0, 0] and ids(file) == ["A1", "A2", "Q1", "S1"]
    tries.record("register: held", f"stopped {wait} s after opening", "held" if kept else "lost")
    assert codes == [0, 0, 0]
    assert ids(file) == ["A1", "A2", "Q1", "S1"]
    with open_register(file, read_only=True) as register:
        assert (len(decisions(register)), actions(register)) == (1, [])


def _stop_when_open(process: subprocess.Popen[str], file: Path, wait: float) -> None:
    folder = Path(f"/proc/{process.pid}/fd")
    if not folder.exists():
        time.sleep(0.5)
    while folder.exists() and process.poll() is None:
        with contextlib.suppress(OSError):  # a descriptor may be closed meanwhile
            if str(file) in {str(one.readlink()) for one in folder.iterdir()}:
                break
    time.sleep(wait)
    process.send_signal(signal.SIGSTOP)


def _can_trace() -> bool:
    strace = shutil.which("strace")
    if strace is None:
        return False
    tried = subprocess.run([strace, "-o", os.devnull, "true"], capture_output=True, check=False)
    return tried.returncode == 0


@pytest.mark.skipif(not _can_trace(), reason="strace is not there, or may not trace")
@pytest.mark.parametrize("when", [1, pytest.param(2, marks=pytest.mark.evidence)])
@pytest.mark.parametrize("ending", ["", pytest.param("-wal", marks=pytest.mark.evidence)])
def test_the_certain_race(tries: Tries, tmp_path: Path, when: int, ending: str) -> None:
    """What lost an import for certain while the register was DuckDB's: a delay as it is opened."""
    file = a_register(tmp_path, "A1")
    held = ["strace", "-f", "-o", os.devnull, "-e", "trace=openat", "-P", f"{file}{ending}",
            "-e", f"inject=openat:delay_enter=3000000:when={when}"]  # fmt: skip
    slow = subprocess.Popen(
        [*held, *command(["asks", "import", a_list(tmp_path, "slow", "S1"), "--register", file])],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    time.sleep(0.5)
    quick = started("asks", "import", a_list(tmp_path, "quick", "Q1"), "--register", file)
    codes = [ended(quick)[0], ended(slow)[0]]
    kept = codes == [0, 0] and ids(file) == ["A1", "Q1", "S1"]
    tries.record(
        "register: held", f"strace, {ending or 'file'}, {when}", "held" if kept else "lost"
    )
    assert codes == [0, 0]
    assert ids(file) == ["A1", "Q1", "S1"]


def test_a_register_deleted_under_waiting_writers_is_made_anew_or_told(
    tries: Tries, tmp_path: Path
) -> None:
    import sqlite3

    file = a_register(tmp_path, "A1")
    holder = sqlite3.connect(file, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    waiting = [
        started("asks", "import", a_list(tmp_path, f"w{n}", f"W{n}"), "--register", file)
        for n in range(2)
    ]
    time.sleep(2.5)
    file.unlink()
    holder.execute("ROLLBACK")
    holder.close()
    for number, process in enumerate(waiting):
        code, out, err = ended(process)
        told = code == 2 and "moved, deleted or replaced" in err
        anew = code == 0 and file.exists() and f"W{number}" in ids(file)
        tries.record("register: deleted", str(number), "held" if anew else "refused")
        assert told or anew, out + err
    assert not file.exists() or ids(file)
