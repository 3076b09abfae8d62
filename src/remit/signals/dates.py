"""Dates and periods as people write them in files of their own."""

from __future__ import annotations

import re
from datetime import date, datetime

from remit.catalogue import load_figure_limits
from remit.model.period import parse_period

DATE_FORMS = "2025-06-01, 01/06/2025 (day first), 1 Jun 2025, 2025-06, Jun 2025 or 2025/26 Q1"

_DAY = re.compile(r"(\d{4}-\d\d-\d\d)(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?Z?)?")
_BRITISH = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})")
_NAMED = re.compile(r"(\d{1,2})[ -]([A-Za-z]{3,9})[ -](\d{4}|\d\d)")
_MONTH = re.compile(r"(\d{4})-(\d\d)")


def read_day(text: str) -> date | None:
    """A date or the first day of a period, in one of ``DATE_FORMS``; else None.

    ``2011-12`` could be a month or a financial year and is neither.
    """
    if found := _DAY.fullmatch(text):
        return _made(found[1], "%Y-%m-%d")
    if found := _BRITISH.fullmatch(text):
        return _made("/".join(found.groups()), "%d/%m/%Y")
    if found := _NAMED.fullmatch(text):
        day, month, year = found.groups()
        return _made(f"{day} {month[:3]} {year}", "%d %b %Y" if len(year) == 4 else "%d %b %y")
    if found := _MONTH.fullmatch(text):
        is_year = int(found[2]) == (int(found[1]) + 1) % 100
        return None if is_year and int(found[2]) <= 12 else _made(text, "%Y-%m") or _start(text)
    return _start(text)


def year_fault(day: date) -> str | None:
    """What to say of a day whose year is mistyped (``declarations/limits``); None of any other."""
    limits = load_figure_limits()
    if limits.first_year <= day.year <= limits.last_year:
        return None
    return f"the year must be from {limits.first_year} to {limits.last_year}"


def _made(text: str, form: str) -> date | None:
    try:
        return datetime.strptime(text, form).date()
    except ValueError:
        return None


def _start(text: str) -> date | None:
    period = parse_period(text)
    return period.start if period else None
