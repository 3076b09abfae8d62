"""Which rule names a point, and on which side it speaks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from remit.signals.icons import worded
from remit.signals.means import Counts
from remit.signals.rule import HIGH, LOW, NEITHER, SILENT, Rule, Sides, Tested

_SIDES = (LOW, NEITHER, HIGH)
"""In the order of the signs -1, 0, 1."""


@dataclass(frozen=True, slots=True)
class Findings:
    """For each point the place of a rule in its rule set from 1 (0: none), and the side.

    ``side`` is 1, -1 or, of a rule that knows no side, 0.
    """

    place: Sides
    side: Sides

    @classmethod
    def joined(cls, parts: Iterable[Findings]) -> Findings:
        """Several parts, one after another."""
        none = np.empty(0, dtype=np.int8)
        found = list(parts)
        return cls(
            np.concatenate([none, *(one.place for one in found)]),
            np.concatenate([none, *(one.side for one in found)]),
        )

    def at(self, places: Counts) -> Findings:
        """What was found of some points."""
        return Findings(self.place[places], self.side[places])


def first_that_fits(tested: Tested, rules: Sequence[Rule]) -> Findings:
    """For each point the rule that names it; the order of the rules is their precedence."""
    place = np.zeros(len(tested.values), dtype=np.int8)
    side = np.zeros(len(tested.values), dtype=np.int8)
    for number, rule in enumerate(rules, start=1):
        spoken = rule.test(tested)
        ours = (place == 0) & (spoken != SILENT)
        place[ours] = number
        side[ours] = np.where(spoken[ours] == NEITHER, 0, spoken[ours])
    return Findings(place, side)


def rule_names(found: Findings, rules: Sequence[Rule]) -> pl.Series:
    """What each point is called by the rule that names it, null for common cause."""
    words: list[str | None] = [None]
    for rule in rules:
        words += [rule.names[side].code if side in rule.names else None for side in _SIDES]
    at = np.where(found.place == 0, 0, 3 * (found.place.astype(np.int16) - 1) + found.side + 2)
    return worded(words, at)
