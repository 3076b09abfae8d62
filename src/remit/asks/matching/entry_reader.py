"""Which entries of the catalogue an ask is about, and which measure of each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

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


SaidWords = tuple[Mapping[str, float], Iterable[str]]
"""The stems of an ask with what each counts, and its neighbouring stems."""


class EntryMatch(NamedTuple):
    """An entry that an ask may be about; a tuple, for it goes from process to process."""

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
        (found,) = self.read_all([(words, pairs)])
        return found

    def read_all(self, asks: Sequence[SaidWords]) -> list[tuple[EntryMatch, ...]]:
        """The same of several asks, each with its stems and its neighbouring stems."""
        scores = np.array([self._index.scores(*ask) for ask in asks])
        best = self._parts.best([words for words, _ in asks])
        return [
            tuple(self._match(at, scores[row, at], best, row) for at in places)
            for row, places in enumerate(self._nearest(scores))
        ]

    def of(self, entry: str, words: Mapping[str, float]) -> EntryMatch:
        """How near one entry is to weighted stems, whether or not it is among the nearest."""
        at = self.ids.index(entry)
        return self._match(at, self._index.scores(words)[at], self._parts.best([words]), 0)

    def measures(self, entry: str, words: Iterable[str]) -> tuple[int, ...]:
        """The places of an entry's measures of which most words are said, the fullest first."""
        start, stop = self._parts.measures_of(self.ids.index(entry))
        covered = self._parts.shares([dict.fromkeys(words)])[0, start:stop].tolist()
        places = sorted(range(len(covered)), key=lambda place: -covered[place])
        return tuple(place for place in places if covered[place] >= _MOST_WORDS)

    def _nearest(self, scores: NDArray[np.float64]) -> list[list[int]]:
        """For each ask the places of its nearest entries, best first."""
        order = (-scores).argsort(axis=1, kind="stable")
        answer = self._answers[order]
        kept = (np.cumsum(answer, axis=1) <= _ANSWERING) & answer
        kept |= (np.cumsum(~answer, axis=1) <= _OTHERS) & ~answer
        kept &= np.take_along_axis(scores, order, axis=1) > 0
        return [places[some].tolist() for places, some in zip(order, kept, strict=True)]

    def _match(self, at: int, score: np.float64, best: _Best, row: int) -> EntryMatch:
        shares, measures = best
        measured, spoken, left_out = shares[row][_SORTS * at : _SORTS * at + _SORTS]
        rounded = round(float(score), 2)
        return EntryMatch(self.ids[at], rounded, measured, spoken, left_out, measures[row][at])


_SORTS = 3
"""Of an entry's parts: what it measures, how it is called, what is left out."""
_Best = tuple[list[list[float]], list[list[int]]]
"""For each ask the fullest share of each sort of each entry, and each entry's fullest measure."""


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
        held: dict[str, list[tuple[int, float]]] = defaultdict(list)
        wholes: list[float] = []
        self._starts: list[int] = []
        for parts in (parts for entry in sides for parts in entry):
            self._starts.append(len(wholes))
            # A sort without parts has a share of nothing.
            for said in parts or ("",):
                distinct = dict.fromkeys(plain_words(said))
                weights = {word: rarity.get(word, _UNKNOWN) for word in distinct}
                for word, weight in weights.items():
                    held[word].append((len(wholes), weight))
                wholes.append(sum(weights.values()) or 1.0)
        self._wholes = np.array(wholes)
        self._measured = np.array([bool(entry[0]) for entry in sides])
        self._held = {
            word: (np.array([place for place, _ in at]), np.array([weight for _, weight in at]))
            for word, at in held.items()
        }

    def measures_of(self, at: int) -> tuple[int, int]:
        """Where an entry's measures begin and end."""
        if not self._measured[at]:
            return 0, 0
        return self._starts[_SORTS * at], self._starts[_SORTS * at + 1]

    def shares(self, asks: Sequence[Iterable[str]]) -> NDArray[np.float64]:
        """The share of each part that the words of each ask meet, 0 to 1."""
        size = len(self._wholes)
        met = [
            (row * size + places, weights)
            for row, words in enumerate(asks)
            for places, weights in (self._held[word] for word in words if word in self._held)
        ]
        if not met:
            return np.zeros((len(asks), size))
        places, weights = (np.concatenate(side) for side in zip(*met, strict=True))
        sums = np.bincount(places, weights, minlength=len(asks) * size).reshape(-1, size)
        shares: NDArray[np.float64] = np.round(sums / self._wholes, 3)
        return shares

    def best(self, asks: Sequence[Iterable[str]]) -> _Best:
        """The fullest parts of every sort of each entry, for each ask."""
        shares = self.shares(asks)
        most = np.maximum.reduceat(shares, self._starts, axis=1)
        return most.tolist(), self._fullest(shares, most).tolist()

    def _fullest(self, shares: NDArray[np.float64], most: NDArray[np.float64]) -> NDArray[np.int64]:
        """The place of each entry's first fullest measure; -1 where it has none."""
        size = shares.shape[1]
        lengths = np.diff([*self._starts, size])
        at_most = shares == np.repeat(most, lengths, axis=1)
        places = np.where(at_most, np.arange(size), size)
        first = np.minimum.reduceat(places, self._starts, axis=1)[:, ::_SORTS]
        return np.where(self._measured, first - np.array(self._starts[::_SORTS]), -1)


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
