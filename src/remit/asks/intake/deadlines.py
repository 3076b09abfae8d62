"""Which day a message sets as its deadline, where that is certain; else that it set one.

What may be meant in two ways is not guessed: a weekday that is today's, a day without a year that
has only just gone by, a date that is not the weekday beside it. Working days are not counted,
since bank holidays are not known here. Such a deadline is told, and its day stays blank.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from remit.asks.intake.open_days import WEEKDAYS, is_weekday, without_year
from remit.model.period import financial_year_of, last_day, quarter

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_LONGEST_WAIT = timedelta(days=400)
_WINDOW = 110
_GAP = 30
"""Characters that may stand between "by" and a date; words of time alone before another day."""

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_WEEKDAY = (
    r"(?:mon(?:day)?|tue(?:s|sday)?|wed(?:s|nesday)?|thu(?:r|rs|rsday)?|fri(?:day)?|"
    r"sat(?:urday)?|sun(?:day)?)\b\.?"
)
_LEAD = re.compile(
    r"\b(?:due(?: by| on)?|deadline(?: is| of)?|before|no later than|not later than|within|"
    r"return(?:ed)? by|by|until|cop|cob|eod|close of (?:play|business))\b",
    re.IGNORECASE,
)
_HURRY = re.compile(r"\b(?:asap|as soon as possible)\b", re.IGNORECASE)
_ENDS = re.compile(
    r"(?<!p\.m)(?<!a\.m)(?<!mon)(?<!tue)(?<!tues)(?<!wed)(?<!thu)(?<!thur)(?<!thurs)(?<!fri)"
    r"[.!?;]\s|\n\s*\n",
    re.IGNORECASE,
)
_OF_TIME = (
    r"(?:[\s:,(-]|\b(?:the|at|on|is|latest|morning|of|next(?=\s+(?:\d|{some}))|close|play|business|"
    r"cop|cob|eod|noon|midday|midnight|lunchtime|first thing|"
    r"end of (?:play|business|(?:the )?(?:working )?day)|"
    r"\d{{1,2}}(?:[:.]\d\d)?\s*(?:am|pm|a\.m\.|p\.m\.|hrs|noon)|\d{{1,2}}[:.]\d\d|\d{{4}}\s*hrs)"
    r"(?![a-z]))*"
).format(some="|".join(_NUMBERS))

_PAST = date.min
"""What a reader gives for a day that has gone by: it is no deadline, and the next is looked for."""

Reader = Callable[[re.Match[str], date], date | None]


@dataclass(frozen=True, slots=True)
class SetDeadline:
    """The day that a message sets; ``unread`` are its words where they fix no certain day."""

    day: date | None = None
    unread: str = ""


def due_day(text: str, received: date | None) -> date | None:
    """The day that a text sets as its deadline, where it names one plainly.

    >>> due_day("Please reply by the end of next month.", date(2025, 6, 3))
    datetime.date(2025, 7, 31)
    """
    return deadline_in(text, received).day


def deadline_in(text: str, received: date | None) -> SetDeadline:
    """The first deadline in a text, or its words where no certain day can be read from them."""
    if received is None:
        return SetDeadline()
    for lead in _LEAD.finditer(text):
        window = _ENDS.split(text[lead.end() : lead.end() + _WINDOW], maxsplit=1)[0]
        found = _first_form(" ".join(window.split()))
        if found is None:
            continue
        match, reader = found
        day = reader(match, received)
        if day is None:
            return SetDeadline(unread=" ".join(match["said"].lower().split()).rstrip("."))
        if timedelta(0) <= day - received <= _LONGEST_WAIT:
            return SetDeadline(day)
    hurry = _HURRY.search(text)
    return SetDeadline(unread=hurry[0].lower() if hurry else "")


def _first_form(window: str) -> tuple[re.Match[str], Reader] | None:
    """The form that stands first after the word that leads to it; of several the fullest."""
    found = [
        (match, reader)
        for pattern, reader in _FORMS
        if (match := pattern.search(window)) and match.start("said") <= _GAP + len("Wednesday, ")
    ]
    return min(
        found,
        key=lambda one: (one[0].start("said"), -one[0].end("said")),
        default=None,
    )


# Dates -------------------------------------------------------------------------------------------


def _dated(match: re.Match[str], received: date) -> date | None:
    """A date with or without its year, held against the weekday beside it."""
    parts = match.groupdict()
    day: date | None
    number = parts.get("number")
    month = int(number) if number else _place(parts["month"], _MONTHS) + 1
    year = parts.get("year")
    try:
        if year:
            day = date(int(year) + (2000 if len(year) == 2 else 0), month, int(parts["day"]))
        else:
            day = without_year(lambda in_year: date(in_year, month, int(parts["day"])), received)
    except ValueError:
        return None
    if day and not is_weekday(day, parts.get("weekday") or ""):
        return None
    return _PAST if day and day < received else day


def _place(text: str, names: tuple[str, ...]) -> int:
    return names.index(text[:3].lower())


def _nth(match: re.Match[str], received: date) -> date | None:
    """The 15th of this month or of the next, held against the weekday beside it."""
    number = int(match["day"])
    first = received.replace(day=1)
    months = [first, (first + timedelta(days=32)).replace(day=1)]
    there = [one for one in months if number <= last_day(one.year, one.month).day]
    days = [one.replace(day=number) for one in there if one.replace(day=number) > received]
    if not days or number == received.day or len(there) < len(months):
        return None
    if not is_weekday(days[0], match["weekday"] or ""):
        return None
    return days[0]


# Days from now on --------------------------------------------------------------------------------


def _near(match: re.Match[str], received: date) -> date:
    return received + timedelta(days="tomorrow" in match["said"].lower())


def _weekday(match: re.Match[str], received: date) -> date | None:
    """The coming such day; "next" only where no such day of this week is left."""
    ahead = (_place(match["weekday"], WEEKDAYS) - received.weekday()) % 7
    if ahead == 0:
        return None
    day, which = received + timedelta(days=ahead), (match["which"] or "").lower()
    same_week = received.weekday() + ahead < 7
    if (which == "next" and same_week) or (which == "this" and not same_week):
        return None
    return day + timedelta(days=7) if match["week"] else day


def _within(match: re.Match[str], received: date) -> date | None:
    """So many days, weeks or months on; working days and parts of a day fix no day."""
    some, unit = match["some"].lower(), match["unit"].lower().rstrip("s")
    if match["since"] or match["kind"]:
        return None
    number = (
        _NUMBERS.index(some) + 1 if some in _NUMBERS else 1 if some in {"a", "an"} else int(some)
    )
    if unit == "hour":
        return None if number % 24 else received + timedelta(days=number // 24)
    if unit == "month":
        return _months_on(received, number)
    return received + timedelta(days=number * {"day": 1, "week": 7, "fortnight": 14}[unit])


def _months_on(received: date, number: int) -> date:
    """The same day so many months on, or the last of a shorter month."""
    years, month = divmod(received.month - 1 + number, 12)
    last = last_day(received.year + years, month + 1)
    return last.replace(day=min(received.day, last.day))


# Ends --------------------------------------------------------------------------------------------


def _end(match: re.Match[str], received: date) -> date | None:
    """The last day of a week, month, quarter or year that is said plainly."""
    parts = {name: (value or "").lower() for name, value in match.groupdict().items()}
    if parts["quarter"]:
        return without_year(lambda year: quarter(_starts(year, parts), int(parts["quarter"])).end,
                             received)  # fmt: skip
    if parts["month"]:
        month = _place(parts["month"], _MONTHS) + 1
        if parts["year"]:
            day = last_day(int(parts["year"]), month)
            return day if day >= received else _PAST
        return without_year(lambda year: last_day(year, month), received)
    return _end_of(parts["span"], received, later=parts["which"] == "next")


def _starts(year: int, parts: dict[str, str]) -> int:
    """The financial year whose quarter ends in a calendar year: the fourth ends in the next."""
    return year - (parts["quarter"] == "4")


def _end_of(span: str, received: date, *, later: bool) -> date | None:
    if span.endswith("week"):
        friday = received + timedelta(days=4 - received.weekday() + 7 * later)
        return friday if received.weekday() < 4 or (later and received.weekday() < 5) else None
    if span.endswith("month"):
        on = _months_on(received.replace(day=1), int(later))
        return last_day(on.year, on.month)
    if span.endswith("quarter") and not later:
        month = received.month + (-received.month % 3)
        return last_day(received.year, month)
    if span == "calendar year" and not later:
        return date(received.year, 12, 31)
    if span == "financial year" and not later:
        return financial_year_of(received).end
    return None


def _unsure(match: re.Match[str], received: date) -> None:
    """Words of time that fix no day."""


# Forms -------------------------------------------------------------------------------------------


def _any(pattern: str) -> re.Pattern[str]:
    """A form that any words may stand before."""
    return re.compile(rf"\b(?P<said>{pattern})(?![a-z\d])", re.IGNORECASE)


def _timely(pattern: str) -> re.Pattern[str]:
    """A form that only words of time may stand before."""
    return re.compile(rf"^{_OF_TIME}\b(?P<said>{pattern})(?![a-z\d])", re.IGNORECASE)


_BESIDE = rf"(?:(?P<weekday>{_WEEKDAY}),?\s+(?:the\s+)?)?"
_FORMS: tuple[tuple[re.Pattern[str], Reader], ...] = (
    (_any(r"(?P<year>20\d\d)-(?P<number>\d\d)-(?P<day>\d\d)"), _dated),
    (
        _any(
            rf"{_BESIDE}(?P<day>\d{{1,2}})(?:/(?P<number>0?[1-9]|1[0-2])(?:/(?P<year>20\d\d|\d\d))?"
            r")(?!/)"
        ),
        _dated,
    ),
    (
        _any(rf"{_BESIDE}(?P<day>\d{{1,2}})\.(?P<number>0?[1-9]|1[0-2])\.(?P<year>20\d\d|\d\d)"),
        _dated,
    ),
    (
        _any(
            rf"{_BESIDE}(?P<day>\d\d)\.(?P<number>0[1-9]|1[0-2])"
            r"(?!\.?\d|\s*(?:%|per|points|am|pm|hrs|on\b))"
        ),
        _dated,
    ),
    (
        _any(
            rf"{_BESIDE}(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<month>{_MONTH})"
            r"(?:,?\s+(?P<year>20\d\d|19\d\d))?"
        ),
        _dated,
    ),
    (
        _any(
            rf"{_BESIDE}(?P<month>{_MONTH})\s+(?:the\s+)?(?P<day>\d{{1,2}})(?:st|nd|rd|th)?"
            r"(?:,?\s+(?P<year>20\d\d))?"
        ),
        _dated,
    ),
    (_timely(rf"{_BESIDE}(?P<day>\d{{1,2}})(?:st|nd|rd|th)"), _nth),
    (_timely(r"today|tonight|tomorrow"), _near),
    (
        _timely(
            rf"(?:(?P<which>this|next|coming|this coming)\s+)?(?P<weekday>{_WEEKDAY})"
            r"(?P<week>\s+week)?"
        ),
        _weekday,
    ),
    (
        _timely(
            rf"(?P<some>\d{{1,3}}|an?|{'|'.join(_NUMBERS)})\s+"
            r"(?P<kind>(?:full\s+)?(?:working|business)\s+)?(?:calendar\s+)?"
            r"(?P<unit>hours?|days?|weeks?|fortnights?|months?)(?P<since>\s+(?:of|from|after|before)"
            r"\s+(?!today|receipt|receiving|this|the date of this)\w+)?"
        ),
        _within,
    ),
    (
        _timely(
            r"(?:(?:the\s+)?(?:very\s+)?(?:end|last day)\s+(?:of\s+)?"
            r"(?:(?P<which>the|this|next)\s+)?"
            rf"(?:(?P<span>(?:financial |calendar )?(?:week|month|quarter|year))|"
            rf"q(?P<quarter>[1-4])|(?P<month>{_MONTH})(?:\s+(?P<year>20\d\d))?))"
        ),
        _end,
    ),
    (
        _timely(
            r"(?P<which>)(?P<quarter>)(?P<month>)(?P<year>)"
            r"(?P<span>(?:financial |calendar )?(?:month|quarter|year))[ -]end"
        ),
        _end,
    ),
    (
        _timely(
            r"asap|as soon as possible|(?:mid|early|late)[ -]\w+|christmas|easter|new year|"
            r"(?:the )?(?:first|last) working day|year[ -]end|"
            rf"(?:close|end) of (?:the )?(?:meeting|window)|(?:next|this) (?:week|month)|{_MONTH}"
        ),
        _unsure,
    ),
)
