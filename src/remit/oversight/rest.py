"""What else an ask asks, beside what a publication has: by name, so that it can stay by name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from remit.asks.matching.frames import Frame
from remit.asks.matching.word_index import plain_words
from remit.asks.senders.cues import cue_pattern
from remit.catalogue import declared, load_entries
from remit.model.ask import AskAnswer
from remit.model.entry import CatalogueEntry
from remit.model.wants import WantsFile

_BREAK = re.compile(
    r"[.;:?!,\n\u2022]+|\s[-\u2013]\s|\b(?:and|plus|with|together with|as well as|alongside)\b",
    re.IGNORECASE,
)
"""Where one thing that is asked for ends and the next begins."""
_LEAD = re.compile(
    r"^(?:please|kindly|could you|can you|would you|we would welcome|also|send|share|provide|give|"
    r"include|set out|us|me|your|our|the|a|an|any|all|for|of|to|then|both)\s+",
    re.IGNORECASE,
)
"""What goes before the name of a thing."""
_UNWANTED = re.compile(r"^\s*(?:no|not|without|nor)\b", re.IGNORECASE)
_SHORTER = re.compile(
    r"\b(?:weekly|week by week|(?:each|every|by|per) (?:week|day)|daily|day by day|hourly)\b",
    re.IGNORECASE,
)
"""Weeks and days, where figures come by months."""
_WORDS = 8
"""A name has no more words than this."""


def rest_of(frame: Frame, answer: AskAnswer | None, besides: tuple[str, ...]) -> tuple[str, ...]:
    """What an ask wants that its publication does not have, each by its name.

    Parameters
    ----------
    frame
        The ask, taken apart.
    answer
        What surely answers it, if anything does.
    besides
        Cues of what only the organisation can give, as the rules of plans declare them.

    Named are: what the catalogue says is not in the publication; topics and other publications
    that the ask names as well; and what only the organisation can give (reasons, plans, a finer
    cut). Where a person decided that it is answered whole, nothing is left.

    Examples
    --------
    ``rest_of(frame, answer, rules.content.besides)  # ("harm reviews",)``
    """
    if answer is None or (answer.decided_by == "person" and answer.coverage == "full"):
        return ()
    entry = load_entries()[answer.publication]
    named = [*_left_out(frame, entry), *_other_topics(frame, entry)]
    held = [said for said in _clauses(frame, entry, besides) if not _told_in(said, named)]
    finer = [said for said in _finer_in_time(frame, entry) if not _told_in(said, held)]
    return tuple(dict.fromkeys([*named, *held, *finer]))


def _left_out(frame: Frame, entry: CatalogueEntry) -> Iterator[str]:
    """What is often asked of the publication, is not in it, and is asked here."""
    for said in entry.not_in_it:
        if _is_asked(said.partition(" (")[0], frame):
            yield _as_asked(said, frame)


def _other_topics(frame: Frame, entry: CatalogueEntry) -> Iterator[str]:
    """What the ask names beside it: topics of which nothing is published, other publications."""
    own = _document(entry)
    for match in frame.entries:
        other = load_entries().get(match.id)
        if other is None or other.id == entry.id or other.repeats_others:
            continue
        called = (*other.spoken, other.id.upper())
        said = [one for one in called if _is_asked(one, frame) and set(plain_words(one)) - own]
        if said:
            yield _as_asked(max(said, key=len), frame)
        elif other.kind.answers and _is_named(other, own, frame):
            yield other.name


def _is_named(other: CatalogueEntry, own: frozenset[str], frame: Frame) -> bool:
    """Whether a publication's own name stands in an ask, at least what sets it apart."""
    name, asked = set(plain_words(other.name)), _stems(frame)
    apart = name - own
    return bool(apart) and apart <= asked and 2 * len(name & asked) >= len(name)


def _finer_in_time(frame: Frame, entry: CatalogueEntry) -> Iterator[str]:
    """Weeks or days of a publication that comes by months, quarters or years."""
    comes = (entry.cadence or "").lower()
    if comes.startswith(("month", "quarter", "annual")):
        found = _SHORTER.search(_text(frame))
        if found:
            yield f"figures by {'week' if 'week' in found[0].lower() else 'day'}"


def _clauses(frame: Frame, entry: CatalogueEntry, besides: tuple[str, ...]) -> Iterator[str]:
    """What only the organisation can give, in the ask's own words where they are kept in order."""
    ask, cues, own = frame.ask, _cues(besides), _document(entry)
    whole = ask.facets is None

    def cue_in(text: str) -> str:
        found = (one[0] for one in cues.finditer(text))
        # A single word of the publication's own is no cue; "list of patients" is one everywhere.
        return next((c for c in found if " " in c or not own.issuperset(plain_words(c))), "")

    for text in (ask.title, ask.text if whole else ""):
        for clause in _asked_clauses(text):
            if cue_in(clause) and (said := _named(clause)):
                yield said
    if not whole and (cue := cue_in(ask.text)):
        yield cue.lower()


def _asked_clauses(text: str) -> list[str]:
    """The pieces of a text, but for those that say what is not wanted."""
    return [clause for clause in _BREAK.split(text) if not _UNWANTED.match(clause)]


def _text(frame: Frame) -> str:
    """What an ask says, without what it does not want."""
    ask = frame.ask
    if ask.facets is not None:
        return f"{ask.title} {ask.text}"
    return " , ".join([*_asked_clauses(ask.title), *_asked_clauses(ask.text)])


def _named(clause: str) -> str:
    said = " ".join(clause.split())
    while (shorter := _LEAD.sub("", said)) != said:
        said = shorter
    words = said.split()
    return " ".join(words[:_WORDS]) + (" …" if len(words) > _WORDS else "")


def _told_in(said: str, named: Iterable[str]) -> bool:
    """Whether something is named already, in these words or in wider ones."""
    own = set(plain_words(said))
    return any(set(plain_words(one)) & own for one in named)


def _is_asked(said: str, frame: Frame) -> bool:
    """Whether a name stands in an ask: one word as it is, several by their stems.

    A short form stands there in capitals: SEND is not what is sent.
    """
    if " " in said:
        stems = set(plain_words(said))
        return bool(stems) and stems <= _stems(frame)
    text = _text(frame) if said.isupper() else _text(frame).lower()
    name = said if said.isupper() else said.lower().removesuffix("s")
    return re.search(rf"\b{re.escape(name)}s?\b", text) is not None


def _as_asked(said: str, frame: Frame) -> str:
    """A name as the ask has it: in the plural where that stands there, as one or as words."""
    text = _text(frame)
    found = re.search(rf"\b{re.escape(said.removesuffix('s'))}s?\b", text, re.IGNORECASE)
    if found:
        return said if said.isupper() else found[0].lower()
    last = said.rsplit(maxsplit=1)[-1]
    alone, several = (re.search(rf"\b{re.escape(word)}\b", text) for word in (last, f"{last}s"))
    return f"{said}s" if several and not alone else said


def _stems(frame: Frame) -> frozenset[str]:
    return frozenset(plain_words(_text(frame))).union(frame.content)


def _document(entry: CatalogueEntry) -> frozenset[str]:
    said = (entry.name, *entry.spoken, *(measure.says for measure in entry.measures), *entry.cuts)
    return frozenset(plain_words(" ".join(said)))


@cache
def _cues(besides: tuple[str, ...]) -> re.Pattern[str]:
    """The declared cues of what no publication holds: reasons, finer cuts, and what is besides."""
    (file,) = declared.packaged("wants")
    wants = file.validate(WantsFile)
    return cue_pattern((*wants.narrative, *wants.finer, *besides))
