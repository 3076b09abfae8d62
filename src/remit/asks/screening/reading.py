"""A text as its words, with what all rules ask of it."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cached_property

from remit.asks.screening.capitals import judge_capitals
from remit.asks.screening.known import KnownNames
from remit.asks.screening.rules import NameRules
from remit.asks.screening.tokens import Token, tokens_of
from remit.asks.screening.vocabulary import Kind, Vocabulary

_SHORTEST_AGAIN = 3
_LIST_GAP = re.compile(r"\s?[,/&+;]\s?")


class Words:
    """One text while it is searched for people."""

    def __init__(
        self, text: str, rules: NameRules, vocabulary: Vocabulary, known: KnownNames
    ) -> None:
        self.text = text
        self.rules = rules
        self.vocabulary = vocabulary
        self.known = known
        self.tokens = tokens_of(text, vocabulary)
        judge_capitals(text, self.tokens, vocabulary, rules.too)
        self.guarded = self._in_phrases()
        self.places = set(known.places)
        self.named: set[str] = set()

    def at(self, index: int) -> Token | None:
        """The word at a place, or None beyond the ends."""
        return self.tokens[index] if 0 <= index < len(self.tokens) else None

    def before(self, index: int) -> Token | None:
        """The word before, if only blanks part the two."""
        return self.at(index - 1) if self.tokens[index].beside else None

    def after(self, index: int) -> Token | None:
        """The word behind, if only blanks part the two."""
        found = self.at(index + 1)
        return found if found is not None and found.beside else None

    def _in_phrases(self) -> frozenset[int]:
        guarded: set[int] = set()
        for token in self.tokens:
            if token.base in self.rules.phrase_heads:
                match = self.rules.phrase.match(self.text, token.start)
                if match:
                    guarded.update(range(*match.span()))
        return frozenset(guarded)

    def is_guarded(self, token: Token) -> bool:
        """Whether a word stands in a phrase that is no person."""
        return token.start in self.guarded

    @cached_property
    def marked(self) -> frozenset[int]:
        """Places right behind a marker such as ``cc:`` or ``spoke to``."""
        return frozenset(m.end() for m in self.rules.marker.finditer(self.text))

    @cached_property
    def speaks_of_wards(self) -> bool:
        """Whether the text, or the one that it goes with, is about wards."""
        return self.known.wards or re.search(r"\bwards?\b", self.text, re.I) is not None

    def _is_ward(self, index: int) -> bool:
        """Whether a flower or tree is a ward: the text speaks of wards, or of another tree."""
        if self.speaks_of_wards:
            return True
        near = (self.at(index + step) for step in (-2, -1, 1, 2))
        return any(
            t is not None and t.base in self.rules.flowers and not self.rules.is_forename(t)
            for t in near
        )

    def _stays_word(self, index: int, token: Token) -> bool:
        """Whether a word that could be a name is plainly none: ``May 2025``, ``Hope Hospital``."""
        rules, after, before = self.rules, self.after(index), self.before(index)
        if after is not None:
            if after.base in rules.places and (after.capital or after.base in rules.low_places):
                return before is None or not before.taken
            if token.base in rules.seasons and after.word[0].isdigit():
                return True
            if token.opens and after.base in rules.openers and token.base in rules.too:
                return True
            if after.base in rules.telling and token.is_a(Kind.DECLARED):
                return True
        return (
            before is not None
            and before.capital
            and before.base in rules.before_places
            and before.base not in rules.titles
        )

    def _is_verb(self, index: int, token: Token) -> bool:
        """Whether a word that is also a name only has its capital from the sentence."""
        if not token.opens or token.base not in self.rules.plain or token.possessive:
            return False
        after = self.after(index)
        acts = self.rules.verbs | self.rules.after_verbs
        return after is not None and not after.capital and after.base not in acts

    def _take(self, token: Token) -> None:
        token.taken = True
        rare = not token.is_a(Kind.COMMON | Kind.DECLARED) and len(token.base) > _SHORTEST_AGAIN
        if token.capital and (rare or token.base in self.rules.too):
            self.named.add(token.base)

    def _indexes(self, start: int, end: int) -> range:
        return range(bisect_left(self._starts, start), bisect_left(self._starts, end))

    @cached_property
    def _starts(self) -> list[int]:
        return [token.start for token in self.tokens]

    def _goes_on(self, token: Token) -> bool:
        return token.beside or _LIST_GAP.fullmatch(token.gap) is not None or token.gap == "-"
