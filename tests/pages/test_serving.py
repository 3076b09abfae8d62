"""What is asked of a served site: which requests are answered, and how others are refused.

The attacks on it are in ``tests/hostile``; here is what each refusal is for.
"""

from __future__ import annotations

import http.client
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from remit.pages import SiteError
from remit.pages.frame.folders import MARKER
from remit.pages.serving import SiteServer, make_server
from remit.pages.serving.request import Refused, read_request

HOSTS = ("localhost", "127.0.0.1")


def head(line: str = "GET / HTTP/1.1", *headers: str, host: str = "localhost:8000") -> bytes:
    lines = [line, *([f"Host: {host}"] if host else []), *headers]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")


def test_a_page_is_asked_for_by_its_path() -> None:
    request = read_request(head("GET /2025-26-q4/trusts/ZA1.html?from=league HTTP/1.1"), HOSTS)
    assert (request.method, request.parts) == ("GET", ("2025-26-q4", "trusts", "ZA1.html"))
    assert read_request(head("HEAD /two%20words.html HTTP/1.0"), HOSTS).parts == ("two words.html",)


@pytest.mark.parametrize(
    ("request_head", "status", "why"),
    [
        (head("GET /" + "a" * 5_000 + " HTTP/1.1"), 414, "the address is too long"),
        (head("GET  / HTTP/1.1"), 400, "the first line is no request"),
        (head("GET / HTTP/2.0"), 505, "only HTTP/1.0 and HTTP/1.1 are spoken here"),
        (head("POST / HTTP/1.1"), 405, "pages are only read here: GET or HEAD"),
        (head("GET / HTTP/1.1", "Content-Length: 5"), 400, "a request to read a page has no body"),
        (head("GET / HTTP/1.1", *["X-A: b"] * 100), 431, "there are too many headers"),
        (head("GET / HTTP/1.1", " folded: line"), 400, "a header is malformed"),
        (head(host=""), 400, "there is not one host"),
        (head("GET / HTTP/1.1", "Host: localhost"), 400, "there is not one host"),
        (head(host="localhost:99999"), 400, "there is not one host"),
        (head(host="evil.example"), 421, "this site is not served under that host"),
        (head("GET http://localhost/ HTTP/1.1"), 400, "the address is no path"),
        (head("GET /a%2 HTTP/1.1"), 400, "an escape of the address is broken"),
        (head("GET /a//b.html HTTP/1.1"), 400, "a name of the address is blank"),
        (head("GET /.remit-site.json HTTP/1.1"), 404, "there is no such page"),
        (head("GET /con.html HTTP/1.1"), 404, "there is no such page"),
        (head("GET /%ff.html HTTP/1.1"), 400, "the address is not UTF-8"),
        (head("GET /../secret.html HTTP/1.1"), 400, "the address has what no name has"),
        (head("GET /" + "a" * 256 + " HTTP/1.1"), 404, "there is no such page"),
    ],
)
def test_a_request_that_is_not_answered_says_why(
    request_head: bytes, status: int, why: str
) -> None:
    with pytest.raises(Refused) as refused:
        read_request(request_head, HOSTS)
    assert (refused.value.status, refused.value.why) == (status, why)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("small")
    (folder / MARKER).write_text("{}")
    (folder / "sub").mkdir()
    (folder / "bare").mkdir()
    (folder / "index.html").write_text("<h1>A page</h1>")
    (folder / "sub" / "index.html").write_text("<h1>A folder</h1>")
    (folder / "picture.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    (folder / "notes.xyz").write_text("of no known type")
    return folder


@pytest.fixture(scope="module")
def server(small: Path) -> Iterator[SiteServer]:
    made = make_server(small, 0)
    thread = threading.Thread(target=made.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield made
    made.shutdown()
    thread.join()
    made.server_close()


def ask(server: SiteServer, path: str, method: str = "GET") -> tuple[http.client.HTTPResponse, str]:
    connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=30)
    connection.request(method, path)
    answer = connection.getresponse()
    body = answer.read().decode()
    connection.close()
    return answer, body


def test_a_folder_stands_for_its_first_page(server: SiteServer) -> None:
    answer, body = ask(server, "/sub/")
    assert (answer.status, body) == (200, "<h1>A folder</h1>")
    answer, _ = ask(server, "/sub")
    assert (answer.status, answer.headers["Location"]) == (301, "/sub/")
    answer, body = ask(server, "/bare/")
    assert (answer.status, body) == (404, "404 Not Found: there is no such page\n")


def test_a_head_has_the_length_and_no_body(server: SiteServer) -> None:
    answer, body = ask(server, "/index.html", "HEAD")
    assert (answer.status, answer.headers["Content-Length"], body) == (200, "15", "")
    answer, body = ask(server, "/none.html", "HEAD")
    assert (answer.status, body) == (404, "")


def test_what_is_no_page_is_saved_and_not_shown(server: SiteServer) -> None:
    answer, body = ask(server, "/notes.xyz")
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["Content-Disposition"] == "attachment; filename*=UTF-8''notes.xyz"
    assert body == "of no known type"


def test_a_picture_may_run_nothing(server: SiteServer) -> None:
    picture, _ = ask(server, "/picture.svg")
    assert "sandbox" in picture.headers["Content-Security-Policy"]
    page, _ = ask(server, "/index.html")
    assert "sandbox" not in page.headers["Content-Security-Policy"]


def test_another_method_is_told_those_there_are(
    server: SiteServer, capfd: pytest.CaptureFixture[str]
) -> None:
    answer, body = ask(server, "/index.html", "DELETE")
    assert (answer.status, answer.headers["Allow"]) == (405, "GET, HEAD")
    assert body.endswith("pages are only read here: GET or HEAD\n")
    assert "405 'DELETE /index.html HTTP/1.1'" in capfd.readouterr().err


@pytest.mark.parametrize(
    ("host", "said"),
    [
        (" ", "--host is blank"),
        ("no.such.host.invalid", "is no address and no known name"),
        ("a" * 64 + ".invalid", "is no address and no known name"),
    ],
)
def test_a_host_that_cannot_be_is_refused(small: Path, host: str, said: str) -> None:
    with pytest.raises(SiteError, match=said):
        make_server(small, 0, host)


def test_a_folder_that_is_no_site_and_a_port_that_is_taken(
    server: SiteServer, tmp_path: Path, small: Path
) -> None:
    with pytest.raises(SiteError, match="is no site that Remit wrote; make one with `remit site"):
        make_server(tmp_path, 0)
    with pytest.raises(SiteError, match=r"port \d+ cannot be used at 127.0.0.1 .*; name another"):
        make_server(small, server.server_port)


def test_others_are_told_addresses_and_a_name_of_this_machine(small: Path) -> None:
    everywhere = make_server(small, 0, "0.0.0.0")
    alone = make_server(small, 0, "localhost")
    try:
        links, said = everywhere.to_give_others()
        assert "0.0.0.0" not in links
        assert "--host NAME" in said
        assert alone.to_give_others()[0].startswith("For others: http://localhost:")
    finally:
        everywhere.server_close()
        alone.server_close()
