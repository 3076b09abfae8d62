"""Days and hours as people type them in a list of asks, and what was made of them."""

from __future__ import annotations

import re
from datetime import date, datetime
from functools import cache, partial
from typing import NamedTuple

from remit.asks.intake.open_days import is_weekday, without_year
from remit.catalogue import declared
from remit.model.excel_day import excel_day
from remit.model.intake import ColumnsFile
from remit.model.period import london_day

_DAYS = (
    "%d/%m/%Y",
    "%d/%m/%y",
    "%d-%m-%Y",
    "%d-%m-%y",
    "%d.%m.%Y",
    "%d.%m.%y",
    "%d %b %Y",
    "%d %B %Y",
    "%d-%b-%y",
    "%d-%b-%Y",
    "%d %b %y",
    "%d %B %y",
    "%B %d %Y",
    "%b %d %Y",
)
_WITHOUT_YEAR = ("%d %b %Y", "%d %B %Y", "%d/%m/%Y", "%B %d %Y", "%b %d %Y")
_ORDINAL = re.compile(r"\b(\d{1,2})(?:st|nd|rd|th)\b", re.IGNORECASE)
_WEEKDAY = re.compile(
    r"^(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\b[\s,.]*", re.IGNORECASE
)
_SMALL = re.compile(r"\b(?:of|the)\b|,", re.IGNORECASE)
_CLOCK = re.compile(r"[\s,]+(?:at\s+)?\d{1,2}[:.]\d\d(?::\d\d)?(?:\s*[ap]m)?$", re.IGNORECASE)

_NUMBER = r"(\d+(?:\.\d+)?|\.\d+)"
_OF_HOURS = r"(?:h|hr|hrs|hour|hours)"
_OF_MINUTES = r"(?:m|min|mins|minute|minutes)"
_PLAIN = re.compile(rf"{_NUMBER}\s*{_OF_HOURS}?")
_BOTH = re.compile(rf"(\d+)\s*{_OF_HOURS}\s*(?:and\s*)?(\d{{1,2}})\s*{_OF_MINUTES}?")
_MINUTES = re.compile(rf"{_NUMBER}\s*{_OF_MINUTES}")
_TIME = re.compile(r"(?:(\d+) days?, )?(\d{1,3}):(\d\d)(?::(\d\d)(?:\.\d+)?)?")
_RANGE = re.compile(rf"{_NUMBER}\s*{_OF_HOURS}?\s*(?:-|–|to)\s*{_NUMBER}\s*({_OF_HOURS}|days?)?")
_WORKING = re.compile(
    r"(?:(half|quarter of|\d+(?:\.\d+)?)\s*(?:an?\s+)?|an?\s+(?:(half)\s+)?)?(?:working\s+)?days?"
)
_PARTS = {"half": 0.5, "quarter of": 0.25}
_AN_HOUR = {"an hour": 1.0, "half an hour": 0.5, "half hour": 0.5, "quarter of an hour": 0.25}
_MOST_HOURS = 2000
_NO_DAY = "no day that can be read; write 2025-06-30 or 30/06/2025"
_NO_HOURS = "no number of hours; write 2.5"


class TypedDay(NamedTuple):
    """A day, and what to say of how it was read; blank where it stands there plainly."""

    day: date | None
    note: str = ""


class TypedHours(NamedTuple):
    """Hours, and what to say of how they were read."""

    hours: float | None
    note: str = ""


def day(text: str, after: date | None = None) -> TypedDay:
    """A day as people write it in England; None for a blank.

    A moment with a time zone is the day in London. A day without a year is the next one, unless
    it has only just gone by; a date that is not the weekday beside it is none.

    Parameters
    ----------
    text
        What stands in the cell.
    after
        The day of receipt, from which a day without a year is the next.

    Raises
    ------
    ValueError
        If it is no day; the message says how to write one.

    Examples
    --------
    >>> day("2025-06-12T23:00:00Z").day, day("45812").day
    (datetime.date(2025, 6, 13), datetime.date(2025, 6, 4))
    """
    bare = " ".join(text.split()).removesuffix(" 00:00:00")
    if not bare:
        return TypedDay(None)
    try:
        return TypedDay(london_day(datetime.fromisoformat(bare)))
    except ValueError:
        pass
    if meant := excel_day(bare):
        return TypedDay(meant, f"a number by which Excel counts days was read as {meant}")
    plain = _CLOCK.sub("", bare)
    plain = " ".join(_SMALL.sub(" ", _ORDINAL.sub(r"\1", _WEEKDAY.sub("", plain))).split())
    weekday = named[0] if (named := _WEEKDAY.match(bare)) else ""
    found, whole = _in_a_form(plain), True
    if found is None and after is not None:
        found, whole = _next(plain, after), False
    if found is None:
        raise ValueError(_NO_DAY)
    if not is_weekday(found, weekday):
        raise ValueError(f"{found} is a {found:%A}, not a {weekday.strip(' ,.')}")
    if whole:
        return TypedDay(found)
    return TypedDay(found, f"{bare!r} has no year and was read as {found}, the next after it")


def _in_a_form(text: str) -> date | None:
    for form in _DAYS:
        try:
            return datetime.strptime(text, form).date()
        except ValueError:
            continue
    return None


def _next(text: str, after: date) -> date | None:
    """The next such day from the one of receipt on; None where one has only just gone by."""
    between = "/" if "/" in text else " "
    for form in _WITHOUT_YEAR:
        try:
            return without_year(partial(_in_year, text + between, form), after)
        except ValueError:
            continue
    return None


def _in_year(text: str, form: str, year: int) -> date:
    return datetime.strptime(f"{text}{year}", form).date()


def hours(text: str) -> TypedHours:
    """Hours as people write them (``2``, ``1h30``, ``4-6``, ``half a day``); None for a blank.

    Raises
    ------
    ValueError
        If they are no number of hours, or more than a working year.

    Examples
    --------
    >>> hours("1h30").hours, hours("02:00:00").hours, hours("4-6").hours
    (1.5, 2.0, 5.0)
    """
    bare = " ".join(text.lower().replace("½", " .5").split())
    bare = re.sub(r"(\d) \.5", r"\1.5", bare).removeprefix("~").removeprefix("about ").strip()
    if not bare:
        return TypedHours(None)
    found = _hours(bare.removeprefix("c. "))
    if found is None or not 0 <= (found.hours or 0) <= _MOST_HOURS:
        raise ValueError(_NO_HOURS)
    return found


def _hours(text: str) -> TypedHours | None:
    for read in (_plainly, _by_the_clock, _of_range, _of_working_days):
        if found := read(text):
            return found
    return None


def _plainly(text: str) -> TypedHours | None:
    if match := _PLAIN.fullmatch(text):
        return TypedHours(float(match[1]))
    return TypedHours(_AN_HOUR[text]) if text in _AN_HOUR else None


def _by_the_clock(text: str) -> TypedHours | None:
    """Hours with minutes: ``1h30``, ``90 min``, and a time of day, as Excel keeps hours."""
    if match := _TIME.fullmatch(text):
        days, whole, minutes, seconds = (int(part or 0) for part in match.groups())
        return TypedHours(round(days * 24 + whole + minutes / 60 + seconds / 3600, 4))
    if match := _BOTH.fullmatch(text):
        return TypedHours(round(int(match[1]) + int(match[2]) / 60, 4))
    match = _MINUTES.fullmatch(text)
    return TypedHours(round(float(match[1]) / 60, 4)) if match else None


def _of_range(text: str) -> TypedHours | None:
    match = _RANGE.fullmatch(text)
    if match is None:
        return None
    in_days = (match[3] or "").startswith("day")
    low, high = (float(part) * (working_day() if in_days else 1) for part in match.groups()[:2])
    middle = (low + high) / 2
    return TypedHours(middle, f"hours of {low:g} to {high:g} were read as {middle:g}")


def _of_working_days(text: str) -> TypedHours | None:
    match = _WORKING.fullmatch(text)
    if match is None:
        return None
    many, day_has = match[1] or match[2] or "1", working_day()
    found = (_PARTS[many] if many in _PARTS else float(many)) * day_has
    return TypedHours(
        found, f"{text!r} was read as {found:g} hours, by a working day of {day_has:g}"
    )


@cache
def working_day() -> float:
    """The hours of a working day, as they are declared."""
    (file,) = declared.packaged("intake")
    return file.validate(ColumnsFile).working_day_hours
