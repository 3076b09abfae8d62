"""Pages: an assessment as view models, charts and accessible HTML.

View models are plain frozen dataclasses, built from an assessment and the register; templates
turn them into HTML and know of nothing else. :func:`build_site` writes them all as a static site.

What is asked for loads its module: a report draws its charts without the pages of standings.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from remit.pages.frame.folders import SiteError
    from remit.pages.standings.site import SiteReport, build_site

__all__ = ["SiteError", "SiteReport", "build_site"]

_HOMES = {"SiteError": "frame.folders"}


def __getattr__(name: str) -> object:
    """Find a public name in the module that has it."""
    if name in __all__:
        return getattr(import_module(f"{__name__}.{_HOMES.get(name, 'standings.site')}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
