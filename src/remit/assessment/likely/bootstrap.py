"""Bootstrap replicates of one organisation's average score, the same on every machine.

The numbers come from the raw 64-bit stream of PCG64 (O'Neill, "PCG: a family of simple fast
space-efficient statistically good algorithms for random number generation", 2014, variant XSL RR
128/64), which no version of numpy may change. State and increment are the two halves of
SHA-256("seed/code"), so that an organisation's draws depend on nobody else.

From stream to draws: every word gives two 32-bit numbers, the low half first. A number ``u``
draws from ``m`` things the one at place ``u * m // 2**32``. Entries are drawn two at a time, as
one of the ``n * n`` ordered pairs; where ``n`` is odd the last is drawn alone. Replicates come in
blocks of ``BLOCK``; within a block the first pair of every replicate is drawn, then the second,
and so on. So the first thousands of a long run are those of a short one.

Scores are summed as whole numbers of parts, so that no order of addition matters.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

Whole = NDArray[np.int64]

BLOCK = 2_000
"""Replicates drawn together."""


def stream(seed: int, code: str) -> np.random.PCG64:
    """The random stream of one organisation."""
    digest = hashlib.sha256(f"{seed}/{code}".encode()).digest()
    generator = np.random.PCG64(0)
    generator.state = {
        "bit_generator": "PCG64",
        "state": {
            "state": int.from_bytes(digest[:16], "little"),
            "inc": int.from_bytes(digest[16:], "little") | 1,
        },
        "has_uint32": 0,
        "uinteger": 0,
    }
    return generator


def drawn_totals(entries: Whole, replicates: int, generator: np.random.PCG64) -> Iterator[Whole]:
    """The sums of ``len(entries)`` entries drawn with replacement, block by block.

    Yields
    ------
    numpy.ndarray
        Up to ``BLOCK`` sums in parts.
    """
    n = len(entries)
    pairs = (entries[:, None] + entries).ravel()
    for begun in range(0, replicates, BLOCK):
        size = min(BLOCK, replicates - begun)
        drawn = numbers(generator, size * (n // 2 + n % 2))
        paired = size * (n // 2)
        # "clip" never clips here; it only spares a check of every place.
        totals = pairs.take(places(drawn[:paired], n * n), mode="clip")
        totals = totals.reshape(n // 2, size).sum(axis=0)
        if n % 2:
            totals = totals + entries.take(places(drawn[paired:], n), mode="clip")
        yield totals


def numbers(generator: np.random.PCG64, count: int) -> NDArray[np.uint64]:
    """The next numbers below 2 to the 32nd of a stream."""
    words = np.asarray(generator.random_raw((count + 1) // 2), dtype="<u8")
    return words.view("<u4")[:count].astype(np.uint64)


def places(drawn: NDArray[np.uint64], among: int) -> Whole:
    """Numbers below 2 to the 32nd as places below ``among``, made in their own memory."""
    drawn *= np.uint64(among)
    drawn >>= np.uint64(32)
    return drawn.view(np.int64)
