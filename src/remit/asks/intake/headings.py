"""What a heading of a list says: which column of asks it is, and in what it counts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import Literal, NamedTuple

from remit.catalogue import declared
from remit.model.intake import ColumnsFile

_BRACKETS = re.compile(r"[(\[{][^()\[\]{}]*[)\]}]")
_MARKS = re.compile(r"['’‘`´]")
_LONGEST = 60
"""Characters of a heading whose words are looked at; what is longer is a sentence."""


class Offer(NamedTuple):
    """A column that a heading may be; the lower the rank, the likelier."""

    rank: int
    column: str
    is_whole: bool
    """Whether a declared list, and no other, has the heading as a whole."""


_IN_BRACKETS, _BY_WORDS = 1_000, 2_000


@lru_cache(maxsize=5_000)
def offers(heading: str) -> tuple[Offer, ...]:
    """The columns that a heading may be, the likeliest first; each once.

    >>> [one.column for one in offers("Date rec’d")], offers("Hrs (est)")[0].column
    (['received_on'], 'hours_estimate')
    """
    found: dict[str, Offer] = {}
    for one in sorted(_all_offers(heading)):
        found.setdefault(one.column, one)
    return tuple(found.values())


def _all_offers(heading: str) -> Iterator[Offer]:
    aside = is_aside(heading)
    names = [(heading, 0)] if aside else [(heading, 0), (_written_out(heading), _IN_BRACKETS)]
    for name, worse in names:
        named = _whole_headings().get(folded(name), ())
        for column, rank in named:
            yield Offer(rank + worse, column, is_whole=len(named) == 1)
    if len(heading) <= _LONGEST and not aside:
        outside, inside = _tokens(_BRACKETS.sub(" ", heading)), _tokens(heading)
        for tokens, worse in ((outside, 0), (inside, 100)):
            for place, (column, phrases) in enumerate(_phrases().items()):
                if most := max((len(one) for one in phrases if _has(tokens, one)), default=0):
                    yield Offer(_BY_WORDS + worse - 20 * most + place, column, is_whole=False)


def is_declared(heading: str) -> bool:
    """Whether a declared list has a heading as a whole, in brackets and short forms or without."""
    there = _whole_headings()
    return folded(heading) in there or folded(_written_out(heading)) in there


def is_aside(heading: str) -> bool:
    """Whether a heading speaks of one's own work or of a state: ``Date closed``, ``RAG``."""
    tokens = _tokens(heading)
    return any(_has(tokens, _tokens(phrase)) for phrase in load_columns().aside)


def unit_of(heading: str) -> Literal["hours", "days", "weeks", "minutes"]:
    """In what a column of hours counts, as its heading says; hours where it says nothing.

    >>> unit_of("Effort (days)"), unit_of("Hrs (est)"), unit_of("Time taken, mins")
    ('days', 'hours', 'minutes')
    """
    tokens = set(_tokens(heading))
    if "hours" in tokens:
        return "hours"
    return next((u for u, words in load_columns().units.items() if tokens & set(words)), "hours")


@lru_cache(maxsize=10_000)
def folded(name: str) -> str:
    """A heading without case, spaces and marks."""
    return re.sub(r"[\W_]+", "", name.lower())


def _written_out(heading: str) -> str:
    return " ".join(_tokens(_BRACKETS.sub(" ", heading)))


def _tokens(heading: str) -> tuple[str, ...]:
    """The words of a heading in small letters, short forms written out."""
    short = load_columns().short
    bare = _MARKS.sub("", heading.lower())
    return tuple(short.get(word, word) for word in re.findall(r"[^\W_]+", bare))


def _has(tokens: Sequence[str], phrase: Sequence[str]) -> bool:
    size = len(phrase)
    return any(tokens[at : at + size] == phrase for at in range(len(tokens) - size + 1))


@cache
def _phrases() -> dict[str, tuple[tuple[str, ...], ...]]:
    return {
        column: tuple(_tokens(phrase) for phrase in phrases)
        for column, phrases in load_columns().words.items()
    }


@cache
def _whole_headings() -> dict[str, list[tuple[str, int]]]:
    """A heading without its marks → the columns that it may be, each with its rank there."""
    found: dict[str, list[tuple[str, int]]] = {}
    for column, synonyms in load_columns().columns.items():
        names = dict.fromkeys([folded(column), *(folded(name) for name in synonyms)])
        for rank, name in enumerate(names):
            found.setdefault(name, []).append((column, rank))
    return found


@cache
def load_columns() -> ColumnsFile:
    """The declared headings."""
    (file,) = declared.packaged("intake")
    return file.validate(ColumnsFile)
