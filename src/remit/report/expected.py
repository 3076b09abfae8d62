"""Which period a report may expect of a metric."""

from __future__ import annotations

from datetime import date

from remit.model.errors import AssessmentError
from remit.model.metric import Frequency, Metric
from remit.model.period import Period, calendar_year, financial_year, month, quarter

YEARS = 4
"""How many years a chart holds if nothing else is said: 48 months, or 16 quarters."""


def over(period: Period, today: date) -> Period:
    """The period itself, if it is over.

    Raises
    ------
    AssessmentError
        If it is not.
    """
    if period.end >= today:
        raise AssessmentError(
            f"{period.label} is not over on {today.isoformat()}. Name a period that is, or leave "
            "--period out for the newest month that is held"
        )
    return period


def expected(metric: Metric, end: date, held: date) -> Period:
    """The last period of a metric that is over by the end of a report's.

    Parameters
    ----------
    metric
        How often it comes.
    end
        The last day of the report's period.
    held
        The first day of a period that is held: it says whether years are financial years.
    """
    if metric.frequency is Frequency.QUARTER:
        return _last_quarter(end)
    if metric.frequency is Frequency.YEAR:
        return _last_year(end, of_calendar=held.month == 1)
    return _last_month(end)


def _last_year(end: date, *, of_calendar: bool) -> Period:
    if of_calendar:
        year = end.year if end >= date(end.year, 12, 31) else end.year - 1
        return calendar_year(year)
    return financial_year(end.year - 1 if end >= date(end.year, 3, 31) else end.year - 2)


def first_day(end: date, years: int) -> date:
    """The first day of the month with which so many years up to the end of a period begin.

    Raises
    ------
    AssessmentError
        If the number is not at least 1.
    """
    if years < 1:
        raise AssessmentError(f"--years takes a whole number of at least 1; got {years}")
    return date(end.year - years + end.month // 12, end.month % 12 + 1, 1)


def _last_month(end: date) -> Period:
    own = month(end.year, end.month)
    if own.end <= end:
        return own
    return month(end.year, end.month - 1) if end.month > 1 else month(end.year - 1, 12)


def _last_quarter(end: date) -> Period:
    for year in (end.year, end.year - 1):
        for number in (4, 3, 2, 1):
            found = quarter(year, number)
            if found.end <= end:
                return found
    raise AssertionError("a year has quarters")
