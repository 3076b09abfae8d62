"""Frames as sparse rows, so that the likeness of many pairs is one product of matrices."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

from remit.asks.matching.entry_reader import load_entry_reader
from remit.asks.matching.frames import Frame
from remit.asks.matching.said import MOST_SPANS
from remit.asks.matching.sorts import as_bits

if TYPE_CHECKING:
    from numpy.typing import NDArray

NO_DAY = -1
LOGGED = "logged"
"""What a period is said to be that stands in the columns only."""

_FORMS = 6
_NEAR_BEST, _STEEPNESS = 0.5, 3
"""Entries that fit half as well as the best or better make the profile, the best most of all."""


@dataclass(frozen=True, slots=True)
class Vectors:
    """One row for each frame, in the order of the frames; every row of unit length or empty."""

    profile: sparse.csr_array
    """The entries of the catalogue that an ask is about."""
    words: sparse.csr_array
    title: sparse.csr_array
    names: sparse.csr_array
    """Capitalised words; the rarer, the more they weigh."""
    forms: NDArray[np.int8]
    """What is wanted, a column each: numbers, what is held, reasons, finer cut, plan, group."""
    starts: NDArray[np.int32]
    """Day numbers of up to MOST_SPANS periods a row; NO_DAY where there is none."""
    ends: NDArray[np.int32]
    snapshots: NDArray[np.bool_]
    """Whether a period stands for the state on its last day."""
    told: NDArray[np.bool_]
    """Whether a period stands in the words, and not only in the log."""
    received: NDArray[np.int32]
    body: NDArray[np.int32]
    team: NDArray[np.int32]
    sorts: NDArray[np.int64]
    """A column for each declared sort: a bit for each member that is named."""


def make_vectors(frames: Sequence[Frame]) -> Vectors:
    """The rows of all frames."""
    spans = np.full((2, len(frames), MOST_SPANS), NO_DAY, dtype=np.int32)
    flags = np.zeros((2, len(frames), MOST_SPANS), dtype=bool)
    for row, frame in enumerate(frames):
        for place, span in enumerate(frame.spans[:MOST_SPANS]):
            spans[:, row, place] = span.start.toordinal(), span.end.toordinal()
            flags[:, row, place] = span.snapshot, span.said != LOGGED
    received = [f.ask.received_on.toordinal() if f.ask.received_on else NO_DAY for f in frames]
    names = [sorted(frame.names) for frame in frames]
    rarity = _rarity([frame.content for frame in frames])
    return Vectors(
        profile=_profiles(frames),
        words=_words([frame.content for frame in frames], rarity),
        title=_words([frame.title_content for frame in frames], rarity),
        names=_words(names, _rarity(names)),
        forms=np.array([_form(frame) for frame in frames], dtype=np.int8).reshape(
            len(frames), _FORMS
        ),
        starts=spans[0],
        ends=spans[1],
        snapshots=flags[0],
        told=flags[1],
        received=np.array(received, dtype=np.int32),
        body=_codes([frame.ask.from_body for frame in frames]),
        team=_codes([f"{frame.ask.from_body}|{frame.ask.from_team}" for frame in frames]),
        sorts=as_bits([frame.members for frame in frames]),
    )


def _form(frame: Frame) -> tuple[bool, ...]:
    wants, leaning = frame.wants, frame.leaning
    return (
        wants.numbers > 0,
        wants.held > 0,
        wants.narrative > 0,
        wants.finer > 0,
        leaning.ahead > 1,
        leaning.by_group,
    )


def _profiles(frames: Sequence[Frame]) -> sparse.csr_array:
    places = {name: place for place, name in enumerate(load_entry_reader().ids)}
    rows, columns, values = [], [], []
    for row, frame in enumerate(frames):
        best = max((entry.score for entry in frame.entries), default=0.0)
        for entry in frame.entries:
            share = entry.score / best
            if share >= _NEAR_BEST and entry.id in places:
                rows.append(row)
                columns.append(places[entry.id])
                values.append(share**_STEEPNESS)
    return _unit(rows, columns, values, (len(frames), len(places)))


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


def _codes(names: Sequence[str]) -> NDArray[np.int32]:
    index: dict[str, int] = {}
    return np.array([index.setdefault(name, len(index)) for name in names], dtype=np.int32)
