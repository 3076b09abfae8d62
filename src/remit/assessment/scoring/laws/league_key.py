"""The order of a league table."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from remit.assessment.scoring.laws.arrays import Floats, Integers
from remit.model.framework import League

_ROOM = {"adjusted_segment": 1_000.0, "average_score": 10.0**13}
"""How many whole numbers each part of a key has room for; a float holds them all exactly."""


def league_groups(league: League, kinds: Sequence[str]) -> Integers:
    """Who stands in one league table together: everybody, or each kind by itself."""
    names = list(kinds) if league.within == "kind" else [""] * len(kinds)
    return np.unique(np.array(names, dtype=str), return_inverse=True)[1]


def league_keys(league: League, segments: Floats, shown: Floats | Integers) -> Floats:
    """Numbers that sort as the league table does: the smallest stands first, equals share a rank.

    Parameters
    ----------
    league
        What the framework ranks by, in which order.
    segments
        Adjusted segments.
    shown
        Averages as the table shows them, as whole numbers of their last digit; of a shape that
        fits.

    Returns
    -------
    numpy.ndarray
        NaN for those who have no place, for want of a part that is ranked by.

    Examples
    --------
    >>> keys = league_keys(League(), np.array([1.0, 2.0, 1.0]), np.array([210, 190, 205]))
    >>> np.argsort(keys).tolist()
    [2, 0, 1]
    """
    parts = {"adjusted_segment": segments, "average_score": shown}
    keys = np.zeros(np.broadcast_shapes(segments.shape, shown.shape))
    for name in league.by:
        keys = keys * _ROOM[name] + parts[name]
    return keys
