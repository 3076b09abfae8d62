"""What an ask wants, whatever it is about: counted numbers, or what only its recipient has."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from remit.asks.matching.tokens import in_digits
from remit.asks.senders.cues import CueFinder
from remit.catalogue import declared
from remit.model.wants import WantsFile

_KINDS = ("numbers", "held", "narrative", "finer", "chases")
MOST = 4
"""More cues than this say no more."""
_SIGNS = re.compile(
    r"%|\b\d+\+?[ -]?(?:ww|wks?|weeks?|w|days?|hours?|hrs?|h|months?|minutes?|mins?)\b",
    re.IGNORECASE,
)


class Wants(NamedTuple):
    """How many different cues of each kind an ask has, up to ``MOST``."""

    numbers: int
    numbers_in_title: bool
    held: int
    narrative: int
    finer: int
    chases: int = 0


def read_wants(title: str, text: str) -> Wants:
    """What a title and a text ask for.

    >>> read_wants("C diff", "How many cases in May, and why?").numbers
    2
    """
    in_title, in_text = (_found(in_digits(part)) for part in (title, text))
    numbers, *others = (in_title[kind] | in_text[kind] for kind in _KINDS)
    return Wants(_most(numbers), bool(in_title["numbers"]), *map(_most, others))


def _most(cues: set[str]) -> int:
    return min(len(cues), MOST)


def _found(text: str) -> dict[str, set[str]]:
    """The different cues of each kind in a text; a figure with its unit is a number too."""
    found = _cues().found(text)
    signs = {sign.lower() for sign in _SIGNS.findall(text)}
    return {
        kind: found.get(kind, set()) | (signs if kind == "numbers" else set()) for kind in _KINDS
    }


def cue_words() -> tuple[str, ...]:
    """The cues of all kinds: they tell what is wanted of a matter, and nothing of the matter."""
    return tuple(cue for kind in _KINDS for cue in getattr(_content(), kind))


def is_cue(words: str) -> bool:
    """Whether some words are, or hold, a cue of any kind.

    >>> is_cue("REMINDER")
    True
    """
    return bool(_cues().found(words))


@cache
def _content() -> WantsFile:
    (file,) = declared.packaged("wants")
    return file.validate(WantsFile)


@cache
def _cues() -> CueFinder:
    return CueFinder({kind: getattr(_content(), kind) for kind in _KINDS})
