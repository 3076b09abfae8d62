"""Ranks: the smallest key stands first, and what equal keys share."""

from __future__ import annotations

from typing import Literal

import numpy as np

from remit.assessment.scoring.laws.arrays import Flags, Floats, Integers

Ties = Literal["min", "average", "max", "dense"]
"""Equal keys share the best, the mean or the worst of their ranks (1 1 3, 1½ 1½ 3, 2 2 3); in
``dense`` ranks none is left out (1 1 2)."""


def ranks(keys: Floats | Integers, ties: Ties = "min") -> Floats | Integers:
    """Ranks from 1 down each column, the smallest key first.

    Parameters
    ----------
    keys
        Shape ``(organisations,)`` or ``(organisations, columns)``. NaN has no rank, and counts
        in nobody's.
    ties
        What equal keys share.

    Returns
    -------
    numpy.ndarray
        Same shape; whole numbers for whole keys, else floats.

    Examples
    --------
    >>> ranks(np.array([2.0, np.nan, 1.0, 1.0])).tolist()
    [3.0, nan, 1.0, 1.0]
    """
    # Rows that lie together in memory are sorted several times as fast as columns.
    across = np.ascontiguousarray(keys.T)
    order = np.argsort(across, axis=-1, kind="stable")
    ordered = np.take_along_axis(across, order, axis=-1)
    shared = _shared(ordered, ties)
    found = np.empty(across.shape, dtype=shared.dtype)
    np.put_along_axis(found, order, shared, axis=-1)
    if keys.dtype.kind != "f":
        return found.T
    return np.where(np.isnan(keys), np.nan, found.T)


def _shared(ordered: Floats | Integers, ties: Ties) -> Floats | Integers:
    """The ranks of ascending keys, along the last axis."""
    new = np.ones(ordered.shape, dtype=np.bool_)
    new[..., 1:] = ordered[..., 1:] != ordered[..., :-1]
    places = np.arange(1, ordered.shape[-1] + 1, dtype=np.int32)
    if ties == "dense":
        return new.cumsum(axis=-1)
    first = np.maximum.accumulate(np.where(new, places, 1), axis=-1)
    if ties == "min":
        return first
    ends = np.ones(ordered.shape, dtype=np.bool_)
    ends[..., :-1] = new[..., 1:]
    backwards = np.where(ends, places, places.size)[..., ::-1]
    last = np.minimum.accumulate(backwards, axis=-1)[..., ::-1]
    return last if ties == "max" else (first + last) / 2


def ranks_within(keys: Floats, groups: Integers, ties: Ties = "min") -> Floats:
    """Ranks among those of the same group; NaN in group -1.

    Parameters
    ----------
    keys
        Length n; NaN has no rank.
    groups
        Length n; who is ranked with whom, numbered from 0.
    ties
        What equal keys share.

    Examples
    --------
    >>> ranks_within(np.array([3.0, 1.0, 2.0]), np.array([0, 1, 0])).tolist()
    [2.0, 1.0, 1.0]
    """
    found = np.full(len(keys), np.nan)
    for group in np.unique(groups[groups >= 0]):
        members = groups == group
        found[members] = ranks(keys[members], ties)
    return found


def last_ranks(keys: Floats, groups: Integers, ties: Ties = "min") -> Floats:
    """The rank at which a group ends: its number of keys, or of different ones if ``dense``.

    Parameters
    ----------
    keys, groups, ties
        As for :func:`ranks_within`.

    Examples
    --------
    >>> last_ranks(np.array([1.0, 1.0, np.nan]), np.array([0, 0, 0])).tolist()
    [2.0, 2.0, 2.0]
    """
    found = np.full(len(keys), np.nan)
    for group in np.unique(groups[groups >= 0]):
        members = groups == group
        known = keys[members][~np.isnan(keys[members])]
        found[members] = len(np.unique(known) if ties == "dense" else known)
    return found


def in_published_order(
    ranked: Floats, values: Floats, groups: Integers, published: Floats, sources: Integers
) -> Floats:
    """Competition ranks in which equal values of one file keep the order that it gives them.

    Values are published rounded, so that a file's own rank may tell apart what is printed alike.

    Parameters
    ----------
    ranked
        Competition ranks, length n.
    values, groups
        What was ranked, and with whom.
    published
        The rank that the file gives; NaN where it gives none.
    sources
        Which file a value is from, numbered.
    """
    tied = alike(groups, values, sources)
    alone = np.bincount(tied, minlength=1)[tied] == 1
    return ranked + np.nan_to_num(ranks_within(published, np.where(alone, -1, tied)) - 1)


def alike(*keys: Floats | Integers) -> Integers:
    """A number from 0 for each different combination of keys, ascending as they do."""
    numbers = np.zeros(len(keys[0]), dtype=np.int64)
    for key in keys:
        different, place = np.unique(key, return_inverse=True)
        numbers = np.unique(numbers * len(different) + place, return_inverse=True)[1]
    return numbers


def rank_among(keys: Floats, others: Floats, rivals: Flags) -> Floats:
    """The rank that each key would have among others as they stand: one more than are ahead.

    Parameters
    ----------
    keys
        Length m; NaN has no rank.
    others
        Length n.
    rivals
        Whether each of the others is ranked with the key, shape ``(m, n)``.

    Examples
    --------
    >>> rank_among(np.array([2.0]), np.array([1.0, 2.0, 3.0]), np.ones((1, 3), bool)).tolist()
    [2.0]
    """
    ahead = (others < keys[:, None]) & rivals
    return np.where(np.isnan(keys), np.nan, 1.0 + ahead.sum(axis=1))
