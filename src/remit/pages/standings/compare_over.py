"""A metric of each compared organisation over time: by quarter, and by month where held."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from remit.model.framework import ScoredMetric
from remit.model.organisation import TrustKind
from remit.pages.standings.monthly import MONTHS, Monthly
from remit.pages.standings.results import MetricScore, Results
from remit.words.figures import number_words, published_words, value_words

NONE_HELD = "not held"


@dataclass(frozen=True, slots=True)
class ComparedSeries:
    """One metric over time: its periods, newest first, and by code the figures of each."""

    id: str
    name: str
    step: str
    labels: tuple[str, ...]
    figures: dict[str, tuple[str, ...]]


def over_time(
    results: Results,
    kind: TrustKind,
    metrics: Sequence[ScoredMetric],
    before: Sequence[Results],
) -> tuple[ComparedSeries, ...]:
    """Average and metrics by quarter, then what is held by month.

    Parameters
    ----------
    results
        The period of the page.
    kind
        The kind of organisation.
    metrics
        The metrics that the page compares.
    before
        Earlier periods, oldest first.
    """
    codes = [one.org_code for one in results.by_kind[kind]]
    periods = [results, *reversed(before)]
    found = list(_by_quarter(periods, codes, metrics)) if before else []
    if results.monthly:
        found += _by_month(results.monthly, codes)
    return tuple(found)


def _by_quarter(
    periods: Sequence[Results], codes: Sequence[str], metrics: Sequence[ScoredMetric]
) -> Iterator[ComparedSeries]:
    labels = tuple(one.period for one in periods)

    def made(id_: str, name: str, figures: dict[str, tuple[str, ...]]) -> ComparedSeries:
        return ComparedSeries(id_, name, "quarter by quarter", labels, figures)

    yield made(
        "average",
        "Average score",
        {code: tuple(_average(one, code) for one in periods) for code in codes},
    )
    for scored in metrics:
        name = periods[0].assessment.metrics[scored.id].name
        figures = {
            code: tuple(
                _value(one, one.by_organisation.get(code, {}).get(scored.id)) for one in periods
            )
            for code in codes
        }
        yield made(scored.id, name, figures)


def _average(results: Results, code: str) -> str:
    standing = results.standings.get(code)
    if standing is None or standing.average_score is None:
        return NONE_HELD
    segment = f", segment {standing.segment}" if standing.segment is not None else ""
    return f"{number_words(standing.average_score)}{segment}"


def _value(results: Results, line: MetricScore | None) -> str:
    """The value where there is one, else the score; a figure of another unit says its own."""
    if line is None or (line.value is None and line.score is None):
        return NONE_HELD
    if line.value is None:
        return f"score {number_words(line.score)}"
    return published_words(line.value, line.unit or results.assessment.metrics[line.metric_id].unit)


def _by_month(monthly: Monthly, codes: Sequence[str]) -> Iterator[ComparedSeries]:
    for metric in monthly.metrics.values():
        points = {
            code: {point.start: point for point in monthly.points(code, metric.id)}
            for code in codes
        }
        months = sorted({day for held in points.values() for day in held})[-MONTHS:][::-1]
        if sum(bool(held) for held in points.values()) < 2:
            continue
        named = {point.start: point.label for held in points.values() for point in held.values()}
        figures = {
            code: tuple(
                value_words(value, metric.unit)
                if day in held and (value := held[day].value) is not None
                else NONE_HELD
                for day in months
            )
            for code, held in points.items()
        }
        labels = tuple(named[day] for day in months)
        yield ComparedSeries(metric.id, metric.name, "month by month", labels, figures)
