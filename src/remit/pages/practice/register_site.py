"""The pages on a register of practices: all practices, each of them, the method."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib.metadata import version
from pathlib import Path

from remit.pages.frame.file_pages import FilePage
from remit.pages.frame.rendering import Site
from remit.pages.frame.small_sites import PageMade, write_small_site
from remit.pages.practice.practice_map import BAND_WORDS
from remit.pages.practice.register_view import register_home, spread_views
from remit.practice.register.words import NO_CAUSE, ONLY_WHO_IS_NAMED
from remit.practice.register.writing import RegisterSpread
from remit.practice.spread.reading import EffectRead
from remit.practice.spread.words import CAUTION

HOME = FilePage("index.html", "Practices")
METHOD = FilePage("method.html", "Method")
ACCESSIBILITY = FilePage("accessibility.html", "Accessibility statement")
_NAMED = {"home": HOME, "method": METHOD, "sources": METHOD, "accessibility": ACCESSIBILITY}
_TABLES = ("practices", "adoptions", "curve", "peers", "deviants", "faults")


def write_register_pages(
    found: RegisterSpread, effects: Mapping[str, Sequence[EffectRead]], folder: Path
) -> int:
    """Write the pages, and say how many there are.

    Parameters
    ----------
    found
        The register on a day.
    effects
        What was found of each practice, by its id.
    folder
        An empty or missing folder; the tables are to stand in ``data`` within it.

    Examples
    --------
    >>> write_register_pages(found, {}, Path("pages"))  # doctest: +SKIP
    5
    """
    site = Site((), bool(found.register.fictional), version("remit"), own=True)
    lacking = {"peers": found.peers is None, "deviants": found.ahead is None}
    files = [
        (f"{name}.csv", FilePage(f"data/{name}.csv"))
        for name in _TABLES
        if not lacking.get(name, False)
    ]
    said = {"named": ONLY_WHO_IS_NAMED, "cause": NO_CAUSE, "caution": CAUTION}
    home = {"view": register_home(found, effects), "files": files}
    pages: list[PageMade] = [
        (HOME, "register_home", home),
        *((one.page, "register_practice", {"view": one, "said": said, "shades": BAND_WORDS})
          for one in spread_views(found, effects)),
        (METHOD, "register_method", {"said": said, "files": found.register.files}),
        (ACCESSIBILITY, "practice_accessibility", {}),
    ]  # fmt: skip
    beside = [page for _, page in files]
    return write_small_site(site, pages, folder, menu=(HOME, METHOD), named=_NAMED, files=beside)
