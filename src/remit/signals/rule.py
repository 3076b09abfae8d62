"""What a rule of special cause is: keys, a test over all points at once, and its words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Literal

import numpy as np
from numpy.typing import NDArray

from remit.model.spc_rules import DeclaredRule
from remit.signals.limits import ProcessLimits
from remit.signals.means import Floats
from remit.signals.seen import Seen
from remit.signals.stretches import Stretches

Sides = NDArray[np.int8]
Family = Literal["one point", "neighbours", "a run"]

SILENT, LOW, HIGH, NEITHER = 0, -1, 1, 2
"""What a rule answers of a point: nothing, or that it speaks and on which side."""


@dataclass(frozen=True, slots=True)
class PointName:
    """What a point is called that a rule names: in files, and in a table."""

    code: str
    words: str


@dataclass(frozen=True, slots=True)
class Tested:
    """All points of all series, as a rule sees them; ``side`` is that of the mean.

    ``side`` is 1 above the mean, -1 below it and 0 on it.
    """

    values: Floats
    limits: ProcessLimits
    parts: Stretches
    side: Sides

    @classmethod
    def of(cls, values: Floats, limits: ProcessLimits, parts: Stretches) -> Tested:
        """Points with the side of the mean that each lies on."""
        return cls(values, limits, parts, np.sign(values - limits.mean).astype(np.int8))


class Rule(DeclaredRule, extra="forbid"):
    """A rule of special cause. Each lives in a file of its own in ``signals/rules``.

    Its keys are what a rule set can choose. The docstring of the file says what it is for and
    what it is not for; ``docs/rules-spc.md`` prints it.

    Attributes
    ----------
    title, family
        Its name, and what kind of pattern it looks for.
    low, high, neither
        What a point is called on each side that the rule knows. Which side is an improvement
        follows from the metric; a rule that knows only ``neither`` judges nothing.
    """

    title: ClassVar[str]
    family: ClassVar[Family]
    low: ClassVar[PointName | None] = None
    high: ClassVar[PointName | None] = None
    neither: ClassVar[PointName | None] = None

    @property
    def names(self) -> Mapping[int, PointName]:
        """What a point is called, by the side on which the rule spoke."""
        every = ((LOW, self.low), (HIGH, self.high), (NEITHER, self.neither))
        return {side: named for side, named in every if named is not None}

    @property
    def declared(self) -> str:
        """What counts as a special cause, as a report's method says it."""
        raise NotImplementedError

    def test(self, of: Tested) -> Sides:
        """For each point ``HIGH``, ``LOW``, ``NEITHER`` or ``SILENT``.

        A rule never looks across the ends of a stretch.
        """
        raise NotImplementedError

    def sentence(self, seen: Seen) -> str:
        """What the latest point and those that belong with it show, without a full stop."""
        raise NotImplementedError
