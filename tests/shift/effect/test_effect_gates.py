"""Each gate on a world that it is there for; and worlds in which there must be an answer."""

from __future__ import annotations

from datetime import date
from math import log, sqrt

import polars as pl
import pytest
from scipy.stats import binom, norm

from remit.shift.effect.result import Effect, measure_effect
from tests.shift.effect.own_worlds import SERVICE, START, InMemory, World, records

SMALL = 8_000
SEED = 20
DRAWS = 20


def world(kind: str, ratio: float = 1.0, *, died_on: bool = False) -> pl.DataFrame:
    made = World(kind, ratio, patients=SMALL, practices=40, died_on=died_on)
    return records(made, SEED)


def asked(frame: pl.DataFrame, start: date = START) -> Effect:
    return measure_effect(InMemory(frame), SERVICE, start)


def closed(frame: pl.DataFrame, start: date = START) -> list[str]:
    return [one.gate for one in asked(frame, start).refused]


@pytest.mark.parametrize(
    ("kind", "gate"),
    [
        ("deaths", "survival of records"),
        ("crisis", "day of entry"),
        ("crisis", "spike after entry"),
        ("rising", "rising illness"),
        ("referral", "referral after admission"),
        ("recording", "recording"),
    ],
)
def test_what_looks_like_an_effect_is_refused_with_the_reason(kind: str, gate: str) -> None:
    found = asked(world(kind))
    assert gate in [one.gate for one in found.refused]
    assert found.ratio is None
    assert not found.claims
    reason = next(one for one in found.refused if one.gate == gate)
    assert reason.reason
    assert reason.figure != reason.limit


@pytest.mark.parametrize("kind", ["random", "rollout"])
def test_by_lot_and_by_practice_there_is_an_answer_that_holds_the_truth(kind: str) -> None:
    """As many refusals and misses as one set of draws in a thousand has, and no drift."""
    made = World(kind, 0.6, patients=SMALL, practices=40)
    seen = [asked(records(made, seed)) for seed in range(SEED, SEED + DRAWS)]
    answers = [one.ratio for one in seen if one.ratio is not None]
    by_chance = int(binom.isf(0.001, DRAWS, 0.05))
    assert DRAWS - len(answers) <= by_chance
    assert sum(not low < 0.6 < high for low, high in (one.interval for one in answers)) <= by_chance
    assert all(one.interval[1] < 1 for one in answers)
    off = [(one.value - log(0.6)) / one.error for one in answers]
    assert abs(sum(off)) <= norm.isf(0.0005) * sqrt(len(off))


def test_each_gate_tells_what_it_saw_and_from_where_on_it_closes() -> None:
    found = asked(world("random"))
    told = {one.gate: one for one in found.gates}
    assert {
        "recording", "last records", "referral after admission", "overlap", "clusters",
        "day of entry", "spike after entry", "same months of the year before",
        "trend of practices", "survival of records", "followed to the end", "newcomers",
        "completers", "later entrants", "rising illness", "odd year", "early and late entrants",
    } <= set(told)  # fmt: skip
    rising = told["rising illness"]
    assert rising.figure is not None
    assert rising.closed == (rising.figure > rising.limit)
    closed = [one.gate for one in found.gates if one.closed]
    assert sorted(closed) == sorted(one.gate for one in found.refused)


def test_hospital_records_alone_give_an_answer_for_those_whom_they_show() -> None:
    made = World("random", 0.6, patients=SMALL, practices=40, gp=0.0)
    found = asked(records(made, SEED))
    assert found.refused == ()
    assert found.why_dropped["not seen in the year before"] > 0.3 * found.treated
    assert found.ratio is not None
    low, high = found.ratio.interval
    assert low < 0.6 < high


def test_deaths_that_are_told_are_counted_by_the_day() -> None:
    found = asked(world("deaths", died_on=True))
    assert found.refused == ()
    assert found.ratio is not None
    low, high = found.ratio.interval
    assert low < 1 < high
    assert any("died_on" in note for note in found.notes)


def test_unrecorded_frailty_is_flagged_and_the_level_withheld() -> None:
    found = asked(world("frail"))
    assert found.placebo_flags
    assert found.level is None
    assert found.ratio is not None
    low, high = found.ratio.interval
    assert low < 1 < high


def test_a_start_too_early_or_too_late_is_refused() -> None:
    frame = world("random")
    assert closed(frame, date(2023, 10, 1)) == ["two years before"]
    early = frame.filter(pl.col("date") < date(2024, 12, 1))
    assert closed(early) == ["year after"]


def test_a_provider_whose_records_break_off_is_left_out_and_told() -> None:
    frame = world("random")
    gap = (pl.col("provider") == "ZR2") & (pl.col("setting") == "hospital")
    within = pl.col("date").is_between(date(2024, 1, 1), date(2024, 3, 31))
    found = asked(frame.filter(~(gap & within)))
    whole = asked(frame)
    assert whole.why_dropped["a provider changed what it records"] == 0
    assert found.why_dropped["a provider changed what it records"] > 0
    assert any("ZR2 has hardly any records" in note for note in found.notes)


def test_people_who_have_the_service_at_another_time_are_on_neither_side() -> None:
    frame = world("random")
    entered = frame.filter(service=SERVICE).group_by("patient").agg(pl.col("date").min())
    early = entered.filter(pl.col("date") < date(2024, 10, 1))
    found = measure_effect(InMemory(frame), SERVICE, START, entry_quarters=2)
    assert found.treated == len(early)
    assert any(note.startswith(f"{len(entered) - len(early)} people") for note in found.notes)
