"""Known words that are names by what is said of them."""

from __future__ import annotations

import re
from functools import cached_property

from remit.asks.screening.beside import Beside
from remit.asks.screening.tokens import Token
from remit.asks.screening.vocabulary import Kind

_SHORT_CAPITALS = 4
_LAST_LINES = 6
_ARTICLES = frozenset(
    {"a", "an", "the", "this", "that", "each", "no", "any", "of", "our", "your", "their", "its"}
    | {"his", "her", "my"}
)
SPOKEN = frozenset(
    {"asked", "asks", "said", "says", "wants", "wanted", "wrote", "told", "emailed", "rang"}
    | {"phoned", "confirmed", "agreed", "mentioned", "replied", "chased", "suggested", "thinks"}
    | {"reckons"}
)


class InContext(Beside):
    """Looks at what a sentence says of a word."""

    def _is_name_here(self, index: int, token: Token) -> bool:
        rules = self.rules
        if token.base in rules.roles or token.base in rules.bodies:
            return False
        if token.is_a(Kind.ACRONYM):
            return self._is_name_in_capitals(index, token)
        if (
            token.is_a(Kind.DECLARED)
            and token.word.isupper()
            and len(token.word) <= _SHORT_CAPITALS
        ):
            return False
        if self._after_title(index, token) or self._in_compound(index, token):
            return True
        could_be = rules.may_be_surname(token) or token.base in rules.seasons
        if not could_be or self._stays_word(index, token):
            return False
        return (
            self._beside_name(index, token)
            or self._beside_initial(index, token)
            or self._in_list(index, token)
            or self._after_marker(index, token)
            or self._acts(index, token)
            or self._with_surname(index, token)
            or self._stands_as_name(index, token)
        )

    def _after_marker(self, index: int, token: Token) -> bool:
        if token.start not in self.marked or token.base in self.rules.seasons:
            return False
        if token.base in self.rules.too:
            return True
        after = self.after(index)
        heads = after is not None and after.known and not after.is_a(Kind.NAMED)
        return token.is_a(Kind.NAMED) and not (heads and token.is_a(Kind.COMMON | Kind.DECLARED))

    def _acts(self, index: int, token: Token) -> bool:
        rules, after = self.rules, self.after(index)
        if after is None or after.capital or token.base in rules.seasons:
            return token.base in rules.seasons and after is not None and after.base in SPOKEN
        if after.base in rules.verbs:
            return token.base in rules.too or (
                token.is_a(Kind.SURNAME) and not token.is_a(Kind.DECLARED) and after.base in SPOKEN
            )
        if after.base in rules.after_verbs and token.base in rules.too:
            return not token.opens or token.base not in rules.plain or token.base == "mark"
        return False

    def _stands_as_name(self, index: int, token: Token) -> bool:
        """A given name that is a word, where only a name has a capital."""
        rules, before, after = self.rules, self.before(index), self.after(index)
        if token.base not in rules.too or (token.word.isupper() and len(token.word) > 1):
            return False
        if token.base in rules.flowers and self._is_ward(index):
            return False
        if before is not None and (before.base in _ARTICLES or self._pairs_with_place(index)):
            return False
        if token.opens:
            return self._is_addressed(index, token) or self._is_alone_in_line(index)
        beside = [t for t in (before, after) if t is not None]
        if any(t.capital and t.known and not t.taken and len(t.word) > 1 for t in beside):
            callers = rules.calls | rules.after_verbs
            calls = before is not None and before.opens and before.base in callers
            return calls and not (after is not None and after.capital)
        return True

    def _pairs_with_place(self, index: int) -> bool:
        """``Wolds and Marsh``: the second of two, of which the first was kept."""
        joint, first = self.at(index - 1), self.at(index - 2)
        if joint is None or first is None or joint.base != "and":
            return False
        return first.capital and not first.taken and joint.beside

    def _is_addressed(self, index: int, token: Token) -> bool:
        """``Grace, please send it``; ``Mark - thanks``; ``Hope's email``."""
        if token.possessive:
            return token.base not in self.rules.seasons
        after = self.at(index + 1)
        if after is None:
            return False
        if after.base in {"in", "from", "at"} and after.beside:
            where = self.after(index + 1)
            return where is not None and where.capital
        line_begins = index == 0 or "\n" in token.gap
        calls = line_begins and re.match(r"\s?[,!–—]|\s-\s", after.gap) is not None
        apart = after.gap == ", " and token.base not in self.rules.plain
        return after.gap == " (" or (not after.capital and (apart or calls))

    def _is_alone_in_line(self, index: int) -> bool:
        after = self.at(index + 1)
        alone = after is None or "\n" in after.gap
        last = self.tokens[index].start >= self._last_lines
        return alone and last and "\n" in self.tokens[index].gap

    @cached_property
    def _last_lines(self) -> int:
        """Where the last lines begin, in which a name alone is a signature."""
        place = len(self.text)
        for _ in range(_LAST_LINES):
            place = self.text.rfind("\n", 0, place)
            if place < 0:
                return 0
        return place
