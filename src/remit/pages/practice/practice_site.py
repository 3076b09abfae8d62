"""The pages on peers and deviants: who does better, each metric, each organisation, the method."""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path

from remit.pages.frame.file_pages import FilePage
from remit.pages.frame.rendering import Site
from remit.pages.frame.small_sites import PageMade, write_small_site
from remit.pages.practice.practice_view import (
    PracticePages,
    metric_views,
    peers_views,
    practice_home,
)
from remit.practice.deviants.words import CAN_FIND, NO_CAUSE, notes_of, rule_words
from remit.practice.peers.words import findings

HOME = FilePage("index.html", "Who does better")
METHOD = FilePage("method.html", "Method")
ACCESSIBILITY = FilePage("accessibility.html", "Accessibility statement")
_NAMED = {"home": HOME, "method": METHOD, "sources": METHOD, "accessibility": ACCESSIBILITY}
TABLES = ("peers", "likeness", "deviants", "metrics", "balance")


def write_practice_pages(of: PracticePages, folder: Path) -> int:
    """Write the pages, and say how many there are.

    Parameters
    ----------
    of
        Peers and deviants.
    folder
        An empty or missing folder; the tables are to stand in ``peers`` and ``deviants`` within it.

    Examples
    --------
    >>> write_practice_pages(of, Path("practice"))  # doctest: +SKIP
    27
    """
    fictional = of.peers.fictional or of.deviants.outcomes.fictional
    site = Site((), fictional, version("remit"), own=True)
    files = [
        (f"{name}.csv", FilePage(f"{'peers' if at < 2 else 'deviants'}/{name}.csv"))
        for at, name in enumerate(TABLES)
    ]
    said = {
        "rule": rule_words(of.deviants),
        "find": CAN_FIND,
        "cause": NO_CAUSE,
        "peers": list(findings(of.peers)),
        "notes": notes_of(of.deviants),
        "method": of.peers.method,
    }
    pages: list[PageMade] = [
        (HOME, "practice_home", {"view": practice_home(of), "files": files}),
        *((one.page, "practice_metric", {"view": one}) for one in metric_views(of)),
        *((one.page, "practice_organisation", {"view": one}) for one in peers_views(of)),
        (METHOD, "practice_method", {"said": said}),
        (ACCESSIBILITY, "practice_accessibility", {}),
    ]
    beside = [page for _, page in files]
    return write_small_site(site, pages, folder, menu=(HOME, METHOD), named=_NAMED, files=beside)
