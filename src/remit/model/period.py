"""Periods as NHS publications write them.

The financial year runs from April to March; ``2025/26 Q1`` is April to June 2025.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

LONDON = "Europe/London"
"""Where a day begins and ends."""

_MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_abbr) if name}

KNOWN_FORMS = (
    "Jun-25, Jun 2025, Q1 2025/26, 2025/26, 2025/26 plan, 2025, Month 3 2025/26, "
    "Jul 24 - Jun 25, Apr 25 - Mar 26 vs Apr 24 - Mar 25, Year to date 25/26"
)


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A stretch of days, both ends included, with the label that Remit prints."""

    start: date
    end: date
    label: str

    def __str__(self) -> str:
        return self.label


def london_day(moment: datetime) -> date:
    """The day of a moment; one that knows its time zone is told as in London.

    >>> london_day(datetime.fromisoformat("2025-07-31T23:00:00+00:00"))
    datetime.date(2025, 8, 1)
    """
    return (moment.astimezone(ZoneInfo(LONDON)) if moment.tzinfo else moment).date()


def today() -> date:
    """The day in London; what begins after it has no figures yet."""
    return london_day(datetime.now(tz=ZoneInfo(LONDON)))


def quarter(year: int, number: int) -> Period:
    """The quarter ``number`` (1 to 4) of the financial year that begins in April of ``year``."""
    first = 4 + 3 * (number - 1)
    start_year, start_month = (year, first) if first <= 12 else (year + 1, first - 12)
    end = last_day(start_year, start_month + 2)
    return Period(date(start_year, start_month, 1), end, f"{_financial(year)} Q{number}")


def month(year: int, number: int) -> Period:
    """One calendar month."""
    label = f"{calendar.month_abbr[number]} {year}"
    return Period(date(year, number, 1), last_day(year, number), label)


def financial_year(year: int) -> Period:
    """The financial year that begins in April of ``year``."""
    return Period(date(year, 4, 1), date(year + 1, 3, 31), _financial(year))


def calendar_year(year: int) -> Period:
    """The year from January to December."""
    return Period(date(year, 1, 1), date(year, 12, 31), str(year))


def financial_year_of(day: date) -> Period:
    """The financial year that a day lies in."""
    return financial_year(day.year if day.month >= 4 else day.year - 1)


def quarter_of(day: date) -> Period:
    """The quarter of the financial year that a day lies in."""
    return quarter(day.year - (day.month < 4), (day.month - 4) % 12 // 3 + 1)


def parse_quarter(text: str) -> Period | None:
    """A quarter in any of its spellings (``Q1 2025/26``, ``2025/26 Q1``, ``Q1 2025``), or None."""
    found = _QUARTER.fullmatch(" ".join(text.split()))
    if not found:
        return None
    groups = found.groupdict()
    year = year_of(groups["y1"] or groups["y2"])
    tail = groups["t1"] or groups["t2"]
    if tail and not _follows(year, tail):
        return None
    return quarter(year, int(groups["q1"] or groups["q2"]))


def parse_period(text: str, release: Period | None = None) -> Period | None:
    """A reporting date as a publication writes it, or None if the form is not known.

    Parameters
    ----------
    text
        For instance ``Jun-25``, ``Q3 2025/26``, ``2025/26 plan``, ``Month 12 2025/26`` or
        ``Apr 25 - Mar 26 vs Apr 24 - Mar 25``. A comparison yields its first period.
    release
        The quarter that the file was published for; it closes open ends such as
        ``Year to date 25/26`` and stands in for a blank.
    """
    words = " ".join(text.split())
    if not words:
        return release
    current = re.split(r"\s+vs\.?\s+", words, maxsplit=1, flags=re.IGNORECASE)[0]
    if quarter_found := parse_quarter(current):
        return quarter_found
    for pattern, build in _FORMS:
        if found := pattern.fullmatch(current):
            return build(found, words, release)
    return None


_Y = r"(?:20)?\d\d"
_QUARTER = re.compile(
    rf"q(?P<q1>[1-4])\s*(?P<y1>{_Y})(?:[/-](?P<t1>{_Y}))?"
    rf"|(?P<y2>{_Y})[/-](?P<t2>{_Y})\s*q(?P<q2>[1-4])",
    re.IGNORECASE | re.ASCII,
)
_MONTH_NAME = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)


def year_of(text: str) -> int:
    """A year as it is written: ``2025``, or ``25``."""
    return int(text) if len(text) == 4 else 2000 + int(text)


def _follows(year: int, tail: str) -> bool:
    return year_of(tail) == year + 1


def _financial(year: int) -> str:
    return f"{year}/{(year + 1) % 100:02d}"


@lru_cache(maxsize=4096)
def last_day(year: int, number: int) -> date:
    """The last day of a month."""
    return date(year, number, calendar.monthrange(year, number)[1])


def _month_number(name: str) -> int:
    return _MONTHS[name[:3].lower()]


def _one_month(found: re.Match[str], _: str, __: Period | None) -> Period:
    return month(year_of(found["y"]), _month_number(found["m"]))


def _months(found: re.Match[str], label: str, _: Period | None) -> Period | None:
    start = date(year_of(found["y1"]), _month_number(found["m1"]), 1)
    end = last_day(year_of(found["y2"]), _month_number(found["m2"]))
    return Period(start, end, label) if start <= end else None


def _financial_form(found: re.Match[str], label: str, _: Period | None) -> Period | None:
    year = year_of(found["y"])
    if not _follows(year, found["t"]):
        return None
    whole = financial_year(year)
    return Period(whole.start, whole.end, label)


def _calendar_year(found: re.Match[str], label: str, _: Period | None) -> Period:
    year = int(found["y"])
    return Period(date(year, 1, 1), date(year, 12, 31), label)


def _year_to_month(found: re.Match[str], label: str, _: Period | None) -> Period | None:
    year, number = year_of(found["y"]), int(found["n"])
    if not 1 <= number <= 12 or (found["t"] and not _follows(year, found["t"])):
        return None
    end_year, end_month = (year, number + 3) if number <= 9 else (year + 1, number - 9)
    return Period(date(year, 4, 1), last_day(end_year, end_month), label)


def _year_to_date(found: re.Match[str], label: str, release: Period | None) -> Period | None:
    year = year_of(found["y"])
    if not _follows(year, found["t"]):
        return None
    whole = financial_year(year)
    end = release.end if release and whole.start <= release.end <= whole.end else whole.end
    return Period(whole.start, end, label)


def _since(found: re.Match[str], label: str, release: Period | None) -> Period | None:
    last = last_day(year_of(found["y"]), _month_number(found["m"]))
    start = date.fromordinal(last.toordinal() + 1)
    end = release.end if release else start
    return Period(start, end, label) if start <= end else None


def _between(found: re.Match[str], label: str, _: Period | None) -> Period | None:
    try:
        start = date(year_of(found["y1"]), _month_number(found["m1"]), int(found["d1"]))
        end = date(year_of(found["y2"]), _month_number(found["m2"]), int(found["d2"]))
    except ValueError:
        return None
    return Period(start, end, label) if start <= end else None


def _form(pattern: str) -> re.Pattern[str]:
    text = pattern.replace("YEAR", _Y).replace("MONTH", _MONTH_NAME)
    return re.compile(text, re.IGNORECASE | re.ASCII)


_FORMS = (
    (_form(r"(?P<m>MONTH)[\s-]*(?P<y>YEAR)"), _one_month),
    (_form(r"(?P<m1>MONTH)\s*(?P<y1>YEAR)\s*(?:-|–|to)\s*(?P<m2>MONTH)\s*(?P<y2>YEAR)"), _months),
    (_form(r"(?P<y>YEAR)[/-](?P<t>YEAR)(?:\s+(?:plan|outturn|annual))?"), _financial_form),
    (_form(r"(?P<y>20\d\d)(?:\s+(?:survey|plan))?"), _calendar_year),
    (
        _form(r"(?:to\s+)?m(?:onth)?\s*(?P<n>\d\d?)\s+(?P<y>YEAR)(?:[/-](?P<t>YEAR))?"),
        _year_to_month,
    ),
    (_form(r"(?:year to date|ytd)\s+(?P<y>YEAR)[/-](?P<t>YEAR)"), _year_to_date),
    (_form(r"latest published if awarded post\s+(?P<m>MONTH)\s+(?P<y>YEAR)"), _since),
    (
        _form(
            r"latest published if awarded between\s+(?P<d1>\d\d?)\s+(?P<m1>MONTH)\s+(?P<y1>YEAR)"
            r"\s+and\s+(?P<d2>\d\d?)\s+(?P<m2>MONTH)\s+(?P<y2>YEAR)"
        ),
        _between,
    ),
)
