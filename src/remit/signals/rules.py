"""The rules of special cause, each a pure function over all points of all series.

Every rule says for each point 1 (it speaks on the high side), -1 (on the low side) or 0. A rule
never looks across the ends of a stretch.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from remit.model.spc_rules import NearLimits, OutsideLimits, Rule, Shift, Trend
from remit.signals.limits import ProcessLimits
from remit.signals.means import Floats
from remit.signals.stretches import Flags, Stretches, changed, run_lengths, run_places

Sides = NDArray[np.int8]
_Kind = TypeVar("_Kind", np.int8, np.bool_)

NAMES: dict[str, tuple[str, str]] = {
    "outside_limits": ("below_lower_limit", "above_upper_limit"),
    "trend": ("falling_trend", "rising_trend"),
    "near_limits": ("near_lower_limit", "near_upper_limit"),
    "shift": ("shift_below_mean", "shift_above_mean"),
}
"""What a point is called by each rule, on the low and on the high side."""


def sides(values: Floats, limits: ProcessLimits) -> Sides:
    """Above the mean (1), below it (-1) or on it (0)."""
    return np.sign(values - limits.mean).astype(np.int8)


def outside(values: Floats, limits: ProcessLimits) -> Sides:
    """Points beyond a process limit; a point on it is not beyond it."""
    return (values > limits.upper).astype(np.int8) - (values < limits.lower).astype(np.int8)


def shift(side: Sides, parts: Stretches, points: int) -> Sides:
    """Points of a run of at least so many on one side of the mean; one on the mean ends it."""
    long = run_lengths(changed(side) | parts.first) >= points
    return np.where(long, side, 0).astype(np.int8)


def trend(values: Floats, parts: Stretches, points: int) -> Sides:
    """Points of at least so many that all rise or all fall; equal neighbours end it.

    A point in two trends goes by the step to the next point, and so does the last point of a
    trend which another follows at once; this is how the reference names them.
    """
    step = np.zeros(len(values), dtype=np.int8)
    step[1:] = np.sign(np.diff(values))
    step[parts.first] = 0
    steady = (step != 0) & (run_lengths(changed(step) | parts.first) >= points - 1)
    member = steady | _next(steady)
    onward = member & _next(member & ~parts.first)
    rising = np.where(onward, _next(step), step) == 1
    return np.where(member, np.where(rising, 1, -1), 0).astype(np.int8)


def near_limits(
    values: Floats, side: Sides, limits: ProcessLimits, parts: Stretches, rule: NearLimits
) -> Sides:
    """Points between a near limit and the limit, where enough of their neighbours are so too.

    All neighbours that are counted must lie on one side of the mean; those beyond the limit may
    be among them, but do not count.
    """
    beyond = (values > limits.near_upper) | (values < limits.near_lower)
    close = beyond & (outside(values, limits) == 0)
    one_side = (side != 0) & (run_places(changed(side) | parts.first) >= rule.of)
    window_ends = one_side & (_in_last(close, rule.of) >= rule.at_least)
    return np.where(close & _in_coming(window_ends, rule.of), side, 0).astype(np.int8)


def first_that_fits(
    values: Floats, limits: ProcessLimits, parts: Stretches, rules: Sequence[Rule]
) -> NDArray[np.int8]:
    """For each point the rule that names it: its place in ``rules`` from 1, with the side as sign.

    0 is common cause. The order of the rules is their precedence.
    """
    side = sides(values, limits)
    found = np.zeros(len(values), dtype=np.int8)
    for place, rule in enumerate(rules, start=1):
        spoken = _speaks(rule, values, side, limits, parts)
        found = np.where(found == 0, spoken * np.int8(place), found)
    return found


def _speaks(
    rule: Rule, values: Floats, side: Sides, limits: ProcessLimits, parts: Stretches
) -> Sides:
    match rule:
        case OutsideLimits():
            return outside(values, limits)
        case Trend():
            return trend(values, parts, rule.points)
        case NearLimits():
            return near_limits(values, side, limits, parts, rule)
        case Shift():
            return shift(side, parts, rule.points)


def _next(values: NDArray[_Kind]) -> NDArray[_Kind]:
    """What the next point has; nothing follows the last."""
    out = np.zeros_like(values)
    out[:-1] = values[1:]
    return out


def _in_last(flags: Flags, width: int) -> NDArray[np.int64]:
    """How many of a point and those before it, ``width`` in all, bear a flag."""
    total: NDArray[np.int64] = np.concatenate([np.zeros(width, dtype=np.int64), np.cumsum(flags)])
    counted: NDArray[np.int64] = total[width:] - total[:-width]
    return counted


def _in_coming(flags: Flags, width: int) -> Flags:
    """Whether a point or one of those after it, ``width`` in all, bears a flag."""
    return _in_last(flags[::-1], width)[::-1] > 0
