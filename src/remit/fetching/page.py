"""The links of a web page."""

from __future__ import annotations

from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import PurePosixPath
from urllib.parse import unquote, urljoin, urlsplit

_FILES = {".csv", ".xls", ".xlsx", ".xlsm", ".ods", ".zip", ".pdf", ".doc", ".docx"}


@dataclass(frozen=True, slots=True)
class Link:
    """A link: its whole address without fragment, and its words."""

    address: str
    words: str

    @property
    def name(self) -> str:
        """The last part of the address, as people read it: ``Monthly A&E.csv``."""
        return unquote(urlsplit(self.address).path.rsplit("/", 1)[-1])

    @property
    def is_file(self) -> bool:
        """Whether it leads to a file rather than to a page."""
        return PurePosixPath(self.name).suffix.lower() in _FILES

    @property
    def host(self) -> str:
        """The host with its port, if it has one."""
        return urlsplit(self.address).netloc.lower()


def links_of(html: str, address: str) -> list[Link]:
    """All links of a page to other pages and files, in their order, each address once.

    Parameters
    ----------
    html
        The page's text; broken HTML is read as far as it goes.
    address
        Where the page was found, to complete short addresses.
    """
    reader = _Links(address)
    reader.feed(html)
    reader.close()
    found: dict[str, Link] = {}
    for link in reader.found:
        found.setdefault(link.address, link)
    return list(found.values())


class _Links(HTMLParser):
    def __init__(self, address: str) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[Link] = []
        self._base = address
        self._open: str | None = None
        self._words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        target = (dict(attrs).get("href") or "").strip()
        if tag == "base" and target:
            self._base = _joined(self._base, target) or self._base
        elif tag == "a":
            self._finish()
            self._open = target or None

    def handle_endtag(self, tag: str) -> None:
        if tag == "a":
            self._finish()

    def handle_data(self, data: str) -> None:
        if self._open:
            self._words.append(data)

    def close(self) -> None:
        super().close()
        self._finish()

    def _finish(self) -> None:
        """Keep the link that is open; a page may forget to close one."""
        address = _joined(self._base, self._open) if self._open else None
        if address:
            self.found.append(Link(address, " ".join("".join(self._words).split())))
        self._open, self._words = None, []


def _joined(base: str, target: str) -> str | None:
    """A whole address without its fragment, or None for what is no web address."""
    try:
        whole = urlsplit(urljoin(base, target.replace(" ", "%20")))
    except ValueError:
        return None
    if whole.scheme not in {"http", "https"} or not whole.netloc:
        return None
    return whole._replace(fragment="").geturl()
