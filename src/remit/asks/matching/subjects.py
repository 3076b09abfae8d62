"""Which organisation an ask is about; it can differ from the one that received it."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from remit.model.ask import Ask

_GENERIC_WORDS = (
    "nhs trust foundation ft university hospital hospitals teaching general community health "
    "healthcare care mental partnership services service icb ics integrated board system group of "
    "and the for in ambulance acute children childrens women womens district infirmary royal "
    "county city north south east west central mid greater st saint learning disability social "
    "specialist national uh nhsft nhst"
)
_GENERIC = frozenset(_GENERIC_WORDS.split())
_BOARD = re.compile(r"\bicb\b|integrated care (?:board|system)|\bics\b", re.IGNORECASE)
_WORD = re.compile(r"[a-z][a-z0-9'-]*(?:&[a-z])?|[a-z]&[a-z]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class SubjectReader:
    """Tells the subject of an ask by the names that occur in the whole file."""

    boards: frozenset[str]
    """Codes whose names are those of an ICB."""
    names: dict[str, str]
    """A distinctive name, in lower case, → the code it is of."""
    misplaced: dict[tuple[str, str], str]
    """A recipient's code and name that do not belong together → the code of the name."""

    def subject(self, ask: Ask) -> str:
        """The code of the organisation that an ask is about.

        The recipient, save where the column names another organisation than its code, or where
        an ICB is asked about one trust that the words name.
        """
        if named := self.misplaced.get((ask.to_org_code, _plain(ask.to_org_name))):
            return named
        if ask.to_org_code not in self.boards:
            return ask.to_org_code
        told = self._named_in(ask.words) - self.boards
        return told.pop() if len(told) == 1 else ask.to_org_code

    def _named_in(self, text: str) -> set[str]:
        return {self.names[word] for word in words_of_names(text) if word in self.names}


def learn_subjects(asks: Sequence[Ask]) -> SubjectReader:
    """Learn which names belong to which code from the recipients of a whole file."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for ask in asks:
        if ask.to_org_name:
            counts[ask.to_org_code][_plain(ask.to_org_name)] += 1
    usual = {code: names.most_common(1)[0][0] for code, names in counts.items()}
    known = {code: frozenset(_short_names(name)) for code, name in usual.items()}
    owners: dict[str, set[str]] = defaultdict(set)
    for code, shorts in known.items():
        for short in shorts:
            owners[short].add(code)
    names = {short: next(iter(codes)) for short, codes in owners.items() if len(codes) == 1}
    for code, written in counts.items():
        for name in written:
            if not known[code].isdisjoint(_short_names(name)) or len(words_of_names(name)) == 1:
                for short in _short_names(name):
                    if short not in owners:
                        names.setdefault(short, code)
    return SubjectReader(
        frozenset(code for code, name in usual.items() if _BOARD.search(name)),
        names,
        _misplaced(counts, known, names),
    )


def _misplaced(
    counts: dict[str, Counter[str]], known: dict[str, frozenset[str]], names: dict[str, str]
) -> dict[tuple[str, str], str]:
    """Names that were logged under a code whose usual name is quite another."""
    found: dict[tuple[str, str], str] = {}
    for code, written in counts.items():
        for name in written:
            shorts = set(_words_of(name))
            told = {names[short] for short in shorts if short in names}
            if shorts and shorts.isdisjoint(known[code]) and len(told - {code}) == 1:
                found[code, name] = (told - {code}).pop()
    return found


def _plain(name: str | None) -> str:
    return " ".join((name or "").lower().split())


def _words_of(name: str) -> list[str]:
    """The words of a name that no other kind of organisation shares."""
    return [word for word in words_of_names(name) if word not in _GENERIC and len(word) > 2]


def _short_names(name: str) -> Iterable[str]:
    """The telling words of a name, and its initials."""
    yield from _words_of(name)
    parts = [word for word in words_of_names(name) if word not in {"and", "the", "of", "nhs"}]
    if len(parts) > 2:
        yield "".join(word[0] for word in parts)
        whole = [word for word in words_of_names(name) if word not in {"and", "the", "of"}]
        yield "".join(word[0] for word in whole)


def words_of_names(text: str) -> list[str]:
    """The words of a text as they are compared with names of organisations."""
    return [word.removesuffix("'s") for word in _WORD.findall(text.lower().replace("’", "'"))]
