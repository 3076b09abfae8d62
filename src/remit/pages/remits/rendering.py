"""From a page of the map to HTML, with the frame of the other pages."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from typing import Any

from remit.pages.frame.links import MenuEntry
from remit.pages.frame.rendering import Site, environment


@dataclass(frozen=True, slots=True)
class MapPage:
    """A page by its path from the root of its folder, and its words in the menu."""

    path: str
    words: str = ""
    period: str = ""


@dataclass(frozen=True, slots=True)
class MapLink:
    """A page and the words of the link to it."""

    text: str
    page: MapPage


HOME = MapPage("index.html", "Who answers to whom")
CHANGES = MapPage("changes.html", "What changed")
METHOD = MapPage("method.html", "How to read it")
SOURCES = MapPage("sources.html", "Sources")
ACCESSIBILITY = MapPage("accessibility.html", "Accessibility statement")
NAMED = {"home": HOME, "method": METHOD, "sources": SOURCES, "accessibility": ACCESSIBILITY}


class MapNavigation:
    """The pages that every page links to, as seen from one page."""

    def __init__(self, menu: Sequence[MapPage], here: MapPage) -> None:
        self._menu = menu
        self.here = here

    def page(self, name: str) -> MapPage:
        """A page by its name in the frame of all pages."""
        return NAMED[name]

    def menu(self) -> list[MenuEntry]:
        """The entries of the menu."""
        return [
            MenuEntry(MapLink(page.words, page), "page" if page == self.here else "")
            for page in self._menu
        ]


def render_map_page(
    pages: Iterable[MapPage],
    menu: Sequence[MapPage],
    here: MapPage,
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
    url = _addresses(frozenset(page.path for page in pages))
    return (
        environment()
        .get_template(f"{template}.html.jinja")
        .render(
            site=Site((), fictional, version("remit")),
            here=here,
            nav=MapNavigation(menu, here),
            url=url,
            static=lambda name: url(MapPage(f"static/{name}")),
            other_periods=(),
            **given,
        )
    )


def _addresses(paths: frozenset[str]) -> Callable[[Any], str | None]:
    def url(target: Any) -> str | None:
        path = getattr(target, "path", None)
        known = path is not None and (path in paths or path.startswith("static/"))
        return path if known else None

    return url
