"""Cells of a decomposition are the same on Spark, and so are its effects."""

from __future__ import annotations

from pathlib import Path

import pytest

from remit.sample import write_activity
from remit.shift.decomposition.counted import CountedQuarters, count_quarters
from remit.shift.records.activity import open_activity

pytestmark = pytest.mark.xdist_group("spark")


def counted(path: Path, engine: str, master: str | None = None) -> CountedQuarters:
    with open_activity([path], engine, master=master) as activity:
        return count_quarters(activity, ("2022/23 Q1", "2025/26 Q1"))


def test_two_quarters_of_the_sample_are_counted_alike(local_spark: str, tmp_path: Path) -> None:
    path = write_activity(tmp_path).records
    ours, theirs = counted(path, "duckdb"), counted(path, "spark", local_spark)
    assert ours.cube.equals(theirs.cube)
    assert ours.months.equals(theirs.months)
    assert ours.rejected == theirs.rejected > 0
    assert ours.cube.height > 100
