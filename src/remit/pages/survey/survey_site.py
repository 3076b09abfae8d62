"""The pages of a survey: what changed, each item by group, the questionnaire, the method."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

from remit.pages.frame.file_pages import FileLink, FilePage
from remit.pages.frame.rendering import Site
from remit.pages.frame.small_sites import PageMade, write_small_site
from remit.pages.survey.comments_view import COMMENTS
from remit.pages.survey.survey_view import item_views, survey_parts
from remit.surveys.asked import asked_differences, asked_items, group_lines
from remit.surveys.findings import survey_findings
from remit.surveys.method import METHOD_CLAIM, method_note
from remit.surveys.themes.said import said_comments
from remit.surveys.themes.themed import SHOWN, ThemedSurvey
from remit.surveys.writing import CountedSurvey

HOME = FilePage("index.html", "What people say")
QUESTIONS = FilePage("questionnaire.html", "Questionnaire")
METHOD = FilePage("method.html", "Method")
ACCESSIBILITY = FilePage("accessibility.html", "Accessibility statement")
_MENU = (HOME, QUESTIONS, METHOD)
_NAMED = {"home": HOME, "method": METHOD, "sources": QUESTIONS, "accessibility": ACCESSIBILITY}


def write_survey_pages(
    found: CountedSurvey,
    folder: Path,
    offered: Sequence[tuple[str, str]] = (),
    themes: ThemedSurvey | None = None,
) -> int:
    """Write the pages of a survey, and say how many there are.

    Parameters
    ----------
    found
        The survey, counted.
    folder
        An empty or missing folder; the tables are to stand in ``data`` within it.
    offered
        Other files that are to stand in it: what each is, and its name.
    themes
        The comments by theme, of which a page is made.

    Examples
    --------
    >>> write_survey_pages(found, Path("survey"))  # doctest: +SKIP
    9
    """
    site = Site((), found.read.fictional, version("remit"), own=True)
    files = [(words, FilePage(name)) for words, name in offered]
    files += [(f"{name}.csv", FilePage(f"data/{name}.csv")) for name in found.frames]
    if themes is not None:
        files += [
            (f"comments: {name}.csv", FilePage(f"data/comments/{name}.csv")) for name in SHOWN
        ]
    comments = said_comments(themes, found) if themes is not None else None
    said = survey_findings(found, comments.lines if comments else None)
    asked = found.read.questionnaire
    questions = {
        "asked": asked_items(asked),
        "differences": asked_differences(found.read),
        "groups": list(group_lines(asked)),
    }
    pages: list[PageMade] = [
        (
            HOME,
            "survey_home",
            {
                "said": said,
                "parts": survey_parts(said),
                "files": files,
                "by_theme": FileLink("Comments by theme", COMMENTS) if themes else None,
            },
        ),
        *((one.page, "survey_item", {"view": one}) for one in item_views(found, said)),
        *([(COMMENTS, "survey_comments", {"view": comments})] if comments else []),
        (QUESTIONS, "survey_questionnaire", questions),
        (METHOD, "survey_method", {"claim": METHOD_CLAIM, "note": method_note(found)}),
        (ACCESSIBILITY, "survey_accessibility", {}),
    ]
    beside_pages = [page for _, page in files]
    menu = (HOME, COMMENTS, QUESTIONS, METHOD) if themes else _MENU
    return write_small_site(
        site, pages, folder, menu=menu, named=_NAMED, files=beside_pages, found=found
    )
