"""All metrics, and the results that are published beside them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from remit.model.framework import Framework
from remit.model.metric import Metric, PublishedResult


@dataclass(frozen=True, slots=True)
class PrintedFor:
    """A framework whose publication prints a score or a result, and when it is in force."""

    framework: str
    valid_from: date
    valid_to: date | None


@dataclass(frozen=True, slots=True)
class MetricCatalogue:
    """All metrics and published results by identifier.

    ``printed_for`` names the frameworks that a published score or result is made by, the oldest
    first, by the identifier of the score or result; those that it lacks are nobody's in particular.
    """

    metrics: Mapping[str, Metric]
    results: Mapping[str, PublishedResult]
    printed_for: Mapping[str, tuple[PrintedFor, ...]] = field(default_factory=dict)

    @property
    def shares(self) -> frozenset[str]:
        """The metrics that are parts of a whole."""
        return frozenset(metric.id for metric in self.metrics.values() if metric.share)

    @property
    def units(self) -> dict[str, str]:
        """The usual unit of each metric, each score and each printed result."""
        scores = {m.score_id: "score" for m in self.metrics.values() if m.score_id}
        results = {result.id: result.unit for result in self.results.values()}
        return {**{m.id: m.unit for m in self.metrics.values()}, **scores, **results}

    def known_ids(self) -> dict[str, str]:
        """Every identifier a file may carry, with its name: values, scores and results."""
        ids = {metric.id: metric.name for metric in self.metrics.values()}
        scores = {m.score_id: f"{m.name}: score" for m in self.metrics.values() if m.score_id}
        return ids | scores | {result.id: result.name for result in self.results.values()}

    def whose(self, printed: str, on: date) -> str | None:
        """The framework that a published score or result is of, where it is one's.

        Of several the one in force on the day, the last of the quarter that it was published for;
        on a day of none of them the oldest, for which it was first printed.

        >>> from datetime import date
        >>> from remit.catalogue import load_metrics
        >>> load_metrics().whose("OF5000", date(2026, 6, 30))
        'nof-2026-27'
        """
        found = self.printed_for.get(printed, ())
        in_force = (one for one in found if one.valid_from <= on <= (one.valid_to or date.max))
        first = next(in_force, found[0] if found else None)
        return first.framework if first else None

    def of_others(self, framework: Framework, on: date) -> dict[str, str]:
        """The scores and results of a day that are other frameworks', each with whose it is.

        A flag is a fact that any framework may use, and so is a score that the framework takes as
        it is (``rule: published``).
        """
        as_they_are = {
            self.metrics[scored.id].score_id
            for scored in framework.metrics
            if scored.takes_published and scored.id in self.metrics
        }
        flags = {result.id for result in self.results.values() if result.unit == "flag"}
        everybodys = as_they_are | flags
        return {
            key: whose
            for key in self.printed_for
            if key not in everybodys and (whose := self.whose(key, on)) not in {None, framework.id}
        }
