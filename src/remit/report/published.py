"""What is new in a report: its newest files, and where members of its organisation changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from remit.report.view import ReportLine, ReportView, Trace
from remit.signals.changes import Rebase


@dataclass(frozen=True, slots=True)
class NewestFigures:
    """The newest figures of a publication: of which period, and when they were published."""

    publication: str
    period: str
    published_on: date | None
    metrics: tuple[str, ...]


def newest_figures(view: ReportView) -> tuple[NewestFigures, ...]:
    """The newest figures of its organisation by publication, the latest published first.

    Examples
    --------
    ``[(one.publication, one.period) for one in newest_figures(view)]``
    """
    files = {source.number: source for source in view.sources}
    found: dict[tuple[str, str], tuple[list[date], list[str]]] = {}
    for line in view.own.lines:
        for number in dict.fromkeys(trace.source for trace in _own_period(line)):
            days, names = found.setdefault((files[number].publication, line.period), ([], []))
            days += filter(None, [files[number].published_on])
            if line.metric.name not in names:
                names.append(line.metric.name)
    made = [
        NewestFigures(name, period, max(days, default=None), tuple(names))
        for (name, period), (days, names) in found.items()
    ]
    return tuple(sorted(made, key=lambda one: one.published_on or date.min, reverse=True))


def _own_period(line: ReportLine) -> tuple[Trace, ...]:
    """The figures of a line's own period: a population of the year before is of another file.

    Where a publication is by day, no trace is called as the month is, and all are taken.
    """
    own = tuple(trace for trace in line.traces if trace.period == line.period)
    return own or line.traces


def membership_changes(view: ReportView) -> tuple[Rebase, ...]:
    """Where a line of the organisation begins anew, each day and reason once, the latest first."""
    found = {(one.on, one.reason): one for line in view.own.lines for one in line.changes}
    return tuple(found[key] for key in sorted(found, reverse=True))
