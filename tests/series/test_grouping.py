"""Sums over groups: worked by hand, whatever the order of the rows and the size of the key."""

from __future__ import annotations

from datetime import date
from itertools import permutations
from math import inf, isnan

import polars as pl
import pytest

from remit.series.grouping import Grouped, exact_sums

NAMES = pl.Enum(["ZA1", "ZA2"])
REASON = pl.UInt8


def figures(*days: date) -> pl.DataFrame:
    first, last = days
    rows = [
        ("ZA2", first, 1.0, True, 3, "a"),
        ("ZA1", last, 2.0, True, None, "b"),
        ("ZA2", first, 4.0, False, 1, None),
        ("ZA1", first, 8.0, False, None, "c"),
        ("ZA1", last, 16.0, True, 2, "d"),
    ]
    shape = {"org": NAMES, "day": pl.Date, "n": pl.Float64, "given": pl.Boolean,
             "why": REASON, "of": pl.String}  # fmt: skip
    return pl.DataFrame(rows, schema=shape, orient="row")


def summed(frame: pl.DataFrame) -> list[tuple[object, ...]]:
    alike = Grouped(frame, ["org", "day"])
    found = alike.first("org", "day").with_columns(*alike.sums("n", "given"), alike.least("why"))
    return found.with_columns(alike.last("of")).rows()


def test_rows_of_one_organisation_and_day_are_one() -> None:
    may, june = date(2025, 5, 1), date(2025, 6, 1)
    assert summed(figures(may, june)) == [
        ("ZA1", may, 8.0, 0, None, "c"),
        ("ZA1", june, 18.0, 2, 2, "d"),
        ("ZA2", may, 5.0, 1, 1, None),
    ]


def test_days_however_far_apart_are_told_apart() -> None:
    # Four such columns have more pairs of days than a number can count: 3,650,000 to the fourth
    # power is 1.8e26, and 2 to the 62nd 4.6e18.
    frame = figures(date.min, date.max).with_columns(
        pl.col("day").alias(name) for name in ("since", "until", "known")
    )
    alike = Grouped(frame, ["org", "day", "since", "until", "known"])
    found = alike.first("org", "day").with_columns(alike.sums("n"))
    assert found.rows() == [
        ("ZA1", date.min, 8.0),
        ("ZA1", date.max, 18.0),
        ("ZA2", date.min, 5.0),
    ]


def test_of_no_rows_nothing_is_made() -> None:
    assert summed(figures(date.min, date.max).clear()) == []


@pytest.mark.parametrize("values", sorted(permutations((0.1, 0.2, 0.3))))
def test_a_sum_is_the_same_in_whatever_order_its_parts_come(values: tuple[float, ...]) -> None:
    # Added up one after the other they make 0.6 or 0.6000000000000001.
    frame = pl.DataFrame({"org": ["ZA1"] * 3, "n": values}).cast({"org": NAMES})
    assert Grouped(frame, ["org"]).sums("n")[0].to_list() == [0.6]
    assert exact_sums(pl.Series("n", [values])).to_list() == [0.6]


def test_exact_sums_know_empty_lists_and_what_is_no_number() -> None:
    lists = [
        [],
        [1.0],
        [0.1, 0.2, 0.3, inf],
        [0.3, 0.2, 0.1],
        [inf, -inf, 0.5],
        [2.0**53, 1.0, 1.0],
    ]
    found = exact_sums(pl.Series("n", lists, dtype=pl.List(pl.Float64))).to_list()
    assert found[:4] == [0.0, 1.0, inf, 0.6]
    assert isnan(found[4])
    # One after the other each 1 would be lost: 2 to the 53rd plus 1 is no float.
    assert found[5] == 2.0**53 + 2
