"""The cut points of a result: which they are, how that is known, and one organisation's own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import polars as pl

from remit.assessment.result.assessment import CutPoints, Mode
from remit.assessment.scoring.entering_scores import takes_segments
from remit.assessment.scoring.inputs import Inputs
from remit.assessment.scoring.laws.arrays import Floats
from remit.assessment.scoring.laws.quantiles import QUARTERS
from remit.assessment.scoring.laws.segments import TOLERANCE
from remit.assessment.scoring.segments import find_cut_points
from remit.model.framework import Framework
from remit.words.figures import number_words
from remit.words.kinds import bodies_in_words

_CLEAR = 2 * TOLERANCE
"""How far below a score a cut point must lie for the score to be beyond it."""
_DIGIT = 0.01
"""How far published averages may overlap by having been rounded."""
_HALF_A_DIGIT = _DIGIT / 2
"""How far below the lowest average a cut point is put that no average lies below."""


def cut_points_of(
    averages: pl.DataFrame,
    inputs: Inputs,
    framework: Framework,
    mode: Mode,
    given: Sequence[float] | CutPoints | None,
) -> CutPoints:
    """The cut points of a result; every command and page shows these and no others.

    They are those given, those that the framework declares, in ``published`` mode those that the
    published segments imply, else the quartiles of the averages at hand.

    Parameters
    ----------
    averages
        ``org_code, org_kind, average_score``, also of those who are cut among and not judged.
    given
        The user's, or those of another result that are held; an empty sequence asks for scores
        without segments.

    Raises
    ------
    AssessmentError
        As :func:`remit.assessment.scoring.segments.find_cut_points`.
    """
    if isinstance(given, CutPoints):
        return given
    known = _published_segments(averages, inputs, framework)
    published = mode == "published" and (known.height or takes_segments(inputs, framework))
    if published and given is None and framework.segments.cut_points.are_unknown:
        return _instead_of_thresholds(known, inputs, framework)
    cuts = find_cut_points(averages, framework, inputs.expected, given)
    if mode == "recomputed" or cuts.basis != "population":
        return cuts
    return implied_cut_points(known, cuts, framework)


def _published_segments(
    averages: pl.DataFrame, inputs: Inputs, framework: Framework
) -> pl.DataFrame:
    """Averages beside the published segments that they are cut into, ``segment``.

    Where no segment before overrides is published, the published adjusted one says where it stands
    in the league, and not where its average was cut: it is not used here.
    """
    published = framework.segments.published_unadjusted or ""
    segments = inputs.results.filter(pl.col("metric_id") == published)
    return averages.join(
        segments.select("org_code", pl.col("value").alias("segment")), on="org_code"
    )


def _instead_of_thresholds(known: pl.DataFrame, inputs: Inputs, framework: Framework) -> CutPoints:
    """What published segments imply of thresholds that are not public; nothing if they overlap.

    Where a segment is empty, the threshold lies at the end of its neighbour as far as is known.
    """
    none = CutPoints(
        values=(),
        basis="none",
        origin="the thresholds are not public; the segments are as published",
        organisations=known.height,
        expected=sum(inputs.expected.get(kind.value, 0) for kind in framework.kinds),
    )
    published = inputs.results.filter(
        pl.col("metric_id") == (framework.aggregation.published_average or "")
    ).select("org_code", pl.col("value").alias("_published"))
    known = known.join(published, on="org_code", how="left").with_columns(
        pl.coalesce("_published", "average_score").alias("average_score")
    )
    if overlap := _overlap(known):
        return replace(none, origin=f"{none.origin}; no thresholds fit them, since {overlap}")
    nowhere = replace(none, values=(np.nan,) * len(QUARTERS), basis="published")
    found = implied_cut_points(known, nowhere, framework)
    return none if found is nowhere else found


def _overlap(known: pl.DataFrame) -> str:
    """Two averages that stand in each other's segments, in words; empty if there are none."""
    for number in range(1, len(QUARTERS) + 1):
        better = known.filter(pl.col("segment") <= number)["average_score"].max()
        worse = known.filter(pl.col("segment") > number)["average_score"].min()
        if isinstance(better, float) and isinstance(worse, float) and better > worse + _DIGIT:
            return (
                f"an average of {number_words(better)} is in segment {number} or better and one "
                f"of {number_words(worse)} is in a worse one"
            )
    return ""


def implied_cut_points(
    known: pl.DataFrame, quartiles: CutPoints, framework: Framework
) -> CutPoints:
    """Cut points that lie between published segments; the quartiles where none are known.

    NHS England does not publish its cut points. Each lies between the highest average of one
    segment and the lowest of the next; the middle of that range is taken.

    Parameters
    ----------
    known
        ``average_score, segment``.
    quartiles
        What stands in where no segment says where a cut point lies.
    framework
        Its cut points say whose segments they are.
    """
    known = known.filter(pl.col("segment").is_not_null() & pl.col("average_score").is_not_null())
    if known.is_empty():
        return quartiles
    averages, segments = (known[name].to_numpy() for name in ("average_score", "segment"))
    found = [
        _between(averages[segments <= number], averages[segments > number], otherwise)
        for number, otherwise in enumerate(quartiles.values, start=1)
    ]
    whom = framework.segments.cut_points.population or framework.kinds
    bodies = bodies_in_words(whom)
    origin = (
        f"midway between the published segments of {known.height} of {quartiles.expected} "
        f"{bodies}; each could be anywhere between two averages: "
        f"{'; '.join(words for _, words in found)}"
    )
    values = tuple(value for value, _ in found)
    return replace(
        quartiles, values=values, basis="published", origin=origin, organisations=known.height
    )


def _between(better: Floats, worse: Floats, otherwise: float) -> tuple[float, str]:
    """A cut point and its range; the quartile, if it fits, where one side is empty."""
    if not len(worse):
        low = float(better.max())
        return float(np.fmax(otherwise, low)), f"{number_words(low, 4)} or more"
    high = float(worse.min())
    if not len(better):
        lowest = high - _HALF_A_DIGIT
        return float(np.fmin(otherwise, lowest)), f"below {number_words(high, 4)}"
    low = float(better.max())
    return (low + high) / 2, f"{number_words(low, 4)} to {number_words(high, 4)}"


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
