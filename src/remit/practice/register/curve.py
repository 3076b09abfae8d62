"""How many have a practice, of how many who could, period by period."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

from remit.model.period import Period, financial_year_of, month, quarter_of
from remit.practice.register.holding import DatedAdoption, PracticeRegister

By = Literal["month", "quarter", "year"]
_PERIODS: Final[dict[By, Callable[[date], Period]]] = {
    "month": lambda day: month(day.year, day.month),
    "quarter": quarter_of,
    "year": financial_year_of,
}


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """One period of a practice, as it stood on its last day, or on the day of the count."""

    practice: str
    period: str
    day: date
    adopters: int
    piloting: int
    of: int

    @property
    def share(self) -> float | None:
        """Adopters among those who could have it; None where nobody could."""
        return self.adopters / self.of if self.of else None


@dataclass(frozen=True, slots=True)
class PracticeSpread:
    """A practice on a day: its curve, who has it, tries it and ended it, and a year before."""

    practice: str
    curve: tuple[CurvePoint, ...]
    having: dict[str, DatedAdoption]
    piloting: dict[str, DatedAdoption]
    stopped: dict[str, DatedAdoption]
    of: int
    year_before: int

    @property
    def first(self) -> DatedAdoption | None:
        """Whoever of those who have it, or had it, took it up first."""
        every = [*self.having.values(), *self.stopped.values()]
        return min(every, key=lambda one: (one.since.start, one.code), default=None)


def spread_of(
    register: PracticeRegister, practice: str, on: date, by: By = "quarter"
) -> PracticeSpread:
    """Who has a practice on a day, and how it came to that.

    Parameters
    ----------
    register
        As :func:`remit.practice.register.checks.read_register` reads it.
    practice
        Its id.
    on
        The last day that is counted.
    by
        What a point of the curve is.

    Examples
    --------
    >>> spread_of(register, "board-round", date(2026, 3, 31)).of  # doctest: +SKIP
    10
    """
    having = register.having(practice, on)
    return PracticeSpread(
        practice,
        tuple(_curve(register, practice, on, by)),
        having,
        register.piloting(practice, on),
        register.stopped(practice, on),
        len(register.could_have(practice, on)),
        len(register.having(practice, _year_before(on))),
    )


def _curve(register: PracticeRegister, practice: str, on: date, by: By) -> Iterator[CurvePoint]:
    used = [one for one in register.adoptions.get(practice, ()) if one.counts_as() != "nothing"]
    begun = [one.since.start for one in used if one.since.start <= on]
    day = min(begun, default=on + timedelta(days=1))
    while day <= on:
        period = _PERIODS[by](day)
        counted = min(period.end, on)
        yield CurvePoint(
            practice,
            period.label,
            counted,
            len(register.having(practice, counted)),
            len(register.piloting(practice, counted)),
            len(register.could_have(practice, counted)),
        )
        day = period.end + timedelta(days=1)


def _year_before(day: date) -> date:
    # The day after, a year earlier, less one: so that the last day of February has one too.
    after = day + timedelta(days=1)
    earlier = after.replace(year=after.year - 1, day=min(after.day, 28))
    return earlier + timedelta(days=after.day - earlier.day - 1)
