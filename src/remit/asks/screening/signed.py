"""Who is greeted and who signs."""

from __future__ import annotations

from remit.asks.screening.tokens import Token
from remit.asks.screening.unknown import Unknown
from remit.asks.screening.vocabulary import Kind

_LONGEST_INITIALS = 3
_MOST_GREETED = 60


class Signed(Unknown):
    """Takes the names at the head and at the end of a message."""

    def _take_greeted(self) -> None:
        for match in self.rules.greeting.finditer(self.text):
            for index in self._indexes(match.end(), match.end() + _MOST_GREETED):
                token = self.tokens[index]
                if token.start > match.end() and not self._goes_on(token):
                    break
                if token.base == "and":
                    continue
                if not self._greeted(index, token):
                    break
                self._take(token)

    def _greeted(self, index: int, token: Token) -> bool:
        if token.placeholder or token.base in self.rules.roles or token.base in self.rules.bodies:
            return token.taken
        named = self.rules.is_forename(token) or token.is_a(Kind.SURNAME)
        if token.capital:
            return not token.known or (named and not self._heads_words(index))
        return not token.known or (token.base in self.rules.too and self._stands_alone(index))

    def _heads_words(self, index: int) -> bool:
        """Whether a plain word goes on as no name does: ``Dear Price review group``."""
        token, after = self.tokens[index], self.after(index)
        if after is None or token.base in self.rules.too:
            return False
        return after.known and not after.is_a(Kind.NAMED)

    def _stands_alone(self, index: int) -> bool:
        after = self.at(index + 1)
        return after is None or not after.beside

    def _take_signed(self) -> None:
        """Who signs in the line of the sign-off or behind it: ``Thanks, Hope``, ``ta, SK``."""
        for match in self.rules.sign_off.finditer(self.text):
            places = list(self._indexes(match.end(), match.end() + _MOST_GREETED))
            line = self._to_line_end(places)
            if 0 < len(line) <= _LONGEST_INITIALS:
                for index in line:
                    self._take_signer(index, alone=len(line) == 1)

    def _take_signer(self, index: int, *, alone: bool) -> None:
        token = self.tokens[index]
        if token.placeholder or token.base in self.rules.roles | self.rules.bodies:
            return
        initials = token.word.isupper() and len(token.word) <= _LONGEST_INITIALS
        if initials and token.kind & Kind.DECLARED:
            initials = False
        signs = self.rules.is_forename(token) or not token.known or (initials and alone)
        if signs and (token.capital or alone):
            self._take(token)

    def _to_line_end(self, places: list[int]) -> list[int]:
        """The places up to the end of their line, none if the line goes on for longer."""
        line: list[int] = []
        for index in places:
            token = self.tokens[index]
            if line and "\n" in token.gap:
                break
            if line and not token.beside and token.gap not in {"-", "."}:
                return []
            line.append(index)
        return line
