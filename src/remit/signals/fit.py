"""Whether limits describe the points that they were made from."""

from __future__ import annotations

import numpy as np

from remit.model.spc_rules import LimitRules
from remit.signals.limits import ProcessLimits, process_limits
from remit.signals.means import Floats
from remit.signals.points import Charted, Point
from remit.signals.stretches import Flags, Stretches, stretches


def describe_all(
    values: Floats, limits: ProcessLimits, parts: Stretches, baseline: int | None, most: float
) -> Flags:
    """Of each point, whether the limits of its stretch describe the points that made them.

    Parameters
    ----------
    values
        All points, stretch after stretch.
    limits
        Those of each point.
    parts
        The stretches.
    baseline
        Only so many points at the beginning of each stretch made its limits.
    most
        With more than so many per cent of these outside, limits describe nothing.

    Examples
    --------
    ``describe_all(values, limits, parts, None, 50)``
    """
    if not len(values):
        return np.zeros(0, dtype=bool)
    made = np.ones(len(values), dtype=bool) if baseline is None else parts.positions < baseline
    outside = made & ((values < limits.lower) | (values > limits.upper))
    counts = (np.add.reduceat(flags.astype(np.int64), parts.starts) for flags in (outside, made))
    beyond, of = counts
    fits: Flags = beyond * 100 <= most * of
    return fits[parts.of_point]


def points_outside(charted: Charted) -> tuple[int, int]:
    """How many of the points that made the latest limits lie outside them, and of how many."""
    made = charted.stretch[: charted.baseline]
    return sum(_is_outside(point) for point in made), len(made)


def would_fit(points: tuple[Point, ...], rules: LimitRules, most: float) -> bool:
    """Whether new limits from some points on would describe these."""
    values = np.array([point.value for point in points], dtype=np.float64)
    parts = stretches(np.arange(len(values)) == 0)
    limits = process_limits(values, parts, rules).at(parts.of_point)
    return bool(describe_all(values, limits, parts, None, most)[-1])


def _is_outside(point: Point) -> bool:
    if point.value is None or point.lower is None or point.upper is None:
        return False
    return not point.lower <= point.value <= point.upper
