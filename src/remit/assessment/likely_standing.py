"""The likely ranges that every standing carries, drawn when the assessment is made."""

from __future__ import annotations

from dataclasses import replace

import polars as pl

from remit.assessment.result import Assessment, LikelyRun

DEFAULT_REPLICATES = 10_000
DEFAULT_SEED = 20_250_909
"""The day on which the first league tables were published."""
CONFIDENCE = 0.95
SEGMENTS = 4

ENDS: dict[str, type[pl.DataType]] = {
    "likely_score_low": pl.Float64,
    "likely_score_high": pl.Float64,
    "likely_rank_low": pl.Int64,
    "likely_rank_high": pl.Int64,
}


def chance_column(segment: int) -> str:
    """The column that holds the probability of an adjusted segment."""
    return f"p_segment_{segment}"


def likely_schema() -> dict[str, type[pl.DataType]]:
    """The names and types of the columns that likely ranges add to a standing."""
    chances = [chance_column(segment) for segment in range(1, SEGMENTS + 1)]
    return {**ENDS, **dict.fromkeys(chances, pl.Float64)}


def with_likely(assessment: Assessment, replicates: int | None, seed: int) -> Assessment:
    """The assessment with likely ranges in its standing; empty ones if ``replicates`` is None.

    Raises
    ------
    AssessmentError
        If the number of replicates is out of range.
    """
    if replicates is None:
        empty = [pl.lit(None, dtype=kind).alias(name) for name, kind in likely_schema().items()]
        return replace(assessment, standing=assessment.standing.with_columns(empty))
    # numpy is loaded only where ranges are drawn.
    from remit.assessment.likely import standing_columns

    run = LikelyRun(replicates, seed, CONFIDENCE, "percentile")
    columns = standing_columns(assessment, run)
    standing = assessment.standing.join(columns, on="org_code", how="left", maintain_order="left")
    return replace(assessment, standing=standing, likely=run)
