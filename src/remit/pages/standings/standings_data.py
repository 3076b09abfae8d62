"""The figures of one period as data: what its pages show, each published figure with its cell.

The JSON follows ``static/standings.schema.json``, which lies beside the pages.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import Any

from remit.pages.frame.links import PageKind
from remit.pages.standings.results import CellPlace, MetricScore, Results, TrustStanding
from remit.pages.standings.trust_row import ranked_count

SCHEMA = "standings.schema.json"
"""The schema of the JSON, which lies in ``static`` beside the pages."""

VERSION = 1
"""Raised where a field goes, changes its name or its meaning; a new field does not raise it."""

Data = dict[str, Any]


class CitedFiles:
    """The files that figures stand in, numbered in the order of the assessment."""

    def __init__(self, results: Results) -> None:
        self._sources = results.assessment.sources
        self._numbers = {one: number for number, one in enumerate(self._sources, start=1)}

    def cell(self, place: CellPlace | None, column: str = "") -> Data | None:
        """A cell by the number of its file, its line and column; None where it is not known."""
        number = self._numbers.get(place.source_id) if place else None
        if place is None or number is None:
            return None
        return {"file": number, "line": place.line, "column": column or place.column}

    def listed(self) -> Iterator[Data]:
        """All files with what is known of them."""
        for source_id, number in self._numbers.items():
            source = self._sources[source_id]
            yield {
                "number": number,
                "file": source.file_name,
                "publication": source.publication_name,
                "published_on": source.published_on.isoformat() if source.published_on else None,
                "sha256": source.sha256,
                "licence": source.licence,
                "url": source.url,
            }


def standings_data(results: Results) -> Data:
    """All figures of a period: the framework, its metrics, organisations and files.

    Examples
    --------
    ``standings_data(results)["organisations"][0]["segment"]``
    """
    assessment, files = results.assessment, CitedFiles(results)
    cuts = assessment.cut_points
    return {
        "schema": SCHEMA,
        "version": VERSION,
        "period": results.period,
        "period_start": assessment.period.start.isoformat(),
        "period_end": assessment.period.end.isoformat(),
        "framework": {
            "id": results.framework.id,
            "name": results.framework.name,
            "hashes": dict(assessment.hashes),
        },
        "mode": assessment.mode,
        "fictional": results.fictional,
        "cut_points": {"values": list(cuts.values), "basis": cuts.basis, "origin": cuts.origin},
        "likely": asdict(assessment.likely) if assessment.likely else None,
        "metrics": list(_metrics(results)),
        "organisations": [
            _organisation(results, standing, files)
            for kind in results.kinds
            for standing in results.by_kind[kind]
        ],
        "sources": list(files.listed()),
    }


def _metrics(results: Results) -> Iterator[Data]:
    for scored in results.framework.metrics:
        metric = results.assessment.metrics[scored.id]
        yield {
            "id": scored.id,
            "name": metric.name,
            "unit": metric.unit,
            "better": metric.better,
            "domain": scored.domain,
            "page": _beside(results, PageKind.METRIC, scored.id),
        }


def _organisation(results: Results, standing: TrustStanding, files: CitedFiles) -> Data:
    code = standing.org_code
    likely = results.likely.get(code)
    return {
        "code": code,
        "name": standing.org_name,
        "kind": standing.kind.value,
        "region": standing.region_code,
        "icb": standing.icb_code,
        "segment": standing.segment,
        "adjusted_segment": standing.adjusted_segment,
        "unadjusted_segment": standing.unadjusted_segment,
        "overrides": [one for one in (standing.overrides_applied or "").split(", ") if one],
        "average_score": standing.average_score,
        "n_scores": standing.n_metrics,
        "rank": standing.rank,
        "ranked": ranked_count(results, standing),
        "likely_score": list(likely.score) if likely and likely.score else None,
        "likely_rank": list(likely.rank) if likely and likely.rank else None,
        "chances": {str(one): share for one, share in likely.chances} if likely else {},
        "published": _published(results, standing, files),
        "domains": [
            {
                "domain": one.domain,
                "score": one.score,
                "segment": one.segment,
                "n_scores": one.n_scores,
                "published_score": one.published_score,
            }
            for one in results.domains.get(code, {}).values()
        ],
        "metrics": [
            _figure(results, one, files) for one in results.by_organisation.get(code, {}).values()
        ],
        "page": _beside(results, PageKind.TRUST, code),
        "explanation": _beside(results, PageKind.EXPLANATION, code),
    }


def _published(results: Results, standing: TrustStanding, files: CitedFiles) -> Data:
    """What the publication itself says of an organisation, each with its cell."""
    segments = results.framework.segments
    found: Data = {}
    for name, value, published_as, column in (
        ("average_score", standing.published_average_score,
         results.framework.aggregation.published_average, ""),
        ("segment", standing.published,
         segments.published_final if standing.published_final_segment is not None
         else segments.published_adjusted, ""),
        ("rank", standing.published_rank, segments.published_adjusted, "Rank"),
    ):  # fmt: skip
        if value is not None:
            place = results.published_places.get((standing.org_code, published_as or ""))
            found[name] = {"value": value, "from": files.cell(place, column)}
    return found


def _figure(results: Results, score: MetricScore, files: CitedFiles) -> Data:
    told: Data = {
        "metric": score.metric_id,
        "value": score.value,
        "unit": score.unit,
        "status": score.status,
        "reported_for": score.period_label,
        "score": score.score,
        "basis": score.basis,
        "counts": score.counts,
        "rank": score.rank,
        "ranked": score.population_size,
        "published_score": score.published_score,
        "value_from": files.cell(score.value_place),
        "published_score_from": files.cell(score.score_place),
    }
    if score.value is not None and told["value_from"] is None:
        told["made_of"] = list(_made_of(results, score, files))
    return told


def _made_of(results: Results, score: MetricScore, files: CitedFiles) -> Iterator[Data]:
    """The published counts that a value was made of; none where it came without its rows."""
    counts = results.assessment.made.trace(score.org_code, score.metric_id)
    for row in counts.iter_rows(named=True):
        yield {
            "side": row["side"],
            "measure": row["measure"],
            "period": row["period_label"],
            "value": row["value"],
            "sign": row["sign"],
            "from": files.cell(_counted_in(row)),
        }


def _counted_in(row: Mapping[str, Any]) -> CellPlace | None:
    if row["source_id"] is None or row["line"] is None:
        return None
    return CellPlace(row["source_id"], row["line"], row["column"] or "Value")


def _beside(results: Results, kind: PageKind, code: str) -> str:
    """The path of a page from the folder of the period, in which the file lies."""
    return results.page(kind, code).path.partition("/")[2]
