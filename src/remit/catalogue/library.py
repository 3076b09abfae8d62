"""The catalogue: frameworks, metrics and publications, checked against each other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path

from remit.catalogue import declared
from remit.catalogue.checks import Place, faults
from remit.catalogue.declared import Declared
from remit.catalogue.fingerprint import Hashes, fingerprint
from remit.catalogue.metric_checks import count_faults
from remit.catalogue.metrics import MetricCatalogue, PrintedFor
from remit.catalogue.publication_checks import publication_faults
from remit.catalogue.targets import with_mark
from remit.model.coverage import Coverage
from remit.model.errors import DeclarationError, UnknownCode
from remit.model.figure_limits import FigureLimits
from remit.model.framework import Framework
from remit.model.metric import Metric, MetricFile, PublishedResult
from remit.model.period import Period
from remit.model.publication import Publication
from remit.model.significance import MovementTest
from remit.model.weighing import Weighing


@dataclass(frozen=True, slots=True)
class LoadedFramework:
    """A framework with the metrics it scores and its two hashes."""

    framework: Framework
    metrics: Mapping[str, Metric]
    hashes: Hashes
    path: str


@cache
def load_metrics() -> MetricCatalogue:
    """The metrics that are read as published, with the results published beside them."""
    whole = _whole_catalogue()
    read = {key: metric for key, metric in whole.metrics.items() if not metric.is_computed}
    return MetricCatalogue(read, whole.results, whole.printed_for)


@cache
def load_computed_metrics() -> Mapping[str, Metric]:
    """The metrics that are made from counts (monthly, daily … publications), by identifier."""
    return {key: m for key, m in _whole_catalogue().metrics.items() if m.is_computed}


def read_metrics(path: Path) -> Mapping[str, Metric]:
    """The metrics of a user's own file, by identifier.

    Raises
    ------
    DeclarationError
        If the file is faulty, declares a metric twice or one of the catalogue anew, or makes one
        of a count that no publication declares.
    """
    file = declared.read(path)
    content = check_counts(file)
    found: dict[str, Metric] = {}
    for index, metric in enumerate(content.metrics):
        if metric.id in found or metric.id in _whole_catalogue().metrics:
            said = f"{metric.id} is declared already; give it another identifier"
            raise DeclarationError(file.fault(["metrics", index, "id"], said))
        found[metric.id] = metric
    return found


def check_counts(file: Declared) -> MetricFile:
    """Validate a file of metrics, and that publications give what they are made of.

    Raises
    ------
    DeclarationError
        With one line for every fault: file, line, key, what is wrong and what is nearest.
    """
    content = file.validate(MetricFile)
    made = {metric.id for metric in content.metrics if metric.is_computed}
    if not made:
        return content
    counts = frozenset().union(*(publication.counts for publication in load_publications()))
    made |= load_computed_metrics().keys()
    lines = [file.fault(where, said) for where, said in count_faults(content, counts, made)]
    if lines:
        raise DeclarationError("\n".join(lines))
    return content


@cache
def _whole_catalogue() -> MetricCatalogue:
    metrics: dict[str, Metric] = {}
    results: dict[str, PublishedResult] = {}
    printed_for: dict[str, tuple[PrintedFor, ...]] = {}
    for file in declared.packaged("metrics"):
        content = file.validate(MetricFile)
        for index, metric in enumerate(content.metrics):
            if metric.id in metrics:
                where: Place = ["metrics", index, "id"]
                raise DeclarationError(file.fault(where, f"{metric.id} is declared twice"))
            metrics[metric.id] = with_mark(metric)
        results |= {result.id: result for result in content.results}
        if content.framework:
            scores = [metric.score_id for metric in content.metrics if metric.score_id]
            printed = (*scores, *(result.id for result in content.results))
            frameworks = (content.framework, *content.later_frameworks)
            printed_for |= dict.fromkeys(printed, tuple(map(_in_force, frameworks)))
    return MetricCatalogue(metrics, results, printed_for)


def _in_force(framework: str) -> PrintedFor:
    """When one of the frameworks that come with Remit is in force."""
    found = {file.data["id"]: file.data for file in declared.packaged("frameworks")}[framework]
    return PrintedFor(framework, found["valid_from"], found.get("valid_to"))


@cache
def load_publications() -> tuple[Publication, ...]:
    """The publications that Remit reads."""
    return tuple(check_publication(file) for file in declared.packaged("publications"))


def check_publication(file: Declared) -> Publication:
    """Validate a publication's declaration.

    Raises
    ------
    DeclarationError
        With one line for every fault: file, line, key, what is wrong and what is allowed.
    """
    publication = file.validate(Publication)
    lines = [file.fault(where, said) for where, said in publication_faults(publication)]
    if lines:
        raise DeclarationError("\n".join(lines))
    return publication


@cache
def load_figure_limits() -> FigureLimits:
    """What a published figure can be, by its unit."""
    (file,) = declared.packaged("limits")
    return file.validate(FigureLimits)


@cache
def load_weighing() -> Weighing:
    """What weighs in a report."""
    (file,) = declared.packaged("weighing")
    return file.validate(Weighing)


@cache
def load_coverage() -> Coverage:
    """How often likely ranges held a known truth."""
    (file,) = declared.packaged("coverage")
    return file.validate(Coverage)


@cache
def load_movement_tests() -> Mapping[str, MovementTest]:
    """Overseers' own tests of movement between quarters, by the framework's identifier."""
    found = [file.validate(MovementTest) for file in declared.packaged("significance")]
    return {test.framework: test for test in found}


@cache
def scored_publications() -> tuple[str, ...]:
    """The publications that frameworks score, as the store names them.

    They are those that give metrics of the catalogue as they are, and say in which file; the
    others give counts, of which metrics are made.
    """
    return tuple(dict.fromkeys(p.kept_as for p in load_publications() if p.metrics))


@cache
def packaged_frameworks() -> tuple[str, ...]:
    """The identifiers of the frameworks that come with Remit."""
    return tuple(sorted(str(file.data["id"]) for file in declared.packaged("frameworks")))


def framework_in_force(period: Period) -> str:
    """The framework that comes with Remit and was in force throughout a period.

    Where none was (a later year's is not declared yet), the last that began before the period
    ended, or else the first there is; a result says that it was not in force.

    Parameters
    ----------
    period
        The quarter that is to be judged.

    Examples
    --------
    >>> from remit.model.period import parse_quarter
    >>> framework_in_force(parse_quarter("2026/27 Q1"))
    'nof-2026-27'
    """
    found = [file.data for file in declared.packaged("frameworks")]
    spans = {str(one["id"]): (one["valid_from"], one.get("valid_to") or date.max) for one in found}
    begun = {key: span for key, span in spans.items() if span[0] <= period.end}
    whole = {
        key: span
        for key, span in begun.items()
        if span[0] <= period.start and period.end <= span[1]
    }
    if not begun:
        return min(spans, key=lambda key: spans[key])
    return max(whole or begun, key=lambda key: (whole or begun)[key])


@cache
def load_framework(name: str, own_metrics: tuple[Path, ...] = ()) -> LoadedFramework:
    """A framework by its identifier, or from the path of a user's own file.

    ``own_metrics`` are files of metrics that it may use beside those of the catalogue.

    Raises
    ------
    UnknownCode
        If there is neither a framework nor a file of that name.
    DeclarationError
        If the file is faulty; the message names file, line and key.
    """
    if name.endswith((".yaml", ".yml")) or "/" in name or "\\" in name:
        return check_framework(declared.read(Path(name)), own_metrics)
    for file in declared.packaged("frameworks"):
        if isinstance(file.data, dict) and file.data.get("id") == name:
            return check_framework(file, own_metrics)
    known = ", ".join(packaged_frameworks())
    raise UnknownCode(
        f"There is no framework {name!r}. Known: {known}. For a file of your own give its path, "
        "ending in .yaml."
    )


def check_framework(file: Declared, own_metrics: Sequence[Path] = ()) -> LoadedFramework:
    """Validate a framework's declaration, by itself and against the metric catalogue.

    ``own_metrics`` are files of metrics that it may use beside those of the catalogue.

    Raises
    ------
    DeclarationError
        With one line for every fault: file, line, key, what is wrong and what is allowed.
    """
    framework = file.validate(Framework)
    own: dict[str, Metric] = {}
    for path in own_metrics:
        own |= read_metrics(path)
    catalogue = replace(_whole_catalogue(), metrics={**_whole_catalogue().metrics, **own})
    lines = [file.fault(where, said) for where, said in faults(framework, catalogue)]
    if lines:
        raise DeclarationError("\n".join(lines))
    metrics = {m.id: catalogue.metrics[m.id] for m in framework.metrics}
    return LoadedFramework(framework, metrics, fingerprint(framework, metrics), file.path)
