"""From a page of a report to HTML, with the templates and the frame of the other pages."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from remit.pages.frame.file_pages import FileNavigation, FilePage, render_file_page
from remit.pages.frame.links import slug
from remit.pages.frame.rendering import Site
from remit.report.missing import grouped
from remit.report.view import MetricCard, ReportBody
from remit.signals.funnel import chance_words
from remit.words.figures import plain_number, value_words

HOME = FilePage("index.html", "Summary")
METRICS = FilePage("metrics/index.html", "Metrics")
GROUPS = FilePage("groups.html", "Groups of people")
MISSING = FilePage("missing.html", "Missing or late")
METHOD = FilePage("method.html", "Method")
SOURCES = FilePage("sources.html", "Sources")
ACCESSIBILITY = FilePage("accessibility.html")

_MENU = (HOME, METRICS, GROUPS, MISSING, METHOD, SOURCES)
_NAMED = {"home": HOME, "method": METHOD, "sources": SOURCES, "accessibility": ACCESSIBILITY}


def body_page(body: ReportBody) -> FilePage:
    """The page of an organisation."""
    return FilePage(f"organisations/{body.code}.html")


def metric_page(metric: MetricCard) -> FilePage:
    """The page of a metric."""
    return FilePage(f"metrics/{slug(metric.id)}.html")


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
    return render_file_page(
        site,
        pages,
        FileNavigation(_MENU, _NAMED, here),
        template,
        body_page=body_page,
        metric_page=metric_page,
        metrics_page=METRICS,
        groups_page=GROUPS,
        missing_page=MISSING,
        method_page=METHOD,
        sources_page=SOURCES,
        value_words=value_words,
        plain=plain_number,
        chance_words=chance_words,
        grouped=grouped,
        **given,
    )
