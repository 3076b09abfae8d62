"""Organisations by metrics: what each cell of the matrix of a report shows."""

from __future__ import annotations

from dataclasses import dataclass

from remit.model.metric import Better
from remit.report.view import MetricCard, ReportBody, ReportLine, ReportView
from remit.signals.points import meets


@dataclass(frozen=True, slots=True)
class BodyRow:
    """An organisation with a line, or None, for each metric of the matrix.

    ``missed`` says of each whether its figure misses the goal of its own period.
    """

    body: ReportBody
    own: bool
    lines: tuple[ReportLine | None, ...]
    missed: tuple[bool, ...] = ()


@dataclass(frozen=True, slots=True)
class OrganisationMatrix:
    """Organisations down and metrics across; the one that the report is on comes first.

    ``periods`` are those of the newest figure of each metric: an older one is dated in its cell.
    """

    metrics: tuple[MetricCard, ...]
    periods: tuple[str, ...]
    rows: tuple[BodyRow, ...]


def matrix_of(view: ReportView) -> OrganisationMatrix:
    """The matrix of a report, with every metric of which one of its members has a figure.

    Examples
    --------
    ``[row.body.short for row in matrix_of(view).rows]``
    """
    met = {line.metric.id for section in view.members for line in section.lines}
    metrics = tuple(metric for metric in view.metrics if metric.id in met)
    rows = []
    for place, section in enumerate(view.sections):
        held = {line.metric.id: line for line in section.lines}
        lines = tuple(held.get(metric.id) for metric in metrics)
        missed = tuple(line is not None and _is_missed(line) for line in lines)
        rows.append(BodyRow(section.body, not place, lines, missed))
    periods = tuple(_newest(view, metric) for metric in metrics)
    return OrganisationMatrix(metrics, periods, tuple(rows))


def _is_missed(line: ReportLine) -> bool:
    """Whether the figure itself misses its goal, once or always; of a year, whether the year did.

    What limits say of months to come is no matter here: a cell speaks of the figure in it.
    """
    better = Better(line.metric.better)
    if line.target is None or better is Better.NEUTRAL or line.assurance.code == "no_verdict":
        return line.year_missed
    return line.year_missed or not meets(line.value, line.target, better)


def _newest(view: ReportView, metric: MetricCard) -> str:
    held = [line for line in view.lines if line.metric.id == metric.id and line.points]
    return max(held, key=lambda line: line.points[-1].end).period if held else ""
