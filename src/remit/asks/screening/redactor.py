"""Takes personal data out of texts, labels and names of files."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from remit.asks.screening.files import FILE, PATH, FileNames
from remit.asks.screening.known import KnownNames, NameReader
from remit.asks.screening.labels import Labels
from remit.asks.screening.patterns import NAME, PLACEHOLDERS, without_numbers
from remit.asks.screening.people import PeopleSearch
from remit.asks.screening.quiet import QuietTexts
from remit.asks.screening.rules import NameRules
from remit.asks.screening.signature import Signatures
from remit.asks.screening.spelling import composed, folded
from remit.asks.screening.vocabulary import WORD, Kind, Vocabulary
from remit.model.intake import PersonalFile

_PLACEHOLDER = re.compile("|".join(map(re.escape, PLACEHOLDERS)))
_ODD = re.compile("[\u0300-\u036f]")
"""Accents that are no part of their letters: such words are looked at more closely."""
_MOST_ROUNDS = 6
_DIGITS = "0123456789"
_ONE_DIGIT = str.maketrans(_DIGITS, "1" * len(_DIGITS))
# Whether a number is somebody's depends on the very digits.
_MANY_DIGITS = re.compile(r"\d(?:[^\d]?\d){4}")


@dataclass(frozen=True, slots=True)
class Redacted:
    """A text without personal data, and how many pieces were taken out of it."""

    text: str
    removed: int


class Redactor:
    """Takes personal data out of texts: what is kept is what is known to be no person.

    Parameters
    ----------
    words
        The declared words about names (``load_personal``).
    known
        Texts whose words are known to be no persons besides, such as names of organisations.

    Examples
    --------
    >>> from remit.asks.intake.personal import load_personal
    >>> Redactor(load_personal()).redact("Hi Priya, RTT for May please").text
    'Hi [name], RTT for May please'
    """

    def __init__(self, words: PersonalFile, known: Iterable[str] = ()) -> None:
        self._words = words
        self._known = tuple(known)
        self.vocabulary = Vocabulary(self._known)
        self._rules = NameRules(words)
        self._names = NameReader(words, self.vocabulary)
        self._signatures = Signatures(words)
        self._labels = Labels(words, self.vocabulary)
        self._files = FileNames(self.vocabulary, words.listed("words_too"))
        self._clean: dict[str, bool] = {}
        self._forms: dict[str, bool] = {}
        self._plain: set[str] = set()
        self._quiet = QuietTexts(
            words, self._rules, self.vocabulary, self._signatures, self._says_nothing
        )

    def knowing(self, texts: Iterable[str]) -> Redactor:
        """A redactor to which the words of these texts, such as names of bodies, are known."""
        more = {text for text in texts if text} - set(self._known)
        return Redactor(self._words, (*self._known, *sorted(more))) if more else self

    def redact(self, text: str, names: Iterable[str] = ()) -> Redacted:
        """Take out names, signatures, addresses and numbers.

        Parameters
        ----------
        text
            What somebody wrote, without the messages that it quotes.
        names
            Names and addresses known from elsewhere, such as the sender's; each of their words is
            taken out in any case, with or without accents, but of a shared mailbox's ("ICB
            performance team") none. A name that is also a word ("Will") goes where it has a
            capital.
        """
        names = tuple(names)
        found = self._redacted(text, self._known_from(names, text))
        # What one reading took for a place may hide a name from it; a fresh one sees it.
        for _ in range(_MOST_ROUNDS if found.removed else 0):
            before, known = found, self._known_from(names, found.text)
            found = self._again(before, known)
            if found.text == before.text:
                break
        return found

    def redact_pair(
        self, title: str, text: str, names: Iterable[str] = ()
    ) -> tuple[Redacted, Redacted]:
        """A title and its text; what the text says of people and places holds for the title."""
        known = self._known_from(names, f"{title}\n{text}")
        below = self._redacted(text, known)
        told = known.count
        above = self._redacted(title, known)
        if known.count > told:  # Who is told by the title alone.
            below = self._again(below, known)
        return above, below

    def _again(self, before: Redacted, known: KnownNames) -> Redacted:
        after = self._redacted(before.text, known)
        return Redacted(after.text, before.removed + after.removed)

    def _known_from(self, names: Iterable[str], text: str) -> KnownNames:
        return self._names.known([name for name in map(composed, names) if name], composed(text))

    def _redacted(self, text: str, known: KnownNames) -> Redacted:
        if known.are_none and self._quiet.is_quiet(text):
            known.wards = known.wards or self._quiet.speaks_of_wards(text)
            return Redacted(text.strip(), 0)
        text, count = composed(text), 0
        for _ in range(_MOST_ROUNDS):
            done, removed = self._once(text, known)
            count += removed
            if done == text:
                break
            text = done
        return Redacted(text, count)

    def is_clean(self, label: str) -> bool:
        """Whether a short label, such as a body or a team, holds nothing personal."""
        if label not in self._clean:
            bare = composed(label).strip()
            self._clean[label] = self.redact(bare).text == bare and not self._labels.is_person(bare)
        return self._clean[label]

    def is_clean_body(self, name: str) -> bool:
        """Whether a name has a word for a body in it, such as hospital, and no person."""
        return self._labels.is_body(name) and self.is_clean(name)

    def file_name(self, name: str, names: Iterable[str] = ()) -> str:
        """A file's name as it may be kept: ``From Jo Hill.eml`` → ``From [name].eml``."""
        names = tuple(names)
        if not names and self._is_kept(name):
            return name
        return self._screened(name, names)

    def _is_kept(self, name: str) -> bool:
        """Whether a name stays as it is; told once for all that differ in a few digits only."""
        if not name.isascii() or _MANY_DIGITS.search(name):
            return False
        form = name.translate(_ONE_DIGIT)
        if form not in self._forms:
            self._forms[form] = self._screened(form, ()) == form
        return self._forms[form]

    def _screened(self, name: str, names: Iterable[str]) -> str:
        known = self._names.known(names, name)
        return self._files.without_people(without_numbers(composed(name)), known)

    def _once(self, text: str, known: KnownNames) -> tuple[str, int]:
        body, cut = self._signatures.without(text)
        before = _placeholders(body)
        body = self._without_files(body, known)
        body = without_numbers(body)
        body, merged = self._without_people(body, known)
        return body.strip(), cut + _placeholders(body) - before + merged

    def _without_files(self, text: str, known: KnownNames) -> str:
        if "." not in text and "\\" not in text and "/" not in text:
            return text
        for pattern in (PATH, FILE):
            text = pattern.sub(lambda m: self._files.without_people(m.group(), known), text)
        return text

    def _is_plain(self, text: str, known: KnownNames) -> bool:
        """Whether no word of a text could be a person, wherever it stood: most short texts."""
        if not known.are_none:
            return False
        words = set(WORD.findall(text))
        if not words <= self._plain:
            self._plain |= {word for word in words - self._plain if self._says_nothing(word)}
        return words <= self._plain and (text.isascii() or not _ODD.search(text))

    def _says_nothing(self, word: str) -> bool:
        kind = self.vocabulary.kind(word)
        if not kind & Kind.KNOWN or kind & Kind.ACRONYM or len(word) == 1:
            return False
        plain = kind & (Kind.COMMON | Kind.DECLARED)
        named = word[0].isupper() and (kind & Kind.NAMED or not plain)
        return not named and not self._rules.could_be_given(folded(word))

    def _without_people(self, text: str, known: KnownNames) -> tuple[str, int]:
        """The text without people, and how many placeholders became part of others."""
        if self._is_plain(text, known):
            known.wards = known.wards or "ward" in text.lower()
            return text, 0
        reading = PeopleSearch(text, self._rules, self.vocabulary, known)
        spans = reading.spans()
        reading.tell(known)
        pieces: list[str] = []
        end = merged = 0
        for start, stop in spans:
            merged += max(0, text.count(NAME, start, stop) - 1)
            pieces += [text[end:start], NAME]
            end = stop
        return "".join([*pieces, text[end:]]), merged


def _placeholders(text: str) -> int:
    return sum(1 for _ in _PLACEHOLDER.finditer(text))
