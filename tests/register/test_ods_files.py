"""The reader of ODS exports, with rows that mean no good, and the comparison."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from remit.model.errors import PublicationError
from remit.publications.readers.ods import Differs, compare_with_ods, read_ods
from remit.register import load_register

DAY = date(2025, 11, 1)


def row(
    code: str = "RYJ",
    name: str = "IMPERIAL COLLEGE HEALTHCARE NHS TRUST",
    region: str = "Y56",
    icb: str = "QRV",
    opened: str = "20071001",
    closed: str = "",
    columns: int = 27,
) -> str:
    cells = [code, name, region, icb, *[""] * 6, opened, closed]
    cells += [""] * (columns - len(cells))
    return ",".join(f'"{cell}"' for cell in cells[:columns])


GOOD = row(code="R0A", name="MANCHESTER UNIVERSITY NHS FOUNDATION TRUST")


def written(folder: Path, *lines: str | bytes) -> Path:
    path = folder / "etr.csv"
    path.write_bytes(b"\r\n".join(x if isinstance(x, bytes) else x.encode() for x in lines))
    return path


def test_a_row_is_read_with_its_line(tmp_path: Path) -> None:
    file = read_ods(written(tmp_path, "", row(), row("G6V2S", closed="20260101"), ""))
    first, second = file.rows
    assert (first.line, first.code, first.region, first.icb) == (2, "RYJ", "Y56", "QRV")
    assert (first.opened, first.closed) == (date(2007, 10, 1), None)
    assert (second.code, second.closed) == ("G6V2S", date(2026, 1, 1))
    assert file.rows_read == 2


@pytest.mark.parametrize("columns", [23, 25, 27])
def test_the_widths_that_ods_gives_are_taken(tmp_path: Path, columns: int) -> None:
    assert len(read_ods(written(tmp_path, row(columns=columns))).rows) == 1


def test_a_byte_order_mark_is_no_part_of_the_code(tmp_path: Path) -> None:
    assert read_ods(written(tmp_path, b"\xef\xbb\xbf" + row().encode())).rows[0].code == "RYJ"


@pytest.mark.parametrize(
    ("line", "column", "reason"),
    [
        (row(columns=22), "", "22 columns where ODS gives 23 to 27"),
        (row(columns=28), "", "28 columns where ODS gives 23 to 27"),
        (row(code="ryj"), "column 1 (code)", "this is not an ODS code"),
        (row(code="RYJX"), "column 1 (code)", "this is not an ODS code"),
        (row(code=""), "column 1 (code)", "this is not an ODS code"),
        (row(code="R0A"), "column 1 (code)", "the code stands on line 1 already"),
        (row(name=""), "column 2 (name)", "the name is missing"),
        (row(name="=HYPERLINK(1)"), "column 2 (name)", "must begin with a letter"),
        (row(region="Y5"), "column 3 (region)", "this is not a region's code"),
        (row(icb="Q"), "column 4 (icb)", "this is not an ICB's code"),
        (row(opened=""), "column 11 (opened)", "this is no day"),
        (row(opened="2007-10-01"), "column 11 (opened)", "this is no day"),
        (row(opened="20070230"), "column 11 (opened)", "this is no day"),
        (row(closed="soon"), "column 12 (closed)", "this is no day"),
        (row(closed="20060101"), "column 12 (closed)", "closed before it opened on 2007-10-01"),
        (row() + '"', "", "a quotation mark is opened and not closed"),
        (row(name="A\x00B"), "", "the line holds a null character"),
        (row().encode() + b"\xff", "", "the line is not UTF-8 text"),
        (row(name="A" * 200_000), "", "the line is no row of a CSV file"),
        (row(name="A" * 1_000_001), "", "bytes long"),
    ],
)
def test_a_bad_row_is_rejected_with_line_column_and_reason(
    tmp_path: Path, line: str | bytes, column: str, reason: str
) -> None:
    file = read_ods(written(tmp_path, GOOD, line))
    (rejection,) = file.rejections
    assert [r.code for r in file.rows] == ["R0A"]
    assert (rejection.file, rejection.line, rejection.column) == ("etr.csv", 2, column)
    assert reason in rejection.reason
    assert len(rejection.value) <= 200


@pytest.mark.parametrize(
    "content",
    [b"Trust_code,Trust_name\nRYJ,Imperial\n", row().encode("utf-16")],
)
def test_a_file_without_one_trust_is_refused(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(PublicationError, match="no row is a trust of an ODS export"):
        read_ods(written(tmp_path, content))


def test_a_damaged_archive_is_told(tmp_path: Path) -> None:
    with pytest.raises(PublicationError, match="the zip archive cannot be unpacked"):
        read_ods(written(tmp_path, b"PK\x03\x04" + bytes(200)))


@pytest.mark.parametrize("name", ["absent.csv", "."])
def test_a_file_that_cannot_be_read_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(PublicationError):
        read_ods(tmp_path / name)


@settings(max_examples=200, deadline=None)
@given(noise=st.lists(st.binary(max_size=120), max_size=6))
def test_rows_read_are_the_accepted_and_the_rejected(
    tmp_path_factory: pytest.TempPathFactory, noise: list[bytes]
) -> None:
    folder = tmp_path_factory.mktemp("noise")
    lines = [GOOD.encode(), *noise]
    file = read_ods(written(folder, *lines))
    content = b"\r\n".join(lines)
    assert file.rows_read == sum(1 for line in content.split(b"\n") if line.strip())


def differences(folder: Path, *lines: str) -> list[tuple[str, Differs, str, str]]:
    rows = read_ods(written(folder, *lines)).rows
    found = compare_with_ods(load_register(), rows, DAY)
    return [(d.code, d.what, d.register, d.ods) for d in found if d.what is not Differs.NOT_IN_FILE]


def test_agreement_yields_nothing_but_the_trusts_that_are_not_in_the_file(tmp_path: Path) -> None:
    assert differences(tmp_path, row()) == []
    found = compare_with_ods(load_register(), read_ods(written(tmp_path, row())).rows, DAY)
    assert len(found) == 204
    assert {d.line for d in found} == {None}


@pytest.mark.parametrize(
    ("line", "difference"),
    [
        (row(name="IMPERIAL NHS TRUST"), ("RYJ", Differs.NAME)),
        (row(opened="20071002"), ("RYJ", Differs.OPENED)),
        (row(closed="20251031"), ("RYJ", Differs.CLOSED)),
        (row(region="Y59"), ("RYJ", Differs.REGION)),
        (row(icb="QMJ"), ("RYJ", Differs.ICB)),
        (row("R9Z", "A NEW NHS TRUST"), ("R9Z", Differs.NOT_ON_REGISTER)),
    ],
)
def test_each_kind_of_difference_is_told(
    tmp_path: Path, line: str, difference: tuple[str, Differs]
) -> None:
    assert [found[:2] for found in differences(tmp_path, line)] == [difference]


def test_names_are_compared_without_case_article_and_ampersand(tmp_path: Path) -> None:
    name = "ROYAL BROMPTON AND HAREFIELD NHS FOUNDATION TRUST"
    closed = row("RT3", name, icb="QRV", opened="19980401", closed="20210131")
    assert differences(tmp_path, closed) == []


def test_what_the_register_dates_after_the_file_is_not_compared(tmp_path: Path) -> None:
    name = "WARRINGTON AND HALTON TEACHING HOSPITALS NHS FOUNDATION TRUST"
    still_open = row(
        "RNK", "TAVISTOCK AND PORTMAN NHS FOUNDATION TRUST", icb="QMJ", opened="19940401"
    )
    former_name = row("RWW", name, "Y62", "QYG", opened="20010401")
    assert differences(tmp_path, still_open, former_name) == []


def test_trusts_outside_england_are_passed_over(tmp_path: Path) -> None:
    welsh = row("RYT", "PUBLIC HEALTH WALES NHS TRUST", region="", icb="", opened="20091001")
    assert differences(tmp_path, welsh) == []
