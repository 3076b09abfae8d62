"""What several conformance tests read: one store of publications, made once a run."""

from __future__ import annotations

from pathlib import Path

import pytest

from remit.api import read_each
from remit.store import Store

PUBLICATIONS = (
    "ae/*.csv",
    "rtt/*.csv",
    "dm01/*.xls",
    "cancer/*.xlsx",
    "ambulance/*Time-Series*.xlsx",
    "sickness/*.csv",
    "virtual_ward/Monthly-*.xlsx",
    "beds/england_*.csv",
)


@pytest.fixture(scope="session")
def published(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of the monthly publications whose series are long."""
    path = tmp_path_factory.mktemp("published") / "s.duckdb"
    files = sorted({file for name in PUBLICATIONS for file in shared_data.glob(name)})
    with Store.open(path) as store:
        for file in files:
            store.ingest(read_each([file]))
    return path
