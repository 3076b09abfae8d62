"""A world: how its records come about, what is true in it, and what it is right to say of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Literal

import numpy as np

from tests.shift.worlds.coded import Coded
from tests.shift.worlds.people import (
    APRIL,
    NEVER,
    QUARTERS,
    Flags,
    Floats,
    Ints,
    People,
    illness,
    people,
    rates,
)
from tests.shift.worlds.records import History, Spells, fated, spells

Make = Callable[[np.random.Generator, bool], Coded]
"""Chance, and whether there is a common trend → records, each with its fate."""
Bent = Callable[[People, Floats], Floats]
"""What a world does to the spells that are to be expected of its people."""
Right = Literal["must answer", "may answer if covered", "must refuse"]


@dataclass(frozen=True, slots=True)
class World:
    """A world by which an estimator is judged.

    Attributes
    ----------
    name, tells
        What it is called, and what happens in it.
    make
        What makes its records.
    right
        What it is right to say. An answer that covers the truth is right in all of them.
    because
        Beginnings of words, of which one must stand in the reason of a refusal.
    start
        The day on which the service begins.
    """

    name: str
    tells: str
    make: Make
    right: Right
    because: tuple[str, ...] = ()
    start: date = date(2024, 4, 1)


@dataclass(slots=True)
class Begun:
    """A cohort before anybody has chosen from it; worlds change what they need to."""

    rng: np.random.Generator
    cohort: People
    expected: Floats
    quarters: Ints
    given: Spells

    @property
    def count(self) -> int:
        return self.cohort.count

    def uses(self, first: int, end: int) -> Ints:
        """Spells of each person from a quarter to before another."""
        return self.given.count(self.count, int(self.quarters[first]), int(self.quarters[end]))

    def happens(self, chance: Floats | float) -> Flags:
        return np.asarray(self.rng.random(self.count) < chance)

    def day_in(self, first: int, end: int) -> Ints:
        """A day for each person, from a quarter to before another."""
        return self.rng.integers(self.quarters[first], self.quarters[end], self.count)

    def entries(self, chosen: Flags, first: int = 8, end: int = 9) -> Ints:
        """The day of entry of the chosen."""
        return np.where(chosen, self.day_in(first, end), NEVER)

    def history(self, entry: Ints, until: Ints | None = None) -> History:
        """What came of it, each spell after entry with its fate."""
        left = np.full(self.count, self.quarters[-1]) if until is None else until
        hospital = fated(self.rng, self.given, entry)
        died = np.zeros(self.count, dtype=np.bool_)
        return History(self.cohort, self.quarters, hospital, entry, left, died)


def begin(
    rng: np.random.Generator,
    trend: bool,
    *,
    practices: int = 100,
    base: float = 0.2,
    shocks: float = 0.0,
    stays: float = 0.6,
    quarters: Ints = APRIL,
    bent: Bent | None = None,
) -> Begun:
    """A cohort and its hospital spells as they would be without any service.

    Parameters
    ----------
    practices, base
        How many practices there are, and spells a quarter of somebody ordinary.
    shocks
        How much a practice's year differs from another, on the log scale.
    stays
        How much of an illness is left a quarter later.
    bent
        What a world does to the expected spells.
    """
    cohort = people(rng, practices=practices)
    expected = rates(cohort, illness(rng, cohort.count, stays=stays), base=base, trend=trend)
    if shocks:
        years = rng.normal(0, shocks, (practices, QUARTERS // 4))
        expected *= np.exp(np.repeat(years, 4, axis=1))[cohort.practice]
    if bent is not None:
        expected = bent(cohort, expected)
    return Begun(rng, cohort, expected, quarters, spells(rng, expected, quarters))
