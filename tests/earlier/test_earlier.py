"""A store and a register that an earlier Remit made open in this one; newer ones are refused."""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import sqlite3
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

import remit.sample
from remit.asks import open_register
from remit.cli.run import run
from remit.store.layout import MARK, SCHEMA_VERSION

HERE = Path(__file__).parent
Q2 = ("--period", "2025/26 Q2", "--kind", "acute")
Command = Callable[..., str]


def opened(name: str, folder: Path) -> Path:
    path = folder / name
    path.write_bytes(gzip.decompress((HERE / f"{name}.gz").read_bytes()))
    return path


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return opened("store.duckdb", tmp_path)


@pytest.fixture
def register(tmp_path: Path) -> Path:
    """The register, brought up to date as the first command that writes does it."""
    path = opened("asks.sqlite", tmp_path)
    with open_register(path):
        pass
    return path


@pytest.fixture
def command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Command:
    """Run a command and give what it printed, after a look at its exit code."""
    monkeypatch.chdir(tmp_path)

    def ran(*arguments: object, code: int = 0) -> str:
        ended = run([str(argument) for argument in arguments])
        said = capsys.readouterr()
        assert ended == code, said.out + said.err
        return said.err if code == 2 else said.out

    return ran


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


# A store -----------------------------------------------------------------------------------------


def test_its_files_and_rejections_are_listed_and_it_stays_as_it_is(
    store: Path, command: Command
) -> None:
    before = hashlib.sha256(store.read_bytes()).digest()
    listed = command("sources", "--store", store)
    assert [line.split()[-1] for line in listed.splitlines() if line.endswith(".csv")] == [
        "sample-acute-trust-data-q1-2025-26.csv",
        "sample-acute-league-table-q1-2025-26.csv",
        "sample-acute-trust-data-q2-2025-26_revised.csv",
        "sample-acute-league-table-q2-2025-26_revised.csv",
        "sample-acute-trust-data-q4-2025-26.csv",
        "sample-acute-league-table-q4-2025-26.csv",
    ]
    rejected = command("sources", "--store", store, "--rejections")
    assert "q4-2025-26.csv, line 87, column Value “awaiting validation”" in rejected
    assert hashlib.sha256(store.read_bytes()).digest() == before


def as_today(kept: list[dict[str, str]]) -> list[dict[str, str]]:
    """What was kept, but for the one column whose rule has changed since.

    The computed segment goes by the cut points that the published segments imply, and so is the
    published one; it went by quartiles.
    """
    return [
        {**row, "computed_unadjusted_segment": row["published_unadjusted_segment"]} for row in kept
    ]


@pytest.mark.parametrize(
    ("kept", "options"),
    [("league.csv", ()), ("league-as-at-2026-01-01.csv", ("--as-at", "2026-01-01"))],
)
def test_both_vintages_give_the_figures_that_they_gave(
    kept: str, options: tuple[str, ...], store: Path, command: Command
) -> None:
    table = command("league", "--store", store, *Q2, "--format", "csv", *options)
    assert list(csv.DictReader(io.StringIO(table))) == as_today(rows(HERE / kept))


def test_it_is_assessed_as_it_was(store: Path, tmp_path: Path, command: Command) -> None:
    command("assess", "--store", store, *Q2, "--out", "out", code=1)  # a row was rejected
    found = {row["org_code"]: row for row in rows(tmp_path / "out" / "standing.csv")}
    kept = rows(HERE / "league.csv")
    assert len(kept) == len(found) == 10
    for row in kept:
        for column in ("average_score", "adjusted_segment", "rank", "likely_score_low"):
            assert found[row["org_code"]][column] == row[column], (row["org_code"], column)


def test_it_takes_in_a_new_quarter_and_knows_its_own_files_again(
    store: Path, tmp_path: Path, command: Command
) -> None:
    files = tmp_path / "files"
    remit.sample.write_sample(files)
    third = sorted(files.glob("sample-acute-*-q3-2025-26.csv"))
    assert "2025/26 Q3 · acute: new" in command("ingest", *third, "--store", store, code=1)
    assert command("league", "--store", store, "--period", "2025/26 Q3", "--kind", "acute")
    again = command("ingest", files / "sample-acute-trust-data-q1-2025-26.csv", "--store", store)
    assert "already there: nothing changed" in again
    table = command("league", "--store", store, *Q2, "--format", "csv")
    assert list(csv.DictReader(io.StringIO(table))) == as_today(rows(HERE / "league.csv"))


@pytest.mark.parametrize("arguments", [("sources",), ("league", *Q2), ("ingest", "new.csv")])
def test_a_store_of_a_newer_remit_is_refused_with_what_to_do(
    arguments: tuple[str, ...], store: Path, tmp_path: Path, command: Command
) -> None:
    remit.sample.write_sample(tmp_path / "files")
    (tmp_path / "files" / "sample-acute-league-table-q3-2025-26.csv").rename(tmp_path / "new.csv")
    with duckdb.connect(str(store)) as newer:
        newer.execute(f"UPDATE {MARK} SET schema_version = {SCHEMA_VERSION + 1}")
    before = store.read_bytes()
    said = command(*arguments, "--store", store, code=2)
    assert f"was made by a newer Remit (layout {SCHEMA_VERSION + 1}; this Remit knows" in said
    assert "update Remit to open it" in said
    assert store.read_bytes() == before


# A register --------------------------------------------------------------------------------------


def test_its_asks_are_listed_as_they_were(register: Path, command: Command) -> None:
    table = command("asks", "list", "--register", register, "--format", "csv")
    assert table == (HERE / "asks.csv").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("listed", "said"),
    [
        (("imports",), ("log.csv", "box.mbox")),
        (("show", "H1"), ("The same count of falls as in June.", "NHSE region")),
        (("decide",), ("one count", "chief of staff")),
        (("actions",), ("Count falls once", "chief nurse", "2025-06-30")),
        (("friction",), ("who signs off the plan",)),
        (("risk", "show", "RISK-1"), ("Crews wait", "60%", "beds blocked", "call first")),
    ],
    ids=lambda value: value[0],
)
def test_what_was_agreed_is_told(
    listed: tuple[str, ...], said: tuple[str, ...], register: Path, command: Command
) -> None:
    shown = command("asks", *listed, "--register", register)
    for words in said:
        assert words in shown


def test_it_is_written_to(register: Path, command: Command) -> None:
    to = ("--register", register)
    command("asks", "add", "--title", "New", "--from-body", "CQC", "--to-org", "ZA1",
            "--id", "N1", "--received", "2025-07-01", *to)  # fmt: skip
    command("asks", "actions", "done", "ACT-2", "--on", "2025-07-02", *to)
    command("asks", "edit", "A2", "hours_estimate=3", *to)
    kept = {row["ask_id"] for row in csv.DictReader((HERE / "asks.csv").read_text().splitlines())}
    found = command("asks", "list", *to, "--format", "csv").splitlines()
    assert {row["ask_id"] for row in csv.DictReader(found)} == kept | {"N1"}
    assert "2025-07-02" in command("asks", "actions", *to)
    assert "1.0" in command("asks", "show", "A2", *to), "what stood there before is kept"
    assert "box.mbox" in command("asks", "undo", *to)


@pytest.mark.parametrize(
    "arguments", [("list",), ("imports",), ("undo",), ("actions",), ("burden",)]
)
def test_a_register_of_a_newer_remit_is_refused_with_what_to_do(
    arguments: tuple[str, ...], register: Path, command: Command
) -> None:
    with sqlite3.connect(register) as newer:
        newer.execute(
            "INSERT INTO django_migrations (app, name, applied) "
            "SELECT app, '9999_later', applied FROM django_migrations WHERE name = '0004_stamps'"
        )
    newer.close()
    said = command("asks", *arguments, "--register", register, code=2)
    assert "was made by a newer Remit (tables 9999_later; this Remit knows" in said
    assert "update Remit to open it" in said
