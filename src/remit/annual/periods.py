"""Periods as people write them in an assessment: of the year's own quarters and months too."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from remit.model.annual import AnnualYear
from remit.model.period import (
    Period,
    financial_year,
    financial_year_of,
    last_day,
    month,
    parse_period,
    quarter,
    year_of,
)

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_NUMBERS = {
    name: number
    for number, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), 1
    )
}
_FY = r"(?P<y>20\d\d|\d\d)\s*[/–-]\s*(?P<t>20\d\d|\d\d)"
_NTH = {"first": 1, "second": 2, "third": 3, "fourth": 4, "final": 4, "last": 4}
_QUARTER = (
    r"(?:q(?:uarter|tr)?\.?\s*(?P<q>[1-4])"
    rf"|(?P<nth>{'|'.join(_NTH)})\s+quarter(?:\s+of)?(?:\s+the\s+(?:financial\s+)?year)?)"
)
_WORDS = re.compile(r"\b(?:the|of|for|in|during|as at|at|financial year|fy|month of)\b|,")


def period_in(text: str, year: AnnualYear) -> Period | None:
    """A period as it is written; a quarter or a month without a year is one of the year assessed.

    Parameters
    ----------
    text
        ``2024/25``, ``Q4``, ``March 2025``, ``2025-03``, ``31 March 2025`` and their like.
    year
        The year that is assessed.

    Examples
    --------
    >>> from remit.annual.years import load_year
    >>> period_in("fourth quarter", load_year("2024-25")).label
    '2024/25 Q4'
    >>> period_in("31 March 2025", load_year("2024-25")).end
    datetime.date(2025, 3, 31)
    """
    plain = " ".join(_WORDS.sub(" ", text.strip().lower().replace("–", "-")).split()).strip(" .")
    plain = re.sub(r"^(20\d\d)[/-](20\d\d)", lambda m: f"{m[1]}/{m[2][2:]}", plain)
    for pattern, build in _FORMS:
        if found := pattern.fullmatch(plain):
            try:
                return build(found, year)
            except (ValueError, KeyError):
                return None
    return parse_period(plain)


def is_inside(period: Period, year: AnnualYear) -> bool:
    """Whether a period lies in the year that is assessed, or is the financial year that it is of.

    ICBs began in the second quarter of 2022/23; a figure of the whole of that year is still of it.
    """
    if year.starts <= period.start and period.end <= year.ends:
        return True
    whole = financial_year_of(year.ends)
    return (period.start, period.end) == (whole.start, whole.end)


def _month_number(name: str) -> int:
    return _NUMBERS[name[:3]]


def _bare_quarter(found: re.Match[str], year: AnnualYear) -> Period:
    return quarter(financial_year_of(year.ends).start.year, _quarter_number(found))


def _quarter_of(found: re.Match[str], _: AnnualYear) -> Period:
    first, tail = year_of(found["y"]), year_of(found["t"])
    if tail != first + 1:
        raise ValueError
    return quarter(first, _quarter_number(found))


def _quarter_number(found: re.Match[str]) -> int:
    return int(found["q"]) if found["q"] else _NTH[found["nth"]]


def _bare_month(found: re.Match[str], year: AnnualYear) -> Period:
    number = _month_number(found["m"])
    first = financial_year_of(year.ends).start.year
    return month(first if number >= 4 else first + 1, number)


def _iso_month(found: re.Match[str], _: AnnualYear) -> Period:
    return month(int(found["y"]), int(found["m"]))


def _day(day: date) -> Period:
    return Period(day, day, day.isoformat())


def _iso_day(found: re.Match[str], _: AnnualYear) -> Period:
    return _day(date.fromisoformat(found[0]))


def _worded_day(found: re.Match[str], _: AnnualYear) -> Period:
    return _day(date(year_of(found["y"]), _month_number(found["m"]), int(found["d"])))


def _numbered_day(found: re.Match[str], _: AnnualYear) -> Period:
    return _day(date(year_of(found["y"]), int(found["m"]), int(found["d"])))


def _year_to(found: re.Match[str], _: AnnualYear) -> Period:
    number, last = _month_number(found["m"]), year_of(found["y"])
    start = date(last - (number < 12), number % 12 + 1, 1)
    return Period(start, last_day(last, number), found[0])


def _whole(_: re.Match[str], year: AnnualYear) -> Period:
    return Period(year.starts, year.ends, year.name)


def _financial(found: re.Match[str], _: AnnualYear) -> Period:
    return financial_year(year_of(found["y"]))


def _months(found: re.Match[str], _: AnnualYear) -> Period:
    """``Jan to Mar 2025``: the year is that of the last month."""
    last, first = _month_number(found["m2"]), _month_number(found["m1"])
    end = int(found["y"])
    return Period(date(end - (first > last), first, 1), last_day(end, last), found[0])


def _short_year(found: re.Match[str], _: AnnualYear) -> Period:
    return financial_year(year_of(found["y"]) - 1)


_Form = tuple[re.Pattern[str], Callable[[re.Match[str], AnnualYear], Period]]
_FORMS: tuple[_Form, ...] = (
    (re.compile(_QUARTER), _bare_quarter),
    (re.compile(rf"{_QUARTER}\s*-?\s*{_FY}"), _quarter_of),
    (re.compile(rf"{_FY}\s*-?\s*{_QUARTER}"), _quarter_of),
    (re.compile(rf"(?P<m>{_MONTH})"), _bare_month),
    (re.compile(r"(?P<y>20\d\d)-(?P<m>0[1-9]|1[0-2])"), _iso_month),
    (re.compile(r"20\d\d-\d\d-\d\d"), _iso_day),
    (re.compile(rf"(?P<d>\d\d?)(?:st|nd|rd|th)?\s+(?P<m>{_MONTH})\s+(?P<y>20\d\d)"), _worded_day),
    (re.compile(r"(?P<d>\d\d?)[/.](?P<m>\d\d?)[/.](?P<y>20\d\d)"), _numbered_day),
    (
        re.compile(
            rf"(?:rolling\s+)?(?:12|twelve)(?:\s+|-)months?(?:\s+(?:to|ending|ended))?\s+"
            rf"(?P<m>{_MONTH})\s+(?P<y>20\d\d)"
        ),
        _year_to,
    ),
    (re.compile(rf"year\s+(?:to|ending|ended)\s+(?P<m>{_MONTH})\s+(?P<y>20\d\d)"), _year_to),
    (re.compile(r"(?:(?:full|whole)\s+)?year(?:\s+as a whole)?|annual"), _whole),
    (re.compile(r"fy\s?(?P<y>\d\d)"), _short_year),
    (re.compile(rf"fy\s?{_FY}"), _financial),
    (re.compile(rf"(?P<m1>{_MONTH})\s*(?:to|-)\s*(?P<m2>{_MONTH})\s+(?P<y>20\d\d)"), _months),
)

_AYEAR = r"(?:20\d\d\s*[/–-]\s*(?:20)?\d\d|20\d\d|19\d\d)"
SAID_PERIODS = re.compile(
    rf"\b\d\d?(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH}(?:\s+{_AYEAR})?\b"
    rf"|\b{_MONTH}\s+\d\d?(?:st|nd|rd|th)?,?\s+20\d\d\b"
    rf"|\b{_MONTH}[\s-]+(?:{_AYEAR}|\d\d(?!\d|%|\.\d))\b"
    r"|\b20\d\d-\d\d-\d\d\b|\b\d\d?[/.]\d\d?[/.](?:20)?\d\d\b"
    r"|\bq(?:uarter)?\s*[1-4]\b|\bm(?:onth)?\s?\d\d?\b"
    rf"|(?<![£$\d,.]){_AYEAR}\b(?!\s*%|,\d|\.\d|\s+per\s*cent)"
    r"|\b\d\d/\d\d\b",
    re.IGNORECASE,
)
"""Periods and days inside a sentence: their digits are no figures."""
