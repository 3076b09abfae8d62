"""Short labels, such as a body or a team: whether one is a person's name."""

from __future__ import annotations

import re

from remit.asks.screening.known import PART
from remit.asks.screening.spelling import folded
from remit.asks.screening.vocabulary import Kind, Vocabulary
from remit.model.intake import PersonalFile

_PARTS = re.compile(r"\s[-–—]\s|[/|(),;:&+]|\s(?:and|via)\s")
_MOST_WORDS = 4


class Labels:
    """Tells the names of people from those of bodies and teams where little else stands."""

    def __init__(self, words: PersonalFile, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._too = words.listed("words_too") | words.listed("seasons") | words.listed("flowers")
        self._forenames = words.listed("forenames")
        self._body_words = words.listed("body_words")
        self._bodies = words.listed("body_words") | words.listed("roles")

    def is_person(self, label: str) -> bool:
        """Whether a label or a part of it is a person's: ``Grace Hall``, ``HR - Mark``."""
        parts = _PARTS.split(label)
        if self.is_body(parts[-1]):
            parts = [part for part in parts if not self._is_half(part)]
        if len(parts) > 1 and any(self._is_person(part) for part in parts):
            return True
        return self._is_person(label)

    def _is_half(self, part: str) -> bool:
        """``Ashcombe`` of ``Ashcombe and Tarn Hospitals``: one word that no list has as a name."""
        words = PART.findall(part)
        return len(words) == 1 and not self._vocabulary.kind(words[0].title())

    def _is_person(self, label: str) -> bool:
        words = PART.findall(label)
        if not words or len(words) > _MOST_WORDS:
            return False
        bases = [folded(word) for word in words]
        if any(base in self._bodies for base in bases):
            return False
        if len(label.strip(" .")) == 1 and label.strip(" .").isupper():
            return True
        kinds = [self._vocabulary.kind(word.title() if word.islower() else word) for word in words]
        if any(self._unknown(word, kind) for word, kind in zip(words, kinds, strict=True)):
            return True
        if len(words) == 1:
            return self._given(bases[0], kinds[0])
        ends = ((0, -1), (-1, 0))
        return any(
            self._given(bases[given], kinds[given]) and self._family(bases[family], kinds[family])
            for given, family in ends
        ) or self._initialled(words, kinds)

    def is_body(self, label: str) -> bool:
        """Whether a label has a word for a body in it, such as hospital or council."""
        return any(folded(word) in self._body_words for word in PART.findall(label))

    @staticmethod
    def _unknown(word: str, kind: int) -> bool:
        return len(word) > 1 and not kind & Kind.KNOWN

    def _given(self, base: str, kind: int) -> bool:
        if kind & (Kind.DECLARED | Kind.ACRONYM):
            return base in self._too and not kind & Kind.ACRONYM
        return base in self._too or base in self._forenames

    @staticmethod
    def _family(base: str, kind: int) -> bool:
        return len(base) == 1 or bool(kind & Kind.NAMED)

    @staticmethod
    def _initialled(words: list[str], kinds: list[int]) -> bool:
        """``S Baker``, ``Baker S``: initials and a family name."""
        long = [kind for word, kind in zip(words, kinds, strict=True) if len(word) > 1]
        return 0 < len(long) < len(words) and all(
            kind & Kind.SURNAME and not kind & (Kind.DECLARED | Kind.ACRONYM) for kind in long
        )
