"""The likely ranges that every standing carries, drawn when the assessment is made."""

from __future__ import annotations

from dataclasses import replace

import polars as pl

from remit.assessment.likely.columns import CONFIDENCE, likely_schema
from remit.assessment.likely.defaults import DRAWN_AS
from remit.assessment.result.assessment import Assessment, LikelyRun
from remit.model.likely import LikelyMethod


def with_likely(
    assessment: Assessment, replicates: int | None, seed: int, method: LikelyMethod = "published"
) -> Assessment:
    """The assessment with likely ranges in its standing; empty ones if ``replicates`` is None.

    Parameters
    ----------
    assessment
        Without ranges.
    replicates, seed
        How often they are drawn, and from which numbers.
    method
        How; see :func:`remit.assessment.likely.ranges.likely_ranges`.

    Raises
    ------
    AssessmentError
        If the number of replicates is out of range.
    """
    if replicates is None:
        empty = [pl.lit(None, dtype=kind).alias(name) for name, kind in likely_schema().items()]
        return replace(assessment, standing=assessment.standing.with_columns(empty))
    # numpy is loaded only where ranges are drawn.
    from remit.assessment.likely.ranges import standing_columns

    run = LikelyRun(replicates, seed, CONFIDENCE, DRAWN_AS[method])
    columns = standing_columns(assessment, run)
    standing = assessment.standing.join(columns, on="org_code", how="left", maintain_order="left")
    made = replace(assessment, standing=standing, likely=run)
    # Its draws hold for the same scores with their ranges beside them.
    made.worked_out[run] = assessment.worked_out[run]
    return made
