"""What a client asks: a request's head, taken apart strictly, or the status of its refusal.

Only what a browser needs to look at pages is understood. Whatever two readers could understand in
two ways (folded lines, bare line feeds, two hosts, a body) is refused and not guessed at.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Collection
from dataclasses import dataclass
from urllib.parse import unquote_to_bytes

HEAD_BYTES = 16_384
"""The longest head of a request: its line and its headers."""

LINE_BYTES = 4_096
"""The longest line of a request, and so the longest address."""

MOST_HEADERS = 100

METHODS = ("GET", "HEAD")

_LINE = re.compile(r"([!#$%&'*+.^_`|~0-9A-Za-z-]{1,32}) ([\x21-\x7e]+) HTTP/(\d)\.(\d)")
_HEADER = re.compile(r"([!#$%&'*+.^_`|~0-9A-Za-z-]+):([\x20-\x7e\x80-\xff\t]*)")
_HOST = re.compile(r"(\[[0-9A-Fa-f:.]+\]|[0-9A-Za-z._-]+)(?::(\d{1,5}))?")
_BAD_ESCAPE = re.compile(r"%(?![0-9A-Fa-f]{2})")
_NO_NAME = re.compile(r'[\x00-\x1f\x7f-\x9f\\:*?"<>|]')
_RESERVED = re.compile(r"(?i:con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(?: *\..*)?")


class Refused(Exception):
    """A request that is not answered; the status says why."""

    def __init__(self, status: int, why: str) -> None:
        super().__init__(why)
        self.status = status
        self.why = why


@dataclass(frozen=True, slots=True)
class Request:
    """A request that can be answered."""

    method: str
    parts: tuple[str, ...]
    """The names of the path; a last one that is blank stands for a folder."""


def read_request(head: bytes, hosts: Collection[str]) -> Request:
    """A request by its head, up to and with the blank line.

    Parameters
    ----------
    head
        Its bytes.
    hosts
        The hosts, in lower case and without port, under which the site is known.

    Raises
    ------
    Refused
        With the status to answer.
    """
    line, *rest = head.decode("latin-1").removesuffix("\r\n\r\n").split("\r\n")
    if len(line) > LINE_BYTES:
        raise Refused(414, "the address is too long")
    found = _LINE.fullmatch(line)
    if not found:
        raise Refused(400, "the first line is no request")
    method, target, major, minor = found.groups()
    if (major, minor) not in {("1", "0"), ("1", "1")}:
        raise Refused(505, "only HTTP/1.0 and HTTP/1.1 are spoken here")
    headers = _headers(rest)
    _check_host(headers, hosts)
    if method not in METHODS:
        raise Refused(405, "pages are only read here: GET or HEAD")
    if "transfer-encoding" in headers or headers.get("content-length", ["0"]) != ["0"]:
        raise Refused(400, "a request to read a page has no body")
    return Request(method, path_parts(target))


def _headers(lines: list[str]) -> dict[str, list[str]]:
    if len(lines) > MOST_HEADERS:
        raise Refused(431, "there are too many headers")
    headers: dict[str, list[str]] = {}
    for line in lines:
        found = _HEADER.fullmatch(line)
        if not found:
            raise Refused(400, "a header is malformed")
        headers.setdefault(found[1].lower(), []).append(found[2].strip(" \t"))
    return headers


def _check_host(headers: dict[str, list[str]], hosts: Collection[str]) -> None:
    """Refuse a host that is none of ours.

    Any web page can give its own name the address of this machine and so have a browser read
    what is served here; only the host that the browser then sends tells.
    """
    said = headers.get("host", [])
    found = _HOST.fullmatch(said[0]) if len(said) == 1 else None
    if not found or int(found[2] or 0) > 65_535:
        raise Refused(400, "there is not one host")
    if _plain_host(found[1]) not in hosts:
        raise Refused(421, "this site is not served under that host")


def _plain_host(host: str) -> str:
    return host.strip("[]").lower()


def hosts_of(named: str, bound: str) -> frozenset[str]:
    """The hosts under which a site is known that was asked to be served at ``named``.

    >>> sorted(hosts_of("127.0.0.1", "127.0.0.1"))
    ['127.0.0.1', '::1', 'localhost']
    """
    return frozenset({"localhost", "127.0.0.1", "::1", _plain_host(named), _plain_host(bound)})


def is_loopback(address: str) -> bool:
    """Whether an address is reached from this machine only."""
    return ipaddress.ip_address(address.partition("%")[0]).is_loopback


def path_parts(target: str) -> tuple[str, ...]:
    """The names of a request's path, each of which can only be a name within the folder.

    >>> path_parts("/2025-26-q4/trusts/ZA1.html?from=league")
    ('2025-26-q4', 'trusts', 'ZA1.html')

    Raises
    ------
    Refused
        400 if it is no path, or has a part that is no name; 404 for names that no page has.
    """
    path = target.partition("?")[0]
    if not path.startswith("/") or "#" in target:
        raise Refused(400, "the address is no path")
    if _BAD_ESCAPE.search(path):
        raise Refused(400, "an escape of the address is broken")
    parts = tuple(_part(part) for part in path[1:].split("/"))
    if not all(parts[:-1]):
        raise Refused(400, "a name of the address is blank")
    for part in parts:
        if part.startswith(".") or part.endswith((".", " ")) or _RESERVED.fullmatch(part):
            raise Refused(404, "there is no such page")
    return parts


def _part(escaped: str) -> str:
    try:
        part = unquote_to_bytes(escaped).decode("utf-8")
    except UnicodeDecodeError:
        raise Refused(400, "the address is not UTF-8") from None
    if part in {".", ".."} or "/" in part or _NO_NAME.search(part):
        raise Refused(400, "the address has what no name has")
    if len(part.encode()) > 255:
        raise Refused(404, "there is no such page")
    return part
