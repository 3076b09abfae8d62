"""Every command that writes where a user says: a folder is made, a wrong place is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from remit.cli.exit_codes import DONE_WITH_FINDINGS, WRONG_INPUT
from remit.cli.run import run
from remit.sample import (
    write_activity,
    write_monthly,
    write_returns,
    write_sample,
    write_spread,
    write_staff_survey,
)
from remit.sample.correspondence import write_correspondence
from tests.cli.test_common_options import ALL
from tests.practice.small_files import write_practice, write_register
from tests.surveys.exports import write_small

SERIES = "date,value\n" + "".join(f"2025-{month:02}-01,{80 + month}\n" for month in range(1, 13))
QUARTER = ("--period", "2025/26 Q4")
FILES = {
    "framework new": ("mine",),
    "survey new": ("{at}/people-2026.csv",),
    "framework new-judgements": ("nof-2022-23", "ZB1"),
    "framework schema": ("metrics",),
    "capability new": ("ZA1",),
    "commentary": ("ZB1", "--store", "{at}/store.duckdb"),
    "spc --svg": ("{at}/own.csv", "--better", "higher"),
    "asks learnt": ("--register", "{at}/asks.sqlite"),
    "asks list": ("--register", "{at}/asks.sqlite", "--format", "csv"),
}
"""Commands that write a file → the arguments beside the place."""
FOLDERS = {
    "assess": ("{at}/files", *QUARTER, "--no-likely"),
    "movement": ("ZA1", "{at}/files", "--from", "2025/26 Q3", "--to", "2025/26 Q4"),
    "sensitivity": ("{at}/files", *QUARTER),
    "spc": ("{at}/own.csv", "--better", "higher"),
    "who pages": ("--to", "ZA1"),
    "oversight plan": ("ZA1", "--asks", "{at}/asks/sample-asks.csv", "--on", "2026-03-31"),
    "site build": ("{at}/files", *QUARTER),
    "report": ("ZB1", "--store", "{at}/store.duckdb", "--formats", "pages"),
    "shift published": ("--store", "{at}/store.duckdb", "--framework", "neighbourhood-eight"),
    "survey report": ("{at}/people-2026.csv", "--questionnaire", "{at}/small.yaml"),
    "survey staff": ("{at}/sample-staff-survey.xlsx",),
    "survey themes": ("{at}/people-2026.csv", "--questionnaire", "{at}/small.yaml"),
    "survey tables": ("{at}/people-2026.csv", "--questionnaire", "{at}/small.yaml"),
    "annual check": ("{at}/annual",),
    "annual letter": ("{at}/annual",),
    "annual rollup": ("{at}/annual",),
    "annual compare": ("{at}/annual", "{at}/annual"),
    "move run": (
        "{at}/beds", "--service", "beds", "--share", "25", "--years", "1", "--draws", "2",
    ),
    "asks match": ("{at}/asks/sample-asks.csv",),
    "asks doubles": ("--register", "{at}/asks.sqlite"),
    "asks burden": ("--register", "{at}/asks.sqlite"),
    "shift effect": (
        "{at}/activity/sample-records.parquet",
        "--service", "Care at Home Team", "--from", "2024-04-01",
    ),
    "practices effect": (
        "--input", "{at}/practice/sample-figures.csv",
        "--adoption", "{at}/practice/sample-adoption.csv", "--practice", "Morning board round",
    ),
    "shift pages": ("--store", "{at}/store.duckdb"),
    "shift records": ("{at}/activity/sample-records.parquet",),
    "shift decompose": (
        "{at}/activity/sample-records.parquet",
        "--populations", "{at}/activity/sample-populations.csv",
        "--from", "2022/23 Q1", "--to", "2025/26 Q1",
    ),
    "shift neighbourhood": ("{at}/returns/returns", "--places", "{at}/returns/sample-places.txt"),
    "peers": ("--method", "{at}/ours.yaml", "--input", "{at}/alike.csv"),
    "deviants": ("--input", "{at}/quarters.csv"),
    "practices check": ("{at}/practices",),
    "practices spread": ("{at}/practices",),
    "practices report": ("{at}/practices",),
    "practices pages": (
        "--method", "{at}/ours.yaml", "--alike", "{at}/alike.csv",
        "--figures", "{at}/quarters.csv",
    ),
    "asks calendar": (
        "{at}/asks/sample-diary.ics", "--from", "2026-01-01", "--to", "2026-03-31",
    ),
}  # fmt: skip
"""Commands that write a folder → the arguments beside the place."""
SLOW = {
    "annual letter",
    "annual rollup",
    "survey report",
    "survey staff",
    "shift pages",
    "practices pages",
    "practices report",
    "site build",
    "report",
    "sensitivity",
    "who pages",
    "oversight plan",
}
"""Commands whose wrong places are tried, and whose right one has tests of its own."""


@pytest.fixture(scope="module")
def at(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("written")
    write_sample(folder / "files")
    write_monthly(folder / "monthly")
    write_correspondence(folder / "asks")
    write_small(folder)
    write_staff_survey(folder)
    write_activity(folder / "activity")
    write_spread(folder / "practice")
    write_returns(folder / "returns")
    run(["move", "new", str(folder / "beds"), "--template", "beds"])
    run(["annual", "new", str(folder / "annual"), "--year", "2024-25", "--region", "ZR1"])
    (folder / "own.csv").write_text(SERIES, encoding="utf-8")
    asks = str(folder / "asks" / "sample-asks.csv")
    register = ["--register", str(folder / "asks.sqlite")]
    run(["asks", "import", asks, *register])
    run(["asks", "decide", "A05", "--answered-by", "rtt", *register])
    run(["asks", "learnt", "--accept", "1", *register])
    run(["ingest", str(folder / "monthly"), "--store", str(folder / "store.duckdb")])
    write_practice(folder)
    write_register(folder / "practices")
    (folder / "a-file").write_text("mine", encoding="utf-8")
    (folder / "a-folder").mkdir()
    return folder


def asked(name: str, at: Path, out: Path) -> list[str]:
    arguments = [one.replace("{at}", str(at)) for one in {**FOLDERS, **FILES}[name]]
    *words, last = name.split()
    option = last if last.startswith("--") else "--out"
    return [*words, *([] if last.startswith("--") else [last]), *arguments, option, str(out)]


def test_every_command_that_writes_is_tried_here() -> None:
    writing = {
        " ".join(path) + ("" if option == "--out" else f" {option}")
        for path, command in ALL.items()
        for one in command.params
        for option in {"--out", "--svg"} & set(one.opts)
    }
    assert writing == {*FILES, *FOLDERS, "demo"}


@pytest.mark.parametrize("name", sorted({*FILES, *FOLDERS} - SLOW))
def test_a_folder_that_is_missing_is_made(name: str, at: Path, tmp_path: Path) -> None:
    out = tmp_path / "not" / "there" / "yet"
    assert run(asked(name, at, out)) <= DONE_WITH_FINDINGS
    assert out.is_dir() if name in FOLDERS else out.is_file()


@pytest.mark.parametrize("name", sorted({*FILES, *FOLDERS}))
def test_a_place_that_cannot_be_is_told(
    name: str, at: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong = at / ("a-folder" if name in FILES else "a-file")
    for place in (wrong, at / "a-file" / "below"):
        assert run(asked(name, at, place)) == WRONG_INPUT, place
        said = capsys.readouterr().err
        assert str(place) in said
        assert "fault of Remit's own" not in said
    assert (at / "a-file").read_text(encoding="utf-8") == "mine"
    assert list((at / "a-folder").iterdir()) == []
