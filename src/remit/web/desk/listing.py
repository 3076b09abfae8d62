"""A list as a page shows it: so many rows at a time, and the filters that stand in the address."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.db.models import F
from django.http import QueryDict

PAGE_ROWS = 50

BY_DUE_DAY = (F("due_on").asc(nulls_last=True), "pk")
"""The order of what is due: what is due first at the top, what has no day last."""


@dataclass(frozen=True, slots=True)
class ListPage:
    """One page of a list."""

    rows: list[Any]
    total: int
    number: int
    pages: int
    query: str
    """The filters, to stand in an address before the number of a page."""

    @property
    def here(self) -> str:
        """The filters and the page, as a record's page carries them on for the way back."""
        return f"{self.query}page={self.number}" if self.number > 1 else self.query.rstrip("&")

    @property
    def first(self) -> int:
        """The place of the first row on the page, counted from 1."""
        return (self.number - 1) * PAGE_ROWS + 1

    @property
    def before(self) -> str:
        """The address of the page before, or nothing."""
        return f"?{self.query}page={self.number - 1}" if self.number > 1 else ""

    @property
    def after(self) -> str:
        """The address of the page after, or nothing."""
        return f"?{self.query}page={self.number + 1}" if self.number < self.pages else ""


def list_page(rows: Any, given: QueryDict) -> ListPage:
    """The page of a list that an address asks for; an odd number gives the first or last.

    Parameters
    ----------
    rows
        An ordered query.
    given
        What stands in the address.
    """
    paginator = Paginator(rows, PAGE_ROWS)
    page = paginator.get_page(given.get("page"))
    kept = given.copy()
    kept.pop("page", None)
    query = f"{kept.urlencode()}&" if kept else ""
    return ListPage(list(page), paginator.count, page.number, paginator.num_pages, query)
