"""What should be in a report and is not, and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from remit.catalogue.releases import ReleaseCalendar, ending
from remit.model.metric import Metric
from remit.model.observation import Status
from remit.model.period import Period, calendar_year, financial_year
from remit.report.charting import Key
from remit.report.choosing import card
from remit.report.expected import expected
from remit.report.gaps import NOT_HELD
from remit.report.view import MetricCard, Missing, MissingGroup, ReportBody
from remit.series.sums import INCOMPLETE, NOBODY_COUNTED
from remit.series.wholes import BEYOND_WHOLE
from remit.signals.points import Charted, Point
from remit.words.sentences import listed

_LATELY = 731
"""An organisation silent for longer than so many days is taken to have given the service up."""

RUN = " to "
"""Between the first and the last of several periods in a row."""

_Absence = tuple[str, str, str, bool]
"""What is expected, what is held, why, and whether it is late: alike in a group."""

_WHY: dict[str, str] = {
    Status.SUPPRESSED: "The publication holds the figure back (suppressed).",
    Status.NOT_SUBMITTED: "The organisation is not in the publication for that period.",
    NOT_HELD: "No file that is held gives it.",
    BEYOND_WHOLE: "Its counts make a part that is larger than its whole, or below 0.",
    INCOMPLETE: "Not all who belong to it have submitted, so no count can be given.",
}


def missing(
    charts: Mapping[Key, Charted],
    bodies: Sequence[ReportBody],
    metrics: Sequence[Metric],
    end: date,
    calendar: ReleaseCalendar,
) -> tuple[Missing, ...]:
    """Figures that are missing or late, each of one organisation.

    Parameters
    ----------
    charts
        The series, by organisation, metric and cut.
    bodies
        The organisations, the one that the report is on first.
    metrics
        The metrics that the report was asked for.
    end
        The last day of the report's period.
    calendar
        What is published when: nothing is late before its day.
    """
    # Of a metric that has ended nothing is expected after its end.
    return tuple(
        gap
        for metric in metrics
        for gap in _of_metric(charts, bodies, metric, min(end, metric.valid_to or end), calendar)
    )


def late_words(gaps: Sequence[Missing]) -> Mapping[tuple[str, str], str]:
    """What a line says where its newest figure is late, by organisation and metric."""
    late: dict[tuple[str, str], list[Missing]] = {}
    for gap in gaps:
        if gap.is_late:
            late.setdefault((gap.body.code, gap.metric.id), []).append(gap)
    return {key: _late_words(found) for key, found in late.items()}


def _late_words(found: Sequence[Missing]) -> str:
    said, last = listed([gap.expected for gap in found]), found[-1]
    several = len(found) > 1 or RUN in last.expected
    if not last.due:
        they = "they are" if several else "it is"
        when = f", though when {they} published is not declared"
    else:
        when = f", the last {last.due}" if several else f" {last.due}"
    verb = "were" if several else "was"
    return f"The newest figure is for {last.held}; {said} {verb} expected{when}."


def _of_metric(
    charts: Mapping[Key, Charted],
    bodies: Sequence[ReportBody],
    metric: Metric,
    end: date,
    calendar: ReleaseCalendar,
) -> Iterator[Missing]:
    found = {body: charts.get((body.code, metric.id, "")) for body in bodies}
    out = calendar.due_by(metric, end)
    yield from _never_whole(found, metric, out)
    yield from _in_between(bodies[0], found[bodies[0]], metric)
    held = [chart.held[-1] for chart in found.values() if chart and chart.held]
    if not held:
        return
    newest = max(held, key=lambda point: point.end)
    due = expected(metric, out, newest.start)
    for body, chart in found.items():
        if chart and chart.held:
            yield from _behind(body, chart, metric, _Due(newest, due, calendar))


@dataclass(frozen=True, slots=True)
class _Due:
    """The newest period that any organisation of the report has, and the newest that is out."""

    newest: Point
    due: Period
    calendar: ReleaseCalendar


def _behind(body: ReportBody, chart: Charted, metric: Metric, asked: _Due) -> Iterator[Missing]:
    """Every period that is out, or that the others have, and that an organisation lacks."""
    last, newest = chart.held[-1], asked.newest
    wanted = min(newest.end, asked.due.end)
    if last.end != newest.end and not _is_behind(last, wanted):
        return
    yearly = calendar_year if newest.start.month == 1 else financial_year
    lacked = ending(metric.frequency, yearly, last.end, asked.due.end)
    for why, run in groupby(lacked, key=lambda period: _why(chart, period, newest)):
        if why:
            those = list(run)
            when = asked.calendar.day_said(metric, those[-1].end)
            label = _run(those[0].label, those[-1].label)
            yield Missing(body, card(metric), label, last.label, why, when, is_late=True)


def _why(chart: Charted, period: Period, newest: Point) -> str:
    """Why a period is lacked; empty where there is nothing to count in it."""
    status = _status_of(chart.points, period.end)
    if status in {Status.NOT_APPLICABLE, NOBODY_COUNTED}:
        return ""
    if period.end > newest.end and status != BEYOND_WHOLE:
        return "No organisation of this report has a later one."
    return _WHY.get(status, _WHY[Status.NOT_SUBMITTED])


def _run(first: str, last: str) -> str:
    """A run of periods by its first and last."""
    return first if first == last else f"{first}{RUN}{last}"


def _never_whole(
    found: Mapping[ReportBody, Charted | None], metric: Metric, end: date
) -> Iterator[Missing]:
    """Organisations of which there are figures, but for no period all that a count needs."""
    for body, chart in found.items():
        if chart and not chart.held:
            due = expected(metric, end, chart.points[-1].start)
            yield Missing(body, card(metric), due.label, "none", _WHY[INCOMPLETE])


def _in_between(body: ReportBody, chart: Charted | None, metric: Metric) -> Iterator[Missing]:
    """Stretches of periods before the newest of which no file is held."""
    if chart is None or not chart.held:
        return
    for absent, run in groupby(chart.points, key=lambda point: point.status == NOT_HELD):
        if absent:
            gap = list(run)
            due = _run(gap[0].label, gap[-1].label)
            yield Missing(body, card(metric), due, chart.held[-1].label, _WHY[NOT_HELD])


def grouped(gaps: Sequence[Missing]) -> tuple[MissingGroup, ...]:
    """Gaps that differ by their organisation or their metric alone, as one."""
    bodies: dict[tuple[MetricCard, _Absence], list[ReportBody]] = {}
    for gap in gaps:
        alike = (gap.expected, gap.held, gap.reason, gap.is_late)
        bodies.setdefault((gap.metric, alike), []).append(gap.body)
    metrics: dict[tuple[tuple[ReportBody, ...], _Absence], list[str]] = {}
    for (metric, alike), those in bodies.items():
        metrics.setdefault((tuple(those), alike), []).append(metric.name)
    return tuple(
        MissingGroup(those, tuple(names), *alike) for (those, alike), names in metrics.items()
    )


def _is_behind(last: Point, wanted: date) -> bool:
    return last.end < wanted and (wanted - last.end).days <= _LATELY


def _status_of(points: Sequence[Point], wanted: date) -> str:
    """The status of the point of a day; of an organisation that is not there, not submitted."""
    return next((p.status for p in points if p.end == wanted), Status.NOT_SUBMITTED.value)
