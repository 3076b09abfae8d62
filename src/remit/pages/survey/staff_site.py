"""The pages of the NHS Staff Survey: by kind of trust, by ICB, each ICB's trusts, the method."""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path

from remit.pages.frame.file_pages import FilePage
from remit.pages.frame.rendering import Site
from remit.pages.frame.small_sites import PageMade, write_small_site
from remit.pages.survey.staff_view import staff_pages_of
from remit.surveys.staff.scores import StaffSurvey
from remit.surveys.staff.words import staff_method

HOME = FilePage("index.html", "Staff Survey")
METHOD = FilePage("method.html", "Method")
ACCESSIBILITY = FilePage("accessibility.html", "Accessibility statement")
_NAMED = {"home": HOME, "method": METHOD, "sources": METHOD, "accessibility": ACCESSIBILITY}


def write_staff_pages(survey: StaffSurvey, metric: str, folder: Path) -> int:
    """Write the pages, and say how many there are.

    Parameters
    ----------
    survey
        The scores.
    metric
        What the pages are about.
    folder
        An empty or missing folder; the tables are to stand in ``data`` within it.

    Examples
    --------
    >>> write_staff_pages(survey, ENGAGEMENT, Path("staff"))  # doctest: +SKIP
    45
    """
    site = Site((), survey.fictional, version("remit"))
    files = [
        (f"{name}.csv", FilePage(f"data/{name}.csv"))
        for name in ("organisations", "groups", "rejections")
    ]
    home, icbs = staff_pages_of(survey, metric)
    name = survey.metrics[metric].name
    pages: list[PageMade] = [
        (HOME, "staff_home", {"view": home, "files": files}),
        *((one.page, "staff_icb", {"view": one}) for one in icbs),
        (METHOD, "staff_method", {"parts": staff_method(survey)}),
        (ACCESSIBILITY, "staff_accessibility", {}),
    ]
    beside = [page for _, page in files]
    return write_small_site(
        site, pages, folder, menu=(HOME, METHOD), named=_NAMED, files=beside,
        about_what=f"{name}, {survey.year}",
    )  # fmt: skip
