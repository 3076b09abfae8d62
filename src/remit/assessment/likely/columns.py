"""The columns that likely ranges add to a standing."""

from __future__ import annotations

import polars as pl

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
