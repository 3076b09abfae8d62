"""A server that answers as it is told to, byte by byte, on a real socket."""

from __future__ import annotations

import contextlib
import socket
import socketserver
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

Script = Callable[[socket.socket], None]


@dataclass
class RawSite:
    """Paths, each with what is sent when it is asked for; ``asked`` lists the requests' lines."""

    address: str = ""
    scripts: dict[str, Script] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    stopped: threading.Event = field(default_factory=threading.Event)

    def say(self, path: str, *parts: bytes) -> str:
        """Send these bytes, then close; return the address."""

        def script(client: socket.socket) -> None:
            for part in parts:
                client.sendall(part)

        self.scripts[path] = script
        return self.address + path

    def drip(self, path: str, first: bytes, again: bytes, pause: float = 0.05) -> str:
        """Send these bytes, and then some more for ever."""

        def script(client: socket.socket) -> None:
            client.sendall(first)
            while not self.stopped.is_set():
                client.sendall(again)
                self.stopped.wait(pause)

        self.scripts[path] = script
        return self.address + path


@contextmanager
def raw_site() -> Iterator[RawSite]:
    """A running site; all that it still sends ends with it."""
    site = RawSite()

    class Handler(socketserver.BaseRequestHandler):
        request: socket.socket

        def handle(self) -> None:
            head = b""
            self.request.settimeout(5)
            with contextlib.suppress(OSError):
                while b"\r\n\r\n" not in head and (came := self.request.recv(65_536)):
                    head += came
                line = head.split(b"\r\n", 1)[0].decode("latin-1")
                site.asked.append(line)
                path = line.split(" ")[1] if line.count(" ") == 2 else ""
                site.scripts.get(path, _gone)(self.request)

    class Server(socketserver.ThreadingTCPServer):
        daemon_threads = True
        block_on_close = False
        request_queue_size = 64

    with Server(("127.0.0.1", 0), Handler) as server:
        site.address = f"http://127.0.0.1:{server.server_address[1]}"
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        try:
            yield site
        finally:
            site.stopped.set()
            server.shutdown()
            thread.join()


def _gone(client: socket.socket) -> None:
    client.sendall(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")


def ok(body: bytes, *headers: str, length: str | None = "", status: str = "200 OK") -> bytes:
    """A whole answer; ``length`` says another length than the right one, None says none."""
    lines = [f"HTTP/1.1 {status}", "Connection: close", *headers]
    if length is not None:
        lines.append(f"Content-Length: {length or len(body)}")
    return "\r\n".join(lines).encode("utf-8") + b"\r\n\r\n" + body
