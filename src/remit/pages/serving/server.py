"""The server: one request a connection, each within its time, and no more than it can bear."""

from __future__ import annotations

import contextlib
import ipaddress
import os
import socket
import socketserver
import sys
import threading
import time
from email.utils import formatdate
from http import HTTPStatus
from pathlib import Path
from urllib.parse import quote

from remit.pages.frame.folders import MARKER, SiteError
from remit.pages.serving.files import Moved, Opened, open_file
from remit.pages.serving.request import (
    HEAD_BYTES,
    METHODS,
    Refused,
    Request,
    hosts_of,
    is_loopback,
    read_request,
)

HEAD_SECONDS = 5.0
"""From the connection to the end of the request's head; however it drips in."""

ANSWER_SECONDS = 60.0
"""From then to the end of the answer; however slowly it is taken."""

MOST_CONNECTIONS = 64
"""At once; one more ends the oldest, since a page is answered long before it is the oldest."""

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
"""The pages have scripts, styles and pictures in files of their own and need nothing else."""

PICTURE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox"
"""A picture by itself has its styles within, and no script."""

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    # A plan names who asked what of whom: no copy is left in the browser. And a site that was
    # built anew is seen at once.
    "Cache-Control": "no-store",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Accept-Ranges": "none",
    "Connection": "close",
}

_CHUNK = 1 << 16
_TOLD_BYTES = 200


class SiteServer(socketserver.ThreadingTCPServer):
    """Serves the files of one folder, read only.

    Parameters
    ----------
    folder
        The folder of a site.
    host, port
        Where to listen; port 0 takes any that is free.
    """

    daemon_threads = True
    block_on_close = False
    request_queue_size = 128
    # Elsewhere it lets a server that has just stopped start again; on Windows it would let two
    # servers share a port, and neither would know.
    allow_reuse_address = os.name != "nt"

    def __init__(self, folder: Path, host: str, port: int) -> None:
        family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        self.address_family = family
        self.folder = folder.resolve(strict=True)
        self.named = host
        self._open: dict[socket.socket, None] = {}
        self._lock = threading.Lock()
        super().__init__((str(address[0]), int(address[1])), _Connection)

    @property
    def server_port(self) -> int:
        """The port that it listens to."""
        return int(self.server_address[1])

    @property
    def url(self) -> str:
        """Where the site is looked at."""
        host = str(self.server_address[0])
        return f"http://{f'[{host}]' if ':' in host else host}:{self.server_port}/"

    def to_give_others(self) -> list[str]:
        """What to tell those who are to look at the site from another machine."""
        bound = ipaddress.ip_address(str(self.server_address[0]).partition("%")[0])
        found = _own_addresses() if bound.is_unspecified else [str(bound)]
        hosts = [f"[{one}]" if ":" in one else one for one in found if not is_loopback(one)]
        if not bound.is_unspecified and self.named.lower() not in {
            one.strip("[]") for one in hosts
        }:
            hosts.append(self.named)
        links = ", ".join(f"http://{host}:{self.server_port}/" for host in hosts)
        return [
            f"For others: {links or 'the address of this machine, which could not be found out'}",
            "It answers under addresses of this machine and under the name after --host; to a "
            "request for another name it gives 421. To serve it under a name, give --host NAME",
        ]

    def process_request(self, request: object, client_address: object) -> None:
        """Take a connection; where there are too many, end the oldest."""
        assert isinstance(request, socket.socket)
        with self._lock:
            self._open[request] = None
            oldest = next(iter(self._open)) if len(self._open) > MOST_CONNECTIONS else None
            if oldest is not None:
                del self._open[oldest]
        if oldest is not None:
            with contextlib.suppress(OSError):
                oldest.shutdown(socket.SHUT_RDWR)
        super().process_request(request, client_address)

    def shutdown_request(self, request: object) -> None:
        """Close a connection."""
        assert isinstance(request, socket.socket)
        with self._lock:
            self._open.pop(request, None)
        super().shutdown_request(request)

    def handle_error(self, request: object, client_address: object) -> None:  # noqa: ARG002
        """Say in a line what went wrong; a client that went away is no fault."""
        error = sys.exception()
        if not isinstance(error, OSError):
            _tell(f"a request could not be answered: {type(error).__name__}: {error}")


class _Connection(socketserver.BaseRequestHandler):
    """One connection: a head is read, an answer is given, and that is all."""

    request: socket.socket
    server: SiteServer
    _begun = False
    """Whether the answer has begun: then no other can be given."""

    def handle(self) -> None:
        head = self._head()
        if not head:
            return
        deadline = time.monotonic() + ANSWER_SECONDS
        try:
            self._answer(head, deadline)
        except Refused as refused:
            line = head.split(b"\r\n", 1)[0][:_TOLD_BYTES].decode("latin-1")
            _tell(f"{self.client_address[0]} {refused.status} {line!a}: {refused.why}")
            self._refuse(refused, deadline, head_only=head.startswith(b"HEAD "))
        except OSError:
            raise
        except Exception as error:
            _tell(f"a request could not be answered: {type(error).__name__}: {error}")
            if not self._begun:
                self._refuse(Refused(500, "the page cannot be given"), deadline, head_only=False)
        self._let_go()

    def _head(self) -> bytes:
        """The head of the request; blank where none came in time."""
        deadline = time.monotonic() + HEAD_SECONDS
        head = b""
        while b"\r\n\r\n" not in head:
            left = deadline - time.monotonic()
            if left <= 0 or len(head) > HEAD_BYTES:
                break
            self.request.settimeout(left)
            try:
                came = self.request.recv(HEAD_BYTES)
            except TimeoutError:
                break
            if not came:
                return b""
            head += came
        return head

    def _answer(self, head: bytes, deadline: float) -> None:
        end = head.find(b"\r\n\r\n")
        if end > HEAD_BYTES or (end < 0 and len(head) > HEAD_BYTES):
            raise Refused(431, "the request is too long")
        if end < 0:
            raise Refused(408, "the request did not come in time")
        bound = str(self.request.getsockname()[0])
        request = read_request(head[: end + 4], hosts_of(self.server.named, bound))
        try:
            opened = open_file(self.server.folder, request.parts)
        except Moved:
            self._send_head(301, {"Location": _slashed(request), "Content-Length": "0"}, deadline)
            return
        with opened.file:
            self._send_file(opened, request, deadline)

    def _send_file(self, opened: Opened, request: Request, deadline: float) -> None:
        headers = {"Content-Length": str(opened.size)}
        if opened.type is None:
            headers["Content-Type"] = "application/octet-stream"
            headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(opened.name)}"
        else:
            headers["Content-Type"] = opened.type
        svg = opened.name.lower().endswith(".svg")
        self._send_head(200, headers, deadline, PICTURE_POLICY if svg else POLICY)
        left = opened.size if request.method == "GET" else 0
        # A file that grows meanwhile is not sent beyond what was announced.
        while left and (chunk := opened.file.read(min(_CHUNK, left))):
            self._send(chunk, deadline)
            left -= len(chunk)

    def _refuse(self, refused: Refused, deadline: float, *, head_only: bool) -> None:
        phrase = HTTPStatus(refused.status).phrase
        body = f"{refused.status} {phrase}: {refused.why}\n".encode()
        headers = {"Content-Type": "text/plain; charset=utf-8", "Content-Length": str(len(body))}
        if refused.status == 405:
            headers["Allow"] = ", ".join(METHODS)
        self._send_head(refused.status, headers, deadline)
        if not head_only:
            self._send(body, deadline)

    def _send_head(
        self, status: int, headers: dict[str, str], deadline: float, policy: str = POLICY
    ) -> None:
        every = {
            "Date": formatdate(usegmt=True),
            **headers,
            "Content-Security-Policy": policy,
            **HEADERS,
        }
        lines = [f"HTTP/1.1 {status} {HTTPStatus(status).phrase}"]
        lines += [f"{name}: {value}" for name, value in every.items()]
        self._begun = True
        self._send(("\r\n".join(lines) + "\r\n\r\n").encode("latin-1"), deadline)

    def _send(self, content: bytes, deadline: float) -> None:
        left = deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError
        self.request.settimeout(left)
        self.request.sendall(content)

    def _let_go(self) -> None:
        """Let the client read the end: bytes that nobody took would cut the answer off."""
        with contextlib.suppress(OSError):
            self.request.shutdown(socket.SHUT_WR)
            self.request.settimeout(0.5)
            for _ in range(_LAST_READS):
                if not self.request.recv(_CHUNK):
                    break


_LAST_READS = 16


def _slashed(request: Request) -> str:
    """The address of a folder; its path has one slash at the start, so it leads nowhere else."""
    return "/" + "/".join(map(quote, request.parts)) + "/"


def _tell(line: str) -> None:
    """A line on the error stream; what a stranger sent is written in ASCII without controls."""
    safe = "".join(one if one.isprintable() else repr(one)[1:-1] for one in line)
    with contextlib.suppress(OSError, ValueError):
        sys.stderr.write(safe.encode("ascii", "backslashreplace").decode() + "\n")
        sys.stderr.flush()


def _own_addresses() -> list[str]:
    """The addresses of this machine, as far as it knows them; nothing is sent to find them."""
    found: dict[str, None] = {}
    for family, far in ((socket.AF_INET, "192.0.2.1"), (socket.AF_INET6, "2001:db8::1")):
        with contextlib.suppress(OSError), socket.socket(family, socket.SOCK_DGRAM) as probe:
            probe.connect((far, 9))  # a datagram's socket only looks up the way
            found[str(probe.getsockname()[0])] = None
    with contextlib.suppress(OSError, UnicodeError):
        for *_, address in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET):
            found[str(address[0])] = None
    return list(found)


def make_server(folder: Path, port: int, host: str = "127.0.0.1") -> SiteServer:
    """A server of a site's folder; without ``host`` for this machine alone.

    Raises
    ------
    SiteError
        If the folder is no site, or if the port is taken or the host is not of this machine.
    """
    if not (folder / MARKER).is_file():
        raise SiteError(
            f"{folder} is no site that Remit wrote; make one with `remit site build --out {folder}`"
        )
    if not host.strip():
        raise SiteError("--host is blank; leave it out, or name an address of this machine")
    try:
        return SiteServer(folder, host, port)
    except socket.gaierror:
        raise SiteError(f"--host {host!r} is no address and no known name") from None
    except UnicodeError:
        raise SiteError(f"--host {host!r} is no address and no known name") from None
    except OSError as error:
        raise SiteError(
            f"port {port} cannot be used at {host} ({error.strerror}); name another with --port, "
            "or 0 for any that is free"
        ) from None
