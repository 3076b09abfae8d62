"""Asks that come back: on which days, as far as they say how often."""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from datetime import date, timedelta

from remit.model.ask import Ask

_DAYS = {"weekly": 7, "fortnightly": 14}
_MONTHS = {"monthly": 1, "quarterly": 3, "yearly": 12, "annual": 12, "annually": 12}


def due_days(ask: Ask, after: date, until: date) -> Iterator[date]:
    """The days on which an ask is due after a day and up to another.

    Parameters
    ----------
    ask
        The ask. What comes back is due again a week, a month, … after its day; else its day alone
        counts.
    after, until
        The day of the plan, and the next board's.

    Examples
    --------
    ``list(due_days(ask, date(2026, 3, 31), date(2026, 5, 14)))``
    """
    if ask.due_on is None:
        return
    often = (ask.frequency or "").strip().lower()
    for number in range(_MOST):
        day = _again(ask.due_on, often, number)
        if day is None or day > until:
            return
        if day > after:
            yield day


def comes_back(ask: Ask) -> bool:
    """Whether an ask says that it comes again after its day."""
    often = (ask.frequency or "").strip().lower()
    return often in _DAYS or often in _MONTHS


_MOST = 1000
"""So many times an ask is followed: nineteen years of weeks."""


def _again(day: date, often: str, number: int) -> date | None:
    """The day on which something is due for the n-th time; a short month's end for its 31st."""
    if number == 0:
        return day
    if often in _DAYS:
        return day + timedelta(days=_DAYS[often] * number)
    if often not in _MONTHS:
        return None
    place = day.year * 12 + day.month - 1 + _MONTHS[often] * number
    year, month = place // 12, place % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))
