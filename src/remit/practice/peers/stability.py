"""How firmly a peer is one: how often it stays a peer when the weights are drawn anew."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from remit.model.peers import PeerMethod
from remit.practice.peers.characteristics import Numbers
from remit.practice.peers.distances import PairParts

_AT_ONCE = 16
"""Draws whose distances are held at the same time."""


def drawn_weights(weights: Numbers, method: PeerMethod) -> Numbers:
    """Weights as drawn: a column a draw, all above zero.

    Parameters
    ----------
    weights
        As declared.
    method
        How many draws, how far they go, and their seed.

    Examples
    --------
    >>> drawn_weights(np.ones(3), method).shape  # doctest: +SKIP
    (3, 1000)
    """
    draws = method.draws
    normal = np.random.default_rng(draws.seed).normal(size=(draws.number, len(weights)))
    found: Numbers = (weights * np.exp(draws.spread * normal)).T
    return found


def stability(made: PairParts, method: PeerMethod) -> Numbers:
    """For each pair the share of draws in which the second is among the peers of the first.

    The root of a distance changes no order, and is not taken. The draws are the same for all pairs.

    Parameters
    ----------
    made
        What each characteristic adds to each distance.
    method
        How many peers there are, and the draws.

    Examples
    --------
    >>> stability(made, method).max() <= 1  # doctest: +SKIP
    True
    """
    count = made.parts.shape[0]
    most = min(method.peers, count - 1)
    parts = _as_rows(made.parts)
    there = None if made.there is None else _as_rows(made.there)
    weights = drawn_weights(made.weights, method).astype(np.float32).T
    stayed = np.zeros((count, count), dtype=np.int64)
    oneself = np.arange(count)
    for start in range(0, len(weights), _AT_ONCE):
        by = weights[start : start + _AT_ONCE]
        total = by @ parts
        if there is not None:
            with np.errstate(divide="ignore", invalid="ignore"):
                total /= by @ there
            np.nan_to_num(total, copy=False, nan=np.inf)
        total = total.reshape(len(by), count, count)
        total[:, oneself, oneself] = np.inf
        last = np.partition(total, most - 1, axis=2)[:, :, most - 1 : most]
        stayed += np.count_nonzero((total <= last) & (total < np.inf), axis=0)
    return stayed / len(weights)


def _as_rows(parts: Numbers) -> NDArray[np.float32]:
    """A row a characteristic and a column a pair; single precision tells the order well enough."""
    flat = parts.reshape(-1, parts.shape[2]).T
    return np.ascontiguousarray(flat, dtype=np.float32)
