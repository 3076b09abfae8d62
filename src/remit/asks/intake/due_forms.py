"""Dates as people write them for what is due, each with how it is read.

A reader gives a day, or says why the words fix none. What may be meant in two ways is not guessed.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta

from remit.asks.intake.due_words import (
    BEFORE_A_DAY,
    COUNT,
    MONTH,
    MONTH_NAMES,
    NTH,
    ORDINAL,
    WEEKDAY,
    YEAR,
    month_in,
    number_in,
    place_in,
    year_in,
)
from remit.asks.intake.open_days import WEEKDAYS, is_weekday, without_year
from remit.asks.intake.working_days import is_working_day, working_days_on
from remit.model.period import last_day
from remit.words.days import day_words

NO_CERTAIN_DAY = "it fixes no certain day"
NO_SUCH_DAY = "there is no such day"


class Unsure(ValueError):
    """These words fix no certain day; the message says why."""


@dataclass(frozen=True, slots=True)
class DueDay:
    """A day that was read, and what to say of how it was."""

    day: date
    note: str = ""


Reader = Callable[[re.Match[str], date], DueDay]


@dataclass(frozen=True, slots=True)
class DueForm:
    """A way of writing a day due.

    ``dated`` is a date, before which other words may stand; ``waits`` counts from now on;
    ``near`` is a weekday or tomorrow, which may follow a verb: ``reply Friday``.
    """

    pattern: re.Pattern[str]
    reader: Reader | str
    """How it is read, or why it fixes no day."""
    dated: bool = False
    waits: bool = False
    near: bool = False

    def read(self, match: re.Match[str], received: date) -> DueDay:
        """The day that was found.

        Raises
        ------
        Unsure
            If the words fix none.
        """
        if isinstance(self.reader, str):
            raise Unsure(self.reader)
        return self.reader(match, received)


# Dates -------------------------------------------------------------------------------------------


def _dated(match: re.Match[str], received: date) -> DueDay:
    """A date with or without its year, held against the weekday beside it."""
    parts = match.groupdict()
    month = int(parts["number"]) if parts.get("number") else month_in(parts["month"])
    day = _in_its_year(int(parts["day"]), month, parts.get("year"), received)
    weekday = parts.get("weekday") or ""
    if not is_weekday(day, weekday):
        raise Unsure(f"{day_words(day)} is a {day:%A}")
    return DueDay(day)


def _in_its_year(day: int, month: int, year: str | None, received: date) -> date:
    try:
        if year:
            return date(year_in(year), month, day)
        if (day, month) == (29, 2):
            return date(_year_of_next_february(received), month, day)
        found = without_year(lambda in_year: date(in_year, month, day), received)
    except ValueError:
        raise Unsure(_no_such_day(day, month, year, received)) from None
    if found is None:
        raise Unsure("it went by shortly before; this year's or next year's may be meant")
    return found


def _year_of_next_february(received: date) -> int:
    return received.year + (received.month > 2)


def _no_such_day(day: int, month: int, year: str | None, received: date) -> str:
    if not 1 <= month <= 12:
        return "there is no such month"
    if (day, month) == (29, 2):
        return f"{year_in(year) if year else _year_of_next_february(received)} has no 29 February"
    return f"there is no {day} {MONTH_NAMES[month - 1]}"


def _nth(match: re.Match[str], received: date) -> DueDay:
    """The 15th of this month or of the next, held against the weekday beside it."""
    number = int(match["day"])
    first = received.replace(day=1)
    months = [first, (first + timedelta(days=32)).replace(day=1)]
    if not all(1 <= number <= last_day(one.year, one.month).day for one in months):
        raise Unsure("not every month has that day")
    if number == received.day:
        raise Unsure("it is the day of receipt; a month later may be meant")
    day = next(one for one in (m.replace(day=number) for m in months) if one > received)
    if not is_weekday(day, match["weekday"] or ""):
        raise Unsure(f"{day_words(day)} is a {day:%A}")
    return DueDay(day)


def _of_a_week(match: re.Match[str], received: date) -> DueDay:
    """A week by its first or last day: ``w/c 15 June``, ``the end of w/c 15 June``."""
    found = _dated(match, received)
    if match["close"]:
        friday = found.day + timedelta(days=4 - found.day.weekday())
        return DueDay(friday, "the Friday of that week")
    return DueDay(found.day, "the day by which the week is named")


# Weekdays ----------------------------------------------------------------------------------------


def _weekday(match: re.Match[str], received: date) -> DueDay:
    """The coming such day; "next" only where no such day of this week is left."""
    which, named = (match["which"] or "").lower(), match["weekday"]
    ahead = (WEEKDAYS.index(named[:3].lower()) - received.weekday()) % 7
    on = received + timedelta(days=ahead)
    if match["week"] or match["weeks"]:
        if not ahead:
            raise Unsure("it is that day of the week; a week or two later may be meant")
        fortnight = (match["week"] or "").lower() == "fortnight"
        weeks = 2 if fortnight else number_in(match["weeks"] or "a")
        return DueDay(on + timedelta(weeks=weeks))
    if not ahead:
        later = received + timedelta(weeks=1)
        if "this" in which:
            raise Unsure("it is that day of the week")
        return DueDay(later, f"a week after the day of receipt, itself a {received:%A}")
    if which == "next" and received.weekday() + ahead < 7:
        raise Unsure(f"{day_words(on)} or {day_words(on + timedelta(weeks=1))} may be meant")
    return DueDay(on)


def _near(match: re.Match[str], received: date) -> DueDay:
    said = match["said"].lower()
    weeks = number_in(match["weeks"]) if match["weeks"] else 0
    if said.startswith(("today week", "tomorrow week")):
        weeks = 1
    return DueDay(received + timedelta(days="tomorrow" in said, weeks=weeks))


def _of_month(match: re.Match[str], received: date) -> DueDay:
    """The last Friday, or the first working day, of a month."""
    start = _month_meant(match, received)
    days = [start + timedelta(days=on) for on in range(last_day(start.year, start.month).day)]
    weekday = match["weekday"]
    of_kind = [
        one for one in days if (is_weekday(one, weekday) if weekday else is_working_day(one))
    ]
    place = place_in(match["nth"])
    if place > len(of_kind):
        raise Unsure("the month has no such day")
    return DueDay(of_kind[place if place < 0 else place - 1])


def _month_meant(match: re.Match[str], received: date) -> date:
    """The first day of the month that is named."""
    which = (match["which"] or "").strip().lower()
    if match["month"]:
        number, year = month_in(match["month"]), match["year"]
        if year:
            return date(year_in(year), number, 1)
        return date(received.year + (number < received.month), number, 1)
    first = received.replace(day=1)
    return (first + timedelta(days=32)).replace(day=1) if which == "next" else first


# Days from now on --------------------------------------------------------------------------------


def _within(match: re.Match[str], received: date) -> DueDay:
    """So many days, working days, weeks or months on; parts of a day fix no day."""
    if match["since"]:
        raise Unsure("it does not count from the day of receipt")
    number, unit = number_in(match["some"] or "a"), match["unit"].lower().rstrip("s")
    if unit == "hour":
        if number % 24 or match["kind"]:
            raise Unsure("it depends on the hour")
        return DueDay(received + timedelta(days=number // 24))
    return DueDay(_later(received, number, unit, working=bool(match["kind"])))


def _later(start: date, number: int, unit: str, *, working: bool) -> date:
    if unit == "month":
        return months_on(start, number)
    if working and unit == "day":
        return working_days_on(start, number)
    return start + timedelta(days=number * {"day": 1, "week": 7, "fortnight": 14}[unit])


def _counted_from(match: re.Match[str], received: date) -> DueDay:
    """So many days before or after a date: ``3 working days before the board on 12 June``."""
    mark = _dated(match, received).day
    before = (match["side"] or "before").lower() not in {"after", "from", "of"}
    number, unit = number_in(match["some"]), match["unit"].lower().rstrip("s")
    if unit == "hour":
        raise Unsure("it depends on the hour")
    day = _later(mark, -number if before else number, unit, working=bool(match["kind"]))
    return DueDay(day, f"counted from {day_words(mark)}")


def _next_working_day(_: re.Match[str], received: date) -> DueDay:
    return DueDay(working_days_on(received, 1))


def months_on(start: date, number: int) -> date:
    """The same day so many months on, or the last of a shorter month."""
    years, month = divmod(start.month - 1 + number, 12)
    last = last_day(start.year + years, month + 1)
    return last.replace(day=min(start.day, last.day))


# Forms -------------------------------------------------------------------------------------------


def dated(pattern: str) -> re.Pattern[str]:
    """A form that any words may stand before."""
    return re.compile(rf"\b(?P<said>{pattern})(?![a-z\d])", re.IGNORECASE)


def timely(pattern: str) -> re.Pattern[str]:
    """A form that only words of time may stand before."""
    return re.compile(rf"^{BEFORE_A_DAY}\b(?P<said>{pattern})(?![a-z\d])", re.IGNORECASE)


_BESIDE = rf"(?:(?P<weekday>{WEEKDAY}),?\s+(?:the\s+)?)?"
_IN_WORDS = (
    rf"{_BESIDE}(?P<day>\d{{1,2}}){ORDINAL}?[\s-]+(?:of\s+)?(?P<month>{MONTH})"
    rf"(?:,?[\s-]+(?P<year>{YEAR}|\d\d(?=\W*$)))?"
)
_FIGURES = r"(?P<day>\d{1,2})(?P<between>[/.-])(?P<number>0?[1-9]|1[0-2])(?P=between)"
_WEEK = r"w/?c|w/?e|week (?:commencing|beginning|starting|ending)"
_SPAN = (
    rf"(?P<some>{COUNT})\s+(?P<kind>(?:clear |full )?(?:working|business)\s+)?(?:clear |calendar )?"
)
_UNIT = r"(?P<unit>hours?|days?|weeks?|fortnights?|months?)(?:['’]s?)?(?:\s+time)?"
_NO_STANDARD = (
    r"(?!\s+(?:wait|breach|target|standard|pathway|clock|performance|position|backlog|list|rolling|"
    r"emergency|cancer|follow|old|plan|average|trend))"
)
"""What is said of the days of a standard, which are no deadline: ``52 week waits``."""
_RECEIPT = r"(?!today|now|receipt|receiving|this|the (?:date of (?:this|receipt)|receipt|request))"

DATES: tuple[DueForm, ...] = (
    DueForm(
        timely(
            rf"{_SPAN}{_UNIT}\s+(?:in advance of|(?P<side>before|prior to|ahead of|after|from|of))"
            rf"\s+(?:[a-z']+\s+){{0,6}}?{_IN_WORDS}"
        ),
        _counted_from,
    ),
    DueForm(
        timely(rf"(?P<close>(?:the )?end of (?:the )?)?(?:{_WEEK})[\s:]+(?:the\s+)?{_IN_WORDS}"),
        _of_a_week,
    ),
    DueForm(
        dated(
            rf"\d{{1,2}}{ORDINAL}?\s*(?:or|to|and|-|–|/)\s*\d{{1,2}}{ORDINAL}?\s+(?:of\s+)?{MONTH}"
        ),
        "it names two days",
        dated=True,
    ),
    DueForm(
        dated(r"\d{1,2}/\d{1,2}(?:/\d{2,4})?\s*(?:or|to|and|-|–)\s*\d{1,2}/\d{1,2}"),
        "it names two days",
        dated=True,
    ),
    DueForm(dated(r"(?P<year>20\d\d)[-/](?P<number>\d\d)[-/](?P<day>\d\d)"), _dated, dated=True),
    DueForm(dated(rf"{_BESIDE}{_FIGURES}(?P<year>20\d\d|\d\d)(?!/)"), _dated, dated=True),
    DueForm(
        dated(rf"{_BESIDE}(?P<day>\d{{1,2}})/(?P<number>0?[1-9]|1[0-2])(?!/)"), _dated, dated=True
    ),
    DueForm(
        dated(
            rf"{_BESIDE}(?P<day>\d\d)\.(?P<number>0[1-9]|1[0-2])"
            r"(?!\.?\d|\s*(?:%|per|points|am|pm|hrs|on\b))"
        ),
        _dated,
        dated=True,
    ),
    DueForm(dated(r"\d{1,2}/\d{1,2}/(?:20)?\d\d"), NO_SUCH_DAY, dated=True),
    DueForm(dated(_IN_WORDS), _dated, dated=True),
    DueForm(
        dated(
            rf"{_BESIDE}(?P<month>{MONTH})\s+(?:the\s+)?(?P<day>\d{{1,2}}){ORDINAL}?"
            rf"(?!\d)(?:,?\s+(?P<year>{YEAR}))?"
        ),
        _dated,
        dated=True,
    ),
)

DAYS: tuple[DueForm, ...] = (
    DueForm(timely(rf"{_BESIDE}(?P<day>\d{{1,2}}){ORDINAL}"), _nth),
    DueForm(
        timely(
            rf"(?:(?P<weeks>{COUNT})\s+weeks?\s+(?:on\s+|from\s+)?)?(?:today|tonight|tomorrow)"
            r"(?:\s+week\b)?"
        ),
        _near,
        near=True,
    ),
    DueForm(
        timely(
            rf"(?:(?P<weeks>{COUNT})\s+weeks?\s+(?:on\s+|from\s+)?)?"
            rf"(?:(?P<which>this|next|coming|this coming)\s+)?(?P<weekday>{WEEKDAY})"
            r"(?:\s+(?P<week>week|fortnight)\b)?"
        ),
        _weekday,
        near=True,
    ),
    DueForm(
        timely(
            rf"(?P<nth>{NTH})\s+(?:(?P<weekday>{WEEKDAY})|working day)\s+(?:of|in)\s+(?:the\s+)?"
            rf"(?:(?P<month>{MONTH})(?:\s+(?P<year>{YEAR}))?|(?P<which>this |next )?month)"
        ),
        _of_month,
    ),
    DueForm(
        timely(
            rf"{_SPAN}{_UNIT}(?P<since>\s+(?:(?:of|from|after|before|prior to|ahead of)\s+"
            rf"{_RECEIPT}\w+|before(?:hand)?|earlier|prior|after(?:wards)?))?"
            rf"{_NO_STANDARD}"
        ),
        _within,
        waits=True,
    ),
    DueForm(timely(r"next working day"), _next_working_day),
)


def date_in(text: str) -> date | None:
    """The first whole date in a text, such as the line of a header within a message.

    >>> date_in("Monday, June 2, 2025 9:15 AM"), date_in("2 June 2025 at 09:15:00 BST")
    (datetime.date(2025, 6, 2), datetime.date(2025, 6, 2))
    """
    found = [
        (match.start(), match, form)
        for form in DATES
        if form.dated and (match := form.pattern.search(text)) and match.groupdict().get("year")
    ]
    for _, match, form in sorted(found, key=lambda one: one[0]):
        with suppress(ValueError):
            return form.read(match, date.min).day
    return None
