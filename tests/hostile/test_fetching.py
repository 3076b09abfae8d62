"""Attacks on ``remit fetch``: servers, pages and folders that are not as they should be."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from remit.catalogue import load_metrics
from remit.fetching import Fetched, FoundFile, Limits, Web, fetch, find
from remit.fetching.addresses import Trusted
from remit.fetching.page import links_of
from remit.model.period import month
from remit.publications.rows.reading import ReadingContext
from remit.register import load_register
from tests.fetching.published import PUBLICATION, ae, ae_file
from tests.hostile.tries import Tries
from tests.hostile.web import RawSite, ok, raw_site

KIND = "fetching"
GOOD = ae_file("JUNE-2025")
NAME = "Monthly-AE-June-2025.csv"
CSV = "Content-Type: text/csv"
CONTEXT = ReadingContext(load_register(), load_metrics())


@pytest.fixture
def site() -> Iterator[RawSite]:
    with raw_site() as running:
        yield running


@pytest.fixture
def other() -> Iterator[RawSite]:
    """Another service of this machine, which nobody is to be led to."""
    with raw_site() as running:
        running.say("/secret.csv", ok(GOOD, CSV))
        running.say("/", ok(b"<a href=/secret.csv>x</a>", "Content-Type: text/html"))
        yield running


def web(**limits: float) -> Web:
    """Asks twice without waiting; takes 100 KB and 3 s at most."""
    given = {"file_bytes": 100_000, "free_bytes": 1_000, "address_seconds": 3, "run_seconds": 6}
    return Web(
        timeout=2,
        attempts=2,
        pause=0,
        limits=Limits(**{**given, **limits}),  # type: ignore[arg-type]
        sleep=lambda _: None,
    )


def taken(address: str, folder: Path, name: str = NAME, **limits: float) -> Fetched:
    file = FoundFile(address, name, address, month(2025, 6))
    return fetch(file, PUBLICATION, folder, web=web(**limits), context=CONTEXT)


def left(folder: Path) -> list[str]:
    """What lies in a folder, save what a broken download may go on from."""
    names = (path.name for path in folder.rglob("*"))
    return sorted(name for name in names if not name.endswith((".part", ".part.json")))


# Redirects and links -----------------------------------------------------------------------------

ASTRAY = (
    "{other}/secret.csv", "//127.0.0.1:{port}/secret.csv", "http://localhost:{port}/secret.csv",
    "http://[::1]:{port}/secret.csv", "http://127.1:{port}/secret.csv",
    "http://2130706433:{port}/secret.csv", "http://0x7f000001:{port}/secret.csv",
    "http://0177.0.0.1:{port}/secret.csv", "http://0:{port}/secret.csv",
    "http://[::ffff:127.0.0.1]:{port}/secret.csv", "https://127.0.0.1:{port}/secret.csv",
    "http://u@127.0.0.1:{port}/secret.csv", "http://u:p@127.0.0.1:{port}/secret.csv",
    "{site}@127.0.0.1:{port}/secret.csv", "http://127.0.0.1:{port}#@{bare}/secret.csv",
    "http://127.0.0.1:{port}\\@{bare}/secret.csv", "HTTP://127.0.0.1:{port}/secret.csv",
    "http:\\\\127.0.0.1:{port}\\secret.csv", "http://127.0.0.1:{port}/../secret.csv",
    "file:///etc/passwd", "FILE:///etc/passwd", "file://localhost/etc/passwd", "ftp://127.0.0.1/x",
    "data:text/csv,a", "javascript:alert(1)", "gopher://127.0.0.1/x", "jar:http://x!/y", "about:x",
    "http://169.254.169.254/latest", "https://169.254.169.254/latest", "https://10.0.0.1/x",
    "https://[fe80::1]/x", "https://[fe80::1%25eth0]/x", "https://evil.example/x.csv",
    "http://www.england.nhs.uk/x.csv", "https://www.england.nhs.uk.evil.example/x.csv",
    "https://evil.example/?www.england.nhs.uk", "https://127.0.0.1.nip.io/x", "https://localhost/x",
    "https://intranet/x", "https://www.england.nhs.uk:22/x", "https://www.england.nhs.uk:99999/x",
    "https://www.england.nhs.uk:x/", "https://ｗｗｗ.evil.example/x", "http://[bad/x", "http:///x",
    "http://", "https://.../x", "https://a b/x", "https://evil.example\x00/x", "\x1b]0;x\x07",
    "http://127.0.0.1:0{port}x/secret.csv", "https://xn--a/x", "https://evil%2eexample/x",
)  # fmt: skip


def astray(site: RawSite, other: RawSite) -> Iterator[str]:
    port = other.address.rsplit(":", 1)[1]
    bare = site.address.removeprefix("http://")
    for one in ASTRAY:
        yield one.format(other=other.address, site=site.address, port=port, bare=bare)


def test_a_redirect_leads_to_no_other_host(
    site: RawSite, other: RawSite, tmp_path: Path, tries: Tries
) -> None:
    for number, target in enumerate(astray(site, other)):
        status = ("301 Moved", "302 Found", "303 See", "307 Temporary", "308 Permanent")[number % 5]
        moved = ok(b"", f"Location: {target}", status=status)
        address = site.say(f"/{number}.csv", moved)
        with tries.attempt(KIND, f"redirect to {target!r}", seconds=5) as refusal:
            taken(address, tmp_path / "files")
        assert refusal, target
        assert left(tmp_path / "files") == []
    assert other.asked == []


def test_a_page_leads_to_no_other_host(site: RawSite, other: RawSite, tries: Tries) -> None:
    year = "ae-attendances-and-emergency-admissions-2024-25"
    for target in astray(site, other):
        link = target.replace("secret.csv", NAME).replace("x.csv", NAME)
        html = f'<a href="{link}">x</a><a href="{target}/{year}">{year}</a><a href="/{NAME}">y</a>'
        address = site.say("/landing", ok(html.encode(), "Content-Type: text/html; charset=utf-8"))
        with tries.attempt(KIND, f"link to {target!r}", seconds=5) as refusal:
            found = find(ae(address), web())
            assert all(file.address.startswith(f"{site.address}/") for file in found.files)
        assert not refusal or "no such page" in str(refusal[0])
    assert other.asked == []


def test_redirects_end(site: RawSite, tmp_path: Path, tries: Tries) -> None:
    def moved(to: str) -> bytes:
        return ok(b"", f"Location: {to}", status="302 Found")

    site.say("/self", moved("/self"))
    site.say("/a", moved("/b"))
    site.say("/b", moved("/a"))
    site.say("/none", ok(b"", status="302 Found"))
    site.say("/blank", moved(""))
    site.say("/long", moved("/" + "x" * 60_000))
    site.drip("/body", moved("/c").replace(b"Content-Length: 0\r\n", b""), b"x" * 60_000, 0)
    site.say("/c", moved("/self"))
    for number in range(60):
        site.say(f"/chain{number}", moved(f"/chain{number + 1}"))
    for path in ("self", "a", "none", "blank", "long", "body", "chain0"):
        before = len(site.asked)
        with tries.attempt(KIND, f"redirects: {path}", seconds=5) as refusal:
            taken(f"{site.address}/{path}", tmp_path / "files")
        assert refusal
        assert len(site.asked) - before <= 14
    assert left(tmp_path / "files") == []


def test_what_is_trusted() -> None:
    trusted = Trusted.of("https://www.england.nhs.uk/x", ["Files.digital.nhs.uk"])
    for good in (
        "https://www.england.nhs.uk/a.csv",
        "https://WWW.england.nhs.uk:443/a.csv",
        "https://files.digital.nhs.uk/b.csv?x=@",
    ):
        assert trusted.why_not(good) == ""
    local = Trusted.of("http://127.0.0.1:8123/x")
    assert local.why_not("http://127.0.0.1:8123/y") == ""
    assert local.why_not("http://127.0.0.1:8124/y")
    # A page on the internet leads to nothing of this machine, and an open page to nothing at all.
    assert trusted.why_not("http://127.0.0.1:8123/x")
    assert Trusted.of("http://www.england.nhs.uk/x").why_not("http://www.england.nhs.uk/x")
    assert Trusted.of("https://10.1.2.3/x").why_not("https://10.1.2.3/x")


# Bodies ------------------------------------------------------------------------------------------

HALF = GOOD[: len(GOOD) // 2]
CHUNKED = "Transfer-Encoding: chunked"
END = b"0\r\n\r\n"
PART = "206 P"
RANGE = "Content-Range: bytes"


def chunk(content: bytes) -> bytes:
    return f"{len(content):x}\r\n".encode() + content + b"\r\n"


BODIES: tuple[tuple[str, bytes], ...] = (
    ("shorter than announced", ok(HALF, CSV, length=str(len(GOOD)))),
    ("longer than announced", ok(GOOD, CSV, length=str(len(HALF)))),
    ("longer by a byte", ok(GOOD + b"x", CSV, length=str(len(GOOD)))),
    ("no length", ok(GOOD, CSV, length=None)),
    ("length of nonsense", ok(GOOD, CSV, length="five")),
    ("length of a superscript", ok(GOOD, CSV, length="²")),
    ("length of other digits", ok(GOOD, CSV, length="٣٤")),
    ("length of 5,000 digits", ok(GOOD, CSV, length="9" * 5_000)),
    ("length below nothing", ok(GOOD, CSV, length="-5")),
    ("length with a sign", ok(GOOD, CSV, length=f"+{len(GOOD)}")),
    ("length in hex", ok(GOOD, CSV, length=hex(len(GOOD)))),
    ("length twice", ok(GOOD, CSV, f"Content-Length: {len(HALF)}")),
    ("length of a terabyte", ok(GOOD, CSV, length="1000000000000")),
    ("length of over the limit", ok(b"x" * 100_001, CSV)),
    ("over the limit in chunks", ok(chunk(b"x" * 60_000) * 2 + END, CSV, CHUNKED, length=None)),
    ("chunks that break off", ok(chunk(HALF), CSV, CHUNKED, length=None)),
    ("a chunk that breaks off", ok(b"ffff\r\n" + HALF, CSV, CHUNKED, length=None)),
    ("a chunk of nonsense", ok(b"zz\r\n" + HALF, CSV, CHUNKED, length=None)),
    ("a chunk below nothing", ok(b"-5\r\n" + HALF, CSV, CHUNKED, length=None)),
    ("a chunk line of 100 KB", ok(b"5" * 100_000, CSV, CHUNKED, length=None)),
    ("a chunk of an exabyte", ok(b"fffffffffffffff\r\n" + GOOD, CSV, CHUNKED, length=None)),
    ("gzip", ok(b"\x1f\x8b" + GOOD, CSV, "Content-Encoding: gzip")),
    ("deflate", ok(GOOD, CSV, "Content-Encoding: DEFLATE")),
    ("two encodings", ok(GOOD, CSV, "Content-Encoding: identity, br")),
    ("gzip as transfer", ok(GOOD, CSV, "Transfer-Encoding: gzip, chunked", length=None)),
    ("a web page", ok(b"<h1>Sign in</h1>", "Content-Type: text/html; charset=utf-8")),
    ("a web page by another name", ok(GOOD, "content-type: application/xhtml+xml")),
    ("another file", ok(b"a,b\n1,2\n", CSV)),
    ("nothing", ok(b"", CSV, length="0")),
    ("a part that was not asked for", ok(HALF, CSV, f"{RANGE} 0-9/{len(GOOD)}", status=PART)),
    ("a part of another place", ok(HALF, CSV, f"{RANGE} 5-9/10", status=PART)),
    ("a part of nonsense", ok(HALF, CSV, f"{RANGE} ²-³/¹", status=PART)),
    ("a part of 5,000 digits", ok(HALF, CSV, f"{RANGE} 0-1/{'9' * 5000}", status=PART)),
    ("a part without range", ok(HALF, CSV, status=PART)),
    ("not modified, unasked", b"HTTP/1.1 304 N\r\nConnection: close\r\n\r\n"),
    ("range not to be had", ok(b"", CSV, status="416 R")),
    ("200 with a foreign range", ok(GOOD, CSV, f"{RANGE} 0-1/2")),
    ("no content", b"HTTP/1.1 204 N\r\nConnection: close\r\n\r\n"),
    ("busy, for a superscript", ok(b"", "Retry-After: ²", status="503 B")),
    ("busy, for ages", ok(b"", f"Retry-After: {'9' * 5000}", status="503 B")),
    ("busy, until below nothing", ok(b"", "Retry-After: -5", status="429 B")),
    ("a status of nonsense", b"HTTP/1.1 abc\r\n\r\n"),
    ("a status of 5,000 digits", b"HTTP/1.1 " + b"9" * 5_000 + b" x\r\n\r\n"),
    ("no HTTP", b"\x16\x03\x01\x02\x00" * 100),
    ("HTTP/0.9", GOOD),
    ("HTTP/9.9", ok(GOOD, CSV, length=None).replace(b"HTTP/1.1", b"HTTP/9.9")),
    ("nothing at all", b""),
    ("a line of 1 MB", b"HTTP/1.1 200 OK\r\nX: " + b"y" * 1_000_000 + b"\r\n\r\n"),
    ("1,000 headers", b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 1_000 + b"\r\n"),
    ("a header without colon", b"HTTP/1.1 200 OK\r\nX\r\nContent-Length: 5\r\n\r\nhello"),
    ("an unknown scheme to sign in", ok(b"", "WWW-Authenticate: Negotiate", status="401 U")),
    ("a status of 999", ok(b"", status="999 X")),
    ("ESC in the reason", ok(b"", status="500 \x1b[2J")),
)  # fmt: skip


def test_what_is_no_whole_file_is_refused_and_nothing_stays(
    site: RawSite, tmp_path: Path, tries: Tries
) -> None:
    for number, (name, answer) in enumerate(BODIES):
        address = site.say(f"/{number}.csv", answer)
        folder = tmp_path / str(number)
        with tries.attempt(KIND, name, seconds=6) as refusal:
            taken(address, folder)
        assert refusal, name
        assert [one for one in left(folder) if not one.endswith(".refused")] == [], name


def test_a_good_file_is_still_taken_whichever_way_it_comes(site: RawSite, tmp_path: Path) -> None:
    ways = {
        "length": ok(GOOD, CSV),
        "chunks": ok(chunk(HALF) + chunk(GOOD[len(HALF) :]) + END, CSV, CHUNKED, length=None),
        "no type": ok(GOOD),
        "named otherwise": ok(
            GOOD, CSV, 'Content-Disposition: attachment; filename="../../evil.csv"'
        ),
        "cookies": ok(GOOD, CSV, "Set-Cookie: a=b"),
    }
    for name, answer in ways.items():
        got = taken(site.say(f"/{name.replace(' ', '-')}.csv", answer), tmp_path / name)
        assert got.path == tmp_path / name / NAME
        assert got.path.read_bytes() == GOOD


DRIPS: tuple[tuple[str, bytes, bytes], ...] = (
    ("a body that drips", ok(b"", CSV, length="50000"), b"x"),
    ("chunks that drip", ok(b"", CSV, CHUNKED, length=None), b"1\r\nx\r\n"),
    ("a chunk line that drips", ok(b"", CSV, CHUNKED, length=None), b"0"),
    ("headers that drip", b"HTTP/1.1 200 OK\r\nX: ", b"y"),
    ("a status that drips", b"", b"H"),
    ("continue for ever", b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
    ("trailers for ever", ok(b"0\r\n", CSV, CHUNKED, length=None), b"X: y\r\n"),
    ("a page that drips", ok(b"", "Content-Type: text/plain", length="50000"), b"<a>"),
)


def test_what_drips_is_given_up_in_time(site: RawSite, tmp_path: Path, tries: Tries) -> None:
    for number, (name, first, again) in enumerate(DRIPS):
        address = site.drip(f"/{number}.csv", first, again)
        with tries.attempt(KIND, name, seconds=4) as refusal:
            taken(address, tmp_path / str(number), address_seconds=0.4)
        assert refusal
        assert "took longer than" in str(refusal[0]), name
        with tries.attempt(KIND, f"{name}, as a page", seconds=4) as refusal:
            web(address_seconds=0.3).page(address)
        assert refusal, name
    begun = time.monotonic()
    with tries.attempt(KIND, "the whole run", seconds=4) as refusal:
        taken(f"{site.address}/0.csv", tmp_path / "run", run_seconds=0.5)
    assert "the whole run took longer" in str(refusal[0])
    assert time.monotonic() - begun < 3


def test_what_has_no_end_is_cut_at_the_limit(site: RawSite, tmp_path: Path, tries: Tries) -> None:
    endless = site.drip("/a.csv", ok(b"", CSV, CHUNKED, length=None), chunk(b"x" * 60_000), 0)
    with tries.attempt(KIND, "a body without end", seconds=4) as refusal:
        taken(endless, tmp_path)
    assert "over 0 MB" in str(refusal[0])
    assert list(tmp_path.iterdir()) == []
    page = site.drip("/b", ok(b"", "Content-Type: text/html", length=None), b"<a>" * 100_000, 0)
    with tries.attempt(KIND, "a page without end", seconds=8) as refusal:
        web(address_seconds=8).page(page)
    assert "this is no page" in str(refusal[0])


def test_the_disk_keeps_room(site: RawSite, tmp_path: Path, tries: Tries) -> None:
    address = site.say("/a.csv", ok(GOOD, CSV))
    with tries.attempt(KIND, "a full disk", seconds=4) as refusal:
        taken(address, tmp_path, free_bytes=10**18)
    assert "Make room" in str(refusal[0])
    assert list(tmp_path.iterdir()) == []


# Names and folders -------------------------------------------------------------------------------

NAMES = (
    "", "../../evil.csv", "..\\..\\evil.csv", "/etc/evil.csv", "C:\\evil.csv", "C:evil.csv", "..",
    ".", "...", " ", " .csv ", "a\x00b.csv", "a\x1b[2J.csv", "a\nb.csv", "a\x85b.csv",
    "\u202evsc.csv", "\u2028.csv", "con.csv", "CON", "nul.csv", "com1.csv", "LPT9.csv",
    "aux .csv", "x" * 1_000 + ".csv", "\xe9" * 300 + ".csv", "\U0001f600" * 120 + ".csv",
    "fetched.json", "FETCHED.JSON", "a.sha256", "a.part", "a.csv.part.json", "a.refused",
    "-rf.csv", "$(id).csv", "`id`.csv", "a;b.csv", "~/a.csv", "a:b.csv", "a|b?.csv",
    "%2e%2e%2fa.csv", ".hidden.csv", "a/../../b.csv", "=cmd.csv", "[red]x[/red].csv",
)  # fmt: skip


def test_a_name_leads_nowhere_and_spoils_nothing(
    site: RawSite, tmp_path: Path, tries: Tries
) -> None:
    address = site.say("/a.csv", ok(GOOD, CSV))
    folder = tmp_path / "one" / "two"
    for name in NAMES:
        with tries.attempt(KIND, f"name {name[:30]!r}", seconds=5) as refusal:
            got = taken(address, folder, name)
            assert got.path.parent == folder
            assert got.path.read_bytes() == GOOD
        # A name without an ending that any reader knows is set aside, and that is told.
        assert not refusal or ".refused" in str(refusal[0])
    index = json.loads((folder / "fetched.json").read_text(encoding="utf-8"))
    assert all(entry["address"] == address for entry in index.values())
    assert sorted(path.name for path in tmp_path.iterdir()) == ["one"]
    assert sorted(path.name for path in (tmp_path / "one").iterdir()) == ["two"]
    assert all(path.is_file() and path.name.isprintable() for path in folder.iterdir())


NOTES = (
    b"[]", b"null", b"7", b'"x"', b"{", b"", b"\xff\xfe", b"[" * 100_000, b'{"address": 5}',
    b'{"address": "ADDRESS", "validator": 7}', b'{"address": "ADDRESS", "validator": ["x"]}',
    b'{"address": "ADDRESS", "validator": "a\\r\\nX: y"}', b'{"address": "ADDRESS"}',
    '{"address": "ADDRESS", "validator": "é€"}'.encode(), b'{"x": {"address": "ADDRESS"}}',
    b'{"Monthly-AE-June-2025.csv": {"address": "ADDRESS", "sha256": 5, "etag": ["x"]}}',
    b'{"Monthly-AE-June-2025.csv": {"address": ["ADDRESS"]}}', b'{"Monthly-AE-June-2025.csv": 5}',
)  # fmt: skip


def test_what_lies_in_the_folder_stops_nothing(site: RawSite, tmp_path: Path, tries: Tries) -> None:
    address = site.say("/a.csv", ok(GOOD, CSV))
    for number, said in enumerate(NOTES):
        for name in (f"{NAME}.part.json", "fetched.json"):
            folder = tmp_path / f"{number}-{name}"
            folder.mkdir()
            (folder / f"{NAME}.part").write_bytes(b"of something else")
            (folder / name).write_bytes(said.replace(b"ADDRESS", address.encode()))
            with tries.attempt(KIND, f"{name}: {said[:40]!r}", seconds=5) as refusal:
                assert taken(address, folder).path.read_bytes() == GOOD
            assert not refusal, refusal


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such links for all users")
def test_a_link_in_the_folder_is_not_written_through(
    site: RawSite, tmp_path: Path, tries: Tries
) -> None:
    address = site.say("/a.csv", ok(GOOD, CSV))
    mine = tmp_path / "mine"
    mine.write_bytes(b"mine")
    folder = tmp_path / "files"
    folder.mkdir()
    for name in (f"{NAME}.part", f"{NAME}.part.json", NAME, "fetched.json", f"{NAME}.sha256"):
        (folder / name).symlink_to(mine)
    with tries.attempt(KIND, "links in the folder", seconds=5):
        assert taken(address, folder).path.read_bytes() == GOOD
    assert mine.read_bytes() == b"mine"


# Pages -------------------------------------------------------------------------------------------

UNITS = (
    "<", "<!", "<!--", "<a ", "<a href=", "<a href='", "</", "</a ", "<![CDATA[", "<?", "&", "&#",
    "&#x", "<a>", "<script>", "<title>", "<textarea>", "<a href=x>", "<a href=/x/../",
    "<base href=/a/>", "<div>", "<table>", "<b><i>", "<p>", "a='b' ", "\x00", "<!DOCTYPE ",
    "<!ENTITY a '", "%2e", "<svg>", "<a href='x", "<select>", "<form>", "<frameset>", "--!>",
    "]]>", "&amp", "\ufffd", "<a\n", "=",
)  # fmt: skip


def test_a_page_is_read_in_time_whatever_it_says(tries: Tries) -> None:
    read_in_time(200_000, 3, tries)


def read_in_time(size: int, seconds: float, tries: Tries) -> None:
    for unit in UNITS:
        for before in ("", "<a "):
            html = before + unit * (size // len(unit))
            with tries.attempt(KIND, f"page of {before + unit!r}", seconds=seconds):
                links_of(html + "<a href=z>z</a>", "https://e.org/")
    many = "".join(f"<a href={number}>x</a>" for number in range(40_000))
    with tries.attempt(KIND, "40,000 links", seconds=5):
        assert len(links_of(many, "https://e.org/")) == 20_000


@pytest.mark.evidence
def test_a_page_of_the_largest_size_is_read_in_time(tries: Tries) -> None:
    read_in_time(3_000_000, 10, tries)


CHARSETS = (
    "punycode", "idna", "zlib", "hex", "rot13", "unicode_escape", "undefined", "utf-7", "x" * 5_000,
    "\x00", "²", "utf-8\x00", "mbcs", "base64", "big5hkscs", "\"'",
)  # fmt: skip


def test_a_page_of_any_charset_is_read(site: RawSite, tries: Tries) -> None:
    html = b"<a href=/Monthly-AE-June-2025.csv>x</a>" + b"a-" * 200_000
    for charset in CHARSETS:
        address = site.say("/p", ok(html, f"Content-Type: text/html; charset={charset}"))
        with tries.attempt(KIND, f"charset {charset[:20]!r}", seconds=3) as refusal:
            assert find(ae(address), web()).files[0].name == NAME
        assert not refusal
    for name, answer in BODIES[:4]:
        site.say("/p", answer)
        if name != "no length":
            with tries.attempt(KIND, f"a page {name}", seconds=3) as refusal:
                web().page(f"{site.address}/p")
            assert refusal, name


def test_links_with_letters_beyond_ascii_are_asked_for_as_they_are_sent(
    site: RawSite, tmp_path: Path
) -> None:
    (link,) = links_of(f"<a href='/ü {NAME}?a=é#x'>x</a>", site.address)
    assert link.name == f"ü {NAME}"
    site.say(f"/%C3%BC%20{NAME}?a=%C3%A9", ok(GOOD, CSV))
    assert taken(link.address, tmp_path).path.read_bytes() == GOOD


# The command -------------------------------------------------------------------------------------


def test_the_whole_command_refuses_and_ends(
    site: RawSite, other: RawSite, tmp_path: Path, tries: Tries
) -> None:
    moved = site.say("/moved", ok(b"", f"Location: {other.address}/", status="302 Found"))
    pages = ("http://www.england.nhs.uk/x", "file:///etc/passwd", moved)
    for page in pages:
        more = ["--page", page, "--pause", "0", "--to", tmp_path / "files"]
        ran = tries.command(
            *(KIND, f"--page {page}", ["fetch", PUBLICATION, *more]), codes=(2,), seconds=30
        )
        assert "By hand" in ran.err
    assert other.asked == []
    assert not (tmp_path / "files").exists()
