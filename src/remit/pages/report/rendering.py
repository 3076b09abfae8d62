"""From a page of a report to HTML, with the templates and the frame of the other pages."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from remit.pages.frame.file_pages import FileNavigation, FilePage, render_file_page
from remit.pages.frame.links import slug
from remit.pages.frame.rendering import Site
from remit.pages.report.overview import mark_of
from remit.report.icon_words import state_words
from remit.report.missing import grouped
from remit.report.nine_cells import place_of
from remit.report.view import MetricCard, ReportBody, ReportLine
from remit.words.figures import plain_number, value_words

HOME = FilePage("index.html", "Summary")
METRICS = FilePage("metrics/index.html", "Metrics")
MATRIX = FilePage("organisations/index.html", "Organisations")
GROUPS = FilePage("groups.html", "Groups of people")
MISSING = FilePage("missing.html", "Missing or late")
METHOD = FilePage("method.html", "Method")
SOURCES = FilePage("sources.html", "Sources")
ACCESSIBILITY = FilePage("accessibility.html")

_MENU = (HOME, METRICS, MATRIX, GROUPS, MISSING, METHOD, SOURCES)
_NAMED = {"home": HOME, "method": METHOD, "sources": SOURCES, "accessibility": ACCESSIBILITY}


def body_page(body: ReportBody) -> FilePage:
    """The page of an organisation."""
    return FilePage(f"organisations/{body.code}.html")


def metric_page(metric: MetricCard) -> FilePage:
    """The page of a metric."""
    return metric_page_of(metric.id)


def metric_page_of(metric_id: str) -> FilePage:
    """The page of a metric by its identifier."""
    return FilePage(f"metrics/{slug(metric_id)}.html")


def assurance_kind(line: ReportLine) -> str:
    """The row of the nine cells that a line's goal belongs to; empty where it has none."""
    place = place_of(line)
    return place[1] if place else ""


def render_report_page(
    site: Site, pages: Iterable[FilePage], here: FilePage, template: str, **given: Any
) -> str:
    """One page of a report as HTML.

    Parameters
    ----------
    site
        What all pages share.
    pages
        The pages that there are; a link to any other is printed as words.
    here
        The page that is made.
    template
        The template's name without its ending.
    given
        What the template is given beside them.
    """
    known = tuple(pages)
    return render_file_page(
        site,
        known,
        FileNavigation(_menu(known), _NAMED, here),
        template,
        body_page=body_page,
        metric_page=metric_page,
        metric_page_of=metric_page_of,
        assurance_kind=assurance_kind,
        mark_of=mark_of,
        state_words=state_words,
        matrix_page=MATRIX,
        metrics_page=METRICS,
        groups_page=GROUPS,
        missing_page=MISSING,
        method_page=METHOD,
        sources_page=SOURCES,
        value_words=value_words,
        plain=plain_number,
        grouped=grouped,
        **given,
    )


def _menu(pages: Iterable[FilePage]) -> tuple[FilePage, ...]:
    """The entries of the menu that lead to a page: a trust by itself has no organisations."""
    paths = {page.path for page in pages}
    return tuple(entry for entry in _MENU if entry.path in paths)
