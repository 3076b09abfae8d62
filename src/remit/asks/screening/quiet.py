"""Texts in which nothing could be personal, told by their words without reading them closely.

Most texts of a list say nothing of anybody: known words and plain numbers. Whether one does is told
here in one pass over its words, each of which is judged once. Whatever could matter to a rule is
left to the rules: a text that is not quiet here is read in full, and the outcome is the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from remit.asks.screening.context import SPOKEN
from remit.asks.screening.files import ENDINGS
from remit.asks.screening.halves import BEHIND_PEOPLE, LEAVING
from remit.asks.screening.patterns import without_numbers
from remit.asks.screening.rules import NameRules
from remit.asks.screening.signature import Signatures
from remit.asks.screening.spelling import folded
from remit.asks.screening.vocabulary import WORD, Kind, Vocabulary
from remit.asks.senders.cues import CueHeads, tails_of
from remit.model.intake import PersonalFile

_RUN = re.compile(r"[a-z0-9]+")
_NUMBER = re.compile(r"\d[\da-z]*")
_ONLY_NUMBER = re.compile(r"(\d+)[.,:;)]?")
_SIGNS = ("@", "\\", "[", "_", "--")
_SLASHED = re.compile(
    r"://|www|\.us/|\.com/|/(?:home|users|mnt|var|tmp|volumes|media)/|[a-z]:/", re.IGNORECASE
)
_ENDS_AS_FILE = re.compile(rf"\.(?:{ENDINGS})\b", re.IGNORECASE)
_BEGINS_A_LIST = re.compile(r"[^A-Za-z0-9]*\d[\da-z]{3,}\s?[/&+]")
_WARD = re.compile(r"\bwards?\b", re.IGNORECASE)
_CAPITAL = re.compile(r"[A-Z][A-Za-z'\d]*")
_RUN_BEFORE = re.compile(r"([A-Za-z\d]+)[^A-Za-z\d]*\Z")
_RUN_BEHIND = re.compile(r"[ \t]+([A-Za-z\d]+)")
_DOUBLE = re.compile(r"[A-Z][a-z']+-[A-Z]")
_LOOK_BACK = 40
_DONE = SPOKEN | LEAVING
_MARKERS_TOO = frozenset({"cc", "fao", "attn", "d"})
_BEFORE_INITIALS = frozenset({"patient", "pt", "cc", "bcc", "fao", "attn"})


class QuietTexts:
    """Knows texts of which screening changes nothing.

    Parameters
    ----------
    words, rules
        The declared words about names, and the form in which the rules ask for them.
    vocabulary
        What the words of the redactor are.
    signatures
        Cuts signatures off.
    says_nothing
        Whether a word is no person wherever it stands.
    """

    def __init__(
        self,
        words: PersonalFile,
        rules: NameRules,
        vocabulary: Vocabulary,
        signatures: Signatures,
        says_nothing: Callable[[str], bool],
    ) -> None:
        self._rules, self._vocabulary, self._signatures = rules, vocabulary, signatures
        self._says_nothing = says_nothing
        self._heads = CueHeads((*words.greetings, *words.sign_offs))
        # What stands between two blanks, by what was found in it.
        self._quiet: set[str] = set()
        self._loud: set[str] = set()
        self._cues: set[str] = set()
        self._marking: set[str] = set()
        self._numbers: set[str] = set()
        self._acronyms: set[str] = set()
        self._named: set[str] = set()
        self._named_words: set[str] = set()
        self._titles = rules.titles | rules.soft_titles
        self._leads = (
            _MARKERS_TOO | tails_of(words.markers) | rules.callings | BEHIND_PEOPLE | SPOKEN
        )

    def is_quiet(self, text: str) -> bool:
        """Whether nothing would be taken out of a text, if no names are known beforehand.

        False where that is not plain to see.
        """
        if not text.isascii():
            return False
        pieces = set(text.split())
        if not pieces <= self._quiet and not self._learn(pieces - self._quiet):
            return False
        return (
            not self._has_cue(pieces, text)
            and not self._may_have_initials(pieces, text)
            and (self._named.isdisjoint(pieces) or not self._may_be_named(text))
            and not _BEGINS_A_LIST.match(text)
            and without_numbers(text) == text
        )

    def speaks_of_wards(self, text: str) -> bool:
        """Whether a quiet text is about wards, as the rules would tell it."""
        if "ward" not in text.lower():
            return False
        pieces = text.split()
        others = (self._numbers, self._acronyms, self._named)
        plain = all(some.isdisjoint(pieces) for some in others)
        return plain or _WARD.search(text) is not None

    def _learn(self, pieces: set[str]) -> bool:
        """Judge what was not met yet between two blanks; whether all of it is quiet."""
        if not self._loud.isdisjoint(pieces):
            return False
        for piece in pieces:
            (self._quiet if self._is_quiet_piece(piece) else self._loud).add(piece)
        return self._loud.isdisjoint(pieces)

    def _is_quiet_piece(self, piece: str) -> bool:
        if found := _ONLY_NUMBER.fullmatch(piece):
            if not self._says_nothing(found[1]):
                self._numbers.add(piece)
            return True
        if any(sign in piece for sign in _SIGNS) or _ENDS_AS_FILE.search(piece):
            return False
        if "-" in piece and _DOUBLE.search(piece):
            return False
        if "/" in piece and _SLASHED.search(piece):
            return False
        judged = [self._is_quiet_word(word, piece) for word in WORD.findall(piece)]
        return all(judged)

    def _is_quiet_word(self, word: str, piece: str) -> bool:
        runs = _RUN.findall(word.lower())
        if word[0].isupper() and not self._titles.isdisjoint(runs):
            return False
        if self._heads.begin_any(runs):
            self._cues.add(piece)
        if not _BEFORE_INITIALS.isdisjoint(runs):
            self._marking.add(piece)
        return self._says_nothing(word) or self._is_quiet_by_cues(word, piece)

    def _is_quiet_by_cues(self, word: str, piece: str) -> bool:
        """Whether a word is a person only by what stands about it."""
        if _NUMBER.fullmatch(word):
            self._numbers.add(piece)
        elif self._is_acronym(word):
            self._acronyms.add(piece)
        elif self._is_known(word) and _CAPITAL.fullmatch(word) and len(word) > 1:
            self._named.add(piece)
            self._named_words.add(word)
        else:
            self._numbers.add(piece)
            return len(word) == 1 and word.islower() and self._is_known(word)
        return True

    def _is_known(self, word: str) -> bool:
        """Whether a word is known, and no given name; it may be a family name."""
        kind = self._vocabulary.kind(word)
        known = kind & Kind.KNOWN and not kind & Kind.ACRONYM
        return bool(known) and not self._rules.could_be_given(folded(word.removesuffix("'s")))

    def _is_acronym(self, word: str) -> bool:
        """Capitals that are no name, and that are initials only behind a marker."""
        kind = self._vocabulary.kind(word)
        known = kind & Kind.DECLARED and kind & Kind.ACRONYM and not kind & Kind.NAMED
        return bool(known) and word.isalpha() and not self._rules.could_be_given(folded(word))

    def _has_cue(self, pieces: set[str], text: str) -> bool:
        """Whether somebody may be greeted or sign."""
        if self._cues.isdisjoint(pieces):
            return False
        found = self._rules.greeting.search(text) or self._rules.sign_off.search(text)
        return found is not None or self._signatures.without(text)[1] > 0

    def _may_have_initials(self, pieces: set[str], text: str) -> bool:
        if self._acronyms.isdisjoint(pieces):
            return False
        return ":" in text or not self._marking.isdisjoint(pieces)

    def _may_be_named(self, text: str) -> bool:
        """Whether a marker or what is done makes a known word with a capital a name."""
        for found in _CAPITAL.finditer(text):
            if found.group() not in self._named_words:
                continue
            start = found.start()
            before = _RUN_BEFORE.search(text, max(0, start - _LOOK_BACK), start)
            behind = _RUN_BEHIND.match(text, found.end())
            if (before and before[1].lower() in self._leads) or (start and not before):
                return True
            if before and before[1].isdigit() and self._is_called(text[:start]):
                return True
            told = behind[1].lower() in _DONE if behind else False
            if behind and (told or behind[1] in self._named_words):
                return True
        return False

    def _is_called(self, before: str) -> bool:
        """``PC 14772`` before a word: what a person is called, and a number."""
        return not self._rules.callings.isdisjoint(_RUN.findall(before.lower())[-2:])
