"""What belongs to a name: initials, particles, titles."""

from __future__ import annotations

import re

from remit.asks.screening.halves import Halves
from remit.asks.screening.tokens import Token
from remit.asks.screening.vocabulary import Kind

_NOT_INITIALS = frozenset("AI")
_COMMON_PARTICLES = frozenset({"do", "o", "le", "so", "zu", "el"})
_ADVERBS = frozenset(
    {"also", "then", "never", "always", "only", "already", "just", "still", "kindly"}
)
_POINT = re.compile(r"\.(?:\s{0,3}[a-z\d,;:)/|]|\s?[A-Z]|$)")
_JOIN = re.compile(r"[ \t\u00a0]{1,3}|-|\.[ ]?|['’]|")


class SmallParts(Halves):
    """Adds the small parts, and joins what stands together."""

    def _take_named_again(self) -> None:
        """A word that was a name once in this text is one wherever else it has a capital."""
        for index, token in enumerate(self.tokens):
            if token.base not in self.named or token.taken or self.is_guarded(token):
                continue
            if not token.capital:
                token.taken = not token.is_a(Kind.COMMON | Kind.DECLARED)
            elif not self._stays_word(index, token):
                token.taken = not self._is_verb(index, token) or self._did(index)

    def _did(self, index: int) -> bool:
        """``Sue used to send``: a known name before what somebody did."""
        after = self.after(index)
        return after is not None and (after.base.endswith("ed") or after.base in _ADVERBS)

    def _take_small_parts(self) -> None:
        """Initials, particles and titles beside a name."""
        small = self.rules.titles | self.rules.particles
        places = [i for i, t in enumerate(self.tokens) if len(t.word) == 1 or t.base in small]
        for index in [*reversed(places), *places]:
            token = self.tokens[index]
            if not token.taken and self._is_small_part(index, token):
                token.taken = True

    def _is_small_part(self, index: int, token: Token) -> bool:
        after, before = self.at(index + 1), self.at(index - 1)
        leads = after is not None and after.taken and "\n" not in after.gap
        if token.is_initial:
            if self._are_dotted_initials(index):
                return True
            if leads and after is not None and after.gap in {" ", ". ", "."}:
                return token.word not in _NOT_INITIALS or after.gap != " "
            return self._is_last_initial(index, token, before)
        if leads and after is not None and after.gap in {" ", "-", ". ", "'", "’"}:
            if token.base in self.rules.titles:
                return token.capital and after.gap != "-"
            if token.base in self.rules.particles:
                sure = token.base not in _COMMON_PARTICLES or token.capital
                return sure or (before is not None and before.taken)
        return False

    def _are_dotted_initials(self, index: int) -> bool:
        """``J.S.`` behind a marker such as ``patient``, or of somebody in the headers."""
        first, second = self.tokens[index], self.at(index + 1)
        if second is None or not second.is_initial or second.gap not in {".", ". "}:
            before = self.at(index - 1)
            return (
                first.gap in {".", ". "}
                and before is not None
                and before.is_initial
                and before.taken
            )
        if first.word + second.word in self.known.initials:
            return True
        marker = self.rules.initials_marker.search(self.text, max(0, first.start - 16), first.start)
        return first.start in self.marked and marker is not None

    def _is_last_initial(self, index: int, token: Token, before: Token | None) -> bool:
        if before is None or not before.taken or before.possessive:
            return False
        if token.gap not in {" ", ", ", ".", ". "} or (before.placeholder and token.gap == ". "):
            return False
        after = self.after(index)
        return token.word not in _NOT_INITIALS or after is None

    def _joined(self) -> list[tuple[int, int]]:
        """Where people stand; what was taken out before is passed over, unless a name joins it."""
        spans: list[tuple[int, int]] = []
        for token in self.tokens:
            if not token.taken:
                continue
            end = token.end
            if token.is_initial and self.text[end : end + 1] == "." and self._keeps_no_dot(end):
                end += 1
            joins = (
                spans
                and spans[-1][1] <= token.start
                and _JOIN.fullmatch(self.text, spans[-1][1], token.start)
            )
            if joins:
                spans[-1] = (spans[-1][0], end)
            else:
                spans.append((token.start, end))
        return spans

    def _keeps_no_dot(self, end: int) -> bool:
        """Whether the point behind an initial is the initial's, and ends no sentence."""
        return _POINT.match(self.text, end) is not None
