"""What sets those with the service apart: alike, lasting, or going on by itself."""

from __future__ import annotations

from datetime import date, timedelta

import polars as pl
import pytest

from remit.shift.effect.estimate import Matched
from remit.shift.effect.result import Effect, measure_effect
from remit.shift.effect.strata import STRATUM, SUMS
from tests.shift.effect.own_worlds import SERVICE, START, InMemory, World, records

SMALL = {"patients": 8_000, "practices": 40}
SEED = 20
EARLIEST = date(2023, 4, 1)


def asked(frame: pl.DataFrame) -> Effect:
    return measure_effect(InMemory(frame), SERVICE, START)


def closed(frame: pl.DataFrame) -> set[str]:
    return {one.gate for one in asked(frame).refused}


@pytest.fixture(scope="module")
def by_lot() -> pl.DataFrame:
    return records(World("random", **SMALL), SEED)


def entered(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.filter(service=SERVICE).group_by("patient").agg(entry=pl.col("date").min())


def with_stays(
    frame: pl.DataFrame, days: int, pod: str, share: float = 1.0, beds: int = 2
) -> pl.DataFrame:
    """The records, and a stay of those with the service so many days after entry, or before it."""
    some = entered(frame).sort("patient").sample(fraction=share, seed=3)
    people = frame.filter(service=SERVICE).unique("patient", keep="first", maintain_order=True)
    stays = people.join(some, on="patient").with_columns(
        date=pl.col("entry") + timedelta(days), setting=pl.lit("hospital"),
        service=pl.lit("acute"), pod=pl.lit(pod), bed_days=pl.lit(beds, pl.Int64),
        provider=pl.col("cluster").str.slice(2).cast(pl.Int64) % 4 + 1,
    )  # fmt: skip
    named = stays.with_columns(provider="ZR" + pl.col("provider").cast(pl.String))
    return pl.concat([frame, named.select(frame.columns)])


def with_earliest(frame: pl.DataFrame, times: int) -> pl.DataFrame:
    """Stays of those with the service in the earliest year, so many times; of 0 none are left."""
    mine = pl.col("patient").is_in(entered(frame)["patient"].implode())
    early = mine & (pl.col("setting") == "hospital") & (pl.col("date") < EARLIEST)
    return pl.concat([frame.filter(~early), *[frame.filter(early)] * times])


def test_by_lot_no_such_gate_closes(by_lot: pl.DataFrame) -> None:
    found = asked(by_lot)
    assert found.refused == ()
    assert {
        "getting better already", "getting worse already", "planned stay before entry",
        "kinds of care", "more use after entry",
    } <= {one.gate for one in found.gates}  # fmt: skip


def test_who_used_more_in_the_year_before_and_less_from_year_to_year_is_getting_better(
    by_lot: pl.DataFrame,
) -> None:
    assert "getting better already" in closed(with_earliest(by_lot, 2))


def test_who_used_less_in_the_year_before_is_getting_worse(by_lot: pl.DataFrame) -> None:
    assert "getting worse already" in closed(with_earliest(by_lot, 0))


def test_a_lasting_frailty_is_neither() -> None:
    assert closed(records(World("frail", **SMALL), SEED)) == set()


def test_who_was_chosen_for_recent_use_is_neither() -> None:
    assert closed(records(World("practices", **SMALL), SEED)) == set()


@pytest.mark.parametrize(("share", "closes"), [(0.5, True), (0.05, False)])
def test_entry_after_a_planned_stay(by_lot: pl.DataFrame, share: float, closes: bool) -> None:
    frame = with_stays(by_lot, -10, "elective", share)
    assert ("planned stay before entry" in closed(frame)) is closes


@pytest.mark.parametrize("days", [200, -500])
def test_planned_stays_in_one_year_alone(by_lot: pl.DataFrame, days: int) -> None:
    (reason,) = (
        one.reason
        for one in asked(with_stays(by_lot, days, "elective")).refused
        if one.gate == "kinds of care"
    )
    assert "planned (elective)" in reason


def test_emergencies_alone_are_no_other_kind_of_care_but_a_rise(by_lot: pl.DataFrame) -> None:
    more = by_lot
    for days in (50, 130, 210):
        more = with_stays(more, days, "emergency")
    assert "more use after entry" in closed(more)
    assert "planned stay before entry" not in closed(more)


def test_a_service_that_spares_stays_is_no_rise() -> None:
    assert closed(records(World("random", 0.7, **SMALL), SEED)) == set()


@pytest.mark.parametrize("rises", [True, False])
def test_deaths_bar_an_answer_where_use_rises_before_them(rises: bool) -> None:
    frame = records(World("deaths", died_on=True, **SMALL), SEED)
    if rises:
        dying = frame.filter(pl.col("died_on").is_not_null()).unique(
            "patient", keep="first", maintain_order=True
        )
        stays = [
            dying.with_columns(
                date=pl.col("died_on") - timedelta(days), setting=pl.lit("hospital"),
                service=pl.lit("acute"), pod=pl.lit("emergency"), bed_days=pl.lit(3, pl.Int64),
                provider=pl.lit("ZR1"),
            )
            for days in (5, 40, 80)
        ]  # fmt: skip
        frame = pl.concat([frame, *stays])
    assert ("deaths" in closed(frame)) is rises


def test_those_without_are_as_deprived_as_those_with_it() -> None:
    """One stratum: of those with the service two of three are of fifth 1, of the others one in two.

    Those of fifth 1 used 6 later, of fifth 5 used 3, with the service or without. By the stratum
    alone those with it would have used 5 for each, and the others 4.5.
    """
    zero = dict.fromkeys((*STRATUM, *SUMS, "fifth"), 0)
    rows = [
        zero | {"cluster_code": cluster, "arm": arm, "fifth": fifth, "people": people,
                "days": people, "later": people * use}
        for cluster in (1, 2)
        for fifth, use, served, others in ((1, 6, 2, 2), (5, 3, 1, 2))
        for arm, people in ((1, served), (0, others))
    ]  # fmt: skip
    found = Matched(pl.DataFrame(rows), 2)
    assert found.share("later") == pytest.approx((5, 5), abs=1e-9)
    assert found.contrast(["later"], ["days"]).value == pytest.approx(0, abs=1e-9)
