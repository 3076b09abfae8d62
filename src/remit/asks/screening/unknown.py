"""Words that are neither English nor of the vocabulary: names, unless a place is called so."""

from __future__ import annotations

from remit.asks.screening.places import Places
from remit.asks.screening.spelling import is_latin
from remit.asks.screening.tokens import Token
from remit.asks.screening.vocabulary import Kind

_SHORTEST_LOW = 4
_SHORTEST_ODD = 3
_LONGEST_INITIALS = 3
_VERBS_FIRST = frozenset({"will", "may", "mark", "can", "price", "grant"})


_LOAN_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyz'’éèêàâçîïôûùüöñ")


class Unknown(Places):
    """Takes the unknown words."""

    def _take_unknown(self) -> None:
        for index, token in enumerate(self.tokens):
            if token.placeholder or self.is_guarded(token):
                continue
            if self._is_place(index):
                self.places.add(token.base)
        for index, token in enumerate(self.tokens):
            if not token.placeholder and not self.is_guarded(token):
                token.taken = self._is_unknown_name(index, token)
                if token.taken and not token.known and len(token.base) >= _SHORTEST_LOW:
                    self.named.add(token.base)

    def _is_unknown_name(self, index: int, token: Token) -> bool:
        if token.base in self.known.anywhere or self._are_initials(token):
            return True
        if token.base in self.known.capital:
            if not token.capital:
                return self._stands_apart(index, token)
            return not (self._stays_word(index, token) or self._is_surely_verb(index, token))
        if any(map(str.isdigit, token.word)):
            return token.base.rstrip("0123456789") in self.known.anywhere
        if token.known or len(token.word) == 1:
            return False
        return self._is_no_ward_or_place(index, token)

    def _is_surely_verb(self, index: int, token: Token) -> bool:
        """``Will you``, ``Hope this``: words, although a sender or reader is called so."""
        after = self.after(index)
        if not self._is_verb(index, token) or after is None:
            return False
        return token.base in _VERBS_FIRST or after.base in self.rules.openers

    def _is_no_ward_or_place(self, index: int, token: Token) -> bool:
        if token.base in self.rules.flowers and self._is_ward(index):
            return False
        if not is_latin(token.word):
            return True
        return (
            not self._is_spared(index, token) if token.capital else self._is_low_name(index, token)
        )

    def _are_initials(self, token: Token) -> bool:
        """Letters that stand for a person: of somebody in the headers, or behind a marker."""
        if not token.word.isupper() or not 1 < len(token.word) <= _LONGEST_INITIALS:
            return False
        if token.is_a(Kind.DECLARED) or (token.known and not token.is_a(Kind.ACRONYM)):
            return False
        if token.word in self.known.initials:
            return True
        strict = self.rules.initials_marker.search(self.text, max(0, token.start - 16), token.start)
        return strict is not None and token.start in self.marked

    def _stands_apart(self, index: int, token: Token) -> bool:
        """Whether a sender's name that is a word stands alone, in brackets or behind a marker."""
        after = self.at(index + 1)
        ends = after is None or after.gap.lstrip()[:1] in set(")/&]")
        begins = token.gap.rstrip()[-1:] in set("(/&[")
        return token.start in self.marked or (ends and begins)

    def _is_low_name(self, index: int, token: Token) -> bool:
        """A name in small letters: known by its accents, as a given name, or by what marks it."""
        if len(token.word) >= _SHORTEST_ODD and _is_odd(token):
            return True
        if len(token.base) >= _SHORTEST_LOW and (
            token.is_a(Kind.FORENAME) or token.base in self.rules.forenames
        ):
            return True
        if token.is_a(Kind.SURNAME) and len(token.base) > _SHORTEST_LOW:
            return True
        if len(token.base) < _SHORTEST_ODD:
            return False
        return token.start in self.marked or self._particle_marked(index, token)

    def _particle_marked(self, index: int, token: Token) -> bool:
        before = self.before(index)
        return (
            before is not None
            and before.start in self.marked
            and token.beside
            and before.base in self.rules.particles
        )


def _is_odd(token: Token) -> bool:
    """Whether a word has letters that no English or French word has, or is a name with accents."""
    if token.word.isascii():
        return False
    return bool(token.kind & Kind.NAMED) or not set(token.word) <= _LOAN_LETTERS
