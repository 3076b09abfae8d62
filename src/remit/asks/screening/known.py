"""Names that are known before a text is read: of its headers, and of the addresses in it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from remit.asks.screening.patterns import MAIL
from remit.asks.screening.spelling import folded
from remit.asks.screening.vocabulary import Kind, Vocabulary
from remit.asks.senders.cues import cue_pattern
from remit.model.intake import PersonalFile

PART = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_BRACKETS = re.compile(r"\([^()]{0,200}\)|\[[^\[\]]{0,200}\]")
_BEHIND = re.compile(r"\s(?:[|/–—-]|via|on behalf of)\s.*$", re.IGNORECASE)
_SHORTEST, _SHORTEST_REST = 2, 4
_MOST_INITIALS = 3
_MOST_WORDS = 4


@dataclass(slots=True)
class KnownNames:
    """Folded words that are names wherever they stand, and those that are only with a capital."""

    anywhere: set[str] = field(default_factory=set)
    capital: set[str] = field(default_factory=set)
    initials: set[str] = field(default_factory=set)
    """Initials of the people in the headers, as they would sign: ``SK``."""
    wards: bool = False
    """Whether wards are spoken of."""
    places: set[str] = field(default_factory=set)
    """Words of the organisations behind the addresses, which are no names."""

    @property
    def count(self) -> int:
        """How many words and initials are known."""
        return len(self.anywhere) + len(self.capital) + len(self.initials)

    @property
    def are_none(self) -> bool:
        """Whether no name is known."""
        return not (self.anywhere or self.capital or self.initials)


class NameReader:
    """Reads display names and addresses down to the words of people's names."""

    def __init__(self, words: PersonalFile, vocabulary: Vocabulary) -> None:
        self._offices = cue_pattern(words.offices)
        self._vocabulary = vocabulary
        self._too = words.listed("words_too") | words.listed("seasons") | words.listed("flowers")
        self._none = (
            words.listed("roles")
            | words.listed("titles")
            | words.listed("particles")
            | words.listed("body_words")
        )

    def known(self, names: Iterable[str], text: str) -> KnownNames:
        """The names in headers (``Siobhán Kelly <s.kelly@nhs.net>``) and in a text's addresses."""
        found = KnownNames()
        for name in names:
            self._add_header(found, name)
        for address in MAIL.findall(text) if "@" in text else ():
            self._add_address(found, address)
        found.places -= found.anywhere | found.capital
        return found

    def _add_header(self, found: KnownNames, name: str) -> None:
        addresses = MAIL.findall(name)
        bare = _BRACKETS.sub(" ", name)
        for address in addresses:
            self._add_address(found, address)
            bare = bare.replace(address, " ")
        bare = _BEHIND.sub("", " ".join(bare.split()))
        if any(map(str.isdigit, bare)) or self._offices.search(bare):
            return
        words = PART.findall(bare)
        for word in words:
            self._add(found, word, local=False)
        self._add_rest(found, words)
        first = "".join(word[0] for word in words).upper()
        if 1 < len(first) <= _MOST_INITIALS:
            found.initials.update({first, first[-1] + first[:-1], first[1:] + first[0]})
        if len(first) > _MOST_INITIALS:
            found.initials.add(first)

    def _add_rest(self, found: KnownNames, words: list[str]) -> None:
        """``Miller Quested``: an English word beside a name is the rest of the person's."""
        told = [folded(word) for word in words]
        if not 1 < len(told) <= _MOST_WORDS or not any(map(self._is_name, words)):
            return
        for base, word in zip(told, words, strict=True):
            plain = self._vocabulary.kind(word.title()) & Kind.DECLARED
            if len(base) > _SHORTEST and base not in self._none and not plain:
                found.capital.add(base)

    def _is_name(self, word: str) -> bool:
        """Whether a word is a name rather than anything else."""
        base, kind = folded(word), self._vocabulary.kind(word.title())
        if base in self._none:
            return False
        return base in self._too or not kind & Kind.KNOWN or bool(kind & Kind.FORENAME)

    def _add_address(self, found: KnownNames, address: str) -> None:
        local, _, domain = address.rpartition("@")
        found.places.update(folded(p) for p in re.split(r"[.-]", domain) if len(p) > _SHORTEST_REST)
        if self._offices.search(re.sub(r"[._+\d-]+", " ", local)):
            return
        for word in PART.findall(local.replace("_", " ")):
            self._add(found, word, local=True)
            rest = word[1:]
            if len(rest) >= _SHORTEST_REST and not self._vocabulary.kind(word) & Kind.KNOWN:
                self._add(found, rest, local=True)

    def _add(self, found: KnownNames, word: str, *, local: bool) -> None:
        base = folded(word)
        if len(base) < _SHORTEST or base in self._none:
            return
        kind = self._vocabulary.kind(word.title())
        if not kind & Kind.KNOWN or kind & Kind.ACRONYM:
            if len(base) > _SHORTEST or not local:
                found.anywhere.add(base)
                found.anywhere.update(
                    folded(p) for p in re.split("['’]", word) if len(p) > _SHORTEST
                )
        elif base in self._too or kind & Kind.NAMED:
            found.capital.add(base)
