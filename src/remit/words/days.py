"""Days and months as text prints them; in CSV and JSON they are as in ISO 8601."""

from __future__ import annotations

from datetime import date


def day_words(day: date) -> str:
    """A day inside a sentence.

    >>> day_words(date(2025, 7, 1))
    '1 July 2025'
    """
    return f"{day.day} {day:%B %Y}"


def short_day(day: date) -> str:
    """A day where there is little room.

    >>> short_day(date(2025, 7, 1))
    '1 Jul 2025'
    """
    return f"{day.day} {month_words(day)}"


def month_words(day: date) -> str:
    """The month of a day, as periods are labelled.

    >>> month_words(date(2025, 7, 1))
    'Jul 2025'
    """
    return f"{day:%b %Y}"
