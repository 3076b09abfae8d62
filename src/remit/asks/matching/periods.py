"""The period that an ask is about, read from its words in the light of the day it was received."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from remit.asks.matching.month_names import MONTH, last_day, mark_may, month_number, year_near


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of days, both included; ``rank`` says how telling the wording was (less: more)."""

    start: date
    end: date
    rank: int
    said: str
    snapshot: bool = False
    """Whether a state on the last day is meant (``at the end of June``), or all up to it."""

    def __reduce__(self) -> tuple[type[Span], tuple[date, date, int, str, bool]]:
        # A frozen class is else sent between processes field by field, which takes long.
        return Span, (self.start, self.end, self.rank, self.said, self.snapshot)


@dataclass(frozen=True, slots=True)
class _Said:
    """The parts of a wording that was found, and when the ask came."""

    parts: dict[str, str | None]
    received: date
    logged_end: date | None

    def text(self, *names: str) -> str:
        return next((said for name in names if (said := self.parts.get(name))), "")

    def month(self, name: str = "m") -> int:
        said = self.text(name)
        return int(said) if said.isdigit() else month_number(said)

    def year(self, month: int, name: str = "y", ahead: bool = False) -> int:
        said = self.text(name)
        return _year(said) if said else year_near(month, self.received, self.logged_end, ahead)


_Days = tuple[date, date]
_Build = Callable[[_Said], _Days | None]


def read_spans(text: str, received: date, logged_end: date | None = None) -> list[Span]:
    """All periods that a text names, the most telling first.

    Parameters
    ----------
    text
        Title and text of an ask.
    received
        The day it came; ``end of March`` is the March before it unless the words look ahead.
    logged_end
        The last day of the period as it was logged, which settles a year left out.
    """
    rest, cues = _around_cues(mark_may(text))
    spans: dict[_Days, Span] = {}
    for rank, form in _forms_for(frozenset(cues)):
        if not form.has_word(rest) or not (all_found := list(form.pattern.finditer(rest))):
            continue
        for found in all_found:
            start = found.start()
            if rank >= _LOOSE and _DEADLINE.search(rest[max(0, start - 32) : start]):
                continue
            days = _built(form.build, _Said(found.groupdict(), received, logged_end))
            if days and days[0] <= days[1]:
                before = rest[max(0, start - 22) : start]
                snapshot = (
                    days[0] == days[1]
                    or bool(_STATE.search(before))
                    or (form.build is _until and days[1] < received)
                )
                first = spans.get(days)
                # A title says "October" where the text says "at the end of October".
                if first is None or (snapshot and not first.snapshot):
                    rank_told = first.rank if first else rank
                    spans[days] = Span(*days, rank_told, found[0].strip(), snapshot)
        rest = _without(rest, all_found)
    return list(spans.values())


def _without(text: str, found: list[re.Match[str]]) -> str:
    """A text in which the places that were found are blotted out."""
    parts: list[str] = []
    end = 0
    for one in found:
        parts += [text[end : one.start()], "#" * len(one[0])]
        end = one.end()
    return "".join((*parts, text[end:]))


def _around_cues(text: str) -> tuple[str, set[str]]:
    """The parts of a text that may name a period, and their cues: the rest need not be read."""
    cues: set[str] = set()
    parts: list[str] = []
    end = 0
    for found in _CUE.finditer(text):
        cues.add(found[0])
        start = max(end, found.start() - _BEFORE_CUE)
        if start > end:
            parts.append(_GAP)
        end = max(end, found.end() + _AFTER_CUE)
        parts.append(text[start:end])
    around = "".join(parts)
    if not cues.isdisjoint(_MONTH_CUES):
        if _DAY_AND_MONTH.search(around):
            cues.add(_DAY)
        if len(_A_MONTH.findall(around)) > 1:
            cues.add(_MONTHS)
    if not cues.isdisjoint("/-") and _YEARS_JOINED.search(around):
        cues.add(_YEARS)
    return around, cues


@lru_cache(maxsize=4096)
def _forms_for(cues: frozenset[str]) -> tuple[tuple[int, _Form], ...]:
    """The ways of naming a period that some cues allow, each with its rank."""
    return tuple((rank, form) for rank, form in enumerate(_FORMS) if form.is_cued(cues))


def _built(build: _Build, said: _Said) -> _Days | None:
    """The days, or None where there is no such day (31 June), or none before year 1."""
    try:
        return build(said)
    except (ValueError, OverflowError):
        return None


_STATE = re.compile(r"\b(?:end|close|last day|at|as of|to)(?: of)?(?: the)?(?: month)? $")
_DEADLINE = re.compile(
    r"\b(?:by|due|before|deadline|clos(?:es?|ing)|later than|needed|respond|reply|response|until"
    r"|ends|stops|expires"
    r"|return(?:ed)? (?:is|by)|meeting)\b[^.;]{0,14}$"
)


def _year(text: str) -> int:
    return int(text) if len(text) == 4 else 2000 + int(text)


def _financial(day: date) -> int:
    return day.year if day.month >= 4 else day.year - 1


def _range(said: _Said) -> _Days:
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


def _one_month(said: _Said) -> _Days | None:
    month = said.month()
    end = last_day(said.year(month), month)
    # "the June committee", said in May, is no period of a year ago.
    if not said.text("y") and (said.received - end).days > 240:
        return None
    return end.replace(day=1), end


def _until(said: _Said) -> _Days:
    month = said.month() if said.text("m") else 12
    end = last_day(said.year(month, ahead=True), month)
    # "to end of April", said in May, looks back.
    if (end - said.received).days > 300:
        end = last_day(end.year - 1, month)
    if end < said.received:
        return date(end.year, month, 1), end
    return said.received.replace(day=1), end


def _day(said: _Said) -> _Days:
    month = said.month()
    day = date(said.year(month), month, int(said.text("d")))
    return day, day


def _between(said: _Said) -> _Days:
    end = _day(said)[1]
    month = said.month("m1")
    year = said.year(month, "y1") if said.text("y1") else end.year - (month > end.month)
    return date(year, month, int(said.text("d1"))), end


def _days_of_month(said: _Said) -> _Days:
    month = said.month()
    year = said.year(month)
    return date(year, month, int(said.text("d1"))), date(year, month, int(said.text("d")))


def _week_ending(said: _Said) -> _Days:
    end = _day(said)[1]
    return end - timedelta(days=6), end


def _week_beginning(said: _Said) -> _Days:
    start = _day(said)[0]
    return start, start + timedelta(days=6)


def _since(said: _Said) -> _Days | None:
    month = said.month()
    start = date(said.year(month), month, int(said.text("d") or 1))
    return (start, said.received) if (said.received - start).days <= 400 else None


def _last_week(said: _Said) -> _Days:
    sunday = said.received - timedelta(days=said.received.weekday() + 1)
    return sunday - timedelta(days=6), sunday


def _quarter(said: _Said) -> _Days:
    named = said.text("q", "w")
    number = int(named) if named.isdigit() else _ORDINALS[named]
    first = (3 * number) % 12 + 1
    named_year = said.text("y")
    year = _year(named_year) + (number == 4) if named_year else said.year(first + 2)
    return date(year, first, 1), last_day(year, first + 2)


_COUNTED = "one two three four five six seven eight nine ten eleven twelve"
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "final": 4} | {
    word: number for number, word in enumerate(_COUNTED.split(), start=1)
}


def _last_quarter(said: _Said) -> _Days:
    month, year = 3 * ((said.received.month - 1) // 3), said.received.year
    if month == 0:
        year, month = year - 1, 12
    return date(year, month - 2, 1), last_day(year, month)


def _year_to_month(said: _Said) -> _Days | None:
    named = said.text("n", "w")
    number = int(named) if named.isdigit() else _ORDINALS[named]
    if not 1 <= number <= 12:
        return None
    month = (number + 2) % 12 + 1
    end = last_day(said.year(month), month)
    return date(_financial(end), 4, 1), end


def _half(said: _Said) -> _Days:
    second = said.text("h") == "2" or said.text("w", "w2") == "second"
    month = 3 if second else 9
    end = last_day(said.year(month), month)
    return (date(end.year - 1, 10, 1) if second else date(end.year, 4, 1)), end


def _rolling(said: _Said) -> _Days:
    month = said.month()
    end = last_day(said.year(month), month)
    start = end + timedelta(days=1)
    return start.replace(year=start.year - 1), end


def _financial_years(said: _Said) -> _Days | None:
    first, tail = _year(said.text("y1")), _year(said.text("t1"))
    last = _year(said.text("t2")) if said.text("t2") else tail
    return (date(first, 4, 1), date(last, 3, 31)) if first < last <= first + 10 else None


def _years_ahead(said: _Said) -> _Days | None:
    year = _year(said.text("y"))
    start = date(_financial(said.received) + 1, 4, 1)
    return (start, date(year, 12, 31)) if year > said.received.year else None


def _last_financial_year(said: _Said) -> _Days:
    year = _financial(said.received)
    return date(year - 1, 4, 1), date(year, 3, 31)


def _past_year(said: _Said) -> _Days:
    end = said.received.replace(day=1) - timedelta(days=1)
    start = end + timedelta(days=1)
    return start.replace(year=start.year - 1), end


def _last_month(said: _Said) -> _Days:
    end = said.received.replace(day=1) - timedelta(days=1)
    return end.replace(day=1), end


@dataclass(frozen=True, slots=True)
class _Form:
    """One way of naming a period, and what must stand in a text for it to be worth trying."""

    pattern: re.Pattern[str]
    build: _Build
    cues: tuple[str, ...]
    words: tuple[str, ...]
    needs: frozenset[str]
    """Which of _DAY, _MONTHS and _YEARS are written in it."""

    def is_cued(self, cues: frozenset[str]) -> bool:
        return not cues.isdisjoint(self.cues) and self.needs <= cues

    def has_word(self, text: str) -> bool:
        return not self.words or any(word in text for word in self.words)


def _form(pattern: str, build: _Build, *cues: str, words: tuple[str, ...] = ()) -> _Form:
    if "MONTH" in pattern or "DATE" in pattern:
        cues += _MONTH_CUES
    needs = {_DAY} if "DATE" in pattern else set()
    if "(?P<m1>MONTH)" in pattern:
        needs.add(_MONTHS)
    if "(?P<t1>" in pattern:
        needs.add(_YEARS)
    for name, part in _PARTS.items():
        pattern = pattern.replace(name, part)
    return _Form(re.compile(pattern), build, cues, words, frozenset(needs))


_BEFORE_CUE, _AFTER_CUE, _GAP = 90, 50, " # "
_MONTH_CUES = ("jan", "feb", "mar", "apr", "mayo", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_CUE_WORDS = (*_MONTH_CUES, "quarter", "month", "half", "year", "week", "christmas")
# Each begins with a letter, for that is found quickest; the boundary is looked for behind it.
_CUE = re.compile(
    "|".join(rf"{word[0]}(?<!\w.){word[1:]}" for word in _CUE_WORDS)
    + r"|2(?<!\w.)0(?=\d\d)|q(?<!\w.)(?= ?[1-4])|h(?<!\w.)(?=[12]\b)|m(?<!\w.)(?=\d)"
    r"|/(?<=\d.)(?=\d)|-(?<=\d.)(?=\d)"
)
_DAY, _MONTHS, _YEARS = "day of a month", "two months", "two years joined"
_YEARS_JOINED = re.compile(r"\d[/-](?:20)?[23]\d\b(?!/)")
_A_MONTH = re.compile("|".join(_MONTH_CUES))
_DAY_AND_MONTH = re.compile(rf"\d(?:st|nd|rd|th)? ?(?:of )?(?:{'|'.join(_MONTH_CUES)})")

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

_FORMS = (
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
_LOOSE = 21
"""From this form on a wording may also be a deadline, and is then passed over."""

FORM_PATTERNS = tuple((form.pattern.pattern, form.build.__name__) for form in _FORMS)
"""How periods are told from words, so that it is seen when a later version tells more."""
