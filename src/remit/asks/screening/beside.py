"""Known words that are names by the word beside them."""

from __future__ import annotations

import re

from remit.asks.screening.small import InSmall
from remit.asks.screening.tokens import Token
from remit.asks.screening.vocabulary import Kind

_SHORTEST_LOW = 4
_SHORTEST_ODD = 3
_DATE_BEFORE = frozenset(
    {"in", "by", "from", "for", "since", "until", "till", "to", "during", "of", "and", "between"}
    | {"before"}
)
_UNSURE_FIRST = frozenset({"will", "may", "mark", "can"})
_LIST_GAP = re.compile(r"\s?[,/&+;]\s?")
_NOT_INITIALS = frozenset("AI")
_SPOKEN = frozenset(
    {"asked", "asks", "said", "says", "wants", "wanted", "wrote", "told", "emailed", "rang"}
    | {"phoned", "confirmed", "agreed", "mentioned", "replied", "chased", "suggested", "thinks"}
    | {"reckons"}
)


class Beside(InSmall):
    """Looks at the neighbours of a word."""

    def _after_title(self, index: int, token: Token) -> bool:
        rules, before = self.rules, self.at(index - 1)
        if before is None or token.gap.strip(" .") or "\n" in token.gap:
            return False
        if before.base in rules.soft_titles and before.capital:
            if self._heads_plain_words(index, token):
                return False
            return rules.is_forename(token) or token.is_a(Kind.SURNAME)
        if before.base not in rules.titles or not before.capital:
            return False
        return token.base not in rules.places

    def _heads_plain_words(self, index: int, token: Token) -> bool:
        """``Consultant Job Plans``: a plain word before another with a capital."""
        after = self.after(index)
        heads = after is not None and after.capital and after.known
        return heads and token.is_a(Kind.COMMON) and token.base not in self.rules.too

    def _in_compound(self, index: int, token: Token) -> bool:
        before, after = self.at(index - 1), self.at(index + 1)
        joined_before = token.gap == "-" and before is not None and before.taken and before.capital
        joined_after = after is not None and after.gap == "-" and after.taken and after.capital
        return joined_before or joined_after

    def _beside_name(self, index: int, token: Token) -> bool:
        rules, before, after = self.rules, self.before(index), self.after(index)
        if token.gap in {".", "_"}:
            before = self.at(index - 1)
        if before is not None and before.taken and before.capital and not before.possessive:
            return not self._heads_title(index)
        if after is None or not after.taken or not after.capital or token.possessive:
            return False
        if not rules.is_forename(token):
            return False
        if token.base in rules.seasons:
            led = self.before(index)
            return led is None or led.base not in _DATE_BEFORE
        return not (token.opens and token.base in _UNSURE_FIRST) or self._subject(index + 1)

    def _subject(self, index: int) -> bool:
        """Whether a name is followed as a subject is, or by nothing."""
        after = self.after(index)
        return after is None or after.base in self.rules.verbs | self.rules.after_verbs

    def _heads_title(self, index: int) -> bool:
        """Whether a plain word begins a title behind a name: ``Priya Price Review Lead``."""
        token, after = self.tokens[index], self.after(index)
        if token.base in self.rules.too or after is None or not after.capital:
            return False
        return token.is_a(Kind.COMMON) and after.known and not after.is_initial

    def _beside_initial(self, index: int, token: Token) -> bool:
        before, after = self.at(index - 1), self.at(index + 1)
        if before is not None and before.is_initial:
            if token.gap in {". ", "."}:
                return True
            if token.beside and self._is_free_initial(index - 1):
                return token.base not in self.rules.places
        if after is None or not after.is_initial or after.gap not in {" ", ", "}:
            return False
        return self.text[after.end : after.end + 1] == "."

    def _is_free_initial(self, index: int) -> bool:
        """Whether a single capital is no letter of a thing: ``Ward B``, ``Category C``."""
        token, before = self.tokens[index], self.before(index)
        if token.word in _NOT_INITIALS:
            return False
        return (
            before is None
            or not before.capital
            or not before.known
            or before.is_initial
            or (before.base in self.rules.titles or before.taken)
        )

    def _in_list(self, index: int, token: Token) -> bool:
        """One of several people: ``Grace and [name]``, ``[name], Mark``, ``Young, [name]``."""
        rules, before, after = self.rules, self.at(index - 1), self.at(index + 1)
        if token.base in rules.seasons:
            return False
        if self._surname_first(index, token):
            return True
        rare = token.is_a(Kind.NAMED) and not token.is_a(Kind.COMMON | Kind.DECLARED)
        if not rare and token.base not in rules.too | rules.forenames:
            return False
        if before is not None and before.taken and _LIST_GAP.fullmatch(token.gap):
            return True
        if after is not None and after.taken and _LIST_GAP.fullmatch(after.gap):
            return not token.opens or token.base not in rules.plain
        return self._joined_by_and(index)

    def _joined_by_and(self, index: int) -> bool:
        """``[name] and Grace``, ``Grace and [name]``."""
        for word, other in ((index - 1, index - 2), (index + 1, index + 2)):
            joint, person = self.at(word), self.at(other)
            if joint is None or person is None or joint.base not in {"and", "or"}:
                continue
            behind = self.tokens[max(index, other)]
            if person.taken and joint.beside and behind.beside:
                return True
        return False

    def _surname_first(self, index: int, token: Token) -> bool:
        after = self.at(index + 1)
        if after is None or after.gap != ", " or not after.capital or not token.opens:
            return False
        if not token.is_a(Kind.SURNAME) or token.is_a(Kind.DECLARED):
            return False
        given = after.taken and after.is_a(Kind.FORENAME)
        return given or (after.base in self.rules.too and not self._goes_further(index + 1))

    def _goes_further(self, index: int) -> bool:
        after = self.after(index)
        return after is not None and not after.capital

    def _with_surname(self, index: int, token: Token) -> bool:
        """A given name that is a word, before a family name that is one: ``Frank Young``."""
        rules, before, after = self.rules, self.before(index), self.after(index)
        if before is not None and before.capital and before.known and not before.taken:
            return False
        after = self._dotted(index) or after
        if token.base not in rules.too or after is None or not after.capital or after.placeholder:
            return False
        if token.opens and token.base in _UNSURE_FIRST and after.base in rules.seasons:
            return False
        return rules.may_be_surname(after) and not self._goes_on_with_capitals(index + 1)

    def _dotted(self, index: int) -> Token | None:
        """The word behind a point without a blank: ``Grace.Holloway``."""
        after = self.at(index + 1)
        return after if after is not None and after.gap in {".", "_"} else None

    def _goes_on_with_capitals(self, index: int) -> bool:
        after = self.after(index)
        return after is not None and after.capital and after.known

    def _is_name_in_capitals(self, index: int, token: Token) -> bool:
        """``KHAN, [name]``, ``cc IYER``, ``ADE asked``: a short name that might be an acronym."""
        if not token.is_a(Kind.NAMED) or len(token.word) < _SHORTEST_ODD:
            return False
        before, after = self.at(index - 1), self.at(index + 1)
        if before is not None and before.taken and token.gap in {" ", ", "} and before.capital:
            return len(token.word) >= _SHORTEST_LOW
        if after is not None and after.taken and after.capital and after.gap in {" ", ", "}:
            return len(token.word) >= _SHORTEST_LOW
        if token.start in self.marked and len(token.word) >= _SHORTEST_LOW:
            return True
        return after is not None and after.beside and after.base in _SPOKEN
