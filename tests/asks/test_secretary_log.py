"""The log of a busy secretary goes in with one command and one confirmation; nothing is missing."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from remit.cli.run import run
from tests.asks.secretary_log import ASKS, write_log

ODD = {
    "Apr-Jun": {
        (7, "received_on"): "3rd April",
        (8, "due_on"): "asap",
        (12, "received_on"): "14/4",
        (12, "due_on"): "by Friday",
        (12, "hours_estimate"): "tbc",
        (18, "due_on"): "Every Monday",
        (20, "due_on"): "#N/A",
        (20, "hours_estimate"): "#VALUE!",
        (28, "due_on"): "Monday 13 June",
    },
    "Jul onwards": {
        (6, "due_on"): "ongoing",
        (19, "due_on"): "31/06/2025",
        (20, "received_on"): "25/07",
        (21, "hours_estimate"): "lots",
    },
}
"""Sheet → line and column → the cells that say nothing that could be kept."""


@pytest.fixture
def log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("REMIT_ASKS", raising=False)
    return write_log(tmp_path / "log.xlsx")


def test_the_guess_is_shown_once_and_whole(log: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["asks", "import", log.name, "--to-org", "ZA1"]) == 2
    said = capsys.readouterr().err
    for line in (
        "Date rec’d = received_on",
        "Who from = from_body (by words in its heading)",
        "What they want = title (by words in its heading)",
        "Came via = channel (by words in its heading)",
        "Hrs (est) = hours_estimate",
        "Regular? = frequency (by words in its heading)",
        "columns that were not taken in on Apr-Jun: RAG, Exec lead",
        "Who asked = from_body",
        "Subject line = title (by words in its heading)",
        "Needed by = due_on",
        "How it came in = channel (by words in its heading)",
        "Effort (days) = hours_estimate",
    ):
        assert line in said
    assert not Path("asks.sqlite").exists()


def test_forty_asks_go_in_and_every_odd_cell_is_told(
    log: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert len(ASKS) == 40
    assert run(["asks", "import", log.name, "--to-org", "ZA1", "--yes"]) == 1
    said = capsys.readouterr().out
    assert "log.xlsx: read 40; accepted 40, there already 0, rejected 0." in said
    for sheet, cells in ODD.items():
        for (line, column), text in cells.items():
            assert f"log.xlsx ({sheet}), line {line}, {column} left blank: " in said
            assert f": {text!r}" in said
    assert said.count("left blank: ") == sum(map(len, ODD.values())) == 13
    for told in (
        "read are the sheets Apr-Jun, Jul onwards; not read: Drop downs, 2024 log (hidden)",
        "hidden in the workbook of Apr-Jun, and read like the others: column Ref",
        "Apr-Jun, 3 rows of totals passed over, no ask: line 14, 24, 30",
        "Apr-Jun, 3 rows of headings of a part passed over, no ask: line 5, 15, 25",
        "Jul onwards, 2 rows of totals passed over, no ask: line 10, 25",
        "Jul onwards, bare numbers of hours are days of 7.5 hours, as the heading says",
        "'Zed Forum' is no declared body; kept as written",
        "hours of 4 to 6 were read as 5",
    ):
        assert told in said


def test_each_ask_is_what_its_row_means(log: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(["asks", "import", log.name, "--to-org", "ZA1", "--yes"])
    capsys.readouterr()
    assert run(["asks", "list", "--format", "csv"]) == 0
    listed = {one["title"]: one for one in csv.DictReader(io.StringIO(capsys.readouterr().out))}
    assert len(listed) == 40
    for row in ASKS:
        one = listed[row.typed["asked"]]
        hours = float(one["hours_estimate"]) if one["hours_estimate"] else None
        found = (one["received_on"], one["due_on"], one["from_body"], hours)
        assert found == row.means, one["title"]


def test_the_log_comes_again_and_changes_nothing(
    log: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(["asks", "import", log.name, "--to-org", "ZA1", "--yes"])
    capsys.readouterr()
    # What was confirmed once is asked no more.
    assert run(["asks", "import", log.name, "--to-org", "ZA1"]) == 1
    assert "read 40; accepted 0, there already 40, rejected 0." in capsys.readouterr().out
