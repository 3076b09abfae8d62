"""Cells of parts added up: the same as by a plain grouping, whatever the numbers are."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from remit.shift.effect.adding import added, narrow

KEYS = ("area", "arm")
SMALL = st.integers(-1, 3)
AREA = st.one_of(SMALL, st.sampled_from([8_191, 8_192, -(2**40), 2**62]))
ROW = st.tuples(AREA, SMALL, st.integers(0, 9_000), st.integers(-(2**40), 2**40))


def table(rows: list[tuple[int | None, ...]]) -> pl.DataFrame:
    names = (*KEYS, "people", "squares")
    return pl.DataFrame(rows, schema=dict.fromkeys(names, pl.Int64), orient="row")


def plainly(parts: list[pl.DataFrame]) -> pl.DataFrame:
    return pl.concat(parts).group_by(KEYS).agg(pl.all().sum()).sort(KEYS)


@given(parts=st.lists(st.lists(ROW, max_size=12), min_size=1, max_size=4))
def test_parts_add_up_as_a_plain_grouping_does(parts: list[list[tuple[int, ...]]]) -> None:
    tables = [table(list(rows)) for rows in parts]
    found = added((narrow(one) for one in tables), KEYS)
    assert_frame_equal(found.cast(pl.Int64), plainly(tables))
    assert added([found], KEYS).equals(found), "what is added up is left as it is"


@pytest.mark.parametrize(
    ("keys", "packed"), [((2**32, 2**30), True), ((2**32, 2**33), False)], ids=("fits", "too large")
)
def test_keys_too_large_for_one_number_are_added_up_all_the_same(
    keys: tuple[int, int], packed: bool
) -> None:
    ends = [table([(0, 0, 1, 5), (*keys, 2, 6)]), table([(*keys, 40, 60), (0, keys[1], 7, 8)])]
    assert ((keys[0] + 1) * (keys[1] + 1) < 2**63) == packed
    assert added(ends, KEYS).rows() == [(0, 0, 1, 5), (0, keys[1], 7, 8), (*keys, 42, 66)]


def test_rows_without_a_key_are_kept_apart_from_all_others() -> None:
    found = added([table([(None, 0, 1, 1), (0, 0, 2, 2)]), table([(None, 0, 4, 4)])], KEYS)
    assert found.rows() == [(None, 0, 5, 5), (0, 0, 2, 2)]


def test_small_numbers_come_back_narrow_and_large_ones_whole() -> None:
    found = added([table([(1, 1, 8_000, 1)]), table([(1, 1, 191, 1), (1, 0, 8_192, 1)])], KEYS)
    assert found.schema["squares"] == pl.Int16
    assert found.schema["people"] == pl.Int64
    assert found["people"].to_list() == [8_192, 8_191]
