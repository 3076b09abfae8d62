"""Names in small letters."""

from __future__ import annotations

import re

from remit.asks.screening.signed import Signed
from remit.asks.screening.tokens import Token
from remit.asks.screening.vocabulary import Kind

_SHORTEST_LOW = 4
_SHORTEST_ODD = 3
_UNSURE_FIRST = frozenset({"will", "may", "mark", "can"})
_TOGETHER = re.compile(r"\s?[/&+]\s?")


class InSmall(Signed):
    """Takes names in small letters where something marks them."""

    def _is_low_part(self, index: int, token: Token) -> bool:
        """The rest of a name in small letters: ``siobhan kelly``, ``Seo-yeon``."""
        before = self.at(index - 1)
        if self._is_low_given(index, token) or self._in_low_list(index, token):
            return True
        after = self.after(index)
        if after is not None and after.taken and not after.capital and not token.known:
            return len(token.word) >= _SHORTEST_ODD
        if self._leads_low_name(index, token):
            return True
        if before is None or not before.taken or len(token.word) < _SHORTEST_ODD:
            return False
        return not token.known if token.gap == "-" else self._is_low_family(index, token, before)

    def _leads_low_name(self, index: int, token: Token) -> bool:
        """``mei-ling``: the first half of a name in small letters."""
        joint = self.at(index + 1)
        led = joint is not None and joint.gap == "-" and joint.taken and not joint.capital
        return led and not token.is_a(Kind.COMMON)

    def _is_low_family(self, index: int, token: Token, before: Token) -> bool:
        """A family name in small letters behind a given name that is so too."""
        if not token.beside or before.capital:
            return False
        if not token.known or (token.is_a(Kind.SURNAME) and not token.is_a(Kind.COMMON)):
            return True
        after = self.at(index + 1)
        joined = after is not None and after.gap == "-" and not after.known
        return joined and token.is_a(Kind.SURNAME)

    def _in_low_list(self, index: int, token: Token) -> bool:
        """``xiaoling / mark`` at the head of a title: names that stand together."""
        before, after = self.at(index - 1), self.at(index + 1)
        behind = before is not None and before.taken and _TOGETHER.fullmatch(token.gap)
        ahead = after is not None and _TOGETHER.fullmatch(after.gap)
        if not token.known and len(token.base) >= _SHORTEST_LOW:
            return bool(behind) or (index == 0 and bool(ahead))
        return bool(behind) and token.base in self.rules.too

    def _is_low_given(self, index: int, token: Token) -> bool:
        """A given name that is a word, in small letters: ``cc mark``, ``from grace holloway``."""
        if token.base not in self.rules.too or token.possessive:
            return False
        after = self.after(index)
        family = after is not None and after.is_a(Kind.SURNAME) and not after.is_a(Kind.COMMON)
        family = family and after is not None and not after.capital
        if family and after is not None and (not after.known or token.start in self.marked):
            return token.base not in _UNSURE_FIRST - {"mark"} or token.start in self.marked
        if token.start not in self.marked:
            return False
        strict = self.rules.strict_marker.search(self.text, max(0, token.start - 12), token.start)
        return strict is not None or token.base not in self.rules.plain - {"mark"}
