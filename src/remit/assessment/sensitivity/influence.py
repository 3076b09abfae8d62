"""Which choices matter most for whom: a decomposition of variance.

Every choice is made at random, each of its levels as likely as the other. The first-order index
of a choice is the share of the variance of a result that would go if only this choice were fixed
(Sobol', Mathematics and Computers in Simulation 55, 2001); the total index is the share that
would stay if all but this one were fixed, interactions included. They are estimated by

    first:  mean(f(B) (f(A with i from B) - f(A))) / variance
            (Saltelli and others, Computer Physics Communications 181(2), 2010, table 2 b)
    total:  mean((f(A) - f(A with i from B)) ** 2) / (2 variance)
            (Jansen, Computer Physics Communications 117(1-2), 1999)

and their standard errors by drawing the rows of the sample afresh (bootstrap). For composite
indicators: Saisana, Saltelli and Tarantola, Journal of the Royal Statistical Society A 168(2),
2005.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from remit.assessment.likely.bootstrap import Whole, numbers, places, stream
from remit.assessment.scoring.laws.arrays import Floats, Integers

_REDRAWN = 200
_NO_VARIANCE = 1e-12


@dataclass(frozen=True, slots=True)
class Indices:
    """Sobol indices; all of shape ``(choices, organisations)``, NaN where nothing varies."""

    first: Floats
    first_error: Floats
    total: Floats
    total_error: Floats


@dataclass(frozen=True, slots=True)
class Sample:
    """Rows of levels, and where each row of the design stands among the distinct ones.

    ``distinct`` has the shape ``(rows, choices)``; ``first`` and ``second`` (length ``size``)
    and ``mixed`` (shape ``(choices, size)``) hold places of its rows.
    """

    distinct: Integers
    first: Integers
    second: Integers
    mixed: Integers


def draw_sample(levels: Sequence[int], size: int, seed: int) -> Sample:
    """Two independent samples, and for each choice the first with that choice of the second.

    Parameters
    ----------
    levels
        The number of levels of each choice.
    size
        Rows of each sample.
    """
    generator = stream(seed, "choices")
    drawn = numbers(generator, 2 * size * len(levels)).reshape(2, size, len(levels))
    one, other = (
        np.stack([places(half[:, at], count) for at, count in enumerate(levels)], axis=1)
        for half in drawn
    )
    mixed = np.stack([one] * len(levels))
    for at in range(len(levels)):
        mixed[at, :, at] = other[:, at]
    every = np.concatenate([one, other, mixed.reshape(-1, len(levels))])
    distinct, where = np.unique(every, axis=0, return_inverse=True)
    where = where.reshape(-1)
    return Sample(
        distinct, where[:size], where[size : 2 * size], where[2 * size :].reshape(-1, size)
    )


def sobol_indices(values: Floats, sample: Sample, seed: int) -> Indices:
    """First-order and total indices with their standard errors.

    Parameters
    ----------
    values
        A result of every organisation at every distinct row, shape ``(organisations, rows)``.
    """
    one, other = values[:, sample.first], values[:, sample.second]
    centre = (one.mean(axis=1) + other.mean(axis=1))[:, None] / 2
    one, other = one - centre, other - centre
    mixed = np.moveaxis(values[:, sample.mixed], 1, 0) - centre
    redrawn = _redrawn_weights(len(sample.first), seed)
    first, first_error = _share(other * (mixed - one), one, other, redrawn)
    total, total_error = _share((one - mixed) ** 2 / 2, one, other, redrawn)
    return Indices(first, first_error, total, total_error)


def _redrawn_weights(size: int, seed: int) -> Floats:
    """How much each row of the sample counts in each redrawn one, shape ``(size, redrawn)``."""
    generator = stream(seed, "choices redrawn")
    rows: Whole = places(numbers(generator, size * _REDRAWN), size).reshape(_REDRAWN, size)
    counts = [np.bincount(drawn, minlength=size) for drawn in rows]
    weights: Floats = np.stack(counts, axis=1) / size
    return weights


def _share(terms: Floats, one: Floats, other: Floats, redrawn: Floats) -> tuple[Floats, Floats]:
    """The mean of the terms as a share of the variance, with its standard error."""
    even = np.full((len(redrawn), 1), 1 / len(redrawn))
    shares = (terms @ even / _variance(one, other, even))[..., 0]
    errors = (terms @ redrawn / _variance(one, other, redrawn)).std(axis=-1, ddof=1)
    return shares, errors


def _variance(one: Floats, other: Floats, weights: Floats) -> Floats:
    squares = (one**2 + other**2) / 2 @ weights
    variance = squares - ((one + other) / 2 @ weights) ** 2
    return np.where(variance > _NO_VARIANCE, variance, np.nan)
