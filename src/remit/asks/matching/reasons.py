"""Why two asks are held to be the same or to overlap, in words."""

from __future__ import annotations

from collections.abc import Sequence

from remit.asks.matching.frames import Frame
from remit.asks.matching.periods import Span
from remit.asks.matching.vectors import LOGGED
from remit.catalogue import load_entries
from remit.model.ask import AskRelation
from remit.words.days import span_words
from remit.words.figures import number_words

_NEAR_BEST = 0.75
"""Entries that fit so well beside the best are what an ask is about too."""


def reason(first: Frame, second: Frame, relation: AskRelation, wording: float | None) -> str:
    """One sentence: what both ask, for which period, from whom, and how alike the wording is.

    Parameters
    ----------
    first, second
        The two asks.
    relation
        What they are held to be.
    wording
        Likeness of the words, 0 to 1; None where only others of the clique vouch for the pair.
    """
    spans = _compared(first.spans, second.spans)
    parts = [
        f"both ask {_matter(first, second)}{_period(*spans)}",
        f"from {_senders(first, second)}",
    ]
    if wording is None:
        parts.append("joined through a third ask that is like both")
    else:
        parts.append(f"wording {number_words(wording)} alike")
    parts.append(_period_words(*spans))
    if relation is AskRelation.OVERLAP and (differing := _differing(first, second)):
        parts.append(differing)
    if first.ask.to_org_code != second.ask.to_org_code:
        parts.append(f"both about {first.subject}, sent to different organisations")
    return "; ".join(parts)


def shared_matter(first: Frame, second: Frame) -> str:
    """What both are about, as the catalogue calls it; blank where they have no entry in common."""
    names, scores = load_entries(), _near(second)
    both = {name: score + scores[name] for name, score in _near(first).items() if name in scores}
    best = max(both, key=lambda name: (both[name], name), default="")
    return names[best].name if best in names else ""


def _near(frame: Frame) -> dict[str, float]:
    best = max((entry.score for entry in frame.entries), default=0.0)
    shares = {entry.id: entry.score / best for entry in frame.entries}
    return {name: share for name, share in shares.items() if share >= _NEAR_BEST}


def _matter(first: Frame, second: Frame) -> str:
    if shared := shared_matter(first, second):
        return f"for {shared}"
    titles = {*first.title_content, *second.title_content}
    common = {*first.content} & {*second.content}
    words = sorted(common, key=lambda word: (word not in titles, word))
    return f"the same in like words ({', '.join(words[:4])})" if words else "the same"


def _senders(first: Frame, second: Frame) -> str:
    a, b = first.ask, second.ask
    if a.from_body != b.from_body:
        return f"{a.from_body} and {b.from_body}"
    if a.from_team != b.from_team and a.from_team and b.from_team:
        return f"two teams of {a.from_body} ({a.from_team}, {b.from_team})"
    return f"{a.from_body} twice"


def _compared(
    first: Sequence[Span], second: Sequence[Span]
) -> tuple[Sequence[Span], Sequence[Span]]:
    """The periods that both texts name, else all: what was logged counts for less."""
    told = [[span for span in spans if span.said != LOGGED] for spans in (first, second)]
    return (told[0], told[1]) if all(told) else (first, second)


def _period(first: Sequence[Span], second: Sequence[Span]) -> str:
    common = {(s.start, s.end) for s in first} & {(s.start, s.end) for s in second}
    return f", {span_words(*sorted(common)[0])}" if common else ""


def _period_words(first: Sequence[Span], second: Sequence[Span]) -> str:
    if not first or not second:
        return "period not said in both"
    if {(s.start, s.end) for s in first} & {(s.start, s.end) for s in second}:
        return "same period"
    a, b = first[0], second[0]
    if a.start <= b.end and b.start <= a.end:
        return f"periods overlap ({span_words(a.start, a.end)}; {span_words(b.start, b.end)})"
    return f"other period ({span_words(a.start, a.end)}; {span_words(b.start, b.end)})"


def _differing(first: Frame, second: Frame) -> str:
    if first.leaning.by_group != second.leaning.by_group:
        return "cut by who waits in one only"
    return "a finer cut in one only" if bool(first.wants.finer) != bool(second.wants.finer) else ""
