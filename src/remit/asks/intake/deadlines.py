"""Which day a text sets as its deadline, where that is certain; else the words that set one.

A text may name several days: of a meeting, of a target, of a draft. The one that is taken stands
where something is asked for, behind words that lead to a deadline, and fixes one day. What was not
understood is told, and its day stays blank.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice

from remit.asks.intake.due_ends import ENDS, TIMES
from remit.asks.intake.due_forms import (
    DATES,
    DAYS,
    NO_CERTAIN_DAY,
    NO_SUCH_DAY,
    DueDay,
    DueForm,
    Unsure,
)
from remit.asks.intake.due_words import BEFORE_A_DAY, COUNT, WEEKDAY
from remit.asks.intake.working_days import UnknownYear

_LONGEST_WAIT = timedelta(days=400)
_WINDOW, _LOOKED_BACK, _NEAR = 110, 240, 60
_WORDS_SHOWN = 6
_MOST_LEADS = 300
"""Words that may lead to a day, of one text; a message that asks for something has a few."""

_VERB = (
    r"(?:repl(?:y|ies)|respon(?:d|ses?)|returns?|returned|submi(?:t|tted|ssions?)|sent|send|back)"
)
_PLAIN = re.compile(
    rf"\b(?:due(?:\s+(?:date(?:\s+is)?|by|on|in|back))?(?!\s+to\b)|(?:the\s+)?(?:closing|return)\s+date"
    rf"(?:\s+is)?|(?:closes?|closing)(?:\s+(?:on|at))?|"
    rf"deadline(?:\s+for\s+(?:\w+\s+){{1,4}}?(?=is\b|[:–-]))?(?:\s+(?:is|of))?(?!s)|"
    rf"(?:no|not)\s+later\s+than|not\s+after|on\s+or\s+before|at\s+the\s+latest\s+by|{_VERB}\s+by|"
    rf"(?:extended|moved|changed|brought\s+forward|put\s+back)\s+(?:from\s+[\w ]{{1,30}}?\s+)?to|"
    rf"(?:have|got)\s+until|by)(?![a-z])",
    re.IGNORECASE,
)
_TIGHT = re.compile(
    rf"\b(?:(?={COUNT}\s+(?:clear\s+|full\s+)?(?:working\s+|business\s+)?(?:days?|weeks?)\s+"
    r"(?:before|prior\s+to|ahead\s+of|in\s+advance\s+of|from\s+(?:today|now|tomorrow|receipt))\b)|"
    r"(?:needs?|wants?|requires?|expects?|have|receive)\s+(?:[\w'-]+\s+){1,4}?"
    rf"(?=today\b|tomorrow\b|tonight\b|early\b|mid\b|late\b|next\s+week\b|{WEEKDAY})|"
    r"(?:send|get|provide|share)\s+(?:[\w'-]+\s+){1,6}?(?=today\b|tomorrow\b|first\s+thing\b)|"
    r"(?:within|in(?=\s+(?:the\s+)?(?:w/?c|week\s|next\s|\S+\s+(?:(?:working|business|"
    r"calendar)\s+)?(?:days?|weeks?|months?|fortnight)\b|a\s+couple))|over\s+the(?=\s+next)|"
    rf"cop|cob|eod|close\s+of\s+(?:play|business)|"
    rf"(?:needed|required|wanted|expected|(?:need|want|have)\s+(?:it|this|that|them|these|"
    rf"your\s+\w+))"
    rf"(?:\s+back)?(?:\s+(?:for|on))?|"
    rf"{_VERB}(?:\s+(?:it|this|them|these))?(?:\s+to\s+(?:me|us))?(?:\s+(?:on|for))?|"
    rf"to\s+(?:me|us)(?:\s+(?:on|for))?)(?![a-z]))",
    re.IGNORECASE,
)
_WEAK = re.compile(
    rf"\b(?:before|ahead\s+of|prior\s+to|in\s+time\s+for|until|till|for(?=\s+{WEEKDAY}['’]s))"
    r"(?![a-z])",
    re.IGNORECASE,
)
_LEADS = re.compile(
    "|".join(
        f"(?P<{name}>{one.pattern})"
        for name, one in (("plain", _PLAIN), ("tight", _TIGHT), ("weak", _WEAK))
    ),
    re.IGNORECASE,
)
_NOW = re.compile(
    r"\b(?:please|pls|kindly|can|could|would|need\w*|must|grateful|cop|cob|deadline|due)\b",
    re.IGNORECASE,
)
"""What stands beside a time that is to be met on the day itself."""

_LEADS_TO_ALL = re.compile(
    r"(?:^within|^in|^over the|\bon|^cop|^cob|^eod|^close of \w+)$", re.IGNORECASE
)
"""Tight leads behind which any form may stand; behind a verb, a weekday alone."""

_NAMED_ALONE = re.compile(
    r"(?:(?:closing|return|due)\s+date(?:\s+is)?|due\s+(?:by|on)|deadline(?:\s+is|\s+for.*)?|"
    r"(?:no|not)\s+later\s+than)$",
    re.IGNORECASE | re.DOTALL,
)
"""Leads behind which nothing but a day can stand, so that what is not understood is shown."""

_HURRY = re.compile(
    r"\b(?:asap|a\.s\.a\.p\.?|as soon as (?:possible|you can|you are able)|soonest|"
    r"at (?:your|the) (?:very )?(?:earliest|first) (?:convenience|opportunity)|"
    r"(?:repl(?:y|ies)|respon[ds]\w*|send|return|submit)\b[^.!?\n]{0,40}"
    r"\b(?P<at_once>immediately|straight away|urgently|at once|by return))\b",
    re.IGNORECASE,
)
_ENDS = re.compile(
    r"(?<!p\.m)(?<!a\.m)(?<!mon)(?<!tue)(?<!tues)(?<!wed)(?<!thu)(?<!thur)(?<!thurs)(?<!fri)"
    r"[.!?;]\s|\n\s*\n",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"\b(?:please|pls|kindly|send|return\w*|repl(?:y|ies)|respon\w+|submi\w+|provide|supply|share|"
    r"complete\w*|confirm|let\s+(?:me|us)|need\w*|wants?|require[sd]?|deadline|due|grateful|(?:can|could|would)"
    r"\s+you|(?:to|with)\s+(?:me|us)|have\s+(?:it|this|them|these|until|your)|latest|later\s+than|"
    r"reach\s+(?:us|me|the)|arrive|clos(?:es?|ing)|"
    r"extended|expected|wanted|cop|cob|asap)\b",
    re.IGNORECASE,
)
_OF_OTHERS = re.compile(
    r"\b(?:recover|achiev\w+|eliminat\w+|clear(?:ed)?|deliver(?:ed|ing)?|reach(?:ed|ing)?\s+(?:\d|the\s+(?:standard|target))|improv\w+|"
    r"reduc\w+|increas\w+|meet(?:ing)?\s+the|go\s+live|open(?:ed|ing)?|in\s+place|fell|rose|risen|"
    r"fallen|grew|grown|finish(?:ed)?|trajector(?:y|ies)|target\w*|standard|will\s+be)\b",
    re.IGNORECASE,
)
"""What organisations do by a day, and no deadline of an answer."""

_STANDARD = re.compile(
    r"\b(?:patients?|pathways|people|cases|referrals?|waiting|waits?|waited|seen|treated|admitted|"
    r"diagnosed|discharged|started|completed|answered|closed|assessed|investigated|acknowledged|were|"
    r"was|are|is|be|met|performance|percentage|proportion|share|rate|number|standard|target|breach\w*|"
    r"rises?|risen|increases?|reductions?|changes?|growth|improvements?|falls?|drops?|"
    r"calls?|complaints|reviews|attendances|tests?|readmi\w+|re-admi\w+|died|deaths?)"
    r"[\s,():%]*$",
    re.IGNORECASE,
)
"""What stands before the days of a standard: ``seen within 18 weeks``."""

_GAP = re.compile(
    r"(?:(?:the|our|your|a|next|its|this|trust|public|\w+['’]s)\s+)*(?:[\w-]+\s+){0,3}?"
    r"(?:board|meeting|committee|deadline|date|panel|review|council|session|call|return)s?\b[^\d]{0,14}$",
    re.IGNORECASE,
)
"""What may stand between a lead and a date besides words of time."""


@dataclass(frozen=True, slots=True)
class SetDeadline:
    """The day that a text sets, and what to say of it."""

    day: date | None = None
    unread: str = ""
    """Its words, where they fix no certain day."""
    why: str = ""
    """Why they fix none."""
    note: str = ""
    """How the day was read, where that is more than reading."""

    @property
    def told(self) -> str:
        """What to say of it; empty where a day stands there plainly, or none is set.

        >>> SetDeadline(unread="by return", why="it fixes no certain day").told
        "due: 'by return' not understood (it fixes no certain day); due_on left blank"
        """
        if self.unread:
            why = f" ({self.why})" if self.why else ""
            return f"due: '{self.unread}' not understood{why}; due_on left blank"
        return self.note


@dataclass(frozen=True, slots=True)
class _Found:
    """What stands behind one lead."""

    found: SetDeadline
    asked: bool
    of_others: bool
    weak: bool

    @property
    def rank(self) -> tuple[bool, bool, bool, bool]:
        return (self.of_others, not self.asked, self.found.day is None, self.weak)


def due_day(text: str, received: date | None) -> date | None:
    """The day that a text sets as its deadline, where it names one plainly.

    >>> due_day("Please reply by the end of next month.", date(2025, 6, 3))
    datetime.date(2025, 7, 31)
    """
    return deadline_in(text, received).day


def due_in_cell(text: str, received: date | None) -> SetDeadline:
    """What a cell of a column of days due says in words; unread where it fixes no certain day.

    >>> due_in_cell("COP Thursday", date(2025, 6, 3)).day
    datetime.date(2025, 6, 5)
    >>> due_in_cell("Every Monday", date(2025, 6, 3)).unread
    'Every Monday'
    """
    return deadline_in(f"deadline: {' '.join(text.split())}", received)


def deadline_in(text: str, received: date | None) -> SetDeadline:
    """The deadline that a text sets, or its words where no certain day can be read from them.

    Parameters
    ----------
    text
        What was written.
    received
        The day on which it was; without it only dates with their year are read.

    Examples
    --------
    >>> deadline_in("The board is on 20 June. Please reply by 12 June.", date(2025, 6, 3)).day
    datetime.date(2025, 6, 12)
    """
    found = sorted(_all(text, received), key=lambda one: one.rank)
    if found:
        return found[0].found
    hurry = _HURRY.search(text)
    said = "" if hurry is None else hurry["at_once"] or hurry[0]
    return SetDeadline(unread=_shown(said), why=NO_CERTAIN_DAY if said else "")


def _all(text: str, received: date | None) -> Iterator[_Found]:
    for lead in islice(_LEADS.finditer(text), _MOST_LEADS):
        before = _ENDS.split(text[max(0, lead.start() - _LOOKED_BACK) : lead.start()])[-1]
        window = _ENDS.split(text[lead.end() : lead.end() + _WINDOW], maxsplit=1)[0]
        asked = _ASKS.search(f"{before}{lead[0]} {window}") is not None
        of_others = _OF_OTHERS.search(before[-_NEAR:]) is not None
        found = _behind(lead, " ".join(window.split()), before, received)
        if found is None or (of_others and not asked):
            continue
        alone = not before.strip()
        if not asked and not alone and (found.day is None or lead["tight"]):
            continue
        weak = lead["weak"] is not None or lead[0].lower().endswith("in")
        yield _Found(found, asked, of_others, weak)


def _behind(
    lead: re.Match[str], window: str, before: str, received: date | None
) -> SetDeadline | None:
    """What the words behind a lead come to; None where they set no deadline."""
    if lead[0].lower().endswith("in") and _STANDARD.search(before):
        return None
    found = _first_form(window, lead)
    if found is None:
        if not _NAMED_ALONE.search(lead[0]) or not re.search(r"\w", window):
            return None
        said = re.split(r"[,;(]", window.strip(" :-–"))[0].split()[:_WORDS_SHOWN]
        # As they are written: names are known by their capital letters.
        return SetDeadline(unread=" ".join(said).rstrip("."))
    match, form = found
    said = match["said"]
    if lead[0].lower().endswith("by") and said.lower().startswith("return"):
        said = f"by {said}"
    return _read(match, form, said, received)


def _read(match: re.Match[str], form: DueForm, said: str, received: date | None) -> SetDeadline:
    """The day of a form, where it is one that an answer can be due on."""
    if received is None and not match.groupdict().get("year"):
        return SetDeadline(unread=_shown(said), why="the day of receipt is not known")
    try:
        read: DueDay = form.read(match, received or date.min)
    except (Unsure, UnknownYear) as fault:
        return SetDeadline(unread=_shown(said), why=str(fault))
    except (ValueError, OverflowError):
        return SetDeadline(unread=_shown(said), why=NO_SUCH_DAY)
    if received is not None and read.day < received:
        return SetDeadline(unread=_shown(said), why="it lies before the day of receipt")
    if received is not None and read.day - received > _LONGEST_WAIT:
        return SetDeadline(unread=_shown(said), why="it lies more than 400 days ahead")
    note = f"due: '{_shown(said)}' was read as {read.day} ({read.note})" if read.note else ""
    return SetDeadline(read.day, note=note)


def _first_form(window: str, lead: re.Match[str]) -> tuple[re.Match[str], DueForm] | None:
    """The form that stands first after a lead; of several the fullest."""
    tight = lead["tight"] is not None
    found = [
        (match, form)
        for form in (*DATES, *DAYS, *ENDS)
        if (match := form.pattern.search(window)) and _fits(match, form, window, lead)
    ]
    beside = f"{lead.string[max(0, lead.start() - _NEAR) : lead.end()]} {window}"
    if not found and not tight and (lead.start() == 0 or _NOW.search(beside)):
        found = [(match, form) for form in TIMES if (match := form.pattern.search(window))]
    return min(
        found,
        key=lambda one: (one[0].start("said"), -one[0].end("said")),
        default=None,
    )


def _fits(match: re.Match[str], form: DueForm, window: str, lead: re.Match[str]) -> bool:
    """Whether a form can be what its lead leads to."""
    said, tight = lead[0].strip().lower(), lead["tight"] is not None
    if form.dated and not _may_follow(window[: match.start()], tight=tight):
        return False
    if tight and said and not _LEADS_TO_ALL.search(said):
        # "Reply Friday", but neither "send Friday's figures" nor "send the 31 May position".
        day_named = form.near or match.groupdict().get("weekday")
        possessive = window[match.end() : match.end() + 1] in {"'", "’"}
        return bool(day_named) and (not possessive or said.endswith("for"))
    return not (form.waits and said == "by")


def _may_follow(between: str, *, tight: bool) -> bool:
    """Whether a date may be the one that a lead leads to, by what stands between them."""
    if re.fullmatch(rf"{BEFORE_A_DAY}\W*", between, re.IGNORECASE):
        return True
    return not tight and len(between) <= _NEAR and _GAP.fullmatch(between) is not None


def _shown(said: str) -> str:
    return " ".join(said.lower().split()).rstrip(".")
