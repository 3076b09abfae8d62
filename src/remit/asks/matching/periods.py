"""The period that an ask is about, read from its words in the light of the day it was received."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from remit.asks.matching.month_names import mark_may
from remit.asks.matching.period_cues import around_cues
from remit.asks.matching.period_forms import FORMS, LOOSE, Build, Days, Form, SaidPeriod


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
    rest, cues = around_cues(mark_may(text))
    spans: dict[Days, Span] = {}
    for rank, form in _forms_for(frozenset(cues)):
        if not form.has_word(rest) or not (all_found := list(form.pattern.finditer(rest))):
            continue
        for found in all_found:
            start = found.start()
            if rank >= LOOSE and _DEADLINE.search(rest[max(0, start - 32) : start]):
                continue
            days = _built(form.build, SaidPeriod(found.groupdict(), received, logged_end))
            if days and days[0] <= days[1]:
                before = rest[max(0, start - 22) : start]
                snapshot = (
                    days[0] == days[1]
                    or bool(_STATE.search(before))
                    or (form.means_all_up_to_a_day and days[1] < received)
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


@lru_cache(maxsize=4096)
def _forms_for(cues: frozenset[str]) -> tuple[tuple[int, Form], ...]:
    """The ways of naming a period that some cues allow, each with its rank."""
    return tuple((rank, form) for rank, form in enumerate(FORMS) if form.is_cued(cues))


def _built(build: Build, said: SaidPeriod) -> Days | None:
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
