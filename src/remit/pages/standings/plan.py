"""Which pages a site has: each module ``*_view.py`` beside this one says it of its own.

Its function ``pages`` gives the pages of its kinds for the assessments of a site, oldest first. A
view without it is a part of another one's page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from importlib import import_module
from pathlib import Path

from remit.pages.standings.planned import Planned
from remit.pages.standings.results import Results

_Pages = Callable[[Sequence[Results]], Iterator[Planned]]


def plan(periods: Sequence[Results]) -> list[Planned]:
    """All pages of a site.

    Parameters
    ----------
    periods
        The assessments, oldest first.
    """
    return [planned for pages in _of_each_view() for planned in pages(periods)]


@cache
def _of_each_view() -> tuple[_Pages, ...]:
    names = sorted(path.stem for path in Path(__file__).parent.glob("*_view.py"))
    modules = [import_module(f"{__package__}.{name}") for name in names]
    return tuple(module.pages for module in modules if hasattr(module, "pages"))
