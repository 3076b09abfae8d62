"""Copies of sheets, hidden ones, merged cells, errors and passwords: each told for what it is."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from remit.model.errors import PublicationError
from remit.publications.rows.reading import Reading

from .test_saved_forms import HEADER, JANUARY, MAJOR, MARCH, TOTAL, ZA1, ZA2, attendances, figures
from .workbook_files import accounted, read, statuses, values, write_workbook

Rows = Sequence[Sequence[Any]]


def book(path: Path, sheets: dict[str, Rows], hidden: Sequence[str] = (), very: str = "") -> Path:
    """A workbook, some of whose sheets are hidden."""
    with xlsxwriter.Workbook(path) as made:
        for name, rows in sheets.items():
            sheet = made.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
            if name in hidden:
                sheet.hide()
            if name == very:
                sheet.very_hidden()
    return path


def notes(reading: Reading, word: str) -> list[str]:
    return [note for note in reading.notes if word in note]


MONTH = [HEADER, ZA1, ZA2, TOTAL]
OTHER = [HEADER, figures(MARCH, "ZA1", "999"), ZA2]


def test_a_sheet_that_repeats_another_is_told_and_counted_once(tmp_path: Path) -> None:
    reading = read(book(tmp_path / "a.xlsx", {"A&E": MONTH, "Copy": MONTH, "Copy 2": MONTH}))
    assert (reading.source.rows_read, reading.rejections) == (3, ())
    assert attendances(reading) == {"ZA1": 1204.0, "ZA2": 300.0, "ENG": 1504.0}
    assert notes(reading, "repeats") == [
        "the sheet Copy repeats A&E and was passed over",
        "the sheet Copy 2 repeats A&E and was passed over",
    ]
    assert not notes(reading, "not read")


def test_sheets_that_contradict_each_other_are_refused_where_they_do(tmp_path: Path) -> None:
    reading = read(book(tmp_path / "a.xlsx", {"A&E": MONTH, "Old": OTHER}))
    # ZA1 has 1,204 and 999; ZA2 is said twice alike.
    assert accounted(reading)
    assert attendances(reading) == {"ZA1": None, "ZA2": 300.0, "ENG": 1504.0}
    said = {(r.column, r.line): r.reason for r in reading.rejections}
    assert set(said) == {("A&E!", 2), ("Old!", 2), ("Old!", 3)}
    assert said["A&E!", 2].startswith("the sheets A&E (line 2) and Old (line 2) give different")
    assert "said twice" in said["Old!", 3]


def test_a_sheet_for_each_month_is_read_whole(tmp_path: Path) -> None:
    january = [HEADER, figures(JANUARY, "ZA1", "10"), ["Total"] * 4 + ["10"] * 12]
    reading = read(book(tmp_path / "a.xlsx", {"Mar": MONTH, "Jan": january}))
    assert reading.rejections == ()
    assert values(reading, "ENG", "Mar 2025")[MAJOR] == 1504.0
    assert values(reading, "ENG", "Jan 2025")[MAJOR] == 10.0


@pytest.mark.parametrize("how", ["hidden", "very hidden"])
def test_a_hidden_sheet_beside_a_shown_one_is_told_and_not_read(tmp_path: Path, how: str) -> None:
    hidden, very = (["Old"], "") if how == "hidden" else ([], "Old")
    reading = read(book(tmp_path / "a.xlsx", {"A&E": MONTH, "Old": OTHER}, hidden, very))
    assert reading.rejections == ()
    assert attendances(reading) == {"ZA1": 1204.0, "ZA2": 300.0, "ENG": 1504.0}
    assert notes(reading, "hidden") == [
        "the hidden sheet Old has such a table too, with other figures, and was not read"
    ]


def test_a_hidden_copy_and_a_hidden_sheet_of_something_else_are_told(tmp_path: Path) -> None:
    sheets = {"A&E": MONTH, "Copy": MONTH, "Lists": [["a", "b"], ["1", "2"]]}
    reading = read(book(tmp_path / "a.xlsx", sheets, ["Copy", "Lists"]))
    assert notes(reading, "hidden") == [
        "the hidden sheet Copy repeats A&E and was not read",
        "1 sheet not read: Lists (hidden)",
    ]


def test_a_table_on_a_hidden_sheet_alone_is_read_and_told(tmp_path: Path) -> None:
    reading = read(book(tmp_path / "a.xlsx", {"Cover": [["A&E"]], "Data": MONTH}, ["Data"]))
    assert attendances(reading)["ENG"] == 1504.0
    assert notes(reading, "hidden") == ["the sheet Data is hidden and was read"]


def test_hidden_rows_and_columns_are_read_and_told(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as made:
        sheet = made.add_worksheet("A&E")
        for number, row in enumerate(MONTH):
            sheet.write_row(number, 0, row)
        sheet.set_row(2, None, None, {"hidden": True})
        sheet.set_row(40, None, None, {"hidden": True})
        sheet.set_column(4, 5, None, None, {"hidden": True})
    reading = read(path)
    assert attendances(reading) == {"ZA1": 1204.0, "ZA2": 300.0, "ENG": 1504.0}
    assert notes(reading, "hidden") == [
        "sheet A&E: 1 hidden row (line 3) and 2 hidden columns (A&E attendances Type 1, A&E "
        "attendances Type 2) read like the others"
    ]


# Merged cells ------------------------------------------------------------------------------------


def merged(path: Path, *spans: tuple[int, int, int, int, str]) -> Reading:
    rows = [HEADER, ["", *ZA1[1:]], ["", *ZA2[1:]], ["Note below the table"]]
    with xlsxwriter.Workbook(path) as made:
        sheet = made.add_worksheet("A&E")
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
        for span in spans:
            sheet.merge_range(*span)
    return read(path)


def test_a_name_over_several_rows_is_that_of_each(tmp_path: Path) -> None:
    reading = merged(tmp_path / "a.xlsx", (1, 0, 2, 0, MARCH), (3, 0, 3, 15, "A note"))
    assert reading.rejections == ()
    assert values(reading, "ZA1", "Mar 2025")[MAJOR] == 1204.0
    assert values(reading, "ZA2", "Mar 2025")[MAJOR] == 300.0
    assert len(notes(reading, "merged cells below Period")) == 1


def test_a_figure_over_several_rows_is_that_of_none(tmp_path: Path) -> None:
    reading = merged(tmp_path / "a.xlsx", (1, 0, 2, 0, MARCH), (1, 5, 2, 5, "77"))
    assert values(reading, "ZA1") == values(reading, "ZA2") == {}
    assert [(r.line, r.column) for r in reading.rejections] == [
        (2, "A&E!A&E attendances Type 2"),
        (3, "A&E!A&E attendances Type 2"),
    ]
    assert all("merged" in r.reason for r in reading.rejections)


def test_a_figure_over_two_columns_is_that_of_neither(tmp_path: Path) -> None:
    reading = merged(tmp_path / "a.xlsx", (1, 0, 2, 0, MARCH), (1, 5, 1, 6, "77"))
    assert [r.line for r in reading.rejections] == [2]
    assert values(reading, "ZA2")[MAJOR] == 300.0


# Errors, formulas, passwords ---------------------------------------------------------------------


@pytest.mark.parametrize("error", ["#N/A", "#VALUE!", "#REF!", "#DIV/0!", "#NAME?", "#NUM!"])
def test_an_error_is_told_and_never_not_submitted(tmp_path: Path, error: str) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as made:
        sheet = made.add_worksheet("A&E")
        for number, row in enumerate(MONTH):
            sheet.write_row(number, 0, row)
        sheet.write_formula(1, 5, "=1/0", None, error)
    reading = read(path)
    assert statuses(reading, "ZA1") == {}
    assert [(r.line, r.value) for r in reading.rejections] == [(2, error)]
    assert "error of the spreadsheet" in reading.rejections[0].reason


def test_a_formula_without_a_value_is_told_for_what_it_is(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as made:
        sheet = made.add_worksheet("A&E")
        for number, row in enumerate(MONTH):
            sheet.write_row(number, 0, row)
        sheet.write_formula(1, 5, "=1+1", None, "")
    plain = tmp_path / "b.xlsx"
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(plain, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name.endswith("sheet1.xml"):
                content = content.replace(b' t="str"><f>1+1</f><v></v>', b"><f>1+1</f>")
            new.writestr(name, content)
    reading = read(plain)
    assert [(r.line, r.value) for r in reading.rejections] == [(2, "#NOT CALCULATED!")]
    assert "no value of this formula" in reading.rejections[0].reason


def _compound(stream: str) -> bytes:
    """The beginning of an OLE file that names a stream."""
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + stream.encode("utf-16-le") + bytes(99)


def test_a_password_is_told_with_its_remedy(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(_compound("EncryptedPackage"))
    with pytest.raises(PublicationError, match="protected by a password") as told:
        read(path)
    assert "Encrypt with Password" in str(told.value)
    assert "download" not in str(told.value)


def test_a_damaged_old_workbook_is_told_plainly(tmp_path: Path) -> None:
    path = tmp_path / "a.xls"
    path.write_bytes(b"\xd0\xcf\x11\xe0" + bytes(20))
    with pytest.raises(PublicationError, match="the file is damaged"):
        read(path)


def test_a_locked_archive_is_told_with_its_remedy(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.csv", "a,b\n")
    content = bytearray(path.read_bytes())
    # The flag of encryption, in the member's own header and in the list of members.
    for sign, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(sign) + at] |= 1
    path.write_bytes(bytes(content))
    with pytest.raises(PublicationError, match="unpack the archive with its password") as told:
        read(path)
    assert "download" not in str(told.value)


# OpenDocument ------------------------------------------------------------------------------------

NAMES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" '
    'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
)
ODS = "application/vnd.oasis.opendocument.spreadsheet"
MANIFEST = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"


def ods(path: Path, *tables: str, locked: bool = False) -> Path:
    styles = (
        '<office:automatic-styles><style:style style:name="ta2" style:family="table">'
        '<style:table-properties table:display="false"/></style:style></office:automatic-styles>'
    )
    content = (
        f"<office:document-content {NAMES}>{styles}<office:body><office:spreadsheet>"
        f"{''.join(tables)}</office:spreadsheet></office:body></office:document-content>"
    )
    key = "<manifest:encryption-data/>" if locked else ""
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", ODS)
        archive.writestr("content.xml", content)
        archive.writestr(
            "META-INF/manifest.xml",
            f'<manifest:manifest xmlns:manifest="{MANIFEST}"><manifest:file-entry '
            f'manifest:media-type="{ODS}" manifest:full-path="/">{key}</manifest:file-entry>'
            "</manifest:manifest>",
        )
    return path


def sheet(rows: Rows, name: str = "A&amp;E", style: str = "ta1") -> str:
    cells = ("".join(map(_cell, row)) for row in rows)
    lines = "".join(f"<table:table-row>{row}</table:table-row>" for row in cells)
    return f'<table:table table:name="{name}" table:style-name="{style}">{lines}</table:table>'


def _cell(said: str) -> str:
    if said.startswith("<"):
        return said
    safe = said.replace("&", "&amp;")
    return (
        f'<table:table-cell office:value-type="string"><text:p>{safe}</text:p></table:table-cell>'
    )


def test_an_opendocument_workbook_is_read_with_its_hidden_sheet_told(tmp_path: Path) -> None:
    path = ods(tmp_path / "a.ods", sheet(MONTH), sheet(OTHER, "Old", "ta2"))
    reading = read(path)
    assert attendances(reading) == {"ZA1": 1204.0, "ZA2": 300.0, "ENG": 1504.0}
    assert len(notes(reading, "the hidden sheet Old")) == 1


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        (
            '<table:table-cell table:formula="of:=NA()" office:value-type="string" '
            'office:string-value="" calcext:value-type="error"><text:p>#N/A</text:p>'
            "</table:table-cell>",
            "#N/A",
        ),
        (
            '<table:table-cell table:formula="of:=foo()" office:value-type="string" '
            'office:string-value="" calcext:value-type="error"><text:p>Err:508</text:p>'
            "</table:table-cell>",
            "#ERROR!",
        ),
        ('<table:table-cell table:formula="of:=1+1"/>', "#NOT CALCULATED!"),
    ],
)
def test_an_error_of_opendocument_is_told(tmp_path: Path, cell: str, value: str) -> None:
    row = [*ZA1[:5], cell, *ZA1[6:]]
    reading = read(ods(tmp_path / "a.ods", sheet([HEADER, row, ZA2])))
    assert [(r.line, r.value) for r in reading.rejections] == [(2, value)]
    assert attendances(reading)["ZA2"] == 300.0


def test_a_password_of_opendocument_is_told(tmp_path: Path) -> None:
    path = ods(tmp_path / "a.ods", sheet(MONTH), locked=True)
    with pytest.raises(PublicationError, match="protected by a password"):
        read(path)


def test_the_same_figures_by_every_reader(tmp_path: Path) -> None:
    new = read(write_workbook(tmp_path / "a.xlsx", {"A&E": MONTH}))
    open_document = read(ods(tmp_path / "a.ods", sheet(MONTH)))
    assert attendances(new) == attendances(open_document)
