"""Which entries of the catalogue an ask is about, and which measure of each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from remit.asks.matching.word_index import Weighted, WordIndex, plain_words
from remit.catalogue import load_entries
from remit.model.entry import CatalogueEntry

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_NAME, _SPOKEN, _MEASURE, _CUT, _NOT_IN_IT = 2.0, 3.0, 1.5, 0.5, 0.7
"""What the words of an entry count: most of all those by which people call it."""
_ANSWERING, _OTHERS = 8, 4
"""How many entries of each sort are kept of an ask."""
_MOST_WORDS = 0.5
"""A measure is asked for where so much of its words is said, by how rare they are."""
_UNKNOWN = 2.0
"""How rare a word is taken to be that no entry has."""


@dataclass(frozen=True, slots=True)
class EntryMatch:
    """An entry that an ask may be about."""

    id: str
    score: float
    measured: float
    """The part of its best measure's words that stand in the ask, 0 to 1."""
    spoken: float
    """The same of its best spoken name."""
    left_out: float
    """The same of what is often asked of it and is not in it."""
    measure: int
    """The place of its best measure; -1 where it has none."""


class EntryReader:
    """Reads which entries an ask is about."""

    def __init__(self, entries: Mapping[str, CatalogueEntry]) -> None:
        self.entries = entries
        self.ids = tuple(entries)
        self._index = WordIndex([_document(entry) for entry in entries.values()])
        self._answers = [entry.kind.answers for entry in entries.values()]
        self._measures = self._parts([_says(entry) for entry in entries.values()])
        self._spoken = self._parts([entry.spoken for entry in entries.values()])
        self._left_out = self._parts([entry.not_in_it for entry in entries.values()])

    def read(self, words: Mapping[str, float], pairs: Iterable[str]) -> tuple[EntryMatch, ...]:
        """The entries that are nearest, best first: some that answer asks and some that do not.

        Parameters
        ----------
        words
            The stems of an ask with what each counts.
        pairs
            Its neighbouring stems.
        """
        scores = self._index.scores(words, pairs)
        return tuple(self._match(at, scores, words) for at in self._nearest(scores))

    def measures(self, entry: str, words: Iterable[str]) -> tuple[int, ...]:
        """The places of an entry's measures of which most words are said, the fullest first."""
        said = dict.fromkeys(words, 1.0)
        covered = [self._covered(part, said) for part in self._measures[self.ids.index(entry)]]
        places = sorted(range(len(covered)), key=lambda place: -covered[place])
        return tuple(place for place in places if covered[place] >= _MOST_WORDS)

    def _nearest(self, scores: NDArray[np.float64]) -> list[int]:
        order = [int(at) for at in (-scores).argsort(kind="stable") if scores[at] > 0]
        sides = ([at for at in order if self._answers[at] is side] for side in (True, False))
        answering, others = sides
        return sorted(
            [*answering[:_ANSWERING], *others[:_OTHERS]], key=lambda at: (-scores[at], at)
        )

    def _match(
        self, at: int, scores: NDArray[np.float64], words: Mapping[str, float]
    ) -> EntryMatch:
        measured = [self._covered(part, words) for part in self._measures[at]]
        best = max(range(len(measured)), key=lambda place: measured[place], default=-1)
        return EntryMatch(
            self.ids[at],
            round(float(scores[at]), 2),
            measured[best] if best >= 0 else 0.0,
            max((self._covered(part, words) for part in self._spoken[at]), default=0.0),
            max((self._covered(part, words) for part in self._left_out[at]), default=0.0),
            best,
        )

    def _parts(
        self, all_said: Sequence[Sequence[str]]
    ) -> list[list[tuple[tuple[str, float], ...]]]:
        """The distinct words of each part, each with how rare it is."""
        return [[self._rare(plain_words(said)) for said in parts] for parts in all_said]

    def _rare(self, words: Sequence[str]) -> tuple[tuple[str, float], ...]:
        rarity = self._index.rarity
        return tuple((word, rarity.get(word, _UNKNOWN)) for word in dict.fromkeys(words))

    @staticmethod
    def _covered(part: tuple[tuple[str, float], ...], words: Mapping[str, float]) -> float:
        whole = sum(rarity for _, rarity in part)
        held = sum(rarity for word, rarity in part if word in words)
        return round(held / whole, 3) if whole else 0.0


@cache
def load_entry_reader() -> EntryReader:
    """The reader of the catalogue that comes with Remit."""
    return EntryReader(load_entries())


def _says(entry: CatalogueEntry) -> tuple[str, ...]:
    return tuple(measure.says for measure in entry.measures)


def _document(entry: CatalogueEntry) -> list[Weighted]:
    return [
        (entry.name, _NAME),
        *((said, _SPOKEN) for said in entry.spoken),
        *((said, _MEASURE) for said in _says(entry)),
        *((said, _CUT) for said in entry.cuts),
        *((said, _NOT_IN_IT) for said in entry.not_in_it),
    ]
