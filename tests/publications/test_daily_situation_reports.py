"""Workbooks of the daily situation reports: beds are read, discharges are named."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from remit.model.errors import PublicationError
from remit.store import Store

from .workbook_files import accounted, differences, read, values, write_csv, write_workbook

BEDS = [
    "Region", "Org Code", "Org Name", "G&A beds available", "G&A beds occupied",
    "G&A occupancy rate", "Adult G&A beds available", "Adult G&A beds occupied",
    "Neonatal intensive care beds available",
]  # fmt: skip


def beds(path: Path, code: str = "Org Code") -> Path:
    header = [code if name == "Org Code" else name for name in BEDS]
    above = [["", "Period:", "April 2025"], ["", "Published:", "12th June 2025"]]
    rows = [
        ["", "-", "England", 400, 380, 0.95, 380, 361, 12],
        ["North", "ZA1", "Larkshire", 400, 380, 0.95, 380, 361, 12],
    ]
    sheet = [*above, *([[]] * 12), header, *rows]
    return write_workbook(path, {"Notes": [["About"]], "Trust": sheet})


@pytest.mark.parametrize("code", ["Org Code", "Code", "Trust code", "Provider Code"])
def test_beds_of_a_month_are_read_under_whatever_name_the_code_stands(
    code: str, tmp_path: Path
) -> None:
    reading = read(beds(tmp_path / "202504-April-2025-beds-sitrep-data.xlsx", code))
    assert accounted(reading)
    assert (reading.rejections, differences(reading)) == ((), {})
    assert values(reading, "ZA1", "Apr 2025") == {
        "beds.open-general-acute": 400,
        "beds.occupied-general-acute": 380,
        "beds.open-adult-general-acute": 380,
        "beds.occupied-adult-general-acute": 361,
        "beds.open-neonatal-intensive-care": 12,
    }
    assert values(reading, "ENG")["beds.open-general-acute"] == 400


def test_the_workbook_outranks_the_series_of_a_third_party(tmp_path: Path) -> None:
    header = "nhs_trust22_code,date,general_acute_beds_available,general_acute_beds_occupied"
    copy = read(write_csv(tmp_path / "z.csv", _whole(header), _whole("ZA1,April 2025,1,1", "0")))
    with Store.in_memory() as store:
        store.ingest([read(beds(tmp_path / "a.xlsx")), copy])
        found = store.observations(metrics=["beds.open-general-acute"]).filter(org_code="ZA1")
    assert found["value"].to_list() == [400]


REST = (
    "adult_general_acute_beds_available,adult_general_acute_beds_occupied,"
    "paediatric_general_acute_beds_available,paediatric_general_acute_beds_occupied,"
    "adult_critical_care_beds_available,adult_critical_care_beds_occupied,"
    "paediatric_intensive_cared_beds_available,paediatric_intensive_cared_beds_occupied,"
    "neonatal_intensive_care_bed_available,neonatal_intensive_care_bed_occupied"
)


def _whole(line: str, cell: str = "") -> str:
    rest = REST.split(",")
    return ",".join([line, *([cell] * len(rest) if cell else rest)])


def test_the_workbook_of_discharges_is_named_and_so_is_what_is_read(tmp_path: Path) -> None:
    cover = [["", "Title:", "Acute Daily Discharge Situation Report"]]
    table = [
        ["", "Table 2: Number of patients who no longer meet criteria to reside and reasons"],
        ["", "", "", "", date(2024, 8, 1)],
        ["", "", "", "", "Number of patients who no longer meet the criteria to reside"],
        ["", "Region", "Org Code", "Org Name"],
        ["", "NORTH", "ZA1", "LARKSHIRE", 100],
    ]
    path = tmp_path / "Daily-discharge-sitrep-monthly-data-webfile-August2024.xlsx"
    for sheets in ({"Cover Sheet": cover, "Table 2": table}, {"Table 2": table}):
        write_workbook(path, sheets)
        with pytest.raises(PublicationError) as refused:
            read(path)
        assert "this is NHS England's file of a month of discharges" in str(refused.value)
        assert "is not read. Read is the series of trusts and days as CSV" in str(refused.value)


def test_the_csv_of_discharges_is_named_too(tmp_path: Path) -> None:
    path = write_csv(
        tmp_path / "any.csv",
        "Period,Level,Region,Org Code,Org Name,Metric Group,Metric,Value",
        "01/08/2026,Provider,A region,ZA1,A trust,,Number of patients discharged,3",
        "01/08/2026,Provider,A region,ZA1,A trust,,"
        "Number of patients who no longer meet the criteria to reside,12",
    )
    with pytest.raises(PublicationError, match=r"month of discharges.*its twin as CSV.*not read"):
        read(path)
