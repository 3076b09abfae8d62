"""Days as people write them beside a practice: a day, a month, a quarter or a year."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from typing import Final

from remit.catalogue import load_figure_limits
from remit.model.period import Period, month, parse_period, quarter_of
from remit.model.written_day import day_written

FORMS: Final = "2024-04-01, 1 Apr 2024, Apr 2024, 2024-04, 2024/25 Q1 or 2024/25"
"""Ways to write since when, for the message about a cell that is in none of them."""

_ISO_MONTH = re.compile(r"(?P<year>\d{4})-(?P<month>\d\d)", re.ASCII)
_YEARS = re.compile(r"(?:20)?\d\d[/-](?:20)?\d\d|20\d\d", re.ASCII)


class NoSuchDay(ValueError):
    """A text in the form of a day or a month that no calendar has."""


@lru_cache(maxsize=4096)
def stretch_written(text: str) -> Period | None:
    """The days that a text names, in any form in which a publication writes them; None if none.

    Raises
    ------
    NoSuchDay
        If it has the form of a day or a month and there is none such.

    Examples
    --------
    >>> stretch_written("2024-04").label, stretch_written("1/4/2024").label, stretch_written("W3")
    ('Apr 2024', '2024-04-01', None)
    """
    bare = " ".join(text.split())
    found = parse_period(bare)
    if found is not None:
        return found
    try:
        if iso := _ISO_MONTH.fullmatch(bare):
            return month(int(iso["year"]), _real_month(int(iso["month"])))
        day = day_written(bare)
    # A moment at the end of the calendar's years has no day in London.
    except (ValueError, OverflowError):
        raise NoSuchDay(f"there is no such day; write it such as {FORMS}") from None
    return None if day is None else Period(day, day, day.isoformat())


def _real_month(number: int) -> int:
    return date(2000, number, 1).month


def since_written(text: str) -> Period:
    """The day, month, quarter or year of a cell: `since` is its start, `until` its end.

    A sum over a year so far, a span of several months and a survey are none: from which day on
    something was there could only be guessed.

    Raises
    ------
    ValueError
        If it is none, with the forms that are read; `NoSuchDay` if no calendar has it.

    Examples
    --------
    >>> since_written("2024/25 Q2").start, since_written("May 2024").end
    (datetime.date(2024, 7, 1), datetime.date(2024, 5, 31))
    >>> since_written("2024-02-31")
    Traceback (most recent call last):
    remit.practice.since.NoSuchDay: there is no such day; write it such as 2024-04-01, ...
    """
    found = stretch_written(text)
    if found is None or not _is_plain(found, " ".join(text.split())):
        raise ValueError(f"this is no day and no period; write it such as {FORMS}")
    limits = load_figure_limits()
    if not limits.first_year <= found.start.year <= limits.last_year:
        raise ValueError(f"the year must be from {limits.first_year} to {limits.last_year}")
    return found


def _is_plain(found: Period, text: str) -> bool:
    """Whether it is a day, a month, a quarter, or a year by its bare name."""
    start = found.start
    named = found in (month(start.year, start.month), quarter_of(start))
    return named or found.label == start.isoformat() or bool(_YEARS.fullmatch(text))
