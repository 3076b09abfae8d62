"""Cues of a codebook against a text: where they match, in time that grows with its length alone.

A cue is tried from its first word on, with the set of all places that it may have reached, so that
no text makes it go back and try again.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

_WORD = re.compile(r"[a-z0-9]+(?:['&][a-z]+)*")
_SENTENCE = re.compile(r"[.!?;:\n\r]+(?=\s|$)|[\n\r]+")
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_GAPS = {"..": 3, "...": 8}
_START = "^"
_LONGEST_STEM = 20
_MOST_WORDS = 80
"""Where a sentence has no end, one is made, so that none takes long."""


Sentence = tuple[str, ...]
"""The words of a sentence, in small letters."""


def sentences_of(text: str) -> list[Sentence]:
    """The sentences of a text; signs that are not seen part no word.

    >>> sentences_of("Don’t ask. A&E, again!")
    [("don't", 'ask'), ('a&e', 'again')]
    """
    found: list[Sentence] = []
    for said in _SENTENCE.split(plain_text(text)):
        words = _WORD.findall(said)
        found += [tuple(words[at : at + _MOST_WORDS]) for at in range(0, len(words), _MOST_WORDS)]
    return found


def plain_text(text: str) -> str:
    """A text as cues see it: small letters, plain marks, without signs that are not seen."""
    folded = unicodedata.normalize("NFKC", _UNSEEN.sub("", text)).casefold()
    bare = "".join(c for c in unicodedata.normalize("NFD", folded) if not unicodedata.combining(c))
    return bare.replace("’", "'").replace("‘", "'")


@dataclass(frozen=True, slots=True)
class _Atom:
    """One place of a cue: words, stems and sets of phrases, one of which stands there."""

    words: frozenset[str] = frozenset()
    stems: frozenset[str] = frozenset()
    phrases: tuple[tuple[_Atom, ...], ...] = ()
    gap: int = 0

    def fits(self, word: str) -> bool:
        return word in self.words or any(stem in self.stems for stem in stems_of(word))

    def keys(self) -> Iterator[str]:
        """What a word has among its :func:`keys_of` with which this may begin."""
        yield from self.words
        yield from (f"{stem}*" for stem in self.stems)
        for phrase in self.phrases:
            yield from phrase[0].keys()


@lru_cache(maxsize=20_000)
def stems_of(word: str) -> tuple[str, ...]:
    """All beginnings of a word, itself among them."""
    return tuple(word[:size] for size in range(1, min(len(word), _LONGEST_STEM) + 1))


@dataclass(frozen=True, slots=True)
class Cue:
    """One cue: parts that stand in one sentence, in any order."""

    said: str
    runs: tuple[tuple[bool, tuple[_Atom, ...]], ...] = field(repr=False)

    def found(self, sentence: Sentence) -> tuple[int, int] | None:
        """The first and the last word that match, or None where not every part does."""
        spans = []
        for first, atoms in self.runs:
            span = _span(atoms, sentence, only_first=first)
            if span is None:
                return None
            spans.append(span)
        return min(begin for begin, _ in spans), max(end for _, end in spans)


def _span(atoms: Sequence[_Atom], words: Sentence, *, only_first: bool) -> tuple[int, int] | None:
    for begin in range(1 if only_first else len(words)):
        ends = _ends(atoms, words, begin)
        if ends:
            return begin, min(ends)
    return None


def _ends(atoms: Sequence[_Atom], words: Sentence, begin: int) -> set[int]:
    """Where the atoms may end that begin at a word: the place behind the last one."""
    at = {begin}
    for atom in atoms:
        reached: set[int] = set()
        for place in at:
            if atom.gap:
                reached.update(range(place, min(place + atom.gap, len(words)) + 1))
                continue
            if place < len(words) and atom.fits(words[place]):
                reached.add(place + 1)
            for phrase in atom.phrases:
                reached |= _ends(phrase, words, place)
        at = reached
        if not at:
            break
    return at


def parse_cue(said: str, sets: Mapping[str, Sequence[str]]) -> Cue:
    """A cue as it is declared.

    >>> cue = parse_cue("fewer|less .. return*", {})
    >>> cue.found(sentences_of("We want fewer of these returns.")[0])
    (2, 6)
    """
    runs = []
    for run in said.split(" & "):
        parts = run.split()
        first = parts[0] == _START
        runs.append((first, tuple(_atoms(parts[first:], sets))))
    return Cue(said, tuple(runs))


def _atoms(parts: Sequence[str], sets: Mapping[str, Sequence[str]]) -> Iterator[_Atom]:
    for part in parts:
        if part in _GAPS:
            yield _Atom(gap=_GAPS[part])
        elif part.startswith("<"):
            yield _set(tuple(sets[part[1:-1]]))
        else:
            yield _alternatives(part.split("|"))


@lru_cache(maxsize=500)
def _set(phrases: tuple[str, ...]) -> _Atom:
    single = [one for phrase in phrases if " " not in phrase for one in phrase.split("|")]
    longer = tuple(tuple(_atoms(one.split(), {})) for one in phrases if " " in one)
    plain = _alternatives(single)
    return _Atom(plain.words, plain.stems, longer)


def _alternatives(said: Sequence[str]) -> _Atom:
    return _Atom(
        frozenset(one for one in said if not one.endswith("*")),
        frozenset(one[:-1] for one in said if one.endswith("*")),
    )
