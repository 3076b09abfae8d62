"""``kill -9`` in the middle of an ingest: the store is as before or as after, never between."""

from __future__ import annotations

import pickle
import random
import shutil
import time
from collections import deque
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from remit.publications.rows.reading import Reading
from remit.store import Store
from tests.store.processes import INGEST, Other
from tests.store.published import read, sickness, trust_data

ROWS = 130_000
KILLS = 8


@dataclass(frozen=True)
class Stage:
    """A store before an ingest and after it, and how long the ingest takes."""

    before: Path | None
    readings: Path
    seconds: float
    allowed: tuple[object, object]


def large(reading: Reading, vintage: int) -> Reading:
    """A file of many rows, enough for DuckDB to write to its file before the commit."""
    one = reading.observations.head(1)
    number = pl.int_range(ROWS, dtype=pl.Int64)
    observations = one.select(pl.all().repeat_by(ROWS).explode()).with_columns(
        pl.format("OF{}", number).alias("metric_id"),
        number.alias("source_row"),
        (number * 0.5 + vintage).alias("value"),
        pl.lit(f"large-{vintage}").alias("source_id"),
    )
    source = replace(
        reading.source,
        source_id=f"large-{vintage}",
        sha256=f"large-{vintage}",
        published_on=date(2025, 9, vintage),
        rows_read=ROWS,
        rows_accepted=ROWS,
    )
    return Reading(observations, reading.rejections, source)


def state(path: Path) -> object:
    """All that a store holds, in short; nothing if it is not there or is empty."""
    if not path.exists():
        return []
    with Store.open(path) as store:
        sources = store.sources(all_vintages=True)
        figures = store.observations()
        counts = store._rows(
            "SELECT source_id, count(*) AS n, sum(value) AS total, sum(source_row) AS lines "
            "FROM observation GROUP BY ALL ORDER BY ALL"
        )
        return [
            (
                [s.file_name, s.source_id, s.rows_read, s.current_scopes],
                store.rejections(s.source_id),
            )
            for s in sources
        ] + [counts, figures.height, figures["value"].sum()] * bool(sources)


@pytest.fixture(scope="module", params=["a new store", "a store that holds the vintage before"])
def stage(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Stage:
    folder = tmp_path_factory.mktemp("stage")
    small = read(trust_data(folder / "small.csv", sickness("5.1", "x")))
    before = None
    if request.param != "a new store":
        before = folder / "before.duckdb"
        with Store.open(before) as store:
            store.ingest([small, large(small, 1)])
    readings = folder / "readings"
    readings.write_bytes(pickle.dumps([small, large(small, 2)]))
    after = folder / "after.duckdb"
    if before:
        shutil.copy(before, after)
    with Other(INGEST, after, readings) as other:
        other.wait_for("ready")
        started = time.monotonic()
        other.go()
        other.wait_for("done")
        seconds = time.monotonic() - started
    return Stage(before, readings, seconds, (state(before) if before else [], state(after)))


def test_a_killed_ingest_leaves_the_store_as_before_or_as_after(
    stage: Stage, tmp_path: Path
) -> None:
    chance = random.Random(20250909)
    seen = []
    paths = [tmp_path / str(number) / "remit.duckdb" for number in range(KILLS)]
    for path, other in zip(paths, started(stage, paths), strict=True):
        other.go()
        time.sleep(chance.uniform(0, stage.seconds))
        other.kill()
        found = state(path)
        assert found in stage.allowed
        seen.append(found == stage.allowed[1])
    assert not all(seen)
    with Store.open(paths[0]) as store:
        store.ingest(pickle.loads(stage.readings.read_bytes()))
    assert state(paths[0]) == stage.allowed[1]


def started(stage: Stage, paths: list[Path]) -> Iterator[Other]:
    """Processes that are ready to ingest, each started while the one before is used."""
    with ExitStack() as stack:
        waiting: deque[Other] = deque()
        for path in paths:
            path.parent.mkdir()
            if stage.before:
                shutil.copy(stage.before, path)
            waiting.append(stack.enter_context(Other(INGEST, path, stage.readings)))
            if len(waiting) > 1:
                yield ready(waiting.popleft())
        yield ready(waiting.popleft())


def ready(other: Other) -> Other:
    other.wait_for("ready")
    return other
