"""Asking for pages and files: patiently, with certificates checked, never less safe than asked."""

from __future__ import annotations

import http.client
import ssl
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import Message
from importlib.metadata import version
from typing import IO, Any
from urllib.parse import urlsplit

from remit.model.errors import FetchError

PAGE_LIMIT = 20_000_000
"""A page of more bytes is none."""

_PASSING = {408, 425, 429, 500, 502, 503, 504}
_LONGEST_WAIT = 60.0

BROKEN = (http.client.HTTPException, ConnectionError, TimeoutError, ssl.SSLError)
"""What a connection that broke off looks like."""


class Unreachable(FetchError):
    """An address that cannot be had; without a network, or because it is gone."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page's text, and the address that it was found at in the end."""

    address: str
    text: str


class _SafeRedirects(urllib.request.HTTPRedirectHandler):
    """Follows redirects, but none from an encrypted address to an open one."""

    def redirect_request(  # noqa: PLR0917
        self,
        req: urllib.request.Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: Message,
        newurl: str,
    ) -> urllib.request.Request | None:
        if req.full_url.startswith("https:") and not newurl.startswith("https:"):
            raise Unreachable(f"{req.full_url} leads to {newurl}, which is not encrypted; refused")
        return super().redirect_request(req, fp, code, msg, headers, newurl)  # type: ignore[arg-type]


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
    sleep
        What waits; a test need not.
    """

    def __init__(
        self,
        *,
        timeout: float = 30,
        attempts: int = 4,
        pause: float = 1,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.attempts = attempts
        self._timeout = timeout
        self._pause = pause
        self._sleep = sleep
        self._asked = False
        secure = urllib.request.HTTPSHandler(context=ssl.create_default_context())
        self._opener = urllib.request.build_opener(secure, _SafeRedirects)
        self._agent = f"remit/{version('remit')} (reads published NHS statistics)"

    def page(self, address: str) -> Page:
        """A page's text.

        Raises
        ------
        Unreachable
            If it cannot be had.
        """
        for attempt in range(self.attempts):
            try:
                with self.ask(address) as answer:
                    content = answer.read(PAGE_LIMIT + 1)
                    charset = answer.headers.get_content_charset() or "utf-8"
                    break
            except BROKEN as error:
                if attempt + 1 == self.attempts:
                    raise Unreachable(f"{address}: the connection broke off: {error}") from None
                self.wait(attempt)
        if len(content) > PAGE_LIMIT:
            raise Unreachable(f"{address}: this is no page: it has over {PAGE_LIMIT:,} bytes")
        return Page(answer.url, _decoded(content, charset))

    @contextmanager
    def ask(self, address: str, headers: Mapping[str, str] | None = None) -> Iterator[Any]:
        """The answer of a server, open for reading; "not modified" is an answer too.

        Raises
        ------
        Unreachable
            If the server cannot be reached, refuses, or stays busy.
        """
        if urlsplit(address).scheme not in {"http", "https"}:
            raise Unreachable(f"{address}: this is no web address")
        sent = {"User-Agent": self._agent, "Accept-Encoding": "identity", **(headers or {})}
        answer = self._patiently(urllib.request.Request(address, headers=sent))  # noqa: S310
        try:
            yield answer
        finally:
            answer.close()

    def _patiently(self, request: urllib.request.Request) -> Any:
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
                    raise Unreachable(f"{request.full_url} cannot be reached: {reason}") from None
                self.wait(attempt)
            except BROKEN as error:
                if last:
                    raise Unreachable(f"{request.full_url}: no answer came: {error}") from None
                self.wait(attempt)
        raise AssertionError

    def wait(self, attempt: int, said: str | None = None) -> None:
        """Wait before the next attempt: as long as the server said, or longer each time."""
        seconds = float(said) if said and said.isdigit() else self._pause * 2**attempt
        self._sleep(min(seconds, _LONGEST_WAIT))


def _is_certificate(reason: object) -> bool:
    """A certificate that is not trusted will not be so a second later."""
    return isinstance(reason, ssl.SSLCertVerificationError)


def _refusal(address: str, error: urllib.error.HTTPError) -> str:
    said = {403: "access is refused", 404: "there is no such page", 410: "the page is gone"}
    return f"{address}: {said.get(error.code, error.reason)} (HTTP status {error.code})"


def _decoded(content: bytes, charset: str) -> str:
    try:
        return content.decode(charset, errors="replace")
    except LookupError:
        return content.decode("utf-8", errors="replace")
