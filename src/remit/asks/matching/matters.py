"""Which matter an ask is about: of the declared ones, by its words and by its publications."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import NamedTuple

import numpy as np

from remit.asks.matching.entry_reader import EntryMatch, SaidWords, load_entry_reader
from remit.asks.matching.word_index import Weighted, WordIndex, pairs_of, plain_words
from remit.catalogue import declared, load_entries, load_glossary
from remit.model.errors import DeclarationError
from remit.model.horizon import HorizonFile, Matter

_NAME, _COVERS = 1.5, 2.0
_OF_ENTRIES = 0.5
"""What the entries of a matter add to words that plainly tell of it; up to 1 where none do."""
_KEPT = 4
_PLAIN = 20.0
"""From this score on words plainly tell of a matter; a few letters in common tell less."""
_FAINTEST = 1e-9
_LEAST = 10.0
"""A phrase whose words score less than this is about no matter: two of its words at most meet."""


class MatterMatch(NamedTuple):
    """A matter that an ask may be about; ``score`` is 1 to 1.5 for one that plainly fits best."""

    id: str
    score: float


class MatterReader:
    """Reads which matters words are about."""

    def __init__(self, content: HorizonFile) -> None:
        self.content = content
        self.matters = {matter.id: matter for matter in content.matters}
        self._ids = tuple(self.matters)
        self._index = WordIndex([_document(matter) for matter in content.matters])
        self._place_of = {
            entry: place for place, matter in enumerate(content.matters) for entry in matter.entries
        }

    def read(
        self,
        words: Mapping[str, float],
        pairs: Iterable[str],
        entries: Sequence[EntryMatch],
    ) -> tuple[MatterMatch, ...]:
        """The nearest matters, best first; none where no word tells of any.

        Parameters
        ----------
        words, pairs
            The stems of a text with what each counts, and its neighbouring stems.
        entries
            The entries of the catalogue that the text is about, best first.
        """
        (found,) = self.read_all([(words, pairs)], [entries])
        return found

    def read_all(
        self, asks: Sequence[SaidWords], entries: Sequence[Sequence[EntryMatch]]
    ) -> list[tuple[MatterMatch, ...]]:
        """The same of several asks, each with its words and its entries."""
        scores = np.array([self._index.scores(*ask) for ask in asks])
        most = scores.max(axis=1, keepdims=True)
        plain = np.minimum(most / _PLAIN, 1.0)
        scores = plain * scores / np.maximum(most, _FAINTEST)
        of_entries = 1 - (1 - _OF_ENTRIES) * plain[:, 0]
        for row, (some, weight) in enumerate(zip(entries, of_entries.tolist(), strict=True)):
            for place, share in self._told(some).items():
                scores[row, place] += weight * share
        order = (-scores).argsort(axis=1, kind="stable")[:, :_KEPT]
        kept = np.take_along_axis(scores, order, axis=1)
        return [
            tuple(
                MatterMatch(self._ids[at], round(score, 3))
                for at, score in zip(places, some, strict=True)
                if score > 0
            )
            for places, some in zip(order.tolist(), kept.tolist(), strict=True)
        ]

    def _told(self, entries: Sequence[EntryMatch]) -> dict[int, float]:
        """What the entries say for each matter that has some of them."""
        best = max((entry.score for entry in entries), default=0.0)
        told: dict[int, float] = {}
        for entry in entries:
            place = self._place_of.get(entry.id, -1)
            if place >= 0:
                told[place] = max(told.get(place, 0.0), (entry.score / best) ** 2)
        return told

    def of_phrase(self, text: str) -> Matter | None:
        """The matter of a few words, such as a line of an agenda; None where none fits well."""
        words = plain_words(f"{text}. {' '.join(load_glossary().spelled_out(text))}")
        counted, pairs = Counter(words), pairs_of(words)
        if self._index.scores(counted, pairs).max() < _LEAST:
            return None
        found = self.read(counted, pairs, load_entry_reader().read(counted, pairs))
        return self.matters[found[0].id] if found else None


@cache
def load_matters() -> MatterReader:
    """The matters that come with Remit.

    Raises
    ------
    DeclarationError
        If one names an entry that the catalogue lacks.
    """
    (file,) = declared.packaged("horizon")
    content = file.validate(HorizonFile)
    known = load_entries()
    faults = [
        file.fault(["matters", place, "entries"], f"there is no entry {name!r}")
        for place, matter in enumerate(content.matters)
        for name in matter.entries
        if name not in known
    ]
    if faults:
        raise DeclarationError("\n".join(faults))
    return MatterReader(content)


def _document(matter: Matter) -> list[Weighted]:
    return [(matter.name, _NAME), *((said, _COVERS) for said in matter.covers)]
