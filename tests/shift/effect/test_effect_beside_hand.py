"""What is counted for a comparison is what SQL that was written by hand counts."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[3]


@pytest.fixture
def benchmark(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(ROOT / "benchmarks")
    path = ROOT / "benchmarks" / "shift.py"
    spec = importlib.util.spec_from_file_location("shift_benchmark", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_each_cell_is_that_of_a_hand(benchmark: ModuleType, tmp_path: Path) -> None:
    benchmark.make(60_000, tmp_path)
    found = benchmark.effect_beside_hand(tmp_path, "1GB")  # which raises where a cell differs
    assert found["cells"] > 1_500
