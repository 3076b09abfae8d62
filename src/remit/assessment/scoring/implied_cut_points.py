"""The cut points that the published segments of a period imply, and one organisation's own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import polars as pl

from remit.assessment.result.assessment import Assessment, CutPoints
from remit.assessment.scoring.laws.arrays import Floats
from remit.assessment.scoring.laws.segments import TOLERANCE
from remit.words.figures import number_words

_CLEAR = 2 * TOLERANCE
"""How far below a score a cut point must lie for the score to be beyond it."""


def implied_cut_points(assessment: Assessment) -> CutPoints:
    """Cut points that lie between the published unadjusted segments, where there are any.

    NHS England does not publish its cut points. Each lies between the highest average of one
    segment and the lowest of the next; the middle of that gap is taken. Cut points that were
    given, or that the framework declares, are left as they are.
    """
    cuts = assessment.cut_points
    if cuts.basis != "population":
        return cuts
    known = assessment.standing.filter(
        pl.col("published_unadjusted_segment").is_not_null() & pl.col("average_score").is_not_null()
    )
    if known.is_empty():
        return cuts
    values = [
        _between(known, segment, otherwise)
        for segment, otherwise in enumerate(cuts.values, start=1)
    ]
    shown = ", ".join(number_words(value, 4) for value in values)
    origin = f"midway between the published segments of {known.height} trusts ({shown})"
    return replace(cuts, values=tuple(values), origin=origin, organisations=known.height)


def _between(known: pl.DataFrame, segment: int, otherwise: float) -> float:
    """The middle of the gap above a segment; the quartile at hand where one side is empty."""
    better = pl.col("published_unadjusted_segment") <= segment
    averages = known["average_score"].to_numpy()
    below = known.select(better).to_series().to_numpy()
    if below.all() or not below.any():
        return otherwise
    return float((averages[below].max() + averages[~below].min()) / 2)


def judging_cut_points(assessment: Assessment) -> CutPoints:
    """The cut points that made the unadjusted segments of an assessment."""
    if assessment.mode == "published":
        return implied_cut_points(assessment)
    return assessment.cut_points


def own_cut_points(cuts: Sequence[float], averages: Floats, segments: Floats) -> Floats:
    """Each organisation's cut points, moved only as far as its own segment demands.

    Published segments were cut on averages that are known to two decimals; where an average
    falls on the wrong side of a cut point, that one moves to it for this organisation.

    Parameters
    ----------
    cuts
        The period's cut points, length c, ascending.
    averages, segments
        Length n; NaN where there is none.

    Returns
    -------
    numpy.ndarray
        Shape ``(n, c)``.
    """
    lines = np.tile(np.asarray(cuts, dtype=np.float64), (len(averages), 1))
    beyond = segments[:, None] > np.arange(1, len(cuts) + 1)
    below = np.fmin(lines, averages[:, None] - _CLEAR)
    above = np.fmax(lines, averages[:, None])
    moved = np.where(beyond, below, above)
    return np.where(np.isnan(segments)[:, None], lines, moved)
