"""A metric: all trusts in order, the quartiles, the standard, and how it is scored."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from remit.assessment.explaining.words import status_in_words
from remit.assessment.scoring.laws.populations import groups_of
from remit.assessment.scoring.laws.quantiles import QUARTERS, quantiles
from remit.assessment.scoring.laws.rank_to_score import within
from remit.model.framework import ScoredMetric
from remit.model.metric import Better, Metric
from remit.model.organisation import TrustKind
from remit.pages.drawing.charts import SHAPES, Chart, DrawnValue, Marker, distribution
from remit.pages.frame.links import Link, PageKind
from remit.pages.standings.compare import Comparison, compare_metric
from remit.pages.standings.planned import Planned
from remit.pages.standings.results import MetricScore, Results
from remit.pages.standings.rules import (
    direction_of,
    population_of,
    rules_of,
    standard_value,
    standard_words,
)
from remit.pages.standings.trust_row import TrustPlace, place_fields
from remit.words.figures import published_words, rank_words, unit_name
from remit.words.names import kind_words
from remit.words.sentences import count_words, listed, sentence_case


@dataclass(frozen=True, slots=True)
class MetricRow(TrustPlace):
    """One trust's value and score."""

    rank: str
    place: float | None
    value: float | None
    said: str
    score: float | None
    comparison: Comparison


@dataclass(frozen=True, slots=True)
class MetricGroup:
    """The trusts that are ranked together."""

    id: str
    name: str
    summary: str
    chart: Chart | None
    rows: tuple[MetricRow, ...]


@dataclass(frozen=True, slots=True)
class MetricView:
    """Everything that the page of a metric shows."""

    title: str
    metric: Metric
    scored: ScoredMetric
    domain: str
    unit: str
    direction: str
    standard: str
    standard_name: str
    rules: tuple[str, ...]
    population: str
    coverage: str
    group: str
    groups: tuple[MetricGroup, ...]
    missing: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class MetricsLine:
    """A metric in the list of metrics."""

    metric: Link
    id: str
    unit: str
    direction: str
    standard: str
    trusts: int


@dataclass(frozen=True, slots=True)
class MetricsView:
    """The metrics of the framework by domain."""

    title: str
    period: str
    framework: str
    domains: tuple[tuple[str, tuple[MetricsLine, ...]], ...]


def pages(periods: Sequence[Results]) -> Iterator[Planned]:
    """Each period's overview, and a page for each metric with figures."""
    for one in periods:
        yield Planned(one.page(PageKind.METRICS), partial(metrics_view, one))
        for scored in (m for m in one.framework.metrics if one.by_metric.get(m.id)):
            yield Planned(one.page(PageKind.METRIC, scored.id), partial(metric_view, one, scored))


def metric_view(results: Results, scored: ScoredMetric) -> MetricView:
    """The page of a metric in one period."""
    metric = results.assessment.metrics[scored.id]
    group = results.framework.group_of(scored.id)
    return MetricView(
        title=f"{metric.name} ({metric.id}), {results.period}",
        metric=metric,
        scored=scored,
        domain=results.framework.domain(scored.domain).name,
        unit=unit_name(metric.unit),
        direction=direction_of(metric),
        standard=_standard(metric),
        standard_name=_standard_name(metric),
        rules=rules_of(results, scored),
        population=population_of(scored),
        coverage=_coverage(results, scored),
        group=group.name if group else "",
        groups=_groups(results, scored, metric),
        missing=_missing(results, scored),
    )


def metrics_view(results: Results) -> MetricsView:
    """The list of metrics of a period."""
    metrics = results.framework.metrics
    return MetricsView(
        title=f"Metrics, {results.period}",
        period=results.period,
        framework=results.framework.name,
        domains=tuple(
            (domain.name, tuple(_line(results, m) for m in metrics if m.domain == domain.id))
            for domain in results.framework.domains
        ),
    )


def _line(results: Results, scored: ScoredMetric) -> MetricsLine:
    metric = results.assessment.metrics[scored.id]
    lines = results.by_metric.get(scored.id, ())
    return MetricsLine(
        metric=results.metric_link(scored.id),
        id=metric.id,
        unit=unit_name(metric.unit),
        direction=direction_of(metric),
        standard=_standard(metric) + (" (floor)" if _is_floor(metric) else ""),
        trusts=sum(1 for line in lines if line.score is not None),
    )


def _standard(metric: Metric) -> str:
    return standard_words(metric.standard, metric.unit) if metric.standard else ""


def _is_floor(metric: Metric) -> bool:
    return metric.standard is not None and metric.standard.is_floor


def _standard_name(metric: Metric) -> str:
    """What it is called that a metric is held against."""
    return "Floor" if _is_floor(metric) else "Standard"


def _coverage(results: Results, scored: ScoredMetric) -> str:
    population = results.assessment.populations[scored.id]
    if not population_of(scored) or population.complete:
        return ""
    return f"Not everybody who should be ranked is at hand: {listed(population.missing)}."


def _missing(results: Results, scored: ScoredMetric) -> tuple[tuple[str, int], ...]:
    lines = results.by_metric.get(scored.id, ())
    without = Counter(status_in_words(line.status) for line in lines if line.score is None)
    return tuple((sentence_case(reason), n) for reason, n in without.most_common())


def _groups(results: Results, scored: ScoredMetric, metric: Metric) -> tuple[MetricGroup, ...]:
    lines = [line for line in results.by_metric.get(scored.id, ()) if line.score is not None]
    found = []
    for place, kinds in enumerate(groups_of(scored).values(), start=1):
        members = [line for line in lines if line.org_kind in kinds]
        if members:
            present = [kind for kind in kinds if any(m.org_kind is kind for m in members)]
            found.append(_group(results, f"group-{place}", metric, present, members))
    return tuple(found)


def _group(
    results: Results,
    group_id: str,
    metric: Metric,
    kinds: Sequence[TrustKind],
    members: Sequence[MetricScore],
) -> MetricGroup:
    names = listed([kind_words(kind) for kind in kinds])
    in_unit = [line for line in members if line.unit in (metric.unit, None)]
    values = [line.value for line in in_unit if line.value is not None]
    return MetricGroup(
        id=group_id,
        name=sentence_case(names),
        summary=_summary(metric, names, values, len(members)),
        chart=_chart(group_id, metric, names, kinds, in_unit),
        rows=tuple(_row(results, metric, line) for line in sorted(members, key=_order(metric))),
    )


def _order(metric: Metric) -> Callable[[MetricScore], tuple[float, bool, float, str]]:
    """The key that sorts scores best first, and equal ones by value."""
    sign = -1 if metric.better is Better.HIGHER else 1

    def key(line: MetricScore) -> tuple[float, bool, float, str]:
        score = line.score if line.score is not None else 9.0
        return score, line.value is None, sign * (line.value or 0.0), line.org_code

    return key


def _quartiles(values: Sequence[float]) -> tuple[float, float, float]:
    first, second, third = quantiles(np.array(values), QUARTERS, "linear").tolist()
    return first, second, third


def _summary(metric: Metric, names: str, values: Sequence[float], trusts: int) -> str:
    if len(values) < 4:
        return f"{count_words(trusts, 'trust')} scored."
    low, mid, high = (published_words(value, metric.unit) for value in _quartiles(values))
    said = f"Half of the {len(values)} {names} lie between {low} and {high}; the median is {mid}."
    if metric.standard is None:
        return said
    met = int(within(metric.standard.bound, np.array(values)).sum())
    reached = "reach the floor" if metric.standard.is_floor else "meet the standard"
    return f"{said} {met} of {len(values)} {reached}."


def _chart(
    group_id: str,
    metric: Metric,
    names: str,
    kinds: Sequence[TrustKind],
    members: Sequence[MetricScore],
) -> Chart | None:
    shapes = dict(zip(kinds, SHAPES, strict=False))
    points = [
        DrawnValue(line.value, shapes[line.org_kind]) for line in members if line.value is not None
    ]
    if len(points) < 4:
        return None
    values = [point.value for point in points]
    legend = ""
    if len(kinds) > 1:
        said = [f"{shapes[kind]}s are {kind_words(kind)}" for kind in kinds]
        legend = f"{listed(said)}.".capitalize()
    unit = f" ({unit_name(metric.unit)})" if metric.unit not in {"score", "rate", "count"} else ""
    return distribution(
        f"{group_id}-chart",
        f"{metric.name}: {names}",
        _summary(metric, names, values, len(points)),
        points,
        _markers(metric, values),
        axis=f"Value{unit}. {direction_of(metric)}. Each mark is a trust.",
        legend=legend,
    )


def _markers(metric: Metric, values: Sequence[float]) -> list[Marker]:
    low, mid, high = _quartiles(values)
    markers = [
        Marker(low, f"Lower quartile {published_words(low, metric.unit)}", "quartile"),
        Marker(mid, f"Median {published_words(mid, metric.unit)}", "median"),
        Marker(high, f"Upper quartile {published_words(high, metric.unit)}", "quartile"),
    ]
    if metric.standard is not None:
        at = standard_value(metric.standard)
        if at is not None:
            markers.append(Marker(at, f"{_standard_name(metric)}: {_standard(metric)}", "standard"))
    return markers


def _row(results: Results, metric: Metric, line: MetricScore) -> MetricRow:
    return MetricRow(
        **place_fields(results, results.standings[line.org_code]),
        rank=rank_words(line.rank, line.population_size),
        place=line.rank,
        value=line.value,
        said=published_words(line.value, line.unit or metric.unit),
        score=line.score,
        comparison=compare_metric(line),
    )
