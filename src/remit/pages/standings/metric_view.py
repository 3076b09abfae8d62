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
from remit.pages.drawing.charts import SHAPES
from remit.pages.drawing.marks.distribution import (
    NamedLine,
    PeerDot,
    ValueDots,
    distribution_mark,
)
from remit.pages.drawing.marks.mark import DrawnMark
from remit.pages.frame.links import Link, PageKind
from remit.pages.standings.compare import Comparison, compare_metric
from remit.pages.standings.metric_lines import rank_said
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
from remit.words.figures import published_words, unit_name
from remit.words.names import kind_words
from remit.words.sentences import count_words, listed, sentence_case


@dataclass(frozen=True, slots=True)
class MetricRow(TrustPlace):
    """One trust's value and score; ``dated`` is the value's period where that is another's."""

    rank: str
    place: float | None
    value: float | None
    said: str
    score: float | None
    comparison: Comparison
    dated: str


@dataclass(frozen=True, slots=True)
class MetricGroup:
    """The trusts that are ranked together."""

    id: str
    name: str
    summary: str
    chart: DrawnMark | None
    kinds: tuple[tuple[str, str], ...]
    rows: tuple[MetricRow, ...]

    @property
    def differs(self) -> int:
        """How many published scores are not as recomputed."""
        return sum(row.comparison.same is False for row in self.rows)


@dataclass(frozen=True, slots=True)
class MetricView:
    """Everything that the page of a metric shows."""

    title: str
    finding: str
    reported: str
    reads: str
    dated: str
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
    reported = _reported(results, scored)
    groups = _groups(results, scored, metric, reported)
    return MetricView(
        title=f"{metric.name} ({metric.id}), {results.period}",
        finding=_finding(groups, results.period),
        reported=reported,
        reads=_reads(metric, groups),
        dated=_dated(reported),
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
        groups=groups,
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


def _reported(results: Results, scored: ScoredMetric) -> str:
    """The period that most values speak of; empty where none says."""
    lines = results.by_metric.get(scored.id, ())
    labels = Counter(line.period_label for line in lines if line.score is not None)
    return next((label for label, _ in labels.most_common(1) if label), "")


def _reads(metric: Metric, groups: Sequence[MetricGroup]) -> str:
    """Which way is better; of a metric that has scores and no values, of these."""
    rows = [row for group in groups for row in group.rows]
    if rows and all(row.value is None for row in rows):
        return "Scores alone are published, no values: 1.00 is best, 4.00 worst."
    return f"{direction_of(metric)}."


def _dated(reported: str) -> str:
    """Of when the figures are, without a full stop; what is no date is quoted as published."""
    if any(len(word) > 3 and word.islower() for word in reported.split()):
        return f"The publication says of when they are: “{reported}”"
    return f"Figures are for {reported}"


def _finding(groups: Sequence[MetricGroup], period: str) -> str:
    """The title of the page: what is said of the largest group of those ranked together."""
    if not groups:
        return f"No trust has a score on it in {period}."
    return max(groups, key=lambda group: len(group.rows)).summary


def _groups(
    results: Results, scored: ScoredMetric, metric: Metric, reported: str
) -> tuple[MetricGroup, ...]:
    lines = [line for line in results.by_metric.get(scored.id, ()) if line.score is not None]
    found = []
    for place, kinds in enumerate(groups_of(scored).values(), start=1):
        members = [line for line in lines if line.org_kind in kinds]
        if members:
            present = [kind for kind in kinds if any(m.org_kind is kind for m in members)]
            found.append(_group(results, (f"group-{place}", reported), metric, present, members))
    return tuple(found)


def _group(
    results: Results,
    named: tuple[str, str],
    metric: Metric,
    kinds: Sequence[TrustKind],
    members: Sequence[MetricScore],
) -> MetricGroup:
    group_id, reported = named
    names = listed([kind_words(kind) for kind in kinds])
    in_unit = [line for line in members if line.unit in (metric.unit, None)]
    values = [line.value for line in in_unit if line.value is not None]
    return MetricGroup(
        id=group_id,
        name=sentence_case(names),
        summary=_summary(metric, names, values, len(members)),
        chart=_chart(results, metric, names, kinds, in_unit),
        kinds=tuple(
            (SHAPES[place % len(SHAPES)], kind_words(kind)) for place, kind in enumerate(kinds)
        ),
        rows=tuple(
            _row(results, metric, line, reported) for line in sorted(members, key=_order(metric))
        ),
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
    """What is found of a group: how many meet what is asked, and where half of them lie."""
    if len(values) < 4:
        return f"{count_words(trusts, 'trust')} scored."
    low, mid, high = (published_words(value, metric.unit) for value in _quartiles(values))
    half = f"half of the {len(values)} {names} lie between {low} and {high}"
    if low == high:
        half = _at_one(values, f"{len(values)} {names}", metric.unit)
    elif metric.standard is None:
        half += f"; the median is {mid}"
    if metric.standard is None:
        return f"{sentence_case(half)}."
    met = int(within(metric.standard.bound, np.array(values)).sum())
    reached = "reach the floor" if metric.standard.is_floor else "meet the standard"
    asked = f"{met} of {len(values)} {names} {reached} of {_standard(metric)}"
    return f"{asked}; {half}."


def _at_one(values: Sequence[float], names: str, unit: str) -> str:
    """Where half and more of a group have one value as printed: how many, and the others."""
    _, middle, _ = _quartiles(values)
    same = published_words(middle, unit)
    others = [value for value in values if published_words(value, unit) != same]
    above = sum(value > middle for value in others)
    return (
        f"{len(values) - len(others)} of the {names} are at {same}, {above} above it and "
        f"{len(others) - above} below"
    )


def _chart(
    results: Results,
    metric: Metric,
    names: str,
    kinds: Sequence[TrustKind],
    members: Sequence[MetricScore],
) -> DrawnMark | None:
    shapes = dict(zip(kinds, SHAPES, strict=False))
    dots = [
        PeerDot(
            results.trust_link(line.org_code).text,
            line.value,
            shapes[line.org_kind],
            line.org_code,
        )
        for line in members
        if line.value is not None
    ]
    if len(dots) < 4:
        return None
    values = [dot.value for dot in dots]
    sentence = f"{metric.name}. {_summary(metric, names, values, len(dots))}"
    lines = tuple(_lines(metric, values))
    return distribution_mark(
        ValueDots(tuple(dots), lines, metric.better.value, metric.unit, sentence)
    )


def _lines(metric: Metric, values: Sequence[float]) -> Iterator[NamedLine]:
    """What stands among the dots: the quartiles, and what is asked."""
    low, mid, high = _quartiles(values)
    yield NamedLine(low, f"Lower quartile {published_words(low, metric.unit)}", "cut")
    yield NamedLine(mid, f"Median {published_words(mid, metric.unit)}", "middle")
    yield NamedLine(high, f"Upper quartile {published_words(high, metric.unit)}", "cut")
    at = standard_value(metric.standard) if metric.standard else None
    if at is not None:
        yield NamedLine(at, f"{_standard_name(metric)}: {_standard(metric)}", "goal")


def _row(results: Results, metric: Metric, line: MetricScore, reported: str) -> MetricRow:
    return MetricRow(
        **place_fields(results, results.standings[line.org_code]),
        rank=rank_said(results.framework.metric(line.metric_id), line),
        place=line.rank,
        value=line.value,
        said=published_words(line.value, line.unit or metric.unit),
        score=line.score,
        comparison=compare_metric(line),
        dated="" if line.period_label == reported else line.period_label or "",
    )
