"""A page to come: what it is, and how it is made when its turn comes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from remit.pages.frame.links import Page


@dataclass(frozen=True, slots=True)
class Planned:
    """One page to come.

    ``view`` makes the view model that the template of its kind turns into HTML; ``beside`` makes
    a file that goes with the page from the same view model.
    """

    page: Page
    view: Callable[[], Any]
    beside: tuple[Page, Callable[[Any], str]] | None = None

    @property
    def pages(self) -> tuple[Page, ...]:
        """The page and the file that goes with it."""
        return (self.page, self.beside[0]) if self.beside else (self.page,)
