"""Records of activity at scale: what counting costs, beside SQL that was written by hand.

    python benchmarks/shift.py make 10000000 ten          the records, a folder a quarter
    python benchmarks/shift.py run one ten                what they cost, and how it grows
    python benchmarks/shift.py run ten --spark            Spark beside it

Each figure is of a process of its own, so that the most memory it took is its own. Ratios are of
processor seconds in one process, median of three, in turn: seconds alone say more of what else the
machine does. The records are made with numpy, from a seed, a quarter and a chunk each; what a
patient is follows from its number.
"""

from __future__ import annotations

import argparse
import json
import math
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import polars as pl

QUARTERS, FIRST_YEAR = 12, 2022
RECORDS_A_PATIENT, CHUNK = 20, 1_000_000
SEED = 20260401
COMMISSIONERS = pl.Series([f"ZQ{n:02}" for n in range(42)])
BANDS = pl.Series([f"{n}-{n + 4}" for n in range(0, 85, 5)] + ["85+"])
SETTINGS = pl.Series(["hospital", "community", "primary", "mental_health"])
PODS = pl.Series(["elective", "emergency", "outpatient", "contact", "appointment", "call"])
WARD = "virtual ward"
SERVICES = pl.Series([*(f"service {n}" for n in range(12)), WARD])
WARD_FROM = 8  # the quarter from which one patient in 14 has it
BY = ("quarter", "commissioner", "setting", "pod", "age_band", "deprivation_fifth")
HAND_CUBE = """
SELECT c.quarter, r.commissioner, r.setting, r.pod, r.age_band, r.deprivation_fifth,
       count(*) AS records, sum(quantity)::BIGINT AS quantity, sum(bed_days)::BIGINT AS bed_days,
       sum(cost_pence)::BIGINT AS cost_pence
FROM read_parquet('{folder}/*/*.parquet', hive_partitioning = false) r
JOIN calendar c USING (date)
GROUP BY ALL ORDER BY ALL
"""
HAND_PATIENTS = """
SELECT c.quarter, r.commissioner, r.setting, count(DISTINCT r.patient) AS patients
FROM read_parquet('{folder}/*/*.parquet', hive_partitioning = false) r
JOIN calendar c USING (date)
WHERE c.quarter = {quarter}
GROUP BY ALL ORDER BY ALL
"""


# Records ------------------------------------------------------------------------------------------


def make(records: int, folder: Path) -> None:
    """Write so many records, a folder a quarter, in chunks."""
    patients = max(records // RECORDS_A_PATIENT, 1)
    for quarter in range(QUARTERS):
        left = records * (quarter + 1) // QUARTERS - records * quarter // QUARTERS
        place = folder / f"q{quarter:02}"
        place.mkdir(parents=True, exist_ok=True)
        for chunk, start in enumerate(range(0, left, CHUNK)):
            rows = chunk_of(quarter, chunk, min(CHUNK, left - start), patients)
            rows.write_parquet(place / f"{chunk:03}.parquet", compression="zstd", statistics=True)


def chunk_of(quarter: int, chunk: int, rows: int, patients: int) -> pl.DataFrame:
    draw = np.random.Generator(np.random.PCG64DXSM([SEED, quarter, chunk]))
    patient = draw.integers(0, patients, rows, dtype=np.int64)
    mixed = (patient.astype(np.uint64) + np.uint64(1)) * np.uint64(0x9E3779B97F4A7C15)

    def attribute(shift: int, kinds: int) -> np.ndarray[Any, Any]:
        return ((mixed >> np.uint64(shift)) % np.uint64(kinds)).astype(np.int64)

    commissioner = attribute(7, 42)
    age = attribute(19, 18)
    setting = draw.choice(4, rows, p=(0.3, 0.25, 0.35, 0.1))
    pod = np.where(setting == 0, draw.integers(0, 3, rows), 2 + setting)
    service = draw.integers(0, 3, rows) + 3 * setting
    on_ward = (setting == 1) & (attribute(53, 14) == 0) & (quarter >= WARD_FROM)
    inpatient = (setting == 0) & (pod < 2)
    first, last = days_of(quarter)
    day = draw.integers(0, (last - first).days + 1, rows) + (first - date(1970, 1, 1)).days
    return pl.DataFrame(
        {
            "patient": patient,
            "date": pl.Series(day.astype(np.int32)).cast(pl.Date),
            "provider": COMMISSIONERS.gather((commissioner + setting) % 42),
            "commissioner": COMMISSIONERS.gather(commissioner),
            "cluster": pl.Series([f"ZP{n:03}" for n in range(420)]).gather(attribute(31, 420)),
            "setting": SETTINGS.gather(setting),
            "service": SERVICES.gather(np.where(on_ward, 12, service)),
            "pod": PODS.gather(pod),
            "quantity": draw.integers(1, 4, rows, dtype=np.int64),
            "bed_days": np.where(inpatient, draw.geometric(0.2, rows), 0),
            "cost_pence": draw.integers(1_000, 500_000, rows, dtype=np.int64),
            "age_band": BANDS.gather(age),
            "deprivation_fifth": attribute(43, 5) + 1,
            "need_thousandths": 400 + 100 * age,
        }
    )


def days_of(quarter: int) -> tuple[date, date]:
    """The first and the last day of a quarter, counted from the first."""
    months = [FIRST_YEAR * 12 + 3 + 3 * (quarter + more) for more in (0, 1)]
    first, after = (date(m // 12, m % 12 + 1, 1) for m in months)
    return first, after - timedelta(days=1)


# What is measured ---------------------------------------------------------------------------------


def cube_beside_hand(folder: Path, memory: str) -> dict[str, Any]:
    """The cube of the product and that of a hand, in turn; their cells are the same."""
    from remit.shift.records import cube, open_activity

    with open_activity([folder], memory=memory) as activity:
        hand = by_hand(memory)
        ours, theirs = Timed(), Timed()
        for _ in range(3):
            cells = ours(lambda: activity.collect(cube(activity.accepted(), BY), BY))
            same = theirs(lambda: hand.sql(HAND_CUBE.format(folder=folder)).pl())
        assert cells.equals(same.sort(BY)), "the cells differ from those of the hand"
        assert cells["records"].sum() == activity.counts.read
        ratio = ours.cpu / theirs.cpu
    return {
        "cells": cells.height,
        "records": activity.counts.read,
        **ours.told(),
        "ratio": ratio,
    }


def patients_beside_hand(folder: Path, memory: str) -> dict[str, Any]:
    """Patients counted exactly, quarter by quarter; one quarter is compared with a hand's."""
    from remit.shift.records import open_activity, patients_by_setting

    with open_activity([folder], memory=memory) as activity:
        timed = Timed()
        found = timed(
            lambda: [
                activity.collect(patients_by_setting(activity.accepted([quarter])))
                for quarter in activity.quarters
            ]
        )
        quarter = activity.quarters[0]
        query = HAND_PATIENTS.format(folder=folder, quarter=quarter)
        hand = by_hand(memory).sql(query).pl().sort("commissioner", "setting")
        long = found[0].unpivot(
            on=list(SETTINGS), index=["quarter", "commissioner"],
            variable_name="setting", value_name="patients",
        )  # fmt: skip
        ours = long.filter(pl.col("patients") > 0).sort("commissioner", "setting")
        assert ours.equals(hand), "the patients differ from those of the hand"
    return timed.told()


def checked(folder: Path, memory: str) -> dict[str, Any]:
    """Each record looked at for the reasons of a rejection."""
    from remit.shift.records import open_activity

    timed = Timed()
    with timed(lambda: open_activity([folder], memory=memory)) as activity:
        assert activity.counts.rejected == 0
    return timed.told()


def effect_measured(folder: Path, memory: str) -> dict[str, Any]:
    """Features of each patient, strata and the comparison; no effect is in these records."""
    from remit.engine import open_records
    from remit.shift.effect.result import measure_effect

    first, _ = days_of(WARD_FROM)
    timed = Timed()
    with open_records([folder], memory=memory) as records:
        found = timed(lambda: measure_effect(records, WARD, first, entry_quarters=2))
    assert found.treated > 0
    return {"treated": found.treated, **timed.told()}


def effect_beside_hand(folder: Path, memory: str) -> dict[str, Any]:
    """Features, strata and other services of the product and of a hand; they are the same."""
    from effect_by_hand import by_hand as given
    from effect_by_hand import counted_by_hand

    from remit.engine import open_records
    from remit.shift.effect.asked import Asked, load_effect_rules
    from remit.shift.effect.codes import read_codes
    from remit.shift.effect.counted import Counting
    from remit.shift.effect.strata import CELL

    keys_of = {"cells": CELL, "recorded": ("provider_code", "window"), "begun": ("service", "arm")}
    # Of however few records each person is looked at once: so hand and product do the same.
    rules = load_effect_rules().model_copy(update={"looks_for_people": 0})
    asked = Asked(WARD, days_of(WARD_FROM)[0], 2, "bed_days", rules)
    hand = by_hand(memory)
    ours, theirs = Timed(), Timed()
    for _ in range(3):
        with open_records([folder], memory=memory) as records:
            codes = read_codes(records, asked)
            found = ours(lambda: Counting(records, codes, asked).counted())  # noqa: B023
        given(hand, folder, codes, asked)
        same = theirs(lambda: counted_by_hand(hand, codes, asked))  # noqa: B023
        for name, keys in keys_of.items():
            table = getattr(found, name).with_columns(pl.exclude("service").cast(pl.Int64))
            by_them = same[name].select(table.columns).sort(keys)
            assert table.sort(keys).equals(by_them), f"{name}: not what the hand has"
    ratio = ours.cpu / theirs.cpu
    return {"cells": found.cells.height, **ours.told(), "by hand": theirs.cpu, "ratio": ratio}


def spark_beside(folder: Path, memory: str) -> dict[str, Any]:
    """The same cube on Spark with two threads; its cells are those of DuckDB."""
    from remit.shift.records import cube, open_activity

    with open_activity([folder], memory=memory) as activity:
        duck = Timed()
        cells = duck(lambda: activity.collect(cube(activity.accepted(), BY), BY))
    with open_activity([folder], "spark", master="local[2]", memory=memory) as activity:
        spark = Timed()
        for _ in range(2):
            same = spark(lambda: activity.collect(cube(activity.accepted(), BY), BY))
    assert cells.equals(same), "Spark's cells differ from DuckDB's"
    return {"seconds": spark.last, "times DuckDB": spark.last / duck.last}


MEASURES: dict[str, Callable[[Path, str], dict[str, Any]]] = {
    "check": checked,
    "cube": cube_beside_hand,
    "patients": patients_beside_hand,
    "effect": effect_measured,
    "features": effect_beside_hand,
    "spark": spark_beside,
}


class Timed:
    """Seconds, and seconds of the processor, of what it is asked to do; the median of all."""

    def __init__(self) -> None:
        self._wall: list[float] = []
        self._cpu: list[float] = []

    def __call__(self, work: Callable[[], Any]) -> Any:
        wall, cpu = time.perf_counter(), time.process_time()
        done = work()
        self._wall.append(time.perf_counter() - wall)
        self._cpu.append(time.process_time() - cpu)
        return done

    @property
    def cpu(self) -> float:
        return statistics.median(self._cpu)

    @property
    def last(self) -> float:
        return self._wall[-1]

    def told(self) -> dict[str, float]:
        return {"seconds": statistics.median(self._wall), "cpu": self.cpu}


def by_hand(memory: str) -> duckdb.DuckDBPyConnection:
    from remit.shift.records import calendar

    connection = duckdb.connect(config={"memory_limit": memory})
    connection.execute("SET preserve_insertion_order = false")
    days = calendar()  # noqa: F841 (DuckDB takes it by its name)
    connection.execute("CREATE TABLE calendar AS SELECT date, quarter FROM days")
    return connection


# The command --------------------------------------------------------------------------------------


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    commands = parser.add_subparsers(dest="command", required=True)
    making = commands.add_parser("make")
    making.add_argument("records", type=int)
    making.add_argument("folder", type=Path)
    running = commands.add_parser("run")
    running.add_argument("folders", nargs="+", type=Path)
    running.add_argument("--spark", action="store_true")
    running.add_argument("--memory", default="2GB")
    one = commands.add_parser("one")
    one.add_argument("measure", choices=MEASURES)
    one.add_argument("folder", type=Path)
    one.add_argument("--memory", default="2GB")
    chosen = parser.parse_args()
    if chosen.command == "make":
        started = time.perf_counter()
        make(chosen.records, chosen.folder)
        size = sum(path.stat().st_size for path in chosen.folder.rglob("*.parquet"))
        spent = time.perf_counter() - started
        print(f"{chosen.records:,} records: {spent:.1f} s, {size / 1e6:,.0f} MB, {peak():.2f} GB")
    elif chosen.command == "one":
        found = MEASURES[chosen.measure](chosen.folder, chosen.memory)
        print(json.dumps({**found, "GB": peak()}))
    else:
        compare(chosen.folders, chosen.memory, spark=chosen.spark)


def compare(folders: list[Path], memory: str, *, spark: bool) -> None:
    """Print each measure of each folder, and the exponent from each to the next."""
    former: dict[str, tuple[int, float]] = {}
    for folder in folders:
        records = int(pl.scan_parquet(f"{folder}/*/*.parquet").select(pl.len()).collect().item())
        for name in MEASURES:
            if name == "spark" and not spark:
                continue
            command = [sys.executable, __file__, "one", name, str(folder), "--memory", memory]
            done = subprocess.run(command, check=True, capture_output=True, text=True)
            told = json.loads(done.stdout.splitlines()[-1])
            words = ", ".join(f"{key} {number:,.2f}" for key, number in told.items())
            if "cpu" in told:
                if name in former:
                    fewer, cpu = former[name]
                    words += f", n^{math.log(told['cpu'] / cpu) / math.log(records / fewer):.2f}"
                former[name] = (records, told["cpu"])
            print(f"{records:>12,} {name:<10}{words}", flush=True)


def peak() -> float:
    """The most memory of this process so far, in GB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6


if __name__ == "__main__":
    main()
