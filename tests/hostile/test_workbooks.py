"""Workbooks of strangers: every cell as it stands, or told; never more memory than there is."""

from __future__ import annotations

import random
import re
import zipfile
from pathlib import Path

import pytest
import xlsxwriter

from remit.files.sheet_anew import written_anew
from remit.files.usual_sheet import look_through
from remit.files.workbooks import check_workbook
from remit.model.errors import FileError
from remit.publications.files.raw import RawFile
from remit.publications.files.workbook import open_workbook
from tests.hostile.books import (
    INDEX,
    MAIN,
    RELATED,
    STRINGS,
    book,
    cells,
    packed,
    parts,
    row,
    sheet,
)
from tests.hostile.tries import Tries

KIND = "workbooks"
USUAL = row(
    '<c r="A1" t="s"><v>0</v></c>',
    '<c r="B1" t="s"><v>1</v></c>',
    '<c r="C1"><v>12</v></c>',
    '<c r="D1" t="e"><v>#N/A</v></c>',
    '<c r="E1" t="str"><f>"x"</f><v>R&amp;D</v></c>',
    '<c r="F1"><f>1+1</f><v>2.5</v></c>',
    '<c r="G1" t="b"><v>1</v></c>',
) + row('<c r="A2" t="inlineStr"><is><t>R0A</t></is></c>', '<c r="G2"><v>7</v></c>', number=2)
EXPECTED = [
    ["Code", "A&E", "12", "#N/A", "R&D", "2.5", "TRUE"],
    ["R0A", "", "", "", "", "", "7"],
]


def prefixed(xml: str, prefix: str = "x") -> str:
    named = re.sub(r"<(/?)(\w)", rf"<\1{prefix}:\2", xml)
    return named.replace("xmlns=", f"xmlns:{prefix}=")


def with_comments(xml: str) -> str:
    return xml.replace("<v>", "<v><!-- 9 -->").replace("</v>", "<!-- <v>9</v> --></v>")


def in_cdata(xml: str) -> str:
    return re.sub(r"<v>([^<&]*)</v>", r"<v><![CDATA[\1]]></v>", xml)


def as_entities(xml: str) -> str:
    def coded(found: re.Match[str]) -> str:
        text = found[1].replace("&amp;", "&")
        return f"<v>{''.join(f'&#{ord(sign)};' for sign in text)}</v>"

    return re.sub(r"<v>([^<]*)</v>", coded, xml)


def kinds_as_entities(xml: str) -> str:
    return xml.replace('t="e"', 't="&#101;"').replace('r="D1"', 'r="&#68;&#x31;"')


def other_order(xml: str) -> str:
    return re.sub(r'<c (r="\w+")( t="\w+")?>', r"<c\2 spans='1' \1>", xml)


def without_references(xml: str) -> str:
    return re.sub(r' r="[A-Z]?\d"', "", xml.replace('<c r="G2">', "<c/><c/><c/><c/><c/><c>"))


def strict(xml: str) -> str:
    return xml.replace(MAIN, "http://purl.oclc.org/ooxml/spreadsheetml/main")


def foreign(xml: str) -> str:
    return xml.replace(
        "<sheetData>", '<y:c xmlns:y="urn:y" r="C1"><y:v>9</y:v></y:c><sheetData>'
    ).replace("</row>", '<y:c xmlns:y="urn:y" r="C1"><y:v>9</y:v></y:c></row>', 1)


def rows_in_any_order(xml: str) -> str:
    found = re.findall(r"<row .*?</row>", xml)
    return xml.replace("".join(found), "".join(reversed(found)))


WRITINGS = {
    "as usual": str,
    "prefix": prefixed,
    "long prefix": lambda xml: prefixed(xml, "main-1.x"),
    "single quotes": lambda xml: xml.replace('"', "'").replace("<f>'x'</f>", "<f/>"),
    "comments": with_comments,
    "CDATA": in_cdata,
    "entities": as_entities,
    "entities in attributes": kinds_as_entities,
    "another order": other_order,
    "no references": without_references,
    "strict namespace": strict,
    "no namespace": lambda xml: xml.replace(f' xmlns="{MAIN}"', ""),
    "foreign cells": foreign,
    "rows in any order": rows_in_any_order,
    "instructions": lambda xml: xml.replace("<v>", "<v><?x y?>"),
    "blanks in tags": lambda xml: xml.replace(' r="', '\n\t r = "').replace("</v>", "</v\n>"),
    "UTF-16": lambda xml: xml.encode("utf-16"),
    "UTF-16, declared": lambda xml: f'<?xml version="1.0" encoding="UTF-16"?>{xml}'.encode(
        "utf-16"
    ),
    "Latin-1": lambda xml: f"<?xml version='1.0' encoding='iso-8859-1'?>{xml}".encode("latin-1"),
    "a mark of order": lambda xml: b"\xef\xbb\xbf" + xml.encode(),
    "prefix, quotes, comments": lambda xml: (
        with_comments(prefixed(xml)).replace('"', "'").replace("<x:f>'x'</x:f>", "<x:f/>")
    ),
}


@pytest.mark.parametrize("writing", WRITINGS)
def test_however_a_sheet_is_written_its_cells_are_the_same(writing: str, tries: Tries) -> None:
    with tries.attempt(KIND, writing, seconds=10) as refusal:
        assert cells(book(WRITINGS[writing](sheet(USUAL)))) == EXPECTED
    assert not refusal


@pytest.mark.parametrize("writing", ["as usual", "prefix", "comments", "CDATA", "entities"])
def test_texts_that_are_shared_are_the_same_however_they_are_written(
    writing: str, tries: Tries
) -> None:
    wrote = {"entities": lambda xml: re.sub(r"<t>(\w+)</t>", lambda m: "<t>" + "".join(
        f"&#{ord(sign)};" for sign in m[1]) + "</t>", xml),
        "CDATA": lambda xml: re.sub(r"<t>(\w+)</t>", r"<t><![CDATA[\1]]></t>", xml),
        "comments": lambda xml: xml.replace("<t>", "<t><!-- x -->"),
        "prefix": prefixed, "as usual": str}[writing]  # fmt: skip
    content = parts(sheet(USUAL)) | {"xl/sharedStrings.xml": wrote(STRINGS)}
    with tries.attempt(KIND, f"shared texts: {writing}") as refusal:
        assert cells(packed(content)) == EXPECTED
    assert not refusal


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        *((f'<c r="B1" t="e"><v>{error}</v></c>', error)
          for error in ("#N/A", "#REF!", "#DIV/0!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!")),
        ('<c r="B1" t="e"><v>#GETTING_DATA</v></c>', "#GETTING_DATA"),
        ('<c r="B1" t="e"><v>#SPILL!</v></c>', "#ERROR!"),
        ('<c r="B1" t="e"><v>12</v></c>', "#ERROR!"),
        ('<c r="B1" t="e"><v></v></c>', "#ERROR!"),
        ('<c r="B1" t="e"/>', "#ERROR!"),
        ("<c r='B1' t='e'/>", "#ERROR!"),
        ('<c r="B1" t="e"><f>1/0</f><v>#DIV/0!</v></c>', "#DIV/0!"),
        ('<c r="B1"><f>1+1</f></c>', "#NOT CALCULATED!"),
        ('<c r="B1"><f>1+1</f><v></v></c>', "#NOT CALCULATED!"),
        ('<c r="B1"><f>1+1</f><v/></c>', "#NOT CALCULATED!"),
        ('<c r="B1"><f>1+1</f><v> </v></c>', "#NOT CALCULATED!"),
        ('<c r="B1" t="str"><f>"a"</f></c>', "#NOT CALCULATED!"),
        ('<c r="B1" t="str"><f>""</f><v></v></c>', ""),
        ('<c r="B1"><f t="shared" si="0"/><v>3</v></c>', "3"),
        ('<c r="B1"><v>3</v><f>1+1</f></c>', "3"),
        ('<c r="B1"><v>1&amp;2</v></c>', "1&2"),
        ('<c r="B1"><v> 12 </v></c>', "12"),
        ('<c r="B1"><v>0x10</v></c>', "0x10"),
        ('<c r="B1"><v>1,234</v></c>', "1,234"),
        ('<c r="B1"><v>٣</v></c>', "٣"),
        ('<c r="B1"><v>NaN</v></c>', "nan"),
        ('<c r="B1"><v>1e999</v></c>', "inf"),
        ('<c r="B1"><v>1e308</v></c>', "1e+308"),
        ('<c r="B1"><v>-0</v></c>', "0"),
        ('<c r="B1" t="b"><v>0</v></c>', "FALSE"),
        ('<c r="B1" t="d"><v>2025-06-30</v></c>', "2025-06-30"),
        ('<c r="B1"><is><t>12</t></is></c>', "12"),
        ('<c r="B1" t="inlineStr"><is><r><t>a</t></r><r><t>b</t></r><rPh><t>c</t></rPh></is></c>',
         "ab"),
    ],
)  # fmt: skip
def test_a_cell_is_told_for_what_it_is_and_spoils_no_other(
    cell: str, said: str, tries: Tries
) -> None:
    xml = sheet(row('<c r="A1"><v>1</v></c>', cell, '<c r="C1"><v>3</v></c>'))
    for name, wrote in (("", xml), ("prefixed ", prefixed(xml)), ("last ", xml.replace(
        '<c r="C1"><v>3</v></c>', ""))):  # fmt: skip
        with tries.attempt(KIND, f"{name}{cell}", seconds=10) as refusal:
            (found,) = cells(book(wrote))
            assert found[0] == "1"
            assert [*found, ""][1].strip() == said
            assert name == "last " or found[2] == "3"
        assert not refusal


@pytest.mark.parametrize(
    ("name", "xml", "words"),
    [
        ("two values", '<c r="A1"><v>2</v><v>3</v></c>', "two values"),
        ("one place twice", '<c r="A1"><v>1</v></c><c r="A1"><v>2</v></c>', "stands twice"),
        ("another row", '<c r="A5"><v>1</v></c>', "row 1 has a cell 'A5'"),
        ("no such column", '<c r="XFE1"><v>1</v></c>', "row 1 has a cell 'XFE1'"),
        ("dollars", '<c r="$A$1"><v>1</v></c>', "row 1 has a cell"),
        ("only letters", '<c r="A"><v>1</v></c>', "row 1 has a cell 'A'"),
        ("unknown kind", '<c r="A1" t="zz"><v>1</v></c>', "unknown kind 'zz'"),
        ("text 0.5", '<c r="A1" t="s"><v>0.5</v></c>', "names no text"),
        ("text -1", '<c r="A1" t="s"><v>-1</v></c>', "names no text"),
        ("text beyond", '<c r="A1" t="s"><v>99</v></c>', "not found in shared strings"),
        ("cut off", '<c r="A1"><v>1', "damaged"),
        ("not nested", '<c r="A1"><v>1</c></v>', "damaged"),
    ],
)
def test_what_cannot_be_told_for_certain_is_refused_with_its_place(
    name: str, xml: str, words: str, tries: Tries
) -> None:
    for wrote in (sheet(row(xml)), prefixed(sheet(row(xml)))):
        with tries.attempt(KIND, name, seconds=10) as refusal:
            cells(book(wrote))
        assert words in str(refusal[0])
        assert "book.xlsx: the sheet S" in str(refusal[0])


ONE = row('<c r="A1"><v>1</v></c>')


@pytest.mark.parametrize(
    ("name", "xml", "words"),
    [
        ("two tables", f"{ONE}</sheetData><sheetData>{ONE}", "two tables"),
        ("no row", "<c><v>1</v></c>", "outside the rows"),
        ("a choice", f'<a:x xmlns:a="urn:a">{ONE}</a:x><c/>{ONE}', "outside the"),
        ("rows in rows", f'<row r="1">{ONE}</row>', "outside the table"),
    ],
)
def test_cells_outside_the_one_table_are_refused(
    name: str, xml: str, words: str, tries: Tries
) -> None:
    with tries.attempt(KIND, name, seconds=10) as refusal:
        cells(book(sheet(xml)))
    assert words in str(refusal[0])


def test_what_is_no_sheet_of_cells_is_refused(tries: Tries) -> None:
    for xml in (f'<chart xmlns="{MAIN}"/>', sheet(ONE).replace(MAIN, "urn:other"), "", "x"):
        with tries.attempt(KIND, f"root: {xml[:30]}", seconds=10) as refusal:
            cells(book(xml))
        assert refusal


# Size --------------------------------------------------------------------------------------------

FAR = (
    '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
    "<row r='1048576'><c r='XFD1048576'><v>1</v></c></row>",
    '<row r="1"><c r="XFD1048576"><v>1</v></c></row>',
    '<row r="1"><c r="A1"><v>1</v></c></row><row r="900000"><c r="ZZ900000"><v>1</v></c></row>',
    '<row r="1048576"><c r="XFD1048576" t="e"><v>#N/A</v></c></row>',
    '<row r="1048576"><c r="XFD1048576"><f>1</f></c></row>',
    '<row r="1048576"><c t="inlineStr" r="XFD1048576"><is><t>x</t></is></c></row>',
    '<row r="19999"><c r="XFD19999"><v>1</v></c></row><row r="1"><c r="A1"><v>1</v></c></row>',
)


@pytest.mark.parametrize("far", range(len(FAR)))
def test_a_far_cell_is_refused_before_room_is_taken(far: int, tries: Tries) -> None:
    for name, wrote in (("", str), ("prefixed ", prefixed), ("with comments ", with_comments)):
        xml = wrote(sheet(FAR[far]))
        with tries.attempt(KIND, f"{name}far cell {far}", seconds=10) as refusal:
            cells(book(xml))
        assert re.search("makes it [0-9,]+ rows by [0-9,]+ columns", str(refusal[0]))


def test_a_far_format_is_no_cell_and_a_claimed_size_is_not_believed(tries: Tries) -> None:
    claims = '<dimension ref="A1:XFD1048576"/><sheetData>'
    xml = sheet(USUAL + '<row r="1048576"><c r="XFD1048576" s="1"/></row>')
    with tries.attempt(KIND, "far format") as refusal:
        assert cells(book(xml.replace("<sheetData>", claims))) == EXPECTED
    assert not refusal


BOMBS = {
    "sheet": lambda: parts(sheet("") + " " * 400_000_000),
    "shared texts": lambda: parts(sheet(USUAL)) | {"xl/sharedStrings.xml": b"x" * 400_000_000},
    "tags": lambda: parts(sheet("<row>" + "<c/>" * 50_000_000 + "</row>")),
    "texts": lambda: (
        parts(sheet(USUAL))
        | {"xl/sharedStrings.xml": f'<sst xmlns="{MAIN}">{"<si/>" * 45_000_000}</sst>'}
    ),
    "styles": lambda: parts(
        sheet(USUAL),
        **{
            "xl/styles.xml": f'<styleSheet xmlns="{MAIN}">{"<xf/>" * 50_000_000}</styleSheet>',
            "xl/_rels/workbook.xml.rels": RELATED.replace(
                "</Relationships>",
                '<Relationship Id="r3" Type="x/styles" Target="styles.xml"/></Relationships>',
            ),
        },
    ),
    "index": lambda: parts(sheet(USUAL)) | {"xl/workbook.xml": INDEX + " " * 6_000_000},
    "sheets": lambda: (
        parts(sheet(USUAL))
        | {
            "xl/workbook.xml": INDEX.replace(
                "</sheets>",
                "".join(f'<sheet name="S{n}" r:id="r1"/>' for n in range(2_000)) + "</sheets>",
            )
        }
    ),
    "nested tags": lambda: parts(sheet("<row>" * 500_000)),
    "laughs": lambda: parts(
        '<!DOCTYPE x [<!ENTITY a "1"><!ENTITY b "&a;&a;&a;&a;">]>'
        + sheet(row('<c r="A1"><v>&b;</v></c>'))
    ),
    "laughs in texts": lambda: (
        parts(sheet(USUAL)) | {"xl/sharedStrings.xml": '<!DOCTYPE x [<!ENTITY a "1">]>' + STRINGS}
    ),
    "a file from outside": lambda: parts(
        '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
        + sheet(row('<c r="A1" t="str"><v>&a;</v></c>'))
    ),
}
_QUICK = ("index", "sheets", "nested tags", "laughs", "laughs in texts", "a file from outside")


@pytest.mark.parametrize("bomb", _QUICK)
def test_bombs_are_refused(bomb: str, tries: Tries) -> None:
    content = packed(BOMBS[bomb]())
    with tries.attempt(KIND, f"bomb: {bomb}", seconds=10) as refusal:
        cells(content)
    assert refusal


@pytest.mark.evidence
@pytest.mark.parametrize("bomb", sorted(set(BOMBS) - set(_QUICK)))
def test_large_bombs_are_refused_by_the_whole_command(
    bomb: str, tmp_path: Path, tries: Tries
) -> None:
    path = tmp_path / "bomb.xlsx"
    path.write_bytes(packed(BOMBS[bomb]()))
    arguments = ["ingest", path, "--store", tmp_path / "s.duckdb"]
    ran = tries.command(KIND, f"bomb: {bomb}", arguments, seconds=60)
    assert ran.code == 2
    assert "raise the limit" in ran.err
    assert not (tmp_path / "s.duckdb").exists()


@pytest.mark.parametrize("far", [FAR[0], FAR[1]])
def test_a_far_cell_ends_the_whole_command_with_a_message(
    far: str, tmp_path: Path, tries: Tries
) -> None:
    path = tmp_path / "far.xlsx"
    path.write_bytes(book(prefixed(sheet(far))))
    ran = tries.command(KIND, "far cell", ["ingest", path, "--dry-run"], seconds=60)
    assert ran.code == 2
    assert "far.xlsx: the sheet S cannot be read (a cell outside the table" in ran.err


def test_many_sheets_together_are_no_larger_than_one(
    tries: Tries, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REMIT_MOST_CELLS", "20")
    index = INDEX.replace("</sheets>", '<sheet name="T" r:id="r1"/></sheets>')
    content = packed(parts(sheet(USUAL)) | {"xl/workbook.xml": index})
    opened = open_workbook(RawFile(Path("b.xlsx"), content, "1"))
    assert opened.sheet("S").cells == EXPECTED
    with tries.attempt(KIND, "sheets together") as refusal:
        opened.sheet("T")
    assert "with it 28 cells would be read" in str(refusal[0])
    with tries.attempt(KIND, "check of the whole") as refusal:
        check_workbook(Path("b.xlsx"), content)
    assert isinstance(refusal[0], FileError)


# OpenDocument and the old format -----------------------------------------------------------------


def document(rows: str) -> bytes:
    text = (
        '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body>'
        f'<office:spreadsheet><table:table table:name="S">{rows}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    content = {
        "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
        "content.xml": text,
        "META-INF/manifest.xml": "<x/>",
    }
    return packed(content, zipfile.ZIP_STORED)


def filled(times: str = "1") -> str:
    return (
        f'<table:table-cell table:number-columns-repeated="{times}" office:value-type="float" '
        'office:value="1"><text:p>1</text:p></table:table-cell>'
    )


def line(inner: str, times: int = 1) -> str:
    return f'<table:table-row table:number-rows-repeated="{times}">{inner}</table:table-row>'


VOID = '<table:table-cell table:number-columns-repeated="999999999"/>'


@pytest.mark.parametrize(
    ("name", "rows"),
    [
        ("columns", line(filled("1000000000"))),
        ("rows", line(filled(), 1_000_000_000)),
        ("blanks before", line(VOID + filled())),
        ("rows before", line("", 99_999_999) + line(filled())),
        ("no number", line(filled("many"))),
        ("endless number", line(filled("9" * 60))),
    ],
)
def test_repeated_cells_of_open_documents_are_counted_first(
    name: str, rows: str, tries: Tries
) -> None:
    with tries.attempt(KIND, f"ods: {name}", seconds=10) as refusal:
        check_workbook(Path("a.ods"), document(rows))
    assert re.search("makes it|is repeated", str(refusal[0]))


def test_the_binary_format_is_refused_with_the_remedy(tries: Tries) -> None:
    content = parts(sheet(USUAL))
    content["xl/workbook.bin"] = content.pop("xl/workbook.xml")
    with tries.attempt(KIND, "xlsb") as refusal:
        cells(packed(content))
    assert "save it as .xlsx" in str(refusal[0])


# Mutations ---------------------------------------------------------------------------------------


def _spoil(chance: random.Random, content: bytes) -> bytes:
    out = bytearray(content)
    for _ in range(chance.choice((1, 2, 8))):
        at = chance.randrange(len(out))
        match chance.randrange(4):
            case 0:
                out[at] = chance.randrange(256)
            case 1:
                del out[at : at + chance.randrange(1, 40)]
            case 2:
                out[at:at] = out[at : at + chance.randrange(1, 60)]
            case _:
                out[at:at] = chance.choice(
                    (b"<", b">", b"&", b"'", b"<!--", b"<x:c>", b"\0", b"]]>")
                )
    return bytes(out)


@pytest.mark.parametrize("chunk", range(4))
def test_spoiled_sheets_are_read_as_they_stand_or_refused(chunk: int, tries: Tries) -> None:
    """Whatever a stranger's XML is, the library sees what was looked at: both ways agree."""
    chance = random.Random(f"sheets {chunk}")
    bases = [str(WRITINGS[name](sheet(USUAL))) for name in ("as usual", "prefix", "single quotes")]
    for number in range(50):
        xml = _spoil(chance, chance.choice(bases).encode())
        with tries.attempt(KIND, f"spoiled sheet {chunk}/{number}", seconds=10) as refusal:
            found = cells(book(xml))
        if not refusal and look_through(xml).usual:
            assert found == cells(book(written_anew(xml))), xml


@pytest.mark.parametrize("chunk", range(2))
def test_spoiled_parts_are_refused_or_read(chunk: int, tries: Tries) -> None:
    chance = random.Random(f"parts {chunk}")
    for number in range(40):
        content = parts(sheet(USUAL))
        name = chance.choice(list(content))
        content[name] = _spoil(chance, str(content[name]).encode())
        with tries.attempt(KIND, f"spoiled part {chunk}/{number}: {name}", seconds=10):
            cells(packed(content))


def test_a_large_honest_workbook_is_read_whole(tmp_path: Path, tries: Tries) -> None:
    path = tmp_path / "large.xlsx"
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as written:
        table = written.add_worksheet("S")
        for line in range(4_000):
            table.write_row(line, 0, [f"Trust {line % 200}", *range(line, line + 19)])
    with tries.attempt(KIND, "a large honest one") as refusal:
        found = cells(path.read_bytes())
    assert not refusal
    assert (len(found), found[3_999][0], found[3_999][19]) == (4_000, "Trust 199", "4017")
