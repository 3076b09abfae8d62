"""Lists of asks that somebody has made on purpose: one bad row costs no other; nothing is lost."""

from __future__ import annotations

import io
import os
import random
import zipfile
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter

from remit.asks.intake.candidate import FileRead
from remit.asks.intake.list_files import read_table
from remit.asks.intake.personal import Redactor, load_personal
from remit.asks.intake.tables import Reduction
from remit.asks.matching import read_asks, read_decisions
from remit.asks.matching.plain_file import AsksRead
from remit.asks.senders import load_senders
from remit.files.records import decoded, records
from tests.fuzz import mutations
from tests.hostile.growth import assert_linear, of_processor
from tests.hostile.tries import Tries

KIND = "list of asks"
SECONDS = 4.0
HEADER = "ask_id,received_on,due_on,from_body,to_org_code,title,text,hours_estimate"


def row(number: int, title: str = "Waiting list") -> str:
    return f'{number},2025-06-02,2025-06-12,CQC,ZA1,{title},"Please send list {number}, by site",3'


GOOD = [row(number) for number in range(1, 6)]


@pytest.fixture(scope="module")
def reduction() -> Reduction:
    made = Reduction(load_senders(), Redactor(load_personal()))
    made.redactor.redact("Dear Grace, please send it.")  # word lists are read once
    return made


@pytest.fixture
def imported(reduction: Reduction, tries: Tries) -> Callable[..., FileRead]:
    """Reads a list as ``asks import`` does."""

    def read(name: str, content: bytes, file: str = "list.csv") -> FileRead:
        with tries.attempt(KIND, name) as refusal, of_processor(SECONDS):
            return read_table(Path(file), content, reduction, {}, lambda _: None)[0]
        raise refusal[0]

    return read


@pytest.fixture
def plain(tmp_path: Path, tries: Tries) -> Callable[[str, bytes], AsksRead]:
    """Reads a list as ``asks match`` does."""

    def read(name: str, content: bytes) -> AsksRead:
        path = tmp_path / "asks.csv"
        path.write_bytes(content)
        with tries.attempt("plain file of asks", name) as refusal, of_processor(SECONDS):
            return read_asks(path)
        raise refusal[0]

    return read


# Name → a row among good ones, and how often it is taken (None: the row is rejected).
ROWS: dict[str, tuple[str, str | None]] = {
    "a cell of 10 MB": (row(9, "x" * 10_000_000), "characters"),
    "a cell of 10 MB in quotes": (row(9, f'"{"x" * 10_000_000}"'), "characters"),
    "a cell of 200 KB": (row(9, "x" * 200_000), "characters"),
    "100,000 cells": (row(9) + ",x" * 100_000, "cells"),
    "100,000 blank cells": (row(9) + "," * 100_000, ""),
    "one cell too many": (row(9) + ",x", "more cells than the header"),
    "a null": (row(9, "a\x00b"), "null"),
    "a mark that is not closed": (row(9, '"Waiting list'), "quotation mark"),
    "a mark at the start": ('"' + row(9), "quotation mark"),
    "a lone mark": ('"', "quotation mark"),
    "a mark within a word": (row(9, 'Waiting "list" now'), ""),
    "a mark within a quoted cell": (row(9, '"Waiting "list" now"'), ""),
    "a line end in a cell": (row(9, '"Waiting\nlist"'), ""),
    "500 line ends in a cell": (row(9, '"Waiting' + "\n" * 500 + 'list"'), ""),
    "a CR in a cell": (row(9, '"Waiting\rlist"'), ""),
    "100 digits of hours": (row(9).removesuffix(",3") + "," + "9" * 100, "blank: hours"),
    "5,000 digits of hours": (row(9).removesuffix(",3") + "," + "9" * 5_000, "blank: hours"),
    "the year 0": (row(9).replace("2025-06-02", "0000-01-01"), "blank: day"),
    "the year 99999": (row(9).replace("2025-06-02", "99999-01-01"), "blank: day"),
    "an error": (row(9, "#N/A"), "blank: error"),
    "an error in the day": (row(9).replace("2025-06-02", "#REF!"), "blank: error"),
    "nothing that is asked": ("9,2025-06-02,,CQC,ZA1,,,3", "nothing"),
    "only commas": ("," * 7, None),
    "only blanks": ("   ", None),
}


@pytest.mark.parametrize("name", ROWS)
def test_a_bad_row_among_good_ones(imported: Callable[..., FileRead], name: str) -> None:
    middle, reason = ROWS[name]
    for place in range(len(GOOD) + 1):
        lines = [HEADER, *GOOD[:place], middle, *GOOD[place:]]
        found = imported(f"{name}, after {place}", "\n".join(lines).encode())
        ids = [one.ask_id for one in found.candidates]
        assert [i for i in ids if i != "9"] == ["1", "2", "3", "4", "5"]
        for one in found.candidates:
            if one.ask_id != "9":
                assert one.text == f"Please send list {one.ask_id}, by site"
                assert (one.title, one.from_body, one.hours_estimate) == ("Waiting list", "CQC", 3)
        if reason and reason.startswith("blank: "):
            assert not found.rejections
            assert found.unread == 1
            (note,) = (note for note in found.notes if " left blank: " in note)
            assert note.startswith(f"line {place + 2}, ")
            assert reason.removeprefix("blank: ") in note
            assert len(note) < 300
        elif reason:
            (rejection,) = found.rejections
            assert rejection.line == place + 2
            assert reason in rejection.reason or name == "nothing that is asked"
            assert len(rejection.value) <= 80
        else:
            assert not found.rejections
            assert ("9" in ids) == (reason == "")


@pytest.mark.parametrize("name", [n for n in ROWS if ROWS[n][1] is not None])
def test_a_bad_row_of_a_plain_file(plain: Callable[[str, bytes], AsksRead], name: str) -> None:
    middle, reason = ROWS[name]
    if name in {"an error", "the year 99999", "100,000 blank cells"}:
        reason = None
    lines = [HEADER, *GOOD[:2], middle, *GOOD[2:]]
    found = plain(name, "\n".join(lines).encode())
    assert [a.ask_id for a in found.asks if a.ask_id != "9"] == ["1", "2", "3", "4", "5"]
    assert all(a.text == f"Please send list {a.ask_id}, by site" for a in found.asks)
    if reason:
        assert [one.line for one in found.rejections] == [4]
        assert found.rejections[0].reason
    elif reason == "":
        assert not found.rejections


def test_a_mark_that_is_never_closed_swallows_no_row(imported: Callable[..., FileRead]) -> None:
    """Two stray marks once made one cell of all the rows between them."""
    lines = [HEADER, row(1), row(8, '"Waiting'), row(2), row(3), row(9, '"Waiting'), row(4), row(5)]
    found = imported("two stray marks", "\n".join(lines).encode())
    assert [one.ask_id for one in found.candidates] == ["1", "2", "3", "4", "5"]
    assert [one.line for one in found.rejections] == [3, 6]


def test_3_000_rows_below_a_stray_mark_are_kept(imported: Callable[..., FileRead]) -> None:
    lines = [
        HEADER,
        row(9, '"Waiting'),
        *(f"{n},2025-06-02,,CQC,ZA1,Beds,x,1" for n in range(3_000)),
    ]
    found = imported("3,000 rows below", "\n".join(lines).encode())
    assert len(found.candidates) == 3_000
    assert [one.line for one in found.rejections] == [2]


def test_lines_of_two_encodings(imported: Callable[..., FileRead]) -> None:
    content = b"\n".join(
        [
            HEADER.encode(),
            row(1, "Café").encode(),
            row(2, "Café").encode("cp1252"),
            row(3, "list – café €").encode(),
        ]
    )
    found = imported("two encodings", content)
    assert [one.title for one in found.candidates] == ["Café", "Café", "list – café €"]


def test_a_million_empty_rows(imported: Callable[..., FileRead]) -> None:
    content = "\n".join([HEADER, *GOOD, "\n" * 500_000, ",,,\n" * 100_000]).encode()
    assert len(imported("600,000 empty rows", content).candidates) == 5


def test_what_is_cut_is_told(imported: Callable[..., FileRead]) -> None:
    long = f'9,2025-06-02,,CQC,ZA1,Beds,"{"beds now " * 13_000}",3'
    found = imported("a text of 117,000", "\n".join([HEADER, row(1), long]).encode())
    assert [note for note in found.notes if "cut at 100,000" in note] == [
        "line 3: the text is cut at 100,000 characters"
    ]


# Workbooks ---------------------------------------------------------------------------------------


def workbook(cells: dict[tuple[int, int], str | float], sheets: tuple[str, ...] = ()) -> bytes:
    held = io.BytesIO()
    with xlsxwriter.Workbook(held, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for (y, x), value in cells.items():
            if str(value).startswith("="):
                sheet.write_formula(y, x, str(value), None, "#N/A")
            else:
                sheet.write(y, x, value)
        for name in sheets:
            hidden = book.add_worksheet(name)
            hidden.write(0, 0, "title")
            hidden.write(1, 0, "in the second sheet")
    return held.getvalue()


TABLE: dict[tuple[int, int], str | float] = {
    (y, x): cell
    for y, cells in enumerate(
        [
            ["ask_id", "received_on", "from_body", "to_org_code", "title", "hours_estimate"],
            ["1", "2025-06-02", "CQC", "ZA1", "Waiting list", 3],
            ["2", "2025-06-02", "CQC", "ZA1", "Beds", 2],
        ]
    )
    for x, cell in enumerate(cells)
}


def repacked(content: bytes, change: Callable[[str, bytes], bytes]) -> bytes:
    held = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
    return held.getvalue()


def sheet_with(old: bytes, new: bytes) -> bytes:
    return repacked(
        workbook(TABLE),
        lambda name, part: part.replace(old, new) if name.endswith("sheet1.xml") else part,
    )


FAR = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
SHEET_BYTES = 310_000_000
REFUSED: dict[str, Callable[[], bytes]] = {
    "a cell in the last place": lambda: sheet_with(b"</sheetData>", FAR),
    "a cell in the last place, prefixed": lambda: sheet_with(
        b"</sheetData>", FAR.replace(b"<c ", b"<c  ").replace(b'"', b"'")
    ),
    "a bomb of blanks": lambda: sheet_with(b"</sheetData>", b"</sheetData>" + b" " * SHEET_BYTES),
    "a sheet that is no XML": lambda: sheet_with(b"</sheetData>", b"</nothing>"),
    "entities within entities": lambda: sheet_with(
        b"<worksheet",
        b'<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;">]><worksheet',
    ),
    "no workbook": lambda: b"no workbook",
    "an empty archive": lambda: b"PK\x05\x06" + b"\x00" * 18,
    "an old workbook of noise": lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\xff" * 5_000,
    "a wrong check sum": lambda: _with_a_wrong_sum(workbook(TABLE)),
    "cut in the middle": lambda: workbook(TABLE)[:3_000],
}


def _with_a_wrong_sum(content: bytes) -> bytes:
    at = content.rfind(b"sheet1.xml") - 46 + 16
    return content[:at] + bytes(byte ^ 255 for byte in content[at : at + 4]) + content[at + 4 :]


@pytest.mark.parametrize("name", REFUSED)
def test_a_workbook_that_cannot_be_held_is_refused(
    reduction: Reduction, tries: Tries, name: str
) -> None:
    content = REFUSED[name]()
    with tries.attempt("workbook of asks", name) as refusal:
        read_table(Path("list.xlsx"), content, reduction, {}, lambda _: None)
    wanted = "no row looks like a header" if name == "an empty archive" else "cannot be read"
    assert wanted in str(refusal[0])
    assert str(refusal[0]).startswith("list.xlsx: ")


ODS = """<?xml version="1.0"?><office:document-content
 xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>
<table:table table:name="A">{rows}</table:table></office:spreadsheet></office:body>
</office:document-content>"""


def ods(*rows: str) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", ODS.format(rows="".join(rows)))
        archive.writestr(
            "META-INF/manifest.xml",
            '<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>',
        )
    return held.getvalue()


def ods_row(*cells: str, more: str = "", times: int = 1) -> str:
    inside = "".join(
        f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>'
        for cell in cells
    )
    repeat = f' table:number-rows-repeated="{times}"' if times > 1 else ""
    return f"<table:table-row{repeat}>{inside}{more}</table:table-row>"


ODS_ROWS = (
    ods_row("ask_id", "from_body", "to_org_code", "title"),
    ods_row("1", "CQC", "ZA1", "Waiting list"),
    ods_row("2", "CQC", "ZA1", "Beds"),
)
REPEATED = (
    '<table:table-cell table:number-columns-repeated="{n}" {kind}><text:p>x</text:p>'
    "</table:table-cell>"
)


@pytest.mark.parametrize("times", [10**5, 10**9, 10**15])
def test_repeated_cells_and_rows_are_refused(
    reduction: Reduction, tries: Tries, times: int
) -> None:
    filled = REPEATED.format(n=times, kind='office:value-type="string"')
    for name, rows in {
        "cells": (*ODS_ROWS, ods_row("3", more=filled * 50)),
        "rows": (*ODS_ROWS, ods_row(*["x"] * 100, times=times)),
    }.items():
        with tries.attempt("workbook of asks", f"{times} {name} repeated") as refusal:
            read_table(Path("list.ods"), ods(*rows), reduction, {}, lambda _: None)
        assert "the workbook cannot be read" in str(refusal[0])


def test_an_ods_whose_blank_rows_are_repeated_is_read(imported: Callable[..., FileRead]) -> None:
    """Every spreadsheet that LibreOffice writes ends like this."""
    blank = '<table:table-row table:number-rows-repeated="1048000"><table:table-cell '
    rows = (*ODS_ROWS, blank + 'table:number-columns-repeated="1024"/></table:table-row>')
    found = imported("blank rows repeated", ods(*rows), "list.ods")
    assert [one.title for one in found.candidates] == ["Waiting list", "Beds"]


def test_a_cell_with_an_error_is_named(imported: Callable[..., FileRead]) -> None:
    for column in range(6):
        cells = {**TABLE, (2, column): "=NA()"}
        found = imported(f"an error in column {column}", workbook(cells), "list.xlsx")
        if TABLE[0, column] != "to_org_code" and len(found.candidates) == 2:
            assert [one.received_on is None for one in found.candidates] == [
                False,
                TABLE[0, column] == "received_on",
            ]
            assert any(f"line 3, {TABLE[0, column]} left blank" in note for note in found.notes)
            continue
        # Without a recipient or without what is asked a row is no ask.
        assert TABLE[0, column] in {"to_org_code", "title"}
        assert [one.ask_id for one in found.candidates] == ["1"]
        (rejection,) = found.rejections
        assert (rejection.line, rejection.value) == (3, "#N/A")
        assert rejection.column == TABLE[0, column]


def test_sheets_that_are_not_read_are_named(imported: Callable[..., FileRead]) -> None:
    found = imported("three sheets", workbook(TABLE, ("Second", "Third")), "list.xlsx")
    assert len(found.candidates) == 2
    assert found.notes == ["read is the sheet Sheet1; not read: Second, Third"]


def test_100_000_columns_of_a_header(reduction: Reduction, tries: Tries) -> None:
    content = (HEADER + "".join(f",c{n}" for n in range(100_000))).encode() + b"\n1,2"
    with tries.attempt(KIND, "100,000 headings") as refusal:
        read_table(Path("list.csv"), content, reduction, {}, lambda _: None)
    assert "no row looks like a header" in str(refusal[0])


# Spoiled files -----------------------------------------------------------------------------------


def _mutated(content: bytes, count: int) -> Iterator[tuple[str, bytes]]:
    ways = [
        mutations.cut_at_any_byte,
        mutations.cut_at_the_front,
        mutations.flip_bytes,
        mutations.flip_a_bit,
        mutations.insert_bytes,
        mutations.drop_a_stretch,
        mutations.repeat_a_stretch,
        mutations.only_noise,
        mutations.another_encoding,
    ]
    for seed in range(count):
        chance = random.Random(seed)
        way = chance.choice(ways)
        yield f"{way.__name__} {seed}", way(chance, content)


@pytest.mark.parametrize("file", ["list.csv", "list.xlsx", "list.ods"])
def test_spoiled_lists(reduction: Reduction, tries: Tries, file: str) -> None:
    content = {
        "list.csv": "\n".join([HEADER, *GOOD]).encode(),
        "list.xlsx": workbook(TABLE),
        "list.ods": ods(*ODS_ROWS),
    }[file]
    for name, spoiled in _mutated(content, 60):
        with tries.attempt("spoiled list of asks", f"{file}: {name}"):
            read = read_table(Path(file), spoiled, reduction, {}, lambda _: None)[0]
            assert read.rows_read == len(read.candidates) + len(read.rejections)
            assert all(rejection.reason for rejection in read.rejections)


def test_spoiled_plain_files_and_decisions(tmp_path: Path, tries: Tries) -> None:
    path = tmp_path / "asks.csv"
    for name, spoiled in _mutated("\n".join([HEADER, *GOOD]).encode(), 100):
        path.write_bytes(spoiled)
        with tries.attempt("plain file of asks", name):
            read_asks(path)
    decisions = b"kind,ask_ids,relation\nmerge,1 2,duplicate\nsplit,3 4,\n"
    for name, spoiled in _mutated(decisions, 60):
        path.write_bytes(spoiled)
        with tries.attempt("decisions on asks", name):
            read_decisions(path)


@pytest.mark.parametrize("content", [b'kind,ask_ids\nmerge,"1 2\nsplit,3 4\n', b'kind,"ask_ids\n'])
def test_a_decision_is_never_swallowed(tmp_path: Path, tries: Tries, content: bytes) -> None:
    path = tmp_path / "decisions.csv"
    path.write_bytes(content)
    with tries.attempt("decisions on asks", "a mark that is not closed") as refusal:
        read_decisions(path)
    assert f"{path}, line" in str(refusal[0])


# What is no file ---------------------------------------------------------------------------------


@pytest.fixture
def special(tmp_path: Path) -> dict[str, Path]:
    """Things that bear the name of a list, mailbox or calendar and are none."""
    found: dict[str, Path] = {}
    for ending in ("csv", "xlsx", "mbox", "ics"):
        pipe, loop, folder, huge, device = (
            tmp_path / f"{kind}.{ending}" for kind in ("pipe", "loop", "folder", "huge", "device")
        )
        os.mkfifo(pipe)
        loop.symlink_to(loop)
        folder.mkdir()
        device.symlink_to("/dev/zero")
        with huge.open("wb") as handle:
            handle.truncate(10 * 10**12)
        found |= {path.name: path for path in (pipe, loop, folder, huge, device)}
        found[f"none.{ending}"] = tmp_path / f"none.{ending}"
    return found


def test_what_is_no_file_is_told(tmp_path: Path, special: dict[str, Path], tries: Tries) -> None:
    from remit.asks import ImportOptions, import_file, open_register

    options = ImportOptions(to_org="ZA1", first=date(2025, 1, 1), last=date(2025, 2, 1))
    with open_register(None) as register:
        for name, path in special.items():
            with tries.attempt("special file as asks", name) as refusal:
                import_file(register, path, options)
            assert str(refusal[0]).startswith(f"{path}: the file cannot be read: ")
            if path.suffix == ".csv":
                with tries.attempt("special file as asks", f"match {name}") as refusal:
                    read_asks(path)
                assert str(refusal[0]).startswith(f"{path}: ")


@pytest.mark.parametrize("name", ["pipe.csv", "device.mbox"])
def test_a_command_on_what_is_no_file(special: dict[str, Path], tries: Tries, name: str) -> None:
    arguments = ["asks", "import", special[name], "--to-org", "ZA1", "--dry-run"]
    ran = tries.command(
        "special file as asks", f"command on {name}", arguments, codes={2}, seconds=30
    )
    assert "cannot be read" in ran.err


GROWING: dict[str, Callable[[int], object]] = {
    "stray marks": lambda n: list(records('a,"b\n' * n, ",")),
    "marks": lambda n: list(records('"' * n, ",")),
    "blank lines": lambda n: list(records("\n" * n, ",")),
    "open cells": lambda n: list(records('"a\nb\nc\n' * n, ",")),
    "lines of two encodings": lambda n: decoded(b"caf\xe9\n" * n),
}


@pytest.mark.parametrize("name", GROWING)
def test_time_grows_with_the_length_alone(tries: Tries, name: str) -> None:
    with tries.attempt("linear patterns of lists", name):
        assert_linear(GROWING[name], 20_000)
