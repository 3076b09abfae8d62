"""The people of a world: who they are, what nobody records of them, and how ill they are when."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

QUARTERS = 16
START = 8
"""The quarter in which the service begins; the outcome is in the four after the entry's four."""


def calendar(first: date) -> Ints:
    """The first day of each quarter as days since 1970, and the day after the last."""
    months = [first.month - 1 + 3 * q for q in range(QUARTERS + 1)]
    days = [date(first.year + m // 12, m % 12 + 1, 1) for m in months]
    return np.array([(day - date(1970, 1, 1)).days for day in days])


APRIL, JANUARY = calendar(date(2022, 4, 1)), calendar(date(2022, 1, 1))
NEVER = 10**6
"""A day that does not come."""


@dataclass(frozen=True, slots=True)
class People:
    """A cohort of adults with long-term conditions, an array for each thing.

    Attributes
    ----------
    practice, provider, area
        The cluster, the hospital that its patients go to, and the commissioner.
    frailty
        What nobody records.
    """

    practice: Ints
    provider: Ints
    area: Ints
    band: Ints
    fifth: Ints
    frailty: Floats

    @property
    def count(self) -> int:
        return len(self.practice)


def people(rng: np.random.Generator, count: int = 20_000, practices: int = 100) -> People:
    """A cohort; four hospitals, each with a quarter of the practices, in two areas."""
    practice = rng.integers(0, practices, count)
    provider = practice % 4
    band = rng.choice(5, count, p=[0.2, 0.25, 0.25, 0.2, 0.1])
    fifth = rng.integers(1, 6, count)
    return People(practice, provider, provider // 2, band, fifth, rng.gamma(2.0, 0.5, count))


def illness(
    rng: np.random.Generator, count: int, spread: float = 0.7, stays: float = 0.6
) -> Floats:
    """An illness that comes and goes, by person and quarter, on the log scale; its mean is 1.

    Of its height *stays* is left a quarter later: of 0.6 an eighth after a year, of 0.9 two thirds.
    """
    rows = np.empty((count, QUARTERS))
    rows[:, 0] = rng.normal(0, spread, count)
    new = spread * np.sqrt(1 - stays**2)
    for quarter in range(1, QUARTERS):
        rows[:, quarter] = stays * rows[:, quarter - 1] + rng.normal(0, new, count)
    return rows - spread**2 / 2


def rates(cohort: People, ill: Floats, *, base: float = 0.2, trend: bool = False) -> Floats:
    """Hospital spells that are to be expected, by person and quarter."""
    age = np.array([0.6, 0.8, 1.0, 1.3, 1.7])[cohort.band]
    poverty = np.array([1.3, 1.15, 1.0, 0.9, 0.8])[cohort.fifth - 1]
    fall = np.log(0.7) / 8 * np.arange(QUARTERS) if trend else np.zeros(QUARTERS)
    always = base * age * poverty * cohort.frailty
    return np.asarray(always[:, None] * np.exp(ill + fall[None, :]))


def rebuilt(cohort: People, **changed: npt.NDArray[np.int64]) -> People:
    """The same people with some columns changed."""
    return replace(cohort, **changed)
