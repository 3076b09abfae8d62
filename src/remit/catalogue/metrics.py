"""All metrics, and the results that are published beside them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from remit.model.metric import Metric, PublishedResult


@dataclass(frozen=True, slots=True)
class MetricCatalogue:
    """All metrics and published results by identifier."""

    metrics: Mapping[str, Metric]
    results: Mapping[str, PublishedResult]

    def known_ids(self) -> dict[str, str]:
        """Every identifier a file may carry, with its name: values, scores and results."""
        ids = {metric.id: metric.name for metric in self.metrics.values()}
        scores = {m.score_id: f"{m.name}: score" for m in self.metrics.values() if m.score_id}
        return ids | scores | {result.id: result.name for result in self.results.values()}

    def score_ids(self) -> dict[str, str]:
        """Identifier of a published score → identifier of its metric."""
        return {m.score_id: m.id for m in self.metrics.values() if m.score_id}
