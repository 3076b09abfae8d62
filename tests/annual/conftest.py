"""Stores of the fictional region that tests of assessments share: made once, and read only."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from remit.cli.run import run
from remit.files.gate import Gate
from remit.files.patience import Called, Patience
from remit.sample import write_monthly

_STORES = {"ae": "AE", "groups": "csds"}
"""The folder of a store → what the names of the files in it hold."""


@pytest.fixture(scope="session")
def stores(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A&E by month in ``ae``, contacts by age in ``groups``, with their files in ``monthly``.

    In each the store and an assessment on it, in ``new``. Whichever process of a run comes first
    makes them; the others wait.
    """
    base = tmp_path_factory.getbasetemp()
    place = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "annual-stores"
    place.mkdir(exist_ok=True)
    whole = place / "whole"
    waits = Patience(place, 300, Called(name="stores of tests", busy="Try again"))
    with Gate(place / "stores", exclusive=True, patience=waits):
        if not whole.exists():
            _make(place)
            whole.touch()
    return place


def _make(place: Path) -> None:
    files = [one.path for one in write_monthly(place / "monthly")]
    for name, part in _STORES.items():
        (place / name).mkdir(exist_ok=True)
        store = str(place / name / "store.duckdb")
        mine = [str(one) for one in files if part in one.name]
        assert run(["ingest", *mine, "--store", store]) <= 1
        asked = ["--year", "2025-26", "--region", "ZR1", "--store", store]
        assert run(["annual", "new", str(place / name / "new"), *asked]) == 0
