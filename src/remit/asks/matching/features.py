"""What two asks have in common, as numbers: the features of the pair model."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from remit.asks.matching.frames import Frame
from remit.asks.matching.size import COMPARED, NEAREST, PAIRS, WINDOW_DAYS, too_many
from remit.asks.matching.vectors import NO_DAY, Vectors

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]
    Rows = NDArray[np.int64]

_MOST_NEAR = 600
"""An ask is compared with no more than so many that came next after it."""

_CHUNK = 256

_DAY_IN_MONTH = 0.5
"""How far a day and the month around it count as one period."""

FEATURES = (
    "words",
    "title",
    "names",
    "profile",
    "best",
    "period_same",
    "period_share",
    "period_apart",
    "period_unknown",
    "same_end",
    "told_apart",
    "same_sender_team",
    "same_sender_body",
    "form_differs",
    "gap_months",
)


@dataclass(frozen=True, slots=True)
class Pairs:
    """Candidate pairs of rows, first row received no later, with their features."""

    first: Rows
    second: Rows
    features: Floats
    """One row a pair, columns as FEATURES."""

    def column(self, name: str) -> Floats:
        """One feature of all pairs."""
        return self.features[:, FEATURES.index(name)]


def candidate_pairs(frames: Sequence[Frame], vectors: Vectors) -> Pairs:
    """The pairs about one subject, received near each other, of which one is among the nearest.

    Work grows with the number of asks and not with its square, also where all are of one kind:
    an ask is compared with the few hundred that came next, and held against the nearest of them.

    Raises
    ------
    AskError
        If so many asks are alike that the pairs of them cannot be held.
    """
    blocks: dict[str, list[int]] = defaultdict(list)
    for row, frame in enumerate(frames):
        blocks[frame.subject].append(row)
    nearest = [
        found
        for rows in blocks.values()
        for chunk, others in _chunks(np.array(rows), vectors)
        for found in [_alike(chunk, others, vectors)]
    ]
    if not any(len(rows) for rows, _, _ in nearest):
        empty = np.zeros(0, dtype=np.int64)
        return Pairs(empty, empty, np.zeros((0, len(FEATURES)), dtype=np.float32))
    first, second, likeness = (np.concatenate(parts) for parts in zip(*nearest, strict=True))
    first, second = _nearest_of_either(first, second, likeness, len(frames))
    if len(first) > COMPARED * PAIRS.now:
        raise too_many(len(first), frames[int(first[0])].subject, [frame.ask for frame in frames])
    return Pairs(first, second, _features(first, second, vectors))


def _chunks(rows: Rows, vectors: Vectors) -> Iterator[tuple[Rows, Rows]]:
    """The asks about one subject by day, some at a time, each with those near enough after it."""
    rows = rows[np.argsort(vectors.received[rows], kind="stable")]
    received = vectors.received[rows]
    for start in range(0, len(rows), _CHUNK):
        stop = min(start + _CHUNK, len(rows))
        reach = int(np.searchsorted(received, received[stop - 1] + WINDOW_DAYS, side="right"))
        yield rows[start:stop], rows[start : min(reach, stop + _MOST_NEAR)]


def _alike(rows: Rows, others: Rows, vectors: Vectors) -> tuple[Rows, Rows, Floats]:
    """The later asks that are most like each ask, and the earlier ones most like each of those."""
    profile = (vectors.profile[rows] @ vectors.profile[others].T).toarray()
    words = (vectors.words[rows] @ vectors.words[others].T).toarray()
    alike = (1 - _OF_WORDS) * profile + _OF_WORDS * words
    near = (vectors.received[others][None, :] - vectors.received[rows][:, None]) <= WINDOW_DAYS
    later = np.arange(len(others))[None, :] > np.arange(len(rows))[:, None]
    alike = np.where(near & later, alike, -1.0).astype(np.float32)
    kept = np.zeros(alike.shape, dtype=bool)
    for axis in (0, 1):
        most = min(NEAREST, alike.shape[axis]) - 1
        order = np.argpartition(-alike, most, axis=axis)
        np.put_along_axis(kept, np.take(order, range(most + 1), axis=axis), True, axis=axis)
    at, to = np.nonzero(kept & (alike >= 0))
    return rows[at], others[to], alike[at, to]


_OF_WORDS = 0.6
"""What likeness of the words counts beside likeness of what the asks are about."""


def _nearest_of_either(
    first: Rows, second: Rows, likeness: Floats, count: int
) -> tuple[Rows, Rows]:
    """Of all pairs those that are among the nearest of either side."""
    kept = np.zeros(len(first), dtype=bool)
    for side in (first, second):
        order = np.lexsort((-likeness, side))
        starts = np.searchsorted(side[order], np.arange(count))
        place = np.arange(len(order)) - starts[side[order]]
        kept[order[place < NEAREST]] = True
    return first[kept], second[kept]


def _cosines(matrix: Any, first: Rows, second: Rows) -> Floats:
    product = matrix[first].multiply(matrix[second])
    return np.asarray(product.sum(axis=1), dtype=np.float32).ravel()


def _best(first: Rows, second: Rows, likeness: Floats, count: int) -> Floats:
    """The likeness of a pair against the best that either side has with anybody, 0 to 1."""
    most = np.zeros(count, dtype=np.float32)
    np.maximum.at(most, first, likeness)
    np.maximum.at(most, second, likeness)
    either = np.maximum(np.maximum(most[first], most[second]), np.float32(1e-6))
    return (likeness / either).astype(np.float32)


def _features(first: Rows, second: Rows, vectors: Vectors) -> Floats:
    """All features, worked out for some pairs at a time: what is needed on the way takes room."""
    parts = [
        (first[start : start + _PORTION], second[start : start + _PORTION])
        for start in range(0, len(first), _PORTION)
    ]
    words = np.concatenate([_cosines(vectors.words, *part) for part in parts])
    best = _best(first, second, words, len(vectors.received))
    others = np.concatenate([_others(*part, vectors) for part in parts])
    return np.column_stack([words, others[:, :_BEFORE_BEST], best, others[:, _BEFORE_BEST:]])


_PORTION = 50_000
_BEFORE_BEST = 3


def _others(first: Rows, second: Rows, vectors: Vectors) -> Floats:
    """The features but for the words and what is best of anybody's."""
    same_team = vectors.team[first] == vectors.team[second]
    same_body = vectors.body[first] == vectors.body[second]
    columns = [
        _cosines(vectors.title, first, second),
        _cosines(vectors.names, first, second),
        _cosines(vectors.profile, first, second),
        *_periods(first, second, vectors),
        _told_apart(first, second, vectors),
        same_team,
        same_body & ~same_team,
        np.abs(vectors.forms[first] - vectors.forms[second]).sum(axis=1),
        np.abs(vectors.received[second] - vectors.received[first]) / 30.0,
    ]
    return np.column_stack(columns).astype(np.float32)


def exclusive(pairs: Pairs, vectors: Vectors) -> NDArray[np.bool_]:
    """Pairs that name different members of one sort and none in common: they ask other things."""
    apart = np.zeros(len(pairs.first), dtype=bool)
    for named in vectors.sorts.T:
        a, b = named[pairs.first], named[pairs.second]
        apart |= (a != 0) & (b != 0) & (a & b == 0)
    return apart


def _told_apart(first: Rows, second: Rows, vectors: Vectors) -> Floats:
    """1 where both texts name a period, and none of the one is like any of the other.

    The words come before the columns, which a busy person filled in.
    """
    alike = np.zeros(len(first), dtype=bool)
    both_told = np.zeros(len(first), dtype=bool)
    places = range(vectors.starts.shape[1])
    for a in places:
        for b in places:
            s1, e1 = vectors.starts[first, a], vectors.ends[first, a]
            s2, e2 = vectors.starts[second, b], vectors.ends[second, b]
            told = vectors.told[first, a] & vectors.told[second, b]
            both = np.minimum(e1, e2) - np.maximum(s1, s2) + 1
            either = np.maximum(e1, e2) - np.minimum(s1, s2) + 1
            both_told |= told
            # A state at the end of a period is told as that day, that month or that quarter.
            state = (e1 == e2) & (vectors.snapshots[first, a] | vectors.snapshots[second, b])
            inside = (both > 0) & (np.minimum(e1 - s1, e2 - s2) == 0) & (either <= 31)
            alike |= told & ((both >= _ALIKE * either) | state | inside)
    return (both_told & ~alike).astype(np.float32)


_ALIKE = 0.75
"""The part of two periods together that both must hold to be taken as one."""


def _periods(first: Rows, second: Rows, vectors: Vectors) -> tuple[Floats, ...]:
    """Same period, shared part, months apart, neither known, same last day."""
    count = len(first)
    same, share = np.zeros(count, np.float32), np.zeros(count, np.float32)
    same_end, apart = np.zeros(count, np.float32), np.full(count, np.inf, np.float32)
    places = range(vectors.starts.shape[1])
    for a in places:
        for b in places:
            s1, e1 = vectors.starts[first, a], vectors.ends[first, a]
            s2, e2 = vectors.starts[second, b], vectors.ends[second, b]
            known = (s1 != NO_DAY) & (s2 != NO_DAY)
            both = np.minimum(e1, e2) - np.maximum(s1, s2) + 1
            either = np.maximum(e1, e2) - np.minimum(s1, s2) + 1
            shared = np.where(known, np.maximum(both, 0) / np.maximum(either, 1), 0)
            inside = known & (both > 0) & (np.minimum(e1 - s1, e2 - s2) == 0) & (either <= 31)
            share = np.maximum(share, np.where(inside, _DAY_IN_MONTH, shared))
            state = vectors.snapshots[first, a] | vectors.snapshots[second, b]
            close = (np.abs(s1 - s2) <= 3) & (np.abs(e1 - e2) <= np.where(either > 20, 10, 0))
            same = np.maximum(same, known & (close | ((e1 == e2) & state)))
            same_end = np.maximum(same_end, known & (e1 == e2))
            apart = np.where(known, np.minimum(apart, np.maximum(-both, 0) / 30), apart)
    unknown = np.isinf(apart)
    return same, share, np.where(unknown, 0, np.minimum(apart, 12)), unknown, same_end
