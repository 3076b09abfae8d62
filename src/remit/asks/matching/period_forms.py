"""The ways in which people name a period, and the days that each means."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from remit.asks.matching.month_names import MONTH, month_number, year_near
from remit.asks.matching.period_cues import DAY, MONTH_CUES, MONTHS, YEARS
from remit.model.period import last_day, year_of


@dataclass(frozen=True, slots=True)
class SaidPeriod:
    """The parts of a wording that was found, and when the ask came."""

    parts: dict[str, str | None]
    received: date
    logged_end: date | None

    def text(self, *names: str) -> str:
        """The first of some parts that was said, or nothing."""
        return next((said for name in names if (said := self.parts.get(name))), "")

    def month(self, name: str = "m") -> int:
        """A month by its number."""
        said = self.text(name)
        return int(said) if said.isdigit() else month_number(said)

    def year(self, month: int, name: str = "y", ahead: bool = False) -> int:
        """The year of a month, which is near the day of the ask where it was left out."""
        said = self.text(name)
        return year_of(said) if said else year_near(month, self.received, self.logged_end, ahead)


Days = tuple[date, date]
Build = Callable[[SaidPeriod], Days | None]


def _financial(day: date) -> int:
    return day.year if day.month >= 4 else day.year - 1


def _range(said: SaidPeriod) -> Days:
    first, last = said.month("m1"), said.month("m2")
    ahead = said.text("ahead") != ""
    end_year = said.year(last, "y2", ahead)
    if said.text("y1") and not said.text("y2"):
        end_year = said.year(first, "y1") + (first > last)
    start_year = said.year(first, "y1") if said.text("y1") else end_year - (first > last)
    # "between January and March", said in May, looks back and not to the year after.
    if ahead and (date(start_year, first, 1) - said.received).days > _SOON:
        start_year, end_year = start_year - 1, end_year - 1
    return date(start_year, first, 1), last_day(end_year, last)


_SOON = 150
"""How many days ahead a range without a year may begin."""


def _one_month(said: SaidPeriod) -> Days | None:
    month = said.month()
    end = last_day(said.year(month), month)
    # "the June committee", said in May, is no period of a year ago.
    if not said.text("y") and (said.received - end).days > 240:
        return None
    return end.replace(day=1), end


def _until(said: SaidPeriod) -> Days:
    month = said.month() if said.text("m") else 12
    end = last_day(said.year(month, ahead=True), month)
    # "to end of April", said in May, looks back.
    if (end - said.received).days > 300:
        end = last_day(end.year - 1, month)
    if end < said.received:
        return date(end.year, month, 1), end
    return said.received.replace(day=1), end


def _day(said: SaidPeriod) -> Days:
    month = said.month()
    day = date(said.year(month), month, int(said.text("d")))
    return day, day


def _between(said: SaidPeriod) -> Days:
    end = _day(said)[1]
    month = said.month("m1")
    year = said.year(month, "y1") if said.text("y1") else end.year - (month > end.month)
    return date(year, month, int(said.text("d1"))), end


def _days_of_month(said: SaidPeriod) -> Days:
    month = said.month()
    year = said.year(month)
    return date(year, month, int(said.text("d1"))), date(year, month, int(said.text("d")))


def _week_ending(said: SaidPeriod) -> Days:
    end = _day(said)[1]
    return end - timedelta(days=6), end


def _week_beginning(said: SaidPeriod) -> Days:
    start = _day(said)[0]
    return start, start + timedelta(days=6)


def _since(said: SaidPeriod) -> Days | None:
    month = said.month()
    start = date(said.year(month), month, int(said.text("d") or 1))
    return (start, said.received) if (said.received - start).days <= 400 else None


def _last_week(said: SaidPeriod) -> Days:
    sunday = said.received - timedelta(days=said.received.weekday() + 1)
    return sunday - timedelta(days=6), sunday


def _quarter(said: SaidPeriod) -> Days:
    named = said.text("q", "w")
    number = int(named) if named.isdigit() else _ORDINALS[named]
    first = (3 * number) % 12 + 1
    named_year = said.text("y")
    year = year_of(named_year) + (number == 4) if named_year else said.year(first + 2)
    return date(year, first, 1), last_day(year, first + 2)


_COUNTED = "one two three four five six seven eight nine ten eleven twelve"
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "final": 4} | {
    word: number for number, word in enumerate(_COUNTED.split(), start=1)
}


def _last_quarter(said: SaidPeriod) -> Days:
    month, year = 3 * ((said.received.month - 1) // 3), said.received.year
    if month == 0:
        year, month = year - 1, 12
    return date(year, month - 2, 1), last_day(year, month)


def _year_to_month(said: SaidPeriod) -> Days | None:
    named = said.text("n", "w")
    number = int(named) if named.isdigit() else _ORDINALS[named]
    if not 1 <= number <= 12:
        return None
    month = (number + 2) % 12 + 1
    end = last_day(said.year(month), month)
    return date(_financial(end), 4, 1), end


def _half(said: SaidPeriod) -> Days:
    second = said.text("h") == "2" or said.text("w", "w2") == "second"
    month = 3 if second else 9
    end = last_day(said.year(month), month)
    return (date(end.year - 1, 10, 1) if second else date(end.year, 4, 1)), end


def _rolling(said: SaidPeriod) -> Days:
    month = said.month()
    end = last_day(said.year(month), month)
    start = end + timedelta(days=1)
    return start.replace(year=start.year - 1), end


def _financial_years(said: SaidPeriod) -> Days | None:
    first, tail = year_of(said.text("y1")), year_of(said.text("t1"))
    last = year_of(said.text("t2")) if said.text("t2") else tail
    return (date(first, 4, 1), date(last, 3, 31)) if first < last <= first + 10 else None


def _years_ahead(said: SaidPeriod) -> Days | None:
    year = year_of(said.text("y"))
    start = date(_financial(said.received) + 1, 4, 1)
    return (start, date(year, 12, 31)) if year > said.received.year else None


def _last_financial_year(said: SaidPeriod) -> Days:
    year = _financial(said.received)
    return date(year - 1, 4, 1), date(year, 3, 31)


def _past_year(said: SaidPeriod) -> Days:
    end = said.received.replace(day=1) - timedelta(days=1)
    start = end + timedelta(days=1)
    return start.replace(year=start.year - 1), end


def _last_month(said: SaidPeriod) -> Days:
    end = said.received.replace(day=1) - timedelta(days=1)
    return end.replace(day=1), end


@dataclass(frozen=True, slots=True)
class Form:
    """One way of naming a period, and what must stand in a text for it to be worth trying."""

    pattern: re.Pattern[str]
    build: Build
    cues: tuple[str, ...]
    words: tuple[str, ...]
    needs: frozenset[str]
    """Which of DAY, MONTHS and YEARS are written in it."""

    def is_cued(self, cues: frozenset[str]) -> bool:
        """Whether some cues allow this way."""
        return not cues.isdisjoint(self.cues) and self.needs <= cues

    @property
    def means_all_up_to_a_day(self) -> bool:
        """Whether a state on its last day may be meant."""
        return self.build is _until

    def has_word(self, text: str) -> bool:
        """Whether a text has one of the words that this way needs."""
        return not self.words or any(word in text for word in self.words)


def _form(pattern: str, build: Build, *cues: str, words: tuple[str, ...] = ()) -> Form:
    if "MONTH" in pattern or "DATE" in pattern:
        cues += MONTH_CUES
    needs = {DAY} if "DATE" in pattern else set()
    if "(?P<m1>MONTH)" in pattern:
        needs.add(MONTHS)
    if "(?P<t1>" in pattern:
        needs.add(YEARS)
    for name, part in _PARTS.items():
        pattern = pattern.replace(name, part)
    return Form(re.compile(pattern), build, cues, words, frozenset(needs))


_PARTS = {
    "DATE": r"(?P<d>\d{1,2})(?:st|nd|rd|th)? (?:of )?(?P<m>MONTH)\b(?:,? (?P<y>20\d\d))?",
    "SLASHED": r"(?P<d>\d{1,2})/(?P<m>1[0-2]|0?[1-9])(?:/(?P<y>YEAR))?\b",
    "WORD": r"two|three|four|five|six|seven|eight|nine|ten|eleven",
    "DASH": (
        r"\s*(?:-|–|to|and|until|through to|through|&|/|,)\s*"
        r"(?:the )?(?:end (?:of )?|close of )?"
    ),
    "MONTH": MONTH,
    "YEAR": r"(?:20)?\d\d",
    "TAIL": r"(?: '?(?P<y>20\d\d|2\d\b(?!\s*(?:%|/|-|week|day|to ))))?",
}

_WEEK_ENDING = ("w/e", "we ", "week ending", "week to")
_WEEK_BEGINNING = ("w/c", "wc ", "week commencing", "week beginning", "week of")

FORMS = (
    _form(
        r"(?:12|twelve)[ -]months?\b[^.;]{0,70}?\b(?:to|ending|until)\s+(?:the )?(?:end (?:of )?)?"
        r"(?P<m>MONTH)\bTAIL",
        _rolling,
        words=("12", "twelve"),
    ),
    _form(
        r"\b(?:year|12 months|twelve months) (?:up )?(?:to|ending|ended) (?:end )?(?:of )?"
        r"(?:31 )?(?P<m>MONTH)\bTAIL",
        _rolling,
        words=("year ", "months "),
    ),
    _form(
        r"\b(?P<d1>\d{1,2})(?:st|nd|rd|th)? (?P<m1>MONTH)(?: (?P<y1>20\d\d))?"
        r"\s*(?:-|–|to|and|until)\s*DATE",
        _between,
    ),
    _form(r"\b(?P<d1>\d{1,2})(?:st|nd|rd|th)? ?(?:-|–|to|and|&) ?DATE", _days_of_month),
    _form(
        r"(?P<ahead>between )?(?<![\d] )\b(?P<m1>MONTH)\b(?: (?P<y1>20\d\d|2\d\b))?"
        r"(?:,? MONTH\b)?DASH(?P<m2>MONTH)\b(?: (?P<y2>20\d\d|2\d\b(?!/)))?",
        _range,
    ),
    _form(r"\bsince DATE", _since, words=("since",)),
    _form(r"\bsince (?P<m>MONTH)\bTAIL", _since, words=("since",)),
    _form(
        r"\b(?P<m>MONTH)\b(?: (?P<y>20\d\d))?,? (?:to date|so far|onwards)\b",
        _since,
        words=("to date", "so far", "onwards"),
    ),
    _form(r"\b(?:w/?e|week ending|week to) (?:\w+day )?DATE", _week_ending, words=_WEEK_ENDING),
    _form(r"\b(?:w/?e|week ending|week to) SLASHED", _week_ending, "/", words=_WEEK_ENDING),
    _form(
        r"\b(?:w/?c|week commencing|week beginning|week of) (?:\w+day )?DATE",
        _week_beginning,
        words=_WEEK_BEGINNING,
    ),
    _form(
        r"\b(?:w/?c|week commencing|week beginning|week of) SLASHED",
        _week_beginning,
        "/",
        words=_WEEK_BEGINNING,
    ),
    _form(
        r"\b(?:q ?(?P<q>[1-4])|quarter (?P<w>[1-4]|one|two|three|four))\b"
        r"(?: (?:of )?(?P<y>YEAR)[/-]\d\d)?",
        _quarter,
        "q",
        "quarter",
    ),
    _form(r"\b(?P<w>first|second|third|fourth|final) quarter\b", _quarter, "quarter"),
    _form(r"\b(?:last|latest|previous|past) (?:full )?quarter\b", _last_quarter, "quarter"),
    _form(r"\bm(?P<n>1[0-2]|[1-9])\b", _year_to_month, "m"),
    _form(r"\bmonth (?P<n>\d{1,2}|WORD|one|twelve)\b", _year_to_month, "month", words=("month ",)),
    _form(r"\bfirst (?P<w>WORD) months\b", _year_to_month, "month", words=("first ",)),
    _form(r"\bh(?P<h>[12])\b", _half, "h"),
    _form(
        r"\b(?:(?P<w>first|second) )?half(?: of the)?[ -]year(?:ly)?\b|\bmid[ -]year\b"
        r"|\b(?P<w2>first|second) half of (?:the (?:financial )?year\b|(?:20)?\d\d/\d\d\b)",
        _half,
        "half",
        "year",
        words=("half", "mid"),
    ),
    _form(
        r"\b(?P<y1>(?:20)?2\d)(?:/|-)(?P<t1>(?:20)?[23]\d)\b(?!/)"
        r"(?:\s*(?:to|and|-|–)\s*(?:20)?\d\d[/-](?P<t2>\d\d)\b)?",
        _financial_years,
        "/",
        "-",
    ),
    _form(
        r"\b(?:to|until|through to|up to|by|from now to) (?:the )?(?:end (?:of )?)?"
        r"(?:(?P<m>MONTH)\b(?! \d{1,2}\b)TAIL|christmas)",
        _until,
        "christmas",
    ),
    _form(r"\bDATE", _day),
    _form(r"\bSLASHED(?!\s*(?:%|week))", _day, "/"),
    _form(r"\b(?P<m>MONTH)\bTAIL", _one_month),
    _form(
        r"\b(?:by|to|until|for) (?P<y>20[2-4]\d)\b",
        _years_ahead,
        "20",
        words=("by 20", "to 20", "until 20", "for 20"),
    ),
    _form(r"\blast week\b|\bpast week\b", _last_week, "week", words=("ast week",)),
    _form(
        r"\b(?:past|last) (?:year|12 months|twelve months)\b",
        _past_year,
        "year",
        "month",
        words=("ast year", "ast 12", "ast twelve"),
    ),
    _form(
        r"\blast month\b|\bprevious month\b",
        _last_month,
        "month",
        words=("last month", "previous month"),
    ),
    _form(
        r"\b(?:last|previous) financial year\b|\byear[- ]end (?:position|write)\b",
        _last_financial_year,
        "year",
        words=("financial year", "end position", "end write"),
    ),
)
LOOSE = 21
"""From this form on a wording may also be a deadline, and is then passed over."""

FORM_PATTERNS = tuple((form.pattern.pattern, form.build.__name__) for form in FORMS)
"""How periods are told from words, so that it is seen when a later version tells more."""
