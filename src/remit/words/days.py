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


def whole_month(day: date) -> str:
    """The month of a day, as a sentence names it.

    >>> whole_month(date(2025, 7, 1))
    'July 2025'
    """
    return f"{day:%B %Y}"


def span_words(start: date, end: date) -> str:
    """A stretch of days as periods are labelled; as two days where it is no period.

    >>> span_words(date(2025, 4, 1), date(2025, 6, 30))
    '2025/26 Q1'
    >>> span_words(date(2025, 4, 1), date(2025, 4, 9))
    '1 Apr 2025 to 9 Apr 2025'
    """
    # Most of those who print a day have no use for periods.
    from remit.model.period import financial_year_of, month, quarter_of

    whole = (
        month(start.year, start.month),
        quarter_of(start),
        financial_year_of(start),
    )
    for period in whole:
        if (period.start, period.end) == (start, end):
            return period.label
    return short_day(start) if end <= start else f"{short_day(start)} to {short_day(end)}"
