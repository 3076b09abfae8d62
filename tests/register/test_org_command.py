"""``remit org``, as a user types it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner, Result

from remit.cli.people.org import org
from remit.model.errors import UnknownCode

APP = typer.Typer()
APP.command()(org)


def run(*arguments: str) -> Result:
    return CliRunner(env={"COLUMNS": "160"}).invoke(APP, list(arguments))


def as_json(*arguments: str) -> Any:
    result = run(*arguments, "--format", "json")
    return json.loads(result.output)


def test_a_trust_is_shown_as_on_a_day() -> None:
    result = run("RYJ", "--on", "2025-06-30")
    assert result.exit_code == 0
    assert result.output.startswith("RYJ Imperial College Healthcare NHS Trust\n")
    for words in (
        "Acute trust · Acute - Teaching",
        "Y56 London",
        "QRV NHS North West London Integrated Care Board",
        "1 October 2007",
        "30 June 2025",
        "Organisation Data Service",
    ):
        assert words in result.output


def test_the_card_follows_the_merger_of_the_icb() -> None:
    shown = as_json("ryj", "--on", "2026-04-01")
    assert shown["lead_icb"]["code"] == "Z9B2Z"
    assert shown["region"] == {"code": "Y56", "name": "London", "on": None}


def test_a_closed_trust_is_told_in_a_sentence() -> None:
    result = run("RY2", "--on", "2026-06-30")
    assert result.exit_code == 0
    assert (
        "RY2 (Bridgewater Community Healthcare NHS Foundation Trust) closed on 31 March 2026; its "
        "work passed to RWW (North Cheshire and Mersey NHS Foundation Trust)." in result.output
    )
    assert as_json("RY2", "--on", "2026-06-30")["on"] == "2026-03-31"


def test_an_end_without_successor_is_told() -> None:
    output = run("RYK", "--on", "2025-06-30").output
    assert "closed on 30 September 2024; the register names no successor." in output


def test_an_icb_before_its_opening_is_told_with_its_predecessors() -> None:
    output = run("Z9B2Z", "--on", "2025-06-30").output
    assert "opened on 1 April 2026; before that its work was with QMJ (" in output


def test_the_trusts_of_an_icb_are_a_table() -> None:
    output = run("--icb", "QHM", "--on", "2025-06-30").output
    assert output.startswith("Trusts of NHS North East and North Cumbria Integrated Care Board")
    assert "on 30 June 2025: 11" in output.splitlines()[0]
    assert "South Tyneside and Sunderland NHS Foundation Trust" in output
    assert len(as_json("--icb", "QHM", "--on", "2025-06-30")) == 11


def test_the_members_of_a_region_are_icbs_and_trusts() -> None:
    output = run("--region", "Y63", "--on", "2025-06-30").output
    assert "ICBs of North East and Yorkshire (Y63) on 30 June 2025: 4" in output
    assert "Trusts of North East and Yorkshire (Y63) on 30 June 2025: 33" in output


def test_a_closed_icb_leads_on_nobody_and_the_sentence_says_why() -> None:
    output = run("--icb", "QMJ", "--on", "2026-05-01").output
    assert "its work passed to Z9B2Z (NHS West and North London Integrated Care Board)" in output


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["RYX1"], "Nearest: RYX Central London Community Healthcare NHS Trust"),
        (["--icb", "RYJ"], "is a trust, not an ICB. See: remit org RYJ"),
        (["--region", "QHM"], "is an ICB, not a region"),
    ],
)
def test_an_unknown_or_wrong_code_is_refused(arguments: list[str], said: str) -> None:
    result = run(*arguments)
    assert isinstance(result.exception, UnknownCode)
    assert said in str(result.exception)


@pytest.mark.parametrize("arguments", [[], ["RYJ", "--icb", "QHM"], ["RYJ", "--on", "yesterday"]])
def test_wrong_arguments_end_with_2(arguments: list[str]) -> None:
    assert run(*arguments).exit_code == 2


def ods_file(folder: Path, *lines: str) -> str:
    path = folder / "etr.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    return str(path)


def test_differences_from_an_ods_file_end_with_1(tmp_path: Path) -> None:
    cells = ["RYJ", "IMPERIAL NHS TRUST", "Y56", "QRV", *[""] * 6, "20071001", *[""] * 16]
    path = ods_file(tmp_path, ",".join(cells), "not,a,row")
    result = run("--check-ods", path, "--on", "2025-11-01")
    assert result.exit_code == 1
    assert "2 rows read, 1 rejected; 205 differences as on 2025-11-01" in result.output
    assert "3 columns where ODS gives 23 to 27" in result.output
    found = as_json("--check-ods", path, "--on", "2025-11-01")
    assert [d for d in found["differences"] if d["line"]] == [
        {
            "code": "RYJ",
            "name": "Imperial College Healthcare NHS Trust",
            "what": "name",
            "register": "Imperial College Healthcare NHS Trust",
            "ods": "IMPERIAL NHS TRUST",
            "line": 1,
        }
    ]
