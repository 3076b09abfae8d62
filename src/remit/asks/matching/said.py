"""What the words of an ask say, apart from its columns: matter, telling words, names, periods."""

from __future__ import annotations

import calendar
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

from remit.asks.matching.cleaning import WordingRules, load_wording
from remit.asks.matching.entry_reader import EntryMatch, SaidWords, load_entry_reader
from remit.asks.matching.matters import MatterMatch, load_matters
from remit.asks.matching.periods import Span, read_spans
from remit.asks.matching.sorts import members_in
from remit.asks.matching.tokens import tokens
from remit.asks.matching.wants import Wants, read_wants
from remit.asks.matching.word_index import pairs_of, plain_stems
from remit.asks.senders.cues import CueFinder
from remit.catalogue import Glossary, load_glossary
from remit.model.ask import Ask

MOST_SPANS = 4
TOLD = "told"
"""What every period of the words is said to be: how it was worded is not kept."""

IN_TITLE, IN_TEXT, OF_TEAM = 2.0, 1.0, 0.5
"""What a word counts by where it stands."""

_CALENDAR = frozenset(name.lower() for name in (*calendar.month_abbr, *calendar.day_abbr) if name)
_YEAR = re.compile(r"(?<![\d/.])20[2-9]\d(?!\d)")


class Leaning(NamedTuple):
    """What speaks of tomorrow whatever the matter is."""

    ahead: int = 0
    """How many different words of a plan, a bid or a pilot; those of the title count double."""
    by_group: bool = False
    """Whether the title speaks of who waits: by deprivation or ethnicity."""
    year: int = 0
    """The last year that is named."""


class Said(NamedTuple):
    """What title and text say; nothing of the order in which they say it."""

    entries: tuple[EntryMatch, ...]
    """The entries of the catalogue that are nearest, best first."""
    matters: tuple[MatterMatch, ...]
    wants: Wants
    leaning: Leaning
    members: tuple[str, ...]
    """The members of declared sorts that are named (see ``sorts``)."""
    content: tuple[str, ...]
    """Stems of the words that tell something, each once, sorted; short forms spelled out."""
    title_content: tuple[str, ...]
    names: frozenset[str]
    """Words with a capital within a sentence, in lower case, but for months and days."""
    spans: tuple[Span, ...]
    """Periods, the most telling first."""


def read_said(asks: Sequence[Ask]) -> list[Said]:
    """What some asks say, read from their title and text."""
    return [
        one for start in range(0, len(asks), _TOGETHER) for one in _said(asks[start:][:_TOGETHER])
    ]


_TOGETHER = 256
"""So many asks are held against the catalogue in one go."""


class _Worded(NamedTuple):
    """The text of an ask, cleaned, and the tokens of its parts: short forms are spelled out."""

    text: str
    short: list[str]
    title_tokens: list[str]
    text_tokens: list[str]
    short_in_title: list[str]
    short_in_text: list[str]


def _said(asks: Sequence[Ask]) -> list[Said]:
    wording, glossary = load_wording(), load_glossary()
    worded = [_worded(ask, wording, glossary) for ask in asks]
    weighted = [_weighted(ask, one) for ask, one in zip(asks, worded, strict=True)]
    triples = zip(asks, worded, about_all(weighted), strict=True)
    return [_one(ask, one, near, wording) for ask, one, near in triples]


def _worded(ask: Ask, wording: WordingRules, glossary: Glossary) -> _Worded:
    text = wording.clean(ask.text)
    short = [" ".join(glossary.spelled_out(part)) for part in (ask.title, text)]
    return _Worded(text, short, *map(tokens, (ask.title, text, *short)))


def _one(ask: Ask, one: _Worded, near: Near, wording: WordingRules) -> Said:
    title_content = set(wording.content([*one.title_tokens, *one.short_in_title]))
    content = wording.content([*one.text_tokens, *one.short_in_text])
    return Said(
        *near,
        read_wants(ask.title, one.text),
        _leaning(ask.title, one.text),
        members_in(ask.title, one.text, *one.short),
        tuple(sorted(title_content.union(content))),
        tuple(sorted(title_content)),
        _names(f"{ask.title} {one.text}"),
        _spans(ask, f"{ask.title}. {one.text}"),
    )


Near = tuple[tuple[EntryMatch, ...], tuple[MatterMatch, ...]]


def about(words: Mapping[str, float], pairs: Sequence[str] = ()) -> Near:
    """The entries of the catalogue and the matters that weighted stems are about, best first."""
    return about_all([(words, pairs)])[0]


def about_all(asks: Sequence[SaidWords]) -> list[Near]:
    """The same of several asks, each with its weighted stems and its neighbouring stems."""
    entries = load_entry_reader().read_all(asks)
    return list(zip(entries, load_matters().read_all(asks, entries), strict=True))


def _weighted(ask: Ask, worded: _Worded) -> SaidWords:
    """The stems of an ask with what each counts, and its neighbouring stems."""
    counted: dict[str, float] = defaultdict(float)
    pairs: list[str] = []
    for part, weight in (
        (worded.title_tokens, IN_TITLE),
        (worded.text_tokens, IN_TEXT),
        ([*worded.short_in_title, *worded.short_in_text], IN_TEXT),
        (tokens(ask.from_team or ""), OF_TEAM),
    ):
        words = plain_stems(part)
        for word in words:
            counted[word] += weight
        pairs += pairs_of(words)
    return counted, pairs


def _leaning(title: str, text: str) -> Leaning:
    in_title, in_text = (_leaning_cues().found(part) for part in (title, text))
    ahead, more = (found.get("ahead", set()) for found in (in_title, in_text))
    years = [int(year) for year in _YEAR.findall(f"{title} {text}")]
    return Leaning(
        2 * len(ahead) + len(more - ahead),
        "by_group" in in_title,
        max(years, default=0),
    )


@cache
def _leaning_cues() -> CueFinder:
    content = load_matters().content
    return CueFinder({"ahead": content.ahead.words, "by_group": content.by_group})


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
