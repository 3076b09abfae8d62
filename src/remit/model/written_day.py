"""Whole dates as people and programs write them, whatever file they stand in."""

from __future__ import annotations

import re
from datetime import date, datetime

from remit.model.period import london_day

NUMBERS = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d\d)", re.ASCII)
"""``3/4/2025``, of which only its column may tell whether the day or the month is first."""

_MOMENT = re.compile(
    r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?(?:Z|[+-]\d\d:?\d\d)?)?", re.ASCII
)
_NAMED = re.compile(
    r"(?P<day>\d{1,2})[ /.-]?(?P<month>[A-Za-z]{3,9})[., /-]*(?P<year>\d{4}|\d\d)", re.ASCII
)
_NAMED_FIRST = re.compile(
    r"(?P<month>[A-Za-z]{3,9})[ .]+(?P<day>\d{1,2}),? +(?P<year>\d{4})", re.ASCII
)
_YEAR_FIRST = re.compile(
    r"(?P<year>\d{4})(?P<sign>[/.])(?P<month>\d{1,2})(?P=sign)(?P<day>\d{1,2})", re.ASCII
)
_DIGITS = re.compile(r"(?P<year>(?:19|20|21)\d\d)(?P<month>\d\d)(?P<day>\d\d)", re.ASCII)


def day_written(text: str, *, month_first: bool = False) -> date | None:
    """A whole date; None of a text in none of these forms.

    A moment that names its time zone is the day in London.

    Parameters
    ----------
    text
        Such as ``2025-06-01``, ``1/6/25``, ``1 Jun 2025``, ``2025/06/01``, ``20250601``.
    month_first
        How ``3/4/2025`` is meant.

    Raises
    ------
    ValueError
        If it has the form of a date and there is no such day.

    Examples
    --------
    >>> day_written("2025-07-31T23:00:00Z"), day_written("2.4.25"), day_written("2 Sept 2025")
    (datetime.date(2025, 8, 1), datetime.date(2025, 4, 2), datetime.date(2025, 9, 2))
    """
    if _MOMENT.fullmatch(text):
        return london_day(datetime.fromisoformat(text))
    if found := NUMBERS.fullmatch(text):
        first, _, second, year = found.groups()
        day, month = (second, first) if month_first else (first, second)
        return _of(day, month, year, "%d %m")
    if found := _NAMED.fullmatch(text) or _NAMED_FIRST.fullmatch(text):
        return _of(found["day"], found["month"][:3], found["year"])
    if found := _YEAR_FIRST.fullmatch(text) or _DIGITS.fullmatch(text):
        return date(int(found["year"]), int(found["month"]), int(found["day"]))
    return None


def _of(day: str, month: str, year: str, form: str = "%d %b") -> date:
    written = f"{form} {'%Y' if len(year) == 4 else '%y'}"
    return datetime.strptime(f"{day} {month} {year}", written).date()
