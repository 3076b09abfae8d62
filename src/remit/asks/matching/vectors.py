"""Frames as sparse rows, so that the likeness of many pairs is one product of matrices."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

from remit.asks.matching.frames import Frame
from remit.asks.matching.lexicon import Lexicon
from remit.asks.matching.said import MOST_SPANS
from remit.model.lexicon import Facet

if TYPE_CHECKING:
    from numpy.typing import NDArray

NO_DAY = -1
LOGGED = "logged"
"""What a period is said to be that stands in the columns only."""

_IN_TITLE = 1.7
"""How much more a term counts that stands in the title."""

KINDS = {
    "event": ("a-meeting", "a-visit", "a-workshop"),
    "money": ("a-money",),
    "plan": ("a-plan", "a-trajectory", "a-vision"),
    "bid": ("a-bid",),
    "staffing": ("a-staffing", "a-training", "vacancies"),
    "validation": ("a-validation",),
    "equipment": ("a-equipment", "a-contract", "a-opening"),
    "cut": ("ethnicity-cut", "place-cut"),
    "harm": ("a-harm",),
    "deprivation": ("wait-by-deprivation",),
}
"""Sorts of answer that do not stand in for each other, and the terms that tell of them."""


@dataclass(frozen=True, slots=True)
class Vectors:
    """One row for each frame, in the order of the frames; every row of unit length or empty."""

    matter: sparse.csr_array
    narrow: sparse.csr_array
    """Matter without its wider terms."""
    aspect: sparse.csr_array
    words: sparse.csr_array
    title: sparse.csr_array
    names: sparse.csr_array
    """Capitalised words; the rarer, the more they weigh."""
    people: NDArray[np.int8]
    """-1 children, 1 adults or older people, 0 both or not said."""
    starts: NDArray[np.int32]
    """Day numbers of up to MOST_SPANS periods a row; NO_DAY where there is none."""
    ends: NDArray[np.int32]
    ahead: NDArray[np.int8]
    """1 where the first period begins after the ask was received."""
    snapshots: NDArray[np.bool_]
    """Whether a period stands for the state on its last day."""
    received: NDArray[np.int32]
    body: NDArray[np.int32]
    team: NDArray[np.int32]
    kinds: NDArray[np.int8]
    """What is wanted: a column for each of KINDS, 1 where it is."""
    told: NDArray[np.bool_]
    """Whether a period stands in the words, and not only in the log."""
    sorts: NDArray[np.int64]
    """A column for each sort (``one_of`` of the lexicon): a bit for each member that is named."""


def make_vectors(frames: Sequence[Frame], lexicon: Lexicon) -> Vectors:
    """The rows of all frames."""
    spans = np.full((2, len(frames), MOST_SPANS), NO_DAY, dtype=np.int32)
    for row, frame in enumerate(frames):
        for place, span in enumerate(frame.spans[:MOST_SPANS]):
            spans[:, row, place] = span.start.toordinal(), span.end.toordinal()
    snapshots = np.zeros((len(frames), MOST_SPANS), dtype=bool)
    for row, frame in enumerate(frames):
        for place, span in enumerate(frame.spans[:MOST_SPANS]):
            snapshots[row, place] = span.snapshot
    received = [f.ask.received_on.toordinal() if f.ask.received_on else NO_DAY for f in frames]
    kinds = [{lexicon.index[term] for term in terms} for terms in KINDS.values()]
    names = [sorted(frame.names) for frame in frames]
    rarity = _rarity([frame.content for frame in frames])
    return Vectors(
        matter=_terms(frames, lexicon, (Facet.MATTER,), wider=True),
        narrow=_terms(frames, lexicon, (Facet.MATTER,), wider=False),
        aspect=_terms(frames, lexicon, (Facet.ASPECT, Facet.CUT), wider=False),
        words=_words([frame.content for frame in frames], rarity),
        title=_words([frame.title_content for frame in frames], rarity),
        names=_words(names, _rarity(names)),
        people=np.array([_people(frame, lexicon) for frame in frames], dtype=np.int8),
        starts=spans[0],
        ends=spans[1],
        ahead=np.array([_ahead(frame) for frame in frames], dtype=np.int8),
        snapshots=snapshots,
        received=np.array(received, dtype=np.int32),
        body=_codes([frame.ask.from_body for frame in frames]),
        team=_codes([f"{frame.ask.from_body}|{frame.ask.from_team}" for frame in frames]),
        kinds=np.array(
            [[bool(kind & frame.terms) for kind in kinds] for frame in frames], dtype=np.int8
        ).reshape(len(frames), len(KINDS)),
        told=_told(frames),
        sorts=_sorts(frames, lexicon),
    )


def _told(frames: Sequence[Frame]) -> NDArray[np.bool_]:
    told = np.zeros((len(frames), MOST_SPANS), dtype=bool)
    for row, frame in enumerate(frames):
        for place, span in enumerate(frame.spans[:MOST_SPANS]):
            told[row, place] = span.said != LOGGED
    return told


def _sorts(frames: Sequence[Frame], lexicon: Lexicon) -> NDArray[np.int64]:
    members: dict[str, list[int]] = {}
    for number, term in enumerate(lexicon.terms):
        if term.one_of:
            members.setdefault(term.one_of, []).append(number)
    bits = {
        number: (column, 1 << place)
        for column, numbers in enumerate(members.values())
        for place, number in enumerate(numbers)
    }
    sorts = np.zeros((len(frames), len(members)), dtype=np.int64)
    for row, frame in enumerate(frames):
        for member in frame.terms & bits.keys():
            column, bit = bits[member]
            sorts[row, column] |= bit
    return sorts


def _terms(
    frames: Sequence[Frame], lexicon: Lexicon, facets: tuple[Facet, ...], wider: bool
) -> sparse.csr_array:
    rows, columns, values = [], [], []
    for row, frame in enumerate(frames):
        shares: dict[int, float] = {}
        for term in frame.terms:
            if lexicon.facets[term] not in facets:
                continue
            emphasis = _IN_TITLE if term in frame.title_terms else 1.0
            for at, share in lexicon.ancestors[term] if wider else ((term, 1.0),):
                weight = share * emphasis * lexicon.terms[at].weight
                shares[at] = max(shares.get(at, 0.0), weight)
        rows += [row] * len(shares)
        columns += list(shares)
        values += list(shares.values())
    return _unit(rows, columns, values, (len(frames), len(lexicon.terms)))


def _rarity(contents: Sequence[Sequence[str]]) -> dict[str, float]:
    """How telling each stem is: 1 for the rarest, falling with the share of asks that use it."""
    counts = Counter(word for words in contents for word in set(words))
    scale = np.log1p(len(contents))
    return {
        word: float(np.log((1 + len(contents)) / count) / scale) for word, count in counts.items()
    }


def _words(contents: Sequence[Sequence[str]], rarity: dict[str, float]) -> sparse.csr_array:
    index = {word: place for place, word in enumerate(rarity)}
    rows, columns, values = [], [], []
    for row, words in enumerate(contents):
        for word in dict.fromkeys(words):
            rows.append(row)
            columns.append(index[word])
            values.append(rarity[word])
    return _unit(rows, columns, values, (len(contents), max(len(index), 1)))


def _unit(
    rows: list[int], columns: list[int], values: list[float], shape: tuple[int, int]
) -> sparse.csr_array:
    matrix = sparse.csr_array((np.array(values, dtype=np.float32), (rows, columns)), shape=shape)
    lengths = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
    scale = np.repeat(1 / np.where(lengths > 0, lengths, 1), np.diff(matrix.indptr))
    matrix.data = (matrix.data * scale).astype(np.float32)
    return matrix


def _ahead(frame: Frame) -> int:
    received = frame.ask.received_on
    return int(bool(frame.spans and received and frame.spans[0].start > received))


def _people(frame: Frame, lexicon: Lexicon) -> int:
    young = lexicon.index["children"] in frame.terms
    grown = bool({lexicon.index["adults"], lexicon.index["older"]} & frame.terms)
    return int(grown) - int(young)


def _codes(names: Sequence[str]) -> NDArray[np.int32]:
    index: dict[str, int] = {}
    return np.array([index.setdefault(name, len(index)) for name in names], dtype=np.int32)
