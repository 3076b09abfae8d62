"""Tables as people have them: any separator, months down or across, columns found and told."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from remit.cli.run import run
from remit.model.errors import PublicationError
from remit.signals.dates import read_day
from remit.signals.own_file import OwnFile, read_counts, read_events, read_own_file

MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
FIRSTS = [date(2024, number, 1) for number in range(1, 13)]
UP = [70.0 + number for number in range(12)]


def text(path: Path, *lines: str, encoding: str = "utf-8") -> Path:
    path.write_bytes(("\r\n".join(lines) + "\r\n").encode(encoding))
    return path


def workbook(path: Path, **sheets: Sequence[Sequence[Any]]) -> Path:
    """A workbook; a list of two cells is one merged over so many columns: ``["2024", 12]``."""
    with xlsxwriter.Workbook(str(path)) as book:
        months = book.add_format({"num_format": "mmm-yy"})
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for at, row in enumerate(rows):
                place = 0
                for cell in row:
                    if isinstance(cell, list):
                        sheet.merge_range(at, place, at, place + cell[1] - 1, cell[0])
                        place += cell[1]
                        continue
                    if isinstance(cell, datetime):
                        sheet.write_datetime(at, place, cell, months)
                    elif cell != "":
                        sheet.write(at, place, cell)
                    place += 1
    return path


def months_of(own: OwnFile, series: str) -> dict[date, float]:
    rows = own.points.select("series", "date", "value").rows()
    return {day: value for name, day, value in rows if name == series}


def told(own: OwnFile) -> list[tuple[int, str, str]]:
    return [(one.line, one.column, one.reason) for one in own.rejections]


# A point a line -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "form",
    [
        "1/{n}/24", "01/{n:02}/2024", "{n:02}/2024", "{n}/2024", "2024{n:02}", "2024-{n:02}",
        "2024/{n:02}", "{m}-24", "{m} 2024", "{m}'24", "2024 {m}", "2024-{m}", "2024M{n:02}",
        "1 {m} 2024", "1st {m} 2024", "{m} 1, 2024", "1-{m}-24", "2024{n:02}01", "{m} 2024 (p)",
        "2024-{n:02}-01T00:00:00", "w/c 01/{n:02}/2024", "01.{n:02}.2024 00:00",
    ],
)  # fmt: skip
def test_a_column_of_months_in_any_spelling_is_found(tmp_path: Path, form: str) -> None:
    lines = [f'"{form.format(n=n, m=MONTHS[n - 1])}",{70 + n}.5%' for n in range(1, 13)]
    own = read_own_file(text(tmp_path / "waits.csv", "Month,% within 4h", *lines))
    assert own.notes == ("read 'Month' as the date, '% within 4h' as the value",)
    assert own.points["date"].to_list() == FIRSTS
    assert own.points["value"].to_list() == [70.5 + n for n in range(1, 13)]
    assert not own.rejections


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2023/24 Q4", date(2024, 1, 1)),
        ("Q4 23/24", date(2024, 1, 1)),
        ("Sept-24", date(2024, 9, 1)),
        ("SEPTEMBER 2024", date(2024, 9, 1)),
        ("2024-W05", date(2024, 1, 29)),
        ("2024W05-3", date(2024, 1, 31)),
        ("2024-W60", None),
        ("week 5 2024", None),
        ("45292", date(2024, 1, 1)),
        ("45292.75", date(2024, 1, 1)),
        ("202413", None),
        ("13/2024", None),
        ("Month 3 2025/26", date(2025, 6, 1)),
        ("M12 25/26", date(2026, 3, 1)),
        ("Week ending 7 January 2024", date(2024, 1, 7)),
        ("2025-07-31T23:00:00Z", date(2025, 8, 1)),
        ("2025-07-31 23:00:00+00:00", date(2025, 8, 1)),
        ("2025-07-31T23:00:00", date(2025, 7, 31)),
        ("12", None),
    ],
)
def test_dates_as_programs_and_people_write_them(written: str, day: date | None) -> None:
    assert read_day(written) == day


@pytest.mark.parametrize(
    ("others", "day"),
    [(["2011-10", "2011-11"], date(2011, 12, 1)), (["2012-13", "2013-14"], date(2011, 4, 1))],
)
def test_2011_12_is_what_the_others_of_its_column_are(
    tmp_path: Path, others: list[str], day: date
) -> None:
    lines = [f"{label},{n}" for n, label in enumerate([*others, "2011-12"])]
    own = read_own_file(text(tmp_path / "a.csv", "Period,Rate", *lines))
    assert own.points["date"][-1] == day
    assert not own.rejections


def test_excels_day_numbers_are_dates_in_a_column_of_that_name(tmp_path: Path) -> None:
    lines = [f"{45292 + 31 * n},{45000 + n}" for n in range(6)]
    own = read_own_file(text(tmp_path / "a.csv", "Week,Attendances", *lines))
    assert own.notes == ("read 'Week' as the date, 'Attendances' as the value",)
    assert own.points.row(0) == ("a", date(2024, 1, 1), 45000.0)


@pytest.mark.parametrize(
    ("separator", "encoding"), [(";", "utf-8"), ("\t", "utf-8"), (",", "utf-16"), ("\t", "utf-16")]
)
def test_separators_and_utf_16(tmp_path: Path, separator: str, encoding: str) -> None:
    rows = [["Waiting times, Elm Trust"], ["Month", "Rate"]]
    comma = "," if separator == ";" else "."
    rows += [[f"{month} 2024", f"7{n % 10}{comma}5"] for n, month in enumerate(MONTHS)]
    lines = ['"' + rows[0][0] + '"', *(separator.join(row) for row in rows[1:])]
    own = read_own_file(text(tmp_path / "a.csv", *lines, encoding=encoding))
    assert own.notes[0] == "read 'Month' as the date, 'Rate' as the value"
    assert own.points["value"].to_list() == [70.5 + n % 10 for n in range(12)]


def test_a_cell_over_two_lines_is_one_cell(tmp_path: Path) -> None:
    own = read_own_file(
        text(tmp_path / "a.csv", "series,date,value", '"Elm', 'Trust",2024-01-01,1', "x,y,z")
    )
    assert own.points.rows() == [("Elm Trust", date(2024, 1, 1), 1.0)]
    assert [one.line for one in own.rejections] == [4]


def test_marks_and_blanks_are_no_zero_and_told_as_what_they_are(tmp_path: Path) -> None:
    cells = ['"1,204"', "*", "n/a", "", "-", "5 or so", "0"]
    lines = [f"2024-{n:02}-01,{cell}" for n, cell in enumerate(cells, 1)]
    own = read_own_file(text(tmp_path / "a.csv", "Month,Waits", *lines))
    assert own.points["value"].to_list() == [1204.0, 0.0]
    assert told(own)[:4] == [
        (3, "Waits", "the figure is suppressed, which is not zero: no point"),
        (4, "Waits", "the figure is not available, which is not zero: no point"),
        (5, "Waits", "the value is missing"),
        (6, "Waits", "the figure is not available, which is not zero: no point"),
    ]
    assert told(own)[4][2].startswith("this is no number")
    assert own.rows_read == 7


def test_a_target_column_and_the_lines_of_a_chart_are_no_value(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = [f"{month} 24,{n},15,,0,20,fine" for n, month in enumerate(MONTHS)]
    path = text(tmp_path / "a.csv", "Month,Actual,Target,Owner,LCL,UCL,Comment", *lines)
    own = read_own_file(path)
    assert own.notes == ("read 'Month' as the date, 'Actual' as the value, 'Target' as the target",)
    assert own.points["target"].to_list() == [15.0] * 12
    assert run(["spc", str(path), "--better", "higher"]) == 0
    assert "target 15" in capsys.readouterr().out
    assert run(["spc", str(path), "--better", "higher", "--target", "3"]) == 0
    assert "target 3" in capsys.readouterr().out


def test_a_rate_is_told_from_its_counts(tmp_path: Path) -> None:
    # 45 / 60 = 75%, 48 / 60 = 80%, 27 / 40 = 67.5%
    rows = ["Jan 24,60,45,75.0", "Feb 24,60,48,80.0", "Mar 24,40,27,67.5"]
    path = text(tmp_path / "a.csv", "Month,Attendances,In time,Performance", *rows)
    own = read_own_file(path)
    assert own.notes == ("read 'Month' as the date, 'Performance' as the value",)
    counts = read_counts(path)
    assert counts.points.select("numerator", "denominator").rows() == [(45, 60), (48, 60), (27, 40)]
    assert "'In time' as the numerator, 'Attendances' as the denominator" in counts.notes[0]


def test_nobody_counted_is_told_as_that(tmp_path: Path) -> None:
    path = text(tmp_path / "a.csv", "Month,Num,Den", "Jan 24,5,10", "Feb 24,0,0")
    own = read_counts(path)
    assert told(own) == [(3, "Den", "nobody was counted: of a denominator of 0 there is no rate")]


def test_year_and_month_in_two_columns(tmp_path: Path) -> None:
    lines = [f"2024/25,{month},{n}" for n, month in enumerate(MONTHS)]
    own = read_own_file(text(tmp_path / "a.csv", "Financial year,Month,Rate", *lines))
    assert own.notes[0].startswith("read 'Financial year and Month' as the date")
    assert own.points["date"][0] == date(2025, 1, 1)
    assert own.points["date"][3] == date(2024, 4, 1)


def test_a_year_beside_its_months_is_no_second_date(tmp_path: Path) -> None:
    lines = [f"2024,{month} 2024,{n}" for n, month in enumerate(MONTHS)]
    own = read_own_file(text(tmp_path / "a.csv", "Year,Reporting period,Falls", *lines))
    assert own.notes == ("read 'Reporting period' as the date, 'Falls' as the value",)


# Series -------------------------------------------------------------------------------------------


def test_names_that_are_numbers_tell_series_apart(tmp_path: Path) -> None:
    lines = [f"{ward},2024-W{n:02},{n}" for n in range(1, 7) for ward in (1, 2)]
    own = read_own_file(text(tmp_path / "a.csv", "Ward,Week,Falls", *lines))
    assert own.notes == ("read 'Week' as the date, 'Falls' as the value, 'Ward' as the series",)
    assert own.points["series"].unique().sort().to_list() == ["1", "2"]
    assert own.points["date"][2] == date(2024, 1, 8)


def test_a_code_beside_its_name_is_one_key_and_a_metric_another(tmp_path: Path) -> None:
    lines = [
        f"North,ZA{org},Trust {org},{metric},{month} 24,{n}"
        for n, month in enumerate(MONTHS)
        for org in (1, 2)
        for metric in ("Waits", "Falls")
    ]
    path = text(tmp_path / "a.csv", "Region,Org code,Organisation,Metric,Month,Figure", *lines)
    own = read_own_file(path)
    assert "'Organisation', 'Metric' as the series" in own.notes[0].replace(" and ", ", ")
    assert own.points["series"].n_unique() == 4
    named = read_own_file(path, series=["org code", "metric"])
    assert named.points["series"][0] == "ZA1 · Waits"


def test_two_points_of_one_month_are_told_and_unsorted_months_are_in_order(tmp_path: Path) -> None:
    rows = ["Mar 24,3", "Jan 24,1", "Jan 24,2", "Feb 24,2"]
    own = read_own_file(text(tmp_path / "a.csv", "Month,Rate", *rows))
    assert sorted(own.points["date"]) == [date(2024, 2, 1), date(2024, 3, 1)]
    assert [one.line for one in own.rejections] == [3, 4]


# Months across the top ----------------------------------------------------------------------------


def test_months_across_with_totals_left_out(tmp_path: Path) -> None:
    path = text(
        tmp_path / "a.csv",
        "Waits by trust",
        "",
        "Trust," + ",".join(f"{m}-24" for m in MONTHS[:4]) + ",Total,YTD",
        "Elm,1,2,3,4,10,10",
        "Oak,5,*,,8,13,13",
        "Ash,,,,,,",
    )
    own = read_own_file(path)
    assert own.notes == (
        "read 4 columns across the top, 'Jan-24' to 'Apr-24', as the dates, 'Trust' as the series",
        "left out: 'Total' and 'YTD'",
        "1 blank cell: no points",
    )
    assert list(months_of(own, "Elm").values()) == [1, 2, 3, 4]
    assert months_of(own, "Oak") == {FIRSTS[0]: 5.0, FIRSTS[3]: 8.0}
    assert told(own) == [
        (5, "Feb-24", "the figure is suppressed, which is not zero: no point"),
        (6, "Jan-24", "the row has no figure under any month"),
    ]
    assert own.rows_read == own.points.height + 2 == 8


def test_a_years_total_among_its_months_is_left_out(tmp_path: Path) -> None:
    heads = [*(f"{m} 2023" for m in MONTHS[3:6]), "2023/24", *(f"{m} 2024" for m in MONTHS[3:6])]
    path = text(
        tmp_path / "a.csv",
        "Org,Metric,Target," + ",".join(heads),
        "Elm,Waits,92,1,2,3,6,4,5,6",
        "Elm,Falls,,1,2,3,6,4,5,6",
    )
    own = read_own_file(path)
    assert "left out: 'Org' and '2023/24'" in own.notes
    assert own.points.height == 12
    assert set(own.points.select("series", "target").rows()) == {("Waits", 92.0), ("Falls", None)}


def test_years_merged_over_months_of_a_workbook(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "a.xlsx",
        Notes=[["What this is"]],
        Data=[
            ["Dashboard"],
            [],
            ["", ["2023/24", 3], ["2024/25", 9]],
            ["Trust", *MONTHS[:3], *MONTHS[3:]],
            ["Elm", *range(12)],
            [7, *range(12)],
        ],
    )
    own = read_own_file(path)
    assert list(months_of(own, "Elm")) == FIRSTS
    assert list(months_of(own, "7").values()) == list(range(12))
    assert "read the sheet 'Data', not Notes" in own.notes


def test_days_of_a_workbook_across_and_down(tmp_path: Path) -> None:
    days = [datetime(2024, n, 1) for n in range(1, 13)]
    across = workbook(tmp_path / "a.xlsx", A=[["", *days], ["Elm", *UP], ["Oak", *UP]])
    assert months_of(read_own_file(across), "Oak") == dict(zip(FIRSTS, UP, strict=True))
    rows = [[day, value, ""] for day, value in zip(days, UP, strict=True)]
    down = workbook(tmp_path / "b.xlsx", A=[["Elm Trust"], [], ["Month", "Rate", ""], *rows])
    assert months_of(read_own_file(down), "b") == dict(zip(FIRSTS, UP, strict=True))


def test_names_merged_over_rows_hold_for_each(tmp_path: Path) -> None:
    path = text(
        tmp_path / "a.csv",
        "Org,Metric,Jan-24,Feb-24",
        "Elm,Waits,1,2",
        ",Falls,3,4",
        "Oak,Waits,5,6",
        ",Falls,7,8",
    )
    own = read_own_file(path)
    assert months_of(own, "Oak · Falls") == {FIRSTS[0]: 7.0, FIRSTS[1]: 8.0}
    assert "'Org': a name holds for the rows below it" in own.notes


def test_names_merged_over_rows_of_a_workbook_and_hidden_sheets(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet, old = book.add_worksheet("Now"), book.add_worksheet("Then")
        old.hide()
        for one in (sheet, old):
            one.write_row(0, 0, ["Trust", "Month", "Falls"])
            for at in range(6):
                one.write_row(at + 1, 1, [f"{MONTHS[at % 3]} 24", at])
            one.merge_range(1, 0, 3, 0, "Elm")
            one.merge_range(4, 0, 6, 0, "Oak")
    own = read_own_file(path)
    assert months_of(own, "Oak") == {FIRSTS[0]: 3.0, FIRSTS[1]: 4.0, FIRSTS[2]: 5.0}
    assert not own.rejections
    assert "read the sheet 'Now', not Then (hidden)" in own.notes
    assert any(note.startswith("merged cells below Trust: a name holds") for note in own.notes)


@pytest.mark.parametrize(
    "heads",
    [
        ["45292", "45323", "45352"],
        ["202401", "202402", "202403"],
        ["01/01/24", "01/02/24", "01/03/24"],
        ["Mar 2024", "Feb 2024", "Jan 2024"],
        ["2024-01", "2024-02", "2024-03"],
        ["Jan 2024 (p)", "Feb 2024", "Mar 2024"],
    ],
)
def test_months_across_in_other_spellings(tmp_path: Path, heads: list[str]) -> None:
    path = text(tmp_path / "a.csv", f"Ward,{','.join(heads)}", "7,40000,41000,42000", "8,1,2,3")
    assert sorted(months_of(read_own_file(path), "7")) == FIRSTS[:3]


def test_figures_that_could_be_day_numbers_are_no_months(tmp_path: Path) -> None:
    """Attendances of 40,000 to 60,000 are as Excel counts days; they make no header."""
    lines = ["tbc,45292,51000,50333", "Feb 24,45300,51001,50334", "Mar 24,45310,51002,50335"]
    path = text(tmp_path / "a.csv", "Month,A,B,C", *lines)
    own = read_own_file(path, value="b")
    assert own.points["value"].to_list() == [51001.0, 51002.0]
    assert told(own)[0][:2] == (2, "Month")


def test_a_table_that_begins_in_another_column_and_names_no_date(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet, form = book.add_worksheet("Data"), book.add_format({"num_format": "mmm-yy"})
        sheet.write(4, 3, "Falls")
        for at in range(2):
            sheet.write_datetime(5 + at, 2, datetime(2024, 1 + at, 1), form)
            sheet.write(5 + at, 3, 5 + at)
    own = read_own_file(path)
    assert own.notes == ("read column 3 as the date, 'Falls' as the value",)
    assert own.points["value"].to_list() == [5.0, 6.0]


# What is asked instead of guessed -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (["Month,Seen,Waiting", "Jan 24,5,7", "Feb 24,6,9"],
         r"""line 1: 'Seen' or 'Waiting' could be the value; .* such as --value-column "Seen\""""),
        (["Received,Closed,Days", "2024-01-05,2024-02-07,3", "2024-02-01,2024-02-03,4"],
         r"'Received' or 'Closed' could be the date; .*--date-column"),
        (["Month,Num,Den", "Jan 24,5,7", "Feb 24,6,9"], "--value-column .* or --chart p-prime"),
        (["Date,Rate", *(f"{n}/1/2024,{n}" for n in range(1, 13))],
         "could be 10 January 2024 or 1 October 2024.*--dates day-first or --dates month-first"),
        (["Trust,Jan,Feb", "Elm,1,2", "Oak,3,4"], "the months across the top say no year"),
        (["Trust," + ",".join(f"{n}/1/24" for n in range(1, 9)), "Elm,1,2,3,4,5,6,7,8"],
         "in the columns across the top could be .* or .*--dates day-first or --dates month-first"),
        (["Trust,Jan-24,Feb-24,Jan 2024", "Elm,1,2,3"], "'Jan-24' and 'Jan 2024' are of one month"),
        (["2024-01-01,5", "2024-02-01,6"], "line 1: this looks like a point and not like a header"),
        (["Name,Score", "x,5", "y,6"], "no column holds dates or periods; the header has Name, Sc"),
        (["Month,Target,Goal,Rate", "Jan 24,1,2,3", "Feb 24,1,2,4"],
         "'Target' or 'Goal' could be the target; .*--target-column"),
    ],
)  # fmt: skip
def test_what_is_not_clear_is_asked_by_naming_the_option(
    tmp_path: Path, lines: list[str], said: str
) -> None:
    with pytest.raises(PublicationError, match=said):
        read_own_file(text(tmp_path / "a.csv", *lines))


def test_the_options_answer_what_was_asked(tmp_path: Path) -> None:
    american = text(tmp_path / "a.csv", "Date,Rate", *(f"{n}/1/2024,{n}" for n in range(1, 13)))
    assert read_own_file(american, dates="month-first").points["date"].to_list() == FIRSTS
    days = read_own_file(american, dates="day-first").points["date"]
    assert days.to_list() == [date(2024, 1, n) for n in range(1, 13)]
    two = text(tmp_path / "b.csv", "Month,A,B", "Jan 24,5,7", "Feb 24,6,9")
    assert read_own_file(two, value="b").points["value"].to_list() == [7, 9]


def test_a_day_above_12_tells_the_order_of_all(tmp_path: Path) -> None:
    own = read_own_file(text(tmp_path / "a.csv", "Date,Rate", "3/4/2024,1", "1/25/2024,2"))
    assert own.points["date"].to_list() == [date(2024, 3, 4), date(2024, 1, 25)]
    assert "its dates have the month first" in own.notes


def test_several_sheets_are_asked_for_by_name(tmp_path: Path) -> None:
    rows = [["Month", "Rate"], ["Jan 24", 1], ["Feb 24", 2]]
    path = workbook(tmp_path / "a.xlsx", Elm=rows, Oak=rows)
    with pytest.raises(
        PublicationError, match=r"the sheets 'Elm' and 'Oak' each hold a table; .*--"
    ):
        read_own_file(path)
    assert "read the sheet 'Oak', not Elm" in read_own_file(path, sheet="oak").notes
    with pytest.raises(PublicationError, match="there is no sheet 'Ash'; it has Elm and Oak"):
        read_own_file(path, sheet="Ash")


def test_rates_by_counts_and_events_have_no_months_across(tmp_path: Path) -> None:
    path = text(tmp_path / "a.csv", "Trust,Jan-24,Feb-24", "Elm,1,2")
    for read in (read_counts, read_events):
        with pytest.raises(PublicationError, match="months stand across the top"):
            read(path)


def test_the_command_says_what_it_read_and_still_asks_which_way_is_better(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = [f"{month} 24,{n}" for n, month in enumerate(MONTHS)]
    path = text(tmp_path / "a.csv", "Month;% within 4h", *(x.replace(",", ";") for x in lines))
    assert run(["spc", str(path)]) == 2
    assert run(["spc", str(path), "--better", "higher"]) == 0
    out = capsys.readouterr().out
    assert "a.csv: read 'Month' as the date, '% within 4h' as the value." in out
    assert "a.csv: 12 lines = 12 points + 0 rejected" in out


@pytest.mark.parametrize(
    "lines",
    [
        ["Month;Count", *(f"{m} 24;1.4{n}0" for n, m in enumerate(MONTHS[:9]))],
        ["Month,Count", "Jan 24,1.490", "Feb 24,840", "Mar 24,1.200", "Apr 24,910"],
        ["Month;Count", "Jan 24;840", "Feb 24;1.490", "Mar 24;*"],
        ["Month,Count", "Jan 24,1.840.000", "Feb 24,1.490", "Mar 24,1.200"],
        ["Trust;Jan 24;Feb 24;Mar 24", "Elm;1.490;840;1.200", "Oak;1.100;900;1.001"],
    ],
)  # fmt: skip
def test_a_point_that_may_part_thousands_is_asked_about(tmp_path: Path, lines: list[str]) -> None:
    path = text(tmp_path / "a.csv", *lines)
    with pytest.raises(PublicationError, match=r"'1\.\d{3}' could be .*--decimals comma .* point"):
        read_own_file(path)
    read = read_own_file(path, decimals="comma").points["value"].to_list()
    assert all(value >= 840 for value in read)
    assert min(read_own_file(path, decimals="point").points["value"]) < 2


def test_three_decimals_that_cannot_be_thousands_are_read(tmp_path: Path) -> None:
    for cells in (
        ["0.745", "0.760", "1.000"],
        ["12.345", "12.500", "13"],
        ["70.5", "1.490", "840"],
    ):
        lines = [f"{m} 24,{cell}" for m, cell in zip(MONTHS, cells, strict=False)]
        own = read_own_file(text(tmp_path / "a.csv", "Month,Rate", *lines))
        assert own.points["value"].to_list() == [float(cell) for cell in cells]


def test_under_decimal_commas_a_decimal_point_is_told(tmp_path: Path) -> None:
    path = text(tmp_path / "a.csv", "Month;Rate", "Jan 24;70,5", "Feb 24;1.490", "Mar 24;70.5")
    own = read_own_file(path, decimals="comma")
    assert own.points["value"].to_list() == [70.5, 1490]
    assert [line for line, _, _ in told(own)] == [4]


def test_names_whose_months_do_not_overlap_are_series(tmp_path: Path) -> None:
    def lines(names: Sequence[str]) -> list[str]:
        return [
            f"{name},{m} 24,{70 + n}" for n, (m, name) in enumerate(zip(MONTHS, names, strict=True))
        ]

    after = ["Elm"] * 5 + ["Oak"] * 7
    for head in ("Trust", "Metric", "Hospital site", "Provider name"):
        own = read_own_file(text(tmp_path / "a.csv", f"{head},Month,Rate", *lines(after)))
        assert own.points["series"].to_list() == after
        assert f"read 'Month' as the date, 'Rate' as the value, '{head}' as the series" in own.notes
    coded = [f"ZA{1 + (name == 'Oak')},{name}" for name in after]
    own = read_own_file(text(tmp_path / "b.csv", "Code,Trust,Month,Rate", *lines(coded)))
    assert own.points["series"].to_list() == after
    phases = ["before"] * 5 + ["after"] * 7
    own = read_own_file(text(tmp_path / "c.csv", "Phase,Month,Rate", *lines(phases)))
    assert own.points["series"].unique().to_list() == ["c"]
    assert any("'Phase' changes and was not read" in note for note in own.notes)


def test_trusts_that_follow_one_another_under_two_metrics_are_four_series(tmp_path: Path) -> None:
    lines = [
        f"{metric},{'Elm' if n < 5 else 'Oak'},{MONTHS[n]} 24,{n}"
        for metric in ("Falls", "Waits") for n in range(12)
    ]  # fmt: skip
    own = read_own_file(text(tmp_path / "a.csv", "Metric,Trust,Month,Value", *lines))
    assert set(own.points["series"]) == {
        f"{metric} · {trust}" for metric in ("Falls", "Waits") for trust in ("Elm", "Oak")
    }


def test_a_trust_that_moves_to_another_region_is_one_series(tmp_path: Path) -> None:
    lines = [
        f"{trust},{'South' if trust == 'Ash' and n > 6 else 'North'},{MONTHS[n]} 24,{n}"
        for trust in ("Elm", "Oak", "Ash") for n in range(12)
    ]  # fmt: skip
    own = read_own_file(text(tmp_path / "a.csv", "Trust,Region,Month,Value", *lines))
    assert set(own.points["series"]) == {"Elm", "Oak", "Ash"}
    assert any("'Region' changes and was not read" in note for note in own.notes)


@pytest.mark.parametrize(
    "name", ["Total", "TOTAL", "Grand total", "Average", "Trust average", "All providers", "Mean:"]
)
def test_a_total_or_an_average_of_the_rows_is_no_series(tmp_path: Path, name: str) -> None:
    own = read_own_file(
        text(tmp_path / "a.csv", "Trust,Jan-24,Feb-24", "Elm,1,2", "Oak,3,4", f"{name},4,6")
    )
    assert own.points["series"].unique(maintain_order=True).to_list() == ["Elm", "Oak"]
    assert any(f"'{name}' (line 4)" in note for note in own.notes)
    assert own.points.height == 4
    assert not own.rejections


def test_names_that_only_hold_the_word_total_are_series(tmp_path: Path) -> None:
    lines = ["Elm,Total,5,6", "Elm,Admitted,2,3", "Total,Total,5,6"]
    own = read_own_file(text(tmp_path / "a.csv", "Trust,Part,Jan-24,Feb-24", *lines))
    assert set(own.points["series"]) == {"Total", "Admitted"}
    assert months_of(own, "Total") == {FIRSTS[0]: 5, FIRSTS[1]: 6}
    own = read_own_file(
        text(tmp_path / "b.csv", "Metric,Jan-24,Feb-24", "Total attendances,5,6", "Mean wait,2,3")
    )
    assert set(own.points["series"]) == {"Total attendances", "Mean wait"}
    own = read_own_file(text(tmp_path / "c.csv", ",Jan-24,Feb-24", "Total,5,6"))
    assert own.points["value"].to_list() == [5, 6]


@pytest.mark.parametrize("form", ["0%", "0.00%", "0.0%;[Red]-0.0%"])
def test_a_cell_in_the_format_of_a_percentage_is_the_percentage_it_shows(
    tmp_path: Path, form: str
) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet, shown = book.add_worksheet(), book.add_format({"num_format": form})
        plain = book.add_format({"num_format": '0.0" of 100%"'})
        sheet.write_row(0, 0, ["Month", "Rate", "Target"])
        for at, month in enumerate(MONTHS, start=1):
            sheet.write(at, 0, f"{month} 24")
            if at < 7:
                sheet.write(at, 1, 0.07, shown)
            else:
                sheet.write(at, 1, 7.5, plain)
            sheet.write(at, 2, 0.1, shown)
    own = read_own_file(path)
    assert own.points["value"].to_list() == [7.0] * 6 + [7.5] * 6
    assert own.points["target"].to_list() == [10.0] * 12
    assert any("read as it shows them" in note for note in own.notes)


def test_a_target_that_is_no_figure_is_named(tmp_path: Path) -> None:
    lines = [f"{m} 24,{70 + n},three quarters" for n, m in enumerate(MONTHS)]
    own = read_own_file(text(tmp_path / "a.csv", "Month,Rate,Target", *lines))
    assert not own.has_target
    assert "'Target' was not read as a target: 'three quarters' is no figure" in own.notes


def test_a_target_to_be_confirmed_does_not_end_the_one_before(tmp_path: Path) -> None:
    targets = ["60", "60", "tbc", "TBC", "", "tbc", "65", "tbd"]
    lines = [f"{m} 24,{70 + n},{t}" for n, (m, t) in enumerate(zip(MONTHS, targets, strict=False))]
    own = read_own_file(text(tmp_path / "a.csv", "Month,Rate,Target", *reversed(lines)))
    held = own.points.sort("date")["target"].to_list()
    assert held == [60, 60, 60, 60, None, None, 65, 65]
    assert "4 lines have a target to be confirmed: the one before holds" in own.notes


def test_a_month_of_a_financial_year_and_a_column_named_yearmonth(tmp_path: Path) -> None:
    heads = ["Dec 2023/24", "Jan 2023/24", "Mar-2023/2024", "Apr 2024/25"]
    own = read_own_file(text(tmp_path / "a.csv", "Trust," + ",".join(heads), "Elm,1,2,3,4"))
    months = [date(2023, 12, 1), date(2024, 1, 1), date(2024, 3, 1), date(2024, 4, 1)]
    assert own.points["date"].to_list() == months
    lines = [f"2024{n:02},{70 + n}" for n in range(1, 13)]
    assert (
        read_own_file(text(tmp_path / "b.csv", "yearmonth,figure", *lines)).points["date"].to_list()
        == FIRSTS
    )


def test_quoted_decimal_commas_are_read_and_told(tmp_path: Path) -> None:
    lines = [f'{m} 24,"{70 + n},5"' for n, m in enumerate(MONTHS)]
    own = read_own_file(text(tmp_path / "a.csv", "Date,Value", *lines))
    assert own.points["value"].to_list() == [70.5 + n for n in range(12)]
    assert "the figures have decimal commas and were read so" in own.notes
