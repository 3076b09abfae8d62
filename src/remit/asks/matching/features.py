"""What two asks have in common, as numbers: the features of the pair model."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from remit.asks.matching.frames import Frame
from remit.asks.matching.size import PAIRS, WINDOW_DAYS, too_many
from remit.asks.matching.vectors import KINDS, NO_DAY, Vectors

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]
    Rows = NDArray[np.int64]

LEAST_LIKENESS = 0.08
"""Pairs whose matter and words are less alike than this cannot be related."""

_CHUNK = 256
_MOST_COMPARED = 4_000_000
"""Pairs that are compared at a time: few enough that the room for them is small."""

_DAY_IN_MONTH = 0.5
"""How far a day and the month around it count as one period."""

FEATURES = (
    "matter",
    "narrow",
    "aspect",
    "words",
    "title",
    "names",
    "matter_x_words",
    "best",
    "period_same",
    "period_share",
    "period_apart",
    "period_unknown",
    "same_end",
    "same_sender_team",
    "same_sender_body",
    "people_differ",
    "gap_months",
    "covered_most",
    "covered_least",
    "series_like",
    "event_both",
    "ahead_one",
    "told_apart",
    "same_end_money",
    "sorts_apart",
    "sorts_part",
    *(f"{kind}_one" for kind in KINDS),
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
    """All pairs about one subject, received near each other, and somewhat alike.

    Work grows with the number of asks that one organisation gets within WINDOW_DAYS, not with
    the square of the number of asks.

    Raises
    ------
    AskError
        If so many asks are alike that the pairs of them cannot be held.
    """
    blocks: dict[str, list[int]] = defaultdict(list)
    for row, frame in enumerate(frames):
        blocks[frame.subject].append(row)
    found: list[tuple[Rows, Rows, Floats]] = []
    count = 0
    for subject, rows in blocks.items():
        for chunk, others in _chunks(np.array(rows), vectors):
            alike = _alike(chunk, others, vectors)
            count += len(alike[0])
            if count > PAIRS.now:
                raise too_many(count, subject, [frames[row].ask for row in rows])
            found.append(_likenesses(alike, vectors))
    if not found:
        empty = np.zeros(0, dtype=np.int64)
        return Pairs(empty, empty, np.zeros((0, len(FEATURES)), dtype=np.float32))
    first, second, likeness = (np.concatenate(parts) for parts in zip(*found, strict=True))
    best = _best(first, second, likeness[:, -1], len(frames))
    return Pairs(first, second, _features(first, second, likeness, best, vectors))


def _chunks(rows: Rows, vectors: Vectors) -> Iterator[tuple[Rows, Rows]]:
    """The asks about one subject by day, some at a time, each with those near enough after it."""
    rows = rows[np.argsort(vectors.received[rows], kind="stable")]
    received = vectors.received[rows]
    size = max(1, min(_CHUNK, _MOST_COMPARED // len(rows)))
    for start in range(0, len(rows), size):
        stop = min(start + size, len(rows))
        reach = int(np.searchsorted(received, received[stop - 1] + WINDOW_DAYS, side="right"))
        yield rows[start:stop], rows[start:reach]


_Alike = tuple["Rows", "Rows", "Floats", "Floats", "Floats"]


def _alike(rows: Rows, others: Rows, vectors: Vectors) -> _Alike:
    """The pairs that are somewhat alike: rows, likeness of matter, of words, and of both."""
    matter = (vectors.matter[rows] @ vectors.matter[others].T).toarray()
    words = (vectors.words[rows] @ vectors.words[others].T).toarray()
    pre = 0.6 * matter + 0.4 * words
    near = (vectors.received[others][None, :] - vectors.received[rows][:, None]) <= WINDOW_DAYS
    later = np.arange(len(others))[None, :] > np.arange(len(rows))[:, None]
    at, to = np.nonzero((pre >= LEAST_LIKENESS) & near & later)
    return rows[at], others[to], matter[at, to], words[at, to], pre[at, to]


def _likenesses(alike: _Alike, vectors: Vectors) -> tuple[Rows, Rows, Floats]:
    first, second, matter, words, pre = alike
    likeness = np.column_stack(
        [
            matter,
            _cosines(vectors.narrow, first, second),
            _cosines(vectors.aspect, first, second),
            words,
            _cosines(vectors.title, first, second),
            _cosines(vectors.names, first, second),
            *_covered(vectors.narrow, first, second),
            pre,
        ]
    ).astype(np.float32)
    return first, second, likeness


def _cosines(matrix: Any, first: Rows, second: Rows) -> Floats:
    product = matrix[first].multiply(matrix[second])
    return np.asarray(product.sum(axis=1), dtype=np.float32).ravel()


def _covered(matrix: Any, first: Rows, second: Rows) -> tuple[Floats, Floats]:
    """The part of an ask's matter that the other asks too: the greater and the lesser part."""
    a, b = matrix[first], matrix[second]
    parts = [
        np.asarray(own.multiply(other > 0).sum(axis=1), dtype=np.float32).ravel()
        / np.maximum(np.asarray(own.sum(axis=1), dtype=np.float32).ravel(), 1e-6)
        for own, other in ((a, b), (b, a))
    ]
    return np.maximum(*parts), np.minimum(*parts)


def _best(first: Rows, second: Rows, likeness: Floats, count: int) -> Floats:
    """The likeness of a pair against the best that either side has with anybody, 0 to 1."""
    most = np.zeros(count, dtype=np.float32)
    np.maximum.at(most, first, likeness)
    np.maximum.at(most, second, likeness)
    either = np.maximum(np.maximum(most[first], most[second]), np.float32(1e-6))
    return (likeness / either).astype(np.float32)


def _features(
    first: Rows, second: Rows, likeness: Floats, best: Floats, vectors: Vectors
) -> Floats:
    periods = _periods(first, second, vectors)
    same_team = vectors.team[first] == vectors.team[second]
    same_body = vectors.body[first] == vectors.body[second]
    people = vectors.people[first].astype(int) * vectors.people[second]
    gap = np.abs(vectors.received[second] - vectors.received[first]) / 30.0
    matter, narrow, aspect, words, title, names, most, least = likeness[:, :8].T
    kinds_one = vectors.kinds[first] != vectors.kinds[second]
    event_both = vectors.kinds[first, 0] & vectors.kinds[second, 0]
    series_like = same_team & (words > 0.35) & (periods[1] < 0.9) & (periods[3] == 0)
    columns = [
        matter,
        narrow,
        aspect,
        words,
        title,
        names,
        np.sqrt(np.maximum(matter * words, 0)),
        best,
        *periods,
        same_team,
        same_body & ~same_team,
        people < 0,
        gap,
        most,
        least,
        series_like,
        event_both,
        vectors.ahead[first] != vectors.ahead[second],
        _told_apart(first, second, vectors),
        periods[4] * (vectors.kinds[first, 1] & vectors.kinds[second, 1]),
        *_sorts(first, second, vectors),
        *kinds_one.T,
    ]
    return np.column_stack(columns).astype(np.float32)


def _sorts(first: Rows, second: Rows, vectors: Vectors) -> tuple[Floats, ...]:
    """In how many sorts the asks name quite other members, or some that are alike and some not."""
    a, b = vectors.sorts[first], vectors.sorts[second]
    named = (a != 0) & (b != 0)
    apart = named & (a & b == 0)
    part = named & ~apart & (a != b)
    return tuple(np.asarray(found.sum(axis=1), np.float32) for found in (apart, part))


def exclusive(pairs: Pairs) -> NDArray[np.bool_]:
    """Pairs that name different members of one sort, and so ask different things."""
    result: NDArray[np.bool_] = pairs.column("sorts_apart") > 0
    return result


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
