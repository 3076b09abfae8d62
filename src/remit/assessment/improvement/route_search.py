"""The search for the smallest sets of improvements that bring an average to a segment."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

import numpy as np

from remit.assessment.improvement.levers import Lever, OwnMean
from remit.assessment.improvement.others_averages import Crowd
from remit.assessment.scoring.laws.arrays import Floats
from remit.assessment.scoring.laws.segments import up_to

_SAME = 1e-9
"""Difficulties are shares of peers; those that differ by less are the same."""

Steps = tuple[tuple[int, int], ...]
"""Chosen levers, each with the step it is put at: ``((lever, step), …)``."""


@dataclass(frozen=True)
class Found:
    """A set of improvements that suffices, and how hard its hardest part is (0 to 1)."""

    steps: Steps
    difficulty: float
    total: float

    @property
    def levers(self) -> frozenset[int]:
        """Which levers it moves."""
        return frozenset(lever for lever, _ in self.steps)


@dataclass(frozen=True)
class Search:
    """All that a search needs.

    With ``crowd`` the cut points move with everybody's scores; else ``cut_point`` is fixed.
    """

    levers: Sequence[Lever]
    mean: OwnMean
    segment: int
    cut_point: float
    crowd: Crowd | None

    @cached_property
    def _shifts(self) -> list[Floats]:
        return [self.crowd.shifts(lever) for lever in self.levers] if self.crowd else []

    def average(self, steps: Steps) -> float:
        """The own average with some levers at some steps."""
        return self.mean.at(
            {
                self.levers[lever].metric_id: (
                    float(self.levers[lever].scores[step]),
                    float(self.levers[lever].entries[step]),
                )
                for lever, step in steps
            }
        )

    def reaches(self, steps: Steps) -> bool:
        """Whether the average comes to the segment; never where it cannot be told."""
        average = self.average(steps)
        if self.crowd is None:
            return bool(up_to(average, self.cut_point))
        shift = self.crowd.unmoved
        for lever, step in steps:
            shift += self._shifts[lever][step]
        return bool(up_to(average, self.crowd.cut_point(self.segment, average, shift)))

    def singles(self) -> list[Found]:
        """For every lever the smallest change that suffices alone, by trying all its steps."""
        found = []
        for number, lever in enumerate(self.levers):
            steps = (((number, step),) for step in range(len(lever.values)))
            first = next((chosen for chosen in steps if self.reaches(chosen)), None)
            if first is not None:
                found.append(self._found(first))
        return found

    def sets(self, size: int, smaller: Sequence[Found]) -> list[Found]:
        """Sets of a size that suffice and are less hard than every part of them that does.

        A set whose best reachable values do not suffice is passed over at once.
        """
        less_hard = []
        for chosen in combinations(range(len(self.levers)), size):
            within = set(chosen)
            easiest = min((f.difficulty for f in smaller if f.levers <= within), default=np.inf)
            found = self._least_hard(chosen)
            if found is not None and found.difficulty < easiest - _SAME:
                less_hard.append(found)
        return less_hard

    def _least_hard(self, chosen: tuple[int, ...]) -> Found | None:
        """The set at the least difficulty that suffices, then each part cut back to its least."""
        if not self.reaches(tuple((n, len(self.levers[n].values) - 1) for n in chosen)):
            return None
        levels = np.unique(np.concatenate([self.levers[number].difficulty for number in chosen]))
        place = _first(len(levels), lambda at: self.reaches(self._at(chosen, float(levels[at]))))
        if place is None:
            return None
        steps = dict(self._at(chosen, float(levels[place])))
        # The hardest part is cut back first: it is the one to spare.
        for number in sorted(steps, key=lambda n: -self.levers[n].difficulty[steps[n]]):
            least = _first(
                steps[number] + 1,
                lambda step, n=number: self.reaches(tuple({**steps, n: step}.items())),  # type: ignore[misc]
            )
            steps[number] = steps[number] if least is None else least
        return self._found(tuple(steps.items())) if len(steps) == len(chosen) else None

    def _at(self, chosen: tuple[int, ...], difficulty: float) -> Steps:
        """Every chosen lever as far as a difficulty allows; those that cannot move are left out."""
        steps = ((number, self.levers[number].within(difficulty)) for number in chosen)
        return tuple((number, step) for number, step in steps if step >= 0)

    def _found(self, steps: Steps) -> Found:
        hard = [float(self.levers[lever].difficulty[step]) for lever, step in steps]
        return Found(steps, max(hard), sum(hard))


def _first(count: int, holds: Callable[[int], bool]) -> int | None:
    """The first of ``count`` places at which a condition holds that stays true once it is."""
    low, high = 0, count - 1
    if count == 0 or not holds(high):
        return None
    while low < high:
        middle = (low + high) // 2
        if holds(middle):
            high = middle
        else:
            low = middle + 1
    return low
