"""The pages of a survey: what changed, each item by group, the questionnaire, the method."""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path
from typing import Any

from remit.pages.frame.file_pages import FileNavigation, FilePage, render_file_page
from remit.pages.frame.folders import add_what_all_have, write_page
from remit.pages.frame.rendering import Site
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
    pages: list[tuple[FilePage, str, dict[str, Any]]] = [
        (HOME, "survey_home", {"view": survey_home(found), "files": files, "comments": comments}),
        *((one.page, "survey_item", {"view": one}) for one in items),
        (QUESTIONS, "survey_questionnaire", {}),
        (METHOD, "survey_method", {}),
        (ACCESSIBILITY, "survey_accessibility", {}),
    ]
    every = [page for page, _, _ in pages] + [page for _, page in files]
    for page, template, given in pages:
        navigation = FileNavigation(_MENU, _NAMED, page)
        text = render_file_page(site, every, navigation, template, found=found, **given)
        write_page(folder, page.path, text)
    add_what_all_have(folder)
    return len(pages)
