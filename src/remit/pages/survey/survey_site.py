"""The pages of a survey: what changed, each item by group, the questionnaire, the method."""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path

from remit.pages.frame.file_pages import FilePage
from remit.pages.frame.rendering import Site
from remit.pages.frame.small_sites import PageMade, write_small_site
from remit.pages.survey.survey_view import comment_counts, item_views, survey_home
from remit.surveys.writing import CountedSurvey

HOME = FilePage("index.html", "What people say")
QUESTIONS = FilePage("questionnaire.html", "Questionnaire")
METHOD = FilePage("method.html", "Method")
ACCESSIBILITY = FilePage("accessibility.html", "Accessibility statement")
_MENU = (HOME, QUESTIONS, METHOD)
_NAMED = {"home": HOME, "method": METHOD, "sources": QUESTIONS, "accessibility": ACCESSIBILITY}


def write_survey_pages(found: CountedSurvey, folder: Path) -> int:
    """Write the pages of a survey, and say how many there are.

    Parameters
    ----------
    found
        The survey, counted.
    folder
        An empty or missing folder; the tables are to stand in ``data`` within it.

    Examples
    --------
    >>> write_survey_pages(found, Path("survey"))  # doctest: +SKIP
    9
    """
    site = Site((), found.read.fictional, version("remit"))
    files = [(f"{name}.csv", FilePage(f"data/{name}.csv")) for name in found.frames]
    items = list(item_views(found))
    comments = comment_counts(found)
    pages: list[PageMade] = [
        (HOME, "survey_home", {"view": survey_home(found), "files": files, "comments": comments}),
        *((one.page, "survey_item", {"view": one}) for one in items),
        (QUESTIONS, "survey_questionnaire", {}),
        (METHOD, "survey_method", {}),
        (ACCESSIBILITY, "survey_accessibility", {}),
    ]
    beside_pages = [page for _, page in files]
    return write_small_site(
        site, pages, folder, menu=_MENU, named=_NAMED, files=beside_pages, found=found
    )
