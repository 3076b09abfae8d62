"""Tests of one group run in one process: else each process makes anew what the group shares."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.groups import ROOT, check_groups, group_of

GROUPED = """
import pytest
pytestmark = pytest.mark.GROUP("one")
@pytest.mark.parametrize("number", range(6))
def test_grouped(number):
    pass
""".replace("GROUP", "xdist_group")
HOOKS = """
import tests.groups
from tests.conftest import pytest_xdist_make_scheduler
"""


def test_the_groups_of_the_files_are_read() -> None:
    assert group_of("tests/web/test_in_a_browser.py") == "web in a browser"
    assert group_of("tests/engine/test_spark.py") == "spark"
    assert group_of("tests/test_groups.py") == ""
    assert group_of("none.py") == ""


@pytest.mark.parametrize("dist", ["load", "loadgroup"])
def test_two_files_of_a_group_run_in_one_process(tmp_path: Path, dist: str) -> None:
    (tmp_path / "pytest.ini").write_text("[pytest]\nmarkers = xdist_group: one process\n")
    (tmp_path / "conftest.py").write_text(
        HOOKS + f"import pathlib\ntests.groups.ROOT = pathlib.Path({str(tmp_path)!r})\n"
    )
    for name in ("test_a.py", "test_b.py"):
        (tmp_path / name).write_text(GROUPED)
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-v", "-n", "2", "--dist", dist, str(tmp_path)],
        cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    ran = re.findall(r"\[(gw\d)\] \[ *\d+%\] PASSED (test_[ab])", done.stdout)
    assert len(ran) == 12
    assert len({process for process, _ in ran}) == 1


def test_a_mark_that_is_not_read_is_refused(request: pytest.FixtureRequest) -> None:
    check_groups([request.node])
    request.node.add_marker(pytest.mark.xdist_group("another"))
    with pytest.raises(pytest.UsageError, match="to the whole file"):
        check_groups([request.node])
