"""A year that is unlike the others, and another service that begins at entry."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from remit.shift.effect.result import Effect, measure_effect
from tests.shift.effect.own_worlds import SERVICE, START, InMemory, World, records

SMALL = {"patients": 8_000, "practices": 40}
SEED = 20


def asked(frame: pl.DataFrame) -> Effect:
    return measure_effect(InMemory(frame), SERVICE, START)


def gates(frame: pl.DataFrame) -> list[str]:
    return [one.gate for one in asked(frame).refused]


def thinner(frame: pl.DataFrame, share: float, first: date, last: date) -> pl.DataFrame:
    """The same records, of hospital stays between two days only a share."""
    here = (pl.col("setting") == "hospital") & pl.col("date").is_between(first, last)
    stays = frame.filter(here).sample(fraction=share, seed=3)
    return pl.concat([frame.filter(~here), stays])


EARLIEST = (date(2022, 4, 1), date(2023, 3, 31))
MATCHED = (date(2023, 4, 1), date(2024, 3, 31))
AFTER = (date(2024, 4, 1), date(2025, 3, 31))


@pytest.mark.parametrize(
    ("kind", "years", "closes"),
    [
        ("frail", EARLIEST, True),
        ("frail", AFTER, True),
        ("frail", MATCHED, False),  # alike in it, and it is not compared
        ("random", EARLIEST, False),  # nothing lasting is supposed: the year is in both sides
    ],
)
def test_an_odd_year_bars_the_answer_where_a_lasting_difference_is_supposed(
    kind: str, years: tuple[date, date], closes: bool
) -> None:
    frame = thinner(records(World(kind, **SMALL), SEED), 0.6, *years)
    assert ("odd year" in gates(frame)) is closes


def test_a_common_trend_is_no_odd_year() -> None:
    falling = World("frail", trend=0.36, **SMALL)
    assert "odd year" not in gates(records(falling, SEED))


def with_another(frame: pl.DataFrame, those: float, others: float, days: int) -> pl.DataFrame:
    """A visit of another service so many days after entry; others have it on 1 October."""
    entered = frame.filter(service=SERVICE).group_by("patient").agg(pl.col("date").min())
    people = frame.unique("patient", keep="first", maintain_order=True)
    rest = people.join(entered, on="patient", how="anti").sample(fraction=others, seed=4)
    mine = (
        people.drop("date")
        .join(entered.sample(fraction=those, seed=5), on="patient")
        .with_columns(pl.col("date") + pl.duration(days=days))
    )
    rest = rest.with_columns(date=pl.lit(date(2024, 10, 1)))
    visits = pl.concat([mine, rest], how="diagonal").with_columns(
        setting=pl.lit("community"), service=pl.lit("Other Team"), bed_days=pl.lit(0, pl.Int64)
    )
    return pl.concat([frame, visits.select(frame.columns)])


@pytest.mark.parametrize(
    ("those", "others", "days", "closes"),
    [
        (0.4, 0.05, 7, True),
        (0.4, 0.05, -14, True),
        (0.4, 0.05, 200, False),  # begins later: it is no part of entry
        (0.06, 0.02, 7, False),  # too few to matter
    ],
)
def test_another_service_that_begins_at_entry_is_told(
    those: float, others: float, days: int, closes: bool
) -> None:
    frame = with_another(records(World("random", **SMALL), SEED), those, others, days)
    found = [one for one in asked(frame).refused if one.gate == "another service"]
    assert bool(found) is closes
    assert all("Other Team" in one.reason for one in found)
