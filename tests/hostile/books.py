"""Workbooks written by hand, in the ways that the format allows and in some that it does not."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

from remit.publications.files.raw import RawFile
from remit.publications.files.workbook import open_workbook

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
TYPES = (
    f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" ContentType="application/'
    f'vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" '
    f'ContentType="{KIND}"/></Types>'
)
ROOT = (
    f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" '
    f'Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
)
INDEX = (
    f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>'
    '<sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>'
)
RELATED = (
    f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" '
    f'Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r2" '
    f'Type="{OFFICE}/sharedStrings" Target="sharedStrings.xml"/></Relationships>'
)
STRINGS = (
    f'<sst xmlns="{MAIN}"><si><t>Code</t></si><si><r><t>A&amp;</t></r><r><t>E</t></r>'
    '<rPh sb="0" eb="1"><t>READING AID</t></rPh></si></sst>'
)

Parts = Mapping[str, str | bytes]


def sheet(rows: str) -> str:
    return f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'


def row(*cells: str, number: int = 1) -> str:
    return f'<row r="{number}">{"".join(cells)}</row>'


def parts(xml: str | bytes, **other: str | bytes) -> dict[str, str | bytes]:
    """The parts of a workbook with one sheet S."""
    return {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": ROOT,
        "xl/workbook.xml": INDEX,
        "xl/_rels/workbook.xml.rels": RELATED,
        "xl/sharedStrings.xml": STRINGS,
        "xl/worksheets/sheet1.xml": xml,
        **other,
    }


def packed(content: Parts, how: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", how) as archive:
        for name, text in content.items():
            archive.writestr(name, text)
    return out.getvalue()


def book(xml: str | bytes) -> bytes:
    return packed(parts(xml))


def cells(content: bytes, name: str = "S") -> list[list[str]]:
    """The cells of a sheet, as the readers of publications see them."""
    raw = RawFile(Path("book.xlsx"), content, "0" * 64)
    return open_workbook(raw).sheet(name).cells
