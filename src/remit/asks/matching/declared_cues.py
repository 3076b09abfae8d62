"""Cues that other rooms declare (functions of burden, national collections), found in a text."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache

from remit.asks.senders.cues import CueHeads, cue_pattern
from remit.catalogue import declared
from remit.model.intake import BurdenFile, FunctionWords
from remit.model.oversight import PlanFile


def count(cues: tuple[str, ...], text: str) -> int:
    """How many of the cues stand in a text."""
    return len({word.lower() for word in cue_pattern(cues).findall(text)}) if cues else 0


def functions_in(text: str, runs: Sequence[str]) -> dict[str, int]:
    """How many cues of each function stand in a text, of which the runs of letters are known.

    A cue is looked for only where a word stands with which it may begin.
    """
    if not text.isascii():
        return _named({one.id: count(one.words, text) for one in _functions()})
    lowered = text.lower()
    starts = [
        (start, at)
        for run in set(runs)
        for at in _functions_begun_by(run)
        for start in _starts(run, lowered)
    ]
    patterns = _function_patterns()
    ends = [0] * len(patterns)
    found: dict[int, set[str]] = {}
    for start, at in sorted(starts):
        if start >= ends[at] and (cue := patterns[at][1].match(lowered, start)):
            ends[at] = cue.end()
            found.setdefault(at, set()).add(cue.group())
    return {patterns[at][0]: len(found[at]) for at in sorted(found)}


def _starts(run: str, text: str) -> Iterable[int]:
    start = text.find(run)
    while start >= 0:
        yield start
        start = text.find(run, start + 1)


def _named(counts: dict[str, int]) -> dict[str, int]:
    return {name: count for name, count in counts.items() if count}


@lru_cache(maxsize=50_000)
def _functions_begun_by(run: str) -> tuple[int, ...]:
    """The places in ``_function_patterns`` of the functions of which a cue may begin so."""
    return tuple(at for at, (_, _, heads) in enumerate(_function_patterns()) if heads.begin(run))


def returns_in(runs: Sequence[str]) -> tuple[str, ...]:
    """The cues of a national collection in a text, as :func:`says` finds each of them."""
    if _return_heads().isdisjoint(runs):
        return ()
    found = f" {' '.join(runs)} "
    return tuple(sorted(cue for cue in _return_cues() if f" {cue.lower()} " in found))


@cache
def _return_heads() -> frozenset[str]:
    return frozenset(cue.lower().split(" ")[0] for cue in _return_cues())


@cache
def _function_patterns() -> tuple[tuple[str, re.Pattern[str], CueHeads], ...]:
    return tuple(
        (one.id, cue_pattern(one.words), CueHeads(one.words)) for one in _functions() if one.words
    )


@cache
def functions_mark() -> str:
    """By which the packaged functions are known."""
    return mark(_functions())


@cache
def returns_mark() -> str:
    """By which the packaged cues of national collections are known."""
    return mark(_return_cues())


@cache
def _functions() -> tuple[FunctionWords, ...]:
    (file,) = declared.packaged("burden")
    return file.validate(BurdenFile).functions


@cache
def _return_cues() -> tuple[str, ...]:
    return declared.packaged("oversight")[0].validate(PlanFile).national_collections.words


@lru_cache(maxsize=64)
def _mark_of(said: str) -> str:
    return hashlib.sha256(said.encode()).hexdigest()[:12]


def mark(of: object) -> str:
    """A short digest of anything with a telling ``repr``."""
    return _mark_of(repr(of))
