"""Letters that stand for a person: ``seen by RJP``, ``Dr A B``, ``action: JM/RT``, ``- SW``."""

from __future__ import annotations

import re

from remit.asks.screening.context import InContext
from remit.asks.screening.tokens import Token
from remit.asks.screening.vocabulary import Kind, acronyms_of_bodies, is_declared

_LONGEST = 3
_OWN_WORK = frozenset(
    {"edits", "edit", "comments", "amends", "amendments", "notes", "tracked", "initials"}
)
_GOES_ON = frozenset(
    {
        "and",
        "or",
        "re",
        "about",
        "who",
        "at",
        "today",
        "yesterday",
        "please",
        "pls",
        "thx",
        "thanks",
    }
    | {"the", "a", "an", "it", "we", "they", "i", "you", "not", "our", "who", "which", "was"}
    | {"this", "that", "by", "before", "if", "when", "because", "for", "on", "to", "has", "is"}
)
_LIST = re.compile(r"\s?[,/&+]\s?|\s(?:and)\s")
_ENDS = re.compile(r"\s{0,2}(?:[.,;:!?)\]/\n]|$)")


class Initials(InContext):
    """Takes initials where a person stands."""

    def _take_initials(self) -> None:
        found = [
            i
            for i, t in enumerate(self.tokens)
            if 1 < len(t.word) <= _LONGEST and not t.taken and self._could_be(t)
        ]
        for index in found:
            token = self.tokens[index]
            if self._person_stands(index, token) and not self.is_guarded(token):
                token.taken = True
        for index in [*found, *reversed(found)]:
            if not self.tokens[index].taken and self._joins_initials(index):
                self.tokens[index].taken = True
        self._take_apart()

    def _could_be(self, token: Token) -> bool:
        """Two or three capitals that are no abbreviation known to Remit."""
        word = token.word
        if not 1 < len(word) <= _LONGEST or not (word.isupper() and word.isalpha()):
            return False
        if not word.isascii() or token.is_a(Kind.DECLARED) or token.placeholder:
            return False
        if token.is_a(Kind.COMMON) and not token.is_a(Kind.FORENAME):
            return False
        plural = is_declared(word) or is_declared(word.removesuffix("S"))
        known = word in acronyms_of_bodies() or word in self.vocabulary.acronyms
        return not plural and not known

    def _person_stands(self, index: int, token: Token) -> bool:
        rules, before, after = self.rules, self.at(index - 1), self.at(index + 1)
        if before is not None and token.gap in {" ", ": ", ":", ". "}:
            if before.base in rules.titles and before.capital:
                return True
            led = before.base in rules.before_initials
            if led and (token.gap != ". ") and self._ends_part(after):
                return True
        low = after is not None and after.beside and not after.capital
        if low and after is not None and (self._acts_as(index) or after.base in _OWN_WORK):
            return True
        return self._stands_apart_here(token)

    def _ends_part(self, after: Token | None) -> bool:
        """Whether initials head no further words: ``by RLH site`` is no person."""
        if after is None or not after.beside or after.base in _GOES_ON:
            return True
        return after.word[0].isdigit() and len(after.word) > 1

    def _acts_as(self, index: int) -> bool:
        """``RJP said``, ``GH to chase``."""
        after, then = self.at(index + 1), self.at(index + 2)
        if after is None:
            return False
        if after.base in self.rules.verbs:
            return True
        acts = after.base in {"to", "will"} and then is not None and then.beside
        return acts and then is not None and then.base in self.rules.tasks

    def _stands_apart_here(self, token: Token) -> bool:
        """``(KO)``, ``- SW`` at the end of a line."""
        closes = self.text[token.end : token.end + 1]
        line_ends = closes in {"", "\n", "\r"}
        if token.gap.endswith("(") and closes in {")", "/", ","}:
            return True
        return line_ends and re.search(r"(?:\s[-–—]\s?|\n\s?)\Z", token.gap) is not None

    def _joins_initials(self, index: int) -> bool:
        """``JM/RT``, ``AK, RT``: beside others, or beside a name."""
        token, before, after = self.tokens[index], self.at(index - 1), self.at(index + 1)
        if self._is_handed_to(index):
            return True
        for other, gap in ((before, token.gap), (after, after.gap if after else "")):
            if other is None or not other.taken or other.placeholder:
                continue
            if _LIST.fullmatch(gap) and (self._could_be(other) or "/" in gap):
                return True
        return False

    def _is_handed_to(self, index: int) -> bool:
        """``[name] to NP``, ``[name] and NP``."""
        joint, person = self.at(index - 1), self.at(index - 2)
        if joint is None or person is None or joint.base not in {"to", "and"}:
            return False
        beside = self.tokens[index].beside and joint.beside
        return person.taken and beside and self._ends_part(self.at(index + 1))

    def _take_apart(self) -> None:
        """``Dr A B``: letters apart behind a title."""
        for index, token in enumerate(self.tokens):
            if len(token.word) > 1 or not token.capital:
                continue
            before = self.at(index - 1)
            if before is None or token.gap not in {" ", ". "}:
                continue
            titled = before.base in self.rules.titles and before.capital
            if titled or (before.is_initial and before.taken and token.beside):
                token.taken = titled is False or self._is_titled(index)

    def _is_titled(self, index: int) -> bool:
        after = self.at(index + 1)
        return after is None or after.is_initial or not after.capital or after.taken
