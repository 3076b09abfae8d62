"""A small site with a secret beside it, a server of it, and raw requests."""

from __future__ import annotations

import os
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from remit.pages.frame.folders import MARKER
from remit.pages.serving import SiteServer, make_server

SECRET = "kept-outside-of-the-site"
INSIDE = "kept-inside-of-the-site"


def small_site(folder: Path) -> Path:
    """A site with pages, a folder without index, and links that lead out of it."""
    site = folder / "site"
    outside = folder / "outside"
    for one in (site / "sub", site / "bare", outside):
        one.mkdir(parents=True)
    (site / MARKER).write_text("{}", encoding="utf-8")
    (site / "index.html").write_text(f"<h1>{INSIDE}</h1>", encoding="utf-8")
    (site / "sub" / "index.html").write_text("<h1>a folder's page</h1>", encoding="utf-8")
    (site / "bare" / "page.html").write_text("<h1>a page</h1>", encoding="utf-8")
    (site / "picture.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>", encoding="utf-8")
    (site / "notes.xyz").write_text("of no known type", encoding="utf-8")
    (site / "two words é.html").write_text("<h1>two words</h1>", encoding="utf-8")
    (outside / "secret.html").write_text(SECRET, encoding="utf-8")
    (outside / "index.html").write_text(SECRET, encoding="utf-8")
    (folder / "secret.html").write_text(SECRET, encoding="utf-8")
    links(site, outside)
    return site


def links(site: Path, outside: Path) -> None:
    """Links and other things that are no files; where the system has none, none."""
    if os.name == "nt":
        return
    (site / "link.html").symlink_to(outside / "secret.html")
    (site / "relative.html").symlink_to("../secret.html")
    (site / "linked").symlink_to(outside, target_is_directory=True)
    (site / "within.html").symlink_to(site / "index.html")
    (site / "loop.html").symlink_to(site / "loop.html")
    (site / "sub" / "up").symlink_to("../..", target_is_directory=True)
    (site / "zero.html").symlink_to("/dev/zero")
    os.mkfifo(site / "pipe.html")
    (site / "closed.html").write_text(SECRET, encoding="utf-8")
    if os.geteuid():
        (site / "closed.html").chmod(0)


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back; status 0 where the connection was closed without a word."""

    status: int
    headers: dict[str, str]
    body: bytes


@contextmanager
def served(site: Path) -> Iterator[SiteServer]:
    """A server that runs."""
    server = make_server(site, 0)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def raw(port: int, request: bytes, *, end: bool = False) -> Answer:
    """Send bytes as they are and read to the end."""
    with socket.create_connection(("127.0.0.1", port), timeout=8) as client:
        came = b""
        try:
            client.sendall(request)
            if end:
                client.shutdown(socket.SHUT_WR)
            while chunk := client.recv(1 << 16):
                came += chunk
        except ConnectionError:
            pass
    return parsed(came)


def parsed(came: bytes) -> Answer:
    head, _, body = came.partition(b"\r\n\r\n")
    if not head:
        return Answer(0, {}, b"")
    first, *lines = head.decode("latin-1").split("\r\n")
    headers = dict(line.split(": ", 1) for line in lines)
    return Answer(int(first.split()[1]), headers, body)


def get(path: str, host: str = "localhost", method: str = "GET") -> bytes:
    """A plain request."""
    return f"{method} {path} HTTP/1.1\r\nHost: {host}\r\n\r\n".encode("latin-1")
