"""Likely ranges as records: what the pages of one period need of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

import polars as pl

from remit.assessment.result.assessment import Assessment

if TYPE_CHECKING:
    from remit.assessment.likely.defaults import Method
    from remit.assessment.likely.ranges import LikelyRanges


@dataclass(frozen=True, slots=True)
class TrustRanges:
    """How far one organisation's standing could have come out differently.

    ``chances`` are segments with the share of draws that end in each; ``other_score`` and
    ``other_rank`` the ranges by the other of the two methods.
    """

    score: tuple[float, float] | None
    rank: tuple[int, int] | None
    chances: tuple[tuple[int, float], ...]
    n_scores: int
    n_rivals: int
    n_told_apart: int
    other_score: tuple[float, float] | None = None
    other_rank: tuple[int, int] | None = None

    @property
    def n_alike(self) -> int:
        """How many of its kind it cannot be told apart from."""
        return self.n_rivals - self.n_told_apart


def ranges_of(assessment: Assessment) -> LikelyRanges | None:
    """The likely ranges as the assessment drew them, with its pairs; None if it drew none."""
    run = assessment.likely
    if run is None:
        return None
    # numpy is loaded only where ranges are drawn.
    from remit.assessment.likely.ranges import likely_ranges

    return likely_ranges(
        assessment,
        replicates=run.replicates,
        seed=run.seed,
        confidence=run.confidence,
        method=cast("Method", run.method),
    )


def likely_by_code(ranges: LikelyRanges) -> Mapping[str, TrustRanges]:
    """The likely ranges of each organisation."""
    beside = {row["org_code"]: row for row in ranges.beside.iter_rows(named=True)}
    rows = ranges.table.iter_rows(named=True)
    return {row["org_code"]: _likely(row, beside[row["org_code"]]) for row in rows}


def pairs_told_apart(ranges: LikelyRanges) -> frozenset[frozenset[str]]:
    """The pairs of organisations that the scores tell apart."""
    told = ranges.pairs.filter(pl.col("told_apart")).select("org_code", "other_code")
    return frozenset(frozenset(pair) for pair in told.iter_rows())


def _likely(row: Mapping[str, Any], beside: Mapping[str, Any]) -> TrustRanges:
    chances = {
        int(name.removeprefix("p_segment_")): share
        for name, share in row.items()
        if name.startswith("p_segment_") and share is not None
    }
    return TrustRanges(
        score=_ends(row, "likely_score"),
        rank=_ends(row, "likely_rank"),
        chances=tuple(sorted(chances.items())),
        n_scores=row["n_entries"] or 0,
        n_rivals=row["n_rivals"] or 0,
        n_told_apart=row["n_told_apart"] or 0,
        other_score=_ends(beside, "likely_score"),
        other_rank=_ends(beside, "likely_rank"),
    )


def _ends(row: Mapping[str, Any], name: str) -> Any:
    ends = row[f"{name}_low"], row[f"{name}_high"]
    return None if None in ends else ends
