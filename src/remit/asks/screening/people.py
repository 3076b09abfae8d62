"""Finds the words of a text that are people: unknown words, and names by their context.

Each rule is a small function of the text as read and of a word's place; they are tried in turn
until nothing more is found, since a name tells of the words beside it. They stand in layers, each
a file: words, places, unknown words, greetings, small letters, neighbours, sentences, small parts.
"""

from __future__ import annotations

from functools import cached_property

from remit.asks.screening.known import KnownNames
from remit.asks.screening.monograms import Monograms
from remit.asks.screening.vocabulary import Kind

_SWEEPS = 3


class PeopleSearch(Monograms):
    """One text, searched for people."""

    def spans(self) -> list[tuple[int, int]]:
        """Where people stand, in order, neighbours made one."""
        if not self._has_candidates():
            return []
        self._take_unknown()
        self._take_greeted()
        self._take_signed()
        self._take_in_place()
        found = False
        for _ in range(_SWEEPS):
            if not self._sweep():
                break
            found = True
        if found:
            self._take_in_place()
        self._take_rosters()
        self._take_halves()
        self._take_monograms()
        self._take_named_again()
        self._take_small_parts()
        return self._joined()

    def tell(self, known: KnownNames) -> None:
        """Add what this text has shown to what is known when the next is read."""
        known.capital |= self.named - known.places
        known.places |= self.places - known.anywhere - known.capital
        known.wards = self.speaks_of_wards

    def _has_candidates(self) -> bool:
        if any(t.capital or not t.known or t.base in self.rules.forenames for t in self.tokens):
            return True
        cues = (self.rules.marker, self.rules.greeting, self.rules.sign_off)
        return any(cue.search(self.text) for cue in cues)

    def _sweep(self) -> bool:
        found = False
        for index in self._open:
            token = self.tokens[index]
            if token.taken or self.is_guarded(token):
                continue
            if token.capital and token.known and len(token.word) > 1:
                if self._is_name_here(index, token):
                    self._take(token)
                    found = True
            elif not token.capital and self._is_low_part(index, token):
                token.taken = found = True
        return found

    @cached_property
    def _open(self) -> list[int]:
        """The words that could turn out to be names by what stands beside them."""
        return [
            index
            for index, t in enumerate(self.tokens)
            if not t.placeholder
            and (t.capital or not t.known or t.kind & Kind.NAMED or t.base in self.rules.too)
        ]
