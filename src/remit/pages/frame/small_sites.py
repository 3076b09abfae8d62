"""Small sites are written: each page by its template, with the menu as seen from it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from remit.pages.frame.file_pages import FileNavigation, FilePage, render_file_page
from remit.pages.frame.folders import add_what_all_have, write_page
from remit.pages.frame.rendering import Site

PageMade = tuple[FilePage, str, Mapping[str, Any]]
"""A page, the name of its template, and what the template is given beside what all are."""


def write_small_site(
    site: Site,
    pages: Sequence[PageMade],
    folder: Path,
    *,
    menu: Sequence[FilePage],
    named: Mapping[str, FilePage],
    files: Iterable[FilePage] = (),
    **given: Any,
) -> int:
    """Write all pages of a small site into a folder, and say how many there are.

    Parameters
    ----------
    site
        What all pages share.
    pages
        The pages, each with its template.
    folder
        An empty or missing folder.
    menu, named
        The pages in the menu, and those that the frame links to by name.
    files
        What will stand beside the pages, so that links to it are links.
    given
        What every template is given.

    Examples
    --------
    ``write_small_site(site, pages, Path("out"), menu=(HOME,), named={"home": HOME})``
    """
    every = [*(page for page, _, _ in pages), *files]
    for page, template, own in pages:
        navigation = FileNavigation(menu, named, page)
        write_page(
            folder, page.path, render_file_page(site, every, navigation, template, **given, **own)
        )
    add_what_all_have(folder)
    return len(pages)
