"""Many at once on one store: nothing is refused or lost, and who reads sees a whole state."""

from __future__ import annotations

import json
import pickle
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from remit.publications.rows.reading import Reading
from remit.store import Store
from tests.hostile.tries import Tries
from tests.store.published import read, sickness, trust_data

WRITERS, READERS = 8, 2
FIGURES = 5
KIND = "store, many at once"

# Each process opens the store anew in every round, as a command does; only Python goes on running.
WORK = """
import json, pickle, sys
from pathlib import Path
from remit.model.errors import RemitError
from remit.store import Store
print(json.dumps("ready"), flush=True)
for line in sys.stdin:
    work = json.loads(line)
    try:
        if "reading" in work:
            reading = pickle.loads(Path(work["reading"]).read_bytes())
            with Store.open(work["store"], wait_seconds=60) as store:
                done = store.ingest([reading]).files[0].outcome
        else:
            with Store.open(work["store"], read_only=True, wait_seconds=60) as store:
                files = {s.source_id: s.rows_accepted for s in store.sources()}
                kept = store.observations()["source_id"].to_list()
            whole = {name: kept.count(name) for name in files} == files and set(kept) <= set(files)
            done = "whole" if whole else f"half: {files} {len(kept)}"
    except RemitError as error:
        done = "refused: " + str(error)
    print(json.dumps(done), flush=True)
"""


class Worker:
    """A process that does one thing on a store when it is told to."""

    def __init__(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", WORK],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def tell(self, work: dict[str, str]) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps(work) + "\n")
        self.process.stdin.flush()

    def answer(self) -> str:
        assert self.process.stdout is not None
        return str(json.loads(self.process.stdout.readline()))


@contextmanager
def workers(number: int) -> Iterator[list[Worker]]:
    started = [Worker() for _ in range(number)]
    try:
        for one in started:
            assert one.answer() == "ready"
        yield started
    finally:
        for one in started:
            one.process.kill()
            one.process.communicate()


@pytest.fixture(scope="module")
def readings(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """A file for each writer, each of a quarter of its own."""
    folder = tmp_path_factory.mktemp("readings")
    paths = []
    for number in range(WRITERS):
        quarter = f"Q{number % 4 + 1} {2020 + number // 4}/{21 + number // 4}"
        file = trust_data(folder / f"{number}.csv", sickness(*"12345"), quarter=quarter)
        paths.append(folder / f"{number}.pickle")
        paths[-1].write_bytes(pickle.dumps(read(file)))
    return paths


def rounds(folder: Path, readings: Sequence[Path], number: int, tries: Tries) -> dict[str, int]:
    """So many rounds, each with a store of its own; every second one has to be made first."""
    counted = {"ingests": 0, "readings": 0, "refused": 0, "lost": 0, "half": 0}
    with workers(WRITERS + READERS) as found:
        for one in range(number):
            path = folder / f"{one}.duckdb"
            if one % 2:
                Store.open(path).close()
            started = time.perf_counter()
            answers = together(found, path, readings)
            seconds = time.perf_counter() - started
            kept = state(path)
            note(counted, answers, kept, is_there=bool(one % 2))
            for n, said in enumerate(answers):
                tries.record(KIND, f"round {one}, {n}", outcome(n, said, kept), seconds)
    return counted


def together(found: Sequence[Worker], path: Path, readings: Sequence[Path]) -> list[str]:
    work: list[dict[str, str]] = [{"store": str(path), "reading": str(r)} for r in readings]
    work += [{"store": str(path)}] * READERS
    for worker, told in zip(found, work, strict=True):
        worker.tell(told)
    return [worker.answer() for worker in found]


def state(path: Path) -> list[tuple[str, int]]:
    with Store.open(path, read_only=True) as store:
        names = {s.source_id: s.file_name for s in store.sources()}
        kept = store.observations()["source_id"].to_list()
    return sorted((name, kept.count(source)) for source, name in names.items())


def note(counted: dict[str, int], answers: list[str], kept: Any, *, is_there: bool) -> None:
    counted["ingests"] += sum(said == "new" for said in answers[:WRITERS])
    counted["readings"] += sum(said == "whole" for said in answers[WRITERS:])
    counted["half"] += sum(said.startswith("half") for said in answers[WRITERS:])
    counted["lost"] += WRITERS - len(kept)
    counted["refused"] += sum(
        said.startswith("refused") and (is_there or "there is no store" not in said)
        for said in answers
    )


def outcome(number: int, said: str, kept: Sequence[tuple[str, int]]) -> str:
    if number < WRITERS:
        return "held" if (f"{number}.csv", FIGURES) in kept else "lost"
    return "crash" if said.startswith("half") else "held"


def expected(number: int) -> dict[str, int]:
    return {"ingests": number * WRITERS, "refused": 0, "lost": 0, "half": 0}


def test_eight_write_and_two_read_at_once(
    tmp_path: Path, readings: list[Path], tries: Tries
) -> None:
    found = rounds(tmp_path, readings, 4, tries)
    assert found.pop("readings") >= 2 * READERS
    assert found == expected(4)


@pytest.mark.evidence
def test_eight_write_and_two_read_at_once_two_hundred_times(
    tmp_path: Path, readings: list[Path], tries: Tries
) -> None:
    found = rounds(tmp_path, readings, 200, tries)
    sys.stderr.write(f"\n200 rounds of {WRITERS} writers and {READERS} readers: {found}\n")
    assert found.pop("readings") >= 100 * READERS
    assert found == expected(200)


# A disk that is full -----------------------------------------------------------------------------

# The limit is on the size of any file that the process writes; the system says "File too large".
FULL = """
import pickle, resource, sys
from pathlib import Path
from remit.model.errors import StoreError
from remit.store import Store
readings = pickle.loads(Path(sys.argv[2]).read_bytes())
limit = int(sys.argv[3])
resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
try:
    with Store.open(sys.argv[1]) as store:
        store.ingest(readings)
except StoreError as error:
    print("refused: " + str(error).replace("\\n", " "))
else:
    print("done")
"""


def many(reading: Reading, rows: int) -> Reading:
    import polars as pl

    one = reading.observations.head(1)
    number = pl.int_range(rows, dtype=pl.Int64)
    observations = one.select(pl.all().repeat_by(rows).explode()).with_columns(
        pl.format("OF{}", number).alias("metric_id"),
        (number * 0.37).alias("value"),
        pl.lit("large").alias("source_id"),
    )
    about = {"source_id": "large", "sha256": "large", "rows_read": rows, "rows_accepted": rows}
    source = replace(reading.source, **about)
    return Reading(observations, reading.rejections, source)


LIMITS = [
    *((False, limit) for limit in (0, 4_096, 12_288, 100_000, 400_000)),
    *((True, limit) for limit in (0, 12_288, 400_000, 900_000)),
]


@pytest.mark.skipif(sys.platform == "win32", reason="sizes of files are not limited there")
def test_a_disk_that_is_full_leaves_no_store_or_the_store_as_it_was(
    tmp_path: Path, readings: list[Path], tries: Tries
) -> None:
    small = pickle.loads(readings[0].read_bytes())
    large = tmp_path / "large.pickle"
    large.write_bytes(pickle.dumps([many(small, 60_000)]))
    for is_there, limit in LIMITS:
        path = tmp_path / f"{is_there}-{limit}.duckdb"
        if is_there:
            with Store.open(path) as store:
                store.ingest([small])
        with tries.attempt("store, full disk", f"{limit} bytes, {is_there}", seconds=30):
            said = subprocess.run(
                [sys.executable, "-c", FULL, path, large, str(limit)],
                capture_output=True,
                text=True,
                check=False,
                timeout=30,
            ).stdout
            assert said.startswith("refused: "), said
            assert "cannot be made: " in said or "as it was: " in said, said
            assert not list(tmp_path.glob(f"{path.name}.new-*"))
            with Store.open(path) as store:
                assert len(store.sources()) == is_there
                store.ingest(pickle.loads(large.read_bytes()))
                assert store.observations().height >= 60_000
