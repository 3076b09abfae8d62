"""The real files of beds, discharges, ambulances, virtual wards, community services and staff.

Every row is accounted for, figures are those of the file at the line that is named, and the
totals that are printed agree with the sums.
"""

from __future__ import annotations

import csv
from datetime import date
from functools import cache
from pathlib import Path

import polars as pl
import pytest

from remit.publications.rows.reading import Reading
from remit.series import series
from tests.publications.workbook_files import accounted, differences, read

ROWS = {
    "sickness/nhs_sickness_absence_2024-04.csv": ("sickness-absence", 285, 0),
    "sickness/nhs_sickness_absence_2025-03.csv": ("sickness-absence", 280, 0),
    "beds/KH03-Available-Overnight-only.csv": ("bed-availability", 56_528, 28),
    "beds/KH03-Occupied-Overnight-only.csv": ("bed-availability", 56_528, 28),
    "beds/england_critical_general_acute_beds.csv": ("critical-general-acute-beds", 5_557, 0),
    "discharge/england_icb_criteria_to_reside.csv": ("criteria-to-reside", 51_727, 0),
    "discharge/england_trust_criteria_to_reside.csv": ("criteria-to-reside", 149_482, 243),
    "discharge/england_trust_discharged_patients.csv": ("discharged-patients", 149_482, 243),
    "ambulance/AmbSYS-Time-Series-until-20250831.xlsx": ("ambulance-indicators", 1_455, 0),
    "csds/csds_march-2026_data.zip": ("community-services", 279_466, 0),
    "workforce/NHS_Workforce_Statistics,_May_2025_England_and_Organisation.xlsx": (
        "workforce",
        2_152,
        0,
    ),
    "staff_survey/NSS24_detailed_spreadsheets_organisational_results.xlsx": (
        "staff-survey",
        526,
        0,
    ),
    "virtual_ward/VW202307.xlsx": ("virtual-ward", 43, 0),
    "virtual_ward/Monthly-Virtual-Ward-Apr2025.xlsx": ("virtual-ward", 204, 0),
}
ODD_MEANS = {("RYC", date(2017, 11, 1)), ("RYC", date(2017, 12, 1)), ("RYF", date(2017, 12, 1))}
KEY = ["org_code", "metric_id", "cut", "period_label"]


@cache
def reading_of(path: Path) -> Reading:
    return read(path)


@pytest.mark.parametrize("name", ROWS)
def test_every_row_is_accounted_for_and_every_total_agrees(shared_data: Path, name: str) -> None:
    reading = reading_of(shared_data / name)
    publication, rows, rejected = ROWS[name]
    assert reading.source.publication == publication
    assert (reading.source.rows_read, reading.source.rows_rejected) == (rows, rejected)
    assert accounted(reading)
    assert not differences(reading)
    assert not reading.observations.select(KEY).is_duplicated().any()
    ill = reading.observations.filter(
        (pl.col("status") == "reported") != pl.col("value").is_not_null()
    )
    assert ill.is_empty()


def test_each_month_of_virtual_wards_is_read_and_its_totals_agree(shared_data: Path) -> None:
    files = sorted((shared_data / "virtual_ward").glob("*.xlsx"))
    readings = [reading_of(path) for path in files]
    assert len(readings) == 22
    for reading in readings:
        assert not reading.rejections
        assert len([c for c in reading.checks if c.summed]) >= 3
        assert not differences(reading)
    figures = pl.concat([reading.observations for reading in readings])
    silent = figures.filter(status="not_submitted", metric_id="virtual-ward.patients")
    icbs = silent.filter(org_kind="icb").select("org_code", "period_label")
    assert sorted(icbs.iter_rows()) == [
        ("QHL", "Feb 2025"),
        ("QPM", "Jan 2024"),
        ("QPM", "Jul 2024"),
        ("QT6", "Feb 2025"),
    ]
    zero = figures.filter(
        (pl.col("metric_id") == "virtual-ward.patients")
        & (pl.col("org_kind") == "icb")
        & (pl.col("value") == 0)
    )
    assert zero.select("org_code", "period_label").rows() == [("QT6", "Oct 2023")]


def test_rates_made_from_the_counts_are_the_published_ones(shared_data: Path) -> None:
    """Oct 2023: 20.9 beds for 100,000 aged 16 and over, 68.1% in use (the sheet's England row)."""
    figures = reading_of(shared_data / "virtual_ward" / "VW202310.xlsx").observations
    metrics = ["virtual-ward.beds-per-100000-adults", "virtual-ward.occupancy"]
    england = series(figures, metrics, level="england").frame
    made = dict(england.select("metric_id", "value").iter_rows())
    assert round(made["virtual-ward.beds-per-100000-adults"], 1) == 20.9
    assert round(made["virtual-ward.occupancy"], 1) == 68.1


@pytest.mark.parametrize(
    ("indicator", "metric", "per"),
    [
        ("A25", "ambulance.mean-response-c1", 60),
        ("A31", "ambulance.mean-response-c2", 60),
        ("A34", "ambulance.mean-response-c3", 60),
        ("A3", "ambulance.mean-call-answer", 1),
        ("A142", "ambulance.mean-handover", 60),
    ],
)
def test_ambulance_means_are_the_published_ones(
    shared_data: Path, indicator: str, metric: str, per: int
) -> None:
    """The sheet prints means in whole seconds; ours are made from counts and total times.

    In three rows of 2017 the printed means are not what the row's own counts give.
    """
    from python_calamine import CalamineWorkbook

    path = shared_data / "ambulance" / "AmbSYS-Time-Series-until-20250831.xlsx"
    raw = CalamineWorkbook.from_path(path).get_sheet_by_name("Raw")
    rows = raw.to_python(skip_empty_area=False)
    place = rows[4].index(indicator)
    printed = {
        (row[5], str(row[1])[:4], str(row[2])[:3].title()): row[place]
        for row in rows[5:]
        if isinstance(row[place], float) and row[place] and row[5] != "ENG"
    }
    frame = series(reading_of(path).observations, metric, level="trust").frame
    made = frame.filter(pl.col("value").is_not_null())
    seen = 0
    for code, start, value in made.select("org_code", "period_start", "value").iter_rows():
        year = start.year - (start.month < 4)
        seconds = printed.get((code, str(year), f"{start:%b}"))
        if seconds is not None and (code, start) not in ODD_MEANS:
            seen += 1
            assert abs(value * per - seconds) <= 0.5 + 1e-6, (code, start)
    assert seen > 200


def test_a_figure_leads_back_to_its_line(shared_data: Path) -> None:
    """Lines are taken from the files by their number alone, and read by Python's csv module."""
    path = shared_data / "beds" / "england_critical_general_acute_beds.csv"
    lines = path.read_text("utf-8").split("\n")
    header = next(csv.reader([lines[0]]))
    for row in reading_of(path).observations.sample(500, seed=7).iter_rows(named=True):
        cells = dict(zip(header, next(csv.reader([lines[row["source_row"] - 1]])), strict=True))
        assert cells["nhs_trust22_code"] == row["org_code"]
        written = cells[row["source_column"]]
        assert (None if written == "NA" else float(written)) == row["value"]


def test_staff_of_england_and_its_employers(shared_data: Path) -> None:
    name = "NHS_Workforce_Statistics,_May_2025_England_and_Organisation.xlsx"
    figures = reading_of(shared_data / "workforce" / name).observations
    latest = figures.filter(metric_id="workforce.fte-all", period_label="May 2025")
    employers = latest.filter(~pl.col("org_kind").is_in(["england", "region", "icb"]))
    assert latest.filter(org_kind="england")["value"].to_list() == [1_373_862.75008]
    assert employers["value"].sum() == pytest.approx(1_373_862.75008)
    assert employers["org_code"].str.ends_with("/staff").sum() == 42


def test_a_survey_score_is_that_of_the_sheet(shared_data: Path) -> None:
    path = shared_data / "staff_survey"
    (name,) = path.glob("*.xlsx")
    figures = reading_of(name).observations
    raised = series(figures, "staff-survey.raising-concerns", level="trust").frame
    scores = figures.filter(pl.col("cut").is_null(), metric_id="staff-survey.pp3-2-score")
    printed = dict(scores.select("org_code", "value").iter_rows())
    assert raised.height > 200
    for code, value in raised.select("org_code", "value").iter_rows():
        if code in printed:
            assert value == pytest.approx(printed[code], abs=1e-9) or code in _joined(raised)


def _joined(frame: pl.DataFrame) -> set[str]:
    """Organisations that are made of several since the survey."""
    return set(frame.filter(pl.col("n_present") > 1)["org_code"])


def test_community_services_tell_ages_apart(shared_data: Path) -> None:
    figures = reading_of(shared_data / "csds" / "csds_march-2026_data.zip").observations
    england = figures.filter(org_code="ENG")
    missed = england.filter(metric_id="csds.contacts-not-attended")
    assert dict(missed.select("cut", "value").iter_rows()) == {
        None: 260_905,
        "age group: 0 to 18": 86_345,
        "age group: 19 to 64": 96_115,
        "age group: 65 and over": 78_435,
    }
    whole = england.filter(pl.col("cut").is_null(), metric_id="csds.care-contacts")
    assert whole["value"].to_list() == [9_094_260]
    made = series(figures, "csds.missed-appointments", level="england", cut="age group").frame
    assert made.height == 3
