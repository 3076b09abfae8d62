"""Single cells are hidden before whole groups are, and still tell nobody: a solver tries.

Its unknowns are, of each cell of crossed groups, how many commented and how many named each theme,
in whole numbers. It knows what is shown and what the reasons say, and nothing of how it was chosen.
"""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from scipy.optimize import LinearConstraint, milp

from remit.surveys.suppressing import BASE_OPEN, COUNT_OPEN, SECOND
from remit.surveys.suppressing_cells import CELL, suppressed_cells

THEMES = ("burden", "tone", "none")
LEAST = 5
Cells = dict[tuple[str, str], tuple[int, int, int, int]]

people_of = st.integers(0, 9).flatmap(
    lambda base: st.tuples(st.just(base), *[st.integers(0, base)] * len(THEMES))
)
cells = st.fixed_dictionaries({}, optional={
    (kind, region): people_of for kind in "abcd" for region in "xy"
}).filter(bool)  # fmt: skip


def parts_of(people: Cells) -> dict[tuple[str, str], list[int]]:
    """Each row by cut and group, with the places of the cells that add up to it."""
    found: dict[tuple[str, str], list[int]] = {}
    for place, (kind, region) in enumerate(people):
        for key in (("all", "all"), ("kind", kind), ("region", region)):
            found.setdefault(key, []).append(place)
    return found


def table(people: Cells) -> pl.DataFrame:
    counts = np.array(list(people.values()))
    return pl.DataFrame(
        [
            {"wave": "2026", "item_id": "why", "group_by": cut, "group": group, "theme": theme,
             "base": int(counts[places, 0].sum()), "n": int(counts[places, number].sum())}
            for (cut, group), places in parts_of(people).items()
            for number, theme in enumerate(THEMES, start=1)
        ]
    )  # fmt: skip


class Solver:
    """A reader who tries all that fits what is shown."""

    def __init__(self, people: Cells, shown: pl.DataFrame) -> None:
        self.truth = np.array(list(people.values())).reshape(-1).astype(float)
        self.many = len(people)
        self.parts = parts_of(people)
        self.bounds = [
            # Who names a theme has commented.
            LinearConstraint(self._one(cell, number) - self._one(cell, 0), -np.inf, 0)
            for cell in range(self.many)
            for number in range(1, 1 + len(THEMES))
        ]
        for row in shown.rows(named=True):
            key = (row["group_by"], row["group"])
            base = self.sum_of(key, 0)
            if row["suppressed"] == SECOND:
                self.bounds.append(LinearConstraint(base, LEAST, np.inf))
            elif row["suppressed"] and row["suppressed"] != CELL:
                self.bounds.append(LinearConstraint(base, 0, LEAST - 1))
            elif not row["suppressed"]:
                of_theme = self.sum_of(key, 1 + THEMES.index(row["theme"]))
                self.bounds += [LinearConstraint(base, row["base"], row["base"]),
                                LinearConstraint(of_theme, row["n"], row["n"])]  # fmt: skip

    def _one(self, cell: int, number: int) -> np.ndarray:
        found = np.zeros((self.many, 1 + len(THEMES)))
        found[cell, number] = 1
        return found.reshape(-1)

    def sum_of(self, key: tuple[str, str], number: int) -> np.ndarray:
        return sum(self._one(cell, number) for cell in self.parts[key])

    def reach(self, key: tuple[str, str], number: int, enough: int) -> int:
        """How far apart the least and the most are; no further than is enough."""
        aim = self.sum_of(key, number)
        ends = [self.truth @ aim] * 2
        for end, sign in enumerate((1, -1)):
            if ends[1] - ends[0] < enough:
                found = milp(sign * aim, constraints=self.bounds, integrality=np.ones(len(aim)))
                assert found.success
                ends[end] = round(sign * found.fun)
        return min(enough, int(ends[1] - ends[0]))


def check(people: Cells) -> None:
    full = table(people)
    found = suppressed_cells(full, LEAST, "theme")
    for before, after in zip(full.rows(named=True), found.rows(named=True), strict=True):
        assert not (before["base"] < LEAST and after["base"] is not None)
        assert after["suppressed"] or (after["base"], after["n"]) == (before["base"], before["n"])
        assert not after["suppressed"] or (after["base"], after["n"]) == (None, None)
    if found.filter(pl.col("group_by") == "all")["suppressed"][0]:
        assert found["base"].null_count() == len(found)
        return
    why = pl.when(pl.col("base") < LEAST).then(pl.lit("small")).otherwise(pl.lit(SECOND))
    whole = pl.col("group_by") == "all"
    nothing = full.with_columns(pl.when(whole).then(pl.lit("")).otherwise(why).alias("suppressed"))
    solver, told_anyway = Solver(people, found), Solver(people, nothing)
    for row, real in zip(found.rows(named=True), full.rows(named=True), strict=True):
        if row["suppressed"] and real["base"]:
            key = (row["group_by"], row["group"])
            aims = [(1 + THEMES.index(row["theme"]), COUNT_OPEN)]
            aims += [(0, BASE_OPEN)] if row["suppressed"] != CELL else []
            for number, declared in aims:
                if (reached := solver.reach(key, number, declared)) < declared:
                    # What the whole alone tells is told by nothing else.
                    assert reached >= told_anyway.reach(key, number, declared), (key, number)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(cells)
def test_no_hidden_number_of_comments_can_be_worked_out(people: Cells) -> None:
    check(people)


@pytest.mark.evidence
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(cells)
def test_no_hidden_number_of_many_tables_can_be_worked_out(people: Cells) -> None:
    check(people)


def test_a_rare_theme_hides_its_cells_and_not_the_groups() -> None:
    # Of c and d there are few. Nobody of both spoke of the tone: that two of a and one of b did
    # would tell it, so these cells go; what a and b say of the burden stays.
    people: Cells = {("a", "x"): (20, 9, 2, 9), ("b", "x"): (20, 8, 1, 11),
                     ("c", "x"): (2, 1, 0, 1), ("d", "x"): (2, 1, 0, 1)}  # fmt: skip
    found = suppressed_cells(table(people), LEAST, "theme")
    of = {(one["group"], one["theme"]): one for one in found.rows(named=True)
          if one["group_by"] == "kind"}  # fmt: skip
    assert [of[group, "burden"]["n"] for group in "abcd"] == [9, 8, None, None]
    assert [of[group, "burden"]["base"] for group in "abcd"] == [20, 20, None, None]
    hidden = [group for group in "ab" if of[group, "tone"]["suppressed"] == CELL]
    assert hidden
    assert all(of[group, "tone"]["n"] is None for group in hidden)
    check(people)


def test_nothing_is_hidden_where_all_are_large_or_all_is_shown() -> None:
    people: Cells = {("a", "x"): (9, 1, 0, 0), ("b", "y"): (9, 0, 2, 0)}
    assert set(suppressed_cells(table(people), LEAST, "theme")["suppressed"]) == {""}
    small: Cells = {("a", "x"): (1, 1, 0, 0), ("b", "y"): (9, 0, 2, 0)}
    assert set(suppressed_cells(table(small), 0, "theme")["suppressed"]) == {""}


def test_where_the_whole_is_small_nothing_is_shown() -> None:
    found = suppressed_cells(table({("a", "x"): (2, 1, 0, 0)}), LEAST, "theme")
    assert found["n"].null_count() == len(found)
