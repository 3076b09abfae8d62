"""Which addresses are asked for: those of the page's own host and of the hosts that are declared.

A page is written by others, and so is a redirect. Neither leads to another host, to an open
connection, to an address of this machine or of its network, or to a file.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import SplitResult, quote, urlsplit

_DEFAULT_PORTS = {"https": ":443", "http": ":80"}
_NAME = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)+")
_LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})
_NO_ADDRESS = re.compile(r"[\x00-\x20\x7f\\<>\"^`{|}]")
_KEPT = "%/:?#[]@!$&'()*+,;=~-._"


@dataclass(frozen=True, slots=True)
class Trusted:
    """The hosts that a publication's pages and files may lie on.

    ``origin`` is the landing page's scheme and host. It is https, or else a copy of the page on
    this machine, which somebody serves to try things out; then that very host and port are
    trusted without encryption, and nothing else of this machine is.
    """

    origin: tuple[str, str]
    hosts: frozenset[str] = frozenset()

    @classmethod
    def of(cls, page: str, hosts: Iterable[str] = ()) -> Trusted:
        """What is trusted for a page and the further hosts of its declaration.

        >>> Trusted.of("https://www.england.nhs.uk/x", ["files.digital.nhs.uk"]).why_not(
        ...     "http://files.digital.nhs.uk/y.csv")
        'it is not encrypted'
        """
        parts = _split(page)
        origin = (parts.scheme, host_of(page)) if parts else ("", "")
        return cls(origin, frozenset(host.lower() for host in hosts))

    def why_not(self, address: str) -> str:
        """Why an address is not asked for; blank if it may be."""
        parts = _split(address)
        if parts is None or parts.scheme not in {"http", "https"}:
            return "this is no web address"
        host = host_of(address)
        if (parts.scheme, host) == self.origin and parts.hostname in _LOCAL:
            return ""
        known = host in {self.origin[1], *self.hosts}
        said = f"{host} is neither the page's own host nor one that is declared"
        reasons = (
            ("it names a user", "@" in parts.netloc),
            ("it is not encrypted", parts.scheme != "https"),
            ("its host is no name of a server on the internet", not _is_name(parts.hostname or "")),
            (said, not known),
        )
        return next((reason for reason, holds in reasons if holds), "")


def host_of(address: str) -> str:
    """The host of an address in lower case, with its port unless it is the usual one."""
    parts = _split(address)
    if parts is None:
        return ""
    return parts.netloc.lower().removesuffix(_DEFAULT_PORTS.get(parts.scheme, "!"))


def plain_address(address: str) -> str | None:
    """A web address as it can be sent, without fragment; None for what is none.

    >>> plain_address("https://example.org/Überblick 1.csv#top")
    'https://example.org/%C3%9Cberblick%201.csv'
    """
    parts = _split(address.replace(" ", "%20"))
    if parts is None or parts.scheme not in {"http", "https"} or not parts.netloc.isascii():
        return None
    path, query = (quote(said, safe=_KEPT) for said in (parts.path, parts.query))
    whole = parts._replace(path=path, query=query, fragment="").geturl()
    return None if _NO_ADDRESS.search(whole) else whole


def _split(address: str) -> SplitResult | None:
    try:
        parts = urlsplit(address)
        # The port is only read when asked for, and may be none.
        return parts if parts.hostname and (parts.port is None or parts.port) else None
    except ValueError:
        return None


def _is_name(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        # A last part of digits would be read as the number of an address (127.1, 0x7f.1).
        last = host.rsplit(".", 1)[-1]
        return bool(_NAME.fullmatch(host)) and not last[:1].isdigit()
    return False
