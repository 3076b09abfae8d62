"""A comparison is the same on Spark to the last digit, and in parts as in one piece."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from remit.engine import open_records
from remit.shift.effect.asked import load_effect_rules
from remit.shift.effect.result import Effect, measure_effect
from tests.shift.effect.own_worlds import SERVICE, START, World, records

pytestmark = pytest.mark.xdist_group("spark")

WHOLE, THIRDS = 1_000_000, 12_000
"""So many records at once: all of them, or a third."""


@pytest.fixture(scope="module")
def by_number(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """People of twenty practices, chosen at random, who then use less."""
    path = tmp_path_factory.mktemp("numbers") / "records.parquet"
    drawn = records(World("random", 0.6, patients=2_000, practices=20), 7)
    # A pseudonym may be below 0; some are poorer than others.
    drawn.with_columns(
        pl.col("patient") - 900, deprivation_fifth=pl.col("patient") % 5 + 1
    ).write_parquet(path)
    return path


@pytest.fixture(scope="module")
def by_name(by_number: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same people under names."""
    path = tmp_path_factory.mktemp("names") / "records.parquet"
    name = pl.format("P{}", pl.col("patient"))
    pl.read_parquet(by_number).with_columns(patient=name).write_parquet(path)
    return path


def found(
    path: Path,
    at_once: int | None,
    engine: str = "duckdb",
    master: str | None = None,
    often_for: int = 0,
) -> Effect:
    """The answer; with so many records at once, each person is looked at once, as of very many."""
    limits = {"looks_for_people": often_for, "records_at_once": at_once} if at_once else {}
    rules = load_effect_rules().model_copy(update=limits)
    with open_records([path], engine, master=master) as source:
        return measure_effect(source, SERVICE, START, rules=rules)


def told(one: Effect) -> tuple[object, ...]:
    assert one.ratio is not None
    assert one.kept > 50
    return (
        one.ratio, one.level, one.placebo, one.kept, one.controls, one.clusters, one.why_dropped,
        one.notes, one.gates,
    )  # fmt: skip


def check_same(one: Effect, other: Effect) -> None:
    assert told(one) == told(other)  # ratio and standard error to the last digit
    assert one.strata.equals(other.strata)


def test_parts_come_to_what_the_whole_comes_to(by_number: Path, by_name: Path) -> None:
    whole = found(by_number, WHOLE)
    check_same(whole, found(by_number, THIRDS))
    check_same(whole, found(by_name, WHOLE))
    check_same(whole, found(by_name, THIRDS))


def test_few_people_with_many_records_are_counted_in_parts_as_in_one_piece(by_name: Path) -> None:
    whole = found(by_name, None)
    assert whole.controls < sum(whole.strata.filter("kept")["controls"])  # each is looked at often
    check_same(whole, found(by_name, THIRDS, often_for=10_000))


def test_spark_finds_the_same_to_the_last_digit(by_number: Path, local_spark: str) -> None:
    check_same(found(by_number, None), found(by_number, None, "spark", local_spark))


def test_spark_finds_the_same_in_parts(by_name: Path, local_spark: str) -> None:
    check_same(found(by_name, WHOLE), found(by_name, THIRDS, "spark", local_spark))
