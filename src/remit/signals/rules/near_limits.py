"""Several of a few neighbours beyond a near limit, all on one side of the mean.

For: a change that is large, but not large enough for one point to show it.
Not for: points beyond the limit itself; they may be among the neighbours, but do not count.
"""

from __future__ import annotations

from typing import Literal

import numpy as np
from pydantic import Field, model_validator

from remit.signals.rule import HIGH, PointName, Rule, Sides, Tested
from remit.signals.seen import Seen
from remit.signals.stretches import changed, in_coming, in_last, run_places


class NearLimits(Rule):
    """Several of a few neighbours beyond a near limit, all on one side of the mean."""

    title = "Near a limit"
    family = "neighbours"
    low = PointName("near_lower_limit", "close to the lower limit")
    high = PointName("near_upper_limit", "close to the upper limit")

    kind: Literal["near_limits"] = "near_limits"
    at_least: int = Field(ge=1, description="So many points beyond a near limit")
    of: int = Field(ge=2, description="Among so many neighbours, all on one side of the mean")

    @model_validator(mode="after")
    def _fits(self) -> NearLimits:
        if self.at_least > self.of:
            raise ValueError(f"{self.at_least} of {self.of} points cannot be; lower `at_least`")
        return self

    @property
    def declared(self) -> str:
        """As a report's method says it."""
        return (
            f"{self.at_least} of {self.of} points in a row beyond a near limit, on one side of "
            "the mean"
        )

    def test(self, of: Tested) -> Sides:
        """Points between a near limit and the limit, where enough of their neighbours are too."""
        at, values = of.limits, of.values
        close = (values > at.near_upper) & ~(values > at.upper)
        close |= (values < at.near_lower) & ~(values < at.lower)
        places = run_places(changed(of.side) | of.parts.first)
        one_side = (of.side != 0) & (places >= self.of)
        window_ends = one_side & (in_last(close, self.of) >= self.at_least)
        return np.where(close & in_coming(window_ends, self.of), of.side, 0).astype(np.int8)

    def sentence(self, seen: Seen) -> str:
        """``Its latest figures lie close to the upper process limit``."""
        side = "upper" if seen.side == HIGH else "lower"
        return f"Its latest figures lie close to the {side} process limit"
