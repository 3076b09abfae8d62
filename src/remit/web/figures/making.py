"""The pages that are made of a store when it is published, each with the way back to the talk."""

from __future__ import annotations

import re
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from remit.catalogue import scored_publications
from remit.model.errors import AssessmentError
from remit.store import Store

if TYPE_CHECKING:
    from remit.assessment.result.assessment import Assessment

_ABOUT = re.compile(r'<body[^>]* data-about="([^"]+)"')
_PLACE = "</header>\n"


def make_site(store: Store, folder: Path) -> bool:
    """Make the pages of league tables, organisations and metrics; False where nothing is scored.

    Parameters
    ----------
    store
        An open store.
    folder
        Where they go; it is not there yet.
    """
    from remit.pages.standings.monthly import monthly_of_assessment
    from remit.pages.standings.site import build_site

    assessments = _assessed(store)
    if not assessments:
        return False
    monthly = monthly_of_assessment(store, assessments[-1])
    build_site(assessments, folder, monthly=monthly)
    _lead_back(folder)
    return True


def _assessed(store: Store) -> list[Assessment]:
    from remit.assessment.run import assess_all

    figures = store.figures(publications=scored_publications())
    if figures.observations.is_empty():
        return []
    return assess_all(figures)


def make_report(store: Store, code: str, folder: Path) -> None:
    """Make the pages of an organisation's report, without anybody's comments.

    Parameters
    ----------
    store
        An open store.
    code
        The organisation.
    folder
        Where they go; it is not there yet.

    Raises
    ------
    RemitError
        If the organisation is not known, or nothing of it is held.
    """
    from remit.catalogue import load_computed_metrics
    from remit.exports.report_folder import write_report
    from remit.report import build_report
    from remit.report.groups import is_shown

    metrics = load_computed_metrics().values()
    measures = sorted({measure for metric in metrics for measure in metric.measures})
    held = store.snapshot(measures, groups=is_shown)
    write_report(build_report(held, code), folder, ["pages"])
    _lead_back(folder)


def _lead_back(folder: Path) -> None:
    """Put a line below the head of each page that leads to the application."""
    for path in folder.rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        head, place, rest = text.partition(_PLACE)
        if not place:
            raise AssessmentError(f"{path.name}: this page has no head that a link could go below")
        path.write_text(f"{head}{place}{_line(head)}{rest}", encoding="utf-8", newline="\n")


def _line(head: str) -> str:
    found = _ABOUT.search(head)
    ways = [("/figures/", "Figures and comments")]
    if found:
        code = escape(found[1])
        ways.append((f"/figures/of/{code}/", f"Comments on figures of {code}"))
    links = "".join(f'<li><a href="{address}">{words}</a></li>' for address, words in ways)
    return (
        '<nav class="nhsuk-width-container remit-crumbs" aria-label="The application">'
        f'<ol><li><a href="/">What waits</a></li>{links}</ol></nav>\n'
    )
