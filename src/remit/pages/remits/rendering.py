"""From a page of the map to HTML, with the frame of the other pages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from importlib.metadata import version
from typing import Any

from remit.pages.frame.file_pages import FileNavigation, FilePage, render_file_page
from remit.pages.frame.rendering import Site

HOME = FilePage("index.html", "Who answers to whom")
CHANGES = FilePage("changes.html", "What changed")
METHOD = FilePage("method.html", "How to read it")
SOURCES = FilePage("sources.html", "Sources")
ACCESSIBILITY = FilePage("accessibility.html", "Accessibility statement")
NAMED = {"home": HOME, "method": METHOD, "sources": SOURCES, "accessibility": ACCESSIBILITY}


def render_map_page(
    pages: Iterable[FilePage],
    menu: Sequence[FilePage],
    here: FilePage,
    template: str,
    *,
    fictional: bool,
    **given: Any,
) -> str:
    """One page as HTML.

    Parameters
    ----------
    pages
        The pages that there are; a link to any other is printed as words.
    menu
        Those of the menu.
    here
        The page that is made.
    template
        The template's name without its ending.
    fictional
        Whether the organisations are invented, which every page then says.
    given
        What the template is given beside them.
    """
    site = Site((), fictional, version("remit"))
    return render_file_page(site, pages, FileNavigation(menu, NAMED, here), template, **given)
