"""How sure a move is: the declared ranges, drawn with a seed, and what the draws hold."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from remit.model.move import MovedRange, PaymentRule
from remit.shift.move.model import ServiceModel
from remit.shift.move.plan import Levers, MovePlan
from remit.shift.move.years import BREAK_EVEN_YEARS, MoveYear, break_even_year, move_years

FIGURES = ("saved", "stranded", "trust_net", "system_net", "cumulative")
"""The figures of a year that have a likely range."""

_UNLIKELY, _LIKELY = 1 / 3, 2 / 3
"""Below and above these shares of the draws something is called unlikely and likely."""


@dataclass(frozen=True, slots=True)
class LikelyRange:
    """A figure of one year: as declared, and the range that holds most draws; in pence."""

    year: int
    figure: str
    low: int
    declared: int
    high: int


@dataclass(frozen=True, slots=True)
class MoveOdds:
    """What the draws say of a move."""

    draws: int
    seed: int
    ranges: tuple[LikelyRange, ...]
    within_five: float
    """The share of draws in which it has paid for itself within five years."""
    closes: float
    """The share of draws in which at least one whole unit closes in the end."""

    @property
    def verdict(self) -> str:
        """How likely break-even within five years is, in words."""
        if self.within_five < _UNLIKELY:
            return "unlikely"
        return "likely" if self.within_five > _LIKELY else "about as likely as not"


def move_odds(
    model: ServiceModel, plan: MovePlan, rule: PaymentRule, draws: int, seed: int
) -> MoveOdds:
    """Draw the declared ranges, and say what a move comes to.

    Each draw takes one per cent of each range (triangular, its top at the middle) and keeps it for
    all years. The same seed gives the same draws.

    Parameters
    ----------
    model
        The trust.
    plan
        What moves.
    rule
        How the service is paid.
    draws
        How many.
    seed
        The seed.

    Examples
    --------
    >>> move_odds(model, plan, model.rules["block"], 500, 1).verdict  # doctest: +SKIP
    'unlikely'
    """
    found = [move_years(model, plan, rule, one) for one in _levers(model, draws, seed)]
    declared = move_years(model, plan, rule)
    tail = (1 - model.trust.interval_percent / 100) / 2
    ranges = tuple(
        _range(declared[place], name, [int(getattr(years[place], name)) for years in found], tail)
        for place in range(len(declared))
        for name in FIGURES
    )
    breaks = [break_even_year(years) for years in found]
    return MoveOdds(
        draws, seed, ranges,
        sum(year is not None and year <= BREAK_EVEN_YEARS for year in breaks) / draws,
        sum(years[-1].units_closed > 0 for years in found) / draws,
    )  # fmt: skip


def _range(declared: MoveYear, name: str, drawn: Sequence[int], tail: float) -> LikelyRange:
    # An order statistic is a sum that some draw came to, not one between two.
    low, high = np.quantile(
        np.array(drawn, dtype=np.int64), (tail, 1 - tail), method="inverted_cdf"
    )
    return LikelyRange(declared.year, name, int(low), int(getattr(declared, name)), int(high))


def _levers(model: ServiceModel, draws: int, seed: int) -> Iterator[Levers]:
    generator = np.random.Generator(np.random.PCG64(seed))
    ranges = model.trust.ranges
    drawn = {
        name: _thousandths(generator, getattr(ranges, name), draws)
        for name in ("moved", "released", "occupied", "receiver", "transition")
    }
    for place in range(draws):
        yield Levers(**{name: values[place] for name, values in drawn.items()})


def _thousandths(generator: np.random.Generator, one: MovedRange, draws: int) -> list[int]:
    if one.low == one.high:
        return [one.low * 10] * draws
    drawn = generator.triangular(one.low * 10, one.middle * 10, one.high * 10, draws)
    return [int(value) for value in np.rint(drawn)]
