"""Many series in one long array, and the stretches of it that belong together.

Series lie one after another, each in order of date. A stretch is what shares one mean and one
pair of limits: a series, or the part of it between two re-basings. No rule looks across its ends.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

Flags = NDArray[np.bool_]
Whole = NDArray[np.int64]
_Kind = TypeVar("_Kind", np.int8, np.bool_)


@dataclass(frozen=True, slots=True)
class Stretches:
    """Where each stretch begins, how long it is, and which one each point is in."""

    first: Flags
    starts: Whole
    counts: Whole
    of_point: Whole

    @property
    def positions(self) -> Whole:
        """The place of each point in its stretch, from 0."""
        return np.arange(len(self.first)) - self.starts[self.of_point]


def stretches(first: Flags) -> Stretches:
    """The stretches that begin where ``first`` holds; it holds for the first point of all."""
    starts = np.flatnonzero(first)
    counts = np.diff(np.append(starts, len(first)))
    return Stretches(first, starts, counts, np.repeat(np.arange(len(starts)), counts))


def blocks(first: Flags, size: int = 2**18) -> list[slice]:
    """Parts of the long array of about so many points, each of whole stretches.

    Work on a part stays in the processor's cache and needs little memory beside the result.
    """
    starts = np.flatnonzero(first)
    cuts = np.searchsorted(starts, np.arange(0, len(first), size))
    edges = [int(starts[cut]) for cut in np.unique(cuts) if cut < len(starts)]
    return [slice(*pair) for pair in pairwise([*edges, len(first)])]


def run_lengths(begins: Flags) -> Whole:
    """For each point the length of the run it is in; ``begins`` marks where runs begin."""
    starts = np.flatnonzero(begins)
    lengths = np.diff(np.append(starts, len(begins)))
    return np.repeat(lengths, lengths)


def run_places(begins: Flags) -> Whole:
    """For each point its place in its run, from 1."""
    starts = np.flatnonzero(begins)
    lengths = np.diff(np.append(starts, len(begins)))
    return np.arange(1, len(begins) + 1) - np.repeat(starts, lengths)


def changed(values: NDArray[np.int8]) -> Flags:
    """Where a value differs from the one before; the first of all counts as changed."""
    out = np.ones(len(values), dtype=bool)
    out[1:] = values[1:] != values[:-1]
    return out


def next_of(values: NDArray[_Kind]) -> NDArray[_Kind]:
    """What the next point has; nothing follows the last."""
    out = np.zeros_like(values)
    out[:-1] = values[1:]
    return out


def in_last(flags: Flags, width: int) -> Whole:
    """How many of a point and those before it, ``width`` in all, bear a flag."""
    total: Whole = np.concatenate([np.zeros(width, dtype=np.int64), np.cumsum(flags)])
    counted: Whole = total[width:] - total[:-width]
    return counted


def in_coming(flags: Flags, width: int) -> Flags:
    """Whether a point or one of those after it, ``width`` in all, bears a flag."""
    return in_last(flags[::-1], width)[::-1] > 0
