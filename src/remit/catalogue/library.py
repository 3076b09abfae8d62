"""The catalogue: frameworks, metrics and publications, checked against each other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from remit.catalogue import declared
from remit.catalogue.checks import Place, faults
from remit.catalogue.declared import Declared
from remit.catalogue.fingerprint import Hashes, fingerprint
from remit.model.errors import DeclarationError, UnknownCode
from remit.model.framework import Framework
from remit.model.metric import Metric, MetricFile, PublishedResult
from remit.model.publication import Publication


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


@dataclass(frozen=True, slots=True)
class LoadedFramework:
    """A framework with the metrics it scores and its two hashes."""

    framework: Framework
    metrics: Mapping[str, Metric]
    hashes: Hashes
    path: str


@cache
def load_metrics() -> MetricCatalogue:
    """The metric catalogue that comes with Remit."""
    metrics: dict[str, Metric] = {}
    results: dict[str, PublishedResult] = {}
    for file in declared.packaged("metrics"):
        content = file.validate(MetricFile)
        for index, metric in enumerate(content.metrics):
            if metric.id in metrics:
                where: Place = ["metrics", index, "id"]
                raise DeclarationError(file.fault(where, f"{metric.id} is declared twice"))
            metrics[metric.id] = metric
        results |= {result.id: result for result in content.results}
    return MetricCatalogue(metrics, results)


@cache
def load_publications() -> tuple[Publication, ...]:
    """The publications that Remit reads."""
    return tuple(file.validate(Publication) for file in declared.packaged("publications"))


@cache
def packaged_frameworks() -> tuple[str, ...]:
    """The identifiers of the frameworks that come with Remit."""
    return tuple(sorted(str(file.data["id"]) for file in declared.packaged("frameworks")))


@cache
def load_framework(name: str) -> LoadedFramework:
    """A framework by its identifier, or from the path of a user's own file.

    Raises
    ------
    UnknownCode
        If there is neither a framework nor a file of that name.
    DeclarationError
        If the file is faulty; the message names file, line and key.
    """
    if name.endswith((".yaml", ".yml")) or "/" in name or "\\" in name:
        return check_framework(declared.read(Path(name)))
    for file in declared.packaged("frameworks"):
        if isinstance(file.data, dict) and file.data.get("id") == name:
            return check_framework(file)
    known = ", ".join(packaged_frameworks())
    raise UnknownCode(
        f"There is no framework {name!r}. Known: {known}. For a file of your own give its path, "
        "ending in .yaml."
    )


def check_framework(file: Declared) -> LoadedFramework:
    """Validate a framework's declaration, by itself and against the metric catalogue.

    Raises
    ------
    DeclarationError
        With one line for every fault: file, line, key, what is wrong and what is allowed.
    """
    framework = file.validate(Framework)
    catalogue = load_metrics()
    lines = [file.fault(where, said) for where, said in faults(framework, catalogue)]
    if lines:
        raise DeclarationError("\n".join(lines))
    metrics = {m.id: catalogue.metrics[m.id] for m in framework.metrics}
    return LoadedFramework(framework, metrics, fingerprint(framework, metrics), file.path)
