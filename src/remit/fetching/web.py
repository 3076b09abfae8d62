"""Asking for pages and files: patiently, with certificates checked, never less safe than asked."""

from __future__ import annotations

import codecs
import http.client
import socket
import ssl
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from typing import Any

from remit.fetching.addresses import Trusted, plain_address
from remit.fetching.connection import Timed, Unreachable, body, number, opener
from remit.fetching.limits import PAGE_BYTES, Deadline, Limits

__all__ = ["BROKEN", "Unreachable", "Web", "WebPage"]

_PASSING = {408, 425, 429, 500, 502, 503, 504}
_LONGEST_WAIT = 60.0

BROKEN = (http.client.HTTPException, ConnectionError, TimeoutError, ssl.SSLError)
"""What a connection that broke off looks like."""


@dataclass(frozen=True, slots=True)
class WebPage:
    """A page's text, and the address that it was found at in the end."""

    address: str
    text: str


class Web:
    """How pages and files are asked for.

    Parameters
    ----------
    timeout
        Seconds after which a silent server is given up.
    attempts
        How often an address is tried while its server is busy or the connection breaks.
    pause
        Seconds between two requests, so that no server is pressed; doubled after each failure.
    limits
        How much is taken at most.
    sleep
        What waits; a test need not.
    """

    def __init__(
        self,
        *,
        timeout: float = 30,
        attempts: int = 4,
        pause: float = 1,
        limits: Limits | None = None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.attempts = attempts
        self.limits = limits or Limits()
        self._timeout = timeout
        self._pause = pause
        self._sleep = sleep
        self._asked = False
        self._deadline = Deadline(self.limits)
        self._opener = opener(self._deadline.left)
        self._agent = f"remit/{version('remit')} (reads published NHS statistics)"

    def begin(self, address: str) -> None:
        """Give a page or file its time, with all attempts at it."""
        self._deadline.begin(address)

    def page(self, address: str, trusted: Trusted | None = None) -> WebPage:
        """A page's text.

        Parameters
        ----------
        address
            Where it is.
        trusted
            Whom its server may lead to; else only to itself.

        Raises
        ------
        Unreachable
            If it cannot be had.
        Overdue
            If it takes too long.
        """
        self.begin(address)
        for attempt in range(self.attempts):
            try:
                with self.ask(address, trusted=trusted) as answer:
                    content = _page_of(answer, address)
                    charset = answer.headers.get_content_charset() or "utf-8"
                    return WebPage(answer.url, _decoded(content, charset))
            except BROKEN as error:
                if attempt + 1 == self.attempts:
                    raise Unreachable(
                        f"{address}: the connection broke off: {_plainly(error)}"
                    ) from None
                self.wait(attempt)
        raise AssertionError

    @contextmanager
    def ask(
        self,
        address: str,
        headers: Mapping[str, str] | None = None,
        trusted: Trusted | None = None,
    ) -> Iterator[Any]:
        """The answer of a server, open for reading; "not modified" is an answer too.

        Raises
        ------
        Unreachable
            If the address is none that may be asked for, or the server cannot be reached,
            refuses, stays busy, or sends what was not asked for.
        """
        trust = trusted or Trusted.of(address)
        if why := trust.why_not(address):
            raise Unreachable(f"{address}: {why}")
        sent = {"User-Agent": self._agent, "Accept-Encoding": "identity", **(headers or {})}
        request = Timed(plain_address(address) or address, headers=sent)
        request.trusted = trust
        answer = self._patiently(request)
        try:
            _check_encoding(answer, address)
            yield answer
        finally:
            answer.close()

    def _patiently(self, request: Timed) -> Any:
        for attempt in range(self.attempts):
            if self._asked:
                self._sleep(self._pause)
            self._asked = True
            last = attempt + 1 == self.attempts
            try:
                return self._opener.open(request, timeout=self._timeout)
            except urllib.error.HTTPError as error:
                if error.code in {304, 416}:
                    return error
                error.close()
                if error.code not in _PASSING or last:
                    raise Unreachable(_refusal(request.full_url, error)) from None
                self.wait(attempt, error.headers.get("Retry-After"))
            except urllib.error.URLError as error:
                reason = error.reason
                if not isinstance(reason, BROKEN) or _is_certificate(reason) or last:
                    raise Unreachable(
                        f"{request.full_url} cannot be reached: {_plainly(reason)}"
                    ) from None
                self.wait(attempt)
            except BROKEN as error:
                if last:
                    raise Unreachable(
                        f"{request.full_url}: no answer came: {_plainly(error)}"
                    ) from None
                self.wait(attempt)
        raise AssertionError

    def wait(self, attempt: int, said: str | None = None) -> None:
        """Wait before the next attempt: as long as the server said, or longer each time."""
        told = number(said)
        seconds = self._pause * 2**attempt if told is None else told
        self._sleep(min(seconds, _LONGEST_WAIT, self._deadline.left()))


def _is_certificate(reason: object) -> bool:
    """A certificate that is not trusted will not be so a second later."""
    return isinstance(reason, ssl.SSLCertVerificationError)


def _page_of(answer: Any, address: str) -> bytes:
    content = b""
    for chunk in body(answer):
        content += chunk
        if len(content) > PAGE_BYTES:
            raise Unreachable(f"{address}: this is no page: it has over {PAGE_BYTES:,} bytes")
    return content


def _check_encoding(answer: Any, address: str) -> None:
    """Refuse what comes compressed: it was not asked for, and unpacked it may have any size."""
    encoding = (answer.headers.get("Content-Encoding") or "identity").strip().lower()
    if encoding != "identity":
        raise Unreachable(f"{address}: it comes compressed ({encoding}), which was not asked for")


def _refusal(address: str, error: urllib.error.HTTPError) -> str:
    if 300 <= error.code < 400:
        return f"{address} leads in a circle, or nowhere (HTTP status {error.code})"
    said = {403: "access is refused", 404: "there is no such page", 410: "the page is gone"}
    return f"{address}: {said.get(error.code, error.reason)} (HTTP status {error.code})"


def _decoded(content: bytes, charset: str) -> str:
    """A page's text; a charset that no page has may be slow to read, and is passed over."""
    try:
        known = codecs.lookup(charset).name in _CHARSETS
    except (LookupError, ValueError):
        known = False
    return content.decode(charset if known else "utf-8", errors="replace")


_CHARSETS = frozenset(
    codecs.lookup(name).name
    for name in ("utf-8", "ascii", "latin-1", "iso8859-15", "cp1252", "utf-16", "utf-8-sig")
)


def _plainly(reason: object) -> str:
    """Why nothing came, without the numbers by which a system tells its faults apart."""
    if isinstance(reason, socket.gaierror):
        return "no machine of this name is known here; see to the address, and to the network"
    if isinstance(reason, OSError) and reason.strerror:
        return reason.strerror
    return str(reason) or type(reason).__name__
