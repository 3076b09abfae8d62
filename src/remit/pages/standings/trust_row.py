"""A trust as one row of a table: the league, an area's trusts, the index."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from remit.assessment.explaining.words import moved_by_words
from remit.pages.frame.links import Link
from remit.pages.standings.compare import Comparison, compare_scores, compare_segments
from remit.pages.standings.results import Results, TrustStanding


@dataclass(frozen=True, slots=True)
class TrustPlace:
    """A trust with its kind and its areas, as every table of trusts has it."""

    code: str
    trust: Link
    kind: str
    region: Link | None
    region_code: str
    icb: Link | None
    icb_code: str


@dataclass(frozen=True, slots=True)
class TrustRow(TrustPlace):
    """Where a trust stands, ready for a table."""

    subkind: str
    segment: int | None
    segment_label: str
    adjusted: int | None
    average: float | None
    rank: int | None
    of: int
    n_metrics: int
    moved_by: str
    comparison: Comparison


def trust_row(results: Results, standing: TrustStanding) -> TrustRow:
    """One trust's row."""
    return TrustRow(**row_fields(results, standing))


def place_fields(results: Results, standing: TrustStanding) -> dict[str, Any]:
    """The fields of a :class:`TrustPlace`."""
    return {
        "code": standing.org_code,
        "trust": results.trust_link(standing.org_code),
        "kind": standing.kind.label,
        "region": results.area_link(standing.region_code),
        "region_code": standing.region_code or "",
        "icb": results.area_link(standing.icb_code),
        "icb_code": standing.icb_code or "",
    }


def row_fields(results: Results, standing: TrustStanding) -> dict[str, Any]:
    """The fields of a :class:`TrustRow`."""
    return place_fields(results, standing) | {
        "subkind": standing.subkind or "",
        "segment": standing.segment,
        "segment_label": results.segment_label(standing.segment),
        "adjusted": standing.adjusted_segment,
        "average": standing.average_score,
        "rank": standing.rank,
        "of": ranked_count(results, standing),
        "n_metrics": standing.n_metrics or 0,
        "moved_by": _moved_by(results, standing),
        "comparison": _comparison(standing),
    }


def _moved_by(results: Results, standing: TrustStanding) -> str:
    ends = (standing.unadjusted_segment, standing.adjusted_segment)
    return moved_by_words(standing.overrides_applied, *ends, results.framework)


def ranked_count(results: Results, standing: TrustStanding) -> int:
    """How many trusts of the same kind have a rank."""
    return sum(1 for other in results.by_kind[standing.kind] if other.rank is not None)


def _comparison(standing: TrustStanding) -> Comparison:
    """The segment's comparison, unless only the average differs."""
    segment = compare_segments("Segment", standing.segment, standing.published)
    average = compare_scores(
        "Average score", standing.average_score, standing.published_average_score
    )
    return average if segment.same is not False and average.same is False else segment
