"""Pages: an assessment as view models, charts and accessible HTML.

View models are plain frozen dataclasses, built from an assessment and the register; templates
turn them into HTML and know of nothing else. :func:`build_site` writes them all as a static site.
"""

from remit.pages.frame.folders import SiteError
from remit.pages.standings.site import SiteReport, build_site

__all__ = ["SiteError", "SiteReport", "build_site"]
