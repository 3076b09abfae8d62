"""An ask taken apart: whom it is about, of what, what is wanted, and for which period."""

from __future__ import annotations

import calendar
import re
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date, timedelta
from multiprocessing import get_context

from remit.asks.matching.cleaning import Wording, load_wording
from remit.asks.matching.lexicon import Lexicon, load_lexicon
from remit.asks.matching.periods import Span, read_spans
from remit.asks.matching.subjects import learn_subjects
from remit.asks.matching.tokens import tokens
from remit.model.ask import Ask

MOST_SPANS = 4
_CHANNEL_ASPECTS = {"meeting": "a-meeting", "site visit": "a-visit", "visit": "a-visit"}
_CALENDAR = frozenset(name.lower() for name in (*calendar.month_abbr, *calendar.day_abbr) if name)
_TITLE_GAP = ["."] * 3


@dataclass(frozen=True, slots=True)
class Frame:
    """What an ask says, by its facets."""

    ask: Ask
    subject: str
    terms: frozenset[int]
    """Positions of its terms in the lexicon."""
    title_terms: frozenset[int]
    content: tuple[str, ...]
    """Stems of the words that tell something."""
    title_content: tuple[str, ...]
    names: frozenset[str]
    """Names of wards, sites and schemes: words with a capital within a sentence."""
    spans: tuple[Span, ...]
    """Periods, the most telling first; the logged one last."""


def make_frames(asks: Sequence[Ask], workers: int = 1) -> list[Frame]:
    """The frames of all asks of a file; names of organisations are learnt from the whole.

    With several ``workers`` the texts are read in as many processes, which are started anew, so
    the caller's own module must be safe to import.
    """
    reader = learn_subjects(asks)
    subjects = [reader.subject(ask) for ask in asks]
    if workers < 2 or len(asks) < workers:
        return _joined(asks, subjects, _read(asks))
    size = min(_PORTION, -(-len(asks) // workers))
    portions = [asks[start : start + size] for start in range(0, len(asks), size)]
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        said = [one for portion in pool.map(_read, portions) for one in portion]
    return _joined(asks, subjects, said)


_PORTION = 2_500
"""How many asks a process reads at a time: few enough that all end at nearly the same time."""

# What a frame holds beside its ask and subject. The ask is not sent back: it is long, and known.
_Said = tuple[
    frozenset[int],
    frozenset[int],
    tuple[str, ...],
    tuple[str, ...],
    frozenset[str],
    tuple[Span, ...],
]


def _joined(asks: Sequence[Ask], subjects: Sequence[str], said: Sequence[_Said]) -> list[Frame]:
    triples = zip(asks, subjects, said, strict=True)
    return [Frame(ask, subject, *one) for ask, subject, one in triples]


def _read(asks: Sequence[Ask]) -> list[_Said]:
    lexicon, wording = load_lexicon(), load_wording()
    return [_said(ask, lexicon, wording) for ask in asks]


def _said(ask: Ask, lexicon: Lexicon, wording: Wording) -> _Said:
    text = wording.clean(ask.text)
    title = tokens(ask.title)
    rest = tokens(text)
    title_terms, terms = lexicon.find_in_ask(title, [*title, *_TITLE_GAP, *rest])
    title_content = wording.content(title)
    if aspect := _CHANNEL_ASPECTS.get((ask.channel or "").lower()):
        terms.add(lexicon.index[aspect])
    return (
        frozenset(terms),
        frozenset(title_terms),
        (*title_content, *wording.content(rest)),
        tuple(title_content),
        _names(f"{ask.title} {text}", ask),
        tuple(_spans(ask, f"{ask.title}. {text}")),
    )


# The capital first, for it is found quickest; what must stand before it is looked for behind it.
_NAME = re.compile(r"[A-Z](?<=[a-z,&] .)[a-z]{2,}\b")


def _names(text: str, ask: Ask) -> frozenset[str]:
    """Capitalised words that are neither of the recipient's name nor of the calendar."""
    own = (ask.to_org_name or "").lower()
    found = {name.lower() for name in _NAME.findall(" ".join(text.split()))}
    return frozenset(name for name in found if name not in own and name[:3] not in _CALENDAR)


def _spans(ask: Ask, text: str) -> list[Span]:
    received = ask.received_on or ask.due_on or ask.period_to
    spans = read_spans(text, received, ask.period_to) if received else []
    spans = [_whole_month(span) for span in spans[: MOST_SPANS - 1]]
    if ask.period_from and ask.period_to and ask.period_from <= ask.period_to:
        logged = _whole_month(Span(ask.period_from, ask.period_to, _LOGGED, "logged"))
        if all((logged.start, logged.end) != (span.start, span.end) for span in spans):
            spans.append(logged)
    return spans


_LOGGED = 99


def _whole_month(span: Span) -> Span:
    """A snapshot on the last day of a month stands for that month."""
    following = span.end + timedelta(days=1)
    if span.start == span.end and following.day == 1:
        return Span(date(span.end.year, span.end.month, 1), span.end, span.rank, span.said, True)
    return span
