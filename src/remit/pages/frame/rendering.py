"""From a view model to HTML: the Jinja environment and what every page shares."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from jinja2 import ChainableUndefined, ChoiceLoader, Environment, PackageLoader

from remit.model.plain_text import for_xml, on_one_line
from remit.pages.frame.links import Link, MenuEntry, Page, PageKind, PageLinks, slug
from remit.words.days import day_words, short_day
from remit.words.figures import number_words, signed_words, trimmed_words


@dataclass(frozen=True, slots=True)
class Site:
    """What all pages of a site share.

    ``periods`` are labels, oldest first.
    """

    periods: tuple[str, ...]
    fictional: bool
    version: str

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

    found = environment().get_template(f"{page.kind.template}.html.jinja")
    return found.render(
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


def web_address(address: object) -> str:
    """An address that a link may lead to: one of the web; blank for any other.

    >>> web_address("https://www.england.nhs.uk/"), web_address("javascript:alert(1)")
    ('https://www.england.nhs.uk/', '')
    """
    text = on_one_line(address).strip() if isinstance(address, str) else ""
    return text if text.lower().startswith(("https://", "http://")) else ""


def _printable(value: object) -> object:
    """What a page or a picture may hold: its text has no control characters."""
    if not isinstance(value, str):
        return value
    text = for_xml(value)
    return value if text == value else type(value)(text)


_ROOMS = ("frame", "drawing", "standings", "report", "remits", "oversight")
_TEMPLATES = (*(f"remit.pages.{room}" for room in _ROOMS), "nhsuk_frontend_jinja")
"""Where templates lie: beside the room whose pages they make."""


@cache
def environment() -> Environment:
    """The Jinja environment: Remit's templates and the macros of NHS.UK frontend.

    Those macros need undefined names to chain without an error.
    """
    env = Environment(
        loader=ChoiceLoader([PackageLoader(package) for package in _TEMPLATES]),
        autoescape=True,
        undefined=ChainableUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        finalize=_printable,
    )
    env.filters["shown"] = number_words
    env.filters["signed"] = signed_words
    env.filters["trimmed"] = trimmed_words
    env.filters["day"] = day_words
    env.filters["short_day"] = short_day
    env.filters["slug"] = slug
    env.filters["web"] = web_address
    return env
