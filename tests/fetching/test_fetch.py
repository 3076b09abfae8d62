"""Fetching a publication's files from a site on a real socket."""

from __future__ import annotations

import hashlib
import http.client
import json
import shutil
import socket
import ssl
import subprocess
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from remit.catalogue import load_metrics
from remit.cli.run import run
from remit.fetching import Fetched, FoundFile, Unreachable, Web, fetch, find
from remit.fetching.page import links_of
from remit.fetching.revision import order
from remit.fetching.web import _plainly
from remit.model.errors import FetchError
from remit.model.period import financial_year, month
from remit.publications.rows.reading import ReadingContext
from remit.register import load_register
from remit.store import Store
from tests.fetching.published import PUBLICATION, ae, ae_file
from tests.fetching.site import Site, served

JUNE = "/uploads/2025/07/Monthly-AE-June-2025.csv"
LANDING = "/statistics/ae/"
CONTEXT = ReadingContext(load_register(), load_metrics())


@pytest.fixture
def site() -> Iterator[Site]:
    with served() as running:
        yield running


def web(waits: list[float] | None = None, attempts: int = 3) -> Web:
    """Asks without waiting; what it would have waited is noted."""
    noted = waits if waits is not None else []
    return Web(timeout=5, attempts=attempts, pause=0.5, sleep=noted.append)


def fetched(site: Site, folder: Path, **more: object) -> Fetched:
    site.page(LANDING, JUNE)
    file = find(ae(site.address + LANDING), web()).files[0]
    return fetch(file, PUBLICATION, folder, web=web(), context=CONTEXT, **more)  # type: ignore[arg-type]


def names(files: tuple[FoundFile, ...]) -> list[str]:
    return [file.name for file in files]


# Finding -----------------------------------------------------------------------------------------


def test_files_are_found_on_the_page_and_on_the_pages_of_years(site: Site) -> None:
    year = "/statistics/ae/ae-attendances-and-emergency-admissions-2024-25/"
    landing = site.page(LANDING, year, JUNE, "/uploads/2025/07/Statistical-commentary.pdf")
    site.page(year, "/uploads/2024/06/Monthly-AE-May-2024.csv", "/uploads/2024/07/Quarter.xls")
    found = find(ae(landing), web())
    assert [(file.period, file.name) for file in found.files] == [
        (month(2024, 5), "Monthly-AE-May-2024.csv"),
        (month(2025, 6), "Monthly-AE-June-2025.csv"),
    ]
    assert found.pages == (landing, site.address + year)


def test_only_pages_of_years_that_can_have_the_period_are_read(site: Site) -> None:
    years = [f"/ae-attendances-and-emergency-admissions-{year}/" for year in ("2023-24", "2024-25")]
    landing = site.page(LANDING, *years)
    site.page(years[1], "/uploads/Monthly-AE-May-2024.csv")
    found = find(ae(landing), web(), month(2024, 5))
    assert names(found.files) == ["Monthly-AE-May-2024.csv"]
    assert not site.requests_of(years[0])
    site.page(LANDING, *years, JUNE)
    site.page(years[0])
    with pytest.raises(FetchError, match="no file for 2023/24; they have 1 file: Jun 2025"):
        find(ae(landing), web(), financial_year(2023))


def test_a_period_without_a_page_of_its_year_is_told_so(site: Site) -> None:
    landing = site.page(LANDING, "/ae-attendances-and-emergency-admissions-2023-24/")
    with pytest.raises(FetchError, match="names no page that can have May 2025"):
        find(ae(landing), web(), month(2025, 5))


def test_the_newest_revision_is_taken_and_the_others_are_named(site: Site) -> None:
    landing = site.page(
        LANDING,
        "/uploads/2025/05/Monthly-AE-February-2025-revised.csv",
        "/uploads/2025/03/Monthly-AE-February-2025.csv",
    )
    (file,) = find(ae(landing), web()).files
    assert file.name == "Monthly-AE-February-2025-revised.csv"
    assert file.instead_of == ("Monthly-AE-February-2025.csv",)


@pytest.mark.parametrize(
    ("older", "newer"),
    [
        ("June-2021.csv", "June-2021-revised-120522-GHI999.csv"),
        ("June-2021-revised-120522-GHI999.csv", "June-2021-revised-130624-abc.csv"),
        ("2021/08/June-2021-xk2.csv", "2022/05/June-2021-aa1.csv"),
        ("2021/08/Figures-v2.csv", "2021/08/Figures-v10.csv"),
    ],
)
def test_revisions_are_told_from_names_and_folders(older: str, newer: str) -> None:
    def key(path: str, place: int) -> object:
        return order(f"https://example.org/uploads/{path}", path.rsplit("/", 1)[-1], place)

    assert key(older, 1) < key(newer, 0)


def test_a_page_whose_links_have_changed_gets_a_precise_complaint(site: Site) -> None:
    landing = site.page(LANDING, "/uploads/AE-by-provider-Jun25.csv", "/about/")
    with pytest.raises(FetchError) as caught:
        find(ae(landing), web())
    said = str(caught.value)
    assert "of 2 links" in said
    assert "AE-by-provider-Jun25.csv" in said
    assert "links.pattern" in said
    assert landing in said


def test_files_on_a_foreign_host_are_not_taken(site: Site) -> None:
    landing = site.page(LANDING, "https://elsewhere.example/Monthly-AE-June-2025.csv")
    with pytest.raises(FetchError, match=r"elsewhere\.example.*links\.hosts"):
        find(ae(landing), web())


def test_a_page_that_is_gone_and_a_server_that_is_not_there(site: Site) -> None:
    with pytest.raises(Unreachable, match="no such page"):
        find(ae(site.address + "/nothing"), web())
    with pytest.raises(Unreachable, match="cannot be reached") as refused:
        find(ae("http://127.0.0.1:9/"), web())
    assert "Errno" not in str(refused.value)


@pytest.mark.parametrize("fault", [
    socket.gaierror(-2, "Name or service not known"), ConnectionResetError(104, "Connection reset"),
    TimeoutError("timed out"), http.client.RemoteDisconnected(),
])  # fmt: skip
def test_why_nothing_came_is_told_in_words(fault: OSError) -> None:
    said = _plainly(fault)
    assert said
    assert "Errno" not in said
    assert ("no machine of this name" in said) is isinstance(fault, socket.gaierror)


def test_a_busy_server_is_asked_again_after_as_long_as_it_said(site: Site) -> None:
    landing = site.page(LANDING, JUNE)
    site.resources[LANDING].busy = 2
    waits: list[float] = []
    assert find(ae(landing), web(waits)).files
    assert waits.count(7.0) == 2
    site.resources[LANDING].busy = 3
    with pytest.raises(Unreachable, match="503"):
        find(ae(landing), web())


def test_links_are_read_from_untidy_pages() -> None:
    text = (
        '<base href="/sub/"><a href="mailto:x@example.org">mail</a><a href="a b.csv#top">A <b>B'
        '</b><a href=" c.csv ">C</a><a>none</a><a href="http://[bad">bad</a><a href="c.csv">again'
    )
    found = [(link.address, link.name, link.words) for link in links_of(text, "https://e.org/p")]
    assert found == [
        ("https://e.org/sub/a%20b.csv", "a b.csv", "A B"),
        ("https://e.org/sub/c.csv", "c.csv", "C"),
    ]


# Downloading -------------------------------------------------------------------------------------


def test_the_original_is_kept_beside_its_sha256(site: Site, tmp_path: Path) -> None:
    body = ae_file("JUNE-2025")
    site.file(JUNE, body)
    got = fetched(site, tmp_path / "new" / "folder")
    digest = hashlib.sha256(body).hexdigest()
    assert (got.outcome, got.sha256, got.size) == ("new", digest, len(body))
    assert got.path.read_bytes() == body
    beside = got.path.with_name(got.path.name + ".sha256")
    assert beside.read_text() == f"{digest}  Monthly-AE-June-2025.csv\n"
    assert got.reading.source.publication == PUBLICATION
    assert got.reading.source.rows_accepted == 3
    left = sorted(path.name for path in got.path.parent.iterdir())
    assert left == [got.path.name, beside.name, "fetched.json"]


def test_what_has_not_changed_is_not_downloaded_again(site: Site, tmp_path: Path) -> None:
    site.file(JUNE, ae_file("JUNE-2025"))
    fetched(site, tmp_path)
    again = fetched(site, tmp_path)
    assert again.outcome == "unchanged"
    assert site.requests_of(JUNE)[-1]["if-none-match"] == '"1"'


def test_without_validators_the_same_bytes_are_unchanged_too(site: Site, tmp_path: Path) -> None:
    site.file(JUNE, ae_file("JUNE-2025"), etag="")
    fetched(site, tmp_path)
    assert fetched(site, tmp_path).outcome == "unchanged"


def test_a_copy_that_was_damaged_is_replaced_and_kept_aside(site: Site, tmp_path: Path) -> None:
    site.file(JUNE, ae_file("JUNE-2025"))
    path = fetched(site, tmp_path).path
    path.write_bytes(b"spoiled")
    again = fetched(site, tmp_path)
    assert again.outcome == "changed"
    assert path.read_bytes() == ae_file("JUNE-2025")


def test_another_file_at_the_same_address_leaves_the_earlier_one(
    site: Site, tmp_path: Path
) -> None:
    site.file(JUNE, ae_file("JUNE-2025"))
    first = fetched(site, tmp_path)
    site.file(JUNE, ae_file("JUNE-2025", late=20), etag='"2"')
    second = fetched(site, tmp_path)
    assert second.outcome == "changed"
    assert second.earlier is not None
    assert second.earlier.read_bytes() == ae_file("JUNE-2025")
    assert first.sha256[:8] in second.earlier.name
    assert second.earlier.with_name(second.earlier.name + ".sha256").exists()


def test_a_connection_that_breaks_off_is_gone_on_with(site: Site, tmp_path: Path) -> None:
    body = ae_file("JUNE-2025", rows=9)
    site.file(JUNE, body, drops=2)
    got = fetched(site, tmp_path)
    assert got.path.read_bytes() == body
    half = len(body) // 2
    asked = [headers.get("range") for headers in site.requests_of(JUNE)]
    assert asked == [None, f"bytes={half}-", f"bytes={half + (len(body) - half) // 2}-"]
    assert site.requests_of(JUNE)[1]["if-range"] == '"1"'


def test_what_came_stays_for_the_next_time(site: Site, tmp_path: Path) -> None:
    body = ae_file("JUNE-2025", rows=9)
    site.file(JUNE, body, drops=3)
    with pytest.raises(Unreachable, match="goes on from there"):
        fetched(site, tmp_path)
    (part,) = tmp_path.glob("*.part")
    there = part.stat().st_size
    got = fetched(site, tmp_path)
    assert got.resumed_from == there > 0
    assert got.path.read_bytes() == body
    assert not list(tmp_path.glob("*.part*"))


@pytest.mark.parametrize("how", ["the file changed", "the server knows no ranges", "no validator"])
def test_a_part_is_never_completed_with_another_files_rest(
    site: Site, tmp_path: Path, how: str
) -> None:
    old, new = ae_file("JUNE-2025", late=11, rows=9), ae_file("JUNE-2025", late=22, rows=9)
    site.file(JUNE, old, drops=3, etag="" if how == "no validator" else '"1"')
    with pytest.raises(Unreachable):
        fetched(site, tmp_path)
    site.file(JUNE, new, etag='"2"', ranges=how != "the server knows no ranges")
    assert fetched(site, tmp_path).path.read_bytes() == new


def test_a_file_of_something_else_is_set_aside(site: Site, tmp_path: Path) -> None:
    site.file(JUNE, b"<html>Sorry, this page has moved</html>")
    with pytest.raises(FetchError, match="not that publication's") as caught:
        fetched(site, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["Monthly-AE-June-2025.csv.refused"]
    assert "Monthly-AE-June-2025.csv.refused" in str(caught.value)


def test_a_faulty_new_version_does_not_replace_a_good_one(site: Site, tmp_path: Path) -> None:
    site.file(JUNE, ae_file("JUNE-2025"))
    path = fetched(site, tmp_path).path
    site.file(JUNE, b"a,b\n1,2\n", etag='"2"')
    with pytest.raises(FetchError):
        fetched(site, tmp_path)
    assert path.read_bytes() == ae_file("JUNE-2025")


def test_a_name_leads_to_no_other_folder(site: Site, tmp_path: Path) -> None:
    site.file("/x", ae_file("JUNE-2025"))
    file = FoundFile(site.address + "/x", "../..\\..:evil.csv", site.address, month(2025, 6))
    got = fetch(file, PUBLICATION, tmp_path / "in", web=web(), context=CONTEXT)
    assert got.path.parent == tmp_path / "in"


def test_two_months_under_one_name_are_both_kept(site: Site, tmp_path: Path) -> None:
    paths = []
    for number, name in ((5, "MAY"), (6, "JUNE")):
        site.file(f"/{number}/data.csv", ae_file(f"{name}-2025"))
        address = f"{site.address}/{number}/data.csv"
        file = FoundFile(address, "data.csv", site.address, month(2025, number))
        paths.append(fetch(file, PUBLICATION, tmp_path, web=web(), context=CONTEXT).path.name)
    assert paths == ["data.csv", "2025-06 data.csv"]


def test_a_folder_that_cannot_be_written_is_named(site: Site, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file")
    site.file(JUNE, ae_file("JUNE-2025"))
    with pytest.raises(FetchError, match="taken"):
        fetched(site, tmp_path / "taken")


# Safety ------------------------------------------------------------------------------------------


@pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl makes the certificate")
def test_a_certificate_that_nobody_vouches_for_is_refused(tmp_path: Path) -> None:
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    command = [
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-days",
        "1",
        "-subj",
        "/CN=localhost",
    ]
    files = ["-keyout", str(key), "-out", str(certificate)]
    subprocess.run([*command, *files], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    server = HTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler)
    server.handle_error = lambda *_: None  # type: ignore[method-assign]
    server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        with pytest.raises(Unreachable, match="certificate"):
            web().page(f"https://127.0.0.1:{server.server_port}/")
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def test_only_web_addresses_are_asked_for(tmp_path: Path) -> None:
    secret = tmp_path / "secret.html"
    secret.write_text("secret")
    with pytest.raises(Unreachable, match="no web address"):
        web().page(secret.as_uri())


def test_redirects_are_followed(site: Site) -> None:
    site.page("/new/", JUNE)
    site.page("/old/")
    site.resources["/old/"].redirect = "/new/"
    assert find(ae(site.address + "/old/"), web()).pages == (site.address + "/new/",)


# The command -------------------------------------------------------------------------------------


def command(site: Site, tmp_path: Path, *more: str) -> int:
    page, folder = site.address + LANDING, str(tmp_path / "files")
    return run(["fetch", PUBLICATION, "--page", page, "--pause", "0", "--to", folder, *more])


def test_the_command_fetches_and_takes_in(
    site: Site, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    site.page(LANDING, JUNE)
    site.file(JUNE, ae_file("JUNE-2025"))
    store = tmp_path / "remit.duckdb"
    assert command(site, tmp_path, "--period", "Jun 2025", "--store", str(store)) == 0
    said = capsys.readouterr().out
    assert "3 rows = 3 accepted + 0 rejected" in said
    assert f"Taken into {store}: 1 new" in said
    with Store.open(store, read_only=True) as opened:
        assert (
            opened.observations(metrics=["ae.attendances-type-1"])["value"].to_list() == [100] * 3
        )
    assert command(site, tmp_path, "--store", str(store)) == 0
    assert "unchanged" in capsys.readouterr().out


@pytest.mark.parametrize("option", ["--list", "--dry-run"])
def test_looking_downloads_nothing(
    site: Site, tmp_path: Path, option: str, capsys: pytest.CaptureFixture[str]
) -> None:
    site.page(LANDING, JUNE)
    assert command(site, tmp_path, option) == 0
    assert "Monthly-AE-June-2025.csv" in capsys.readouterr().out
    assert not site.requests_of(JUNE)
    assert not (tmp_path / "files").exists()


def test_without_a_network_it_says_what_to_do_by_hand(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = "http://127.0.0.1:9/statistics/"
    arguments = ["fetch", PUBLICATION, "--page", page, "--pause", "0", "--to", str(tmp_path)]
    assert run(arguments) == 2
    said = " ".join(capsys.readouterr().err.split())
    assert f"open {page} in a browser" in said
    assert str(tmp_path) in said
    assert "remit ingest" in said


def test_one_file_that_fails_does_not_keep_the_others_back(
    site: Site, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    site.page(LANDING, JUNE, "/uploads/Monthly-AE-May-2025.csv")
    site.file(JUNE, ae_file("JUNE-2025"))
    assert command(site, tmp_path) == 1
    said = capsys.readouterr()
    assert "new" in said.out
    assert "Monthly-AE-May-2025.csv: there is no such page" in said.err
    del site.resources[JUNE]
    shutil.rmtree(tmp_path / "files")
    assert command(site, tmp_path) == 2


def test_the_command_lists_publications_and_refuses_what_it_does_not_know(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(["fetch", "--list"]) == 0
    assert PUBLICATION in capsys.readouterr().out
    assert run(["fetch"]) == 2
    assert run(["fetch", "ae-montly"]) == 2
    assert "ae-monthly" in capsys.readouterr().err
    assert run(["fetch", PUBLICATION, "--period", "soon"]) == 2


def test_the_index_says_where_each_file_came_from(site: Site, tmp_path: Path) -> None:
    site.file(JUNE, ae_file("JUNE-2025"))
    got = fetched(site, tmp_path)
    entry = json.loads((tmp_path / "fetched.json").read_text())[got.path.name]
    assert entry["address"] == site.address + JUNE
    assert entry["sha256"] == got.sha256
    assert entry["bytes"] == got.size
