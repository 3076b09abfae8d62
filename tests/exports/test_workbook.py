"""One writer of spreadsheets: texts are texts, whatever they look like."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from remit.exports.workbook import (
    LONGEST_CELL,
    Front,
    SheetTable,
    as_cell,
    body_of,
    frame_of,
    make_book,
    quietly,
    sheet_table,
    table_of,
)
from tests.hostile.readers import sheet_texts

TITLES = (
    "=1+1", "+A1", "-A1", "@SUM(A1)", "x\t=1", '=HYPERLINK("http://x.example")',
    "=cmd|'/c calc'!A0",
    "http://x.example", "mailto:x@x.example", "internal:'cover'!A1", "external:c:\\x.xlsx",
    "{=1+1}",
    "[beds](http://x.example)", "[a](http://x) [b](http://y)", "$$note$$", "$$", "0012", "1e5",
    "-3.2", "_x0041_", "*", "床位", "text\ue000x", "one\ntwo",
    "<b>&amp;</b>", "x" * 300,
)  # fmt: skip


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("book") / "made.xlsx"
    rows = [(title, number / 2) for number, title in enumerate(TITLES)]
    with quietly():
        tables = {
            f"sheet{n}": table_of(frame_of(("Title", "Number"), rows), title, [title, "About"],
                                  table_name=f"table_{n}", table_notes={"Title": "$$known$$"})
            for n, title in enumerate(TITLES[::4])
        }  # fmt: skip
        front = Front(TITLES[0], list(TITLES), list(TITLES), 60)
        make_book(path, tables, front, {"known": "A note."}).close()
    return path


def test_no_text_is_a_formula_a_link_or_a_number(path: Path) -> None:
    assert set(TITLES) <= sheet_texts(path)
    with zipfile.ZipFile(path) as book:
        for name in book.namelist():
            content = book.read(name)
            assert b"<f>" not in content, name
            assert b"x.example" not in content or name == "xl/sharedStrings.xml", name


def test_each_cell_reads_back_beside_its_number(path: Path) -> None:
    book = CalamineWorkbook.from_path(path)
    for number, title in enumerate(TITLES[::4]):
        table = book.get_sheet_by_name(f"sheet{number}").to_python(skip_empty_area=False)
        assert [table[0][0], table[1][0]] == [title, title]
        head = next(place for place, row in enumerate(table) if str(row[0]).startswith("Title\n"))
        assert [tuple(row[:2]) for row in table[head + 1 :]] == [
            (one, place / 2) for place, one in enumerate(TITLES)
        ]


def test_only_the_note_that_was_given_is_one(path: Path) -> None:
    table = CalamineWorkbook.from_path(path).get_sheet_by_name("notes").to_python()
    assert [row for row in table if row[1]][1:] == [["[note 1]", "A note."]] or [
        row[-1] for row in table if "A note." in row
    ] == ["A note."]


def test_a_cell_holds_what_a_cell_can_hold() -> None:
    assert as_cell("beds\x0b[\x1b[31m]\ud83d") == "beds\n[]\ufffd"
    assert as_cell(" \u00a0") == "[z]"
    assert as_cell(-3.5) == -3.5
    long = as_cell("x" * 40_000)
    assert isinstance(long, str)
    assert len(long) == LONGEST_CELL
    assert long.endswith(" … (cut)")


def test_numbers_stand_at_the_right_beside_a_head_with_a_note(tmp_path: Path) -> None:
    """The note in the head of one column says nothing of what stands in the others."""
    sheet = SheetTable(
        "figures", "Figures", "About", ("Code", "Value", "Mean", "Words"),
        (("ZA1", 4, 2.5, "one"), ("ZA2", "[x]", 3, "2")), (("Mean", "noted"),),
    )  # fmt: skip
    path = tmp_path / "made.xlsx"
    with quietly():
        table = sheet_table(sheet, "", table_notes={"Mean": "$$noted$$"})
        bodies = {"figures": body_of(sheet, [13] * 4)}
        front = Front("Title", ["Intro"], ["About"], 60)
        make_book(path, {"figures": table}, front, {"noted": "A note."}, bodies).close()
    rows = CalamineWorkbook.from_path(path).get_sheet_by_name("figures").to_python()
    assert rows[-2:] == [["ZA1", 4, 2.5, "one"], ["ZA2", "[x]", 3, "2"]]
    assert [look["align"] for look in bodies["figures"].looks(4)] == [
        "left", "right", "right", "left",
    ]  # fmt: skip
    with zipfile.ZipFile(path) as book:
        (name,) = (name for name in book.namelist() if name.endswith("tables/table3.xml"))
        assert b'ref="A4:D6"' in book.read(name)
