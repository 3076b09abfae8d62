"""What is said when a publication's files are not found, and how to get them by hand."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from remit.fetching.page import WebLink
from remit.model.links import Links
from remit.model.period import Period
from remit.model.publication import Publication
from remit.words.nearest import nearest
from remit.words.sentences import count_words


def by_hand(publication: Publication, folder: Path | None = None) -> str:
    """How to get a publication's file without this command."""
    place = folder or Path()
    like = f" (its name is like {publication.links.example})" if publication.links else ""
    return (
        f"By hand: open {publication.landing_page} in a browser, save the file{like} in "
        f"{place.resolve()}, and take it in with `remit ingest {place / 'FILE'}`."
    )


def pattern_gone(
    publication: Publication, links: Links, pages: Sequence[str], every: Sequence[WebLink]
) -> str:
    """No link of any page fits the pattern."""
    files = [link.name for link in every if link.is_file]
    near = nearest(links.example, sorted(set(files))) or "none"
    return (
        f"{publication.id}: of {len(every)} links on {_listed(pages)} none fits the pattern "
        f"{links.pattern} (a file such as {links.example}); the page may have changed. Files "
        f"linked there that are most like it: {near}. Save the right one from the page and "
        f"take it in with `remit ingest FILE`, and correct links.pattern in the publication's "
        "declaration"
    )


def no_page_of(publication: Publication, wanted: Period) -> str:
    """The landing page names pages of years or months, but none that can have the period."""
    return (
        f"{publication.id}: {publication.landing_page} names no page that can have {wanted}, and "
        "has no file itself; ask for another --period, or leave it out to see all"
    )


def foreign(publication: Publication, links: Links, fitting: Sequence[WebLink]) -> str:
    """Links fit, but lead to where files are not taken from."""
    hosts = ", ".join(sorted({link.host for link in fitting}))
    return (
        f"{publication.id}: the files that fit lie on {hosts}, or are offered without encryption; "
        f"files are taken from the page's own host and from {', '.join(links.hosts) or 'no other'}"
        ". Add the host under links.hosts in the publication's declaration if it is official"
    )


def no_such_period(publication: Publication, wanted: Period | None, there: Sequence[Period]) -> str:
    """There are files, but of other periods."""
    span = f"{there[0]} to {there[-1]}" if len(there) > 1 else str(there[0])
    files = count_words(len(there), "file")
    return f"{publication.id}: its pages have no file for {wanted}; they have {files}: {span}"


def _listed(pages: Sequence[str]) -> str:
    return pages[0] if len(pages) == 1 else f"{pages[0]} and {len(pages) - 1} pages that it names"
