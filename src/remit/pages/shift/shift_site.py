"""The pages on the shift of care: the answer, a page for each measure and ICB, the method."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib.metadata import version
from pathlib import Path

import polars as pl

from remit.pages.frame.file_pages import FilePage
from remit.pages.frame.rendering import Site
from remit.pages.frame.small_sites import PageMade, write_small_site
from remit.pages.shift.shift_beside import ShiftBeside
from remit.pages.shift.shift_view import area_views, data_files, home_view, measure_views
from remit.shift.published.run import PublishedShift

HOME = FilePage("index.html", "Closer to home?")
METHOD = FilePage("method.html", "Method")
SOURCES = FilePage("sources.html", "Sources")
ACCESSIBILITY = FilePage("accessibility.html", "Accessibility statement")
_NAMED = {"home": HOME, "method": METHOD, "sources": SOURCES, "accessibility": ACCESSIBILITY}
_MENU = (HOME, METHOD, SOURCES)


def write_shift_pages(
    made: PublishedShift,
    tables: Mapping[str, pl.DataFrame],
    folder: Path,
    beside: Sequence[ShiftBeside] = (),
    offered: Sequence[tuple[str, str]] = (),
) -> int:
    """Write the pages, and say how many there are.

    Parameters
    ----------
    made, tables
        The measures, and their tables.
    folder
        An empty or missing folder; the tables are to stand in ``data`` within it.
    beside
        What activity records tell, where there are some.
    offered
        Other files that are to stand in the folder: what each is, and its name.

    Examples
    --------
    >>> write_shift_pages(made, tables_of(made), Path("shift"))  # doctest: +SKIP
    58
    """
    site = Site((), made.fictional, version("remit"))
    measures, areas = list(measure_views(made, tables)), list(area_views(tables))
    files = [*((words, FilePage(name)) for words, name in offered), *data_files(tables)]
    pages: list[PageMade] = [
        (HOME, "shift_home", {"view": home_view(made, tables), "files": files, "beside": beside}),
        *((one.page, "shift_measure", {"view": one}) for one in measures),
        *((one.page, "shift_icb", {"view": one}) for one in areas),
        (METHOD, "shift_method", {}),
        (SOURCES, "shift_sources", {}),
        (ACCESSIBILITY, "shift_accessibility", {}),
    ]
    beside_pages = [page for _, page in files]
    return write_small_site(
        site, pages, folder, menu=_MENU, named=_NAMED, files=beside_pages, made=made
    )
