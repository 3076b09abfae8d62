"""What is new in a report: its newest files, and where members of its organisation changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from remit.report.view import ReportLine, ReportView, Trace
from remit.words.days import day_words
from remit.words.sentences import listed

_NAMED = 2
"""So many metrics of an older sheet are named; of more it is said how many others there are."""


@dataclass(frozen=True, slots=True)
class NewestFigures:
    """The newest figures of a publication: of which period, and when they were published.

    ``older`` are those of its sheets that end earlier, the newest first.
    """

    publication: str
    period: str
    published_on: date | None
    metrics: tuple[str, ...]
    older: tuple[NewestFigures, ...] = ()

    @property
    def of_what(self) -> str:
        """Of which metrics, in short: ``Attendances, Emergency admissions and 2 more``."""
        few, more = self.metrics[:_NAMED], len(self.metrics) - _NAMED
        return f"{', '.join(few)} and {more} more" if more > 0 else listed(few)


def newest_figures(view: ReportView) -> tuple[NewestFigures, ...]:
    """The newest figures of its organisation, each publication once, the latest published first.

    Examples
    --------
    ``[(one.publication, one.period) for one in newest_figures(view)]``
    """
    files = {source.number: source for source in view.sources}
    found: dict[str, dict[str, _Sheet]] = {}
    for line in view.own.lines:
        for number in dict.fromkeys(trace.source for trace in _own_period(line)):
            sheets = found.setdefault(files[number].publication, {})
            sheet = sheets.setdefault(line.period, _Sheet(_end(line)))
            sheet.days.update(filter(None, [files[number].published_on]))
            sheet.metrics[line.metric.name] = None
    made = [_of_publication(name, sheets) for name, sheets in found.items()]
    return tuple(sorted(made, key=lambda one: one.published_on or date.min, reverse=True))


@dataclass(frozen=True, slots=True)
class _Sheet:
    """What a publication has of one period: its last day, days of its files, its metrics."""

    end: date
    days: set[date] = field(default_factory=set)
    metrics: dict[str, None] = field(default_factory=dict)


def _of_publication(name: str, sheets: Mapping[str, _Sheet]) -> NewestFigures:
    newest, *older = (
        NewestFigures(name, period, max(sheet.days, default=None), tuple(sheet.metrics))
        for period, sheet in sorted(sheets.items(), key=lambda one: one[1].end, reverse=True)
    )
    return replace(newest, older=tuple(older))


def _end(line: ReportLine) -> date:
    """The last day of a line's newest figure."""
    ends = (point.end for point in reversed(line.points) if point.value is not None)
    return next(ends, date.min)


def _own_period(line: ReportLine) -> tuple[Trace, ...]:
    """The figures of a line's own period: a population of the year before is of another file.

    Where a publication is by day, no trace is called as the month is, and all are taken.
    """
    own = tuple(trace for trace in line.traces if trace.period == line.period)
    return own or line.traces


@dataclass(frozen=True, slots=True)
class NewBeginning:
    """Where lines of an organisation begin anew: the day, the reason, and of which metrics."""

    on: date
    reason: str
    metrics: tuple[str, ...]


def membership_changes(view: ReportView) -> tuple[NewBeginning, ...]:
    """Where lines of the organisation begin anew, each day and reason once, the latest first.

    Examples
    --------
    ``[(one.on, one.metrics) for one in membership_changes(view)]``
    """
    found: dict[tuple[date, str], dict[str, None]] = {}
    for line in view.own.lines:
        for one in line.changes:
            found.setdefault((one.on, one.reason), {})[line.metric.name] = None
    return tuple(NewBeginning(*key, tuple(found[key])) for key in sorted(found, reverse=True))


def boards_said(view: ReportView) -> tuple[str, ...]:
    """The board that the report is for, and the next one, as far as their days are known.

    Before them that the organisation has closed, where it has on the day that is told of.

    Examples
    --------
    ``("board of 14 May 2026", "next board on 9 July 2026")``
    """
    closed = view.body.closed
    ended = []
    if closed and closed < view.told_on:
        ended = [f"{view.body.short} closed on {day_words(closed)}"]
    this = [f"board of {day_words(view.board)}"] if view.board else []
    return (
        *ended,
        *this,
        *([f"next board on {day_words(view.next_board)}"] if view.next_board else []),
    )


def files_said(view: ReportView) -> str:
    """Up to which day its files were published, and of how many the day is not known.

    Examples
    --------
    ``"files published up to 11 September 2025; of 3 of 9 files the day is not known"``
    """
    days = [source.published_on for source in view.sources if source.published_on]
    unknown = len(view.sources) - len(days)
    if not days:
        return "days of publication not known" if view.sources else ""
    said = f"files published up to {day_words(max(days))}"
    if not unknown:
        return said
    return f"{said}; of {unknown} of {len(view.sources)} files the day is not known"
