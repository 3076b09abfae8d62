"""Ctrl+C while files are being kept: what DuckDB says of it, and what is in the store then."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from remit.publications.reading import Reading
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


def test_ctrl_c_while_duckdb_works_is_ctrl_c(path: Path) -> None:
    """DuckDB calls it an error of its own, which is no fault of Remit's and none of the store."""
    with Store.open(path) as store:
        timer = threading.Timer(0.3, os.kill, (os.getpid(), signal.SIGINT))
        timer.start()
        with pytest.raises(KeyboardInterrupt), store._transaction(keep=True):
            store._connection.execute(
                "SELECT count(*) FROM range(10000000) a, range(10000000) b WHERE a.range < b.range"
            )
        timer.join()
        assert store.sources() == []
