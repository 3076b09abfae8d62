"""The pages of a report, written into a folder."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

from remit.pages.drawing.control.drawn import SpcChart
from remit.pages.frame.file_pages import FIND, FilePage, find_given
from remit.pages.frame.folders import copy_static, write_page
from remit.pages.frame.rendering import Site
from remit.pages.frame.search import Findable, findable_organisation, write_index
from remit.pages.report.chart import peers_chart, report_chart
from remit.pages.report.rendering import (
    ACCESSIBILITY,
    GROUPS,
    HOME,
    METHOD,
    METRICS,
    MISSING,
    SOURCES,
    body_page,
    metric_page,
    render_report_page,
)
from remit.register import load_register
from remit.report.view import MetricCard, ReportLine, ReportSection, ReportView

HEADLINES = 6
"""How many exceptions of today, and as many of tomorrow, the first page begins with."""

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Download:
    """A file beside the pages that the first page offers."""

    path: str
    words: str


@dataclass(frozen=True, slots=True)
class Half:
    """What the first page shows of one horizon."""

    name: str
    heading: str
    lines: tuple[ReportLine, ...]
    headlines: tuple[ReportLine, ...]
    more: int
    without: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlannedReportPage:
    """A page that is to be written, and what its template is given."""

    page: FilePage
    template: str
    given: dict[str, Any]


def write_report_pages(
    view: ReportView,
    folder: Path,
    downloads: Sequence[Download] = (),
    progress: Progress | None = None,
) -> int:
    """Write a report as pages.

    Parameters
    ----------
    view
        The report.
    folder
        An empty or missing folder.
    downloads
        Files that will stand beside the pages.
    progress
        Told how many pages of how many are written.

    Returns
    -------
    int
        The number of pages.
    """
    planned = list(_plan(view, downloads))
    site = Site((view.period,), view.fictional, version("remit"))
    pages = [item.page for item in planned]
    for done, item in enumerate(planned, start=1):
        text = render_report_page(site, pages, item.page, item.template, view=view, **item.given)
        write_page(folder, item.page.path, text)
        if progress:
            progress(done, len(planned))
    copy_static(folder)
    write_index(folder, _findable(view))
    return len(planned)


def _findable(view: ReportView) -> list[Findable]:
    """The organisations and the metrics of a report."""
    register = load_register()
    bodies = [
        findable_organisation(
            one.code, one.name, "Organisation", body_page(one).path, register.find(one.code)
        )
        for one in (section.body for section in view.sections)
    ]
    metrics = [Findable(one.name, "Metric", metric_page(one).path) for one in view.metrics]
    return [*bodies, *metrics]


def _plan(view: ReportView, downloads: Sequence[Download]) -> Iterator[PlannedReportPage]:
    halves = [_half(view, "today", "Today’s care"), _half(view, "tomorrow", "Tomorrow’s health")]
    yield PlannedReportPage(HOME, "report_home", {"halves": halves, "downloads": downloads})
    for section in view.sections:
        yield PlannedReportPage(
            body_page(section.body), "report_organisation", _of_body(view, section)
        )
    yield PlannedReportPage(METRICS, "report_metrics", {})
    for metric in view.metrics:
        yield PlannedReportPage(metric_page(metric), "report_metric", _of_metric(view, metric))
    for page, template in (
        (GROUPS, "report_groups"),
        (MISSING, "report_missing"),
        (METHOD, "report_method"),
        (SOURCES, "report_sources"),
        (ACCESSIBILITY, "report_accessibility"),
    ):
        yield PlannedReportPage(page, template, {})
    yield PlannedReportPage(FIND, "find_page", find_given(_findable(view)))


def _half(view: ReportView, name: str, heading: str) -> Half:
    share = view.balance.today if name == "today" else view.balance.tomorrow
    found = [line for line in view.own.headlines if line.metric.horizon == name]
    every = sum(1 for line in view.own.exceptions if line.metric.horizon == name)
    return Half(
        name=name,
        heading=heading,
        lines=view.own.of(share.horizon),
        headlines=tuple(found[:HEADLINES]),
        more=every - len(found[:HEADLINES]),
        without=share.without,
    )


def _of_body(view: ReportView, section: ReportSection) -> dict[str, Any]:
    return {
        "section": section,
        "charts": [_drawn(view, line) for line in section.exceptions if line.points],
        "cuts": [cut for cut in view.cuts if cut.body == section.body],
        "gaps_here": [gap for gap in view.missing if gap.body == section.body],
    }


def _of_metric(view: ReportView, metric: MetricCard) -> dict[str, Any]:
    lines = [line for line in view.lines if line.metric.id == metric.id]
    return {
        "metric": metric,
        "lines": lines,
        "charts": [_drawn(view, line) for line in lines],
        "funnels": [peers_chart(one) for one in view.funnels if one.metric.id == metric.id],
        "cuts": [cut for cut in view.cuts if cut.metric.id == metric.id],
    }


def _drawn(view: ReportView, line: ReportLine) -> tuple[ReportLine, SpcChart]:
    return line, report_chart(line, view.rules, f"chart-{line.id}")
