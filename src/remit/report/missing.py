"""What should be in a report and is not, and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby

from remit.model.metric import Metric
from remit.model.observation import Status
from remit.report.charting import Key
from remit.report.choosing import card
from remit.report.expected import expected
from remit.report.gaps import NOT_HELD
from remit.report.releases import ReleaseCalendar
from remit.report.view import Missing, MissingGroup, ReportBody
from remit.series.sums import NOBODY_COUNTED
from remit.series.wholes import BEYOND_WHOLE
from remit.signals.points import Charted, Point

_LATELY = 731
"""An organisation silent for longer than so many days is taken to have given the service up."""

_WHY: dict[str, str] = {
    Status.SUPPRESSED: "The publication holds the figure back (suppressed).",
    Status.NOT_SUBMITTED: "The organisation is not in the publication for that period.",
    NOT_HELD: "No figure for that period is held.",
    BEYOND_WHOLE: "Its counts make a part that is larger than its whole, or below 0.",
    "incomplete": "Not all who belong to it have submitted, so no count can be given.",
}


def missing(
    charts: Mapping[Key, Charted],
    bodies: Sequence[ReportBody],
    metrics: Sequence[Metric],
    end: date,
    calendar: ReleaseCalendar,
) -> tuple[Missing, ...]:
    """Figures that are missing or late.

    A publication that is late for everybody is named once, for the first of the organisations;
    of the others those are named that lack what their neighbours have.

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
        for gap in _of_metric(
            charts, bodies, metric, calendar.due_by(metric, min(end, metric.valid_to or end))
        )
    )


def _of_metric(
    charts: Mapping[Key, Charted], bodies: Sequence[ReportBody], metric: Metric, end: date
) -> Iterator[Missing]:
    found = {body: charts.get((body.code, metric.id, "")) for body in bodies}
    held = [chart.held[-1] for chart in found.values() if chart and chart.held]
    yield from _never_whole(found, metric, end)
    yield from _in_between(bodies[0], found[bodies[0]], metric)
    if not held:
        return
    newest = max(held, key=lambda point: point.end)
    due = expected(metric, end, newest.start)
    if newest.end < due.end:
        why = f"{newest.label} is the newest that is held for any organisation of this report."
        first = found[bodies[0]]
        if first and _status_of(first.points, due.end) == BEYOND_WHOLE:
            why = _WHY[BEYOND_WHOLE]
        yield Missing(bodies[0], card(metric), due.label, newest.label, why)
    wanted = min(newest.end, due.end)
    for body, chart in found.items():
        if chart and chart.held and _is_behind(chart.held[-1], wanted):
            status = _status_of(chart.points, wanted)
            if status not in {Status.NOT_APPLICABLE, NOBODY_COUNTED}:
                label = _label_of(wanted, held, due.label)
                why = _WHY.get(status, _WHY[Status.NOT_SUBMITTED])
                yield Missing(body, card(metric), label, chart.held[-1].label, why)


def _never_whole(
    found: Mapping[ReportBody, Charted | None], metric: Metric, end: date
) -> Iterator[Missing]:
    """Organisations of which there are figures, but for no period all that a count needs."""
    for body, chart in found.items():
        if chart and not chart.held:
            due = expected(metric, end, chart.points[-1].start)
            yield Missing(body, card(metric), due.label, "none", _WHY["incomplete"])


def _in_between(body: ReportBody, chart: Charted | None, metric: Metric) -> Iterator[Missing]:
    """Stretches of periods before the newest of which no file is held."""
    if chart is None or not chart.held:
        return
    for absent, run in groupby(chart.points, key=lambda point: point.status == NOT_HELD):
        if absent:
            gap = list(run)
            first, last = gap[0].label, gap[-1].label
            due = first if first == last else f"{first} to {last}"
            yield Missing(body, card(metric), due, chart.held[-1].label, _WHY[NOT_HELD])


def grouped(gaps: Sequence[Missing]) -> tuple[MissingGroup, ...]:
    """Gaps of an organisation that differ by their metric alone, as one."""
    found: dict[tuple[ReportBody, str, str, str], list[str]] = {}
    for gap in gaps:
        key = (gap.body, gap.expected, gap.held, gap.reason)
        found.setdefault(key, []).append(gap.metric.name)
    return tuple(
        MissingGroup(body, tuple(names), due, held, why)
        for (body, due, held, why), names in found.items()
    )


def _is_behind(last: Point, wanted: date) -> bool:
    return last.end < wanted and (wanted - last.end).days <= _LATELY


def _label_of(wanted: date, held: Sequence[Point], due: str) -> str:
    return next((point.label for point in held if point.end == wanted), due)


def _status_of(points: Sequence[Point], wanted: date) -> str:
    """The status of the point of a day; of an organisation that is not there, not submitted."""
    return next((p.status for p in points if p.end == wanted), Status.NOT_SUBMITTED.value)
