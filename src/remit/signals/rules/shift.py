"""Points in a row on one side of the mean.

For: a step to a new level, however small. A point on the mean ends the run.
Not for: one odd month.
"""

from __future__ import annotations

from typing import Literal

import numpy as np
from pydantic import Field

from remit.signals.rule import HIGH, PointName, Rule, Sides, Tested
from remit.signals.seen import Seen
from remit.signals.stretches import changed, run_lengths


class Shift(Rule):
    """Points in a row on one side of the mean."""

    title = "Shift"
    family = "a run"
    low = PointName("shift_below_mean", "run below the mean")
    high = PointName("shift_above_mean", "run above the mean")

    kind: Literal["shift"] = "shift"
    points: int = Field(ge=2, description="So many points")

    @property
    def declared(self) -> str:
        """As a report's method says it."""
        return f"{self.points} points in a row on one side of the mean"

    def test(self, of: Tested) -> Sides:
        """Points of a run of at least so many on one side of the mean; one on it ends a run."""
        long = run_lengths(changed(of.side) | of.parts.first) >= self.points
        return np.where(long, of.side, 0).astype(np.int8)

    def sentence(self, seen: Seen) -> str:
        """``It has been below its process mean of 79.7% for 9 months``."""
        side = "above" if seen.side == HIGH else "below"
        mean = seen.beside(seen.latest.mean)
        return (
            f"It has been {side} its process mean of {mean} for {seen.length(seen.on_one_side())}"
        )
