"""Lists of asks as people keep them: days, hours, totals, sheets, merged cells and errors."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from datetime import date, time
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from remit.cli.run import run

HEADER = ("Date received", "Due date", "From", "Request", "Hours")
Row = Sequence[Any]
Imported = Callable[..., tuple[int, str, list[dict[str, str]]]]


@pytest.fixture
def imported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Imported:
    """Import a file: the exit code, what is said, and the asks that are in the register then."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("REMIT_ASKS", raising=False)

    def work(path: Path) -> tuple[int, str, list[dict[str, str]]]:
        code = run(["asks", "import", str(path), "--yes", "--to-org", "ZA1"])
        said = capsys.readouterr().out
        run(["asks", "list", "--format", "csv"])
        listed = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
        return code, said, sorted(listed, key=lambda ask: int(ask["source_row"]))

    return work


def text(tmp_path: Path, *rows: Row) -> Path:
    path = tmp_path / "log.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([HEADER, *rows])
    return path


def book(tmp_path: Path, sheets: dict[str, Sequence[Row]], hidden: Sequence[str] = ()) -> Path:
    path = tmp_path / "log.xlsx"
    with xlsxwriter.Workbook(path, {"default_date_format": "dd/mm/yyyy"}) as made:
        clock = made.add_format({"num_format": "hh:mm"})
        for name, rows in sheets.items():
            sheet = made.add_worksheet(name)
            for number, row in enumerate(rows):
                for place, cell in enumerate(row):
                    form = [clock] if isinstance(cell, time) else []
                    sheet.write(number, place, cell, *form)
            if name in hidden:
                sheet.hide()
    return path


JUNE = date(2025, 6, 2)


def ask(title: str, hours: Any = 2, due: Any = date(2025, 6, 13), sender: str = "CQC") -> list[Any]:
    return [JUNE, due, sender, title, hours]


def test_an_ask_is_kept_without_the_day_that_cannot_be_read(
    imported: Imported, tmp_path: Path
) -> None:
    rows = [ask(f"Falls {n}", due=due) for n, due in enumerate(("asap", "Every Monday", "tbc"))]
    code, said, asks = imported(text(tmp_path, *rows))
    assert code == 1
    assert [one["due_on"] for one in asks] == ["", "", ""]
    for line, cell in enumerate(("asap", "Every Monday", "tbc"), start=2):
        assert f"line {line}, due_on left blank: no day that can be read" in said
        assert f"(your column 'Due date'): {cell!r}" in said


@pytest.mark.parametrize(
    ("written", "due"),
    [
        ("2025-06-12T23:00:00Z", "2025-06-13"),
        ("2025-06-12T22:59:00Z", "2025-06-12"),
        ("2025-12-12T23:30:00+00:00", "2025-12-12"),
        ("45812", "2025-06-04"),
        ("2.7.25", "2025-07-02"),
        ("4th July 2025", "2025-07-04"),
        ("Friday 4 July 2025", "2025-07-04"),
        ("13th June", "2025-06-13"),
        ("1 March", "2026-03-01"),
        ("04/07/2025 09:30", "2025-07-04"),
    ],
)
def test_days_as_people_write_them(
    imported: Imported, tmp_path: Path, written: str, due: str
) -> None:
    code, _, asks = imported(text(tmp_path, ask("Falls", due=written)))
    assert (code, [one["due_on"] for one in asks]) == (0, [due])


@pytest.mark.parametrize(
    ("written", "said"),
    [
        # The list was received on 2 June 2025; 13 June 2025 is a Friday.
        ("1 June", "no day that can be read"),
        ("Thursday 13 June", "2025-06-13 is a Friday, not a Thursday"),
        ("Mon 13/06/2025", "2025-06-13 is a Friday, not a Mon"),
    ],
)
def test_a_day_that_may_be_meant_in_two_ways_is_left_blank(
    imported: Imported, tmp_path: Path, written: str, said: str
) -> None:
    code, told, asks = imported(text(tmp_path, ask("Falls", due=written)))
    assert (code, [one["due_on"] for one in asks]) == (1, [""])
    assert said in told


@pytest.mark.parametrize(
    ("written", "hours"),
    [
        (time(2), 2.0),
        (time(1, 30), 1.5),
        ("1h30", 1.5),
        ("1:30", 1.5),
        ("90 min", 1.5),
        ("4-6", 5.0),
        ("2 hrs", 2.0),
        # A working day is declared to have 7.5 hours.
        ("half a day", 3.75),
        ("2 days", 15.0),
        ("1-3 days", 15.0),
        ("½", 0.5),
    ],
)
def test_hours_as_people_write_them(
    imported: Imported, tmp_path: Path, written: Any, hours: float
) -> None:
    path = book(tmp_path, {"Log": [HEADER, ask("Falls", written)]})
    code, _, asks = imported(path)
    assert (code, [float(one["hours_estimate"]) for one in asks]) == (0, [hours])


def test_hours_that_are_none_leave_the_ask_without(imported: Imported, tmp_path: Path) -> None:
    code, said, asks = imported(text(tmp_path, ask("Falls", "lots"), ask("RTT", "-2")))
    assert code == 1
    assert [one["hours_estimate"] for one in asks] == ["", ""]
    assert "line 2, hours_estimate left blank: no number of hours; write 2.5" in said
    assert "line 3, hours_estimate left blank" in said


@pytest.mark.parametrize(
    "row",
    [
        ["", "", "", "Total", 6],
        ["Total", "", "", "", 6],
        ["", "", "Grand total:", "", 6],
        ["", "", "", "", 6],
        ["", "", "", "Sum", ""],
        ["", "", "", "Total hours", "6:00"],
    ],
)
def test_a_row_of_totals_is_no_ask(imported: Imported, tmp_path: Path, row: Row) -> None:
    code, said, asks = imported(text(tmp_path, ask("Falls"), ask("RTT", 4), row))
    assert code == 0
    assert sum(float(one["hours_estimate"]) for one in asks) == 6.0
    assert "1 row of totals passed over, no ask: line 4" in said
    assert "read 2; accepted 2" in said


def test_what_only_looks_like_a_total_is_an_ask_or_a_rejection(
    imported: Imported, tmp_path: Path
) -> None:
    path = text(tmp_path, ask("Total waits over 52 weeks"), ["", "", "", "", 5])
    code, said, asks = imported(path)
    assert (code, [one["hours_estimate"] for one in asks]) == (1, ["2.0"])
    assert "line 3, text: the row says nothing of what is asked" in said


def test_every_sheet_with_the_same_headings_is_read(imported: Imported, tmp_path: Path) -> None:
    sheets = {
        "June": [["Requests"], HEADER, ask("Falls")],
        "July": [HEADER, ask("RTT"), ask("Beds", due="soon")],
        "Codes": [["Code", "Meaning"], ["a", "b"]],
        "Old": [HEADER, ask("Gone")],
    }
    code, said, asks = imported(book(tmp_path, sheets, ["Old"]))
    assert code == 1
    assert len(asks) == 3
    assert "read are the sheets June, July; not read: Codes, Old (hidden)" in said
    assert "log.xlsx (July), line 3, due_on left blank" in said


def test_a_merged_cell_holds_for_each_of_its_asks_and_hours_once(
    imported: Imported, tmp_path: Path
) -> None:
    path = tmp_path / "log.xlsx"
    with xlsxwriter.Workbook(path) as made:
        sheet = made.add_worksheet("Log")
        rows = [ask("Falls", due=""), ask("RTT", due="", sender=""), ask("Beds", 1, "", "")]
        for number, row in enumerate([HEADER, *([str(cell) for cell in row] for row in rows)]):
            sheet.write_row(number, 0, row)
        sheet.merge_range(1, 2, 3, 2, "CQC")
        sheet.merge_range(1, 4, 2, 4, "6")
    code, said, asks = imported(path)
    assert code == 0
    assert [one["from_body"] for one in asks] == ["CQC", "CQC", "CQC"]
    assert [one["hours_estimate"] for one in asks] == ["6.0", "", "1.0"]
    assert "hours in a merged cell are kept with the first of its asks" in said


@pytest.mark.parametrize("error", ["#N/A", "#VALUE!", "#REF!", "#NAME?", "#DIV/0!", "#SPILL!"])
def test_an_error_of_a_spreadsheet_is_named(imported: Imported, tmp_path: Path, error: str) -> None:
    code, said, asks = imported(text(tmp_path, ask("Falls", error, error)))
    assert (code, asks[0]["due_on"], asks[0]["hours_estimate"]) == (1, "", "")
    for column in ("due_on", "hours_estimate"):
        assert f"line 2, {column} left blank: the cell holds an error of a spreadsheet" in said
