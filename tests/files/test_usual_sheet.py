"""Sheets by one pattern and by the parser: wherever the pattern accepts, both find the same."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from remit.files.limits import TAGS
from remit.files.sheet_xml import NAMESPACES, NOT_CALCULATED, Look, SheetError, look_by_parser
from remit.files.usual_sheet import look_by_pattern

HEAD = f'<worksheet xmlns="{NAMESPACES[0]}"><dimension ref="A1:B2"/><sheetData>'
DECLARED = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n'
EXCEL = (
    f'{DECLARED}<worksheet xmlns="{NAMESPACES[0]}" mc:Ignorable="x14ac" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:x14ac="http://schemas.microsoft.com/office/spreadsheetml/2009/9/ac"><sheetData>'
)
TAIL = '</sheetData><pageMargins left="0.7"/></worksheet>'

USUAL_CELLS = (
    '<c r="{}"/>',
    '<c r="{}" s="12"/>',
    '<c r="{}" s="1" t="n" />',
    '<c r="{}"><v>-1.5E-05</v></c>',
    '<c r="{}" s="3" t="s"><v>17</v></c>',
    '<c r="{}" t="n"><v>7</v></c>',
    '<c r="{}" t="b"><v>1</v></c>',
    '<c r="{}" t="e"><v>#N/A</v></c>',
    '<c r="{}" t="e"><f>1/0</f><v>#DIV/0!</v></c>',
    '<c r="{}" t="str"><f>IF(A1&gt;1,"x","y")</f><v>x</v></c>',
    '<c r="{}" t="str"><f>""</f><v></v></c>',
    '<c r="{}" t="str"><f>""</f><v/></c>',
    '<c r="{}"><f t="shared" ref="A1:A9" si="0">B1+1</f><v>3</v></c>',
    '<c r="{}"><f t="shared" si="0"/><v>3</v></c>',
    '<c r="{}"><f aca="false">A1</f><v>3</v></c>',
    '<c r="{}"><f>A1+1</f></c>',
    '<c r="{}" s="1"><f>A1+1</f><v /></c>',
    '<c r="{}"><f>A1+1</f><v></v></c>',
    '<c r="{}" t="inlineStr"><is><t>R&amp;D, "£1"</t></is></c>',
    '<c r="{}" t="inlineStr"><is><t xml:space="preserve"> ł </t></is></c>',
)
# What the pattern has to leave to the parser, or to judge exactly as the parser does.
UNUSUAL_CELLS = (
    "<c r='{}'><v>1</v></c>",
    '<c r="{}" t="e"/>',
    '<c r="{}" t="e"><v>#BUSY!</v></c>',
    "<c r=\"{}\" t='e'><v>#N/A</v></c>",
    '<c t="e" r="{}"><v>#N/A</v></c>',
    '<c r="{}" r="A1"><v>1</v></c>',
    '<c r="{}"><v>1&#50;</v></c>',
    '<c r="{}" t="str"><v>R&amp;D</v></c>',
    '<c r="{}"><v><![CDATA[1]]></v></c>',
    '<c r="{}"><v>1<!-- 2 --></v></c>',
    '<c r="{}"><?x y?><v>1</v></c>',
    '<c r="{}"><v>1</v><v>2</v></c>',
    '<c r="{}"><v>3</v><f>A1</f></c>',
    '<c r="{}" t="s"><v>x</v></c>',
    '<c r="{}" t="s"><f>A1</f><v></v></c>',
    '<c r="{}" t="z"><v>1</v></c>',
    '<c r="{}" t="str"><f>"t="e""</f><v>t="e"</v></c>',
    '<c r="{}" t="str"><v>\'e\'</v></c>',
    '<c r="{}" t="str"><v>]]></v></c>',
    '<c r="{}" t="str"><v>\x01</v></c>',
    '<c r="{}" t="inlineStr"><is><t>\ufffe</t></is></c>',
    '<c r="{}" t="inlineStr"><is><t>&nbsp;</t></is></c>',
    '<c r="{}" xmlns="urn:x"><v>1</v></c>',
    '<c r="{}"><v xmlns="urn:x">1</v></c>',
    '<c r="{}"></c>',
    '<c r="{}"><v/></c>',
    '<c r="{}"><v> 1 </v></c>',
    '<c r="{}"><v>1</v>',
    '<C r="{}"><v>1</v></C>',
    '<x:c r="{}"><v>1</v></x:c>',
    "<c><v>1</v></c>",
)
ROW_ATTRIBUTES = (
    "",
    ' spans="1:2"',
    ' spans="1:9" ht="12.75" customHeight="1"',
    ' x14ac:dyDescent="0.25"',
    ' ht="1" ht="2"',
    ' xmlns="urn:x"',
    ' xmlns="urn:1"',
    ' hidden="&amp;"',
    " hidden='1'",
    ' spans="t="e""',
)
HEADS = (
    HEAD,
    EXCEL,
    DECLARED + HEAD,
    HEAD.replace(NAMESPACES[0], NAMESPACES[1]),
    HEAD.replace(NAMESPACES[0], "urn:x"),
    HEAD.replace(f' xmlns="{NAMESPACES[0]}"', ""),
    HEAD.replace("<sheetData>", '<sheetData xmlns="urn:x">'),
    HEAD.replace("<sheetData>", '<x xmlns="urn:x"><sheetData>'),
    HEAD.replace("<dimension", "<!-- <sheetData> --><dimension"),
    HEAD.replace("<dimension", "<![CDATA[<sheetData>]]><dimension"),
    HEAD.replace('"A1:B2"', '"<sheetData>"'),
    HEAD.replace("<dimension", '<c r="Z9"><v>1</v></c><dimension'),
    DECLARED.replace("UTF-8", "ISO-8859-1") + HEAD,
    "<!DOCTYPE x>" + HEAD,
    "\ufeff" + HEAD,
)
TAILS = (
    TAIL,
    TAIL,
    TAIL,
    "</sheetData></x></worksheet>",
    "</sheetData>",
    "</sheetData><sheetData/></worksheet>",
    '</sheetData><row r="99"><c r="ZZ99"><v>1</v></c></row></worksheet>',
    "</sheetData><f>1</f></worksheet>",
    "</sheetData></worksheet>x",
    "<!-- --></sheetData></worksheet>",
)


@st.composite
def rows(draw: st.DrawFn) -> str:
    """Rows of cells that are usual but for a few."""
    is_odd = draw(st.booleans())
    cells = st.sampled_from(USUAL_CELLS + UNUSUAL_CELLS * is_odd)
    found = []
    number = 0
    for _ in range(draw(st.integers(0, 5))):
        number += draw(st.sampled_from([1, 1, 1, 2, 70_000] + [0, -1] * is_odd))
        columns = sorted(draw(st.sets(st.sampled_from(["A", "B", "C", "Z"]), max_size=4)))
        columns += draw(st.sampled_from([[], [], ["AA"], ["XFD"]] + [["A"], ["XFE"]] * is_odd))
        said = "".join(
            draw(cells).replace("{}", f"{c}{number + draw(st.sampled_from([0] * 9 + [is_odd]))}")
            for c in columns
        )
        attributes = draw(st.sampled_from(ROW_ATTRIBUTES[: 10 if is_odd else 3]))
        found.append(f'<row r="{number}"{attributes}>{said}</row>')
    return "".join(found)


@st.composite
def sheets(draw: st.DrawFn) -> bytes:
    """Sheets nearly as Excel writes them; some with a byte changed, added, left out or replaced."""
    is_odd = draw(st.sampled_from([False, False, True]))
    head = draw(st.sampled_from(HEADS if is_odd else HEADS[:4]))
    xml = (head + draw(rows()) + draw(st.sampled_from(TAILS if is_odd else TAILS[:1]))).encode()
    if draw(st.sampled_from([False, False, True])):
        place = draw(st.integers(0, len(xml) - 1))
        put = draw(st.sampled_from([b"", b"<", b">", b'"', b"'", b" ", b"&", b"\x80", b"\n", b"1"]))
        xml = xml[:place] + put + xml[place + draw(st.integers(0, 1)) :]
    return xml


def by_parser(xml: bytes) -> Look | str:
    try:
        return look_by_parser(xml)
    except SheetError as fault:
        return str(fault)


def by_pattern(xml: bytes) -> Look | str | None:
    try:
        return look_by_pattern(xml)
    except SheetError as fault:
        return str(fault)


def assert_same(xml: bytes) -> None:
    quick = by_pattern(xml)
    assert quick is None or quick == by_parser(xml)


@settings(max_examples=400, deadline=None)
@given(sheets())
def test_wherever_the_pattern_accepts_the_parser_finds_the_same(xml: bytes) -> None:
    assert_same(xml)


@pytest.mark.evidence
@settings(max_examples=10_000, deadline=None)
@given(sheets())
def test_of_many_sheets_the_pattern_and_the_parser_find_the_same(xml: bytes) -> None:
    assert_same(xml)


def sheet(*cells: str, head: str = HEAD, tail: str = TAIL) -> bytes:
    said = "".join(cell.replace("{}", f"{'ABCDE'[n]}3") for n, cell in enumerate(cells))
    return f'{head}<row r="3">{said}</row>{tail}'.encode()


@pytest.mark.parametrize("head", HEADS[:4])
@pytest.mark.parametrize("cell", USUAL_CELLS)
def test_each_usual_cell_is_accepted_and_found_as_by_the_parser(cell: str, head: str) -> None:
    xml = sheet(cell, '<c r="{}"/>', head=head)
    assert look_by_pattern(xml) == look_by_parser(xml)


@pytest.mark.parametrize("cell", UNUSUAL_CELLS)
def test_what_is_unusual_is_left_to_the_parser(cell: str) -> None:
    assert look_by_pattern(sheet(USUAL_CELLS[3], cell)) is None


@pytest.mark.parametrize("head", HEADS[4:])
def test_an_unusual_beginning_is_left_to_the_parser(head: str) -> None:
    assert look_by_pattern(sheet(USUAL_CELLS[3], head=head)) is None


@pytest.mark.parametrize("tail", TAILS[3:])
def test_an_unusual_end_is_left_to_the_parser(tail: str) -> None:
    assert look_by_pattern(sheet(USUAL_CELLS[3], tail=tail)) is None


def test_rows_of_one_shape_are_each_found() -> None:
    line = '<row r="{0}"><c r="A{0}"><v>{0}.5</v></c><c r="B{0}" t="e"><v>#N/A</v></c></row>'
    formula = '<row r="{0}"><c r="B{0}"><f>A{0}</f></c><c r="C{0}"/></row>'
    lines = [line.format(n) for n in (1, 2, 30)] + [formula.format(n) for n in (31, 400)]
    found = look_by_pattern((HEAD + "".join(lines) + '<row r="500"/>' + TAIL).encode())
    errors = [(n - 1, 1, "#N/A") for n in (1, 2, 30)]
    assert found == Look(400, 2, True, errors + [(n - 1, 1, NOT_CALCULATED) for n in (31, 400)])


@pytest.mark.parametrize(
    "columns", [("A", "A"), ("B", "A"), ("AA", "B"), ("A", "XFE"), ("A", "AAAA")]
)
def test_columns_that_are_doubled_out_of_order_or_none_are_left_to_the_parser(
    columns: tuple[str, str],
) -> None:
    assert look_by_pattern(sheet(*(f'<c r="{c}3"><v>1</v></c>' for c in columns))) is None


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="2"/><row r="1"/>',
        '<row r="1"/><row r="1"/>',
        '<row r="01"/>',
        '<row r="1048577"><c r="A1048577"/></row>',
        '<row r="1"><c r="A2"><v>1</v></c></row>',
        '<row r="12"><c r="A1"><v>1</v></c></row>',
        '<row r="1"><c r="A12"><v>1</v></c></row>',
        '<row r="1"><c r="a1"><v>1</v></c></row>',
        f'<row r="1" xmlns="{NAMESPACES[0]}"/><row r="2" xmlns="{NAMESPACES[0]}1"/>',
        '<row r="1"/> <row r="2"/>',
    ],
)
def test_rows_that_are_not_as_usual_are_left_to_the_parser(rows: str) -> None:
    assert look_by_pattern((HEAD + rows + TAIL).encode()) is None


def test_a_vast_sheet_is_refused_by_the_pattern_too() -> None:
    far = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    with pytest.raises(SheetError, match="a cell outside the table makes it 1,048,576 rows"):
        look_by_pattern((HEAD + far + TAIL).encode())


def test_too_many_tags_are_refused_by_the_pattern_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(TAGS.variable, "9")
    with pytest.raises(SheetError, match="the XML has 11 tags"):
        look_by_pattern(sheet('<c r="{}"/>', '<c r="{}"/>', '<c r="{}"/>'))
