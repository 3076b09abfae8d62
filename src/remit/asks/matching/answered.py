"""Asks whose answer is in a national publication or collection."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from remit.asks.matching.frames import Frame
from remit.asks.matching.lexicon import Lexicon, lexicon_file, load_lexicon
from remit.asks.matching.vectors import LOGGED
from remit.model.ask import AskAnswer
from remit.model.errors import DeclarationError
from remit.model.lexicon import AnsweringFile, AnsweringPublication, AnswerRule, Facet
from remit.words.figures import data_number

LEAST_CONFIDENCE = 0.5

_AHEAD = frozenset({"a-plan", "a-trajectory"})
"""What no publication holds; beside the numbers of a past period it leaves part of an answer."""
_NUMBERS = frozenset({"a-counts", "a-rate", "a-waits"})
_LEAST_DAYS = 14
_CORE = frozenset({"a-counts", "a-rate", "a-waits", "a-target", "a-demand", "a-occupancy"})


@dataclass(frozen=True, slots=True)
class _Candidate:
    publication: AnsweringPublication
    rule: AnswerRule
    confidence: float
    term: int


def answered(frames: Sequence[Frame]) -> list[AskAnswer]:
    """The asks that a national publication answers, with the publication and how sure.

    An ask that wants a plan, a visit, a bid or a cut that is not published is not answered.
    """
    lexicon = load_lexicon()
    found = (_best(frame, lexicon) for frame in frames)
    return [
        _answer(frame, best, lexicon)
        for frame, best in zip(frames, found, strict=True)
        if best is not None and best.confidence >= LEAST_CONFIDENCE
    ]


@cache
def load_answering() -> AnsweringFile:
    """The publications that answer asks, with every term they name checked.

    Raises
    ------
    DeclarationError
        If a rule names a term that the lexicon lacks.
    """
    file = lexicon_file("remit/answering/1")
    content = file.validate(AnsweringFile)
    known = load_lexicon().index
    faults = [
        file.fault(["publications", at, "answers", place], f"there is no term {name!r}")
        for at, publication in enumerate(content.publications)
        for place, rule in enumerate(publication.answers)
        for name in (*rule.terms, *rule.also, *rule.unless)
        if name not in known
    ]
    faults += [
        file.fault(["never_with"], f"there is no term {name!r}")
        for name in content.never_with
        if name not in known
    ]
    if faults:
        raise DeclarationError("\n".join(faults))
    return content


def _best(frame: Frame, lexicon: Lexicon) -> _Candidate | None:
    answering = load_answering()
    names = {lexicon.terms[term].id for term in frame.terms}
    if _numbers_come_first(frame, names, lexicon):
        names -= _AHEAD
    if names & set(answering.never_with) or _looks_ahead(frame):
        return None
    candidates = [
        candidate
        for publication in answering.publications
        if publication.daily or not _within_a_month(frame)
        for rule in publication.answers
        if not names.isdisjoint(rule.terms)
        and (candidate := _fits(publication, rule, names, frame, lexicon))
    ]
    return max(candidates, key=lambda one: one.confidence, default=None)


def _numbers_come_first(frame: Frame, names: set[str], lexicon: Lexicon) -> bool:
    """Whether numbers of a past period are wanted, and a plan only beside them."""
    received = frame.ask.received_on
    in_title = {lexicon.terms[term].id for term in frame.title_terms} & _AHEAD
    past = bool(frame.spans and received and frame.spans[0].end <= received)
    return past and not in_title and bool(names & _NUMBERS)


def _looks_ahead(frame: Frame) -> bool:
    """Whether the period runs on well after the ask: nothing is published of what is to come."""
    received = frame.ask.received_on
    return bool(frame.spans and received and (frame.spans[0].end - received).days > 60)


def _within_a_month(frame: Frame) -> bool:
    """Whether the words name a day or some days only, which monthly figures do not tell."""
    span = frame.spans[0] if frame.spans else None
    return bool(span and span.said != LOGGED and (span.end - span.start).days < _LEAST_DAYS)


def _fits(
    publication: AnsweringPublication,
    rule: AnswerRule,
    names: set[str],
    frame: Frame,
    lexicon: Lexicon,
) -> _Candidate | None:
    told = [name for name in rule.terms if name in names]
    if not told or names & set(rule.unless) or (rule.also and not names & set(rule.also)):
        return None
    matter = [term for term in frame.terms if lexicon.facets[term] is Facet.MATTER]
    in_title = any(lexicon.index[name] in frame.title_terms for name in told)
    # A term that is one of many is a mention, not the matter.
    share = len(told) / max(len(matter), 1)
    confidence = rule.confidence * (1.0 if in_title else 0.75 + 0.25 * min(1.0, 2 * share))
    return _Candidate(publication, rule, confidence, lexicon.index[told[0]])


def metrics_for(frame: Frame) -> tuple[str, tuple[str, ...]] | None:
    """The publication that answers an ask and the metrics of the catalogue that it wants."""
    lexicon = load_lexicon()
    best = _best(frame, lexicon)
    if best is None or best.confidence < LEAST_CONFIDENCE:
        return None
    names = (lexicon.terms[term].id for term in sorted(frame.terms))
    wanted = dict.fromkeys(m for name in names for m in best.rule.metrics.get(name, ()))
    return best.publication.name, tuple(wanted)


def _answer(frame: Frame, best: _Candidate, lexicon: Lexicon) -> AskAnswer:
    name = lexicon.terms[best.term].name
    return AskAnswer(
        frame.ask.ask_id,
        best.publication.name,
        data_number(best.confidence, 2),
        _coverage(frame, lexicon),
        f"asks for {name}, which {best.publication.name} holds",
    )


def _coverage(frame: Frame, lexicon: Lexicon) -> str:
    """``full`` where nothing but numbers is wanted, else ``part``."""
    wanted = {lexicon.terms[t].id for t in frame.terms if lexicon.facets[t] is Facet.ASPECT}
    return "full" if wanted <= _CORE else "part"
