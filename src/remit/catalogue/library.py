"""The catalogue: frameworks, metrics and publications, checked against each other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from remit.catalogue import declared
from remit.catalogue.declared import Declared
from remit.catalogue.fingerprint import Hashes, fingerprint
from remit.model.errors import DeclarationError, UnknownCode
from remit.model.framework import Framework, LookupRule, RankedRule, ScoredMetric
from remit.model.metric import Better, Metric, MetricFile, PublishedResult
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
    faults = [file.fault(where, said) for where, said in _faults(framework, catalogue)]
    if faults:
        raise DeclarationError("\n".join(faults))
    metrics = {m.id: catalogue.metrics[m.id] for m in framework.metrics}
    return LoadedFramework(framework, metrics, fingerprint(framework, metrics), file.path)


Place = list[str | int]
Fault = tuple[Place, str]


def _faults(framework: Framework, catalogue: MetricCatalogue) -> Iterator[Fault]:
    yield from _reference_faults(framework, catalogue)
    yield from _lookup_faults(framework)
    yield from _segment_faults(framework, catalogue)


def _reference_faults(framework: Framework, catalogue: MetricCatalogue) -> Iterator[Fault]:
    domains = {domain.id for domain in framework.domains}
    seen: set[str] = set()
    for index, metric in enumerate(framework.metrics):
        where: Place = ["metrics", index]
        if metric.id not in catalogue.metrics:
            known = nearest(metric.id, catalogue.metrics)
            yield [*where, "id"], f"no metric {metric.id!r} in the catalogue; nearest: {known}"
        elif _ranks(metric) and catalogue.metrics[metric.id].better is Better.NEUTRAL:
            yield [*where, "rule"], f"{metric.id} has no better direction and cannot be ranked"
        if metric.id in seen:
            yield [*where, "id"], f"{metric.id} is scored twice"
        seen.add(metric.id)
        if metric.domain not in domains:
            yield (
                [*where, "domain"],
                f"no domain {metric.domain!r}; use one of {', '.join(sorted(domains))}",
            )
    scored = {metric.id for metric in framework.metrics}
    for index, group in enumerate(framework.groups):
        for place, member in enumerate(group.members):
            if member not in scored:
                yield ["groups", index, "members", place], f"{member!r} is not scored here"
        if group.domain not in domains:
            yield ["groups", index, "domain"], f"no domain {group.domain!r}"


def _ranks(metric: ScoredMetric) -> bool:
    return isinstance(metric.rule, RankedRule)


def _lookup_faults(framework: Framework) -> Iterator[Fault]:
    scored = {metric.id: metric for metric in framework.metrics}
    for index, metric in enumerate(framework.metrics):
        if not isinstance(metric.rule, LookupRule):
            continue
        for key in ("rows", "columns"):
            other = getattr(metric.rule, key)
            where: Place = ["metrics", index, "rule", key]
            if other not in scored:
                yield where, f"{other!r} is not scored in this framework"
            elif isinstance(scored[other].rule, LookupRule):
                yield where, f"{other!r} is a look-up itself; look-ups cannot be chained"


def _segment_faults(framework: Framework, catalogue: MetricCatalogue) -> Iterator[Fault]:
    cuts = framework.segments.cut_points
    where: Place = ["segments", "cut_points"]
    if cuts.thresholds is not None and list(cuts.thresholds) != sorted(set(cuts.thresholds)):
        yield [*where, "thresholds"], "thresholds must ascend"
    if cuts.basis == "quartiles" and cuts.thresholds is not None:
        yield [*where, "thresholds"], "quartiles come from a population; remove the thresholds"
    for index, override in enumerate(framework.segments.overrides):
        if override.flag not in catalogue.results:
            known = nearest(override.flag, catalogue.results)
            place: Place = ["segments", "overrides", index, "flag"]
            yield place, f"no flag {override.flag!r} in the catalogue; nearest: {known}"


def nearest(word: str, known: Mapping[str, object] | Sequence[str], limit: int = 3) -> str:
    """The known words most like a given one, for an error message."""
    from rapidfuzz import process

    found = process.extract(word, list(known), limit=limit)
    return ", ".join(choice for choice, _, _ in found)
