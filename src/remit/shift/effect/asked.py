"""What is asked: which service, from when, by which measure of hospital care."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Final

from remit.catalogue import declared
from remit.model.effect_rules import EffectRules

OUTCOMES: Final = ("bed_days", "quantity", "cost_pence")
"""The measures of hospital care that can be compared."""

_EPOCH: Final = date(1970, 1, 1)


@cache
def load_effect_rules() -> EffectRules:
    """How patients are made comparable, as declared."""
    (file,) = declared.packaged("shift/effect")
    return file.validate(EffectRules)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of effect.

    Attributes
    ----------
    service
        The service, as records name it.
    start
        The first day on which entry counts.
    entry_quarters
        For how many quarters from then on.
    outcome
        One of :data:`OUTCOMES`, of hospital care.
    rules
        How patients are made comparable.
    """

    service: str
    start: date
    entry_quarters: int
    outcome: str
    rules: EffectRules

    def quarter(self, number: int) -> int:
        """The day, counted from 1970, on which a quarter begins; 0 is that of the start."""
        months = self.start.year * 12 + self.start.month - 1 + 3 * number
        year, month = divmod(months, 12)
        last = calendar.monthrange(year, month + 1)[1]
        return day_number(date(year, month + 1, min(self.start.day, last)))


def day_number(day: date) -> int:
    """Days since 1970.

    >>> day_number(date(1970, 1, 2))
    1
    """
    return (day - _EPOCH).days


def as_day(number: int) -> date:
    """The day of a number.

    >>> as_day(1)
    datetime.date(1970, 1, 2)
    """
    return _EPOCH + timedelta(days=number)
