"""The figures behind the charts of a metric as data: rows for CSV, and JSON by a schema."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from remit.report.view import ReportLine
from remit.signals.points import Point

SCHEMA = "metric-figures.schema.json"
"""The schema of the JSON, which lies in ``static`` beside the pages."""

HEADS = (
    "organisation", "organisation_name", "period", "period_start", "period_end", "value",
    "numerator", "denominator", "mean", "lower_limit", "upper_limit", "target", "trajectory",
    "status", "special_cause",
)  # fmt: skip
"""The columns of the CSV; a value exists only where ``status`` is ``reported``."""


def figure_rows(lines: Sequence[ReportLine]) -> Iterator[tuple[object, ...]]:
    """A row for each point of each organisation, the oldest first, in the order of ``HEADS``."""
    for line in lines:
        for point in line.points:
            yield (line.body.code, line.body.name, *_cells(point).values())


def figures_json(lines: Sequence[ReportLine], period: str, *, fictional: bool) -> dict[str, Any]:
    """The same as JSON: the metric, and a series for each organisation.

    Parameters
    ----------
    lines
        Those of one metric, at least one.
    period
        That of the report.
    fictional
        Whether the figures are invented.

    Examples
    --------
    ``figures_json(lines, "Mar 2026", fictional=False)["series"][0]["points"][-1]["value"]``
    """
    metric = lines[0].metric
    return {
        "schema": SCHEMA,
        "metric": {
            "id": metric.id,
            "name": metric.name,
            "unit": metric.unit,
            "better": metric.better,
            "definition": metric.made_of,
            "source": metric.source,
        },
        "period": period,
        "fictional": fictional,
        "series": [_series(line) for line in lines],
    }


def _series(line: ReportLine) -> dict[str, Any]:
    return {
        "organisation": line.body.code,
        "organisation_name": line.body.name,
        "finding": line.sentence,
        "points": [_cells(point) for point in line.points],
    }


def _cells(point: Point) -> dict[str, Any]:
    return {
        "period": point.label,
        "period_start": point.start.isoformat(),
        "period_end": point.end.isoformat(),
        "value": point.value,
        "numerator": point.numerator,
        "denominator": point.denominator,
        "mean": point.mean,
        "lower_limit": point.lower,
        "upper_limit": point.upper,
        "target": point.target,
        "trajectory": point.trajectory,
        "status": point.status,
        "special_cause": point.drawn if point.rule else "",
    }
