"""Days that people write without their year, and weekdays that they write beside a date."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_MAY_BE_MEANT = timedelta(days=60)
"""A day without a year that went by no longer ago may be meant as well as that of next year."""


def without_year(of: Callable[[int], date], received: date) -> date | None:
    """This year's such day or, where that has long gone by, next year's; else None.

    Parameters
    ----------
    of
        A year → the day in it; it may raise ValueError.
    received
        The day on which it was written.

    Examples
    --------
    >>> without_year(lambda year: date(year, 1, 5), date(2025, 6, 3))
    datetime.date(2026, 1, 5)
    >>> without_year(lambda year: date(year, 12, 5), date(2026, 12, 28)) is None
    True
    """
    this = of(received.year)
    if this >= received:
        return this
    return None if received - this <= _MAY_BE_MEANT else of(received.year + 1)


def is_weekday(day: date, named: str) -> bool:
    """Whether a day is the weekday that is written beside it; so it is where none is.

    >>> is_weekday(date(2026, 6, 13), "Friday"), is_weekday(date(2026, 6, 13), "")
    (False, True)
    """
    return not named or day.weekday() == WEEKDAYS.index(named[:3].lower())
