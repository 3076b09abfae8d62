"""Who lives in the sample's three systems: one in a hundred of their people, made up.

The records of care and the populations beside them are made from the same people, so that one can
be held against the other. Days are counted from :data:`FIRST_DAY`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

Whole = npt.NDArray[np.int64]
Real = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

FIRST_DAY = date(2022, 4, 1)
QUARTERS = 16
"""Four financial years: two before the service, one of entries, one after it."""
STARTS = np.array(
    [(date(2022 + (q + 1) // 4, (q + 1) % 4 * 3 + 1, 1) - FIRST_DAY).days for q in range(17)]
)
"""The first day of each quarter, and the day after the last."""
END = int(STARTS[-1])

SYSTEMS = ("ZB1", "ZB2", "ZB3")
PEOPLE = (10_124, 8_387, 12_063)
PRACTICES = (24, 20, 28)
HOSPITALS = (("ZA1", "ZA2"), ("ZA6", "ZA7"), ("ZX1", "ZX2"))
COMMUNITY = ("ZC1", "ZC2", "ZX3")
MIND = ("ZM1", "ZM3", "ZX3")

BANDS = ("0-17", "18-39", "40-64", "65-74", "75-84", "85+")
_BAND_FROM = np.array([18, 40, 65, 75, 85])
_AGED = np.array([0.21, 0.28, 0.32, 0.10, 0.065, 0.025])
_YOUNGEST, _OLDEST = np.array([0, 18, 40, 65, 75, 85]), np.array([17, 39, 64, 74, 84, 99])
_DIE_IN_A_QUARTER = np.array([0.0001, 0.0002, 0.0010, 0.0045, 0.0120, 0.0350])
_MOVE_IN_A_QUARTER = 0.004
_POORER = np.array([[3, 2, 2, 2, 1], [1, 2, 2, 2, 3], [2, 2, 2, 2, 2]]) / 10
"""How many of a system's people live in each fifth, the most deprived first."""


@dataclass(frozen=True, slots=True)
class Residents:
    """The invented people, an array for each thing that is known of them.

    Attributes
    ----------
    system, practice, hospital
        The number of a system, of a practice over all systems, of a hospital within the system.
    born
        The year in which one was born; a band of age is that of a financial year's first day.
    joined, left
        The first day on which one is on the list of a practice, and the first on which no more.
    died
        Whether one left by dying on the day ``left``.
    frailty
        What nobody records: a multiple of the usual need of care.
    """

    system: Whole
    practice: Whole
    hospital: Whole
    born: Whole
    fifth: Whole
    joined: Whole
    left: Whole
    died: Flags
    frailty: Real

    def bands(self) -> Whole:
        """The number of the band of age, by person and quarter."""
        years = 2022 + np.arange(QUARTERS) // 4
        ages = years[None, :] - self.born[:, None]
        return np.searchsorted(_BAND_FROM, ages, side="right")

    def listed(self) -> Flags:
        """Whether one is on a list on the first day of a quarter, by person and quarter."""
        first = STARTS[None, :-1]
        return (self.joined[:, None] <= first) & (first < self.left[:, None])


def residents(draw: np.random.Generator) -> Residents:
    """The people of the three systems, drawn."""
    system = np.repeat(np.arange(3), PEOPLE)
    count = len(system)
    practice = _practices(system, draw)
    fifth = 1 + _chosen(_POORER[system], draw)
    band = _chosen(np.broadcast_to(_AGED, (count, 6)), draw)
    age = draw.integers(_YOUNGEST[band], _OLDEST[band] + 1)
    joined = np.where(draw.random(count) < 0.11, draw.integers(1, END, count), 0)
    left, died = _leave(band, joined, draw)
    return Residents(
        system, practice, practice % 2, 2022 - age, fifth, joined, left, died,
        draw.gamma(1.6, 1 / 1.6, count),
    )  # fmt: skip


def _practices(system: Whole, draw: np.random.Generator) -> Whole:
    first = np.cumsum((0, *PRACTICES[:-1]))
    return first[system] + draw.integers(0, np.array(PRACTICES)[system])


def _chosen(shares: Real, draw: np.random.Generator) -> Whole:
    """One of several by shares that sum to 1, a row of shares for each person."""
    reached = draw.random((len(shares), 1)) > np.cumsum(shares, axis=1)[:, :-1]
    return np.asarray(reached.sum(axis=1))


def _leave(band: Whole, joined: Whole, draw: np.random.Generator) -> tuple[Whole, Flags]:
    """The day on which one dies or moves away, or the end of all."""
    quarter = END / QUARTERS
    dies = joined + 1 + quarter * draw.exponential(1, len(band)) / _DIE_IN_A_QUARTER[band]
    moves = joined + 1 + quarter * draw.exponential(1 / _MOVE_IN_A_QUARTER, len(band))
    left = np.minimum(np.minimum(dies, moves), END).astype(np.int64)
    return left, (dies <= moves) & (dies < END)
