"""Cells of old workbooks (.xls): each sort is told from the others, and an error from a blank."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from pathlib import Path

from remit.files.old_reader import sheets
from remit.files.workbooks import open_workbook
from tests.hostile.old_books import TRUTH_OR_ERROR, cell, number, packed, stream, styles, text

STYLES = styles("General", "dd/mm/yyyy", "dd/mm/yyyy hh:mm", "hh:mm:ss", "[h]:mm")
FIRST = b"".join(
    (
        text(0, 0, "Code"),
        text(0, 3, "£"),
        number(2, 0, 2.5),
        number(2, 1, 45_000.0, 1),
        number(2, 2, 45_000.75, 2),
        number(2, 3, 0.25, 3),
        number(2, 4, 1.5, 4),
        number(2, 5, 9e9, 1),
        cell(TRUTH_OR_ERROR, 3, 0, b"\x01\x00"),
        cell(TRUTH_OR_ERROR, 3, 1, b"\x2a\x01"),
        cell(TRUTH_OR_ERROR, 3, 2, b"\x63\x01"),
        cell(0x201, 9, 9, b""),  # a blank that has a style and nothing in it
    )
)
BOOK = packed(stream(FIRST, b"", globals_=STYLES))


def test_each_sort_of_cell_is_given_as_what_it_is() -> None:
    book = open_workbook(Path("old.xls"), BOOK)
    assert book.names == ("S", "T")
    assert book.rows("S") == [
        ["Code", "", "", "£", "", ""],
        ["", "", "", "", "", ""],
        [
            2.5,
            date(2023, 3, 15),
            datetime(2023, 3, 15, 18),
            time(6),
            timedelta(hours=36),
            9e9,  # no day of the calendar
        ],
        [True, "#N/A", "#ERROR!", "", "", ""],
    ]
    assert book.rows("T") == []


def test_the_reader_alone_says_the_same_in_what_json_can_hold() -> None:
    found = sheets(BOOK, 1_000)
    assert found[0]["rows"][2][1:5] == [
        {"at": "2023-03-15"},
        {"at": "2023-03-15T18:00:00"},
        {"at": "06:00:00"},
        {"for": 36 * 3_600_000},
    ]
