"""Simulated patients whose truth is known, as activity records; seeds are fixed by the tests."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import narwhals.stable.v2 as nw
import numpy as np
import polars as pl

FIRST = date(2022, 4, 1)
START = date(2024, 4, 1)
QUARTERS = 16
ENTRY = (8, 9, 10, 11)
SERVICE = "community nursing"
_DAYS = np.array(
    [
        (date(2022 + (3 * q + 3) // 12, (3 * q + 3) % 12 + 1, 1) - FIRST).days
        for q in range(QUARTERS + 1)
    ]
)


@dataclass(frozen=True)
class World:
    """What kind of patients get the service, and what it does."""

    kind: str = "random"
    ratio: float = 1.0
    trend: float = 0.0
    patients: int = 20_000
    practices: int = 100
    gp: float = 0.7
    died_on: bool = False


class InMemory:
    """Records as a polars frame behind what the comparison asks of an engine."""

    def __init__(self, frame: pl.DataFrame) -> None:
        self.frame: Any = nw.from_native(frame.lazy())

    def beside(self, table: pl.DataFrame) -> Any:
        return nw.from_native(table.lazy())

    def keep(self, frame: Any) -> Any:
        return nw.from_native(frame.to_native().collect().lazy())

    def parts(self, frame: Any, column: str, number: int) -> list[Any]:
        kept = self.keep(frame)
        return [kept.filter(nw.col(column) == one).drop(column) for one in range(number)]

    def collect(self, frame: Any, by: Sequence[str] = ()) -> pl.DataFrame:
        found: pl.DataFrame = frame.to_native().collect()
        return found.sort(by or found.columns)


def records(world: World, seed: int) -> pl.DataFrame:
    """One draw of a world."""
    rng = np.random.default_rng([seed, 14])
    n = world.patients
    frailty = rng.gamma(1.5, 1 / 1.5, n)
    practice = rng.integers(0, world.practices, n)
    effect = np.exp(rng.normal(0, 0.15, world.practices))[practice]
    age = rng.integers(0, 4, n)
    illness = np.empty((n, QUARTERS))
    state = rng.normal(0, 1, n)
    for q in range(QUARTERS):
        state = 0.7 * state + np.sqrt(1 - 0.49) * rng.normal(0, 1, n)
        illness[:, q] = state
    season = 1 + 0.4 * np.cos(2 * np.pi * (np.arange(QUARTERS) - 3) / 4)
    seasonal = season if world.kind == "winter" else np.ones(QUARTERS)
    fall = np.exp(-world.trend * np.arange(QUARTERS) / 8)
    base = 0.35 * (frailty * effect * (0.7 + 0.2 * age))[:, None] * fall * seasonal
    rate = base * np.exp(0.6 * illness - 0.18)
    use = rng.poisson(rate)
    entry = _entry(world, rng, use, frailty, practice)
    if world.kind == "rising":
        entry = _chosen(rng, n, np.ones(n), 0.07)
        since = np.arange(QUARTERS)[None, :] - (entry[:, None] - 4)
        rise = np.where((entry[:, None] >= 0) & (since > 0), np.exp(0.12 * since.clip(0, 9)), 1)
        use = rng.poisson(rate * rise)
    if world.kind == "crisis":
        gap = np.arange(QUARTERS)[None, :] - entry[:, None]
        shock = np.where((entry[:, None] >= 0) & (gap >= 0) & (gap < 3), 2.5 - 0.5 * gap, 1)
        use = rng.poisson(rate * shock)
    return _rows(world, rng, use, entry, practice, age)


def _entry(world: World, rng: np.random.Generator, use: Any, frailty: Any, practice: Any) -> Any:
    n = len(frailty)
    if world.kind in {"random", "deaths", "recording", "rising", "crisis", "referral"}:
        weight = np.ones(n)
        if world.kind == "recording":
            weight = np.where(practice % 4 == 0, 5.0, 1.0)
        return _chosen(rng, n, weight, 0.07)
    if world.kind == "frail":
        return _chosen(rng, n, np.minimum(frailty**2, 6), 0.07)
    if world.kind == "rollout":
        one_in_three = np.arange(world.practices) % 3 == 0
        begins = np.where(one_in_three, rng.integers(8, 12, world.practices), -1)
        taken = rng.random(n) < 0.4
        return np.where(taken, begins[practice], -1)
    entry = np.full(n, -1)
    starts = (10, 11) if world.kind == "winter" else ENTRY
    by_practice = np.exp(rng.normal(0, 0.6, world.practices))[practice]
    for q in starts:
        last = use[:, q - 1] + use[:, q - 2]
        weight = np.minimum(0.3 + last**1.5, 12)
        if world.kind == "practices":
            weight = weight * by_practice
        share = 0.08 / len(starts)
        taken = (rng.random(n) < share * weight / weight.mean()) & (entry < 0)
        entry[taken] = q
    return entry


def _chosen(rng: np.random.Generator, n: int, weight: Any, share: float) -> Any:
    taken = rng.random(n) < share * weight / weight.mean()
    return np.where(taken, rng.choice(ENTRY, n), -1)


def _rows(
    world: World, rng: np.random.Generator, use: Any, entry: Any, practice: Any, age: Any
) -> pl.DataFrame:
    n = len(entry)
    counts = use.ravel()
    who = np.repeat(np.arange(n).repeat(QUARTERS), counts)
    quarter = np.repeat(np.tile(np.arange(QUARTERS), n), counts)
    day = _day_in(rng, quarter)
    emergency = rng.random(len(who)) < 0.6
    stay = rng.geometric(0.5, len(who))
    entered = np.where(entry >= 0, _day_in(rng, np.maximum(entry, 0)), -1)
    if world.kind == "referral":
        admitted = rng.random(len(who)) < 0.1
        eligible = emergency & admitted & (quarter >= 8) & (quarter < 12)
        first = np.full(n, 10**6)
        np.minimum.at(first, who[eligible], day[eligible])
        entered = np.where(first < 10**6, first + rng.integers(1, 15, n), -1)
        entered[entered >= _DAYS[12]] = -1
    if world.kind == "crisis":
        day, who, stay, emergency = _with_crisis(rng, entered, day, who, stay, emergency)
    after = (entered[who] >= 0) & (day > entered[who])
    keep = ~after | (rng.random(len(who)) < world.ratio)
    if world.kind == "recording":
        keep &= ~((practice[who] % 4 == 0) & (day >= _DAYS[8]) & (rng.random(len(who)) < 0.3))
    seen = np.argwhere(rng.random((n, QUARTERS)) < world.gp)
    gp_who, gp_day = seen[:, 0], _day_in(rng, seen[:, 1])
    died = np.full(n, 10**6)
    if world.kind == "deaths":
        since = np.where(entered >= 0, entered, 0)
        hazard = np.where(entered >= 0, 1 / 900, 1 / 9000)
        died = (since + rng.exponential(1 / hazard)).astype(int)
        keep &= day <= died[who]
        alive = gp_day <= died[gp_who]
        gp_who, gp_day = gp_who[alive], gp_day[alive]
    served = np.flatnonzero(entered >= 0)
    pods = np.where(emergency, "emergency", "elective")[keep]
    parts = [
        _part(who[keep], day[keep], "hospital", "acute", pods, stay[keep]),
        _part(gp_who, gp_day, "primary", "gp", "appointment", 0),
        _part(served, entered[served], "community", SERVICE, "contact", 0),
    ]  # fmt: skip
    rows = pl.concat(parts)
    place = rows["patient"].to_numpy()
    rows = rows.with_columns(
        date=pl.lit(FIRST) + pl.duration(days=pl.col("day")),
        provider=pl.Series([f"ZR{k}" for k in range(1, 5)])[practice[place] % 4],
        commissioner=pl.lit("ZQ1"),
        cluster=pl.Series([f"ZP{k:03}" for k in range(world.practices)])[practice[place]],
        quantity=pl.lit(1, pl.Int64),
        cost_pence=pl.col("bed_days") * 40_000,
        age_band=pl.Series(["50-64", "65-79", "80-84", "85+"])[age[place]],
        deprivation_fifth=pl.lit(3, pl.Int64),
        need_thousandths=pl.lit(1000, pl.Int64),
    )
    if world.died_on:
        gone = pl.Series([None if d >= _DAYS[-1] else FIRST + timedelta(int(d)) for d in died])
        rows = rows.with_columns(died_on=gone[place])
    return rows.filter(pl.col("day") < int(_DAYS[-1])).drop("day")


def _day_in(rng: np.random.Generator, quarter: Any) -> Any:
    begins, ends = _DAYS[quarter], _DAYS[quarter + 1]
    return begins + (rng.random(len(quarter)) * (ends - begins)).astype(int)


def _with_crisis(
    rng: np.random.Generator, entered: Any, day: Any, who: Any, stay: Any, emergency: Any
) -> tuple[Any, Any, Any, Any]:
    in_crisis = np.flatnonzero((entered >= 0) & (rng.random(len(entered)) < 0.4))
    return (
        np.concatenate([day, entered[in_crisis]]),
        np.concatenate([who, in_crisis]),
        np.concatenate([stay, rng.geometric(0.25, len(in_crisis))]),
        np.concatenate([emergency, np.ones(len(in_crisis), bool)]),
    )


def _part(who: Any, day: Any, setting: str, service: str, pod: Any, stay: Any) -> pl.DataFrame:
    return pl.DataFrame({"patient": who, "day": day}).with_columns(
        setting=pl.lit(setting),
        service=pl.lit(service),
        pod=pl.lit(pod) if isinstance(pod, str) else pl.Series(pod.tolist(), dtype=pl.String),
        bed_days=pl.lit(stay, pl.Int64) if isinstance(stay, int) else pl.Series(stay),
    )
