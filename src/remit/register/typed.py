"""Organisations as people type them: short names, abbreviations, sites, slips."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import repeat
from operator import mul
from typing import TYPE_CHECKING

from remit.catalogue.declared import packaged
from remit.model.organisation import Organisation, OrganisationType

if TYPE_CHECKING:
    from remit.model.typed_names import TypedNamesFile

_SWAPPED = 0.99
"""Letters of a code in another order: the commonest slip in typing one."""
_BEGUN = 0.95
"""A typed word that is the beginning of one in the name, or the first letters of the name."""
_SLIP = 0.8
"""A typed word counts as a slip for one of the name from this likeness on."""
_EXPLAINED = 0.85
"""How much of a likeness lies in what was typed; the rest, in how much of the name that is."""
_FEW = 0.1
"""How much less an abbreviation of one telling word says than one of many."""
_WRONG_KIND = 0.8
_CLOSED = 0.97
_LONGEST_ABBREVIATION = 12


@cache
def _words() -> TypedNamesFile:
    from remit.model.typed_names import TypedNamesFile

    (file,) = packaged("typed-names")
    return file.validate(TypedNamesFile)


def shortened() -> Mapping[str, str]:
    """Words as people shorten them, each with the whole one.

    >>> shortened()["notts"]
    'nottinghamshire'
    """
    return _words().short


def plain(name: str) -> str:
    """A name in small letters, with ``and`` for ``&``, and without points and apostrophes.

    >>> plain("St. George's & St Helier")
    'st georges and st helier'
    """
    words = re.sub(r"[.'’`]", "", name.lower().replace("&", " and "))
    return " ".join(re.sub(r"[^a-z0-9]+", " ", words).split())


def bare(name: str) -> str:
    """A plain name without its legal form, so that a short name finds the organisation.

    >>> bare("NHS Somerset Integrated Care Board"), bare("Barts Health NHS Trust")
    ('somerset', 'barts health')
    """
    words = plain(name)
    for ending in (" nhs foundation trust", " nhs trust", " integrated care board", " icb"):
        words = words.removesuffix(ending)
    return words.removeprefix("nhs ")


def initials(name: str) -> str:
    """The first letters of a bare name's words, without ``and``, ``of`` and the like.

    >>> initials("NHS Mid and South Essex Integrated Care Board")
    'mse'
    """
    return "".join(word[0] for word in bare(name).split() if word not in _words().filler)


def kind_said(name: str) -> OrganisationType | None:
    """The type of organisation that the legal form at the end of a name says, if it has one.

    >>> kind_said("NHS Somerset ICB"), kind_said("Somerset")
    (<OrganisationType.ICB: 'icb'>, None)
    """
    words = plain(name)
    if words.endswith((" icb", " integrated care board")):
        return OrganisationType.ICB
    return OrganisationType.TRUST if words.endswith((" trust", " ft")) else None


@dataclass(frozen=True)
class _Known:
    """An organisation with the words of all its names."""

    organisation: Organisation
    names: tuple[tuple[str, ...], ...]

    @cached_property
    def words(self) -> frozenset[str]:
        """Every word of any of its names."""
        return frozenset(word for name in self.names for word in name)


def all_names(organisation: Organisation) -> tuple[str, ...]:
    """Present and former names and aliases of an organisation."""
    former = (former.name for former in organisation.former_names)
    return (organisation.name, *organisation.aliases, *former)


class TypedNames:
    """All organisations, to be found by what somebody typed.

    Parameters
    ----------
    organisations
        Those that can be meant.
    """

    def __init__(self, organisations: Iterable[Organisation]) -> None:
        self._known = [_Known(one, _split_names(one)) for one in organisations]
        self._often = Counter(word for known in self._known for word in known.words)

    def likeness(self, text: str) -> Mapping[str, float]:
        """How like each organisation a text is, from 0 to 1, by code."""
        typed = self._typed(text)
        return {one.organisation.code: self._like(text, typed, one) for one in self._known}

    def explained(self, text: str, code: str) -> float:
        """How much of a text the present and former names of one organisation explain, 0 to 1."""
        known = next(one for one in self._known if one.organisation.code == code)
        own = {known.organisation.name, *(f.name for f in known.organisation.former_names)}
        names = tuple(_split(name) for name in own)
        return self._told(self._typed(text), _Known(known.organisation, names))

    # Words --------------------------------------------------------------------------------------

    def _typed(self, text: str) -> tuple[str, ...]:
        words = _words()
        joined = re.sub(r"\b(\w)&(\w)\b", r"\1and\2", text.lower())
        expanded = (words.short.get(word, word).split() for word in plain(joined).split())
        found = tuple(word for several in expanded for word in several)
        telling = tuple(word for word in found if word not in (*words.filler, *_kind_words()))
        return telling or found

    def _weight(self, word: str) -> float:
        """How telling a word is: the rarer among names, the more; an unknown one, the most."""
        weight = math.log(1 + len(self._known) / (1 + self._often.get(word, 0)))
        return weight / 4 if word in _words().general else weight

    # Likeness -----------------------------------------------------------------------------------

    def _like(self, text: str, typed: Sequence[str], known: _Known) -> float:
        organisation = known.organisation
        if text.strip().upper() in (organisation.ons_code, *organisation.former_ons_codes):
            return 1.0
        code = _code_likeness(text, organisation.code)
        if _is_code(text):
            return code
        told = self._told(typed, known)
        whole = max(self._covered(typed, name) for name in known.names)
        like = _EXPLAINED * told + (1 - _EXPLAINED) * whole
        if (kind := _kind(text)) is not None and kind is not organisation.type:
            like *= _WRONG_KIND
        return max(code if len(plain(text)) <= len(organisation.code) + 1 else 0.0, like) * (
            _CLOSED if organisation.closed else 1.0
        )

    def _told(self, typed: Sequence[str], known: _Known) -> float:
        """How much of what was typed the names of an organisation explain."""
        weights = [self._weight(word) for word in typed]
        told = map(_explained, typed, repeat(known))
        return sum(map(mul, weights, told)) / sum(weights) if weights else 0.0

    def _covered(self, typed: Sequence[str], name: Sequence[str]) -> float:
        """How much of one name what was typed says."""
        telling = [word for word in name if word not in _words().filler] or list(name)
        said = [self._weight(w) for w in telling if any(w.startswith(word) for word in typed)]
        share = sum(said) / sum(map(self._weight, telling))
        return max(share, *(_abbreviates(word, name) for word in typed), 0.0)


def _split(name: str) -> tuple[str, ...]:
    return tuple(plain(name).split())


def _split_names(organisation: Organisation) -> tuple[tuple[str, ...], ...]:
    sites = [organisation.site] if organisation.site else []
    return tuple(filter(None, map(_split, (*all_names(organisation), *sites))))


@cache
def _kind_words() -> frozenset[str]:
    return frozenset(_words().kinds[OrganisationType.ICB])


def _kind(text: str) -> OrganisationType | None:
    """The kind of organisation that a text names, if it does."""
    said = f" {plain(text)} "
    for kind, words in _words().kinds.items():
        if any(f" {word} " in said for word in words):
            return kind
    return None


def _is_code(text: str) -> bool:
    """Whether a text can only be a code: letters with digits among them."""
    return bool(re.fullmatch(r"(?=.*\d)[A-Za-z0-9]{2,9}", text.strip()))


def _code_likeness(text: str, code: str) -> float:
    from rapidfuzz.distance import JaroWinkler

    typed = text.strip().upper()
    if sorted(typed) == sorted(code):
        return _SWAPPED
    return JaroWinkler.similarity(typed, code)


def _explained(word: str, known: _Known) -> float:
    """How well one typed word is explained by the names of an organisation, from 0 to 1."""
    from rapidfuzz import fuzz

    if word in known.words:
        return 1.0
    begun = len(word) >= 3 and any(one.startswith(word) for one in known.words)
    if begun:
        return _BEGUN
    slip = max((fuzz.ratio(word, one) / 100 for one in known.words if len(one) > 3), default=0.0)
    best = slip * 0.9 if slip >= _SLIP and len(word) > 3 else 0.0
    if len(word) <= _LONGEST_ABBREVIATION:
        best = max(best, *(_BEGUN * _abbreviates(word, name) for name in known.names))
    return best


# Abbreviations ----------------------------------------------------------------------------------


def _abbreviates(word: str, name: Sequence[str]) -> float:
    """How well a word abbreviates a name, from 0 to 1.

    Each word of the name gives its beginning, or nothing; all letters must be used. What counts is
    how many of the telling words gave some: all three of a name say more than its only one.
    """
    words = _words()
    parts = [part for one in name for part in (words.compound.get(one, one)).split()]
    optional = [part in words.filler or part in words.general for part in parts]
    best = _spelt(word, parts, optional)
    telling = optional.count(False)
    if best < 0 or not telling:
        return 1.0 if best == 0 else 0.0
    return best / telling * (1 - _FEW / (1 + best))


def _spelt(word: str, name: Sequence[str], optional: Sequence[bool]) -> int:
    """The most telling words of a name that can spell a word between them; -1 if none do."""
    reached = {0: 0}
    for one, free in zip(name, optional, strict=True):
        step = dict(reached)
        for place, count in reached.items():
            for size in range(1, len(one) + 1):
                if not word.startswith(one[:size], place):
                    break
                step[place + size] = max(step.get(place + size, -1), count + (not free))
        reached = step
    return reached.get(len(word), -1)
