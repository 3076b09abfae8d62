"""Points that all rise or all fall.

For: a drift that goes on. Equal neighbours end it.
Not for: a step to a new level, which is a shift.
"""

from __future__ import annotations

from typing import Literal

import numpy as np
from pydantic import Field

from remit.signals.rule import HIGH, PointName, Rule, Sides, Tested
from remit.signals.seen import Seen
from remit.signals.stretches import changed, next_of, run_lengths


class Trend(Rule):
    """Points that all rise or all fall."""

    title = "Trend"
    family = "a run"
    low = PointName("falling_trend", "falling trend")
    high = PointName("rising_trend", "rising trend")

    kind: Literal["trend"] = "trend"
    points: int = Field(ge=3, description="So many points, one more than the steps between them")

    @property
    def declared(self) -> str:
        """As a report's method says it."""
        return f"{self.points} points in a row that all rise or all fall"

    def test(self, of: Tested) -> Sides:
        """Points of a trend.

        A point in two trends goes by the step to the next point, and so does the last point of a
        trend which another follows at once; this is how the reference names them.
        """
        first = of.parts.first
        step = np.zeros(len(of.values), dtype=np.int8)
        step[1:] = np.sign(np.diff(of.values))
        step[first] = 0
        steady = (step != 0) & (run_lengths(changed(step) | first) >= self.points - 1)
        member = steady | next_of(steady)
        onward = member & next_of(member & ~first)
        rising = np.where(onward, next_of(step), step) == 1
        return np.where(member, np.where(rising, 1, -1), 0).astype(np.int8)

    def sentence(self, seen: Seen) -> str:
        """``It has risen without a break over 8 months``."""
        moved = "risen" if seen.side == HIGH else "fallen"
        return f"It has {moved} without a break over {seen.length(seen.steps() + 1)}"
