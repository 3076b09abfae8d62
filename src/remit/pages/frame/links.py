"""Which pages there are, and the path from one to another.

View models name pages by :class:`Page`, never by address, so that the same templates serve a
folder of files today and a web app later.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class PageKind(StrEnum):
    """The kinds of page; the value is the pattern of the path."""

    HOME = "index.html"
    FIND = "find.html"
    SOURCES = "sources.html"
    REJECTIONS = "rejections.html"
    ACCESSIBILITY = "accessibility.html"
    LEAGUES = "{period}/index.html"
    LEAGUE = "{period}/league/{code}.html"
    TRUST = "{period}/trusts/{code}.html"
    EXPLANATION = "{period}/trusts/{code}.json"
    AREAS = "{period}/areas/index.html"
    AREA = "{period}/areas/{code}.html"
    METRICS = "{period}/metrics/index.html"
    METRIC = "{period}/metrics/{code}.html"
    METHOD = "{period}/method.html"
    DIFFERENCES = "{period}/differences.csv"
    REJECTIONS_FILE = "rejections.csv"
    STATIC = "static/{code}"


@dataclass(frozen=True, slots=True)
class Page:
    """One page: its kind, what it is about, and the period that it speaks of."""

    kind: PageKind
    code: str = ""
    period: str = ""

    @property
    def path(self) -> str:
        """The path from the root of the site, with forward slashes."""
        return self.kind.value.format(code=self.code.replace("_", "-"), period=slug(self.period))

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

    def __contains__(self, page: object) -> bool:
        return page in self._paths

    def relative(self, here: Page, target: Page | None) -> str | None:
        """The address of ``target`` as seen from ``here``, or None if the site lacks it."""
        if target is None:
            return None
        path = target.path if target.kind is PageKind.STATIC else self._paths.get(target)
        if path is None:
            return None
        folder, _, _ = self._path(here).rpartition("/")
        if folder and path.startswith(f"{folder}/"):
            return path.removeprefix(f"{folder}/")
        return "../" * (folder.count("/") + 1) + path if folder else path

    def _path(self, page: Page) -> str:
        return self._paths.get(page) or page.path


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
