"""Faults of the readers that spoiled files have uncovered, each as its smallest example."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from remit.catalogue import load_metrics
from remit.model.errors import PublicationError
from remit.publications.recognise import read_file
from remit.publications.rows.reading import Reading, ReadingContext
from remit.register import load_register
from tests.fuzz.test_mutated_files import HEADER, LEAGUE_HEADER

ROW = "Q1 2025/26,London,Acute trust,Acute,R0A,A trust,Access,Care,OF0003,Any,Jun-25,%,1.5,,,,"
LEAGUE_ROW = "London,Acute trust,Acute,R0A,A trust,Q1 2025/26,2.1,1.1 to 2.9,2,Yes,7,4 to 9"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "file.csv"


def read(path: Path, *lines: str, header: str = HEADER) -> Reading:
    path.write_bytes("\n".join([header, *lines]).encode())
    reading = read_file(path, ReadingContext(load_register(), load_metrics()))
    assert reading.source.rows_read == len(lines)
    return reading


def refusal(path: Path, content: bytes) -> str:
    path.write_bytes(content)
    with pytest.raises(PublicationError) as caught:
        read_file(path, ReadingContext(load_register(), load_metrics()))
    return str(caught.value)


@pytest.mark.parametrize(
    "cell", [f'"{"a" * 140_000}"', '"A trust"\rof'], ids=["too long", "a line end"]
)
def test_a_cell_that_the_csv_module_refuses_spoils_its_row_only(path: Path, cell: str) -> None:
    reading = read(path, ROW, ROW.replace("R0A,A trust", f"R0B,{cell}"))
    assert reading.observations.height == 1
    (rejection,) = reading.rejections
    assert rejection.line == 3
    assert rejection.reason.startswith("the line is no row of a CSV file (")


def test_a_header_that_cannot_be_read_is_told_with_its_line(path: Path) -> None:
    said = refusal(path, f"\n\n{HEADER.replace('Rank', chr(34))}\n{ROW}".encode())
    assert "line 3: the header cannot be read: a quotation mark is opened" in said


@pytest.mark.parametrize("content", [b"a,\x00b\n1,2\n", b"Quarter\x00\x00,b\n"])
def test_null_characters_in_the_header_are_told_and_not_printed(path: Path, content: bytes) -> None:
    assert "the header cannot be read: the line" in refusal(path, content)


def test_a_header_that_could_steer_a_terminal_is_not_printed_as_it_is(path: Path) -> None:
    assert "�[2J" in refusal(path, b"\x1b[2J,b\n1,2\n")


def test_header_and_rows_end_by_the_same_rule(path: Path) -> None:
    """A stray CR once ended the header and not the line, so that every row was too wide."""
    reading = read(path, ROW, header=HEADER.replace("Region", "Region\r"))
    assert reading.observations.height == 1


def test_a_column_that_stands_twice_is_refused(path: Path) -> None:
    said = refusal(path, f"{HEADER},value\n{ROW},9\n".encode())
    assert "names these columns more than once: Value" in said


def test_the_reason_for_many_contradictions_stays_short(path: Path) -> None:
    """It once named every line on every line: two thousand rows made 20 MB of reasons."""
    rows = [ROW.replace("1.5", str(number / 100)) for number in range(2_000)]
    reading = read(path, *rows)
    assert len(reading.rejections) == 2_000
    assert reading.rejections[-1].reason.startswith("lines 2, 3, 4, 5, 6 and more give different")


@pytest.mark.timed
@pytest.mark.parametrize("column", ["R0A", "OF0003"])
def test_an_overlong_code_does_not_hold_up_the_search_for_what_is_like_it(
    path: Path, column: str
) -> None:
    rows = [ROW.replace(column, f"{number}" * 50_000) for number in range(8)]
    started = time.process_time()
    assert len(read(path, *rows).rejections) == 8
    assert time.process_time() - started < 5


@pytest.mark.parametrize(
    ("cell", "wrong", "reason"),
    [
        (",1.1 to 2.9,", ",1.1,", "this is no range such as 1.72 to 2.73 and no known mark"),
        (
            ",1.1 to 2.9,",
            ",1.1 to 2 to 3,",
            "this is no range such as 1.72 to 2.73 and no known mark",
        ),
        (",1.1 to 2.9,", ",2.9 to 1.1,", "the range ends below its beginning"),
        (",2.1,", ",Yes,", "this is no figure and no known mark"),
        (",Yes,", ",Perhaps,", "this is no figure and no known mark"),
    ],
)
def test_a_league_table_cell_of_the_wrong_sort_is_rejected(
    path: Path, cell: str, wrong: str, reason: str
) -> None:
    reading = read(path, LEAGUE_ROW.replace(cell, wrong), header=LEAGUE_HEADER)
    assert [r.reason for r in reading.rejections] == [reason]


def test_a_suppressed_range_is_a_mark_like_any_other(path: Path) -> None:
    reading = read(path, LEAGUE_ROW.replace("1.1 to 2.9", "*"), header=LEAGUE_HEADER)
    statuses = dict(reading.observations.select("metric_id", "status").iter_rows())
    assert statuses["likely_score_low"] == statuses["likely_score_high"] == "suppressed"
    assert statuses["likely_rank_low"] == "reported"
