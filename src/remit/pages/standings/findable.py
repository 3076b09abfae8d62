"""What the search box of a site finds: organisations, areas and metrics, at their latest page."""

from __future__ import annotations

from collections.abc import Sequence

from remit.pages.frame.links import PageKind
from remit.pages.frame.search import Findable, findable_organisation
from remit.pages.standings.area_view import areas_at_hand
from remit.pages.standings.results import Results


def findable(periods: Sequence[Results]) -> list[Findable]:
    """What a site can find.

    Parameters
    ----------
    periods
        The assessments, oldest first; each page found is that of the latest that has it.
    """
    found: dict[tuple[str, str], Findable] = {}
    for results in periods:
        for code, standing in results.standings.items():
            path = results.page(PageKind.TRUST, code).path
            found["trust", code] = findable_organisation(
                code, standing.org_name, standing.kind.label, path, results.organisation(code)
            )
        for area in areas_at_hand(results):
            path = results.page(PageKind.AREA, area.code).path
            found["area", area.code] = findable_organisation(
                area.code, area.name_on(results.on), "Region or ICB", path, area
            )
        for metric_id in (scored.id for scored in results.framework.metrics):
            link = results.metric_link(metric_id)
            path = link.page.path if link.page else ""
            found["metric", metric_id] = Findable(link.text, "Metric", path, metric_id.lower())
    return list(found.values())
