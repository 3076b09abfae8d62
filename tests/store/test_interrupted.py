"""Ctrl+C while files are being kept: what DuckDB says of it, and what is in the store then."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from remit.publications.rows.reading import Reading
from remit.store import Store
from tests.store.published import read, sickness, trust_data

pytestmark = pytest.mark.skipif(
    signal.getsignal(signal.SIGINT) is signal.SIG_IGN,
    reason="this job was started with Ctrl+C ignored, as those in the background of a script are",
)


def test_ctrl_c_between_two_files_leaves_the_store_as_it_was(path: Path, tmp_path: Path) -> None:
    first = read(trust_data(tmp_path / "a.csv", sickness("5.1")))

    def files() -> Iterator[Reading]:
        yield first
        os.kill(os.getpid(), signal.SIGINT)

    with Store.open(path) as store:
        with pytest.raises(KeyboardInterrupt):
            store.ingest(files())
        assert store.sources() == []
        assert store.observations().is_empty()


INTERRUPTED = """
import os, signal, sys, threading
from pathlib import Path
from remit.store import Store
signal.signal(signal.SIGINT, signal.default_int_handler)  # a job in the background ignores it
with Store.open(Path(sys.argv[1])) as store:
    threading.Timer(0.3, os.kill, (os.getpid(), signal.SIGINT)).start()
    try:
        with store._transaction(keep=True):
            store._connection.execute("SELECT sum(range) FROM range(1000000000000000)")
    except KeyboardInterrupt:
        print("Ctrl+C")
"""


def test_ctrl_c_while_duckdb_works_is_ctrl_c(path: Path) -> None:
    """DuckDB calls it an error of its own, which is no fault of Remit's and none of the store.

    Seen with 2.0.0: about once in sixty times DuckDB waits for ever for its own threads when it is
    interrupted (``Executor::CancelTasks``). Then it is ended from outside, as a user would, and the
    store must be as it was all the same.
    """
    Store.open(path).close()
    command = [sys.executable, "-c", INTERRUPTED, str(path)]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=30)
    except subprocess.TimeoutExpired:
        pass
    else:
        assert (done.stdout, done.stderr) == ("Ctrl+C\n", "")
    with Store.open(path, read_only=True) as store:
        assert store.sources() == []
