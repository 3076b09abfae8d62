"""Notes, repeated headers and the totals of parts are told for what they are, in every form."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from remit.publications.rows.reading import Reading

from .test_saved_forms import HEADER, MAJOR, MARCH, TOTAL, ZA1, ZA2, attendances, figures, text
from .workbook_files import accounted, read, values, write_workbook

Row = Sequence[str]
TRUE = {"ZA1": 1204.0, "ZA2": 300.0, "ENG": 1504.0}


def as_csv(folder: Path, rows: Sequence[Row]) -> Path:
    path = folder / "any.csv"
    path.write_text(text(rows).split("\r\n", 1)[1], encoding="utf-8", newline="")
    return path


def as_workbook(folder: Path, rows: Sequence[Row]) -> Path:
    return write_workbook(folder / "any.xlsx", {"Sheet1": rows})


FORMS = pytest.mark.parametrize("saved", [as_csv, as_workbook])
Saved = Callable[[Path, Sequence[Row]], Path]


def padded(*cells: str) -> list[str]:
    return [*cells, *[""] * (len(HEADER) - len(cells))]


def told(reading: Reading) -> str:
    return " | ".join(reading.notes)


# Above the header --------------------------------------------------------------------------------


@FORMS
def test_titles_blank_and_contact_lines_above_the_header_are_no_rows(
    tmp_path: Path, saved: Saved
) -> None:
    above = [
        padded("A&E attendances"),
        padded(),
        padded("Contact:", "A team", "team@example.org", "01000 000000"),
    ]
    reading = read(saved(tmp_path, [*above, HEADER, ZA1, ZA2, TOTAL]))
    assert (reading.source.rows_read, reading.rejections) == (3, ())
    assert attendances(reading) == TRUE


@FORMS
def test_heads_of_columns_above_the_header_are_none(tmp_path: Path, saved: Saved) -> None:
    heads = ["Of", "whom", "", "", *["Patients"] * 10, "50", "90"]
    codes = ["", "", "", "", *(f"A{place}" for place in range(12))]
    reading = read(saved(tmp_path, [heads, codes, HEADER, ZA1, ZA2, TOTAL]))
    assert (reading.source.rows_read, reading.rejections) == (3, ())


@FORMS
def test_a_row_of_figures_above_the_header_is_refused_with_its_line(
    tmp_path: Path, saved: Saved
) -> None:
    reading = read(saved(tmp_path, [padded("A title"), ZA1, HEADER, ZA2]))
    assert [(r.line, r.reason) for r in reading.rejections] == [
        (2, "this row stands above the header, which is on line 3")
    ]
    assert accounted(reading)
    assert reading.source.rows_read == 2
    assert attendances(reading) == {"ZA1": None, "ZA2": 300.0, "ENG": None}


@FORMS
def test_what_is_left_of_a_row_of_figures_above_the_header_is_refused_too(
    tmp_path: Path, saved: Saved
) -> None:
    rest = padded("a text", "", "", "", "1", "2.4", "1.33", "3.32", "7", "8", "9", "10")
    reading = read(saved(tmp_path, [rest, HEADER, ZA1, ZA2, TOTAL]))
    assert [r.line for r in reading.rejections] == [1]
    assert accounted(reading)
    years = padded("", "Year", "2024", "2025", "2026", "2027", "2028", "2029", "2030", "2031")
    assert read(saved(tmp_path, [years, HEADER, ZA1, ZA2, TOTAL])).rejections == ()


# Under it ----------------------------------------------------------------------------------------


NOTES = (
    ("Notes:",),
    ("1. Figures are provisional.",),
    ("", "* suppressed"),
    ("Note", "Figures of two trusts are estimates"),
    ("1", "Figures of one trust are late"),
    ("Source: a return of trusts", " weekly", " and daily"),
    ("NORTH WEST",),
)


@FORMS
@pytest.mark.parametrize("note", NOTES)
def test_a_note_is_no_row_and_is_told_with_its_line(
    tmp_path: Path, saved: Saved, note: Row
) -> None:
    reading = read(saved(tmp_path, [HEADER, ZA1, ZA2, TOTAL, padded(), padded(*note)]))
    assert (reading.source.rows_read, reading.rejections) == (3, ())
    assert attendances(reading) == TRUE
    assert "1 line not read, as it is a note or a heading: 6" in told(reading)


@pytest.mark.parametrize("note", NOTES[:-1])
def test_a_note_in_a_line_without_further_cells_is_one_too(tmp_path: Path, note: Row) -> None:
    reading = read(as_csv(tmp_path, [HEADER, ZA1, ZA2, TOTAL, note]))
    assert (reading.source.rows_read, reading.rejections) == (3, ())
    assert "1 line not read, as it is a note or a heading: 5" in told(reading)


@FORMS
@pytest.mark.parametrize(
    "cells", [("", "ZA3"), (MARCH, "ZA3"), ("", "", "", "", "12"), (MARCH,), ("#N/A",)]
)
def test_what_is_left_of_a_row_is_never_a_note(tmp_path: Path, saved: Saved, cells: Row) -> None:
    reading = read(saved(tmp_path, [HEADER, ZA1, padded(*cells), ZA2]))
    assert accounted(reading)
    assert reading.source.rows_read == 3
    assert "note or a heading" not in told(reading)


@pytest.mark.parametrize("cells", [("same",), ("a rest",), (MARCH,), ("ZA1", "A trust")])
def test_a_line_without_further_cells_that_says_little_is_a_damaged_row(
    tmp_path: Path, cells: Row
) -> None:
    reading = read(as_csv(tmp_path, [HEADER, ZA2, cells, ZA1]))
    assert [(r.line, r.reason) for r in reading.rejections] == [
        (3, f"{len(cells)} columns where the header has 16")
    ]


@FORMS
def test_a_header_that_stands_again_is_no_row(tmp_path: Path, saved: Saved) -> None:
    reading = read(saved(tmp_path, [HEADER, ZA1, HEADER, ZA2, TOTAL]))
    assert (reading.source.rows_read, reading.rejections) == (3, ())
    assert attendances(reading) == TRUE
    assert "1 line not read, as it is the header again: 3" in told(reading)


# Totals of parts ---------------------------------------------------------------------------------

PARTS = (
    "Sub-total",
    "Subtotal",
    "Sub total",
    "SUBTOTAL",
    "Sub-Total:",
    "Total North West",
    "North West total",
    "Region total",
    "Trusts total",
    "London",
    "North West",
)


@FORMS
@pytest.mark.parametrize("said", PARTS)
@pytest.mark.parametrize("period", [MARCH, ""])
def test_the_total_of_a_part_is_told_and_counted_for_nobody(
    tmp_path: Path, saved: Saved, said: str, period: str
) -> None:
    part = [period, said, "", "", "1504", *["2"] * 11]
    reading = read(saved(tmp_path, [HEADER, ZA1, ZA2, part, TOTAL]))
    assert (reading.source.rows_read, reading.rejections) == (4, ())
    assert attendances(reading) == TRUE
    assert set(reading.observations["org_code"]) == {"ZA1", "ZA2", "ENG"}
    assert f"1 row not kept: the printed total of a part (line 4: {said.rstrip(':')})" in told(
        reading
    )
    # England's total is held against the trusts alone.
    assert {check.difference for check in reading.checks} == {0.0}


@FORMS
@pytest.mark.parametrize(
    "cells",
    [
        ("", "", "NHS ENGLAND NORTH", "Total"),
        ("", "", "", "Sub-total"),
        ("Subtotal", "Subtotal", "Subtotal", "Subtotal"),
        ("Sub-total", "", "", ""),
        (MARCH, "-", "", "North West total"),
    ],
)
def test_a_part_may_say_so_in_any_column(tmp_path: Path, saved: Saved, cells: Row) -> None:
    part = [*cells, "1504", *["2"] * 11]
    reading = read(saved(tmp_path, [HEADER, ZA1, part, ZA2]))
    assert (reading.source.rows_read, reading.rejections) == (3, ())
    assert values(reading, "ENG") == {}
    assert "the printed total of a part (line 3" in told(reading)


def test_an_organisation_whose_name_has_total_in_it_is_kept(tmp_path: Path) -> None:
    rows = [HEADER, figures(MARCH, "ZA1", "5", "Total Care Trust"), ZA2]
    reading = read(as_csv(tmp_path, rows))
    assert values(reading, "ZA1")[MAJOR] == 5.0
    assert reading.source.rows_accepted == 2
