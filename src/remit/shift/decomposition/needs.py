"""The scale of need: England is 1 in each quarter, or need swallows what is the population's."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from remit.model.errors import ActivityError
from remit.shift.decomposition.cells import CellCounts, added
from remit.words.figures import trimmed_words

NEED_CHOICES: Final = ("rebase", "as-given", "refuse")
"""What is done with needs whose mean is not 1: put right, taken as they are, or refused."""

GIVEN: Final = Fraction(1000)
_ROUNDED = Fraction(1, 2)
"""A need that is written in whole thousandths is at most this far from itself."""


@dataclass(frozen=True, slots=True)
class NeedScale:
    """The need of one head that counts as 1, in thousandths, and the mean of the file."""

    unit: Fraction
    mean: Fraction

    @property
    def rebased(self) -> bool:
        """Whether the needs of the file were put on another scale."""
        return self.unit != GIVEN


def need_scale(cells: Iterable[CellCounts], quarter: str, choice: str = "rebase") -> NeedScale:
    """The scale of the needs of a quarter.

    Parameters
    ----------
    cells
        All cells of the populations, those of commissioners that are left out too.
    quarter
        Named in messages.
    choice
        One of :data:`NEED_CHOICES`.

    Raises
    ------
    ActivityError
        If nobody has any need, or the mean is not 1 and this is to be refused.

    Examples
    --------
    >>> need_scale([CellCounts(10, 12_000)], "2024/25 Q1").mean
    Fraction(1200, 1)
    """
    whole = added(cells)
    if not whole.need:
        raise ActivityError(f"the populations of {quarter} have no people with any need")
    mean = Fraction(whole.need, whole.people)
    if choice == "as-given" or abs(mean - GIVEN) <= _ROUNDED:
        return NeedScale(GIVEN, mean)
    if choice == "refuse":
        raise ActivityError(
            f"the mean need of {quarter} is {trimmed_words(float(mean / 1000), 4)}, not 1: rebase "
            "need_thousandths to England, or let --need rebase do it"
        )
    return NeedScale(mean, mean)
