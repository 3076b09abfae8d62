"""A text as words with their places, for the rules that look for people."""

from __future__ import annotations

import re
from dataclasses import dataclass

from remit.asks.screening.patterns import NAME
from remit.asks.screening.spelling import folded
from remit.asks.screening.vocabulary import Kind, Vocabulary

# Marks of scripts such as Devanagari and Thai belong to words and are no letters to ``re``.
_MARKS = (
    "\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u064b-\u065f\u0670\u0900-\u0903\u093a-\u094f"
    "\u0962-\u0963\u0980-\u0dff\u0e31-\u0e4e"
)
_LETTER = rf"(?:[^\W_]|[{_MARKS}])"
_TOKEN = re.compile(
    r"\[(?:name|number|address|link|date)\]"
    rf"|[^\W_]{_LETTER}*(?:['’ʼ]{_LETTER}+)*(?:['’](?![\w]))?"
)
_ENDS = re.compile(r"[.!?:;\n\r•|()\[\]\"“”>*]|(?:^|\s)[-–—]\s")
_POSSESSIVE = re.compile(r"['’](?:s|S)?$")


@dataclass(slots=True)
class Token:
    """One word of a text."""

    start: int
    end: int
    word: str
    base: str
    """Folded, without a possessive ending."""
    kind: int
    gap: str
    """What stands before it, back to the word before."""
    capital: bool
    possessive: bool
    opens: bool
    """Whether a sentence or a part of one begins with it."""
    known: bool
    """Whether it is no person by itself."""
    taken: bool = False
    """Whether it is part of a name."""
    placeholder: bool = False

    @property
    def is_initial(self) -> bool:
        """A single capital letter."""
        return len(self.word) == 1 and self.capital

    @property
    def beside(self) -> bool:
        """Whether only blanks part it from the word before, in one line."""
        return bool(self.gap) and not self.gap.strip(" \t\u00a0")

    def is_a(self, kind: int) -> bool:
        """Whether it is of any of these kinds."""
        return bool(self.kind & kind)


def tokens_of(text: str, vocabulary: Vocabulary) -> list[Token]:
    """The words of a text in their order."""
    found: list[Token] = []
    end = 0
    for match in _TOKEN.finditer(text):
        gap = text[end : match.start()]
        start, end = match.span()
        found.append(_token(match.group(), start, end, gap, vocabulary, first=not found))
    return found


def _token(
    word: str, start: int, end: int, gap: str, vocabulary: Vocabulary, *, first: bool
) -> Token:
    if word[0] == "[":
        taken = word == NAME
        return Token(
            start, end, word, word, Kind.KNOWN, gap, taken, False, False, True, taken, True
        )
    base, kind, capital, possessive = _looks(word, vocabulary)
    opens = first or (gap not in _PLAIN_GAPS and _ENDS.search(gap) is not None)
    known = kind & Kind.KNOWN != 0
    return Token(start, end, word, base, kind, gap, capital, possessive, opens, known)


def _looks(word: str, vocabulary: Vocabulary) -> tuple[str, int, bool, bool]:
    """What a word is by itself, worked out once for each spelling."""
    found = vocabulary.looks.get(word)
    if found is None:
        bare = _POSSESSIVE.sub("", word)
        capital = word[0].isupper() or word[0].istitle()
        found = (folded(bare), vocabulary.kind(word), capital, bare != word)
        vocabulary.looks[word] = found
    return found


_PLAIN_GAPS = frozenset({" ", ", ", "-", "'"})
