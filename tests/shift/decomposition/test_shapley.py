"""What a factor is worth, held against all 720 orders and against Das Gupta's formula."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations, permutations
from math import comb, prod

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from remit.shift.decomposition.shapley import Ratio, exact_effects, in_float

WHOLE = st.integers(1, 10**6)
RATIO = st.tuples(st.integers(0, 10**6), WHOLE)
SIX = st.lists(RATIO, min_size=6, max_size=6)


def worth(before: list[Ratio], after: list[Ratio]) -> list[Fraction]:
    found = exact_effects(before, after)
    return [Fraction(one, found.denominator) for one in found.numerators]


def in_all_orders(before: list[Fraction], after: list[Fraction]) -> list[Fraction]:
    """The mean of what each factor adds over every order in which they can change."""
    sums = [Fraction(0)] * len(before)
    orders = list(permutations(range(len(before))))
    for order in orders:
        now = list(before)
        for factor in order:
            was = prod(now, start=Fraction(1))
            now[factor] = after[factor]
            sums[factor] += prod(now, start=Fraction(1)) - was
    return [one / len(orders) for one in sums]


def by_das_gupta(before: list[Fraction], after: list[Fraction]) -> list[Fraction]:
    found = []
    for k in range(len(before)):
        others = [one for one in range(len(before)) if one != k]
        standard = sum(
            prod((after[j] if j in chosen else before[j] for j in others), start=Fraction(1))
            / (len(before) * comb(len(others), size))
            for size in range(len(others) + 1)
            for chosen in combinations(others, size)
        )
        found.append((after[k] - before[k]) * standard)
    return found


def fractions(ratios: list[Ratio]) -> list[Fraction]:
    return [Fraction(*one) for one in ratios]


def test_two_sides_of_a_rectangle() -> None:
    """2 by 3 grows to 4 by 5: the first side adds 2 times the mean of 3 and 5."""
    assert worth([(2, 1), (3, 1)], [(4, 1), (5, 1)]) == [8, 6]


@given(SIX, SIX)
def test_effects_sum_to_the_change_exactly(before: list[Ratio], after: list[Ratio]) -> None:
    change = prod(fractions(after)) - prod(fractions(before))
    assert sum(worth(before, after)) - change == 0


@given(SIX, SIX)
def test_it_is_das_guptas(before: list[Ratio], after: list[Ratio]) -> None:
    assert worth(before, after) == by_das_gupta(fractions(before), fractions(after))


@settings(max_examples=3, deadline=None)
@given(SIX, SIX)
def test_it_is_the_mean_of_all_orders(before: list[Ratio], after: list[Ratio]) -> None:
    assert worth(before, after) == in_all_orders(fractions(before), fractions(after))


@given(SIX, SIX, st.permutations(range(6)))
def test_the_order_of_the_factors_does_not_matter(
    before: list[Ratio], after: list[Ratio], order: list[int]
) -> None:
    turned = worth([before[k] for k in order], [after[k] for k in order])
    usual = worth(before, after)
    assert turned == [usual[k] for k in order]


@given(SIX, SIX)
def test_there_and_back_cancel(before: list[Ratio], after: list[Ratio]) -> None:
    back = worth(after, before)
    assert worth(before, after) == [-one for one in back]


@given(SIX, st.integers(0, 5), RATIO)
def test_what_does_not_change_is_worth_nothing(
    before: list[Ratio], which: int, other: Ratio
) -> None:
    after = [other if k == which else one for k, one in enumerate(before)]
    assert [one for k, one in enumerate(worth(before, after)) if k != which] == [0] * 5


def test_nothing_by_nothing_is_the_other_periods() -> None:
    """No contacts at first: all of the 6 bed days fall to the rate, none to share or stay."""
    before = [(10, 1), (0, 10), (0, 0), (0, 0)]
    after = [(10, 1), (4, 10), (2, 4), (6, 2)]
    assert worth(before, after) == [0, 6, 0, 0]


def test_nothing_at_both_times_is_worth_nothing() -> None:
    assert worth([(5, 1), (0, 5), (0, 0)], [(7, 1), (0, 7), (0, 0)]) == [0, 0, 0]


def test_something_by_nothing_is_refused() -> None:
    with pytest.raises(ZeroDivisionError):
        exact_effects([(1, 0)], [(1, 1)])


@given(st.lists(st.tuples(SIX, SIX), min_size=1, max_size=5))
def test_sums_in_numbers_are_within_a_millionth_of_a_millionth(
    cells: list[tuple[list[Ratio], list[Ratio]]],
) -> None:
    fixed = [0] * 6
    change = Fraction(0)
    for before, after in cells:
        fixed = [a + b for a, b in zip(fixed, exact_effects(before, after).fixed(), strict=True)]
        change += prod(fractions(after)) - prod(fractions(before))
    effects = [in_float(one) for one in fixed]
    gross = sum(map(abs, effects))
    assert abs(sum(map(Fraction, effects)) - change) <= Fraction(gross) / 10**12 + Fraction(
        1, 2**55
    )


def test_cells_that_cancel_sum_to_nothing() -> None:
    there = exact_effects([(3, 7)] * 6, [(5, 11)] * 6).fixed()
    back = exact_effects([(5, 11)] * 6, [(3, 7)] * 6).fixed()
    assert [in_float(a + b) for a, b in zip(there, back, strict=True)] == [0.0] * 6
