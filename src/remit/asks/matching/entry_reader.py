"""Which entries of the catalogue an ask is about, and which measure of each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from remit.asks.matching.word_index import Weighted, WordIndex, plain_words
from remit.catalogue import load_entries
from remit.catalogue.own import OwnFiles, own_files
from remit.model.entry import CatalogueEntry

if TYPE_CHECKING:
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
        self._answers = np.array([entry.kind.answers for entry in entries.values()])
        self._parts = _Parts(
            [[_says(entry), entry.spoken, entry.not_in_it] for entry in entries.values()],
            self._index.rarity,
        )

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
        shares = self._parts.shares(words)
        return tuple(self._match(at, scores[at], shares) for at in self._nearest(scores))

    def measures(self, entry: str, words: Iterable[str]) -> tuple[int, ...]:
        """The places of an entry's measures of which most words are said, the fullest first."""
        start, stop = self._parts.of_entry[self.ids.index(entry)][0]
        covered = self._parts.shares(dict.fromkeys(words))[start:stop]
        places = sorted(range(len(covered)), key=lambda place: -covered[place])
        return tuple(place for place in places if covered[place] >= _MOST_WORDS)

    def _nearest(self, scores: NDArray[np.float64]) -> list[int]:
        order = (-scores).argsort(kind="stable")
        order = order[scores[order] > 0]
        answer = self._answers[order]
        kept = (np.cumsum(answer) <= _ANSWERING) & answer
        kept |= (np.cumsum(~answer) <= _OTHERS) & ~answer
        nearest: list[int] = order[kept].tolist()
        return nearest

    def _match(self, at: int, score: np.float64, shares: Sequence[float]) -> EntryMatch:
        says, spoken, left_out = (shares[start:stop] for start, stop in self._parts.of_entry[at])
        measured = max(says, default=0.0)
        return EntryMatch(
            self.ids[at],
            round(float(score), 2),
            measured,
            max(spoken, default=0.0),
            max(left_out, default=0.0),
            says.index(measured) if says else -1,
        )


class _Parts:
    """What entries say, part by part: which share of each part's words, the rarer the more, is met.

    Parameters
    ----------
    sides
        For each entry its parts of every sort: measures, spoken names, what is left out.
    rarity
        How rare each word is.
    """

    def __init__(
        self, sides: Sequence[Sequence[Sequence[str]]], rarity: Mapping[str, float]
    ) -> None:
        self.of_entry: list[list[tuple[int, int]]] = []
        held: dict[str, list[tuple[int, float]]] = defaultdict(list)
        wholes: list[float] = []
        for entry in sides:
            self.of_entry.append([])
            for parts in entry:
                self.of_entry[-1].append((len(wholes), len(wholes) + len(parts)))
                for said in parts:
                    distinct = dict.fromkeys(plain_words(said))
                    weights = {word: rarity.get(word, _UNKNOWN) for word in distinct}
                    for word, weight in weights.items():
                        held[word].append((len(wholes), weight))
                    wholes.append(sum(weights.values()) or 1.0)
        self._wholes = np.array(wholes)
        self._held = {
            word: (np.array([place for place, _ in at]), np.array([weight for _, weight in at]))
            for word, at in held.items()
        }

    def shares(self, words: Iterable[str]) -> list[float]:
        """The share of each part that some words meet, 0 to 1."""
        met = [self._held[word] for word in words if word in self._held]
        if not met:
            return [0.0] * len(self._wholes)
        places, weights = (np.concatenate(side) for side in zip(*met, strict=True))
        sums = np.bincount(places, weights, minlength=len(self._wholes))
        shares: list[float] = np.round(sums / self._wholes, 3).tolist()
        return shares


def load_entry_reader() -> EntryReader:
    """The reader of the catalogue that is in force."""
    return _reader(own_files())


@cache
def _reader(_: OwnFiles) -> EntryReader:
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
