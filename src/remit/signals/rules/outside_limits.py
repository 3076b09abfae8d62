"""A point beyond a process limit.

For: one odd month, whatever its neighbours do. A point on the limit is not beyond it.
Not for: a slow change, which stays within limits for months.
"""

from __future__ import annotations

from typing import Literal

import numpy as np

from remit.signals.rule import HIGH, PointName, Rule, Sides, Tested
from remit.signals.seen import Seen


class OutsideLimits(Rule):
    """A point beyond a process limit."""

    title = "Outside the limits"
    family = "one point"
    low = PointName("below_lower_limit", "below the lower limit")
    high = PointName("above_upper_limit", "above the upper limit")

    kind: Literal["outside_limits"] = "outside_limits"

    @property
    def declared(self) -> str:
        """As a report's method says it."""
        return "a point beyond a process limit"

    def test(self, of: Tested) -> Sides:
        """Points beyond a limit."""
        high = (of.values > of.limits.upper).astype(np.int8)
        return high - (of.values < of.limits.lower).astype(np.int8)

    def sentence(self, seen: Seen) -> str:
        """``Above its upper process limit of 83.1%``."""
        if seen.side == HIGH:
            return f"Above its upper process limit of {seen.beside(seen.latest.upper)}"
        return f"Below its lower process limit of {seen.beside(seen.latest.lower)}"
