"""What can be named as a store and is none: a message and exit code 2, and nothing is made."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from remit.cli.run import run
from tests.hostile.tries import Tries
from tests.store.published import sickness, trust_data

COMMANDS = {
    "ingest": ["ingest", "figures.csv"],
    "dry run": ["ingest", "figures.csv", "--dry-run"],
    "remove": ["ingest", "--remove", "0123"],
    "sources": ["sources"],
    "assess": ["assess", "--period", "2025/26 Q1", "--out", "out"],
    "report": ["report", "QHM", "--out", "out"],
    "spc": ["spc", "--metric", "ae.type-1-within-4-hours"],
}


@pytest.mark.skipif(os.name == "nt", reason="pipes, devices and loops of links are Linux's")
@pytest.mark.parametrize("command", COMMANDS)
def test_what_can_be_no_store_is_refused_at_once(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tries: Tries,
    command: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    trust_data(tmp_path / "figures.csv", sickness("5.1"))
    os.mkfifo("pipe")
    Path("loop").symlink_to("loop")
    Path("zero").symlink_to("/dev/zero")
    Path("text").write_text("text")
    Path("empty").touch()
    before = sorted(Path().iterdir())
    names = [
        "pipe",
        "loop",
        "zero",
        "text",
        "empty",
        ".",
        "x" * 300,
        "figures.csv/x",
        "no/x",
        "a\0b",
    ]
    for name in names:
        with tries.attempt("store, its name", f"{command} --store {name[:20]!r}", seconds=5):
            code = run([*COMMANDS[command], "--store", name])
            said = capsys.readouterr().err
            assert code == 2, said
            assert said.startswith(("remit: ", "Reading"))
            assert sorted(Path().iterdir()) == before
    assert not list(Path("/dev").glob("zero.lock*"))
