"""What an ask wants, whatever it is about: counted numbers, or what only its recipient has."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from remit.asks.matching.tokens import in_digits
from remit.asks.senders.cues import cue_pattern
from remit.catalogue import declared
from remit.model.wants import WantsFile

MOST = 4
"""More cues than this say no more."""
_SIGNS = re.compile(
    r"%|\b\d+\+?[ -]?(?:ww|wks?|weeks?|w|days?|hours?|hrs?|h|months?|minutes?|mins?)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Wants:
    """How many different cues of each kind an ask has, up to ``MOST``."""

    numbers: int
    numbers_in_title: bool
    held: int
    narrative: int
    finer: int


def read_wants(title: str, text: str) -> Wants:
    """What a title and a text ask for.

    >>> read_wants("C diff", "How many cases in May, and why?").numbers
    2
    """
    cues, title = _declared(), in_digits(title)
    said = f"{title}. {in_digits(text)}"
    return Wants(
        _different(cues.numbers, said, _SIGNS),
        _different(cues.numbers, title, _SIGNS) > 0,
        _different(cues.held, said),
        _different(cues.narrative, said),
        _different(cues.finer, said),
    )


def _different(cues: tuple[str, ...], text: str, *more: re.Pattern[str]) -> int:
    found = {
        word.lower() for pattern in (cue_pattern(cues), *more) for word in pattern.findall(text)
    }
    return min(len(found), MOST)


@cache
def _declared() -> WantsFile:
    (file,) = declared.packaged("wants")
    return file.validate(WantsFile)
