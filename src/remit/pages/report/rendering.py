"""From a page of a report to HTML, with the templates and the frame of the other pages."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from remit.pages.frame.links import MenuEntry
from remit.pages.frame.rendering import Site, environment
from remit.report.missing import grouped
from remit.report.view import MetricCard, ReportBody
from remit.words.figures import plain_number, value_words


@dataclass(frozen=True, slots=True)
class ReportPage:
    """A page of a report by its path from the root of its folder."""

    path: str

    @property
    def period(self) -> str:
        """A report has one period alone, so its pages have none of their own."""
        return ""


@dataclass(frozen=True, slots=True)
class PageLink:
    """A page and the words of the link to it."""

    text: str
    page: ReportPage


HOME = ReportPage("index.html")
METRICS = ReportPage("metrics/index.html")
GROUPS = ReportPage("groups.html")
MISSING = ReportPage("missing.html")
METHOD = ReportPage("method.html")
SOURCES = ReportPage("sources.html")
ACCESSIBILITY = ReportPage("accessibility.html")

_MENU = (
    ("Summary", HOME),
    ("Metrics", METRICS),
    ("Groups of people", GROUPS),
    ("Missing or late", MISSING),
    ("Method", METHOD),
    ("Sources", SOURCES),
)
_NAMED = {
    "home": HOME,
    "method": METHOD,
    "sources": SOURCES,
    "accessibility": ACCESSIBILITY,
}


def body_page(body: ReportBody) -> ReportPage:
    """The page of an organisation."""
    return ReportPage(f"organisations/{body.code}.html")


def metric_page(metric: MetricCard) -> ReportPage:
    """The page of a metric."""
    words = "".join(c if c.isalnum() else " " for c in metric.id.lower()).split()
    return ReportPage(f"metrics/{'-'.join(words)}.html")


class ReportNavigation:
    """The pages that every page links to, as seen from one page."""

    def __init__(self, here: ReportPage) -> None:
        self.here = here

    def page(self, name: str) -> ReportPage:
        """A page by its name in the frame of all pages."""
        return _NAMED[name]

    def menu(self) -> list[MenuEntry]:
        """The entries of the menu."""
        return [
            MenuEntry(PageLink(words, page), "page" if page == self.here else "")
            for words, page in _MENU
        ]


def render_report_page(
    site: Site, pages: Iterable[ReportPage], here: ReportPage, template: str, **given: Any
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
    url = _addresses(here, frozenset(page.path for page in pages))
    return (
        environment()
        .get_template(f"{template}.html.jinja")
        .render(
            site=site,
            here=here,
            nav=ReportNavigation(here),
            url=url,
            static=lambda name: url(ReportPage(f"static/{name}")),
            other_periods=(),
            body_page=body_page,
            metric_page=metric_page,
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
    )


def _addresses(here: ReportPage, paths: frozenset[str]) -> Callable[[Any], str | None]:
    up = "../" * here.path.count("/")

    def url(target: Any) -> str | None:
        path = getattr(target, "path", None)
        if path is None or (path not in paths and not path.startswith("static/")):
            return None
        return f"{up}{path}"

    return url
