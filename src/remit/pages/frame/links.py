"""Which pages there are, and the path from one to another.

View models name pages by :class:`Page`, never by address, so that the same templates serve a
folder of files today and a web app later.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from typing import Any


@dataclass(frozen=True, slots=True)
class Address:
    """Where pages of a kind lie: the pattern of their path, and their place in the menu.

    ``menu`` are the words of an entry of their own, ``under`` names the kind whose entry they
    stand under; of a file beside the pages there is neither.
    """

    path: str
    menu: str = ""
    under: str = ""


class PageKind(Enum):
    """The kinds of page of a framework's site, those of the menu in its order.

    A page is made with the template that bears the name of its kind, in small letters.
    """

    HOME = Address("index.html", menu="Home")
    LEAGUES = Address("{period}/index.html", menu="League tables")
    AREAS = Address("{period}/areas/index.html", menu="Regions and ICBs")
    METRICS = Address("{period}/metrics/index.html", menu="Metrics")
    COMPARE = Address("{period}/compare/index.html", menu="Compare")
    FIND = Address("find.html", menu="Find a trust")
    METHOD = Address("{period}/method.html")
    SOURCES = Address("sources.html", menu="Sources")
    LEAGUE = Address("{period}/league/{code}.html", under="LEAGUES")
    TRUST = Address("{period}/trusts/{code}.html", under="LEAGUES")
    AREA = Address("{period}/areas/{code}.html", under="AREAS")
    MAP = Address("{period}/areas/map.html", under="AREAS")
    METRIC = Address("{period}/metrics/{code}.html", under="METRICS")
    COMPARED = Address("{period}/compare/{code}.html", under="COMPARE")
    REJECTIONS = Address("rejections.html", under="SOURCES")
    ACCESSIBILITY = Address("accessibility.html")
    EXPLANATION = Address("{period}/trusts/{code}.json")
    COMPARE_DATA = Address("{period}/compare/{code}.js")
    DIFFERENCES = Address("{period}/differences.csv")
    REJECTIONS_FILE = Address("rejections.csv")
    STANDINGS_DATA = Address("{period}/standings.json")
    STANDINGS_FILE = Address("{period}/standings.csv")
    FIGURES_FILE = Address("{period}/figures.csv")
    SITE_DATA = Address("site.json")
    FEED = Address("feed.xml")
    STATIC = Address("static/{code}")

    # Pages are looked up by their kind tens of thousands of times; Enum hashes the name each time.
    __hash__ = object.__hash__

    @property
    def template(self) -> str:
        """The name of the template, without its ending."""
        return self.name.lower()

    @property
    def dated(self) -> bool:
        """Whether each period has its own."""
        return "{period}" in self.value.path


@dataclass(frozen=True, slots=True)
class Page:
    """One page: its kind, what it is about, and the period that it speaks of."""

    kind: PageKind
    code: str = ""
    period: str = ""

    @property
    def path(self) -> str:
        """The path from the root of the site, with forward slashes."""
        return self.kind.value.path.format(
            code=self.code.replace("_", "-"), period=slug(self.period)
        )

    def at(self, period: str) -> Page:
        """The same page of another period."""
        return Page(self.kind, self.code, period)


@dataclass(frozen=True, slots=True)
class Link:
    """A page and the words of the link to it; without a page they are only words."""

    text: str
    page: Page | None = None


class PageLinks:
    """Relative addresses between the pages of a site."""

    def __init__(self, pages: Iterable[Page]) -> None:
        self._paths = {page: page.path for page in pages}
        self._here: tuple[Page | None, str] = None, ""

    def __contains__(self, page: object) -> bool:
        return page in self._paths

    def relative(self, here: Page, target: Page | None) -> str | None:
        """The address of ``target`` as seen from ``here``, or None if the site lacks it."""
        if target is None:
            return None
        path = target.path if target.kind is PageKind.STATIC else self._paths.get(target)
        if path is None:
            return None
        return _from(self._folder(here), path)

    def _folder(self, page: Page) -> str:
        """The folder that a page lies in; asked for one page until all its links are made."""
        if page is not self._here[0]:
            self._here = page, (self._paths.get(page) or page.path).rpartition("/")[0]
        return self._here[1]


def _from(folder: str, path: str) -> str:
    if folder and path.startswith(f"{folder}/"):
        return path.removeprefix(f"{folder}/")
    return "../" * (folder.count("/") + 1) + path if folder else path


def slug(label: str) -> str:
    """A label as part of a path: ``2025/26 Q1`` becomes ``2025-26-q1``."""
    return "-".join("".join(c if c.isalnum() else " " for c in label.lower()).split())


@dataclass(frozen=True, slots=True)
class MenuEntry:
    """An entry of a menu; ``link`` is one of the site's own.

    ``current`` is ``page``, ``true`` (its section) or empty.
    """

    link: Any
    current: str
