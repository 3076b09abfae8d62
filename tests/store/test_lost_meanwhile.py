"""A store that is moved, deleted or replaced while it is written: never told as done."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from remit.model.errors import StoreError
from remit.store import Store
from tests.store.published import read, sickness, trust_data
from tests.store.test_races import REMIT
from tests.store.test_upgrading import VERSION_1

LOST = "what was written went with that file, and is not in a file of that name"
MOVES = {
    "moved": "import sys, os; os.rename(sys.argv[1], sys.argv[1] + '.moved')",
    "deleted": "import sys, os; os.unlink(sys.argv[1])",
    "replaced": "import sys, os, shutil; n = sys.argv[1] + '.copy'; "
    "shutil.copy(sys.argv[1], n); os.replace(n, sys.argv[1])",
    "replaced by a folder": "import sys, os; os.unlink(sys.argv[1]); os.mkdir(sys.argv[1])",
}
HELD_SECONDS = 2


def elsewhere(how: str, path: Path) -> None:
    """Another process does it, as a user in another window would."""
    subprocess.run([sys.executable, "-c", MOVES[how], path], check=True)


@pytest.fixture
def kept(path: Path, tmp_path: Path) -> str:
    """A store that holds a file; its identifier."""
    reading = read(trust_data(tmp_path / "a.csv", sickness("5.1")))
    with Store.open(path) as store:
        return store.ingest([reading]).files[0].source_id


@pytest.mark.skipif(os.name == "nt", reason="an open file cannot be moved there")
@pytest.mark.parametrize("how", MOVES)
@pytest.mark.parametrize("work", ["ingest", "remove", "upgrade"])
def test_a_store_that_is_lost_between_commit_and_close_is_told(
    path: Path, tmp_path: Path, kept: str, how: str, work: str
) -> None:
    reading = read(trust_data(tmp_path / "b.csv", sickness("5.2"), quarter="Q2 2025/26"))
    if work == "upgrade":
        old_store(path)
    store = Store.open(path)
    if work == "ingest":
        store.ingest([reading])
    elif work == "remove":
        store.remove(kept)
    elsewhere(how, path)
    with pytest.raises(StoreError, match=LOST):
        store.close()
    store.close()  # told once


def old_store(path: Path) -> None:
    import duckdb

    path.unlink()
    with duckdb.connect(str(path)) as connection:
        connection.execute(VERSION_1)


@pytest.mark.skipif(os.name == "nt", reason="an open file cannot be moved there")
def test_what_was_not_written_cannot_be_lost(path: Path, tmp_path: Path, kept: str) -> None:
    """Who read or tried only has nothing to be told of, and a fault of its own is not hidden."""
    with Store.open(path, read_only=True):
        elsewhere("moved", path)
    path.with_name(f"{path.name}.moved").rename(path)
    with Store.open(path) as store:
        store.remove(kept, dry_run=True)
        elsewhere("moved", path)
    path.with_name(f"{path.name}.moved").rename(path)
    with pytest.raises(KeyError):
        removed_and_lost(path, kept)


def removed_and_lost(path: Path, kept: str) -> None:
    with Store.open(path) as store:
        store.remove(kept)
        elsewhere("moved", path)
        raise KeyError


@pytest.mark.parametrize(
    ("how", "work"),
    [("moved", "ingest"), ("deleted", "ingest"), ("replaced", "ingest"), ("replaced", "remove")],
)
def test_a_whole_command_whose_store_is_lost_while_it_commits_ends_with_2(
    strace: str, path: Path, tmp_path: Path, kept: str, how: str, work: str
) -> None:
    """Held at the first write into the store, and once some of it is written."""
    file = trust_data(tmp_path / "b.csv", sickness("5.2"), quarter="Q2 2025/26")
    arguments = [str(file)] if work == "ingest" else ["--remove", kept]
    held: dict[Path, subprocess.Popen[str]] = {}
    for number in (1, 2):
        folder = tmp_path / str(number)
        shutil.copytree(tmp_path, folder, ignore=lambda _, names: {*names} - {path.name})
        held[folder / path.name] = started(strace, folder, number, path.name, arguments)
    for store in held:
        wait_until_held(store.with_name("log"), int(store.parent.name))
        elsewhere(how, store)
    for store, process in held.items():
        out, said = process.communicate(timeout=60)
        assert process.returncode == 2, (store, out, said)
        assert "is not in a file of that name" in said
        assert out == ""


def started(
    strace: str, folder: Path, number: int, name: str, arguments: list[str]
) -> subprocess.Popen[str]:
    """A command that waits before its so-many-th write to the store or its log."""
    store, log = folder / name, folder / "log"
    delay = f"inject=pwrite64:delay_enter={HELD_SECONDS * 1_000_000}:when={number}"
    files = ["-P", str(store), "-P", f"{store}.wal"]
    under = [strace, "-f", "-o", str(log), "-e", "trace=pwrite64", *files, "-e", delay]
    call = [*under, sys.executable, "-c", REMIT, "ingest", *arguments, "--store", str(store)]
    return subprocess.Popen(call, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def wait_until_held(log: Path, number: int) -> None:
    deadline = time.monotonic() + 30
    while not (log.exists() and log.read_text().count("pwrite64(") >= number):
        assert time.monotonic() < deadline
        time.sleep(0.02)
