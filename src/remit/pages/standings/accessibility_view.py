"""The statement on accessibility; it says the same of every site."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from remit.pages.frame.links import Page, PageKind
from remit.pages.standings.planned import Planned
from remit.pages.standings.results import Results


def pages(periods: Sequence[Results]) -> Iterator[Planned]:  # noqa: ARG001
    """One page of the site."""
    yield Planned(Page(PageKind.ACCESSIBILITY), lambda: None)
