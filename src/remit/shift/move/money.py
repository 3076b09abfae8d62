"""Pence without a remainder: a part of a sum, and a sum split among several."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

WHOLE = Fraction(1)


def part(pence: int, share: Fraction) -> int:
    """A share of a sum, rounded down: a saving is never told as more than it is.

    >>> part(1001, Fraction(1, 2)), part(1001, Fraction(1))
    (500, 1001)
    """
    return pence * share.numerator // share.denominator


def split(pence: int, weights: Sequence[int]) -> list[int]:
    """A sum split in proportion to weights, to the penny; what is left goes to the largest rests.

    Where all weights are nought each gets the same.

    >>> split(100, [1, 1, 1]), split(-100, [1, 3]), split(7, [0, 0])
    ([34, 33, 33], [-25, -75], [4, 3])
    """
    if pence < 0:
        return [-one for one in split(-pence, weights)]
    among = list(weights) if any(weights) else [1] * len(weights)
    whole = sum(among)
    parts = [pence * weight // whole for weight in among]
    rests = [pence * weight % whole for weight in among]
    order = sorted(range(len(among)), key=lambda place: -rests[place])
    for place in order[: pence - sum(parts)]:
        parts[place] += 1
    return parts
