"""Ambulance indicators: counts and total times of a hidden sheet, dashes and blanks apart."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from remit.model.errors import PublicationError
from remit.publications.rows.months import month_of_year

from .workbook_files import Cells, accounted, differences, read, statuses, values, write_workbook

CODES = ["A0", "A1", "A7", "A8", "A10", "A17", "A24", "A25", "A26", "A30", "A140"]
HEADER = ["Concatenated", "Year", "Month", "Reg", "", "Area", "Trust", *CODES, "", "Month"]


def service(
    code: str, *cells: object, year: str = "2024-25", month: str = "JANUARY"
) -> list[object]:
    return ["", year, month, "ZR1", "Northfold", code, "A service", *cells, "", 1]


def workbook(path: Path, *rows: list[object], header: list[str] = HEADER) -> Path:
    introduction: Cells = [["About the indicators"], ["Published", date(2025, 9, 11)]]
    raw: Cells = [[""] * 8 + ["Calls"], ["Heading"], header, *rows, ["Raw data"]]
    return write_workbook(path, {"Introduction": introduction, "Raw": raw})


def test_counts_and_times_by_service_and_england(tmp_path: Path) -> None:
    one = service("ZV1", 900, 800, 100, 10, 50, 5, 4200, 420, 700, 90_000, "-")
    england = service("ENG", 900, 800, 100, 10, 50, 5, 4200, 420, 700, 90_001, "-")
    reading = read(workbook(tmp_path / "a.xlsx", england, one))
    found = values(reading, "ZV1", "Jan 2025")
    assert found["ambulance.c1-response-seconds"] == 4200
    assert found["ambulance.c1-incidents"] == 10
    assert "ambulance.c1-mean" not in found
    assert reading.source.published_on == date(2025, 9, 11)
    assert differences(reading) == {"ambulance.c2-response-seconds · Jan 2025": 1}
    assert accounted(reading)


def test_a_dash_was_not_given_and_a_blank_not_collected(tmp_path: Path) -> None:
    dash = service("ZV1", 900, 800, 100, 10, 50, 5, 4200, 420, 700, 90_000, "-")
    blank = service("ZV2", 900, 800, 100, 10, 50, 5, 4200, 420, 700, 90_000, "")
    reading = read(workbook(tmp_path / "a.xlsx", dash, blank))
    known = "ambulance.handovers-time-known"
    assert statuses(reading, "ZV1")[known] == "not_submitted"
    assert statuses(reading, "ZV2")[known] == "not_applicable"


def test_zeros_before_a_service_gave_figures_are_none(tmp_path: Path) -> None:
    later = service("ZV1", 900, 800, 0, 10, 50, 0, 4200, 420, 700, 90_000, 0)
    silent = service("ZV2", 900, 800, 0, 0, 0, 0, 0, 0, 0, 0, 0)
    reading = read(workbook(tmp_path / "a.xlsx", later, silent))
    first, second = statuses(reading, "ZV1"), statuses(reading, "ZV2")
    assert first["ambulance.incidents"] == "not_submitted"
    assert first["ambulance.incidents-no-face-to-face"] == "not_submitted"
    assert first["ambulance.handovers-time-known"] == "reported"
    assert second["ambulance.c1-incidents"] == "not_submitted"
    assert second["ambulance.calls-answered"] == "reported"


@pytest.mark.parametrize(
    ("text", "label"),
    [("2017-18 AUGUST", "Aug 2017"), ("2017-18 JANUARY", "Jan 2018"), ("2017-18 Annual", None)],
)
def test_months_of_a_financial_year(text: str, label: str | None) -> None:
    period = month_of_year(text)
    assert (period.label if period else None) == label


def test_a_workbook_without_category_2_is_told_what_it_lacks(tmp_path: Path) -> None:
    header = ["was A10" if name == "A10" else name for name in HEADER]
    one = service("ZV1", 900, 800, 100, 10, 50, 5, 4200, 420, 700, 90_000, "-")
    with pytest.raises(PublicationError, match="A10"):
        read(workbook(tmp_path / "a.xlsx", one, header=header))


def test_centiles_are_read_and_not_summed(tmp_path: Path) -> None:
    one = service("ZV1", 900, 800, 100, 10, 50, 5, 4200, 420, 700, 90_000, "-")
    england = service("ENG", 900, 800, 100, 10, 50, 5, 4200, 420, 650, 90_000, "-")
    reading = read(workbook(tmp_path / "a.xlsx", england, one))
    centile = reading.observations.filter(
        pl.col("metric_id") == "ambulance.c1-response-centile-90-seconds"
    )
    assert sorted(centile["value"]) == [650, 700]
    assert not differences(reading)
