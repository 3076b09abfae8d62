"""Figures of strangers: a wrong one is rejected with its place and reason, the others stay."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from remit.assessment.improvement.changes import parse_change
from remit.assessment.systems.weights import read_weights
from remit.catalogue import load_figure_limits, load_metrics, load_publications
from remit.files.numbers import number_in
from remit.model.errors import RemitError
from remit.model.observation import Status
from remit.publications.recognise import read_file
from remit.publications.rows.cells import why_unreadable, with_figures
from remit.publications.rows.reading import Reading, ReadingContext
from remit.register import load_register
from remit.report.choosing import read_metric_list
from remit.signals.change_files import read_rebases, read_targets
from remit.signals.own_file import read_own_file
from tests.fuzz.test_mutated_files import HEADER
from tests.hostile.tries import Tries
from tests.publications.test_ae import HEADER as AE_HEADER
from tests.publications.test_ae import ZA1
from tests.publications.workbook_files import values

KIND = "figures"
CONTEXT = ReadingContext(load_register(), load_metrics())
COLUMN = "A&E attendances Type 1"
NO_FIGURE = "this is no figure and no known mark"
NEGATIVE = "a count must not be negative, nor above 1,000,000,000"
WRONG = {
    **dict.fromkeys(("NaN", "nan", "inf", "-inf", "Infinity", "1_000", "0x1F", "½", "1e", "--3",
                     "1.234,5", "12 34", "five", "=1+1", "+", "1e3e3", "1,00", "12abc", "TRUE",
                     "2025-06-30", "0:08:23", "12;", "#", "1/2", "?", "\u202e12", "N/K"),
                    NO_FIGURE),
    **dict.fromkeys(("1e308", "1e999", "9" * 400, "1000000000001", "-1000000000001", "1e13"),
                    "no figure is that large"),
    **dict.fromkeys(("1000000000000000", "10000000000000000"), "no figure is that large"),
    **dict.fromkeys(("-1", "−1", "1000000001", "9999999999", "1e3", "1E+05", "1.5e2",
                     "1,000,000,001"), NEGATIVE),
    **dict.fromkeys(("٣", "٣٫٥", "１２", "१२", "୧", "১২৩"), "not written with the digits 0 to 9"),
    **dict.fromkeys(("#N/A", "#REF!", "#DIV/0!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!", "#ERROR!"),
                    "an error of the spreadsheet"),
    **dict.fromkeys(("12%", "12 %", "1,234%", "12.5%", "0%", "+7%"),
                    "a percent sign on a figure that is not a percentage"),
    **dict.fromkeys(("12%%", "%", "%12", "12‰", "12％", "12%*", "1%2", "12 per cent",
                     "£12", "12 beds", "12*", "1,2,3", "12.5.1", "12p", "$12", "12 €", "£1,234",
                     "12k", "1.2m"),
                    NO_FIGURE),
    **dict.fromkeys(("12.5", ".5", "-0.5", "1e-05", "9.094947017729282e-13"),
                    "a count of whole things has no fraction"),
    "#NOT CALCULATED!": "the file holds no value of this formula",
}  # fmt: skip
RIGHT = {"0": 0, "12": 12, "1234": 1234, "+7": 7, "007": 7, "5.": 5, "1000000000": 1e9,
         "63769849": 63_769_849, " 12 ": 12}  # fmt: skip


def read_ae(path: Path, cell: str) -> Reading:
    wrong = ZA1.replace("1000", f'"{cell}"', 1).replace(",300,", ",0,")  # no part of it is more
    other = ZA1.replace("ZA1", "ZA2")
    assert wrong != ZA1 != other
    path.write_text(f"{AE_HEADER}\n{wrong}\n{other}\n", encoding="utf-8")
    return read_file(path, CONTEXT)


@pytest.mark.parametrize("cell", WRONG)
def test_a_wrong_figure_is_rejected_with_its_place_and_reason(
    cell: str, tmp_path: Path, tries: Tries
) -> None:
    with tries.attempt(KIND, f"figure {cell[:40]}", seconds=10) as refusal:
        reading = read_ae(tmp_path / "ae.csv", cell)
    assert not refusal
    (rejection,) = reading.rejections
    assert (rejection.line, rejection.column) == (2, COLUMN)
    assert WRONG[cell] in rejection.reason
    assert values(reading, "ZA2")["ae.attendances-type-1"] == 1000


@pytest.mark.parametrize("cell", RIGHT)
def test_a_right_figure_is_kept(cell: str, tmp_path: Path, tries: Tries) -> None:
    with tries.attempt(KIND, f"right {cell}", seconds=10) as refusal:
        reading = read_ae(tmp_path / "ae.csv", cell)
    assert not refusal
    assert not reading.rejections
    assert values(reading, "ZA1")["ae.attendances-type-1"] == RIGHT[cell]


TRUST = "Q1 2025/26,London,Acute trust,Acute,R0A,A trust,Access,Care,{},Any,{},{},{},{},,,"


@pytest.mark.parametrize(
    ("metric", "day", "unit", "value", "median", "column"),
    [
        ("OF0003", "Jun-25", "percent", "1e308", "", "Value"),
        ("OF0003", "Jun-25", "percent", "1000001", "", "Value"),
        ("OF0003", "Jun-25", "percent", "50", "1e300", "Median_value"),
        ("OF1003", "Jun-25", "score", "4.1", "", "Value"),
        ("OF5000", "Q1 2025/26", "segment", "2.5", "", "Value"),
        ("OF0079", "Jun-25", "percent", "-12.5", "-3", ""),
        ("OF0106", "Jun-25", "percentage points", "-35.96", "", ""),
        ("OF0079", "Jun-25", "percent", "138.61", "", ""),
        ("OF0003", "Jun-25", "percent", "12%", "12.5 %", ""),
        ("OF0106", "Jun-25", "percentage points", "12%", "", "Value"),
        ("OF0106", "Jun-25", "percentage points", "12", "12%", "Median_value"),
        ("OF1003", "Jun-25", "score", "2", "2%", "Median_value"),
        ("OF5000", "Q1 2025/26", "segment", "2%", "", "Value"),
        ("OF0003", "Jun-25", "percent", "12‰", "", "Value"),
    ],
)
def test_each_unit_has_its_own_limits(
    metric: str, day: str, unit: str, value: str, median: str, column: str,
    tmp_path: Path, tries: Tries,
) -> None:  # fmt: skip
    path = tmp_path / "nof.csv"
    path.write_text(f"{HEADER}\n{TRUST.format(metric, day, unit, value, median)}\n")
    with tries.attempt(KIND, f"{unit} {value} {median}", seconds=10) as refusal:
        reading = read_file(path, CONTEXT)
    assert not refusal
    assert [one.column for one in reading.rejections] == [column] * bool(column)
    assert reading.observations.height == (not column)


UNITS = sorted({measure.unit for one in load_publications() for measure in one.measures})


@pytest.mark.parametrize("unit", [*UNITS, "of nobody's"])
def test_a_percent_sign_stands_on_percentages_alone(unit: str) -> None:
    """By the unit, whatever the reader; the figure itself is read where it may stand."""
    texts = ["2", "2%", "2 %", "1.5%", "2%%", "*", "*%"]
    frame = pl.DataFrame({"a": texts}).with_columns(unit=pl.lit(unit))
    for said in (unit, pl.col("unit")):
        read = with_figures(frame, {"f": "a"}, {"*": Status.SUPPRESSED}, {"f": said})
        may = unit == "percent"
        assert read["f_readable"].to_list() == [True, may, may, may, False, True, False], said
        assert read["f_value"].to_list()[:4] == ([2, 2, 2, 1.5] if may else [2, None, None, None])
        told = read.select(why_unreadable("a")).to_series().to_list()
        assert may or ["not a percentage" in one for one in told] == [0, 1, 1, 1, 0, 0, 0]


def test_a_percent_sign_on_a_rank_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "nof.csv"
    line = TRUST.format("OF0003", "Jun-25", "percent", "50", "").removesuffix(",")
    path.write_text(f"{HEADER}\n{line},3%\n")
    (rejection,) = read_file(path, CONTEXT).rejections
    assert (rejection.line, rejection.column) == (2, "Rank")
    assert "percent sign" in rejection.reason


def test_the_limits_say_what_they_allow() -> None:
    limits = {limit.unit: limit for limit in load_figure_limits().limits}
    assert limits["segment"].in_words == "a segment must be a whole number from 1 to 5"
    assert limits["seconds"].in_words.startswith("a figure in seconds must not be negative")
    assert all(limit.low < limit.high for limit in limits.values())


# Lists of a user's own ---------------------------------------------------------------------------

NO_NUMBERS = ("nan", "inf", "1e999", "1_0", "٣", "１２", "1,5", "", "five", "1e13", "0x10", "--1",
              "1 2", "½", "1e308", "9" * 400)  # fmt: skip


@pytest.mark.parametrize("said", NO_NUMBERS)
def test_what_is_no_number_is_none_anywhere(said: str, tmp_path: Path, tries: Tries) -> None:
    assert number_in(said) is None
    path = tmp_path / "list.csv"
    path.write_text(f'org_code,weight\nR0A,1\nRYJ,"{said}"\n', encoding="utf-8")
    with tries.attempt(KIND, f"weight {said[:40]}") as refusal:
        read_weights(path)
    assert "line 3, weight" in str(refusal[0])
    path.write_text(f'date,target\n2025-01-01,5\n2025-02-01,"{said}"\n', encoding="utf-8")
    with tries.attempt(KIND, f"target {said[:40]}") as refusal:
        read_targets(path)
    # A blank says that the target ends; a comma in quotes is a decimal comma there, and told.
    assert not refusal if said in {"", "1,5"} else "line 3" in str(refusal[0])
    path.write_text(f'date,value\n2025-01-01,5\n2025-02-01,"{said}"\n', encoding="utf-8")
    with tries.attempt(KIND, f"point {said[:40]}") as refusal:
        own = read_own_file(path)
    assert said in {"1e13", "1,5"} or [(r.line, r.column) for r in own.rejections] == [(3, "value")]
    assert own.points["value"].to_list()[0] == 5
    with tries.attempt(KIND, f"change {said[:40]}") as refusal:
        change = parse_change(f"OF0079={said}")
    assert refusal or (change.unit and change.value in {0, 1})  # no such unit is refused later


LISTS = {
    "a null character": b"org_code,weight\nR0A,1\0\n",
    "not UTF-8": b"org_code,weight\n\xff,1\n",
    "UTF-16": "org_code,weight\nR0A,1\n".encode("utf-16"),
    "an open quote": b'org_code,weight\nR0A,"1\n' + b"x,1\n" * 50_000,
    "a long cell": b"org_code,weight\nR0A," + b"1" * 200_000 + b"\n",
    "a header twice": b"org_code,org_code\nR0A,1\n",
    "nothing": b"",
    "only a mark of order": b"\xef\xbb\xbf",
    "no header": b"R0A,1\n",
    "short rows": b"org_code,weight\nR0A\n",
    "long rows": b"org_code,weight\nR0A,one,2,3,4\n",
    "a page": b"<!DOCTYPE html><html></html>",
    "a workbook": b"PK\x03\x04[Content_Types].xml",
    "nine million lines": b"\n" * 9_000_000,
    "a negative": b"org_code,weight\nR0A,-1\n",
    "a code twice": b"org_code,weight\nR0A,1\nr0a,1\n",
    "too large": b"x" * 10_000_001,
}  # fmt: skip


@pytest.mark.parametrize("name", LISTS)
def test_hostile_lists_are_refused(name: str, tmp_path: Path, tries: Tries) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(LISTS[name])
    known = load_metrics().metrics
    readers = (read_weights, read_targets, read_rebases, lambda p: read_metric_list(p, known))
    for reader in (*readers, read_own_file):
        with tries.attempt(KIND, f"list: {name}") as refusal:
            reader(path)
        assert isinstance(refusal[0], RemitError)
        assert len(str(refusal[0])) < 2_000


def test_lines_and_cells_without_end_are_refused(tmp_path: Path, tries: Tries) -> None:
    path = tmp_path / "ae.csv"
    for name, more in (("lines", b"\n" * 20_000_001), ("cells", b"," * 25_100_000)):
        path.write_bytes(AE_HEADER.encode() + b"\n" + more)
        with tries.attempt(KIND, f"endless {name}") as refusal:
            read_file(path, CONTEXT)
        assert f"{name}, more than any known table" in str(refusal[0]) or "bytes long" in str(
            refusal[0]
        )


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n"])
def test_rows_are_the_same_by_any_line_end(end: str, tmp_path: Path, tries: Tries) -> None:
    path = tmp_path / "ae.csv"
    path.write_bytes(end.join([AE_HEADER, ZA1, "", "", ""]).encode())
    with tries.attempt(KIND, f"line end {end!r}") as refusal:
        reading = read_file(path, CONTEXT)
    assert not refusal
    assert values(reading, "ZA1")["ae.attendances-type-1"] == 1000
