"""Lines in capitals throughout: their words are judged as if they were written normally."""

from __future__ import annotations

import re
from collections.abc import Set

from remit.asks.screening.tokens import Token
from remit.asks.screening.vocabulary import Kind, Vocabulary, is_declared

_LOUD = re.compile(r"(?<![A-Z])[A-Z]{2,}[ ,]+[A-Z]{2,}[ ,]+[A-Z]")
_FEWEST, _SHARE, _LONG_ACRONYM = 4, 0.8, 4


def judge_capitals(text: str, tokens: list[Token], vocabulary: Vocabulary, names: Set[str]) -> None:
    """Write the words of lines in capitals as they would stand in a sentence."""
    if not _LOUD.search(text):
        return
    for line in _lines(tokens):
        words = [t for t in line if len(t.word) > 1 and t.word[0].isalpha() and not t.placeholder]
        loud = [t for t in words if t.word.isupper()]
        if len(loud) >= _FEWEST and len(loud) >= _SHARE * len(words):
            for token in loud:
                _quieten(token, vocabulary, names)


def _lines(tokens: list[Token]) -> list[list[Token]]:
    lines: list[list[Token]] = []
    for token in tokens:
        if not lines or "\n" in token.gap:
            lines.append([])
        lines[-1].append(token)
    return lines


def _quieten(token: Token, vocabulary: Vocabulary, names: Set[str]) -> None:
    kind = vocabulary.kind(token.word.capitalize())
    joined = token.gap == "-" and bool(kind & Kind.NAMED)
    plain = bool(kind & Kind.KNOWN) and token.base not in names
    if (
        not joined
        and len(token.word) <= _LONG_ACRONYM
        and (is_declared(token.base) or (not plain and not kind & Kind.NAMED))
    ):
        return
    token.kind, token.known = kind, bool(kind & Kind.KNOWN)
    ordinary = plain and bool(kind & Kind.COMMON) and not joined
    token.capital = not ordinary
    token.word = token.word.lower() if ordinary else token.word.capitalize()
