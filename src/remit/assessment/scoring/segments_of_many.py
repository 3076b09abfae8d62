"""Segments, overrides and league ranks of many alternative results at once, as arrays.

The rules are those of :mod:`.segments`, which places one result in a frame. Here a row is an
organisation and a column one replicate or one scenario.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from remit.model.framework import Override

Floats = NDArray[np.float64]
Integers = NDArray[Any]
Flags = NDArray[np.bool_]

_MARGIN = 1e-9
"""A score this close to a cut point is at it, as in ``segments.segment_of``."""


def segments_of(scores: Floats, cuts: Sequence[float] | Floats) -> Integers:
    """The segment of each score: 1 up to and with the first cut point, and so on.

    Parameters
    ----------
    scores
        Any shape; the last axis must fit that of the cut points where these differ by column.
    cuts
        Ascending cut points, or one row of them a column of scores, shape ``(3, columns)``.
    """
    segments = np.ones(scores.shape, dtype=np.int64)
    for cut in cuts:
        segments += scores > cut + _MARGIN
    return segments


def overridden(segments: Integers, flags: Flags, overrides: Sequence[Override]) -> Integers:
    """Segments after the overrides, in their order.

    Parameters
    ----------
    segments
        Shape ``(organisations, columns)``.
    flags
        Whether each override is set, shape ``(organisations, overrides)``.
    """
    for place, override in enumerate(overrides):
        rows = flags[:, place]
        if override.becomes is not None:
            after = np.full_like(segments[rows], override.becomes)
        else:
            after = np.maximum(segments[rows], override.no_better_than or 0)
        segments = segments.copy()
        segments[rows] = after
    return segments


def ranks_of(keys: Integers) -> Integers:
    """Competition ranks (1, 1, 3) down each column, the smallest key first.

    Parameters
    ----------
    keys
        Integers, shape ``(organisations, columns)``.

    Returns
    -------
    numpy.ndarray
        Ranks from 1, same shape.
    """
    across = np.ascontiguousarray(keys.T)
    order = np.argsort(across, axis=1, kind="stable")
    ordered = np.take_along_axis(across, order, axis=1)
    places = np.arange(across.shape[1], dtype=np.int32)
    first = np.zeros(across.shape, dtype=np.int32)
    first[:, 1:] = np.where(ordered[:, 1:] != ordered[:, :-1], places[1:], 0)
    ranks = np.empty(across.shape, dtype=np.int32)
    np.put_along_axis(ranks, order, np.maximum.accumulate(first, axis=1) + 1, axis=1)
    return ranks.T
