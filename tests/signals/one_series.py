"""The rules written down a second time, for one series and one point at a time.

Means are taken with fractions, which know no rounding error. Nothing here is shared with the code
under test.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise


@dataclass
class Answer:
    mean: float
    lower: float | None
    upper: float | None
    names: list[str | None]


def mean_of(values: Sequence[float]) -> float | None:
    return float(sum(map(Fraction, values)) / len(values)) if values else None


def sign(number: float) -> int:
    return (number > 0) - (number < 0)


def answer(
    values: Sequence[float], *, screened: bool = True, baseline: int | None = None
) -> Answer:
    used = values[:baseline] if baseline else values
    mean = mean_of(used)
    assert mean is not None
    ranges = [abs(b - a) for a, b in pairwise(used)]
    typical = mean_of(ranges)
    if screened and typical:
        typical = mean_of([r for r in ranges if r < 3.267 * typical])
    if typical is None:
        return Answer(mean, None, None, name_all(values, mean, None))
    lower, upper = mean - 2.66 * typical, mean + 2.66 * typical
    near = 2 * (2.66 / 3) * typical
    edges = (lower, mean - near, mean + near, upper)
    return Answer(mean, lower, upper, name_all(values, mean, edges))


def name_all(
    values: Sequence[float], mean: float, edges: tuple[float, float, float, float] | None
) -> list[str | None]:
    return [name_one(values, at, mean, edges) for at in range(len(values))]


def name_one(
    values: Sequence[float],
    at: int,
    mean: float,
    edges: tuple[float, float, float, float] | None,
) -> str | None:
    if edges and values[at] > edges[3]:
        return "above_upper_limit"
    if edges and values[at] < edges[0]:
        return "below_lower_limit"
    if in_trend(values, at):
        onward = at + 1 < len(values) and in_trend(values, at + 1)
        step = values[at + 1] - values[at] if onward else values[at] - values[at - 1]
        return "rising_trend" if step > 0 else "falling_trend"
    sides = [sign(value - mean) for value in values]
    if edges and is_near(values[at], edges):
        for start in range(at - 2, at + 1):
            window = range(start, start + 3)
            if start < 0 or start + 3 > len(values) or abs(sum(sides[i] for i in window)) != 3:
                continue
            if sum(is_near(values[i], edges) for i in window) >= 2:
                return "near_upper_limit" if sides[at] > 0 else "near_lower_limit"
    for start in range(max(0, at - 6), min(at, len(values) - 7) + 1):
        if abs(sum(sides[start : start + 7])) == 7:
            return "shift_above_mean" if sides[at] > 0 else "shift_below_mean"
    return None


def is_near(value: float, edges: tuple[float, float, float, float]) -> bool:
    lower, near_lower, near_upper, upper = edges
    return lower <= value < near_lower or near_upper < value <= upper


def in_trend(values: Sequence[float], at: int) -> bool:
    for start in range(max(0, at - 6), min(at, len(values) - 7) + 1):
        steps = {sign(b - a) for a, b in pairwise(values[start : start + 7])}
        if steps in ({1}, {-1}):
            return True
    return False
