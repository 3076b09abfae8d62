"""From a view model to HTML: what every page shares."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from remit.pages.frame.filling import filled
from remit.pages.frame.links import Link, MenuEntry, Page, PageKind, PageLinks


@dataclass(frozen=True, slots=True)
class Site:
    """What all pages of a site share.

    ``periods`` are labels, oldest first; ``own`` says that what it shows was gathered by
    whoever made it, such as the answers of a survey, and was published by nobody.
    """

    periods: tuple[str, ...]
    fictional: bool
    version: str
    own: bool = False

    @property
    def latest(self) -> str:
        """The period that pages without one speak of."""
        return self.periods[-1]


class Navigation:
    """The pages that every page links to, as seen from one page."""

    def __init__(self, site: Site, here: Page) -> None:
        self._site = site
        self.here = here
        self.period = here.period or site.latest

    def page(self, kind: str, code: str = "") -> Page:
        """A page by the name of its kind, in the period of the present page."""
        found = PageKind[kind.upper()]
        return Page(found, code, self.period if found.dated else "")

    def find(self) -> Page:
        """The page that the search box leads to."""
        return self.page("find")

    def feed(self) -> Page:
        """The feed of what changed since the build before."""
        return self.page("feed")

    def data(self) -> list[tuple[str, Page]]:
        """The figures of the present period as files, each with its words."""
        return [
            (f"Standings, {self.period} (CSV)", self.page("standings_file")),
            (f"Figures, {self.period} (CSV)", self.page("figures_file")),
            (f"All as data, {self.period} (JSON)", self.page("standings_data")),
        ]

    def menu(self) -> list[MenuEntry]:
        """The entries of the menu."""
        return [self._item(self.page(kind.name)) for kind in PageKind if kind.value.menu]

    def _item(self, page: Page) -> MenuEntry:
        link = Link(page.kind.value.menu, page)
        if page == self.here:
            return MenuEntry(link, "page")
        return MenuEntry(link, "true" if self.here.kind.value.under == page.kind.name else "")


def render(site: Site, links: PageLinks, page: Page, view: Any) -> str:
    """One page as HTML.

    Parameters
    ----------
    site
        What all pages share.
    links
        Which pages there are; a link to any other is printed as words.
    page
        The page that is made, with the template of its kind.
    view
        The page's view model.
    """

    def url(target: Page | None) -> str | None:
        return links.relative(page, target)

    return filled(
        f"{page.kind.template}.html.jinja",
        site=site,
        view=view,
        here=page,
        nav=Navigation(site, page),
        url=url,
        static=lambda name: url(Page(PageKind.STATIC, name)),
        other_periods=_periods(site, links, page),
    )


def _periods(site: Site, links: PageLinks, page: Page) -> Sequence[Link]:
    """The same page in each period; without a page where it does not exist or is this one."""
    if not page.period or len(site.periods) < 2:
        return ()
    pages = [(label, page.at(label)) for label in site.periods]
    return [Link(label, p if p in links and p != page else None) for label, p in pages]
