"""What the words of an ask say, apart from its columns: terms, telling words, names, periods."""

from __future__ import annotations

import calendar
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from remit.asks.matching.cleaning import WordingRules, load_wording
from remit.asks.matching.lexicon import Lexicon, load_lexicon
from remit.asks.matching.periods import Span, read_spans
from remit.asks.matching.tokens import tokens
from remit.model.ask import Ask

MOST_SPANS = 4
TOLD = "told"
"""What every period of the words is said to be: how it was worded is not kept."""

_TITLE_GAP = ["."] * 3
_CALENDAR = frozenset(name.lower() for name in (*calendar.month_abbr, *calendar.day_abbr) if name)


@dataclass(frozen=True, slots=True)
class Said:
    """What title and text say; nothing of the order in which they say it."""

    terms: frozenset[int]
    """Positions of the terms in the lexicon."""
    title_terms: frozenset[int]
    content: tuple[str, ...]
    """Stems of the words that tell something, each once, sorted."""
    title_content: tuple[str, ...]
    names: frozenset[str]
    """Words with a capital within a sentence, in lower case, but for months and days."""
    spans: tuple[Span, ...]
    """Periods, the most telling first."""


def read_said(asks: Sequence[Ask]) -> list[Said]:
    """What some asks say, read from their title and text."""
    lexicon, wording = load_lexicon(), load_wording()
    return [_said(ask, lexicon, wording) for ask in asks]


def _said(ask: Ask, lexicon: Lexicon, wording: WordingRules) -> Said:
    text = wording.clean(ask.text)
    title = tokens(ask.title)
    rest = tokens(text)
    title_terms, terms = lexicon.find_in_ask(title, [*title, *_TITLE_GAP, *rest])
    title_content = set(wording.content(title))
    return Said(
        frozenset(terms),
        frozenset(title_terms),
        tuple(sorted(title_content.union(wording.content(rest)))),
        tuple(sorted(title_content)),
        _names(f"{ask.title} {text}"),
        _spans(ask, f"{ask.title}. {text}"),
    )


# The capital first, for it is found quickest; what must stand before it is looked for behind it.
_NAME = re.compile(r"[A-Z](?<=[a-z,&] .)[a-z]{2,}\b")


def _names(text: str) -> frozenset[str]:
    found = {name.lower() for name in _NAME.findall(" ".join(text.split()))}
    return frozenset(name for name in found if name[:3] not in _CALENDAR)


def day_read_by(ask: Ask) -> date | None:
    """The day in the light of which the periods of an ask's words are read."""
    return ask.received_on or ask.due_on or ask.period_to


def _spans(ask: Ask, text: str) -> tuple[Span, ...]:
    received = day_read_by(ask)
    spans = read_spans(text, received, ask.period_to) if received else []
    return tuple(
        whole_month(Span(span.start, span.end, span.rank, TOLD, span.snapshot))
        for span in spans[: MOST_SPANS - 1]
    )


def whole_month(span: Span) -> Span:
    """A snapshot on the last day of a month stands for that month."""
    if span.start == span.end != date.max and (span.end + timedelta(days=1)).day == 1:
        return Span(date(span.end.year, span.end.month, 1), span.end, span.rank, span.said, True)
    return span
