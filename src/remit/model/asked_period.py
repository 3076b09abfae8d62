"""A month, a quarter or a year as a person asks for it, in every spelling that files have too."""

from __future__ import annotations

import re
from datetime import date

from remit.model.errors import AssessmentError
from remit.model.period import Period, financial_year, month, parse_period

ASKED_FORMS = "a month such as Mar 2026 or 2026-03, a quarter such as 2025/26 Q4, or 2025/26"
"""What may be written where a period is asked for."""

_BY_NAME = re.compile(r"([A-Za-z]{3,9})[\s_/.,'’-]*(\d{4}|\d\d)", re.ASCII)
_YEAR_AND_NAME = re.compile(r"(\d{4})[\s_/.,-]*([A-Za-z]{3,9})", re.ASCII)
_MONTH_YEAR = re.compile(r"(\d\d?)[-/.](\d{4})", re.ASCII)
_OF_ONS = re.compile(r"(\d{4})\s?M(\d\d)", re.ASCII)
_DIGITS = re.compile(r"((?:19|20|21)\d\d)(\d\d)", re.ASCII)
_YEAR_MONTH = re.compile(r"(\d{4})([-/.])(\d\d?)", re.ASCII)
_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)", re.ASCII)
_BRITISH = re.compile(r"(\d\d?)/(\d\d?)/(\d{4})", re.ASCII)


def month_written(text: str) -> Period | None:
    """A month in a spelling that is nothing else, or None: ``Mar-26``, ``03/2026``, ``202603``.

    ``2026-03`` is left to who knows whether ``2011-12`` beside it would be a year.

    >>> month_written("2026 March").label
    'Mar 2026'
    """
    if found := _MONTH_YEAR.fullmatch(text):
        return _numbered(found[2], found[1])
    if found := _OF_ONS.fullmatch(text) or _DIGITS.fullmatch(text):
        return _numbered(found[1], found[2])
    if found := _BY_NAME.fullmatch(text):
        return parse_period(f"{found[1]} {found[2]}")
    if found := _YEAR_AND_NAME.fullmatch(text):
        return parse_period(f"{found[2]} {found[1]}")
    return None


def asked_period(text: str, option: str = "--period") -> Period:
    """The period that somebody asks for.

    Raises
    ------
    AssessmentError
        If it is none, or could be a month or a financial year (``2011-12``).

    Examples
    --------
    >>> asked_period("2026-03").label, asked_period("2025/26 Q4").label
    ('Mar 2026', '2025/26 Q4')
    """
    words = " ".join(text.split())
    found = month_written(words) or _not_both(words, option) or _month_of_day(words)
    if found is None:
        raise AssessmentError(f"{option} takes {ASKED_FORMS}; got {text!r}")
    return found


def _not_both(text: str, option: str) -> Period | None:
    """A month as ``2026-03``, or another period; what could be either is asked about."""
    numbers = _YEAR_MONTH.fullmatch(text)
    as_month = _numbered(numbers[1], numbers[3]) if numbers else None
    other = parse_period(text) if text else None
    if numbers and as_month and other and numbers[2] == "-":
        year = financial_year(int(numbers[1])).label
        raise AssessmentError(
            f"{option} {text!r} can be a month or a year; write {as_month.label} or {year}"
        )
    return other or as_month


def _month_of_day(text: str) -> Period | None:
    if found := _DAY.fullmatch(text):
        year, number, day = map(int, found.groups())
    elif found := _BRITISH.fullmatch(text):
        day, number, year = map(int, found.groups())
    else:
        return None
    try:
        date(year, number, day)
    except ValueError:
        return None
    return month(year, number)


def _numbered(year: str, number: str) -> Period | None:
    in_reach = int(year) > 0 and 1 <= int(number) <= 12
    return month(int(year), int(number)) if in_reach else None
