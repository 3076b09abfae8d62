"""Finding a publication's files on its pages."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from remit.fetching.addresses import Trusted, host_of
from remit.fetching.complaints import (
    by_hand,
    foreign,
    no_page_of,
    no_such_period,
    pattern_gone,
)
from remit.fetching.page import WebLink, links_of
from remit.fetching.revision import order
from remit.fetching.web import Web
from remit.model.errors import FetchError
from remit.model.links import Links
from remit.model.period import Period, financial_year, month, parse_period, quarter
from remit.model.publication import Publication
from remit.publications.rows.months import month_in

_YEARS = re.compile(r"(?<!\d)(20\d\d)[-/](?:20)?(\d\d)(?!\d)")
MOST_PAGES = 24
"""So many further pages are read at most, the first ones named; a period asks for fewer."""


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file that a page links to: the newest revision for its period and part.

    ``period`` is None where the name tells none: the file has all periods. ``instead_of`` names
    the older revisions that the pages link to as well.
    """

    address: str
    name: str
    page: str
    period: Period | None
    part: str = ""
    instead_of: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
    """The further hosts of its declaration, to which its server may lead."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What the pages of a publication link to, oldest period first, and which pages were read.

    ``unread`` is the number of further pages that were left out, being too many at once.
    """

    publication: Publication
    files: tuple[FoundFile, ...]
    pages: tuple[str, ...]
    unread: int = 0


def find(publication: Publication, web: Web, wanted: Period | None = None) -> Finding:
    """Look for a publication's files on its landing page and the pages of years it leads to.

    Parameters
    ----------
    publication
        With ``links``.
    web
        How pages are asked for.
    wanted
        Only files of periods within this one, and only pages of years that it touches.

    Raises
    ------
    FetchError
        If the publication's files are not on a page that Remit knows, a page cannot be had, no
        link fits, or none is of the period; the message says what is there and what to do.
    """
    links = publication.links
    if links is None:
        raise FetchError(
            f"{publication.id}: it is not known how its files are named on its page.\n"
            f"{by_hand(publication)}"
        )
    pages, found, unread = _read_pages(publication.landing_page, links, web, wanted)
    fitting = [link for _, on_page in found for link in on_page if _fit(links, link)]
    if not fitting and wanted and links.pages and len(pages) == 1:
        raise FetchError(no_page_of(publication, wanted))
    if not fitting:
        every = [link for _, on_page in found for link in on_page]
        raise FetchError(pattern_gone(publication, links, pages, every))
    files = _newest([(page, link) for page, on_page in found for link in on_page], links)
    if not files:
        raise FetchError(foreign(publication, links, fitting))
    within = [f for f in files if not wanted or not f.period or _overlap(f.period, wanted)]
    if not within:
        there = [file.period for file in files if file.period]
        raise FetchError(no_such_period(publication, wanted, there))
    return Finding(publication, tuple(within), tuple(pages), unread)


_Found = list[tuple[str, list[WebLink]]]


def _read_pages(
    landing: str, links: Links, web: Web, wanted: Period | None
) -> tuple[list[str], _Found, int]:
    trusted = Trusted.of(landing, links.hosts)
    first = web.page(landing, trusted)
    found: _Found = [(first.address, links_of(first.text, first.address))]
    here = host_of(first.address)
    further = [
        link
        for link in found[0][1]
        if link.host == here
        and not trusted.why_not(link.address)
        and link.address != first.address
        and _is_page(links, link)
        and _may_have(link, wanted)
    ]
    for link in further[:MOST_PAGES]:
        page = web.page(link.address, trusted)
        found.append((page.address, links_of(page.text, page.address)))
    return [page for page, _ in found], found, len(further[MOST_PAGES:])


def _is_page(links: Links, link: WebLink) -> bool:
    if links.pages is None or link.is_file:
        return False
    return bool(re.search(links.pages, f"{link.address} {link.words}", re.IGNORECASE))


def _may_have(link: WebLink, wanted: Period | None) -> bool:
    """Whether a page of a year or a month can have the period; a page of neither always can."""
    if wanted is None:
        return True
    month_of_page = month_in(_last_part(link.address))
    if month_of_page:
        return _overlap(month_of_page, wanted)
    years = [
        financial_year(int(first))
        for first, last in _YEARS.findall(f"{link.address} {link.words}")
        if (int(first) + 1) % 100 == int(last)
    ]
    return not years or any(_overlap(year, wanted) for year in years)


def _last_part(address: str) -> str:
    return urlsplit(address).path.rstrip("/").rsplit("/", 1)[-1]


def _overlap(one: Period, other: Period) -> bool:
    return one.start <= other.end and other.start <= one.end


# Which links are files of the publication --------------------------------------------------------


def _fit(links: Links, link: WebLink) -> re.Match[str] | None:
    text = {"name": link.name, "text": link.words, "address": link.address}[links.match]
    return re.compile(links.pattern, re.IGNORECASE).fullmatch(text)


def _newest(found: Iterable[tuple[str, WebLink]], links: Links) -> list[FoundFile]:
    """The newest revision for each period and part; of the others the names."""
    groups: dict[tuple[Period | None, str], dict[str, tuple[str, WebLink]]] = {}
    for page, link in found:
        fit = _fit(links, link)
        if not fit or not _is_allowed(link, page, links):
            continue
        # A name that tells no month may lie on the page of one.
        period = _period_of(fit) or (month_in(_last_part(page)) if links.pages else None)
        part = (fit.groupdict().get("part") or "").lower()
        groups.setdefault((period, part), {}).setdefault(link.address, (page, link))
    files = []
    for (period, part), candidates in groups.items():
        places = enumerate(candidates.values())
        ordered = sorted(places, key=lambda c: order(c[1][1].address, c[1][1].name, c[0]))
        *older, (_, (page, link)) = ordered
        names = tuple(other.name for _, (_, other) in older)
        files.append(FoundFile(link.address, link.name, page, period, part, names, links.hosts))
    return sorted(files, key=lambda f: (f.period is not None, f.period or f.name, f.part))


def _is_allowed(link: WebLink, page: str, links: Links) -> bool:
    """A file lies with its page or on a host that is named, and never less safe than its page."""
    return not Trusted.of(page, links.hosts).why_not(link.address)


def _period_of(fit: re.Match[str]) -> Period | None:
    """The period that the groups of a pattern tell, or None."""
    said = {name: text for name, text in fit.groupdict().items() if text}
    if "period" in said:
        return _named_period(said["period"])
    years = re.findall(r"\d+", said.get("financial_year", said.get("year", "")))
    if not years:
        return None
    year = int(years[0]) if len(years[0]) == 4 else 2000 + int(years[0])
    if "quarter" in said:
        return quarter(year, int(said["quarter"]))
    if "month" not in said:
        return financial_year(year) if "financial_year" in said else parse_period(str(year))
    named = _named_period(f"{said['month']} {year}")
    if named is None or "financial_year" not in said:
        return named
    return month(year + (named.start.month < 4), named.start.month)


def _named_period(text: str) -> Period | None:
    """``April-2024``, ``Apr-2025-to-Jul-2025``, ``202307`` as a period."""
    digits = re.fullmatch(r"(20\d\d)[-_ ]?(\d\d)", text)
    if digits and 1 <= int(digits[2]) <= 12:
        return month(int(digits[1]), int(digits[2]))
    return parse_period(re.sub(r"[-_ ]+", " ", text)) or month_in(text)
