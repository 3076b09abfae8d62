"""Working days: neither Saturday, Sunday nor a bank holiday of England that is declared."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

from remit.catalogue import declared
from remit.model.bank_holidays import BankHolidayFile, HolidayYear

_ONE = timedelta(days=1)


class UnknownYear(ValueError):
    """The bank holidays of a year are not declared, or not verified."""


def working_days_on(day: date, number: int) -> date:
    """The day so many working days after another (before it where negative); it is not counted.

    Raises
    ------
    UnknownYear
        If a year is reached whose bank holidays are not known.

    Examples
    --------
    >>> working_days_on(date(2026, 12, 23), 3)
    datetime.date(2026, 12, 30)
    """
    step = _ONE if number > 0 else -_ONE
    left = abs(number)
    while left:
        day += step
        left -= is_working_day(day)
    return day


def is_working_day(day: date) -> bool:
    """Whether people work on a day.

    >>> is_working_day(date(2026, 4, 3))
    False
    """
    if day.weekday() > 4:
        return False
    year = _years().get(day.year)
    if year is None or not year.verified:
        raise UnknownYear(f"the bank holidays of {day.year} are not known")
    return all(one.day != day for one in year.days)


@cache
def _years() -> dict[int, HolidayYear]:
    (file,) = declared.packaged("bank-holidays")
    return {one.year: one for one in file.validate(BankHolidayFile).years}
