"""``remit site``: build and serve."""

from __future__ import annotations

import socket
import threading
import urllib.request
from pathlib import Path

import pytest

from remit.cli.run import run
from remit.pages import SiteError
from remit.pages.serving import make_server
from remit.sample import write_sample


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    return [str(path) for path in write_sample(tmp_path_factory.mktemp("files")).paths]


def test_build_writes_the_periods_asked_for(
    files: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "site"
    quarters = ["--period", "2025/26 Q1", "--period", "2025/26 Q2"]
    # Exit code 1: the sample has rows that are rejected.
    assert run(["site", "build", *files, *quarters, "--out", str(out)]) == 1
    assert (out / "2025-26-q2" / "index.html").is_file()
    assert not (out / "2025-26-q3").exists()
    said = capsys.readouterr().out
    assert "(2025/26 Q1, 2025/26 Q2)" in said
    assert "remit site serve" in said


def test_build_shows_routes_and_a_board_s_capability(files: list[str], tmp_path: Path) -> None:
    record = tmp_path / "capability.yaml"
    assert run(["capability", "new", "ZA1", "--out", str(record)]) == 0
    blank = record.read_text("utf-8")
    record.write_text(
        blank.replace('signed_by: ""', "signed_by: Chair")
        .replace("signed_on:   ", "signed_on: 2025-09-20")
        .replace('statement: ""', "statement: As planned"),
        encoding="utf-8",
    )
    out = tmp_path / "site"
    chosen = ["--period", "2025/26 Q2", "--routes", "--capability", str(record)]
    assert run(["site", "build", *files, *chosen, "--out", str(out)]) == 1
    pages = [page.read_text("utf-8") for page in (out / "2025-26-q2").rglob("*.html")]
    assert any("Smallest improvements of one metric that are enough" in page for page in pages)
    assert sum("Self-assessment, signed by Chair on 20 September 2025." in p for p in pages) == 1


def test_build_refuses_a_mode_that_is_none(
    files: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["site", "build", *files, "--mode", "guessed", "--out", str(tmp_path / "s")]) == 2
    assert "--mode takes one of" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_build_needs_a_folder(files: list[str]) -> None:
    assert run(["site", "build", *files]) == 2


def test_a_site_is_served_to_this_machine_alone(site: Path) -> None:
    server = make_server(site, 0)
    assert server.server_address[0] == "127.0.0.1"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        address = f"http://127.0.0.1:{server.server_port}/index.html"
        with urllib.request.urlopen(address, timeout=10) as answer:
            assert b"Where each NHS trust stands" in answer.read()
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def test_a_port_in_use_is_told(site: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(SiteError, match=f"port {port} cannot be used"):
            make_server(site, port)


def test_a_folder_that_is_no_site_is_not_served(tmp_path: Path) -> None:
    assert run(["site", "serve", str(tmp_path), "--no-browser"]) == 2


@pytest.mark.parametrize(
    ("compare", "said"),
    [
        ("", "--compare has no value"),
        (" ; ,", "names nobody; write codes such as ZA1,ZA2"),
        ("ZA1; ZQ9, ZQ8", "ZQ9, ZQ8 cannot be compared: no such code"),
    ],
)
def test_what_is_asked_to_be_compared_is_never_left_out_in_silence(
    files: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str], compare: str, said: str
) -> None:
    asked = ["--period", "2025/26 Q1", "--compare", compare]
    assert run(["site", "build", *files, *asked, "--out", str(tmp_path / "site")]) == 2
    assert said in capsys.readouterr().err
