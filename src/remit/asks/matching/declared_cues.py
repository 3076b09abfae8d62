"""Cues that other rooms declare (functions of burden, national collections), found in a text."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import cache, lru_cache

from remit.asks.senders.cues import CueFinder, cue_pattern
from remit.catalogue import declared
from remit.model.intake import BurdenFile, FunctionWords
from remit.model.oversight import PlanFile


def count(cues: tuple[str, ...], text: str) -> int:
    """How many of the cues stand in a text."""
    return len({word.lower() for word in cue_pattern(cues).findall(text)}) if cues else 0


def functions_in(text: str) -> dict[str, int]:
    """How many different cues of each function stand in a text."""
    found = _function_cues().found(text)
    return {name: len(found[name]) for name in sorted(found)}


@cache
def _function_cues() -> CueFinder:
    return CueFinder({one.id: one.words for one in _functions()})


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
