"""The other half of a name: what stands beside a part that was found belongs to the person."""

from __future__ import annotations

import re

from remit.asks.screening.lists import sorted_words
from remit.asks.screening.patterns import NUMBER
from remit.asks.screening.rosters import Rosters
from remit.asks.screening.tokens import Token
from remit.asks.screening.vocabulary import Kind, hand_words

_ROUNDS, _SHORTEST, _LONGEST_SYLLABLE = 2, 3, 5
_PREFIXES = frozenset({"non", "post", "pre", "anti", "co", "ex", "re", "pro", "mid", "vice", "by"})
_ADJECTIVES = frozenset(
    {"led", "style", "like", "type", "era", "only", "run", "free", "wide", "side"}
    | {"level", "team", "plus", "lead", "time", "site", "ward", "based", "held", "known", "bound"}
)
BEHIND_PEOPLE = frozenset(
    {"tell", "ask", "remind", "thank", "ring", "phone", "text", "nudge", "ping", "told", "asked"}
    | {"with", "per", "via", "rang", "phoned", "emailed", "met", "invite", "owe", "poke", "1"}
)
_ADDED = re.compile(r"\s?[+&]\s?")
LEAVING = frozenset({"leaving", "leaves", "retiring", "retires", "retirement", "off", "away"})
_NUMBER = re.compile(r"\d{2,8}")


class Halves(Rosters):
    """Takes the words that belong to a name by standing beside a part of it."""

    def _take_halves(self) -> None:
        for _ in range(_ROUNDS):
            found = [i for i in self._open_halves() if self._is_half(i, self.tokens[i])]
            for index in found:
                self._take(self.tokens[index])
                self.named.add(self.tokens[index].base)
            if not found:
                break

    def _open_halves(self) -> list[int]:
        return [
            index
            for index, t in enumerate(self.tokens)
            if not (t.taken or t.placeholder or self.is_guarded(t)) and len(t.word) > 1
        ]

    def _is_half(self, index: int, token: Token) -> bool:
        if not token.word.replace("'", "").replace("’", "").isalpha():
            return False
        if not token.capital:
            rare = token.base in self.rules.forenames and not token.is_a(
                Kind.COMMON | Kind.DECLARED
            )
            return rare or self._is_low_half(index, token)
        if self._is_hyphened(index, token):
            return True
        if self._is_by_place(index, token):
            return True
        if not self._may_be_part(index, token) or self._stays_word(index, token):
            return False
        return self._is_behind_half(index, token) or self._is_before_half(index, token)

    def _is_low_half(self, index: int, token: Token) -> bool:
        """``Ji-woo``: a syllable in small letters behind a given name, and no ``Darzi-led``."""
        before = self.at(index - 1)
        if before is None or token.gap != "-" or not (before.taken and before.capital):
            return False
        base = token.base
        if base in _ADJECTIVES or base.endswith(("ed", "ing")) or len(base) > _LONGEST_SYLLABLE:
            return False
        return base not in self.rules.places | self.rules.roles and base not in hand_words()

    def _is_hyphened(self, index: int, token: Token) -> bool:
        """``Sponge-[name]``, ``[name]-POPE``: the other half of a double name."""
        before, after = self.at(index - 1), self.at(index + 1)
        behind = before is not None and token.gap == "-" and before.taken and before.capital
        ahead = after is not None and after.gap == "-" and after.taken and after.capital
        if not (behind or ahead) or token.base in _PREFIXES | self.rules.seasons:
            return False
        return not (self._is_role_or_place(token) or self._is_known_abbreviation(token))

    def _is_role_or_place(self, token: Token) -> bool:
        rules = self.rules
        return token.base in rules.roles | rules.places | rules.titles

    @staticmethod
    def _is_known_abbreviation(token: Token) -> bool:
        return token.is_a(Kind.ACRONYM) or (
            token.is_a(Kind.DECLARED) and token.word.isupper() and len(token.word) < _SHORTEST + 2
        )

    def _may_be_part(self, index: int, token: Token) -> bool:
        """Whether a word with a capital could belong to a person at all."""
        if len(token.base) < _SHORTEST or self._is_known_abbreviation(token):
            return False
        barred = self.rules.before_places | self.rules.seasons | self.rules.low_places
        if self._is_role_or_place(token) or token.base in barred or token.base in self.places:
            return False
        if token.base in self.rules.too:
            return True
        if token.is_a(Kind.DECLARED):
            return token.base in sorted_words("towns") and token.is_a(Kind.NAMED)
        return token.is_a(Kind.NAMED) or not token.is_a(Kind.COMMON) or self._leads_hyphen(index)

    def _leads_hyphen(self, index: int) -> bool:
        """``Sponge-Hall``: the first of two family names."""
        joint = self.at(index + 1)
        return joint is not None and joint.gap == "-" and joint.capital and joint.is_a(Kind.NAMED)

    def _is_behind_half(self, index: int, token: Token) -> bool:
        """``[name] Chard``: a family name behind a given one."""
        before = self.before(index)
        if before is None or not before.taken or not before.capital or before.possessive:
            return False
        return not self._heads_title(index) and not token.opens

    def _is_before_half(self, index: int, token: Token) -> bool:
        """``Unity [name]``: a given name before a family name."""
        after = self.after(index)
        if after is None or not after.taken or not after.capital or token.possessive:
            return False
        if token.opens:
            given = token.base in self.rules.too - self.rules.plain
            return given or (token.is_a(Kind.NAMED) and not token.is_a(Kind.COMMON))
        return token.base not in self.rules.inquiries

    def _is_by_place(self, index: int, token: Token) -> bool:
        """A given name, or what is one after a person's calling, where only a person stands."""
        if self._is_role_or_place(token) or self._is_known_abbreviation(token):
            return False
        if token.base in self.rules.before_places:
            return False
        if self._is_called(index, token):
            return True
        base = token.base
        if base not in self.rules.too | self.rules.seasons and not token.is_a(Kind.FORENAME):
            return False
        if token.word.isupper() or self._stays_word(index, token) or len(base) < _SHORTEST:
            return False
        return self._is_told_of(index, token) or self._is_added(index, token)

    def _is_told_of(self, index: int, token: Token) -> bool:
        """``tell Lily whether``, ``1:1 with Pip``, ``Pip leaving do``."""
        before, after = self.before(index), self.after(index)
        if after is not None and after.capital and not after.taken:
            return False
        if after is not None and after.base in LEAVING and token.base not in self.rules.plain:
            return token.base not in self.rules.seasons
        if before is None or before.base not in BEHIND_PEOPLE or token.is_a(Kind.DECLARED):
            return False
        return token.base not in self.rules.seasons

    def _is_added(self, index: int, token: Token) -> bool:
        """``[name] + Summer to attend``."""
        before, after, then = self.at(index - 1), self.after(index), self.at(index + 2)
        if before is None or not before.capital or not _ADDED.fullmatch(token.gap):
            return False
        acts = after is not None and then is not None and after.base in {"to", "will"}
        return before.taken or (acts and then is not None and then.base in self.rules.tasks)

    def _is_called(self, index: int, token: Token) -> bool:
        """``PC 14772 Hallam``, ``Mother Crystal Swift``, ``Governor Peel``."""
        named = token.is_a(Kind.NAMED) or token.base in self.rules.too
        if not named or len(token.base) < _SHORTEST:
            return False
        if token.base in self.rules.seasons or self._stays_word(index, token):
            return False
        place = index - 1
        before = self.before(index)
        if before is not None and (before.word == NUMBER or _NUMBER.fullmatch(before.word)):
            place, before = index - 2, self.before(index - 1)
        if before is None or before.base not in self.rules.callings:
            return False
        free = token.base in self.rules.too or not token.is_a(Kind.DECLARED) or place < index - 1
        return (free or self._is_whole(index)) and not self._heads_words_here(index, place)

    def _is_whole(self, index: int) -> bool:
        """Whether a verb or the end follows, as it does behind a person."""
        after = self.at(index + 1)
        return after is None or not after.beside or after.base in self.rules.sure_verbs

    def _heads_words_here(self, index: int, place: int) -> bool:
        """Whether a calling and a word head a title: ``Patient Price Review``."""
        after = self.after(index)
        if after is None:
            return False
        if after.capital:
            plain = after.is_a(Kind.COMMON | Kind.DECLARED) and not after.is_a(Kind.NAMED)
            token = self.tokens[index]
            plain = plain and (token.is_a(Kind.COMMON) or token.base not in self.rules.too)
            return not after.taken and (plain or after.base in self.rules.places)
        common = (
            self.tokens[index].is_a(Kind.COMMON) and self.tokens[index].base in self.rules.plain
        )
        return common and self.tokens[place].opens
