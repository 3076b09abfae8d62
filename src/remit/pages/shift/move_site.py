"""The pages of a move: the board page, and those that explain it."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

from remit.pages.frame.file_pages import FilePage
from remit.pages.frame.rendering import Site
from remit.pages.frame.small_sites import PageMade, write_small_site
from remit.pages.shift.move_view import (
    condition_figure,
    likely_words,
    move_view,
    strand_rows,
    year_rows,
)
from remit.shift.move.result import MoveResult
from remit.shift.move.words import METHOD as HOW
from remit.words.money import pounds_words, short_pounds

MOVE = FilePage("index.html", "The move")
METHOD = FilePage("method.html", "Method")
SOURCES = FilePage("sources.html", "Sources")
ACCESSIBILITY = FilePage("accessibility.html", "Accessibility statement")
_PAGES = {
    MOVE: "move",
    METHOD: "move_method",
    SOURCES: "move_sources",
    ACCESSIBILITY: "shift_accessibility",
}
_NAMED = {"home": MOVE, "method": METHOD, "sources": SOURCES, "accessibility": ACCESSIBILITY}


def write_move_pages(found: MoveResult, folder: Path, files: Sequence[str] = ()) -> None:
    """Write the page of a move, with the pages that explain it.

    Parameters
    ----------
    found
        The move.
    folder
        An empty or missing folder.
    files
        Names of files that will stand beside the page.

    Examples
    --------
    >>> write_move_pages(found, Path("move"), ["years.csv"])  # doctest: +SKIP
    """
    site = Site((), found.model.trust.fictional, version("remit"), own=True)
    given: dict[str, Any] = {
        "view": move_view(found), "found": found, "files": files, "how": HOW,
        "years": year_rows(found.years), "strands": strand_rows(found),
        "figure": condition_figure, "likely": likely_words, "pounds": pounds_words,
        "short": short_pounds,
    }  # fmt: skip
    pages: list[PageMade] = [(page, template, given) for page, template in _PAGES.items()]
    write_small_site(site, pages, folder, menu=(MOVE, METHOD, SOURCES), named=_NAMED)
