from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from remit.store import Store


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "remit.duckdb"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    with Store.open(path) as opened:
        yield opened


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
