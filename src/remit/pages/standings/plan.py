"""Which pages a site has, and how each is made when its turn comes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from remit.files.jsons import json_text
from remit.model.framework import ScoredMetric
from remit.model.organisation import Organisation, TrustKind
from remit.pages.frame.links import Page, PageKind
from remit.pages.standings.area_view import area_view, areas_at_hand, areas_view
from remit.pages.standings.home_view import find_view, home_view, leagues_view
from remit.pages.standings.league_view import league_view
from remit.pages.standings.method_view import differences_csv, method_view
from remit.pages.standings.metric_view import metric_view, metrics_view
from remit.pages.standings.organisation_view import OrganisationView, organisation_view
from remit.pages.standings.results import Results
from remit.pages.standings.sources_view import (
    rejections_csv,
    rejections_of,
    rejections_view,
    sources_view,
)


@dataclass(frozen=True, slots=True)
class Planned:
    """One page to come.

    ``view`` makes the view model that ``template`` turns into HTML; ``beside`` makes a file that
    goes with the page from the same view model.
    """

    page: Page
    template: str
    view: Callable[[], Any]
    beside: tuple[Page, Callable[[Any], str]] | None = None

    @property
    def pages(self) -> tuple[Page, ...]:
        """The page and the file that goes with it."""
        return (self.page, self.beside[0]) if self.beside else (self.page,)


def plan(periods: Sequence[Results]) -> list[Planned]:
    """All pages of a site.

    Parameters
    ----------
    periods
        The assessments, oldest first.
    """
    planned = list(_shared(periods))
    for results in periods:
        planned.extend(_overviews(results))
        planned.extend(_league(results, kind) for kind in results.kinds)
        planned.extend(_trust(results, code, periods) for code in results.standings)
        planned.extend(_area(results, area) for area in areas_at_hand(results))
        shown = [m for m in results.framework.metrics if results.by_metric.get(m.id)]
        planned.extend(_metric(results, scored) for scored in shown)
    return planned


def _shared(periods: Sequence[Results]) -> Iterator[Planned]:
    yield Planned(Page(PageKind.HOME), "home", lambda: home_view(periods))
    yield Planned(Page(PageKind.FIND), "find", lambda: find_view(periods))
    yield Planned(Page(PageKind.SOURCES), "sources", lambda: sources_view(periods))
    yield Planned(Page(PageKind.ACCESSIBILITY), "accessibility", lambda: None)
    if rejections_of(periods):
        yield Planned(
            Page(PageKind.REJECTIONS),
            "rejections",
            lambda: rejections_view(periods),
            (Page(PageKind.REJECTIONS_FILE), lambda _: rejections_csv(periods)),
        )


def _overviews(results: Results) -> Iterator[Planned]:
    yield Planned(results.page(PageKind.LEAGUES), "leagues", lambda: leagues_view(results))
    yield Planned(results.page(PageKind.AREAS), "areas", lambda: areas_view(results))
    yield Planned(results.page(PageKind.METRICS), "metrics", lambda: metrics_view(results))
    yield Planned(
        results.page(PageKind.METHOD),
        "method",
        lambda: method_view(results),
        (results.page(PageKind.DIFFERENCES), lambda _: differences_csv(results)),
    )


def _league(results: Results, kind: TrustKind) -> Planned:
    page = results.page(PageKind.LEAGUE, kind.value)
    return Planned(page, "league", lambda: league_view(results, kind))


def _trust(results: Results, code: str, periods: Sequence[Results]) -> Planned:
    return Planned(
        results.page(PageKind.TRUST, code),
        "organisation",
        lambda: organisation_view(results, code, periods),
        (results.page(PageKind.EXPLANATION, code), lambda view: explanation_json(results, view)),
    )


def _area(results: Results, area: Organisation) -> Planned:
    page = results.page(PageKind.AREA, area.code)
    return Planned(page, "area", lambda: area_view(results, area))


def _metric(results: Results, scored: ScoredMetric) -> Planned:
    page = results.page(PageKind.METRIC, scored.id)
    return Planned(page, "metric", lambda: metric_view(results, scored))


def explanation_json(results: Results, view: OrganisationView) -> str:
    """An explanation as JSON, with what is needed to make it again."""
    assessment = results.assessment
    content = {
        "organisation": {"code": view.code, "name": view.name},
        "period": results.period,
        "framework": {"id": results.framework.id, "hashes": dict(assessment.hashes)},
        "mode": assessment.mode,
        "fictional": results.fictional,
        "explanation": view.explanation.to_dict(),
    }
    return json_text(content, indent=None) + "\n"
