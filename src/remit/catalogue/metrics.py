"""All metrics, and the results that are published beside them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from remit.model.framework import Framework
from remit.model.metric import Metric, PublishedResult


@dataclass(frozen=True, slots=True)
class MetricCatalogue:
    """All metrics and published results by identifier.

    ``printed_for`` names the framework that a published score or result is made by, by the
    identifier of the score or result; those that it lacks are nobody's in particular.
    """

    metrics: Mapping[str, Metric]
    results: Mapping[str, PublishedResult]
    printed_for: Mapping[str, str] = field(default_factory=dict)

    def known_ids(self) -> dict[str, str]:
        """Every identifier a file may carry, with its name: values, scores and results."""
        ids = {metric.id: metric.name for metric in self.metrics.values()}
        scores = {m.score_id: f"{m.name}: score" for m in self.metrics.values() if m.score_id}
        return ids | scores | {result.id: result.name for result in self.results.values()}

    def of_others(self, framework: Framework) -> dict[str, str]:
        """The scores and results that are printed for other frameworks, each with whose it is.

        A flag is a fact that any framework may use, and so is a score that the framework takes as
        it is (``rule: published``).
        """
        as_they_are = {
            self.metrics[scored.id].score_id
            for scored in framework.metrics
            if scored.takes_published and scored.id in self.metrics
        }
        flags = {result.id for result in self.results.values() if result.unit == "flag"}
        return {
            key: whose
            for key, whose in self.printed_for.items()
            if whose != framework.id and key not in as_they_are | flags
        }
