"""One sign that people were chosen by something else, or that something else works on them."""

from __future__ import annotations

from dataclasses import dataclass
from math import log

from remit.shift.effect.estimate import Contrast
from remit.shift.effect.gates import GateFigure, told


@dataclass(frozen=True, slots=True)
class Sign:
    """A figure, and from where on it is a sign.

    Attributes
    ----------
    gate, what
        Its name, and what it is.
    found
        What was seen.
    limit
        From which ratio on it is a sign: above 1 upwards, below 1 downwards.
    reason
        Why there is no answer then.
    """

    gate: str
    what: str
    found: Contrast
    limit: float
    reason: str

    def seen(self, level: float) -> GateFigure:
        """The figure as a gate, which closes beyond its limit if that is rarer than a level."""
        up = self.limit > 1
        far = self.found.is_known and (
            self.found.value > log(self.limit) if up else self.found.value < log(self.limit)
        )
        reason = self.reason if far else ""
        return GateFigure(
            self.gate, self.what, told(self.found), self.limit, reason, self.found.chance(up), level
        )


def both(limit: float) -> tuple[float, float]:
    """A limit upwards, and the same downwards.

    >>> both(1.25)
    (1.25, 0.8)
    """
    return limit, 1 / limit
