"""Workbooks and zip archives: what their cells say, and what is refused."""

from __future__ import annotations

import random
import zipfile
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest

from remit.model.errors import PublicationError
from remit.publications.files.folders import expand
from remit.publications.files.table import load
from remit.publications.files.workbook import cell_text, open_workbook

from .test_ae import HEADER, ZA1
from .workbook_files import accounted, read, values, write_csv, write_workbook

_TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def bare_workbook(path: Path, dimension: str, rows: str) -> Path:
    """A workbook of one sheet S by hand, wrong in ways in which no library writes it."""
    parts = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/'
        'content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-'
        'package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="'
        f'{_TYPES}.sheet.main+xml"/></Types>',
        "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
        f'relationships"><Relationship Id="r1" Type="{_REL}/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_REL}"><sheets>'
        '<sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/'
        f'package/2006/relationships"><Relationship Id="r1" Type="{_REL}/worksheet" '
        'Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{_MAIN}"><dimension ref="{dimension}"/>'
        f"<sheetData>{rows}</sheetData></worksheet>",
    }
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return path


@pytest.mark.parametrize("dimension", ["A1", "A1:B2", "A1:ZZ9999"])
def test_the_size_that_a_sheet_claims_is_not_believed(tmp_path: Path, dimension: str) -> None:
    rows = (
        '<row r="2"><c r="B2" t="inlineStr"><is><t>Code</t></is></c><c r="C2"><v>12</v></c></row>'
        '<row r="4"><c r="C4"><v>0.5</v></c></row>'
    )
    path = bare_workbook(tmp_path / "w.xlsx", dimension, rows)
    cells = open_workbook(load(path)).sheet("S").cells
    assert cells == [["", "", ""], ["", "Code", "12"], ["", "", ""], ["", "", "0.5"]]


def test_an_error_in_a_cell_is_no_blank(tmp_path: Path) -> None:
    rows = (
        '<row r="1"><c r="A1"><v>1</v></c><c r="B1" s="3" t="e"><f>1/0</f><v>#DIV/0!</v></c></row>'
    )
    path = bare_workbook(tmp_path / "w.xlsx", "A1", rows)
    assert open_workbook(load(path)).sheet("S").cells == [["1", "#DIV/0!"]]


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (12.0, "12"),
        (12.5, "12.5"),
        (0.1 + 0.2, "0.30000000000000004"),
        (1e20, "1e+20"),
        (True, "TRUE"),
        ("12.0", "12.0"),
        (date(2025, 6, 30), "2025-06-30"),
        (datetime(2025, 6, 30), "2025-06-30"),
        (datetime(2025, 6, 30, 8, 15), "2025-06-30 08:15:00"),
        (time(0, 8, 23, 9000), "0:08:23.009000"),
        (timedelta(hours=26), "1 day, 2:00:00"),
    ],
)
def test_a_cell_as_text(cell: object, text: str) -> None:
    assert cell_text(cell) == text


def test_a_zip_archive_is_read_as_the_one_table_in_it(tmp_path: Path) -> None:
    table = write_csv(tmp_path / "ae.csv", HEADER, ZA1)
    archive = tmp_path / "ae.zip"
    with zipfile.ZipFile(archive, "w") as packed:
        packed.write(table, "data/ae.csv")
        packed.writestr("read me.txt", "Notes.")
    reading = read(archive)
    assert values(reading, "ZA1")["ae.attendances-type-1"] == 1000
    assert reading.source.file_name == "ae.zip"
    assert reading.source.sha256 != read(table).source.sha256
    assert "of the archive only data/ae.csv was read, and not read me.txt" in reading.notes


@pytest.mark.parametrize("packing", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
@pytest.mark.parametrize("form", ["ae.xlsx", "ae.txt"])
def test_a_table_in_an_archive_is_read_as_it_lies_beside_it(
    tmp_path: Path, form: str, packing: int
) -> None:
    cells = [line.split(",") for line in (HEADER, ZA1)]
    text = tmp_path / "ae.csv"
    made = (
        write_workbook(tmp_path / form, {"Sheet1": cells})
        if form.endswith("xlsx")
        else write_csv(text, HEADER, ZA1)
    )
    archive = tmp_path / "ae.zip"
    with zipfile.ZipFile(archive, "w", packing) as packed:
        packed.write(made, form)
        packed.writestr("__MACOSX/._ae", "x")
    reading = read(archive)
    assert values(reading, "ZA1") == values(read(made), "ZA1")
    assert values(reading, "ZA1")["ae.attendances-type-1"] == 1000
    assert not any("archive" in note for note in reading.notes)


@pytest.mark.parametrize(
    ("members", "said"),
    [
        ({"a.txt": "x"}, r"holds 0 \(none\)"),
        ({"a.csv": "x", "b.csv": "y"}, r"holds 2 \(a\.csv, b\.csv\)"),
        ({"a.txt": "x,y,z\n1,2,3", "b.csv": "y"}, r"holds 2 \(a\.txt, b\.csv\)"),
        ({"x.zip": "PK"}, r"holds 0 \(none; x\.zip in it is an archive again\)"),
        ({"a.csv": " "}, r"a\.csv in the archive is empty"),
    ],
)
def test_an_archive_without_one_single_table_is_refused(
    tmp_path: Path, members: dict[str, str], said: str
) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as packed:
        for name, text in members.items():
            packed.writestr(name, text)
    with pytest.raises(PublicationError, match=said):
        read(path)


def test_an_unknown_workbook_is_told_its_sheets_or_what_it_lacks(tmp_path: Path) -> None:
    path = write_workbook(tmp_path / "w.xlsx", {"Notes": [["nothing"]], "Data": [["a", "b"]]})
    with pytest.raises(PublicationError, match=r"Its sheets are: Notes, Data\. remit sources"):
        read(path)
    near = [["Organisation Type", "Organisation Name", "x"], ["Provider", "A", 1]]
    path = write_workbook(tmp_path / "n.xlsx", {"Table 4": near})
    with pytest.raises(PublicationError, match=r"lacks the column\(s\) Organisation Code"):
        read(path)


def test_folders_stand_for_all_the_tables_in_them(tmp_path: Path) -> None:
    for name in ("b.XLSX", "a.csv", "c.xls", "d.zip", "~$b.XLSX", "notes.txt"):
        (tmp_path / name).write_bytes(b"x")
    assert [path.name for path in expand([tmp_path])] == ["a.csv", "b.XLSX", "c.xls", "d.zip"]


@pytest.mark.parametrize(("place", "rows"), [("XFD1048576", "1,048,576"), ("ABC900000", "900,000")])
def test_a_stray_cell_does_not_exhaust_the_memory(tmp_path: Path, place: str, rows: str) -> None:
    first, stray = '<row r="1"><c r="A1"><v>1</v></c></row>', f'<c r="{place}"><v>1</v></c>'
    path = bare_workbook(tmp_path / "w.xlsx", "A1", f'{first}<row r="9">{stray}</row>')
    with pytest.raises(PublicationError, match=f"makes it {rows} rows"):
        open_workbook(load(path)).sheet("S")


def test_a_stray_cell_within_reason_is_read(tmp_path: Path) -> None:
    path = bare_workbook(tmp_path / "w.xlsx", "A1", '<row r="3"><c r="ABC3"><v>7</v></c></row>')
    cells = open_workbook(load(path)).sheet("S").cells
    assert (len(cells), len(cells[0]), cells[2][730]) == (3, 731, "7")


def test_spoiled_workbooks_are_refused_or_read_whole(tmp_path: Path) -> None:
    """Each of 150 files with changed, missing or added bytes ends in a reading or a clear error."""
    rows = [["", "Title:", "Virtual Ward"], ["", "Month:", "April 2025"]]
    rows += [["", "Region", "Region Code", "ICB code", "Name", *_VIRTUAL_WARD]]
    rows += [["", "Northfold", "ZR1", "ZB1", "Larkshire", 200, 1_000_000, 150]]
    whole = write_workbook(tmp_path / "w.xlsx", {"Virtual Ward Data": rows}).read_bytes()
    chance, path = random.Random(7), tmp_path / "spoiled.xlsx"
    outcomes = {True: 0, False: 0}
    for _ in range(150):
        content = bytearray(whole)
        start = chance.randrange(len(content))
        end = start + chance.randrange(1, 40)
        content[start:end] = chance.randbytes(chance.choice([0, end - start, 60]))
        path.write_bytes(content)
        outcomes[_is_read(path)] += 1
    assert min(outcomes.values()) > 0


def _is_read(path: Path) -> bool:
    """Whether a file is read, with every row accounted for, or refused by its name."""
    try:
        reading = read(path)
    except PublicationError as error:
        said = str(error)
    else:
        said = ""
        assert accounted(reading)
    assert not said or said.startswith(str(path))
    return not said


_VIRTUAL_WARD = [
    "Virtual Ward Capacity",
    "GP registered population",
    "Patients in a Virtual Ward",
]
