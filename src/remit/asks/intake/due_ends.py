"""Ends of weeks, months, quarters and years as deadlines, and words of time that fix no day."""

from __future__ import annotations

import re
from datetime import date, timedelta

from remit.asks.intake.due_forms import NO_CERTAIN_DAY, DueDay, DueForm, Unsure, months_on, timely
from remit.asks.intake.due_words import MONTH, TIME_ALONE, WEEKDAY, YEAR, month_in, year_in
from remit.asks.intake.open_days import without_year
from remit.model.period import financial_year, financial_year_of, last_day, quarter

_SHORTLY = "it went by shortly before; this year's or next year's may be meant"


def _end_of_month(match: re.Match[str], received: date) -> DueDay:
    month = month_in(match["month"])
    if match["year"]:
        return DueDay(last_day(year_in(match["year"]), month))
    found = without_year(lambda year: last_day(year, month), received)
    if found is None:
        raise Unsure(_SHORTLY)
    return DueDay(found)


def _end_of_quarter(match: re.Match[str], received: date) -> DueDay:
    """A quarter of the financial year; the fourth ends in the next calendar year."""
    number = int(match["quarter"])
    if match["begins"]:
        return DueDay(quarter(int(match["begins"]), number).end)
    found = without_year(lambda year: quarter(year - (number == 4), number).end, received)
    if found is None:
        raise Unsure(_SHORTLY)
    return DueDay(found)


def _end_of_year(match: re.Match[str], _: date) -> DueDay:
    """A year by its number: 2026, or the financial year 2025/26."""
    year = int(match["begins"])
    return DueDay(financial_year(year).end if match["ends"] else date(year, 12, 31))


def _end_of_span(match: re.Match[str], received: date) -> DueDay:
    """The week, month, quarter or year in which it was written, or the next."""
    span, later = match["span"].lower(), (match["which"] or "").lower() == "next"
    if span.endswith("week"):
        return _end_of_week(received, later=later)
    if span.endswith("month"):
        on = months_on(received.replace(day=1), int(later))
        return DueDay(last_day(on.year, on.month))
    if span.endswith("quarter"):
        on = months_on(received.replace(day=1), 3 * later)
        return DueDay(last_day(on.year, on.month + (-on.month % 3)))
    if later:
        raise Unsure("which year is meant is not said")
    return _this_year(span, received)


def _end_of_week(received: date, *, later: bool) -> DueDay:
    friday = received + timedelta(days=4 - received.weekday())
    if received.weekday() > 4:
        raise Unsure("it was written at a weekend")
    if later:
        return DueDay(friday + timedelta(weeks=1))
    return DueDay(friday, "the day of receipt" if friday == received else "")


def _this_year(span: str, received: date) -> DueDay:
    financial = financial_year_of(received).end
    if span.startswith("calendar"):
        return DueDay(date(received.year, 12, 31))
    if span.startswith(("financial", "fiscal")):
        return DueDay(financial)
    # From January to March nobody means December; before, either year may be meant.
    if received.month <= 3:
        return DueDay(financial, "the end of the financial year")
    raise Unsure("the financial or the calendar year may be meant")


def _this_day(_: re.Match[str], received: date) -> DueDay:
    """A time without a day is one of the day of receipt."""
    return DueDay(received, "the day of receipt, since a time is named and no day")


_END = r"(?:the\s+)?(?:very\s+)?(?:end|last day|close)(?:[\s-]+of)?[\s-]+(?:the\s+)?"
_SPANS = r"(?:(?:financial|fiscal|calendar)\s+)?(?:week|month|quarter|year)"
_HALF = r"(?:early|mid|late|the middle of|the (?:beginning|start) of|the \w+ half of)"
_ORDINALS = (
    r"(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|"
    r"\w+teenth|twentieth|thirtieth)"
)

ENDS: tuple[DueForm, ...] = (
    DueForm(
        timely(
            rf"(?:{_HALF}[\s-]+(?:this |next |the )?\w+|(?:next|this|the following) (?:week|month))"
        ),
        NO_CERTAIN_DAY,
        near=True,
    ),
    DueForm(timely(rf"{_END}(?P<month>{MONTH})(?:,?\s+(?P<year>{YEAR}))?"), _end_of_month),
    DueForm(
        timely(rf"{_END}(?:q|quarter\s+)(?P<quarter>[1-4])(?:,?\s+(?P<begins>20\d\d)[/-]\d\d)?"),
        _end_of_quarter,
    ),
    DueForm(
        timely(
            rf"{_END}(?:financial year\s+|fy\s*|calendar year\s+)?"
            r"(?P<begins>20\d\d)(?P<ends>[/-](?:20)?\d\d)?"
        ),
        _end_of_year,
    ),
    DueForm(timely(rf"{_END}(?:(?P<which>this|next)\s+)?(?P<span>{_SPANS})"), _end_of_span),
    DueForm(
        timely(
            r"(?:the\s+)?(?P<which>)(?P<span>(?:(?:financial|fiscal|calendar)\s+)?"
            r"(?:week(?!end)|month|quarter|year))[\s-]?end"
        ),
        _end_of_span,
    ),
    DueForm(
        timely(
            rf"asap|as soon as (?:possible|you can)|"
            r"return(?! (?:date|on)\b)(?: of (?:e-?mail|post))?|"
            r"(?:this |next |the |over the )?weekend|"
            r"(?:good friday|easter(?: monday| sunday)?|christmas(?: eve| day)?|boxing day|"
            r"new year(?:['’]s (?:eve|day))?|(?:the )?(?:\w+ )?bank holiday|half[ -]term|whitsun)|"
            rf"(?:next|this|the following) (?:quarter|year)|{MONTH}(?:\s+{YEAR})?|"
            rf"q[1-4]|(?:the )?(?:usual|normal|same|agreed|above) (?:date|day|time|deadline)|"
            rf"(?:the )?(?:first|last) (?:week|working day|{WEEKDAY})(?: (?:of|in) \w+)?|"
            r"(?:the )?(?:earliest|first) (?:opportunity|convenience)|"
            r"your (?:earliest )?convenience|"
            rf"the (?:twenty[- ]|thirty[- ])?{_ORDINALS}(?=\W*$|\W+(?:please|of|at)\b)|"
            r"(?:the )?(?:close|end) of (?:the )?\w+|"
            r"(?:the )?(?:next|coming) (?:meeting|board|committee)|"
            r"(?:working day|wd)\s*\d{1,2}|tbc|tba|ongoing|immediate(?:ly)?"
        ),
        NO_CERTAIN_DAY,
    ),
)

TIMES: tuple[DueForm, ...] = (DueForm(timely(rf"(?:{TIME_ALONE})"), _this_day),)
