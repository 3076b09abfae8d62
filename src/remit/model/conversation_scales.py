"""Scales for what came of conversations: the age of actions, the score of risks."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator

from remit.model.declaration import Declaration


class ScaleBand(Declaration):
    """A stretch of a scale, up to and with a number; the last may have no end."""

    up_to: int | None = Field(None, ge=0)
    name: str = Field(min_length=1)


class BandedScale(Declaration):
    """Stretches in order, each beginning where the one before ends."""

    source: str = Field(min_length=1)
    bands: tuple[ScaleBand, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _in_order(self) -> BandedScale:
        ends = [band.up_to for band in self.bands]
        known = [end for end in ends if end is not None]
        if None in ends[:-1] or known != sorted(set(known)):
            raise ValueError("the bands stand in rising order, and only the last has no end")
        return self

    def band(self, number: int) -> str:
        """The name of the stretch in which a number lies; the last one's beyond all ends.

        >>> two = {"source": "s", "bands": [{"up_to": 3, "name": "low"}, {"name": "high"}]}
        >>> BandedScale.model_validate(two).band(4)
        'high'
        """
        ends = (band for band in self.bands if band.up_to is None or number <= band.up_to)
        return next(ends, self.bands[-1]).name


class RiskScale(BandedScale):
    """Likelihood times impact, each from 1 to so many steps."""

    steps: int = Field(ge=2, le=10)

    @model_validator(mode="after")
    def _whole(self) -> RiskScale:
        if self.bands[-1].up_to not in (None, self.steps**2):
            raise ValueError(f"the last band ends at {self.steps**2}, the highest score")
        return self

    @property
    def scores(self) -> tuple[int, ...]:
        """The scores that are products of two steps, in rising order."""
        steps = range(1, self.steps + 1)
        return tuple(sorted({one * other for one in steps for other in steps}))


class ConversationScales(Declaration):
    """Both scales."""

    schema_: Literal["remit/conversation-scales/1"] = Field(alias="schema")
    ageing: BandedScale
    risk: RiskScale
