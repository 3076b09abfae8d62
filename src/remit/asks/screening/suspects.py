"""What was kept and looks like a name all the same, for a person to look through."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from remit.asks.screening.files import ENDINGS
from remit.asks.screening.spelling import folded
from remit.asks.screening.tokens import Token, tokens_of
from remit.asks.screening.vocabulary import WORD, Kind, Vocabulary
from remit.model.intake import PersonalFile

_FILE_ENDING = re.compile(rf"(?:{ENDINGS})$")
"""As such they are kept in small letters, by themselves or behind the name of a file."""
_DIGIT = re.compile(r"\d")
_SHORTEST, _SHORTEST_LOW, _LONGEST_INITIALS = 3, 4, 3


@dataclass(frozen=True, slots=True)
class Suspect:
    """A kept word that looks like a name: where it stands first, why, and in how many places."""

    word: str
    where: str
    why: str
    places: int = 1


class SuspectFinder:
    """Looks through texts that were kept."""

    def __init__(
        self,
        words: PersonalFile,
        vocabulary: Vocabulary | None = None,
        accepted: frozenset[str] = frozenset(),
    ) -> None:
        self._accepted = accepted
        self._vocabulary = vocabulary or Vocabulary()
        self._too = words.listed("words_too")
        self._plain = words.listed("plain_words")
        self._flowers = words.listed("flowers")
        self._forenames = words.listed("forenames")
        self._plainly: set[str] = set()
        self._short = words.listed("titles") | words.listed("particles")

    def suspects(self, texts: Iterable[tuple[str, str]]) -> list[Suspect]:
        """The kept words that look like names, each once, in order of the alphabet.

        >>> finder.suspects([("ask A1, title", "Update from Preston")])  # doctest: +SKIP
        [Suspect(word='Preston', where='ask A1, title', why='a place that is a name too', places=1)]
        """
        found: dict[str, Suspect] = {}
        for one in self.each(texts):
            key = one.word.lower()
            before = found.get(key)
            found[key] = one if before is None else replace(before, places=before.places + 1)
        return sorted(found.values(), key=lambda one: one.word.lower())

    def each(self, texts: Iterable[tuple[str, str]]) -> Iterator[Suspect]:
        """Every place, as it comes."""
        for where, text in texts:
            if self._is_plain(text):
                continue
            tokens = tokens_of(text, self._vocabulary)
            for index, token in enumerate(tokens):
                why = self._why(token, tokens[index - 1] if index else None)
                if why and token.word.lower() not in self._accepted:
                    yield Suspect(token.word, where, why)

    def _is_plain(self, text: str) -> bool:
        """Whether no word of a text could be a name, wherever it stood."""
        if not text.isascii() and any(map(str.isdigit, text)):
            return False
        new = set(text.split()) - self._plainly
        return not new or all(map(self._is_plain_piece, new))

    def _is_plain_piece(self, piece: str) -> bool:
        """Whether each word of what stands between two blanks is plain; learnt if so."""
        plain = all(map(self._says_nothing, WORD.findall(piece)))
        if plain:
            self._plainly.add(piece)
        return plain

    def _says_nothing(self, word: str) -> bool:
        if _DIGIT.search(word):
            return True
        kind = self._vocabulary.kind(word)
        if not kind & Kind.KNOWN:
            return False
        if word[0].isupper() and (folded(word) in self._too or kind & Kind.FORENAME):
            return False
        return bool(kind & (Kind.COMMON | Kind.DECLARED)) or not kind & Kind.NAMED

    def _why(self, token: Token, before: Token | None) -> str | None:
        if _FILE_ENDING.match(token.word):
            return None
        if token.placeholder or token.base in self._short or any(map(str.isdigit, token.word)):
            return None
        if not token.known:
            long = len(token.base) >= (_SHORTEST if token.capital else _SHORTEST_LOW)
            return "in no list of words" if long else None
        if not token.capital or token.is_a(Kind.ACRONYM):
            return self._why_letters(token) if token.capital else self._why_small(token)
        return self._why_capital(token, before)

    def _why_capital(self, token: Token, before: Token | None) -> str | None:
        if token.is_a(Kind.DECLARED) or token.base in self._flowers:
            given = token.is_a(Kind.FORENAME) and token.base in self._forenames
            return "a known word that is a name too" if given else None
        if token.base in self._too:
            run = before is not None and before.capital and token.beside
            sure = token.opens and token.base in self._plain
            led = run and before is not None and before.known
            return None if led or sure else "a word that is a name too"
        rare = token.is_a(Kind.NAMED) and not token.is_a(Kind.COMMON)
        return "a place or rare word that is a name too" if rare else None

    def _why_small(self, token: Token) -> str | None:
        rare = not token.is_a(Kind.COMMON | Kind.DECLARED) and len(token.base) >= _SHORTEST_LOW
        return "a rare word that is a name too" if rare and token.is_a(Kind.NAMED) else None

    @staticmethod
    def _why_letters(token: Token) -> str | None:
        if token.is_a(Kind.FORENAME) and len(token.word) > _LONGEST_INITIALS:
            return "capitals that are a name too"
        return None
