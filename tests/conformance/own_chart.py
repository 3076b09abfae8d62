"""An XmR chart in a few lines, written from the rules' description and from nothing of Remit's.

Mean and limits of the latest stretch, and which of the four rules of Making Data Count names the
latest point: beyond a limit, seven that all rise or fall, two of three near a limit, seven on a
side of the mean.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import fmean

FEWEST = 12
RUN = 7


@dataclass(frozen=True)
class OwnChart:
    """What a person with a calculator would have of a series."""

    values: tuple[float, ...]
    mean: float
    reach: float

    @property
    def lower(self) -> float:
        return self.mean - self.reach

    @property
    def upper(self) -> float:
        return self.mean + self.reach

    def side(self, value: float) -> int:
        return (value > self.mean) - (value < self.mean)

    def beyond(self, value: float) -> int:
        return (value > self.upper) - (value < self.lower)

    def near(self, value: float) -> bool:
        """In the outer third of the way from the mean to a limit, and not beyond that."""
        return self.reach * 2 / 3 < abs(value - self.mean) <= self.reach

    def outside_for(self) -> int:
        """So many of the latest are beyond the same limit."""
        last = self.beyond(self.values[-1])
        return _run([last != 0 and self.beyond(value) == last for value in self.values])

    def one_side_for(self) -> int:
        last = self.side(self.values[-1])
        return _run([last != 0 and self.side(value) == last for value in self.values])

    def steps(self) -> int:
        """So many of the latest steps go the same way; less than nought where they fall."""
        ways = [(b > a) - (b < a) for a, b in pairwise(self.values)]
        last = ways[-1] if ways else 0
        return last * _run([last != 0 and way == last for way in ways])

    @property
    def signals(self) -> set[int]:
        """The sides on which a rule speaks of the latest point; empty where none does."""
        last, found = self.values[-1], set()
        if self.beyond(last):
            found.add(self.beyond(last))
        if abs(self.steps()) >= RUN - 1:
            found.add(1 if self.steps() > 0 else -1)
        three = self.values[-3:]
        alike = len(three) == 3 and len({self.side(value) for value in three}) == 1
        if self.near(last) and alike and sum(self.near(value) for value in three) >= 2:
            found.add(self.side(last))
        if self.one_side_for() >= RUN:
            found.add(self.side(last))
        return found


def _run(flags: Sequence[bool]) -> int:
    count = 0
    for flag in reversed(flags):
        if not flag:
            break
        count += 1
    return count


def own_chart(values: Sequence[float]) -> OwnChart | None:
    """The chart of the latest stretch; None where it has too few points for limits."""
    if len(values) < FEWEST:
        return None
    ranges = [abs(b - a) for a, b in pairwise(values)]
    typical = fmean(ranges)
    kept = [one for one in ranges if one < 3.267 * typical] if typical else ranges
    return OwnChart(tuple(values), fmean(values), 2.66 * fmean(kept))
