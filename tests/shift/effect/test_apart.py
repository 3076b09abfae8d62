"""What strata leave apart: each sign is seen where it is planted, by as much as is planted."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from remit.shift.effect.gates import GateFigure
from remit.shift.effect.result import Effect, measure_effect
from tests.shift.effect.own_worlds import SERVICE, START, InMemory, World, records

SIGNS = {
    "length of stay before entry", "length of stay after entry", "another hospital",
    "contacts outside hospital", "contacts of the others", "planned care of the others",
    "better before entry",
}  # fmt: skip
HOSPITAL = pl.col("setting") == "hospital"
OUTSIDE = ~HOSPITAL & (pl.col("service") != SERVICE)
YEAR_BEFORE = pl.col("date") < date(2023, 4, 1)


def asked(frame: pl.DataFrame) -> Effect:
    return measure_effect(InMemory(frame), SERVICE, START)


def of(kind: str) -> pl.DataFrame:
    """The records, and of each person the day of entry."""
    frame = records(World(kind, patients=8_000, practices=40), 21)
    entered = frame.filter(service=SERVICE).group_by("patient").agg(entry=pl.col("date").min())
    return frame.join(entered, on="patient", how="left", maintain_order="left")


@pytest.fixture(scope="module")
def by_lot() -> pl.DataFrame:
    return of("random")


@pytest.fixture(scope="module")
def rolled_out() -> pl.DataFrame:
    return of("rollout")


def seen(frame: pl.DataFrame, gate: str) -> list[GateFigure]:
    return [one for one in asked(frame.drop("entry")).gates if one.gate == gate]


def figures(frame: pl.DataFrame, gate: str) -> list[float]:
    return [one.figure for one in seen(frame, gate) if one.figure is not None]


def shut(frame: pl.DataFrame, gate: str) -> list[float]:
    """Limits of the signs of that name that closed."""
    return [one.limit for one in seen(frame, gate) if one.closed]


def longer(frame: pl.DataFrame, when: pl.Expr, times: int) -> pl.DataFrame:
    beds = pl.when(HOSPITAL & when).then(pl.col("bed_days") * times).otherwise("bed_days")
    return frame.with_columns(bed_days=beds)


def again(frame: pl.DataFrame, which: pl.Expr, times: int) -> pl.DataFrame:
    return pl.concat([frame, *[frame.filter(which)] * (times - 1)])


def test_by_lot_and_by_practice_no_sign_closes(
    by_lot: pl.DataFrame, rolled_out: pl.DataFrame
) -> None:
    for frame in (by_lot, rolled_out):
        gates = asked(frame.drop("entry")).gates
        assert {one.gate for one in gates} >= SIGNS
        assert not [one.gate for one in gates if one.closed and one.gate in SIGNS]


def test_stays_that_grow_longer_are_seen_by_as_much(by_lot: pl.DataFrame) -> None:
    """How often people are in hospital is as before, so that the same are compared."""
    (usual,) = figures(by_lot, name := "length of stay after entry")
    after = longer(by_lot, pl.col("date") > pl.col("entry"), 2)
    assert figures(after, name) == [pytest.approx(2 * usual, abs=1e-12)]
    assert len(shut(after, name)) == 1
    # Before entry either way: longer in the matched year, or in the year before that.
    name, days = "length of stay before entry", (pl.col("entry") - pl.col("date")).dt.total_days()
    for when, way in (((days > 0) & (days < 400), True), (days > 400, False)):
        (limit,) = shut(longer(by_lot, when, 3), name)
        assert (limit > 1) is way


def test_another_hospital_than_before_is_seen(by_lot: pl.DataFrame) -> None:
    moved = HOSPITAL & (pl.col("date") > pl.col("entry")) & (pl.col("date").dt.day() % 2 == 0)
    other = pl.when(pl.col("provider") == "ZR1").then(pl.lit("ZR2")).otherwise(pl.lit("ZR1"))
    frame = by_lot.with_columns(provider=pl.when(moved).then(other).otherwise("provider"))
    (figure,) = figures(frame, name := "another hospital")
    assert figure == pytest.approx(0.5, abs=0.1)
    assert shut(frame, name) == [pytest.approx(0.9)]


def test_contacts_outside_hospital_are_seen_either_way(by_lot: pl.DataFrame) -> None:
    after = OUTSIDE & (pl.col("date") > pl.col("entry"))
    usual, _ = figures(by_lot, name := "contacts outside hospital")
    more = again(by_lot, after, 4)
    assert figures(more, name)[0] == pytest.approx(4 * usual, abs=1e-9)
    assert shut(more, name) == [2]
    lost = after & (pl.col("date").dt.day() % 4 > 0)
    assert shut(by_lot.filter(~lost.fill_null(False)), name) == [0.5]


def test_contacts_of_others_that_end_where_the_service_is_are_seen(
    rolled_out: pl.DataFrame,
) -> None:
    served = rolled_out.filter(service=SERVICE)["cluster"].unique().implode()
    there = pl.col("cluster").is_in(served) & pl.col("entry").is_null()
    late = there & OUTSIDE & (pl.col("date") >= START)
    name = "contacts of the others"
    (limit,) = shut(rolled_out.filter(~(late & (pl.col("date").dt.day() % 2 == 0))), name)
    assert limit < 1
    (limit,) = shut(again(rolled_out, late, 2), name)
    assert limit > 1


def test_beds_that_are_filled_from_a_waiting_list_are_seen(rolled_out: pl.DataFrame) -> None:
    served = rolled_out.filter(service=SERVICE)["cluster"].unique().implode()
    there = pl.col("cluster").is_in(served) & pl.col("entry").is_null()
    listed = there & HOSPITAL & (pl.col("date") >= START) & (pl.col("pod") == "elective")
    assert shut(again(rolled_out, listed, 3), "planned care of the others") == [1.25]


def test_who_was_better_just_before_entry_is_seen(by_lot: pl.DataFrame) -> None:
    mine = (pl.col("entry").is_not_null() & HOSPITAL & (pl.col("pod") == "elective")).fill_null(
        False
    )
    days = (pl.col("entry") - pl.col("date")).dt.total_days()
    recent = mine & (days > 0) & (days < 92) & (pl.col("date").dt.day() % 6 > 0)
    assert shut(by_lot, name := "better before entry") == []
    assert len(shut(again(by_lot.filter(~recent.fill_null(False)), mine & YEAR_BEFORE, 2), name))
