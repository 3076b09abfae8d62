"""The certain race: DuckDB reads a store's headers, another writes, and DuckDB goes on with them.

DuckDB 2.0 opens a file three times: twice to look into it and a third time to keep it, and locks it
only then (docs/duckdb-stale-headers.md). Here strace holds one ingest at each of these, and another
is run meanwhile. Without the gate the second of the two is lost at the third, and both end with 0.
"""

from __future__ import annotations

import os
import pickle
import shutil
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path

import pytest

from remit.store import Store
from tests.store.processes import INGEST, Other
from tests.store.published import read, sickness, trust_data

HELD_SECONDS = 4
OPENINGS = range(1, 7)
QUICKLY = (2, 3, 4)
REMIT = "from remit.cli import main; main()"


@pytest.fixture(scope="session")
def strace(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The program strace, where it is there and may look into processes."""
    found = shutil.which("strace")
    if found:
        log = tmp_path_factory.mktemp("strace") / "log"
        tried = subprocess.run([found, "-o", log, "true"], check=False, capture_output=True)
        if tried.returncode == 0:
            return found
    reason = "strace cannot be run: on Linux install the package strace (make test does, as root)"
    if os.environ.get("CI", "").lower() in {"1", "true"} and sys.platform == "linux":
        pytest.fail(reason)
    pytest.skip(reason)


def held_at(strace: str, path: Path, number: int, log: Path) -> list[str]:
    """What has a process wait before it opens the store for the so-many-th time."""
    delay = f"inject=openat:delay_enter={HELD_SECONDS * 1_000_000}:when={number}"
    return [strace, "-f", "-o", str(log), "-e", "trace=openat", "-P", str(path), "-e", delay]


def test_who_is_held_while_opening_loses_nothing_and_overwrites_nothing(
    strace: str, tmp_path: Path
) -> None:
    """All at once, each with a store of its own, since they mostly wait."""
    first, second = (
        pickled(tmp_path, name, f"Q{n} 2025/26") for n, name in enumerate(["a", "b"], 1)
    )
    stores = {number: tmp_path / str(number) / "remit.duckdb" for number in QUICKLY}
    with ExitStack() as stack:
        held, others = [], []
        for number, path in stores.items():
            path.parent.mkdir()
            Store.open(path).close()
            under = held_at(strace, path, number, path.with_name("log"))
            held.append(stack.enter_context(Other(INGEST, path, first, under=under)))
            others.append(stack.enter_context(Other(INGEST, path, second)))
        for one in [*held, *others]:
            one.wait_for("ready")
        for one in held:
            one.go()
        wait_until_held({path.with_name("log"): number for number, path in stores.items()})
        for one in others:
            one.go()
        for one in [*held, *others]:
            one.wait_for("done")
            assert "not enough bytes" not in one.finish()
    kept = {number: files(path) for number, path in stores.items()}
    assert kept == {number: ["a.csv", "b.csv"] for number in QUICKLY}


@pytest.mark.evidence
@pytest.mark.parametrize("number", OPENINGS)
def test_whole_commands_that_are_held_lose_nothing(
    strace: str, tmp_path: Path, number: int
) -> None:
    path = tmp_path / "remit.duckdb"
    for name, quarter in (("a", 1), ("b", 2)):
        trust_data(tmp_path / f"{name}.csv", sickness("5.1"), quarter=f"Q{quarter} 2025/26")
    Store.open(path).close()
    log = tmp_path / "log"
    slow = started(held_at(strace, path, number, log), "ingest", tmp_path / "a.csv", path)
    wait_until_held({log: number})
    quick = started([], "ingest", tmp_path / "b.csv", path)
    for one in (slow, quick):
        _, said = one.communicate(timeout=60)
        assert one.returncode == 0, said
    assert files(path) == ["a.csv", "b.csv"]


def started(under: Sequence[str], command: str, file: Path, store: Path) -> subprocess.Popen[str]:
    call = [*under, sys.executable, "-c", REMIT, command, str(file), "--store", str(store)]
    return subprocess.Popen(call, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def pickled(folder: Path, name: str, quarter: str) -> Path:
    path = folder / f"{name}.pickle"
    file = trust_data(folder / f"{name}.csv", sickness("5.1"), quarter=quarter)
    path.write_bytes(pickle.dumps([read(file)]))
    return path


def wait_until_held(logs: Mapping[Path, int]) -> None:
    """Until the logs tell of the openings that are held; there need not be so many of them."""
    deadline = time.monotonic() + 1.5
    while time.monotonic() < deadline and not all(map(is_held, logs, logs.values())):
        time.sleep(0.05)


def is_held(log: Path, number: int) -> bool:
    return log.exists() and log.read_text().count("openat(") >= number


def files(path: Path) -> list[str]:
    with Store.open(path, read_only=True) as store:
        assert store.observations().height == 2
        return sorted(source.file_name for source in store.sources())
