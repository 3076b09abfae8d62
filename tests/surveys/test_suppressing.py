"""A small base cannot be worked out: a solver tries on tables of a few groups."""

from __future__ import annotations

import numpy as np
import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from remit.surveys.suppressing import suppressed

COUNTS = ("base", "n_agree", "n_neutral", "n_disagree")
LEAST = 5

counts_of_groups = st.lists(st.tuples(*[st.integers(0, 6)] * 3), min_size=2, max_size=6)


def table(groups: list[tuple[int, int, int]]) -> pl.DataFrame:
    rows = [("all", "all", *np.sum(groups, axis=0).tolist())]
    rows += [("kind", f"g{number}", *counts) for number, counts in enumerate(groups)]
    frame = pl.DataFrame(
        [
            {"group_by": one[0], "group": one[1], **dict(zip(COUNTS[1:], one[2:], strict=True))}
            for one in rows
        ]
    )
    return frame.with_columns(
        pl.lit("2026").alias("wave"),
        pl.lit("heard").alias("item_id"),
        pl.sum_horizontal(*COUNTS[1:]).alias("base"),
    )


def reach(whole: int, shown: int, hidden: int, place: int) -> tuple[float, float]:
    """Between which numbers a hidden count can lie, for a reader who knows all that is shown."""
    ends = []
    for sign in (1, -1):
        aim = np.zeros(hidden)
        aim[place] = sign
        found = linprog(aim, A_eq=np.ones((1, hidden)), b_eq=[whole - shown], bounds=(0, None))
        ends.append(sign * found.fun)
    return ends[0], ends[1]


@settings(max_examples=150, deadline=None)
@given(counts_of_groups)
def test_no_hidden_count_can_be_worked_out(groups: list[tuple[int, int, int]]) -> None:
    full = table(groups)
    found = suppressed(full, LEAST, COUNTS)
    parts = found.filter(pl.col("group_by") == "kind")
    for before, after in zip(full.rows(named=True), found.rows(named=True), strict=True):
        small = before["base"] < LEAST
        assert not (small and after["base"] is not None)
        assert after["suppressed"] or after["base"] == before["base"]
    (whole,) = found.filter(pl.col("group_by") == "all").rows(named=True)
    if whole["suppressed"]:
        return
    out = parts.filter(pl.col("suppressed") != "").height
    somebody = sum(1 for one in groups if 0 < sum(one) < LEAST)
    if not somebody:
        return
    everything = out == len(groups)
    for name in COUNTS:
        shown = int(parts[name].sum() or 0)
        for place in range(out):
            low, high = reach(whole[name], shown, out, place)
            # Where nothing at all is shown, a reader has the whole alone: 0 of all is 0 of each.
            assert high - low >= 1 or everything


def test_nothing_is_hidden_where_no_base_is_small() -> None:
    found = suppressed(table([(3, 2, 1), (4, 4, 4)]), LEAST, COUNTS)
    assert found["suppressed"].to_list() == ["", "", ""]
    assert found["base"].to_list() == [18, 6, 12]
