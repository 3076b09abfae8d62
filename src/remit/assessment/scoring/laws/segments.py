"""From score to segment, with the one tolerance for what lies at a cut point."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from remit.assessment.scoring.laws.arrays import Flags, Floats

TOLERANCE = 1e-9
"""A score this little above a cut point still is at it: averages are sums of short decimals."""


def up_to(scores: float | Floats, cut: float | Floats) -> Flags:
    """Whether scores lie at a cut point or better; NaN never does."""
    return np.asarray(scores <= cut + TOLERANCE)


def segments_of(scores: Floats, cuts: Sequence[float] | Sequence[Floats] | Floats) -> Floats:
    """The segment of each score: 1 up to and with the first cut point, and so on.

    Parameters
    ----------
    scores
        Any shape.
    cuts
        Ascending cut points; each may be an array that fits the scores, where they differ by
        column. Without any there is no segment.

    Returns
    -------
    numpy.ndarray
        Whole numbers as floats; NaN where there is no score or no cut point.

    Examples
    --------
    >>> segments_of(np.array([2.0, 2.1, np.nan]), (2.0, 2.5, 3.0)).tolist()
    [1.0, 2.0, nan]
    """
    segments = np.where(np.isnan(scores), np.nan, 1.0)
    if not len(cuts):
        return np.full(np.shape(scores), np.nan)
    for cut in cuts:
        segments = segments + np.where(np.isnan(cut), np.nan, ~up_to(scores, cut))
    return segments
