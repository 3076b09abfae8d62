"""Writers at once lose nothing; one that is killed leaves no half record and a whole chain."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.records.audit.servers import Database

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="children are forked")


def attacked(database: Database, folder: Path, *words: object) -> dict[str, Any]:
    told = folder / "settings.json"
    told.write_text(json.dumps(database.settings, default=str))
    done = subprocess.run(
        [sys.executable, "-m", "tests.records.audit.attacks", str(told), *map(str, words)],
        capture_output=True, text=True, check=False, cwd=Path(__file__).parents[3],
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout) | {"said": done.stderr}
    return found


@pytest.mark.parametrize(
    ("writers", "rounds"),
    [(8, 6), pytest.param(8, 150, marks=pytest.mark.evidence)],
)
def test_writers_at_once_lose_nothing(
    database: Database, tmp_path: Path, writers: int, rounds: int
) -> None:
    found = attacked(database, tmp_path, "writers", writers, rounds)
    assert found["codes"] == [0] * writers, found["said"]
    assert found["risks"] == writers * rounds
    assert found["entries"] == 3 * writers * rounds
    assert (found["holds"], found["halves"], found["astray"]) == (True, 0, [])


@pytest.mark.parametrize("count", [5, pytest.param(50, marks=pytest.mark.evidence)])
def test_a_killed_writer_leaves_no_half_record(
    database: Database, tmp_path: Path, count: int
) -> None:
    found = attacked(database, tmp_path, "kills", count)
    assert found["codes"] == [-9] * count, found["said"]
    assert found["broken"] == []
    assert found["risks"] > 0
    assert found["entries"] == 3 * found["risks"]
