"""Unknown words that are places and bodies."""

from __future__ import annotations

import re

from remit.asks.screening.reading import Words
from remit.asks.screening.tokens import Token
from remit.asks.screening.vocabulary import Kind

_NEAR, _MOST_WARDS = 3, 8
_WARD_GAP = re.compile(r" |, |: | & ")
_STORM_BEHIND = frozenset({"after", "during", "since", "from", "of", "following", "and", "before"})
_STORM_AHEAD = frozenset(
    {"debrief", "damage", "response", "impact", "closures", "warning", "floods", "power"}
)
_WARDS = frozenset({"ward", "wards"})


class Places(Words):
    """Tells the names of places from those of people."""

    def _is_place(self, index: int) -> bool:
        """Whether an unknown word is part of the name of a place: ``Merrow General Hospital``."""
        token = self.tokens[index]
        if token.known or not token.capital:
            return False
        if token.base in self.known.anywhere or token.base in self.known.capital:
            return False
        if self._is_inquiry(index, token):
            return True
        if self._behind_a_person(index):
            return False
        if self._names_a_house(index) or self._is_saint(index):
            return True
        return not token.is_a(Kind.FORENAME) and (
            self._leads_to_place(index)
            or self._is_first_of_two(index, token)
            or self._follows_place_word(index)
            or self._is_where(index, token)
        )

    def _is_inquiry(self, index: int, token: Token) -> bool:
        """``Amos maternity investigation``, ``recommendations of Francis``, ``storm Darragh``."""
        before = self.before(index)
        if before is not None and before.base == "storm" and self._is_weather(index - 1):
            return True
        if token.base not in self.rules.inquiries:
            return self._is_ward_in_list(index)
        told = self.rules.telling | self.rules.after_inquiries
        after = self.after(index)
        if after is not None and after.base in self.rules.verbs | self.rules.after_verbs:
            return False
        behind = self._run(index, -1)
        led = bool(behind) and behind[0] in {"of", "from", "the", "by", "in", "to", "and"}
        return not told.isdisjoint(self._run(index, 1)) or (led and not told.isdisjoint(behind))

    def _run(self, index: int, step: int) -> list[str]:
        """The next words on one side, in one line."""
        found: list[str] = []
        while len(found) < _NEAR:
            token = self.after(index) if step > 0 else self.before(index)
            if token is None:
                break
            found.append(token.base)
            index += step
        return found

    def _is_weather(self, index: int) -> bool:
        """Whether a storm is one of the weather, and not somebody's given name."""
        before, after = self.before(index), self.after(index + 1)
        led = before is not None and before.base in _STORM_BEHIND
        return (
            led
            or (after is not None and after.base in _STORM_AHEAD)
            or not self.tokens[index].capital
        )

    def _is_ward_in_list(self, index: int) -> bool:
        """``by ward Cavell, Seacole, Bevan``: a list of wards, whatever they are called."""
        place = index
        for _ in range(_MOST_WARDS):
            before = self.at(place - 1)
            if before is None or not _WARD_GAP.fullmatch(self.tokens[place].gap):
                return False
            if before.base in _WARDS:
                lists = self.at(place + 1)
                led = self.before(place - 1)
                by = led is not None and led.base in {"by", "on", "per", "each", "wards"}
                return by and (lists is None or not lists.beside or not lists.capital)
            if not before.capital:
                return False
            place -= 1
        return False

    def _names_a_house(self, index: int) -> bool:
        """``Jarvis Building``, and ``the Carter review``: what all call by a name."""
        before, after = self.before(index), self.after(index)
        if after is None:
            return False
        if after.base in self.rules.houses and (after.capital or after.base in _WARDS):
            return True
        the = before is not None and before.base == "the"
        return the and after.base in self.rules.telling and self.tokens[index].is_a(Kind.SURNAME)

    def _is_saint(self, index: int) -> bool:
        """``St John's``: a church, a hospital or a town."""
        before = self.before(index) or (
            self.at(index - 1) if self.tokens[index].gap == ". " else None
        )
        return before is not None and before.capital and before.base in {"st", "saint"}

    def _is_where(self, index: int, token: Token) -> bool:
        """``at Larkfield``, ``in Holmeshire``: where something is, if no list has it as a name."""
        before, after = self.before(index), self.after(index)
        if before is None or before.base not in {"at", "in", "near", "across"} or before.capital:
            return False
        if token.is_a(Kind.NAMED) or token.possessive or token.start in self.marked:
            return False
        return after is None or not after.capital or after.known

    def _behind_a_person(self, index: int) -> bool:
        before = self.before(index)
        if before is None:
            return False
        titles = self.rules.titles | self.rules.soft_titles
        if before.base in titles - self.rules.before_places or before.is_initial:
            return True
        return before.capital and before.is_a(Kind.FORENAME) and not before.known

    def _leads_to_place(self, index: int) -> bool:
        rules, token = self.rules, self.tokens[index]
        ahead = index + 1
        while (found := self.at(ahead)) is not None and found.gap in {" ", "-", " & "}:
            if found.base in rules.places and found.capital:
                return True
            if found.base in rules.low_places or found.base in rules.telling:
                sure = ahead == index + 1 and not token.is_a(Kind.SURNAME)
                the = self.before(index)
                return sure and (
                    found.base in rules.low_places or (the is not None and the.base == "the")
                )
            if not found.capital or found.is_a(Kind.FORENAME) or ahead > index + 3:
                return False
            ahead += 1
        return False

    def _is_first_of_two(self, index: int, token: Token) -> bool:
        """``Ashcombe and Tarn University Hospitals``: the first of two places of one body."""
        joint, second = self.after(index), self.at(index + 2)
        if joint is None or second is None or joint.base not in {"and", "&"}:
            if second is None or self.text[token.end : token.end + 3] != " & ":
                return False
            second = joint = self.at(index + 1)
        named = token.is_a(Kind.NAMED) or token.start in self.marked
        if named or second is None or not second.capital:
            return False
        ahead = index + (1 if second is joint else 2)
        return any(self._is_body_word(ahead + step, ahead) for step in range(1, _NEAR))

    def _is_body_word(self, index: int, start: int) -> bool:
        token = self.at(index)
        bodies = self.rules.bodies
        between = [self.at(place) for place in range(start + 1, index + 1)]
        run = all(t and t.beside and (t.capital or t.base in bodies) for t in between)
        return run and token is not None and token.base in bodies

    def _follows_place_word(self, index: int) -> bool:
        before = self.before(index)
        if before is None or not before.capital or before.base not in self.rules.before_places:
            return False
        return not self.tokens[index].is_a(Kind.SURNAME) or before.base in {"st", "saint", "port"}

    def _is_spared(self, index: int, token: Token) -> bool:
        if token.base in self.places and not token.is_a(Kind.FORENAME):
            return True
        return self._is_place(index)
