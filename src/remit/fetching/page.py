"""The links of a web page."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from urllib.parse import unquote, urljoin, urlsplit

from remit.fetching.addresses import host_of, plain_address
from remit.fetching.limits import MOST_LINKS

_FILES = {".csv", ".xls", ".xlsx", ".xlsm", ".ods", ".zip", ".pdf", ".doc", ".docx"}


@dataclass(frozen=True, slots=True)
class WebLink:
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
        """The host with its port, if it has another than the usual one."""
        return host_of(self.address)


def links_of(html: str, address: str) -> list[WebLink]:
    """The links of a page to other pages and files, in their order, each address once.

    Parameters
    ----------
    html
        The page's text; broken HTML is read as far as it goes. At most ``MOST_LINKS`` are taken.
    address
        Where the page was found, to complete short addresses.
    """
    from lxml import etree

    reader = _Links(address)
    # Not the parser of the standard library: on some pages it takes the square of their length.
    parser = etree.HTMLParser(target=reader, encoding="utf-8", recover=True, no_network=True)
    with contextlib.suppress(etree.LxmlError):
        parser.feed(html.encode("utf-8", "replace"))
    with contextlib.suppress(etree.LxmlError):
        parser.close()
    return list(reader.found.values())


class _Links:
    """Is told tags and words as a parser finds them."""

    def __init__(self, address: str) -> None:
        self.found: dict[str, WebLink] = {}
        self._base = address
        self._left = MOST_LINKS
        self._open: str | None = None
        self._words: list[str] = []

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        target = (attributes.get("href") or "").strip()
        if tag == "base" and target:
            self._base = self._whole(target) or self._base
        elif tag == "a":
            self._finish()
            self._open = target or None

    def end(self, tag: str) -> None:
        if tag == "a":
            self._finish()

    def data(self, data: str) -> None:
        if self._open:
            self._words.append(data)

    def close(self) -> None:
        self._finish()

    def _finish(self) -> None:
        """Keep the link that is open; a page may forget to close one."""
        address = self._whole(self._open) if self._open else None
        if address and address not in self.found:
            self.found[address] = WebLink(address, " ".join("".join(self._words).split()))
        self._open, self._words = None, []

    def _whole(self, target: str) -> str | None:
        if self._left <= 0:
            return None
        self._left -= 1
        return _joined(self._base, target)


def _joined(base: str, target: str) -> str | None:
    """A whole address without its fragment, or None for what is no web address."""
    try:
        return plain_address(urljoin(base, target))
    except ValueError:
        return None
