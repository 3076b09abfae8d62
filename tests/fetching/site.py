"""A small web site on a real socket, shaped like the pages that publish monthly files."""

from __future__ import annotations

import re
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Resource:
    """What lies at a path, and how its server behaves.

    ``drops`` connections break off after half of what they should send, the first ``busy``
    requests are told to come later, and ``ranges`` says whether parts can be asked for.
    """

    body: bytes
    kind: str = "text/html; charset=utf-8"
    etag: str = '"1"'
    drops: int = 0
    busy: int = 0
    ranges: bool = True
    redirect: str = ""


@dataclass
class Site:
    """A site under ``address``; ``asked`` lists each request's path and the headers that matter."""

    address: str = ""
    resources: dict[str, Resource] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    def page(self, path: str, *links: str, words: str = "Download (CSV, 42KB)") -> str:
        """Put a page with links at a path; return its address."""
        items = "".join(f'<li><a href="{link}">{words}</a>' for link in links)
        text = f"<!doctype html><title>Statistics</title><ul>{items}</ul>"
        self.resources[path] = Resource(text.encode())
        return self.address + path

    def file(self, path: str, body: bytes, **more: Any) -> Resource:
        """Put a file at a path."""
        self.resources[path] = Resource(body, kind="text/csv", **more)
        return self.resources[path]

    def requests_of(self, path: str) -> list[dict[str, str]]:
        """The headers of each request of a path."""
        return [headers for asked, headers in self.asked if asked == path]


@contextmanager
def served() -> Iterator[Site]:
    """A running site."""
    site = Site()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            site.asked.append((self.path, {k.lower(): v for k, v in self.headers.items()}))
            _answer(self, site.resources.get(self.path))

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    site.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _answer(handler: BaseHTTPRequestHandler, resource: Resource | None) -> None:
    if resource is None:
        return _send(handler, 404, b"gone")
    if resource.busy:
        resource.busy -= 1
        return _send(handler, 503, b"busy", {"Retry-After": "7"})
    if resource.redirect:
        return _send(handler, 302, b"", {"Location": resource.redirect})
    headers = {"Content-Type": resource.kind, **({"ETag": resource.etag} if resource.etag else {})}
    if resource.etag and handler.headers.get("If-None-Match") == resource.etag:
        return _send(handler, 304, b"", headers)
    start = _start(handler, resource)
    if start:
        total = len(resource.body)
        headers["Content-Range"] = f"bytes {start}-{total - 1}/{total}"
    return _send(handler, 206 if start else 200, resource.body[start:], headers, resource)


def _start(handler: BaseHTTPRequestHandler, resource: Resource) -> int:
    asked = re.fullmatch(r"bytes=(\d+)-", handler.headers.get("Range") or "")
    same = handler.headers.get("If-Range") in {None, resource.etag}
    return int(asked[1]) if asked and same and resource.ranges else 0


def _send(
    handler: BaseHTTPRequestHandler,
    status: int,
    body: bytes,
    headers: dict[str, str] | None = None,
    resource: Resource | None = None,
) -> None:
    handler.send_response(status)
    for name, value in (headers or {}).items():
        handler.send_header(name, value)
    handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    if resource and resource.drops:
        resource.drops -= 1
        handler.wfile.write(body[: len(body) // 2])
        handler.wfile.flush()
        handler.connection.shutdown(socket.SHUT_RDWR)
        handler.close_connection = True
        return
    if status != 304:
        handler.wfile.write(body)
