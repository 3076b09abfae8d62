"""Which of some declared texts an ask's words are nearest to, by BM25.

Words, pairs of neighbouring words and runs of four letters are compared, so that a word that is
written otherwise still counts a little. A score is a sum over the words of an ask: what each
distinct word adds is worked out once, and an ask is read by adding up rows.

Source: Robertson and Zaragoza, The Probabilistic Relevance Framework: BM25 and Beyond (2009).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from remit.asks.matching.tokens import stem, tokens

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

_SATURATION, _LENGTH = 1.2, 0.5
"""The two constants of BM25 (k1 and b); the usual range is 1.2 to 2 and 0.5 to 0.8."""
_PAIR, _LETTERS = 0.7, 0.25
"""What a pair of words and a run of letters count beside a word."""
_RUN = 4
_MOST = 2.0
"""A word that stands often in an ask counts for no more than this."""
_GRAMMAR = """
    a about all also an and any are as at be been before being between both but by can could
    did do does during each for from had has have how if in into is it its may me more most
    my no not of on only or other our out over please so some such than that the their them
    then there these they this those to under up us was we were what when where which who
    will with would you your
"""
_STOP = frozenset(_GRAMMAR.split())

Weighted = tuple[str, float]


def plain_words(text: str) -> list[str]:
    """The stems of a text's words, in order, without words of grammar.

    >>> plain_words("How many are waiting over 52 weeks?")
    ['many', 'wait', '52week']
    """
    return plain_stems(tokens(text))


def plain_stems(words: Iterable[str]) -> list[str]:
    """The stems of tokens, without words of grammar."""
    return [root for root in map(_plain_stem, words) if root]


@lru_cache(maxsize=200_000)
def _plain_stem(word: str) -> str:
    return "" if word.lower() in _STOP else stem(word)


class WordIndex:
    """Declared texts, ready to be compared with asks.

    Parameters
    ----------
    documents
        For each text its parts, each with what it counts: a name more than what is left out.

    Examples
    --------
    >>> index = WordIndex([[("waiting list", 1.0)], [("hospital food", 1.0)]])
    >>> index.scores({"wait": 1.0}).argmax()
    np.int64(0)
    """

    def __init__(self, documents: Sequence[Sequence[Weighted]]) -> None:
        self.size = len(documents)
        counts = [_counted(parts) for parts in documents]
        self._rows, self.rarity = _rows(counts)
        self._known: dict[str, Floats | None] = {}

    def scores(self, words: Mapping[str, float], pairs: Iterable[str] = ()) -> Floats:
        """How near each text is; ``words`` are stems with what each counts.

        Parameters
        ----------
        words
            Stems of an ask; one in the title counts more.
        pairs
            Neighbouring stems, as :func:`pairs_of` gives them.
        """
        rows: list[Floats] = []
        weights: list[float] = []
        for word, weight in words.items():
            row = self._row(word)
            if row is not None:
                rows.append(row)
                weights.append(min(weight, _MOST))
        for pair in pairs:
            found = self._rows.get(pair)
            if found is not None:
                rows.append(found)
                weights.append(_PAIR)
        total: Floats = np.array(weights) @ np.array(rows) if rows else np.zeros(self.size)
        return total

    def _row(self, word: str) -> Floats | None:
        """What one word adds to each text, its runs of letters included."""
        if word not in self._known:
            parts = [self._rows[word]] if word in self._rows else []
            runs = (self._rows[run] for run in _runs(word) if run in self._rows)
            parts += [_LETTERS * row for row in runs]
            self._known[word] = np.sum(parts, axis=0) if parts else None
        return self._known[word]


def pairs_of(words: Sequence[str]) -> list[str]:
    """Neighbouring words as one term each.

    >>> pairs_of(["wait", "list", "size"])
    ['wait list', 'list size']
    """
    return [f"{first} {second}" for first, second in pairwise(words)]


def _runs(word: str) -> list[str]:
    if len(word) < _RUN:
        return []
    edged = f"#{word}#"
    return [f"~{edged[at : at + _RUN]}" for at in range(len(edged) - _RUN + 1)]


def _counted(parts: Sequence[Weighted]) -> dict[str, float]:
    counts: dict[str, float] = defaultdict(float)
    for text, weight in parts:
        words = plain_words(text)
        for word in words:
            counts[word] += weight
            for run in _runs(word):
                counts[run] += weight * _LETTERS
        for pair in pairs_of(words):
            counts[pair] += weight * _PAIR
    return counts


def _rows(counts: Sequence[Mapping[str, float]]) -> tuple[dict[str, Floats], dict[str, float]]:
    """For each term what it adds to each text; and how rare each is."""
    lengths = np.array([sum(count.values()) for count in counts])
    scale = _SATURATION * (1 - _LENGTH + _LENGTH * lengths / max(lengths.mean(), 1e-9))
    held: dict[str, list[tuple[int, float]]] = {}
    for place, count in enumerate(counts):
        for term, value in count.items():
            held.setdefault(term, []).append((place, value))
    rarity = {
        term: float(np.log(1 + (len(counts) - len(places) + 0.5) / (len(places) + 0.5)))
        for term, places in held.items()
    }
    rows: dict[str, Floats] = {}
    for term, places in held.items():
        row = np.zeros(len(counts))
        for place, value in places:
            row[place] = rarity[term] * value * (_SATURATION + 1) / (value + scale[place])
        rows[term] = row
    return rows, rarity
