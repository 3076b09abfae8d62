"""A move: which service, how much of it, over how many years; and what differs between draws."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from remit.model.move import ServiceLine
from remit.shift.move.money import WHOLE

THOUSAND = 1000


@dataclass(frozen=True, slots=True)
class MovePlan:
    """How much of a service moves, in equal steps over some years.

    With ``growing`` need grows as declared, so that a move may save a unit that would else be
    built; without it what moves takes the place of what stands today.
    """

    service: str
    share: Fraction
    years: int = 1
    growing: bool = False

    def share_in(self, year: int) -> Fraction:
        """The share that has moved by a year; none before the first.

        >>> MovePlan("beds", Fraction(1, 5), 4).share_in(1)
        Fraction(1, 20)
        """
        return self.share * min(max(year, 0), self.years) / self.years

    def grown(self, service: ServiceLine, year: int) -> Fraction:
        """The need of a service in a year without any move, as a multiple of today's."""
        return _grown(service.growth_per_thousand, year) if self.growing else WHOLE


@lru_cache(maxsize=256)
def _grown(per_thousand: int, year: int) -> Fraction:
    return (1 + Fraction(per_thousand, THOUSAND)) ** max(year, 0)


@dataclass(frozen=True, slots=True)
class Levers:
    """What turns out otherwise than declared, in thousandths."""

    moved: int = THOUSAND
    released: int = THOUSAND
    occupied: int = THOUSAND
    receiver: int = THOUSAND
    transition: int = THOUSAND


AS_DECLARED = Levers()


@lru_cache(maxsize=4096)
def thousandths(lever: int) -> Fraction:
    """A lever as a share."""
    return Fraction(lever, THOUSAND)
