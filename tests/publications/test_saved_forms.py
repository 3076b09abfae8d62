"""The same publication saved in another form says the same, and where it cannot be told says so."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path

import pytest

from remit.catalogue import load_publications
from remit.model.errors import PublicationError
from remit.publications.rows.reading import Reading

from .nof_files import HEADER as NOF_HEADER
from .workbook_files import accounted, read, statuses, values, write_csv, write_workbook

MARCH, JANUARY = "MSitAE-MARCH-2025", "MSitAE-JANUARY-2025"
HEADER = (
    *("Period", "Org Code", "Parent Org", "Org name", "A&E attendances Type 1"),
    *("A&E attendances Type 2", "A&E attendances Other A&E Department"),
    *("Attendances over 4hrs Type 1", "Attendances over 4hrs Type 2"),
    "Attendances over 4hrs Other Department",
    "Patients who have waited 4-12 hs from DTA to admission",
    "Patients who have waited 12+ hrs from DTA to admission",
    *("Emergency admissions via A&E - Type 1", "Emergency admissions via A&E - Type 2"),
    *("Emergency admissions via A&E - Other A&E department", "Other emergency admissions"),
)
MAJOR = "ae.attendances-type-1"
Row = Sequence[str]


def figures(period: str, code: str, major: str, name: str = "A trust") -> list[str]:
    """A row of the A&E file: so many attendances, and of each other figure 1."""
    return [period, code, "A region", name, major, *["1"] * 11]


ZA1 = figures(MARCH, "ZA1", "1,204", "Larkshire University Hospitals, Larkford")
ZA2 = figures(MARCH, "ZA2", "300", 'The "Old" Infirmary')
TOTAL = ["TOTAL", "TOTAL", "TOTAL", "TOTAL", "1,504", *["2"] * 11]


def text(rows: Sequence[Row], separator: str = ",") -> str:
    made = io.StringIO()
    csv.writer(made, delimiter=separator, lineterminator="\r\n").writerows([HEADER, *rows])
    return made.getvalue()


def attendances(reading: Reading, period: str | None = None) -> dict[str, float | None]:
    codes = ("ZA1", "ZA2", "ENG")
    return {code: values(reading, code, period).get(MAJOR) for code in codes}


FORMS = {
    "commas, UTF-8": lambda: text([ZA1, ZA2, TOTAL]).encode(),
    "commas, UTF-8 with its mark": lambda: text([ZA1, ZA2, TOTAL]).encode("utf-8-sig"),
    "tabs, UTF-16, as Excel's Unicode text": lambda: text([ZA1, ZA2, TOTAL], "\t").encode("utf-16"),
    "tabs, UTF-16 without its mark": lambda: text([ZA1, ZA2, TOTAL], "\t").encode("utf-16-le"),
    "commas, UTF-16 of the other order": lambda: (
        b"\xfe\xff" + text([ZA1, ZA2, TOTAL]).encode("utf-16-be")
    ),
    "tabs, UTF-8": lambda: text([ZA1, ZA2, TOTAL], "\t").encode(),
    "strokes": lambda: text([ZA1, ZA2, TOTAL], "|").encode(),
    "Windows-1252": lambda: text([ZA1, [*ZA2[:3], "Ynys Môn – “coast”", *ZA2[4:]], TOTAL]).encode(
        "cp1252"
    ),
    "line ends of old Macs": lambda: text([ZA1, ZA2, TOTAL]).replace("\r\n", "\r").encode(),
    "titles above": lambda: (
        b"A&E Attendances,,,\r\n\r\n,,,,\r\n" + text([ZA1, ZA2, TOTAL]).encode()
    ),
    "a line break in headings and names": lambda: (
        text([[*ZA1[:3], "Larkshire\r\nHospitals", *ZA1[4:]], ZA2, TOTAL])
        .replace("A&E attendances Type 1", '"A&E attendances\r\nType 1"')
        .encode()
    ),
    "blank rows": lambda: text(
        [[""] * 16, ZA1, [" "] * 16, [], ZA2, ["\u00a0"] * 16, TOTAL, [""] * 16, [""] * 20]
    ).encode(),
    "blank columns at the end": lambda: text([[*r, "", ""] for r in (ZA1, ZA2, TOTAL)]).encode(),
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", ["any.csv", "any.txt"])
def test_every_form_of_text_gives_the_same_figures(tmp_path: Path, form: str, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(FORMS[form]())
    reading = read(path)
    assert accounted(reading)
    assert (reading.source.rows_read, reading.rejections) == (3, ())
    assert attendances(reading) == {"ZA1": 1204.0, "ZA2": 300.0, "ENG": 1504.0}
    # England's total is held against its rows: 1,204 + 300 is what it prints.
    assert {check.difference for check in reading.checks} == {0.0}


@pytest.mark.parametrize(("separator", "named"), [(";", "semicolons"), ("\t", "tabs")])
def test_another_separator_is_told(tmp_path: Path, separator: str, named: str) -> None:
    path = tmp_path / "any.csv"
    path.write_text(text([figures(MARCH, "ZA1", "12")], separator), encoding="utf-8")
    assert any(named in note for note in read(path).notes)


def test_lines_that_are_not_utf_8_are_told(tmp_path: Path) -> None:
    path = tmp_path / "any.csv"
    path.write_bytes(FORMS["Windows-1252"]())
    assert any("1 line not in UTF-8" in note for note in read(path).notes)


@pytest.mark.parametrize("suffix", [".xlsx", ".xlsm"])
def test_a_csv_publication_is_read_from_a_workbook(tmp_path: Path, suffix: str) -> None:
    rows = [["A title"], [], HEADER, ZA1, [], ["  "] * 16, ZA2, TOTAL]
    reading = read(write_workbook(tmp_path / f"any{suffix}", {"Sheet1": rows}))
    assert attendances(reading) == {"ZA1": 1204.0, "ZA2": 300.0, "ENG": 1504.0}
    assert set(reading.observations["source_row"]) == {4, 7, 8}
    assert reading.source.rows_read == 3


def test_a_workbook_is_read_from_the_csv_that_excel_makes_of_it(tmp_path: Path) -> None:
    lines = [
        "Cancer waiting times,,,,,,,,,,",
        ",,,,,,,,,,",
        "PERIOD,YEAR,MONTH,STANDARD,ORG CODE,STAGE/ROUTE,TREATMENT MODALITY,CANCER TYPE,"
        "TOTAL TREATED,WITHIN STANDARD,BREACHES",
        '01/04/2025,2025/26,APR,28-day FDS,ZA1,"SYMPTOMATIC, URGENT",,Lung,"1,042.5",1000,42.5',
        "Note: figures are provisional,,,,,,,,,,",
    ]
    reading = read(write_csv(tmp_path / "extract.csv", *lines))
    assert (reading.source.rows_read, reading.rejections) == (1, ())
    assert values(reading, "ZA1")["cancer.28-day-all"] == 1042.5


# Line breaks and quotation marks -----------------------------------------------------------------


def test_a_line_is_the_one_at_which_the_row_begins(tmp_path: Path) -> None:
    wide = [*ZA1[:3], "Larkshire\nUniversity\nHospitals", *ZA1[4:]]
    path = tmp_path / "any.csv"
    path.write_text(text([wide, ["x", "ZA-9", *ZA2[2:]], ZA2]), encoding="utf-8", newline="")
    reading = read(path)
    # The first row takes the lines 2 to 4, so that the next two stand in 5 and 6.
    assert set(reading.observations["source_row"]) == {2, 6}
    assert [rejection.line for rejection in reading.rejections] == [5]


def test_a_stray_mark_spoils_its_own_line_alone(tmp_path: Path) -> None:
    stray = '"' + ",".join(figures(MARCH, "ZA5", "7"))
    whole = text([ZA1, ZA2]).split("\r\n")
    lines = [*whole[:2], stray, *whole[2:]]
    reading = read(write_csv(tmp_path / "any.csv", *lines))
    assert [(r.line, r.reason) for r in reading.rejections] == [
        (3, "a quotation mark is opened and not closed")
    ]
    assert set(reading.observations["source_row"]) == {2, 4}


# Decimal commas ----------------------------------------------------------------------------------

SICKNESS = ("DATE", "ORG_CODE", "FTE_DAYS_LOST", "FTE_DAYS_AVAILABLE")


def sickness(tmp_path: Path, *rows: Row, separator: str = ";") -> Reading:
    lines = [separator.join(row) for row in (SICKNESS, *rows)]
    path = tmp_path / "any.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8-sig")
    return read(path)


def lost(reading: Reading) -> list[float | None]:
    found = reading.observations.sort("source_row")
    return found.filter(found["metric_id"].str.contains("lost"))["value"].to_list()


def test_decimal_commas_are_read_where_the_file_shows_them(tmp_path: Path) -> None:
    rows = [("2025-04", "ZA1", "1.204,5", "48.000"), ("2025-04", "ZA2", "1,234", "9,5")]
    reading = sickness(tmp_path, *rows)
    assert reading.rejections == ()
    assert lost(reading) == [1204.5, 1.234]
    assert any("decimal commas" in note for note in reading.notes)


@pytest.mark.parametrize("written", ["30312,497", "0,250", "1204,500"])
@pytest.mark.parametrize("other", ["4,52", "670354,976"])
def test_three_places_after_a_comma_are_decimals_where_no_thousands_can_be(
    tmp_path: Path, written: str, other: str
) -> None:
    rows = [("2025-04", "ZA1", written, ""), ("2025-04", "ZA2", other, "")]
    reading = sickness(tmp_path, *rows)
    assert reading.rejections == ()
    assert lost(reading) == [float(text.replace(",", ".")) for text in (written, other)]


def test_commas_that_part_thousands_stay_so_where_the_file_shows_it(tmp_path: Path) -> None:
    rows = [("2025-04", "ZA1", "1,204.5", "48,000"), ("2025-04", "ZA2", "1,234", "9000.5")]
    assert lost(sickness(tmp_path, *rows)) == [1204.5, 1234.0]


def test_a_comma_that_can_be_either_is_refused(tmp_path: Path) -> None:
    rows = [("2025-04", "ZA1", "1,204", "48000"), ("2025-04", "ZA2", "12", "9000")]
    reading = sickness(tmp_path, *rows)
    assert [(r.line, r.value) for r in reading.rejections] == [
        (2, "1,204 (thousands or decimals?)")
    ]
    assert any("nothing tells which" in note for note in reading.notes)


@pytest.mark.parametrize("sign", [" ", "\u00a0", "\u202f", "\u2009", "'", "’"])
def test_blanks_and_apostrophes_part_thousands(tmp_path: Path, sign: str) -> None:
    written = [f"18{sign}011", f"1{sign}204{sign}300"]
    reading = ae(tmp_path, figures(MARCH, "ZA1", written[0]), figures(MARCH, "ZA2", written[1]))
    assert reading.rejections == ()
    assert attendances(reading) == {"ZA1": 18011.0, "ZA2": 1204300.0, "ENG": None}


@pytest.mark.parametrize("written", ["18 01", "1 8011", "18 011'204", "18,011 204", "7 41 018"])
def test_figures_parted_otherwise_are_none(tmp_path: Path, written: str) -> None:
    reading = ae(tmp_path, figures(MARCH, "ZA1", written), ZA2)
    assert [(r.line, r.value) for r in reading.rejections] == [(2, written)]


def test_days_with_the_month_first_are_told_and_none_is_guessed(tmp_path: Path) -> None:
    days = ["04/30/2024", "04/05/2024", "2024-06-30"]
    reading = sickness(tmp_path, *((day, "ZA1", "1", "9") for day in days), separator=",")
    assert [r.line for r in reading.rejections] == [2, 3]
    assert all("with the month first" in r.reason for r in reading.rejections)
    assert set(reading.observations["period_label"]) == {"Jun 2024"}


@pytest.mark.parametrize(
    "said",
    [
        ("Sum:", "", "", ""),
        ("", "-", "", "Grand Total"),
        ("March 2025 total", "", "", ""),
        ("Total March 2025", "-", "", ""),
    ],
)
def test_a_total_by_another_name_is_englands(tmp_path: Path, said: Sequence[str]) -> None:
    reading = ae(tmp_path, ZA1, ZA2, [*said, "1504", *["2"] * 11])
    assert reading.rejections == ()
    assert attendances(reading, "Mar 2025") == {"ZA1": 1204.0, "ZA2": 300.0, "ENG": 1504.0}


@pytest.mark.parametrize("said", [("", "-", "", "A trust"), ("", "", "", "Some of it")])
def test_what_is_no_total_over_all_is_not_englands(tmp_path: Path, said: Sequence[str]) -> None:
    reading = ae(tmp_path, ZA1, ZA2, [*said, "1504", *["2"] * 11])
    assert [r.line for r in reading.rejections] == [4]


# Points in counts --------------------------------------------------------------------------------


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("written", ["18.011", "1.000", "7.5", "18.011.204"])
def test_a_count_of_people_with_a_point_is_refused(
    tmp_path: Path, written: str, separator: str
) -> None:
    path = tmp_path / "any.csv"
    rows = [figures(MARCH, "ZA1", written), figures(MARCH, "ZA2", "741")]
    path.write_text(text(rows, separator), encoding="utf-8", newline="")
    reading = read(path)
    assert [(r.line, r.column, r.value) for r in reading.rejections] == [
        (2, "A&E attendances Type 1", written)
    ]
    assert "write the figure without" in reading.rejections[0].reason
    assert attendances(reading) == {"ZA1": None, "ZA2": 741.0, "ENG": None}
    assert accounted(reading)


def test_a_count_that_a_spreadsheet_wrote_with_point_nought_is_whole(tmp_path: Path) -> None:
    reading = ae(tmp_path, figures(MARCH, "ZA1", "18011.0"), figures(MARCH, "ZA2", "741.00"))
    assert reading.rejections == ()
    assert attendances(reading) == {"ZA1": 18011.0, "ZA2": 741.0, "ENG": None}


def test_three_places_beside_whole_numbers_alone_are_refused_where_fractions_are_true(
    tmp_path: Path,
) -> None:
    rows = [("2025-04", "ZA1", "1.204", "48.123"), ("2025-04", "ZA2", "7", "12.400")]
    refused = sickness(tmp_path, *rows, separator=",").rejections
    assert [(r.line, r.column) for r in refused] == [
        (2, "FTE_DAYS_LOST"),
        (3, "FTE_DAYS_AVAILABLE"),
    ]
    assert all("part thousands" in r.reason for r in refused)


@pytest.mark.parametrize("shows", ["9000", "12.5", "0.250", "48000.123"])
def test_a_figure_that_can_have_no_thousands_shows_that_points_are_decimal(
    tmp_path: Path, shows: str
) -> None:
    written = {"ZA1": "1.204", "ZA2": "741", "ZB1": shows}
    rows = [("2025-04", code, days, "") for code, days in written.items()]
    assert lost(sickness(tmp_path, *rows, separator=",")) == [1.204, 741.0, float(shows)]


# Blank rows, totals, months ----------------------------------------------------------------------


def ae(tmp_path: Path, *rows: Row) -> Reading:
    path = tmp_path / "any.csv"
    path.write_text(text(rows), encoding="utf-8", newline="")
    return read(path)


@pytest.mark.parametrize(
    "name", ["TOTAL", "Total", "England", "ENGLAND", "Grand total", "National", " Grand  Total "]
)
@pytest.mark.parametrize(
    "place", [(0, 1, 2, 3), (1,), (0,), (3,)], ids=["all", "code", "period", "name"]
)
def test_a_total_is_englands_wherever_it_says_so(
    tmp_path: Path, name: str, place: Sequence[int]
) -> None:
    row = ["", "", "", "", "1504", *["2"] * 11]
    for at in place:
        row[at] = name
    reading = ae(tmp_path, ZA1, ZA2, row)
    assert reading.rejections == ()
    assert values(reading, "ENG", "Mar 2025")[MAJOR] == 1504.0


@pytest.mark.parametrize("months", [(MARCH, JANUARY), (JANUARY, MARCH)])
@pytest.mark.parametrize("blank", [[], [[""] * 16]])
def test_a_total_belongs_to_the_rows_above_it(
    tmp_path: Path, months: Sequence[str], blank: list[Row]
) -> None:
    first, second = months
    rows = [
        *(figures(first, "ZA1", "10"), figures(first, "ZA2", "5"), ["Total"] * 4 + ["15"] * 12),
        *blank,
        *(figures(second, "ZA1", "20"), figures(second, "ZA2", "7"), ["Total"] * 4 + ["28"] * 12),
    ]
    reading = ae(tmp_path, *rows)
    assert reading.rejections == ()
    said = {MARCH: "Mar 2025", JANUARY: "Jan 2025"}
    assert attendances(reading, said[first]) == {"ZA1": 10.0, "ZA2": 5.0, "ENG": 15.0}
    assert attendances(reading, said[second]) == {"ZA1": 20.0, "ZA2": 7.0, "ENG": 28.0}
    # The second total prints 28 for 20 + 7.
    found = {check.name: check.difference for check in reading.checks if MAJOR in check.name}
    assert found == {f"{MAJOR} · {said[first]}": 0.0, f"{MAJOR} · {said[second]}": 1.0}


def test_totals_above_their_rows_belong_to_those_below(tmp_path: Path) -> None:
    total = ["Total"] * 4
    reading = ae(
        tmp_path,
        *([*total, *["15"] * 12], figures(MARCH, "ZA1", "10"), figures(MARCH, "ZA2", "5")),
        *([*total, *["27"] * 12], figures(JANUARY, "ZA1", "20"), figures(JANUARY, "ZA2", "7")),
    )
    assert values(reading, "ENG", "Mar 2025")[MAJOR] == 15.0
    assert values(reading, "ENG", "Jan 2025")[MAJOR] == 27.0


def test_a_total_over_several_months_is_refused_with_its_reason(tmp_path: Path) -> None:
    rows = [figures(MARCH, "ZA1", "10"), figures(JANUARY, "ZA1", "20"), ["Total"] * 4 + ["30"] * 12]
    reading = ae(tmp_path, *rows)
    assert [(r.line, r.column) for r in reading.rejections] == [(4, "Period")]
    assert "does not say of which period" in reading.rejections[0].reason


def test_a_total_that_says_its_own_month_keeps_it(tmp_path: Path) -> None:
    rows = [
        *(figures(MARCH, "ZA1", "10"), figures(JANUARY, "ZA1", "20")),
        *(figures(JANUARY, "TOTAL", "20"), figures(MARCH, "TOTAL", "10")),
    ]
    reading = ae(tmp_path, *rows)
    assert values(reading, "ENG", "Mar 2025")[MAJOR] == 10.0
    assert values(reading, "ENG", "Jan 2025")[MAJOR] == 20.0


def test_a_blank_cell_is_not_submitted_as_before(tmp_path: Path) -> None:
    row = [*ZA1[:5], "", *ZA1[6:]]
    assert statuses(ae(tmp_path, row), "ZA1")["ae.attendances-type-2"] == "not_submitted"


# What is no table --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"<!DOCTYPE html><html><body>Not found</body></html>", "a web page"),
        (b"%PDF-1.7", "a PDF"),
        (b"{\\rtf1 a,b,c", "RTF"),
    ],
)
def test_what_is_no_table_is_named(tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "any.csv"
    path.write_bytes(content)
    with pytest.raises(PublicationError, match=said):
        read(path)


@pytest.mark.parametrize(
    "header",
    [
        "ORG_CODE,ORG_NAME,Month,Patients",
        "ORG_CODE,Organisation Name,Period,Value",
        "ORG_CODE,Period,Parent Org,Widgets",
    ],
)
def test_columns_that_many_publications_have_name_none(tmp_path: Path, header: str) -> None:
    with pytest.raises(PublicationError) as told:
        read(write_csv(tmp_path / "any.csv", header, "ZA1,Larkshire,Apr 2025,12"))
    assert "most like" not in str(told.value)
    assert "Its first line begins: ORG_CODE" in str(told.value)


@pytest.mark.parametrize("header", [HEADER[:11], HEADER[2:]])
def test_half_of_the_columns_of_its_own_name_a_publication(
    tmp_path: Path, header: Sequence[str]
) -> None:
    with pytest.raises(PublicationError, match="most like “A&E attendances and emergency adm"):
        read(write_csv(tmp_path / "any.csv", ",".join(header)))


def test_a_title_names_a_publication(tmp_path: Path) -> None:
    lines = ["A&E attendances and emergency admissions, monthly", "Trust,Figure", "ZA1,12"]
    with pytest.raises(PublicationError, match="most like “A&E attendances and emergency adm"):
        read(write_csv(tmp_path / "any.csv", f'"{lines[0]}"', *lines[1:]))


def test_notes_under_a_large_sheet_that_was_saved_as_csv_are_no_rows(tmp_path: Path) -> None:
    header = "Provider Code,Provider Name,Total Waiting List,Number waiting 6+ Weeks,"
    header += "Number waiting 13+ Weeks"
    long_name = "A provider with a long name, as some have " * 6
    rows = [f'N{place:04},"{long_name}",10,2,1' for place in range(5000)]
    lines = ["Period:,March 2026,,,", header, *rows, "Source: a return,,,,"]
    path = tmp_path / "Provider.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert path.stat().st_size > 1_000_000
    reading = read(path)
    assert (reading.source.rows_read, reading.rejections) == (5000, ())


@pytest.mark.parametrize("of", ["Organisation_", "Org_", "Provider_"])
def test_a_publication_whose_columns_are_renamed_is_told_with_those_it_lacks(
    tmp_path: Path, of: str
) -> None:
    # "Organisation_type" is the one column by which another publication is told, which needs a
    # title besides.
    header = NOF_HEADER.replace("Trust_", of)
    with pytest.raises(PublicationError) as told:
        read(write_csv(tmp_path / "any.csv", header, header))
    lacks = "Trust_type, Trust_subtype, Trust_code, Trust_name"
    assert f"“NHS Oversight Framework: trust data”, but lacks the column(s) {lacks}." in str(
        told.value
    )


def test_what_lacks_its_title_alone_is_told_so(tmp_path: Path) -> None:
    found = [
        layout
        for one in load_publications()
        for layout in one.each_layout
        if layout.title and len(layout.all_columns) > 4
    ]
    assert found
    for layout in found:
        header = ",".join(column.name for column in layout.all_columns if column.required)
        with pytest.raises(PublicationError) as told:
            read(write_csv(tmp_path / "any.csv", header, header))
        assert "lacks the column(s) ." not in str(told.value), layout.id
