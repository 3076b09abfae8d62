"""Shapley's values of a product, exactly: whole numbers from the first step to the last.

Hospital bed days of a cell are a product of ratios of counts. What a factor is worth is what it
adds, averaged over all orders in which the factors can change; by subsets there are 64 products in
place of 720 orders. For a product the result is the same as Das Gupta's.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from math import factorial

Ratio = tuple[int, int]
"""A count by a count: numerator and denominator."""

_GUARD = 80
_KEPT = 60


@dataclass(frozen=True, slots=True)
class ExactEffects:
    """What each factor is worth, as whole numbers over one denominator."""

    numerators: tuple[int, ...]
    denominator: int

    def fixed(self) -> tuple[int, ...]:
        """The effects in units of 2 to the power of −80."""
        return tuple((one << _GUARD) // self.denominator for one in self.numerators)


def in_float(fixed: int) -> float:
    """A sum of fixed effects as a number.

    The last 20 of the 80 binary places hold what was cut off in each cell; with them gone, cells
    that cancel sum to nothing.
    """
    cut = _GUARD - _KEPT
    return ((fixed + (1 << (cut - 1))) >> cut) / (1 << _KEPT)


def exact_effects(before: Sequence[Ratio], after: Sequence[Ratio]) -> ExactEffects:
    """What each factor of a product is worth of its change.

    A ratio of nothing by nothing is the other period's: the product is nothing anyway, and all of
    the change falls to the factors that are nothing. Where both have none, it is nothing.

    Parameters
    ----------
    before, after
        The ratios of the product, in the same order.

    Examples
    --------
    A rectangle of 2 by 3 grows to 4 by 5, by 14: the first side is worth 8, the second 6.

    >>> found = exact_effects([(2, 1), (3, 1)], [(4, 1), (5, 1)])
    >>> [one / found.denominator for one in found.numerators]
    [8.0, 6.0]
    """
    pairs = [_of_one_denominator(*pair) for pair in zip(before, after, strict=True)]
    products = _products([(a, b) for a, b, _ in pairs])
    denominator = factorial(len(pairs))
    for _, _, one in pairs:
        denominator *= one
    numerators = tuple(
        sum(weight * (products[with_it] - products[without]) for without, with_it, weight in steps)
        for steps in _steps(len(pairs))
    )
    return ExactEffects(numerators, denominator)


def _of_one_denominator(before: Ratio, after: Ratio) -> tuple[int, int, int]:
    before, after = _filled(before, after), _filled(after, before)
    if before[1] == after[1]:
        return before[0], after[0], before[1]
    return before[0] * after[1], after[0] * before[1], before[1] * after[1]


def _filled(ratio: Ratio, other: Ratio) -> Ratio:
    if ratio[1]:
        return ratio
    if ratio[0]:
        raise ZeroDivisionError("something by nothing is no ratio")
    return other if other[1] else (0, 1)


def _products(pairs: Sequence[tuple[int, int]]) -> list[int]:
    """The product for each subset of factors that have changed; bit k says that the k-th has."""
    products = [1]
    for before, after in pairs:
        products = [one * before for one in products] + [one * after for one in products]
    return products


@cache
def _steps(factors: int) -> tuple[tuple[tuple[int, int, int], ...], ...]:
    """For each factor: the subsets without it, with it, and in how many orders they follow."""
    weights = [factorial(size) * factorial(factors - 1 - size) for size in range(factors)]
    return tuple(
        tuple(
            (subset, subset | 1 << k, weights[subset.bit_count()])
            for subset in range(1 << factors)
            if not subset >> k & 1
        )
        for k in range(factors)
    )
