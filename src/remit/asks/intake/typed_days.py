"""Days as people type them in a list of asks, and what was made of them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from datetime import date, timedelta
from functools import lru_cache, partial
from typing import Literal, NamedTuple

from remit.asks.intake.deadlines import due_in_cell
from remit.asks.intake.open_days import is_weekday, without_year
from remit.catalogue import load_figure_limits
from remit.model.asked_period import month_written
from remit.model.excel_day import excel_day
from remit.model.period import Period, parse_period
from remit.model.written_day import NUMBERS, day_written

Span = Literal["", "first", "last"]
"""Which day of a month, a quarter or a week is meant; none where a span fixes no day."""

_ROUND_SIGNS = re.compile(r"(?<=\d)\s?([/.])\s?(?=\d)")
_YEAR_MARK = re.compile(r"['’‘](?=\d\d$)")
_ORDINAL = re.compile(r"(?<=\d)(?:st|nd|rd|th)\b", re.IGNORECASE)
_WEEKDAY = re.compile(
    r"(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\b[\s,.]*", re.IGNORECASE
)
_WEEK = re.compile(
    r"(?:w\s?[/.\\]?\s?(?P<edge>[cbe])|week\s+(?P<long>commencing|beginning|starting|ending))"
    r"\b[\s:.,]*",
    re.IGNORECASE,
)
_BEFORE = re.compile(
    r"(?:(?:due|deadline|needed|required|return|received|rec'?d|sent)\b[\s:]*)?"
    r"(?:(?:by|on|before|no later than|not later than|until)\b[\s:]*)?",
    re.IGNORECASE,
)
_TIME = r"\d{1,2}(?:[:.]\d\d){1,2}(?:\s*[ap]\.?m\.?)?|\d{1,2}\s*[ap]\.?m\.?|\d{4}\s?hrs?"
_CLOSE = r"(?:cop|cob|eod|close of (?:play|business)|end of (?:play|day)|noon|12 noon|midday|am|pm)"
_CLOCK = re.compile(
    rf"^(?:{_CLOSE}|(?:{_TIME})(?=\s))\b[\s,]*(?:on\s+)?"
    rf"|[\s,(]+(?:at\s+|by\s+|-\s*)?(?:{_TIME}|{_CLOSE}|00:00:00)\)?$",
    re.IGNORECASE,
)
_ASIDE = re.compile(r"\s*(?:\([^()]*\)|\[[^\[\]]*\])\s*$|\s*[?*]+$|(?<=\d)\.$")
_SMALL = re.compile(r"\b(?:of|the)\b|,", re.IGNORECASE)
_WHOLE_DATE = re.compile(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}")
_SHORT = {"eom": "end of month", "eow": "end of week", "month end": "end of month"}
_MONTH_OR_QUARTER = 93
_MONTHS = 12
_FORMS_BETWEEN = (("/", "/"), (".", "."), ("-", "-"))
_NO_DAY = "no day that can be read; write 2025-06-30 or 30/06/2025"


class TypedDay(NamedTuple):
    """A day, and what to say of how it was read; blank where it stands there plainly."""

    day: date | None
    note: str = ""


@lru_cache(maxsize=10_000)
def day(
    text: str, after: date | None = None, *, span: Span = "", month_first: bool = False
) -> TypedDay:
    """A day as people write it in England; None for a blank.

    A moment with a time zone is the day in London. A day without a year is the next one, unless
    it has only just gone by; a date that is not the weekday beside it is none.

    Parameters
    ----------
    text
        What stands in the cell.
    after
        The day of receipt, from which a day without a year is the next, and ``Friday`` the coming.
    span
        Which day of a month, a quarter or a week is meant.
    month_first
        Whether the column writes ``3/4/2025`` for 4 March.

    Raises
    ------
    ValueError
        If it is no day; the message says how to write one.

    Examples
    --------
    >>> day("2025-06-12T23:00:00Z").day, day("45812").day
    (datetime.date(2025, 6, 13), datetime.date(2025, 6, 4))
    >>> day("w/c 9 June", date(2025, 6, 3), span="last").note
    "'w/c 9 June' has no year and was read as 2025-06-09, the next after it, its first day"
    """
    bare = _ROUND_SIGNS.sub(r"\1", " ".join(text.replace("\\", "/").split()))
    bare = _YEAR_MARK.sub("", bare)
    if not bare:
        return TypedDay(None)
    read = _whole(bare, month_first) or _reduced(bare, after, span, month_first)
    if read is None and span == "last":
        read = _coming(bare, after)
    if read is None or read.day is None:
        raise ValueError(_NO_DAY)
    limits = load_figure_limits()
    if not limits.first_year <= read.day.year <= limits.last_year:
        raise ValueError(f"the year must be from {limits.first_year} to {limits.last_year}")
    return read


def is_month_first(texts: Iterable[str]) -> bool:
    """Whether a list writes the month first: some of its dates, and none against, can only be so.

    The days of a list lie near each other. So one such date is taken for a slip where the others
    lie nearer with the day first; then it is left blank, and no other is turned.

    >>> is_month_first(["06/13/2025", "06/02/2025"]), is_month_first(["13/06/2025"])
    (True, False)
    >>> is_month_first(["06/13/2025", "02/06/2025", "03/06/2025"])
    False
    """
    plain = {_without_clock(" ".join(text.split())) for text in texts}
    found = {text: match for text in plain if (match := NUMBERS.fullmatch(text))}
    if not any(int(one[3]) > _MONTHS for one in found.values()):
        return False
    if any(int(one[1]) > _MONTHS for one in found.values()):
        return False
    turned = {text: found_so for text in found if (found_so := _in_a_form(text, month_first=True))}
    as_read = {text: _in_a_form(text, month_first=False) or turned[text] for text in turned}
    return bool(turned) and _spread(turned.values()) <= _spread(as_read.values())


def _spread(days: Collection[date]) -> timedelta:
    return max(days) - min(days)


def _whole(text: str, month_first: bool) -> TypedDay | None:
    """A plain date, or Excel's number for one."""
    try:
        if found := day_written(text, month_first=month_first):
            return TypedDay(found)
    except ValueError:
        return None
    if meant := excel_day(text):
        return TypedDay(meant, f"a number by which Excel counts days was read as {meant}")
    return None


def _without_clock(text: str) -> str:
    return _CLOCK.sub("", text)


def _reduced(bare: str, after: date | None, span: Span, month_first: bool) -> TypedDay | None:
    """A date without what stands around it: a clock, a weekday, ``w/c``, a remark in brackets."""
    plain = _without_clock(_ASIDE.sub("", bare))
    plain = _without_clock(plain[_BEFORE.match(plain).end() :])  # type: ignore[union-attr]
    week = _WEEK.match(plain)
    plain = plain[week.end() :] if week else plain
    weekday = named[0].strip(" ,.") if (named := _WEEKDAY.match(plain)) else ""
    plain = _ORDINAL.sub("", _WEEKDAY.sub("", plain, count=1) if named else plain)
    plain = " ".join(_SMALL.sub(" ", plain).split())
    found, note = _in_a_form(plain, month_first), ""
    if found is None and after is not None and (found := _next(plain, after, month_first)):
        note = f"{bare!r} has no year and was read as {found}, the next after it"
    if found is None:
        return _of_span(bare, plain, span)
    if not is_weekday(found, weekday):
        raise ValueError(f"{found} is a {found:%A}, not a {weekday}")
    if week:
        return _of_week(bare, found, week, span, note)
    aside = _ASIDE.search(bare)
    if aside and aside[0].strip(" .") and not note:
        note = f"{bare!r} was read as {found}"
    return TypedDay(found, note)


def _in_a_form(text: str, month_first: bool) -> date | None:
    try:
        return day_written(text, month_first=month_first)
    except ValueError:
        return None


def _next(text: str, after: date, month_first: bool) -> date | None:
    """The next such day from the one of receipt on; None where one has only just gone by."""
    between = next((sign for mark, sign in _FORMS_BETWEEN if mark in text), " ")
    try:
        return without_year(partial(_in_year, text + between, month_first), after)
    except ValueError:
        return None


def _in_year(text: str, month_first: bool, year: int) -> date:
    if (found := day_written(f"{text}{year}", month_first=month_first)) is None:
        raise ValueError(text)
    return found


def _of_week(bare: str, found: date, week: re.Match[str], span: Span, note: str) -> TypedDay:
    """The day that stands beside ``w/c`` or ``w/e``; the other end of the week where it is meant.

    A week by which something is due begins with the day that is sure to be early enough.
    """
    ends = (week["edge"] or week["long"])[0].lower() == "e"
    if span == "first" and ends:
        found -= timedelta(days=6)
    which = "last" if ends and span != "first" else "first"
    said = note or f"{bare!r} is a week and was read as {found}"
    return TypedDay(found, f"{said}, its {which} day")


def _of_span(bare: str, plain: str, span: Span) -> TypedDay | None:
    """The first or the last day of a month or a quarter, where one of them is meant."""
    period = period_written(
        re.sub(r"^(?:the )?(?:very )?end (?:of )?", "", plain, flags=re.IGNORECASE)
    )
    if not span or period is None or (period.end - period.start).days > _MONTH_OR_QUARTER:
        return None
    found = period.start if span == "first" else period.end
    return TypedDay(found, f"{bare!r} was read as {found}, its {span} day")


def period_written(text: str) -> Period | None:
    """The month, quarter or year that some words name; None where they name none."""
    try:
        return month_written(text) or parse_period(text)
    except ValueError:
        return None


def _coming(bare: str, after: date | None) -> TypedDay:
    """A day as a message sets it: ``Friday``, ``5 working days``, ``end of next week``.

    Raises
    ------
    ValueError
        If its words fix no certain day; the message says why, where that is known.
    """
    if len(_WHOLE_DATE.findall(bare)) > 1:
        raise ValueError(f"{_NO_DAY} (it names two days)")
    plain = bare[_BEFORE.match(bare).end() :]  # type: ignore[union-attr]
    said = due_in_cell(_SHORT.get(plain.lower(), bare), after)
    if found := said.day or (after and _end_of_month(plain, after)):
        return TypedDay(found, said.note or f"{bare!r} was read as {found}")
    raise ValueError(f"{_NO_DAY} ({said.why})" if said.why else _NO_DAY)


def _end_of_month(text: str, after: date) -> date | None:
    """The last day of the next such month, where nothing but its name stands there."""

    def end(year: int) -> date:
        if (period := period_written(f"{text} {year}")) is None:
            raise ValueError(text)
        return period.end

    try:
        return without_year(end, after) if text.isalpha() else None
    except ValueError:
        return None
