"""Labels and signs that would touch, moved apart as little as can be."""

from __future__ import annotations

from collections.abc import Sequence


def moved_apart(wanted: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Places as near as can be to those wanted, at least a gap apart and between two ends.

    Where they cannot all fit, they stand evenly between the ends.

    Parameters
    ----------
    wanted
        Where each would stand by itself, in any order.
    gap
        The least distance between two.
    low, high
        Between these all must stand.

    Examples
    --------
    >>> moved_apart([10.0, 12.0, 90.0], 16.0, 0.0, 100.0)
    [3.0, 19.0, 90.0]
    """
    if not wanted:
        return []
    least = min(gap, (high - low) / max(len(wanted) - 1, 1))
    order = sorted(range(len(wanted)), key=lambda at: (wanted[at], at))
    level = _rising([wanted[at] - least * place for place, at in enumerate(order)])
    highest = high - least * (len(wanted) - 1)
    places = [0.0] * len(wanted)
    for place, at in enumerate(order):
        places[at] = min(max(level[place], low), highest) + least * place
    return places


def _rising(values: Sequence[float]) -> list[float]:
    """The nearest values that never fall: neighbours that do are pooled at their mean."""
    pools: list[tuple[float, int]] = []
    for value in values:
        total, count = value, 1
        while pools and pools[-1][0] / pools[-1][1] > total / count:
            before = pools.pop()
            total, count = total + before[0], count + before[1]
        pools.append((total, count))
    return [total / count for total, count in pools for _ in range(count)]
