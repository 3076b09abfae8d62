"""Every row of a trust data file becomes an observation or a rejection."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl
import pytest

import remit
from remit.frames.figures import Figures
from remit.model.errors import PublicationError

from .nof_files import HEADER, row, without_quarter, write


def read_rows(folder: Path, *rows: str, header: str = HEADER) -> Figures:
    figures = remit.read(write(folder / "file.csv", rows, header))
    (source,) = figures.sources.values()
    assert source.rows_read == source.rows_accepted + source.rows_rejected == len(rows)
    assert figures.observations.height == source.rows_accepted
    return figures


@pytest.mark.parametrize(
    ("cell", "value", "status"),
    [
        ("61.5", 61.5, "reported"),
        ("0", 0.0, "reported"),
        ("61.5%", 61.5, "reported"),
        ('"1,234.5"', 1234.5, "reported"),
        ("−0.5", -0.5, "reported"),
        (" 7 ", 7.0, "reported"),
        ("1e-05", 1e-05, "reported"),
        ("*", None, "suppressed"),
        ("", None, "not_submitted"),
        ("-", None, "not_applicable"),
        ("N/A", None, "not_applicable"),
    ],
)
def test_what_a_cell_says(tmp_path: Path, cell: str, value: float | None, status: str) -> None:
    observations = read_rows(tmp_path, row(cell, metric="OF0079")).observations
    assert observations.select("value", "status").rows() == [(value, status)]


@pytest.mark.parametrize(
    ("code", "metric"), [("ryj", "of0023"), ("Ryj", "OF0023"), ("RYJ", "Of0023")]
)
def test_codes_and_identifiers_are_known_in_small_letters(
    tmp_path: Path, code: str, metric: str
) -> None:
    figures = read_rows(tmp_path, row("50", code=code, metric=metric))
    kept = figures.observations.select("org_code", "metric_id", "value").rows()
    assert kept == [("RYJ", "OF0023", 50.0)]


@pytest.mark.parametrize("cell", ["=1+1", "abc", "12..5", "1e999", "nan", "inf", "1,2,3", "--5"])
def test_what_is_no_figure_is_rejected_with_its_line_and_value(tmp_path: Path, cell: str) -> None:
    figures = read_rows(tmp_path, row("50", code="R1K"), row(f'"{cell}"'))
    (rejection,) = figures.rejections
    assert (rejection.line, rejection.column, rejection.value) == (3, "Value", cell)
    assert "no figure" in rejection.reason


@pytest.mark.parametrize(
    ("wrong", "column", "reason"),
    [
        ({"code": "RYX9"}, "Trust_code", "nearest: "),
        ({"metric": "OF 9999"}, "Metric_ID", "nearest: "),
        ({"metric": ""}, "Metric_ID", "the cell is empty"),
        ({"units": "days"}, "Units", "expected unit: percent"),
        ({"trust_type": "Dental trust"}, "Trust_type", "known: Acute trust"),
        ({"date": "soon"}, "Reporting_date", "known forms"),
        ({"quarter": "Q7 2025/26"}, "Quarter", "no quarter"),
        ({"rank": "first"}, "Rank", "no figure"),
        ({"metric": "OF1023", "units": "score"}, "Value", "from 1 to 4"),
    ],
)
def test_a_wrong_cell_is_named(
    tmp_path: Path, wrong: dict[str, str], column: str, reason: str
) -> None:
    figures = read_rows(tmp_path, row("50", **wrong), row("50", code="R1K"))
    (rejection,) = figures.rejections
    assert rejection.line == 2
    assert rejection.column == column
    assert reason in rejection.reason


@pytest.mark.parametrize(
    ("value", "whole"), [("100", True), ("0", True), ("8000", False), ("-5", False)]
)
def test_a_part_of_a_whole_lies_from_0_to_100(tmp_path: Path, value: str, whole: bool) -> None:
    figures = read_rows(tmp_path, row(value), row("50", code="R1K"))
    assert len(figures.rejections) == (0 if whole else 1)
    assert all("a part of a whole must be" in one.reason for one in figures.rejections)


@pytest.mark.parametrize(("unit", "value"), [("segment", "2.5"), ("segment", "6"), ("flag", "2")])
def test_impossible_segments_and_flags_are_rejected(tmp_path: Path, unit: str, value: str) -> None:
    metric = {"segment": "OF5000", "flag": "OF5004"}[unit]
    figures = read_rows(tmp_path, row(value, metric=metric, units=unit))
    assert len(figures.rejections) == 1


@pytest.mark.parametrize(
    ("trust_type", "kind"),
    [
        ("Acute trust", "acute"),
        ("Mental health and community trust", "mental_health_community"),
        ("Non-acute hospital trust", "mental_health_community"),
        ("Ambulance trust", "ambulance"),
    ],
)
def test_kinds_of_trust_by_their_names_of_today_and_before(
    tmp_path: Path, trust_type: str, kind: str
) -> None:
    observations = read_rows(tmp_path, row("5", trust_type=trust_type)).observations
    assert observations["org_kind"].to_list() == [kind]


def test_a_file_without_quarter_takes_it_from_its_summary_rows(tmp_path: Path) -> None:
    rows = [row("61.5"), row("2.1", metric="OF5002", units="score", date="Q1 2025/26")]
    header, bare = without_quarter(rows)
    observations = read_rows(tmp_path, *bare, header=header).observations
    assert set(observations["release"]) == {"2025/26 Q1"}
    assert observations["period_end"].to_list() == [date(2025, 6, 30), date(2025, 6, 30)]


def test_a_file_that_tells_no_quarter_needs_to_be_told(tmp_path: Path) -> None:
    header, bare = without_quarter([row("61.5")])
    path = write(tmp_path / "file.csv", bare, header)
    with pytest.raises(PublicationError, match="--period"):
        remit.read(path)
    assert remit.read(path, period="Q2 2025/26").releases() == ["2025/26 Q2"]


def test_several_reporting_dates_stand_in_one_release(tmp_path: Path) -> None:
    observations = read_rows(
        tmp_path,
        row("1", metric="OF0079", date="2025/26 plan"),
        row("2", metric="OF0082", date="Q4 2024-25"),
        row(
            "3",
            metric="OF0041",
            units="percentage points",
            date="Apr 25 - Mar 26 vs Apr 24 - Mar 25",
        ),
    ).observations
    assert observations["release"].unique().to_list() == ["2025/26 Q1"]
    assert observations["period_start"].to_list() == [
        date(2025, 4, 1),
        date(2025, 1, 1),
        date(2025, 4, 1),
    ]


def test_rate_and_count_of_one_metric_are_two_observations(tmp_path: Path) -> None:
    observations = read_rows(
        tmp_path,
        row("1.2", metric="OF0048", units="rate"),
        row("3", metric="OF0048", units="count"),
    ).observations
    assert observations.select("unit", "value").rows() == [("rate", 1.2), ("count", 3.0)]


def test_a_repeated_row_is_rejected_once_and_a_contradiction_wholly(tmp_path: Path) -> None:
    figures = read_rows(
        tmp_path, row("50"), row("50.0"), row("60", code="R1K"), row("61", code="R1K")
    )
    assert [(r.line, r.reason.split(" (")[0]) for r in figures.rejections] == [
        (3, "the row repeats line 2"),
        (4, "lines 4, 5 give different figures for the same thing"),
        (5, "lines 4, 5 give different figures for the same thing"),
    ]


def test_a_stray_quotation_mark_spoils_one_row_only(tmp_path: Path) -> None:
    figures = read_rows(tmp_path, row("50"), row('5"0', code="R1K"), row("60", code="RJ1"))
    (rejection,) = figures.rejections
    assert rejection.line == 3
    assert figures.observations["source_row"].to_list() == [2, 4]


def test_columns_may_stand_in_another_order_and_case(tmp_path: Path) -> None:
    names = HEADER.split(",")
    cells = row("61.5").split(",")
    turned = ",".join(reversed(cells))
    header = ",".join(name.upper() for name in reversed(names))
    observations = read_rows(tmp_path, turned, header=header).observations
    assert observations["value"].to_list() == [61.5]


def test_a_missing_column_is_named(tmp_path: Path) -> None:
    header = HEADER.replace(",Value", ",Figure")
    with pytest.raises(PublicationError, match=r"most like “NHS Oversight.*lacks.*Value"):
        remit.read(write(tmp_path / "file.csv", [row("1")], header))


def test_an_unknown_file_is_told_which_are_known(tmp_path: Path) -> None:
    path = tmp_path / "file.csv"
    path.write_text("a,b\n1,2\n")
    with pytest.raises(
        PublicationError, match=r"Its first line begins: a, b\..*sources --known lists"
    ):
        remit.read(path)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"PK\x03\x04rest", "zip archive cannot be unpacked"),
        (b"\xd0\xcf\x11\xe0rest", "begins like an Excel workbook"),
        (b"PK\x03\x04[Content_Types].xml", "begins like an Excel workbook"),
        (b"%PDF-1.7", "this is a PDF"),
        (b"", "empty"),
        (b"  \n \n", "empty"),
        ("Region,é".encode("utf-16"), "begins: Region, é"),
        (b"Region,\xe9\n1,2\n", "begins: Region, é"),
        (b"Region," + b"x" * 1_100_000, "bytes long"),
    ],
)
def test_what_is_no_text_table_is_told(tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "file.csv"
    path.write_bytes(content)
    with pytest.raises(PublicationError, match=said):
        remit.read(path)


def test_a_revision_named_last_counts(tmp_path: Path) -> None:
    old = write(tmp_path / "old.csv", [row("50"), row("70", code="R1K")])
    new = write(tmp_path / "new.csv", [row("51")])
    observations = remit.read(old, new).observations
    assert observations.select("org_code", "value").rows() == [("RYJ", 51.0)]


def test_figures_travel_by_arrow(tmp_path: Path) -> None:
    figures = read_rows(tmp_path, row("50"))
    assert len(figures) == 1
    assert pl.DataFrame(figures).equals(figures.observations)
