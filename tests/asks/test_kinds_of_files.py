"""Which files are taken in, how large, and what a bad cell is told; docs are held to code."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from remit.asks.register.files import CALENDARS, LISTS, MAIL
from remit.catalogue.strict_yaml import VALUES
from remit.cli.run import run
from remit.exports.office_templates import TEMPLATE_BYTES
from remit.files import limits
from remit.files.limits import Limit

DOCS = Path(__file__).parents[2] / "docs"
KINDS = {"Lists": LISTS, "Messages": MAIL, "Calendars": CALENDARS}


@pytest.mark.parametrize("what", KINDS)
def test_the_docs_name_the_kinds_that_are_read(what: str) -> None:
    said = re.search(rf"- \*\*{what}\*\* \(([^;)]*)", (DOCS / "asks.md").read_text("utf-8"))
    assert said is not None
    assert set(re.findall(r"`(\.\w+)`", said[1])) == KINDS[what]


def test_the_docs_tell_the_limits_that_hold() -> None:
    declared = {
        one.variable: one.default
        for one in (*vars(limits).values(), VALUES, TEMPLATE_BYTES)
        if isinstance(one, Limit)
    }
    found: dict[str, set[int]] = {}
    for line in (DOCS / "files.md").read_text("utf-8").splitlines():
        if cells := re.fullmatch(r"\| .* \| ([\d,]+) \| `(REMIT_\w+)` \|", line):
            found.setdefault(cells[2], set()).add(int(cells[1].replace(",", "")))
    assert found == {name: {most} for name, most in declared.items()}
    asks = (DOCS / "asks.md").read_text("utf-8")
    (of_asks,) = re.findall(r"([\d,]+) bytes \(`REMIT_LARGEST_FILE`\)", asks)
    assert int(of_asks.replace(",", "")) == limits.FILE_BYTES.default


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("REMIT_ASKS", raising=False)
    return tmp_path


def test_a_kind_that_is_not_read_names_those_that_are(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("a.doc", "a.xlsb"):
        (folder / name).write_text("x")
        assert run(["asks", "import", name]) == 2
    told = capsys.readouterr().err.splitlines()
    assert set(re.findall(r"(?<![\w])\.\w+", told[0])) - {".doc"} == LISTS | MAIL | CALENDARS
    assert ".xlsb" not in told[0]
    assert "save it as .xlsx" in told[1]


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("31/02/2025", "no day that can be read; write 2025-06-30 or 30/06/2025 (your column"),
        ("#N/A", "the cell holds an error of a spreadsheet, no value (your column"),
        ("ask Siobhan Kelly", "no day that can be read"),
    ],
)
def test_a_bad_cell_is_told_with_the_heading_and_what_stands_there(
    folder: Path, cell: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "a.csv").write_text(f"Date in,From,To org code,Request\n{cell},CQC,ZA1,Falls\n")
    assert run(["asks", "import", "a.csv", "--yes"]) == 1
    told = capsys.readouterr().out
    assert "read 1; accepted 1" in told
    assert "line 2, received_on left blank: " in told
    assert said in told
    assert "(your column 'Date in'): " in told
    assert "Siobhan" not in told
    assert "workbook" not in told
    if "Siobhan" not in cell:
        assert f": {cell!r}" in told


@pytest.mark.parametrize("cell", ["46027", "46027.5", "5.1.26", "5th January 2026", "Mon 5 Jan 26"])
def test_a_day_is_read_in_the_forms_that_people_and_excel_write(
    folder: Path, cell: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "a.csv").write_text(f"Date in,From,To org code,Request\n{cell},CQC,ZA1,Falls\n")
    assert run(["asks", "import", "a.csv", "--yes"]) == 0
    assert ("by which Excel counts days was read as 2026-01-05" in capsys.readouterr().out) is (
        cell.startswith("460")
    )
    run(["asks", "list", "--format", "csv"])
    assert ",2026-01-05," in capsys.readouterr().out


def test_where_the_heading_is_remits_own_it_is_not_said_twice(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "a.csv").write_text("received_on,from_body,to_org_code,title\nx,CQC,ZA1,Falls\n")
    assert run(["asks", "import", "a.csv"]) == 1
    assert "your column" not in capsys.readouterr().out
