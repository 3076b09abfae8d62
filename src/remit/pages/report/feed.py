"""A report's own feed: what stands out, and which figures are new, dated by their publication.

An entry is known by organisation, metric, period and figure: the same report made again adds
nothing, the next month's or a revised figure is an entry of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from remit.model.period import parse_period
from remit.pages.frame.feed import Feed, SiteNews, urn
from remit.pages.report.rendering import HOME, metric_page
from remit.report.findings import BoardFinding, all_findings
from remit.report.published import NewestFigures, newest_figures
from remit.report.view import ReportView

_KINDS = {
    "concern": "concern",
    "missed": "target missed",
    "short": "short of a goal for later",
    "apart": "members differ",
    "improving": "improving",
    "changed": "changed",
}


def report_feed(view: ReportView) -> Feed | None:
    """The feed of a report; None where nothing of it has a day.

    Examples
    --------
    ``[one.title for one in report_feed(view).changes]``
    """
    files = {source.number: source.published_on for source in view.sources}
    every = [*(_finding(one, files) for one in all_findings(view)), *_new(view)]
    found = sorted(every, key=lambda one: one.updated, reverse=True)
    if not found:
        return None
    title = f"Integrated performance report: {view.body.name}"
    return Feed(urn(f"report|{view.body.code}"), title, tuple(found))


def _finding(found: BoardFinding, files: Mapping[int, date | None]) -> SiteNews:
    line = found.line
    last = next(point for point in reversed(line.points) if point.value is not None)
    days = [day for trace in line.traces if (day := files.get(trace.source))]
    return SiteNews(
        kind=_KINDS[found.kind],
        title=f"{line.body.short}: {found.sentence}",
        path=metric_page(line.metric).path,
        about="|".join((line.body.code, line.metric.id, line.period, line.said, found.title)),
        period=line.period,
        organisation=line.body.code,
        more=line.sentence,
        updated=max(days, default=last.end).isoformat(),
    )


def _new(view: ReportView) -> Iterator[SiteNews]:
    for one in (each for found in newest_figures(view) for each in (found, *found.older)):
        if day := _day(one):
            metrics = "; ".join(one.metrics)
            yield SiteNews(
                kind="new figures",
                title=f"{one.publication}: figures of {one.period}",
                path=HOME.path,
                about=f"{view.body.code}|{one.publication}|{one.period}",
                period=one.period,
                organisation=view.body.code,
                more=f"They bring: {metrics}.",
                updated=day.isoformat(),
            )


def _day(one: NewestFigures) -> date | None:
    """The day of its publication; where that is not known, the last of its period."""
    period = parse_period(one.period)
    return one.published_on or (period.end if period else None)
