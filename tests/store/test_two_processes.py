"""Several processes at once on one store: nothing is lost, nothing is kept twice."""

from __future__ import annotations

import pickle
from contextlib import ExitStack
from pathlib import Path

import pytest

from remit.store import Store
from tests.store.processes import INGEST, Other
from tests.store.published import read, sickness, trust_data

PROCESSES = 4


@pytest.mark.parametrize("is_there", [True, False])
def test_nothing_is_lost_when_several_ingest_at_once(
    path: Path, tmp_path: Path, is_there: bool
) -> None:
    """Each brings a file of its own and one that all have; the store may have to be made."""
    if is_there:
        Store.open(path).close()
    shared = read(trust_data(tmp_path / "shared.csv", sickness("9")))
    with ExitStack() as stack:
        others = []
        for number in range(1, PROCESSES + 1):
            file = trust_data(
                tmp_path / f"{number}.csv", sickness(str(number)), quarter=f"Q{number} 2024/25"
            )
            readings = tmp_path / f"{number}.pickle"
            readings.write_bytes(pickle.dumps([read(file), shared]))
            others.append(stack.enter_context(Other(INGEST, path, readings)))
        for other in others:
            other.wait_for("ready")
        for other in others:
            other.go()
        for other in others:
            other.wait_for("done")
            other.finish()
    with Store.open(path, read_only=True) as store:
        assert store.observations()["value"].to_list() == [1.0, 2.0, 3.0, 4.0, 9.0]
        assert len(store.sources(all_vintages=True)) == PROCESSES + 1
    left = {file.name for file in tmp_path.iterdir() if file.name.startswith("remit.duckdb")}
    assert left == {"remit.duckdb", "remit.duckdb.lock"}
