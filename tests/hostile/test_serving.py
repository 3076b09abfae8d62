"""Attacks on ``remit site serve``: raw requests, links, slow clients, other hosts."""

from __future__ import annotations

import os
import random
import re
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from remit.cli.run import run
from remit.pages.frame.folders import MARKER, SiteError
from remit.pages.serving import SiteServer, files, make_server
from remit.pages.serving import server as serving
from remit.pages.serving.files import TYPES
from tests.hostile.serving import INSIDE, SECRET, Answer, get, raw, served, small_site
from tests.hostile.tries import Tries

KIND = "serving"
ALWAYS = (
    "X-Content-Type-Options",
    "X-Frame-Options",
    "Referrer-Policy",
    "Cache-Control",
    "Content-Security-Policy",
    "Cross-Origin-Resource-Policy",
    "Cross-Origin-Opener-Policy",
)
posix = pytest.mark.skipif(os.name == "nt", reason="Windows has no such links for all users")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_site(tmp_path_factory.mktemp("hostile"))


@pytest.fixture(scope="module")
def server(site: Path) -> Iterator[SiteServer]:
    with served(site) as running:
        yield running


def checked(answer: Answer) -> Answer:
    """What holds of every answer, whatever was asked."""
    assert SECRET.encode() not in answer.body
    assert b"Traceback" not in answer.body
    assert all(name in answer.headers for name in ALWAYS)
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "no-store"
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
    return answer


# Paths -------------------------------------------------------------------------------------------

UPWARDS = ("..", "%2e%2e", "%2E.", ".%2e", "..%2f..", "..%5c..", "..\\..", "%2e%2e%2f", "%2e%2e%5c")
OVERLONG = (
    "%c0%ae%c0%ae",
    "%c0%af",
    "%e0%80%ae",
    "%c1%9c",
    "%f0%80%80%ae",
    "%ff",
    "%80",
    "%ed%a0%80",
)
BROKEN = ("%", "%2", "%zz", "%u002e", "%%32e", "a%", "%-1", "%0x", "%2 ", "%g0")
CONTROLS = tuple(f"%{number:02x}" for number in (*range(0x20), 0x7F))
FOREIGN = (
    "C:",
    "c:%5cwindows",
    "index.html:stream",
    "index.html::$DATA",
    "a%3ab",
    "a|b",
    "a*",
    "%3f",
    "%22",
    "%3c",
)
DEVICES = (
    "con",
    "CON.html",
    "nul",
    "NUL.txt",
    "aux.html",
    "prn",
    "com1",
    "COM9.css",
    "lpt1.js",
    "CONIN$",
    "com%C2%B9",
)
NO_PAGE = (
    ".remit-site.json", ".hidden", "index.html.", "index.html%20", "missing.html", "bare/",
    "x" * 255, "x" * 256, "index.html/", "index.html/x", "sub/index.html/..%20", "INDEX.HTMLX",
    "%7e", "~root", "sub/up%20",
)  # fmt: skip


UP = ("/{}/secret.html", "/sub/{}/{}/secret.html", "/{}", "/{}/{}/{}/etc/passwd", "//{}/")
AMISS = (
    "//index.html", "/sub//index.html", "///", "//localhost/", "/./index.html", "/sub/./",
    "index.html", "http://localhost/index.html", "*", "localhost:80", "?", "/#x", "http://evil/",
)  # fmt: skip
SHAPES: tuple[tuple[tuple[str, ...], tuple[str, ...], int], ...] = (
    (UPWARDS, UP, 400),
    ((*OVERLONG, *BROKEN), ("/{}", "/sub/{}/index.html"), 400),
    (CONTROLS, ("/{}", "/index.html{}", "/sub{}/index.html"), 400),
    (FOREIGN, ("/{}", "/sub/{}"), 400),
    (DEVICES, ("/{}", "/sub/{}", "/{}/index.html"), 404),
    (NO_PAGE, ("/{}",), 404),
    (AMISS, ("{}",), 400),
    (("a/" * 3000,), ("/{}",), 414),
    (("a/" * 2000,), ("/{}index.html",), 404),
    (("q" * 3000,), ("/index.html?{}",), 200),
)


def paths() -> Iterator[tuple[str, int]]:
    """A path and the status with which it is answered."""
    for parts, shapes, status in SHAPES:
        for part in parts:
            for shape in shapes:
                yield shape.replace("{}", part), status


def test_no_path_leads_out_of_the_folder(server: SiteServer, tries: Tries) -> None:
    for path, status in paths():
        with tries.attempt(KIND, f"path {path!r}", seconds=3):
            answer = checked(raw(server.server_port, get(path)))
            assert answer.status == status, (path, answer)


@posix
@pytest.mark.parametrize("by_folder", [True, False], ids=["by folder", "checked afterwards"])
def test_no_link_is_followed_and_nothing_but_files_is_read(
    server: SiteServer, tries: Tries, monkeypatch: pytest.MonkeyPatch, by_folder: bool
) -> None:
    """Both ways of opening: the one of most systems, and the one of Windows."""
    monkeypatch.setattr(files, "_BY_FOLDER", by_folder)
    if not by_folder:
        monkeypatch.setattr(files, "_FLAGS", files._FLAGS & ~os.O_NOFOLLOW)
    names = ["link", "relative", "within", "loop", "zero", "pipe"]
    below = ["linked/", "linked", "linked/secret.html", "sub/up/secret.html", "sub/up/", "sub/up"]
    for path in (*(f"{name}.html" for name in names), *below):
        with tries.attempt(KIND, f"link {path}", seconds=3):
            answer = checked(raw(server.server_port, get(f"/{path}")))
            assert answer.status == 404, (path, answer)
    for path, status in (("/", 200), ("/sub/", 200), ("/sub", 301), ("/bare/", 404)):
        assert raw(server.server_port, get(path)).status == status
    if os.geteuid():
        assert raw(server.server_port, get("/closed.html")).status == 404


@posix
def test_a_link_swapped_in_between_is_not_followed(tmp_path: Path, tries: Tries) -> None:
    site = small_site(tmp_path)
    folder, aside = site / "sub", site / "aside"
    stop = threading.Event()

    def swap() -> None:
        while not stop.is_set():
            folder.rename(aside)
            folder.symlink_to(tmp_path / "outside", target_is_directory=True)
            folder.unlink()
            aside.rename(folder)

    swapper = threading.Thread(target=swap)
    with served(site) as running:
        swapper.start()
        try:
            statuses = set()
            for number in range(60):
                with tries.attempt(KIND, f"swapped link {number}", seconds=3):
                    statuses.add(checked(raw(running.server_port, get("/sub/"))).status)
        finally:
            stop.set()
            swapper.join()
    assert statuses <= {200, 404}


# Heads -------------------------------------------------------------------------------------------

HOST = b"Host: localhost\r\n"
GOOD = b"GET / HTTP/1.1\r\n" + HOST
HEADS: tuple[tuple[str, bytes, set[int]], ...] = (
    ("no host", b"GET / HTTP/1.1\r\n\r\n", {400}),
    ("no host in 1.0", b"GET / HTTP/1.0\r\n\r\n", {400}),
    ("two hosts", GOOD + HOST + b"\r\n", {400}),
    ("two hosts in other cases", GOOD + b"hOST: evil.example\r\n\r\n", {400}),
    ("blank host", b"GET / HTTP/1.1\r\nHost:\r\n\r\n", {400}),
    ("no line", b"\r\n\r\n", {400}),
    ("no version", b"GET /\r\n" + HOST + b"\r\n", {400}),
    ("version 0.9", b"GET / HTTP/0.9\r\n" + HOST + b"\r\n", {505}),
    ("version 1.2", b"GET / HTTP/1.2\r\n" + HOST + b"\r\n", {505}),
    ("version 2.0", b"GET / HTTP/2.0\r\n" + HOST + b"\r\n", {505}),
    ("HTTP/2 preface", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", {400, 505}),
    ("TLS hello", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n", {400}),
    ("lower case version", b"GET / http/1.1\r\n" + HOST + b"\r\n", {400}),
    ("tab for a blank", b"GET\t/\tHTTP/1.1\r\n" + HOST + b"\r\n", {400}),
    ("two blanks", b"GET  / HTTP/1.1\r\n" + HOST + b"\r\n", {400}),
    ("blank in the path", b"GET /a b HTTP/1.1\r\n" + HOST + b"\r\n", {400}),
    ("blank before", b" GET / HTTP/1.1\r\n" + HOST + b"\r\n", {400}),
    ("raw NUL", b"GET /\x00 HTTP/1.1\r\n" + HOST + b"\r\n", {400}),
    ("raw ESC", b"GET /\x1b[2J HTTP/1.1\r\n" + HOST + b"\r\n", {400}),
    ("raw letters", "GET /é HTTP/1.1\r\n".encode() + HOST + b"\r\n", {400}),
    ("line feed in the path", b"GET /\nX HTTP/1.1\r\n" + HOST + b"\r\n", {400}),
    ("bare line feeds", b"GET / HTTP/1.1\nHost: localhost\n\n\r\n\r\n", {400}),
    ("bare carriage return", b"GET / HTTP/1.1\r\nHost: localhost\rX: y\r\n\r\n", {400}),
    ("folded header", GOOD + b"X: a\r\n b\r\n\r\n", {400}),
    ("blank before the colon", b"GET / HTTP/1.1\r\nHost : localhost\r\n\r\n", {400}),
    ("header without colon", GOOD + b"nothing\r\n\r\n", {400}),
    ("header without name", GOOD + b": x\r\n\r\n", {400}),
    ("NUL in a header", GOOD + b"X: a\x00b\r\n\r\n", {400}),
    ("a body", GOOD + b"Content-Length: 5\r\n\r\nhello", {400}),
    ("length below nothing", GOOD + b"Content-Length: -1\r\n\r\n", {400}),
    ("two lengths", GOOD + b"Content-Length: 0\r\nContent-Length: 5\r\n\r\nhello", {400}),
    ("chunks", GOOD + b"Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n", {400}),
    ("smuggled", GOOD + b"Content-Length: 0\r\n\r\n" + get("/secret.html", "evil.example"), {200}),
    ("101 headers", GOOD + b"X: y\r\n" * 101 + b"\r\n", {431}),
    ("a header of 20 KB", GOOD + b"X: " + b"y" * 20_000 + b"\r\n\r\n", {431}),
    ("a header of blanks", GOOD + b"X:" + b" " * 15_000 + b"\r\n\r\n", {200}),
    (
        "a line of 100 KB",
        b"GET /" + b"a" * 100_000 + b" HTTP/1.1\r\n" + HOST + b"\r\n",
        {414, 431, 0},
    ),
    ("an endless head", b"X: y\r\n" * 50_000, {431, 0}),
    ("empty method", b" / HTTP/1.1\r\n" + HOST + b"\r\n", {400}),
    ("long method", b"G" * 40 + b" / HTTP/1.1\r\n" + HOST + b"\r\n", {400}),
    ("ranges", GOOD + b"Range: bytes=0-0\r\n\r\n", {200}),
    ("many ranges", GOOD + b"Range: bytes=" + b"0-,1-," * 1000 + b"\r\n\r\n", {200}),
    ("absurd range", GOOD + b"Range: bytes=-99999999999999999999\r\n\r\n", {200}),
    ("upgrade", GOOD + b"Upgrade: h2c\r\nConnection: Upgrade\r\n\r\n", {200}),
    ("expect", GOOD + b"Expect: 100-continue\r\n\r\n", {200}),
)
OTHER_HOSTS = (
    "evil.example", "localhost.evil.example", "evil.example:8000", "127.0.0.1.nip.io", "localhost.",
    "127.1", "2130706433", "0x7f000001", "0177.0.0.1", "0.0.0.0", "0", "[::]", "[::ffff:127.0.0.1]",
    "127.0.0.2", "[::1%25lo]", "user@localhost", "localhost@evil.example",
    "localhost, evil.example",
    "localhost evil.example", "localhost:80:80", "localhost:99999", "localhost:x", "localhost:-1",
    "::1", "[::1", "localhost/", "http://localhost", "local\u00e9host", "*", "localhost\\evil",
)  # fmt: skip
OTHER_METHODS = [
    "POST",
    "PUT",
    "DELETE",
    "PATCH",
    "OPTIONS",
    "TRACE",
    "CONNECT",
    "PROPFIND",
    "get",
    "Get",
    "HEADS",
    "M-SEARCH",
    "LOCK",
    "MKCOL",
    "PURGE",
    "X",
]


def test_a_malformed_head_is_refused(server: SiteServer, tries: Tries) -> None:
    for name, head, statuses in HEADS:
        with tries.attempt(KIND, name, seconds=3):
            answer = raw(server.server_port, head)
            assert answer.status in statuses, (name, answer)
            if answer.status:
                checked(answer)
            if answer.status == 200:
                assert INSIDE.encode() in answer.body
                assert answer.body.count(b"HTTP/1.1") == 0


def test_other_hosts_are_refused(server: SiteServer, tries: Tries) -> None:
    for host in OTHER_HOSTS:
        with tries.attempt(KIND, f"host {host!r}", seconds=3):
            answer = checked(raw(server.server_port, get("/", host)))
            assert answer.status in {400, 421}, (host, answer)
            assert INSIDE.encode() not in answer.body
    for host in ("localhost", "LOCALHOST:1", "127.0.0.1", "127.0.0.1:8000", "[::1]", "[::1]:65535"):
        assert raw(server.server_port, get("/", host)).status == 200, host


def test_other_methods_are_refused(server: SiteServer, tries: Tries) -> None:
    for method in OTHER_METHODS:
        with tries.attempt(KIND, f"method {method}", seconds=3):
            answer = checked(raw(server.server_port, get("/", method=method)))
            assert answer.status == 405
            assert answer.headers["Allow"] == "GET, HEAD"


def test_mutated_requests_end_in_an_answer(server: SiteServer, tries: Tries) -> None:
    rng = random.Random(9)
    good = get("/sub/index.html?x=1")
    for number in range(150):
        head = bytearray(good)
        for _ in range(rng.randrange(1, 6)):
            at = rng.randrange(len(head))
            head[at : at + rng.randrange(3)] = rng.randbytes(rng.randrange(3))
        with tries.attempt(KIND, f"mutation {number}", seconds=3):
            answer = raw(server.server_port, bytes(head) + b"\r\n\r\n")
            assert answer.status in {200, 301, 400, 404, 405, 414, 421, 431, 505}, (head, answer)
            checked(answer)


# What is given -----------------------------------------------------------------------------------


def test_pages_are_given_with_their_type_and_nothing_is_listed(server: SiteServer) -> None:
    page = checked(raw(server.server_port, get("/")))
    assert (page.status, page.headers["Content-Type"]) == (200, TYPES[".html"])
    assert page.headers["Content-Length"] == str(len(page.body))
    only_head = checked(raw(server.server_port, get("/", method="HEAD")))
    assert (only_head.status, only_head.body) == (200, b"")
    assert only_head.headers["Content-Length"] == page.headers["Content-Length"]
    picture = checked(raw(server.server_port, get("/picture.svg")))
    assert "script-src" not in picture.headers["Content-Security-Policy"]
    assert "sandbox" in picture.headers["Content-Security-Policy"]
    other = checked(raw(server.server_port, get("/notes.xyz")))
    assert other.headers["Content-Disposition"].startswith("attachment")
    assert raw(server.server_port, get("/two%20words%20%C3%A9.html?a=%00")).status == 200
    moved = checked(raw(server.server_port, get("/sub")))
    assert (moved.status, moved.headers["Location"]) == (301, "/sub/")
    bare = checked(raw(server.server_port, get("/bare/")))
    assert bare.status == 404
    assert b"page.html" not in bare.body


def test_a_site_that_was_built_anew_is_served_anew(tmp_path: Path) -> None:
    site = small_site(tmp_path)
    with served(site) as running:
        site.rename(tmp_path / "old")
        site.mkdir()
        (site / "index.html").write_text("anew", encoding="utf-8")
        assert raw(running.server_port, get("/")).body == b"anew"


def test_a_file_that_grows_or_shrinks_meanwhile_is_not_told_wrong(tmp_path: Path) -> None:
    site = small_site(tmp_path)
    big = site / "big.html"
    big.write_bytes(b"x" * 30_000_000)
    with (
        served(site) as running,
        socket.create_connection(("127.0.0.1", running.server_port), timeout=8) as client,
    ):
        client.sendall(get("/big.html"))
        came = client.recv(1 << 16)
        with big.open("r+b") as file:
            file.truncate(20_000_000)
        while chunk := client.recv(1 << 20):
            came += chunk
        announced = b"Content-Length: 30000000" in came
        # Less than announced came, and the connection was closed: a browser tells it as broken.
        assert announced
        assert len(came) < 21_000_000


# Slow and many -----------------------------------------------------------------------------------


def test_idle_and_dripping_clients_do_not_keep_others_out(
    site: Path, tries: Tries, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(serving, "HEAD_SECONDS", 2.0)
    before = threading.active_count()
    with served(site) as running:
        place = ("127.0.0.1", running.server_port)
        idle = [socket.create_connection(place, timeout=8) for _ in range(200)]
        for one in idle[::2]:
            one.sendall(b"GET / HTTP/1.1\r\nHost: loc")
        with tries.attempt(KIND, "200 idle clients", seconds=2):
            assert raw(running.server_port, get("/")).status == 200
        assert threading.active_count() - before <= serving.MOST_CONNECTIONS + 20
        for one in idle:
            one.close()


def drip(client: socket.socket, head: bytes) -> None:
    for byte in head:
        client.sendall(bytes([byte]))
        time.sleep(0.1)


def test_a_head_that_drips_in_is_given_up(
    site: Path, tries: Tries, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(serving, "HEAD_SECONDS", 1.0)
    with (
        served(site) as running,
        socket.create_connection(("127.0.0.1", running.server_port), timeout=8) as client,
        tries.attempt(KIND, "a dripping head", seconds=4),
    ):
        begun = time.monotonic()
        # Each byte comes well within a second, and the whole would take 30.
        with pytest.raises(ConnectionError):
            drip(client, b"GET / HTTP/1.1\r\nX: " + b"y" * 300)
        assert 0.5 < time.monotonic() - begun < 3.5


def test_an_answer_that_nobody_takes_is_given_up(
    tmp_path: Path, tries: Tries, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(serving, "ANSWER_SECONDS", 1.0)
    site = small_site(tmp_path)
    (site / "big.html").write_bytes(b"x" * 40_000_000)
    before = threading.active_count()
    with (
        served(site) as running,
        socket.create_connection(("127.0.0.1", running.server_port), timeout=8) as client,
        tries.attempt(KIND, "an answer that is not taken", seconds=6),
    ):
        client.sendall(get("/big.html"))
        for _ in range(100):
            time.sleep(0.05)
            if threading.active_count() <= before + 1:
                break
        assert threading.active_count() <= before + 1


def test_clients_that_break_off_leave_nothing(server: SiteServer, tries: Tries) -> None:
    for number in range(40):
        with tries.attempt(KIND, f"broken off {number}", seconds=3):
            client = socket.create_connection(("127.0.0.1", server.server_port), timeout=8)
            client.setsockopt(
                socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\x00\x00\x00\x00\x00\x00\x00"
            )
            client.sendall(get("/")[: number + 1])
            client.close()
    assert raw(server.server_port, get("/")).status == 200


# What is told ------------------------------------------------------------------------------------


def test_nothing_raw_reaches_the_terminal(
    server: SiteServer, capfd: pytest.CaptureFixture[str], tries: Tries
) -> None:
    with tries.attempt(KIND, "ESC to the terminal", seconds=3):
        raw(server.server_port, b"GET /\x1b]0;title\x07\x9b2J\x00 HTTP/1.1\r\nHost: x\r\n\r\n")
        raw(server.server_port, get("/%1b[2J/" + "a" * 900))
        said = capfd.readouterr().err
        assert "400" in said
        assert "b'" not in said, "no speech of Python's"
        assert all(32 <= ord(one) < 127 or one == "\n" for one in said)
        assert max(map(len, said.splitlines())) < 400


def test_a_fault_of_our_own_is_told_in_a_line_and_not_to_the_client(
    site: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("a fault\x1b[2J")

    monkeypatch.setattr(serving, "read_request", fail)
    with served(site) as running:
        answer = raw(running.server_port, get("/"))
    assert answer.status == 500
    assert b"RuntimeError" not in answer.body
    said = capfd.readouterr().err
    assert "RuntimeError" in said
    assert "Traceback" not in said
    assert "\x1b" not in said


@pytest.mark.parametrize(
    "host", ["", " ", "no.such.host.invalid", "256.1.1.1", "a" * 300, "é\x00", "..", "203.0.113.9"]
)
def test_a_host_that_is_none_is_told(
    site: Path, host: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["site", "serve", str(site), "--no-browser", "--port", "0", "--host", host]) == 2
    assert "Traceback" not in capsys.readouterr().err


def test_a_link_to_a_site_is_served_and_a_folder_without_mark_is_not(tmp_path: Path) -> None:
    site = small_site(tmp_path)
    if os.name != "nt":
        (tmp_path / "alias").symlink_to(site, target_is_directory=True)
        with served(tmp_path / "alias") as running:
            assert raw(running.server_port, get("/")).status == 200
    (site / MARKER).unlink()
    with pytest.raises(SiteError, match="no site that Remit wrote"):
        make_server(site, 0)


def _serve(site: Path, *more: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "remit", "site", "serve", str(site), "--no-browser", *more]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


@posix
def test_a_whole_server_warns_serves_and_ends_by_ctrl_c(site: Path, tries: Tries) -> None:
    process = _serve(site, "--port", "0", "--host", "0.0.0.0")
    try:
        assert process.stdout is not None
        assert process.stderr is not None
        said = process.stdout.readline()
        port = int(said.split("/ ")[0].rsplit(":", 1)[1])
        assert "Everybody who reaches this machine" in process.stderr.readline()
        with tries.attempt(KIND, "a whole server", seconds=5):
            assert raw(port, get("/", f"127.0.0.1:{port}")).status == 200
            assert raw(port, get("/", "evil.example")).status == 421
        told = process.stderr.readline()
        for link in re.findall(r"http://[\d.]+:\d+/", told):
            with urllib.request.urlopen(link, timeout=5) as answer:
                assert answer.status == 200, "what is told to others is answered"
        assert told.startswith("For others: ")
        assert "421" in process.stderr.readline()
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=10)
    finally:
        process.kill()
    assert process.returncode == 0
    assert out.strip() == "Stopped."
    assert "Traceback" not in err
