"""Dates and periods as people write them in files of their own."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from remit.catalogue import load_figure_limits
from remit.model.asked_period import month_written
from remit.model.excel_day import excel_day
from remit.model.period import Period, financial_year, month, parse_period, year_of
from remit.model.written_day import NUMBERS, day_written

DATE_FORMS = "2025-06-01, 01/06/2025 (day first), 1 Jun 2025, 2025-06, Jun 2025 or 2025/26 Q1"
DAY_FIRST, MONTH_FIRST = "day-first", "month-first"
ORDERS = (DAY_FIRST, MONTH_FIRST)
"""How ``3/4/2025`` can be meant."""

_BEFORE = re.compile(
    r"(?:w/?[ce]|wc|we|(?:week|month|quarter)[ -](?:commencing|ending|beginning))[ :]+"
    r"|(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?[, ]+",
    re.IGNORECASE,
)
_AFTER = re.compile(r"\s*\([^()]*\)$|\s+00:00(?::00)?$")
_ORDINAL = re.compile(r"(?<=\d)(?:st|nd|rd|th)\b", re.IGNORECASE)

_YEAR_MONTH = re.compile(r"(\d{4})([-/.])(\d\d?)")
_MONTH_OF_YEAR = re.compile(
    r"m(?:onth)?\s*(\d\d?)[, ]+(20\d\d|\d\d)[/-](\d{4}|\d\d)", re.IGNORECASE
)
_NAMED_OF_YEAR = re.compile(r"([A-Za-z]{3,9})[\s_,-]+(\d{4})\s?[/-]\s?(\d{4}|\d\d)")
_WEEK = re.compile(r"(\d{4})[ -]?W(\d\d?)(?:-?([1-7]))?")


@dataclass(frozen=True, slots=True)
class Order:
    """How a column writes what can be read in two ways.

    ``month_first`` of ``3/4/2025``; ``year_month`` or ``financial`` of ``2011-12``, which else is
    no date, since it could be a month or a financial year.
    """

    month_first: bool = False
    year_month: bool = False
    financial: bool = False


class Undecided(ValueError):
    """Days and months cannot be told apart; ``text`` is an example, and its two readings."""

    def __init__(self, text: str, readings: tuple[date, date]) -> None:
        super().__init__(text)
        self.text, self.readings = text, readings


def read_day(text: str, order: Order = Order()) -> date | None:
    """A date or the first day of a period, in one of ``DATE_FORMS`` or as programs write it.

    Parameters
    ----------
    text
        Also ``Mar-24``, ``03/2024``, ``202403``, ``2024-W05``, ``45352`` (the days that Excel
        counts), ``2025-07-31T23:00:00Z`` (which is 1 August in London).
    order
        How the column writes what can be read in two ways.

    Examples
    --------
    >>> read_day("03/2024"), read_day("45352")
    (datetime.date(2024, 3, 1), datetime.date(2024, 3, 1))
    """
    try:
        return _day(_ORDINAL.sub("", _bare(text)), order)
    except (ValueError, OverflowError):
        return None


def period_in(text: str, order: Order = Order()) -> Period | None:
    """The day, month, quarter or year that is written, as :func:`read_day` reads it.

    Parameters
    ----------
    text
        ``2025-06``, ``Jun 2025``, ``M3 2025/26`` (which is June), ``2025/26 Q1``, ``2025/26``.
    order
        How the column writes what can be read in two ways.

    Examples
    --------
    >>> period_in("2011-12", Order(year_month=True)).label, period_in("2011-12")
    ('Dec 2011', None)
    """
    day = read_day(text, order)
    if day is None:
        return None
    words = _ORDINAL.sub("", _bare(text))
    if found := _YEAR_MONTH.fullmatch(words):
        return _month_or_year(found, order)
    if _MONTH_OF_YEAR.fullmatch(words) or _NAMED_OF_YEAR.fullmatch(words):
        return month(day.year, day.month)
    period = month_written(words) or parse_period(words)
    return period if period and period.start == day else Period(day, day, day.isoformat())


def no_date(text: str, what: str = "no date") -> str:
    """What to say of a text that is no date: that it could be two, or how dates are written.

    Parameters
    ----------
    text
        As it stands in a cell.
    what
        What else it is.

    Examples
    --------
    >>> no_date("2001-02", "no month")
    "'2001-02' could be a month or a year; write Feb 2001 or 2001/02"
    """
    found = _YEAR_MONTH.fullmatch(_bare(text))
    as_month = _month_or_year(found, Order(year_month=True)) if found else None
    if found and as_month:
        year = financial_year(int(found[1])).label
        return f"{text!r} could be a month or a year; write {as_month.label} or {year}"
    return f"{text[:60]!r} is {what}; write it as {DATE_FORMS}"


def _bare(text: str) -> str:
    """A date without what people write before and after it: ``w/c``, ``(provisional)``, 00:00."""
    words = " ".join(text.split())
    before = _BEFORE.match(words)
    return _AFTER.sub("", words[before.end() :] if before else words)


def _day(text: str, order: Order) -> date | None:
    if whole := day_written(text, month_first=order.month_first):
        return whole
    for pattern, made in _FORMS:
        if found := pattern.fullmatch(text):
            return made(found, order)
    if counted := excel_day(text):
        return counted
    period = month_written(text) or parse_period(text)
    return period.start if period else None


def _year_month(found: re.Match[str], order: Order) -> date | None:
    period = _month_or_year(found, order)
    return period.start if period else None


def _month_or_year(found: re.Match[str], order: Order) -> Period | None:
    """What ``2011-12`` is; None where it could be a month or a financial year: nothing tells."""
    year, sign, tail = int(found[1]), found[2], int(found[3])
    follows = len(found[3]) == 2 and tail == (year + 1) % 100
    if follows and not (order.year_month and tail <= 12):
        if sign == "-" and tail <= 12 and not order.financial:
            return None
        return parse_period(found[0])
    return month(year, tail) if 1 <= tail <= 12 else None


def _of_financial_year(found: re.Match[str], _: Order) -> date | None:
    number, year = int(found[1]), year_of(found[2])
    if not 1 <= number <= 12 or year_of(found[3]) != year + 1:
        return None
    return date(year + (number > 9), (number + 2) % 12 + 1, 1)


def _named_of_year(found: re.Match[str], _: Order) -> date | None:
    """A month of a financial year: ``Feb 2023/24`` is February 2024."""
    year = int(found[2])
    named = _period(f"{found[1]} {year}")
    if named is None or year_of(found[3]) != year + 1:
        return None
    return named.replace(year=year + (named.month < 4))


def _period(text: str) -> date | None:
    period = parse_period(text)
    return period.start if period else None


_Made = Callable[[re.Match[str], Order], date | None]
_FORMS: tuple[tuple[re.Pattern[str], _Made], ...] = (
    (_YEAR_MONTH, _year_month),
    (_MONTH_OF_YEAR, _of_financial_year),
    (_NAMED_OF_YEAR, _named_of_year),
    (_WEEK, lambda found, _: date.fromisocalendar(*map(int, (found[1], found[2], found[3] or 1)))),
)


def order_of(texts: Iterable[str], wanted: str | None = None) -> Order:
    """How a column writes its dates, told from all of them.

    Parameters
    ----------
    texts
        Its cells.
    wanted
        What the user says of days and months: one of ``ORDERS``.

    Raises
    ------
    Undecided
        If both readings of its days and months are as likely.

    Examples
    --------
    >>> order_of(["01/13/2025", "02/13/2025"]).month_first
    True
    """
    plain = sorted({_bare(text) for text in texts})
    years = [found for text in plain if (found := _YEAR_MONTH.fullmatch(text))]
    follow = [int(f[3]) == (int(f[1]) + 1) % 100 for f in years]
    of_months = any(not f and int(y[3]) <= 12 for f, y in zip(follow, years, strict=True))
    of_years = any(f and int(y[3]) > 12 for f, y in zip(follow, years, strict=True))
    return Order(_month_first(plain, wanted), of_months, of_years and not of_months)


def _month_first(texts: list[str], wanted: str | None) -> bool:
    if wanted is not None:
        return wanted == MONTH_FIRST
    cells = [(text, found) for text in texts if (found := NUMBERS.fullmatch(text))]
    first, second = ({int(found[place]) for _, found in cells} for place in (1, 3))
    if not cells or max(first) > 12 or len(first) == 1:
        return False
    if max(second) > 12:
        return True
    text, found = next(((t, f) for t, f in cells if f[1] != f[3]), cells[0])
    readings = day_written(text), day_written(text, month_first=True)
    if readings[0] is None or readings[1] is None or readings[0] == readings[1]:
        return False
    raise Undecided(text, (readings[0], readings[1]))


def year_fault(day: date) -> str | None:
    """What to say of a day whose year is mistyped (``declarations/limits``); None of any other."""
    limits = load_figure_limits()
    if limits.first_year <= day.year <= limits.last_year:
        return None
    return f"the year must be from {limits.first_year} to {limits.last_year}"
