"""Large readings wait on the disk, and come back as they were."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import polars as pl

from remit.publications.rows.set_aside import LARGE, SetAside, set_aside
from remit.store import Store
from tests.store.published import read, sickness, trust_data


def test_a_large_reading_comes_back_as_it_was(tmp_path: Path) -> None:
    reading = replace(read(trust_data(tmp_path / "a.csv", sickness("5.1", "x"))), notes=("A note",))
    row = reading.observations.head(1)
    large = replace(reading, observations=row.select(pl.all().repeat_by(LARGE).explode()))
    waiting = set_aside(large, tmp_path)
    assert isinstance(waiting, SetAside)
    assert waiting.observations.equals(large.observations)
    assert waiting.observations.schema == large.observations.schema
    assert (waiting.rejections, waiting.source) == (large.rejections, large.source)
    with Store.in_memory() as store:
        (file,) = store.ingest([waiting]).files
        assert store.observations().height == large.observations.height
        assert file.unread == ("A note",)
        assert store.notes(waiting.source.source_id) == ["A note"]


def test_a_small_reading_stays_in_memory(tmp_path: Path) -> None:
    reading = read(trust_data(tmp_path / "a.csv", sickness("5.1")))
    assert set_aside(reading, tmp_path) is reading
