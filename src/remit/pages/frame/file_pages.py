"""Small sites, whose pages are named by their path: their frame and the links between them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from remit.pages.frame.filling import filled
from remit.pages.frame.links import MenuEntry
from remit.pages.frame.rendering import Site
from remit.pages.frame.search import Findable, by_kind


@dataclass(frozen=True, slots=True)
class FilePage:
    """A page by its path from the root of its folder, and its words in the menu.

    Such a site has one period alone, so its pages have none of their own.
    """

    path: str
    words: str = ""
    period: str = ""


FIND = FilePage("find.html")
"""The page that the search box of a small site leads to."""

FEED_FILE = FilePage("feed.xml")
"""The feed of a small site, where it has one."""

REPORT_DATA = FilePage("report.json")
"""The figures of a report as data."""


@dataclass(frozen=True, slots=True)
class FileLink:
    """A page and the words of the link to it."""

    text: str
    page: FilePage


class FileNavigation:
    """The pages that every page links to, as seen from one page."""

    def __init__(
        self, menu: Sequence[FilePage], named: Mapping[str, FilePage], here: FilePage
    ) -> None:
        self._menu, self._named = menu, named
        self.here = here

    def page(self, name: str) -> FilePage:
        """A page by its name in the frame of all pages."""
        return self._named[name]

    def find(self) -> FilePage:
        """The page that the search box leads to; a site without one has no box."""
        return FIND

    def feed(self) -> FilePage:
        """The feed of what changed since the build before; a site without one links to none."""
        return FEED_FILE

    def data(self) -> list[tuple[str, FilePage]]:
        """The figures of the site as files, each with its words; those that there are."""
        return [("All as data (JSON)", REPORT_DATA)]

    def menu(self) -> list[MenuEntry]:
        """The entries of the menu."""
        return [
            MenuEntry(FileLink(page.words, page), "page" if page == self.here else "")
            for page in self._menu
        ]


def render_file_page(
    site: Site, pages: Iterable[FilePage], nav: FileNavigation, template: str, **given: Any
) -> str:
    """One page as HTML.

    Parameters
    ----------
    site
        What all pages share.
    pages
        The pages that there are; a link to any other is printed as words.
    nav
        The menu, as seen from the page that is made.
    template
        The template's name without its ending.
    given
        What the template is given beside them.
    """
    url = _addresses(nav.here, frozenset(page.path for page in pages))
    return filled(
        f"{template}.html.jinja",
        site=site,
        here=nav.here,
        nav=nav,
        url=url,
        static=lambda name: url(FilePage(f"static/{name}")),
        other_periods=(),
        **given,
    )


def find_given(found: Sequence[Findable]) -> dict[str, Any]:
    """What the template of the find page is given, for what a site has."""
    return {"groups": by_kind(found), "count": len(found)}


def _addresses(here: FilePage, paths: frozenset[str]) -> Callable[[Any], str | None]:
    up = "../" * here.path.count("/")

    def url(target: Any) -> str | None:
        path = getattr(target, "path", None)
        if path is None or (path not in paths and not path.startswith("static/")):
            return None
        return f"{up}{path}"

    return url
