"""Every place of a register in which a word stands, for whoever asks what is kept of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from remit.asks.register.register import AskRegister
from remit.asks.register.striking import kept_forms, kept_words
from remit.asks.screening.spelling import folded

_PLACE = re.compile(r"(\w+) (.*), (\w+)", re.DOTALL)
_OF_WORDS = {("Ask", "text"), ("Change", "before"), ("Change", "after")}
"""Where words may stand as matching keeps them: by the alphabet, without ends or accents."""

_RUN_TOGETHER = re.compile(r"(?<=[^\W\d_A-Z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][^\W\d_A-Z])")
_APOSTROPHES = str.maketrans(dict.fromkeys("'’ʼ", " "))
_AROUND = 50
_NAMED = {
    "Ask": ("ask", "ask_id"),
    "Change": ("history of an ask", "ask_id"),
    "Import": ("import", "number"),
    "Decision": ("decision", "number"),
    "Action": ("action", "action_id"),
    "Friction": ("friction", "friction_id"),
    "FrictionBody": ("friction", "friction_id"),
    "Risk": ("shared risk", "risk_id"),
    "RiskShare": ("shared risk", "risk_id"),
    "AcceptedWord": ("accepted word", "word"),
    "LearntName": ("learnt name", "number"),
    "Mapping": ("mapping of columns", "fingerprint"),
}
"""Model → what it is of, and the column that says which one."""


@dataclass(frozen=True, slots=True)
class FoundPlace:
    """A place in which a word stands."""

    word: str
    """The word, or the several together, that was looked for."""
    of: str
    """What it is of: an ask, the history of one, a meeting, a rejected row …"""
    identifier: str
    field: str
    around: str
    """What stands beside it."""
    text: str
    """All that stands in the field."""


def find_words(register: AskRegister, words: Sequence[str]) -> list[FoundPlace]:
    """Every place in which words stand: all tables, any case, with accents or without.

    Whole words are found, also where they run together in a file's name (``KBell_v2``) or end in
    ``'s``. Several in one are found together; among the words that are kept of a text, which stand
    in order of the alphabet, where all of them do.

    Parameters
    ----------
    register
        The open register.
    words
        The words; what is blank is passed over.

    Examples
    --------
    >>> [one.identifier for one in find_words(register, ["Okonkwo"])]  # doctest: +SKIP
    ['A1', 'import-1']
    """
    wanted = [_Wanted(word) for word in dict.fromkeys(" ".join(w.split()) for w in words) if word]
    found: list[FoundPlace] = []
    for place, text in _places(register):
        matched = _PLACE.fullmatch(place)
        if matched is None:
            continue
        name, key, field = matched.groups()
        hits = [one for one in wanted if one.stands_in(text, kept=(name, field) in _OF_WORDS)]
        if hits:
            of, identifier = _named(register, name, key)
            found += [
                FoundPlace(one.word, of, identifier, field, one.around(text), text) for one in hits
            ]
    return found


def _places(register: AskRegister) -> Iterator[tuple[str, str]]:
    """All free text, and the identifiers of asks, which a list may bring along."""
    yield from kept_words(register)
    for ask_id in register.table("Ask").order_by("pk").values_list("ask_id", flat=True):
        yield f"Ask {ask_id}, ask_id", ask_id


def _named(register: AskRegister, name: str, key: str) -> tuple[str, str]:
    """What a row is of, and by which identifier a person finds it."""
    row = register.table(name).filter(pk=key)
    if name == "Rejection":
        file, line = row.values_list("file", "line").get()
        return "rejected row", file if line is None else f"{file}, line {line}"
    if name == "Meeting":
        (starts_at,) = row.values_list("starts_at").get()
        return "meeting", str(starts_at)
    of, column = _NAMED.get(name, (name.lower(), "pk"))
    (identifier,) = row.values_list(column).get()
    return of, f"import-{identifier}" if name == "Import" else str(identifier)


class _Wanted:
    """A word, or several together, in the ways in which it may have been kept."""

    def __init__(self, word: str) -> None:
        self.word = word
        self._written = _pattern([_bare(word), _bare(word.translate(_APOSTROPHES))])

    @cached_property
    def _kept(self) -> list[re.Pattern[str]]:
        return [_pattern([_bare(part), *kept_forms([part])]) for part in self.word.split()]

    def stands_in(self, text: str, *, kept: bool) -> bool:
        if any(self._written.search(form) for form in _forms(text)):
            return True
        return kept and all(part.search(_bare(text)) for part in self._kept)

    def around(self, text: str) -> str:
        """What stands beside the first place; the beginning where it cannot be told apart."""
        if len(text) <= 2 * _AROUND:
            return text
        where = self._first(text)
        start, end = max(0, where - _AROUND), where + _AROUND
        return f"{'…' if start else ''}{text[start:end]}{'…' if end < len(text) else ''}"

    def _first(self, text: str) -> int:
        for pattern in (self._written, *self._kept):
            if hit := pattern.search(text.lower()) or pattern.search(_bare(text)):
                return hit.start()
        return 0


def _forms(text: str) -> Iterator[str]:
    yield _bare(text)
    if apart := text.translate(_APOSTROPHES) if any(map(text.__contains__, "'’ʼ")) else "":
        yield _bare(apart)
    if (split := _RUN_TOGETHER.sub(" ", text)) != text:
        yield _bare(split)


def _pattern(forms: Sequence[str]) -> re.Pattern[str]:
    """Whole words: neither letters nor accents beside them; figures and low lines may be."""
    one_of = "|".join(re.escape(form).replace(r"\ ", r"\s+") for form in dict.fromkeys(forms))
    return re.compile(rf"(?<![^\W\d_])(?:{one_of})(?![^\W\d_])", re.IGNORECASE)


_bare: Callable[[str], str] = folded.__wrapped__
"""As words are compared; texts are long, and are not kept for the next time."""
