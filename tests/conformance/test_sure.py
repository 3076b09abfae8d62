"""The figure that stands beside "sure" is what the tool measures on the labelled sets."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from remit.oversight import load_sure

pytestmark = pytest.mark.conformance
ROOT = Path(__file__).resolve().parents[2]
SETS = ("given", "former_heldout")


def test_the_declared_figure_is_that_of_the_tool(shared_data: Path) -> None:
    folders = [str(shared_data / "asks_v2" / name) for name in SETS]
    tool = [sys.executable, str(ROOT / "tools" / "asks_sure.py"), *folders, "--sets", "both"]
    done = subprocess.run(tool, capture_output=True, text=True, check=True, timeout=300)
    measured, declared = yaml.safe_load(done.stdout), load_sure()
    assert (declared.right, declared.of, declared.asks) == (
        measured["right"], measured["of"], measured["asks"],
    )  # fmt: skip
    assert declared.low == pytest.approx(measured["low"], abs=1e-4)
    assert declared.high == pytest.approx(measured["high"], abs=1e-4)
