"""Lists of people: ``Attendees: Bell, Cook, Fox``, ``Initials: DM, PT``."""

from __future__ import annotations

import re

from remit.asks.screening.positions import Positions
from remit.asks.screening.tokens import Token
from remit.asks.screening.vocabulary import Kind

_LABEL = re.compile(
    r"\b(?:attendees|attending|present|in attendance|apolog(?:ies|ises)(?: from)?|invitees|invited|"
    r"required|optional|members|panel|initials|minutes|distribution|cc|copied|action(?:s|ed by)?|"
    r"owners?|leads?|reviewers?|signatories|participants|"
    r"speakers|from|to|with)\b(?:\s?[:–-]\s?| )(?-i:(?=[A-Z\[]))",
    re.IGNORECASE,
)
_OF_PEOPLE = re.compile(
    r"(?:attend|present|in attend|apolog|invite|members|panel|initials|minutes|participants|"
    r"speakers|signat)",
    re.IGNORECASE,
)
_SURE = re.compile(r"[:–-]\s?\Z")
_GAP = re.compile(r"\s?[,;/&+]\s?(?:and )?|\n[•*\t -]{0,3}")
_FEWEST, _MOST, _LONG = 2, 40, 4


class Rosters(Positions):
    """Takes the members of lists of people."""

    def _take_rosters(self) -> None:
        if not self._telling:
            return
        for match in _LABEL.finditer(self.text):
            members = self._members(match.end())
            if len(members) < _FEWEST:
                continue
            of_people = _OF_PEOPLE.match(match.group()) is not None
            found = [i for i in members if self._could_sit(self.tokens[i], of_people=of_people)]
            found = found if len(found) == len(members) else self._letters(members)
            sure = _SURE.search(match.group()) is not None
            if len(found) == len(members) and (sure or self._one_is_known(members)):
                for index in found:
                    self.tokens[index].taken = True

    def _members(self, start: int) -> list[int]:
        """Single words, one behind the other, parted by commas and the like."""
        found: list[int] = []
        for index in self._indexes(start, start + 10 * _MOST):
            token = self.tokens[index]
            if not found and token.start > start + 1:
                break
            if found and token.base == "and" and token.beside:
                continue
            joined = bool(found) and (
                _GAP.fullmatch(token.gap) or (token.beside and self.tokens[index - 1].base == "and")
            )
            if found and not joined:
                return [] if token.beside and found[-1] == index - 1 else found
            found.append(index)
        return found

    def _letters(self, members: list[int]) -> list[int]:
        """All members, if they are letters of which some are no known abbreviation."""
        tokens = [self.tokens[index] for index in members]
        short = all(t.taken or (t.word.isupper() and len(t.word) < _LONG) for t in tokens)
        return members if short and any(map(self._could_be, tokens)) else []

    def _could_sit(self, token: Token, *, of_people: bool) -> bool:
        if token.taken:
            return True
        barred = Kind.ACRONYM if of_people else Kind.DECLARED
        if not token.capital or token.is_a(barred):
            return False
        rules = self.rules
        if token.base in rules.roles | rules.places | rules.seasons:
            return False
        return self._could_be(token) or (token.is_a(Kind.NAMED) and not token.word.isupper())

    def _one_is_known(self, members: list[int]) -> bool:
        return any(self.tokens[index].taken for index in members)
