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
        # Of a week the first day, of a month or a quarter the last.
        ("w/c 9 June", "2025-06-09"),
        ("W/C Mon 09.06.2025", "2025-06-09"),
        ("week ending 13/06/2025", "2025-06-13"),
        ("June 2025", "2025-06-30"),
        ("Jul-25", "2025-07-31"),
        ("end of June", "2025-06-30"),
        ("Q1 2025/26", "2025-06-30"),
        # Received on a Monday.
        ("by Friday", "2025-06-06"),
        ("COP 13 June", "2025-06-13"),
        ("13/06/2025 5pm", "2025-06-13"),
        ("13/06/2025 (extended)", "2025-06-13"),
        ("13-Jun", "2025-06-13"),
        ("2025/06/13", "2025-06-13"),
        ("20250613", "2025-06-13"),
        ("13 Sept 2025", "2025-09-13"),
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
        ("6 or 13 June", "no day that can be read"),
        ("12/06/2025; 19/06/2025", "no day that can be read"),
        ("31/06/2025", "no day that can be read"),
        ("13/06/0225", "the year must be from"),
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
        ("30 mins", 0.5),
        ("1 hr 30 mins", 1.5),
        ("1/2 day", 3.75),
        ("a day and a half", 11.25),
        ("1 week", 37.5),
        ("approx. 3", 3.0),
        ("2 people x 3 hrs", 6.0),
        ("3 (est)", 3.0),
        ("2+", 2.0),
        ("nil", 0.0),
    ],
)
def test_hours_as_people_write_them(
    imported: Imported, tmp_path: Path, written: Any, hours: float
) -> None:
    path = book(tmp_path, {"Log": [HEADER, ask("Falls", written)]})
    code, _, asks = imported(path)
    assert (code, [float(one["hours_estimate"]) for one in asks]) == (0, [hours])


def test_hours_that_are_none_leave_the_ask_without(imported: Imported, tmp_path: Path) -> None:
    code, said, asks = imported(
        text(tmp_path, ask("Falls", "lots"), ask("RTT", "-2"), ask("DM01", "0x10"))
    )
    assert code == 1
    assert [one["hours_estimate"] for one in asks] == ["", "", ""]
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
        ["", "", "", "TOTAL HOURS:", 6],
        ["", "", "", "Total for June", 6],
        ["", "", "", "Total hours: 6", ""],
        ["n = 2", "", "", "", ""],
        ["", "", "", "No. of requests: 2", ""],
        ["", "", "", "Average", 3],
        ["", "", "", "Total", "#REF!"],
        ["", "", "", 2, 6],
        ["", "", "", 2, ""],
        ["", "", "", "**Total**", 6],
        ["", "", "", "Monthly total (June)", 6],
        ["Hours in total", "", "", "", 6],
        ["2 asks", "", "", "", 6],
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
    total = ["", "", "", "Total waits by ward", 1]
    path = text(tmp_path, ask("Total waits over 52 weeks"), ["", "", "", "", 5], total)
    code, said, asks = imported(path)
    assert (code, [one["hours_estimate"] for one in asks]) == (1, ["2.0", "1.0"])
    assert "line 3, text: the row says nothing of what is asked" in said


def test_sub_totals_headings_of_parts_and_headers_that_come_again_are_no_asks(
    imported: Imported, tmp_path: Path
) -> None:
    path = text(
        tmp_path,
        ["June 2025", "", "", "", ""],
        ask("Falls", 2),
        ["", "", "", "Total for June", 2],
        ["w/c 7 July", "", "", "", ""],
        ask("RTT", 4),
        ["", "", "", "Total for July", 4],
        HEADER,
        ask("Beds", 1),
        ["", "", "", "TOTAL", 7],
    )
    code, said, asks = imported(path)
    assert (code, [one["title"] for one in asks]) == (0, ["Falls", "RTT", "Beds"])
    assert "3 rows of totals passed over, no ask: line 4, 7, 10" in said
    assert "2 rows of headings of a part passed over, no ask: line 2, 5" in said
    assert "1 row of headings once more passed over, no ask: line 8" in said


def test_no_name_stands_in_what_is_told(imported: Imported, tmp_path: Path) -> None:
    rows = [ask("Falls", "3 (Priya Sharma)", "13/06/2025 (agreed with Priya Sharma)")]
    code, said, asks = imported(text(tmp_path, *rows))
    assert (code, asks[0]["due_on"], asks[0]["hours_estimate"]) == (0, "2025-06-13", "3.0")
    assert "was read as 2025-06-13" in said
    assert "was read as 3 hours" in said
    assert "Priya" not in said


def test_ditto_marks_are_what_stands_above(imported: Imported, tmp_path: Path) -> None:
    rows = ['"', "", "ditto", "RTT", 1], ["as above", "", '"', "Beds", 1]
    code, said, asks = imported(text(tmp_path, ask("Falls"), *rows))
    assert (code, [one["from_body"] for one in asks]) == (0, ["CQC"] * 3)
    assert [one["received_on"] for one in asks] == [JUNE.isoformat()] * 3
    assert "line 3: from_body: 'ditto' was read as what stands above it" in said


def test_a_column_that_writes_the_month_first(imported: Imported, tmp_path: Path) -> None:
    rows = [
        ["06/02/2025", "06/13/2025", "CQC", "Falls", 1],
        ["06/03/2025", "06/20/2025", "CQC", "RTT", 1],
    ]
    code, said, asks = imported(text(tmp_path, *rows))
    assert [one["received_on"] for one in asks] == ["2025-06-02", "2025-06-03"]
    assert (code, [one["due_on"] for one in asks]) == (0, ["2025-06-13", "2025-06-20"])
    assert "all have the month first" in said


def test_one_date_with_the_month_first_is_a_slip_and_turns_no_other(
    imported: Imported, tmp_path: Path
) -> None:
    rows = [*(ask(f"Falls {n}", due="03/06/2025") for n in range(6)), ask("RTT", due="06/13/2025")]
    code, said, asks = imported(text(tmp_path, *rows))
    assert (code, [one["due_on"] for one in asks]) == (1, [*["2025-06-03"] * 6, ""])
    assert "line 8, due_on left blank" in said


def test_months_first_with_a_clock_and_few_that_tell(imported: Imported, tmp_path: Path) -> None:
    rows = [
        ["6/2/2025 9:00 AM", "6/12/2025 11:00 PM", "CQC", "Falls", 1],
        ["6/3/2025 9:00 AM", "6/20/2025 11:00 PM", "CQC", "RTT", 1],
    ]
    code, _, asks = imported(text(tmp_path, *rows))
    assert [one["received_on"] for one in asks] == ["2025-06-02", "2025-06-03"]
    assert (code, [one["due_on"] for one in asks]) == (0, ["2025-06-12", "2025-06-20"])


def test_senders_and_recipients_whom_nobody_knows_are_told(
    imported: Imported, tmp_path: Path
) -> None:
    rows = [ask("a", sender="Zed Forum"), ask("b", sender=""), ask("c", sender="Priya Sharma")]
    known = ["NWL", "C&M", "Y56", "QRV", "NHS E", "NHSI/E", "HEE", "NHSE London", "ZA1"]
    code, said, asks = imported(text(tmp_path, *rows, *(ask(f"d{k}", sender=k) for k in known)))
    assert code == 0
    assert "line 2: from_body: 'Zed Forum' is no declared body; kept as written" in said
    assert "line 3: from_body: nobody is named; kept as unknown" in said
    assert "line 4: from_body: a person, or no body that is declared; kept as unknown" in said
    assert "Priya" not in said
    region, icb = "NHSE region", "ICB performance team"
    assert [one["from_body"] for one in asks] == [
        *("Zed Forum", "unknown", "unknown", icb, icb, region, icb, region, region),
        *("NHSE national team", region, "provider"),
    ]


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


def test_a_sheet_with_other_headings_is_read_or_named(imported: Imported, tmp_path: Path) -> None:
    sheets = {
        "June": [HEADER, ask("Falls")],
        "July": [
            ["Who from", "Date rec’d", "What they want", "Needed by", "Effort (days)"],
            ["NHSE region", date(2025, 7, 2), "Beds", date(2025, 7, 9), 1],
        ],
        "Contacts": [["Name", "Organisation", "Email"], ["Ann Bell", "ZB1", "a@zb1.example"]],
        "Actions": [["Action", "Owner", "Due date"], ["Send", "Finance", date(2025, 7, 9)]],
    }
    code, said, asks = imported(book(tmp_path, sheets))
    assert (code, [one["title"] for one in asks]) == (0, ["Falls", "Beds"])
    assert [float(one["hours_estimate"]) for one in asks] == [2.0, 7.5]
    assert "read are the sheets June, July; not read: Contacts, Actions" in said
    assert "columns guessed on July: Who from = from_body" in said
    assert "log.xlsx (July), " not in said
    assert "July, bare numbers of hours are days of 7.5 hours" in said


def test_a_sheet_that_goes_on_without_headings(imported: Imported, tmp_path: Path) -> None:
    meetings = [date(2025, 7, 2), "", "", "", ""]
    sheets = {
        "June": [HEADER, ask("Falls")],
        "July": [ask("RTT", due=date(2025, 7, 1)), ask("Beds")],
        "Days": [meetings, meetings],
    }
    code, said, asks = imported(book(tmp_path, sheets))
    assert (code, {one["title"] for one in asks}) == (0, {"RTT", "Falls", "Beds"})
    assert "read are the sheets June, July; not read: Days" in said
    assert "July has no headings, and is read by those of June" in said


def test_a_summary_or_contents_before_the_list_is_named(imported: Imported, tmp_path: Path) -> None:
    sheets = {
        "Contents": [["Sheet", "Description"], ["Log", "All requests"]],
        "Summary": [["From", "Total requests", "Hours"], ["CQC", 1, 2], ["NWL", 1, 2]],
        "Log": [HEADER, ask("Falls")],
        "Spare": [HEADER],
    }
    code, said, asks = imported(book(tmp_path, sheets))
    assert (code, [one["title"] for one in asks]) == (0, ["Falls"])
    assert "read are the sheets Log, Spare; not read: Contents, Summary" in said


def test_what_is_hidden_beside_or_above_a_list_is_told(imported: Imported, tmp_path: Path) -> None:
    path = tmp_path / "log.xlsx"
    with xlsxwriter.Workbook(path) as made:
        sheet = made.add_worksheet("Log")
        sheet.write_row(0, 0, ["Note", "this", "was", "begun in 2024"])
        sheet.write_row(1, 0, [*HEADER, "Private"])
        sheet.write_row(2, 0, ["02/06/2025", "13/06/2025", "CQC", "Falls", 2, "x"])
        sheet.write_row(3, 0, ["02/06/2025", "13/06/2025", "CQC", "RTT", 3, "", "a stray remark"])
        sheet.set_column(4, 5, None, None, {"hidden": True})
        sheet.set_row(3, None, None, {"hidden": True})
    code, said, asks = imported(path)
    assert (code, [float(one["hours_estimate"]) for one in asks]) == (0, [2.0, 3.0])
    assert "hidden in the workbook, and read like the others: column Hours, Private" in said
    assert "hidden in the workbook, and read like the others: line 4" in said
    assert "above the header and not read: line 1" in said
    assert "columns that were not taken in: Private, column G" in said


def test_a_header_of_two_rows_and_lines_across_the_sheet(
    imported: Imported, tmp_path: Path
) -> None:
    path = tmp_path / "log.xlsx"
    with xlsxwriter.Workbook(path) as made:
        sheet = made.add_worksheet("Log")
        sheet.write(0, 0, "Log of requests")
        sheet.merge_range(2, 0, 2, 1, "Dates")
        for at, name in ((2, "From"), (3, "Request"), (4, "Hours")):
            sheet.merge_range(2, at, 3, at, name)
        sheet.write_row(3, 0, ["Received", "Due"])
        sheet.merge_range(4, 0, 4, 4, "FIRST HALF")
        sheet.write_row(5, 0, ["02/06/2025", "13/06/2025", "CQC", "Falls", 2])
        sheet.write_row(6, 3, ["Total", 2])
    code, said, asks = imported(path)
    assert (code, [one["title"] for one in asks]) == (0, ["Falls"])
    assert (asks[0]["received_on"], asks[0]["due_on"]) == ("2025-06-02", "2025-06-13")
    assert "1 row of headings of a part passed over, no ask: line 5" in said


def test_hours_to_which_excel_gave_the_form_of_a_day(imported: Imported, tmp_path: Path) -> None:
    path = tmp_path / "log.xlsx"
    with xlsxwriter.Workbook(path) as made:
        forms = [made.add_format({"num_format": form}) for form in ("[h]:mm", "hh:mm", "dd-mmm")]
        sheet = made.add_worksheet("Log")
        sheet.write_row(0, 0, HEADER)
        # 30 hours twice; what is typed as 4-6 becomes 4 June.
        for row, (number, form) in enumerate(zip((1.25, 1.25, 45812), forms, strict=True), start=1):
            sheet.write_row(row, 0, ["02/06/2025", "", "CQC", f"Falls {row}"])
            sheet.write_number(row, 4, number, form)
    code, said, asks = imported(path)
    assert (code, [one["hours_estimate"] for one in asks]) == (1, ["30.0", "30.0", ""])
    assert "which Excel makes of what is typed as 4-6" in said


def test_an_odd_cell_costs_its_field_and_never_the_ask(imported: Imported, tmp_path: Path) -> None:
    head = ["Ref", *HEADER, "Details"]
    rows = [
        ["#REF!", "#N/A", "", "#NAME?", "Falls", "#DIV/0!", "#VALUE!"],
        ["2", JUNE, "", "CQC", "#REF!", 2, "Waits by site"],
        ["3", JUNE, "", "CQC", "#REF!", 2, ""],
    ]
    path = tmp_path / "log.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([head, *rows])
    code, said, asks = imported(path)
    assert (code, [one["title"] for one in asks]) == (1, ["Falls", ""])
    for column in ("ask_id", "received_on", "from_body", "hours_estimate", "text"):
        assert f"line 2, {column} left blank: the cell holds an error of a spreadsheet" in said
    assert "log.csv, line 4, title: the cell holds an error of a spreadsheet" in said
