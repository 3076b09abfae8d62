"""The pages of a report, written into a folder."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

from remit.files.jsons import json_text
from remit.pages.frame.feed import atom
from remit.pages.frame.file_pages import FEED_FILE, FIND, REPORT_DATA, FilePage, find_given
from remit.pages.frame.folders import copy_static, write_page
from remit.pages.frame.rendering import Site
from remit.pages.frame.search import Findable, findable_organisation, write_index
from remit.pages.report.chart import peers_chart
from remit.pages.report.feed import report_feed
from remit.pages.report.metric_page import files_of, metric_view
from remit.pages.report.overview import Overview, example_chart, halves, overview, shown_of
from remit.pages.report.rendering import (
    ACCESSIBILITY,
    GROUPS,
    HOME,
    MATRIX,
    METHOD,
    METRICS,
    MISSING,
    SOURCES,
    body_page,
    metric_page,
    render_report_page,
)
from remit.register import load_register
from remit.report.lead import lead, lead_of_member
from remit.report.published import boards_said, files_said, membership_changes, newest_figures
from remit.report.report_data import report_data
from remit.report.view import MetricCard, ReportSection, ReportView

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Download:
    """A file beside the pages that the first page offers."""

    path: str
    words: str


@dataclass(frozen=True, slots=True)
class PlannedReportPage:
    """A page that is to be written, and what its template is given."""

    page: FilePage
    template: str
    given: dict[str, Any]
    beside: tuple[tuple[FilePage, str], ...] = ()


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
    pages = [page for item in planned for page in (item.page, *(other for other, _ in item.beside))]
    for done, item in enumerate(planned, start=1):
        text = render_report_page(site, pages, item.page, item.template, view=view, **item.given)
        write_page(folder, item.page.path, text)
        for other, content in item.beside:
            write_page(folder, other.path, content)
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
    home = overview(view)
    data = json_text(report_data(view, home.lead, home.cells)) + "\n"
    feed = report_feed(view)
    beside = [(REPORT_DATA, data), *([(FEED_FILE, atom(feed))] if feed else [])]
    yield PlannedReportPage(HOME, "report_home", _of_home(view, home, downloads), tuple(beside))
    for section in view.sections:
        yield PlannedReportPage(
            body_page(section.body), "report_organisation", _of_body(view, section)
        )
    if view.members:
        yield PlannedReportPage(MATRIX, "report_matrix", {"matrix_made": home.matrix})
    yield PlannedReportPage(METRICS, "report_metrics", {})
    for metric in view.metrics:
        yield _metric_page(view, metric)
    for page, template in (
        (GROUPS, "report_groups"),
        (MISSING, "report_missing"),
        (METHOD, "report_method"),
        (SOURCES, "report_sources"),
        (ACCESSIBILITY, "report_accessibility"),
    ):
        yield PlannedReportPage(page, template, {})
    yield PlannedReportPage(FIND, "find_page", find_given(_findable(view)))


def _of_home(view: ReportView, home: Overview, downloads: Sequence[Download]) -> dict[str, Any]:
    return {
        "home": home,
        "downloads": downloads,
        "boards": boards_said(view),
        "files": files_said(view),
        "newest": newest_figures(view),
        "changes": membership_changes(view),
        "picture": example_chart(),
    }


def _of_body(view: ReportView, section: ReportSection) -> dict[str, Any]:
    return {
        "section": section,
        "halves": halves(section.lines),
        "lead": lead(view) if section == view.own else lead_of_member(view, section),
        "findings": shown_of(view, section),
        "cuts": [cut for cut in view.cuts if cut.body == section.body],
        "gaps_here": [gap for gap in view.missing if gap.body == section.body],
    }


def _metric_page(view: ReportView, metric: MetricCard) -> PlannedReportPage:
    shown = metric_view(view, metric)
    given = {
        "metric": metric,
        "shown": shown,
        "files": files_of(metric),
        "funnels": [peers_chart(one) for one in view.funnels if one.metric.id == metric.id],
        "cuts": [cut for cut in view.cuts if cut.metric.id == metric.id],
    }
    return PlannedReportPage(metric_page(metric), "report_metric", given, shown.beside)
