"""Connections that end in time, whatever the server sends, and that follow no stray redirect."""

from __future__ import annotations

import http.client
import io
import re
import ssl
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from email.message import Message
from typing import IO, Any, cast
from urllib.parse import urljoin

from remit.fetching.addresses import Trusted, plain_address
from remit.model.errors import FetchError

_CHUNK = 1 << 16
_PEEK_SECONDS = 0.2
_NUMBER = re.compile(r"[0-9]{1,15}")


class Unreachable(FetchError):
    """An address that cannot be had; without a network, or because it is gone."""


class Cut(http.client.HTTPException):
    """The body is not as long as was announced."""


class Timed(urllib.request.Request):
    """A request that knows whom it may be led to."""

    trusted: Trusted


class _TimedBytes(io.RawIOBase):
    """What comes over a socket, each part of it only as long as there is time."""

    def __init__(self, raw: io.RawIOBase, sock: Any, left: Callable[[], float]) -> None:
        self._raw = raw
        self._sock = sock
        self._left = left
        self.patience = float(sock.gettimeout() or 30)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:
        self._sock.settimeout(min(self.patience, self._left()))
        return cast("int | None", self._raw.readinto(buffer))

    def close(self) -> None:
        self._raw.close()
        super().close()


class Answer(http.client.HTTPResponse):
    """An answer whose every byte must come in time."""

    _timed: _TimedBytes

    def hold_to(self, sock: Any, left: Callable[[], float]) -> None:
        """Read all that comes only as long as there is time."""
        self._timed = _TimedBytes(cast("Any", self.fp).detach(), sock, left)
        self.fp = io.BufferedReader(self._timed)

    def has_more(self) -> bool:
        """Whether there is more than was announced: a length that lies would cut a file."""
        if self.fp is None or self.chunked or self.length is None:
            return False
        self._timed.patience = _PEEK_SECONDS
        try:
            return bool(self.fp.peek(1))
        except (OSError, ValueError, FetchError):
            return False


def _response_class(left: Callable[[], float]) -> type[Answer]:
    class Held(Answer):
        def __init__(self, sock: Any, *args: Any, **more: Any) -> None:
            super().__init__(sock, *args, **more)
            self.hold_to(sock, left)

    return Held


class _Open(urllib.request.HTTPHandler):
    def __init__(self, left: Callable[[], float]) -> None:
        super().__init__()
        self._left = left

    def http_open(self, req: urllib.request.Request) -> http.client.HTTPResponse:
        return self.do_open(_connection(http.client.HTTPConnection, self._left), req)


class _Secure(urllib.request.HTTPSHandler):
    def __init__(self, left: Callable[[], float]) -> None:
        self._secure = ssl.create_default_context()
        super().__init__(context=self._secure)
        self._left = left

    def https_open(self, req: urllib.request.Request) -> http.client.HTTPResponse:
        made = _connection(http.client.HTTPSConnection, self._left)
        return self.do_open(made, req, context=self._secure)


def _connection(kind: Any, left: Callable[[], float]) -> Any:
    """Makes connections whose answers are held to the time that is left."""

    def make(host: str, **options: Any) -> Any:
        options["timeout"] = min(options.get("timeout") or 30.0, left())
        made = kind(host, **options)
        made.response_class = _response_class(left)
        return made

    return make


class _Redirects(urllib.request.HTTPRedirectHandler):
    """Follows redirects to where pages and files of the publication may lie, and nowhere else."""

    max_redirections = 5
    max_repeats = 2

    def http_error_302(
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: Message
    ) -> Any:
        """Follow a redirect, once it is clear that it leads to an address at all."""
        # What comes with a redirect is not read: it need not end.
        fp.close()
        said = headers.get("Location") or headers.get("URI")
        if said is not None:
            try:
                target = plain_address(urljoin(req.full_url, said))
            except ValueError:
                target = None
            if target is None:
                raise Unreachable(
                    f"{req.full_url} leads to {said[:200]!r}, which is no web address"
                )
            del headers["Location"], headers["URI"]
            headers["Location"] = target
        return super().http_error_302(req, fp, code, msg, headers)  # type: ignore[arg-type]

    http_error_301 = http_error_303 = http_error_307 = http_error_308 = http_error_302

    def redirect_request(  # noqa: PLR0917
        self,
        req: urllib.request.Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: Message,
        newurl: str,
    ) -> urllib.request.Request | None:
        assert isinstance(req, Timed)
        if why := req.trusted.why_not(newurl):
            raise Unreachable(f"{req.full_url} leads to {newurl}; refused: {why}")
        plain = super().redirect_request(req, fp, code, msg, headers, newurl)  # type: ignore[arg-type]
        if plain is None:
            return None
        led = Timed(plain.full_url, headers=plain.headers, unverifiable=True)
        led.trusted = req.trusted
        return led


def opener(left: Callable[[], float]) -> urllib.request.OpenerDirector:
    """Opens web addresses only: no files, no FTP, no cookies, and no passwords.

    Parameters
    ----------
    left
        Tells how many seconds are left, or raises what is to end it.
    """
    made = urllib.request.OpenerDirector()
    for handler in (
        urllib.request.ProxyHandler(),
        urllib.request.UnknownHandler(),
        _Open(left),
        _Secure(left),
        urllib.request.HTTPDefaultErrorHandler(),
        _Redirects(),
        urllib.request.HTTPErrorProcessor(),
    ):
        made.add_handler(handler)
    return made


def number(said: str | None) -> int | None:
    """A number of a header, or None where it is none; ``²`` is a digit to Python, and no number."""
    return int(said) if said and _NUMBER.fullmatch(said.strip()) else None


def body(answer: Answer) -> Iterator[bytes]:
    """The parts of a body as they come.

    Raises
    ------
    Cut
        If it ends before its announced end, or goes on after it.
    """
    announced, came = number(answer.headers.get("Content-Length")), 0
    while chunk := answer.read1(_CHUNK):
        came += len(chunk)
        yield chunk
    if announced is not None and came != announced:
        raise Cut(f"{came:,} of {announced:,} bytes came")
    if answer.has_more():
        raise Cut(f"more than the announced {came:,} bytes came")


def says_its_length(answer: Answer) -> bool:
    """Whether it would be noticed if the connection broke off."""
    return bool(answer.chunked) or number(answer.headers.get("Content-Length")) is not None
