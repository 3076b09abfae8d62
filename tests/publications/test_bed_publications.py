"""Beds and discharges: KH03, critical and general beds, criteria to reside."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from remit.model.errors import PublicationError
from remit.publications.rows.months import quarter_end

from .workbook_files import accounted, read, statuses, values, write_csv

KH03 = "Organisation_Code,Sector,Number_Of_Beds,Effective_Snapshot_Date"
BEDS = (
    '"nhs_trust22_code","date","general_acute_beds_available","general_acute_beds_occupied",'
    '"general_acute_beds_occupancy_rate","adult_general_acute_beds_available",'
    '"adult_general_acute_beds_occupied","paediatric_general_acute_beds_available",'
    '"paediatric_general_acute_beds_occupied","adult_critical_care_beds_available",'
    '"adult_critical_care_beds_occupied","paediatric_intensive_cared_beds_available",'
    '"paediatric_intensive_cared_beds_occupied","neonatal_intensive_care_bed_available",'
    '"neonatal_intensive_care_bed_occupied"'
)


# KH03 --------------------------------------------------------------------------------------------


def test_sectors_are_one_however_they_are_spelled(tmp_path: Path) -> None:
    lines = [
        'ZM1,Mental illness,"1,200.5",30/06/2024',
        "ZM2,Mental Illness,NULL,30/06/2024",
        "ZM2,Maternity,0,30/06/2024",
    ]
    reading = read(write_csv(tmp_path / "KH03-Occupied.csv", KH03, *lines))
    sector = "bed-availability.occupied-mental-illness"
    assert values(reading, "ZM1", "2024/25 Q1") == {sector: 1200.5}
    assert statuses(reading, "ZM2") == {
        sector: "not_submitted",
        "bed-availability.occupied-maternity": "reported",
    }
    assert reading.source.scopes == ("2024/25 Q1 · occupied",)


def test_the_name_tells_which_of_the_two_files_it_is(tmp_path: Path) -> None:
    line = "ZM1,Maternity,5,30/06/2024"
    available = read(write_csv(tmp_path / "kh03_available_overnight.csv", KH03, line))
    assert set(values(available, "ZM1")) == {"bed-availability.available-maternity"}
    for name in ("beds.csv", "available-and-occupied.csv"):
        with pytest.raises(PublicationError, match="Available or Occupied"):
            read(write_csv(tmp_path / name, KH03, line))


def test_codes_that_a_spreadsheet_has_spoiled_say_so(tmp_path: Path) -> None:
    lines = [
        "5.00E+04,Maternity,5,30/06/2024",
        "ZM1,Chiropody,5,30/06/2024",
        "ZM1,Maternity,5,29/06/2024",
        ",Maternity,5,30/06/2024",
    ]
    reading = read(write_csv(tmp_path / "Available.csv", KH03, *lines))
    said = {(r.line, r.column): r.reason for r in reading.rejections}
    assert "turned the code into a number" in said[2, "Organisation_Code"]
    assert "General & Acute" in said[3, "Sector"]
    assert (4, "Effective_Snapshot_Date") in said
    assert said[5, "Organisation_Code"] == "the cell is empty"
    assert accounted(reading)


@pytest.mark.parametrize(
    ("day", "label"),
    [
        ("31/03/2001", "2000/01"),
        ("31/03/2010", "2009/10"),
        ("30/06/2010", "2010/11 Q1"),
        ("31/12/2023", "2023/24 Q3"),
        ("31/03/2024", "2023/24 Q4"),
    ],
)
def test_the_period_that_ends_on_a_day(day: str, label: str) -> None:
    period = quarter_end(day)
    assert period is not None
    assert period.label == label


# Critical care and general beds ------------------------------------------------------------------


def test_beds_open_and_occupied(tmp_path: Path) -> None:
    line = '"ZA1","April 2022",2286,2031,0.889,1982,1794,304,237,125,92,43,40,NA,NA'
    reading = read(write_csv(tmp_path / "beds.csv", BEDS, line))
    found = values(reading, "ZA1", "Apr 2022")
    assert found["beds.open-adult-general-acute"] == 1982
    assert found["beds.occupied-adult-critical-care"] == 92
    assert statuses(reading, "ZA1")["beds.open-neonatal-intensive-care"] == "not_submitted"
    assert len(found) == 12


def test_a_file_without_a_column_is_told_what_it_lacks(tmp_path: Path) -> None:
    header = BEDS.replace('"adult_critical_care_beds_occupied",', "")
    with pytest.raises(PublicationError, match="adult_critical_care_beds_occupied"):
        read(write_csv(tmp_path / "beds.csv", header, "ZA1,April 2022" + ",1" * 12))


# Discharges --------------------------------------------------------------------------------------

RESIDE = '"{}","date","do_not_meet_criteria_to_reside"'


def test_days_are_periods_and_months_are_scopes(tmp_path: Path) -> None:
    lines = ['"ZA1",2022-04-01,111', '"ZA1",2022-04-02,NA', '"ZA1",2022-05-01,0']
    path = write_csv(tmp_path / "c.csv", RESIDE.format("nhs_trust22_code"), *lines)
    reading = read(path)
    figures = reading.observations.sort("period_start")
    assert figures["period_label"].to_list() == ["2022-04-01", "2022-04-02", "2022-05-01"]
    assert figures["value"].to_list() == [111, None, 0]
    assert figures["status"].to_list() == ["reported", "not_submitted", "reported"]
    assert reading.source.scopes == ("Apr 2022 · trust", "May 2022 · trust")


def test_icbs_are_known_by_their_ons_code(tmp_path: Path) -> None:
    lines = ['"E54000050",2022-04-01,440', '"E99999999",2022-04-01,440', '"NA",2022-04-01,1']
    path = write_csv(tmp_path / "c.csv", RESIDE.format("icb22_code"), *lines)
    reading = read(path)
    assert values(reading, "QHM") == {"discharge.no-longer-meeting-criteria": 440}
    assert reading.source.scopes == ("Apr 2022 · icb",)
    assert [(r.line, r.column, r.value) for r in reading.rejections] == [
        (3, "Organisation", "E99999999"),
        (4, "Organisation", "NA"),
    ]


def test_discharges_by_time_of_day_may_be_missing(tmp_path: Path) -> None:
    header = (
        '"nhs_trust22_code","date","discharged_by_1700","discharged_between_1701_2359",'
        '"discharged_total"'
    )
    lines = ['"ZA1",2022-04-03,19,5,24', '"ZA1",2023-07-01,NA,NA,30']
    reading = read(write_csv(tmp_path / "d.csv", header, *lines))
    later = reading.observations.filter(pl.col("period_label") == "2023-07-01")
    assert dict(later.select("metric_id", "value").iter_rows()) == {
        "discharge.discharged": 30,
        "discharge.discharged-by-17-00": None,
        "discharge.discharged-17-01-to-23-59": None,
    }
