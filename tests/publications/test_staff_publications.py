"""Sickness absence, workforce and staff survey: who employs whom, and an ICB's own staff."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from remit.model.errors import PublicationError
from remit.store import Store

from .workbook_files import (
    accounted,
    differences,
    read,
    statuses,
    values,
    write_csv,
    write_workbook,
)

SICKNESS = (
    "DATE,NHSE_REGION_CODE,NHSE_REGION_NAME,ICS_CODE,ICS_NAME,ORG_CODE,ORG_NAME,ORG_TYPE,"
    "FTE_DAYS_LOST,FTE_DAYS_AVAILABLE,SICKNESS_ABSENCE_RATE_PERCENT"
)
_AREA = "30/04/2024,ZR1,Northfold,ZB1,Larkshire"
GROUPS = ["Total", "HCHS Doctors", "Nurses & health visitors"]
ORG = [
    "NHS England region code",
    "NHS England region name",
    "ICS code",
    "ICS name",
    "Organisation name",
    "Organisation code",
]
APRIL, MAY = date(2025, 4, 30), date(2025, 5, 31)


# Sickness absence --------------------------------------------------------------------------------


def test_sickness_is_days_lost_and_days_available(tmp_path: Path) -> None:
    line = f"{_AREA},ZA1,A trust,Acute,500.5,10000,5.01"
    reading = read(write_csv(tmp_path / "s.csv", SICKNESS, line))
    assert values(reading, "ZA1", "Apr 2024") == {
        "sickness-absence.days-lost": 500.5,
        "sickness-absence.days-available": 10_000,
    }
    assert not differences(reading)


def test_an_icbs_own_staff_are_not_those_of_its_area(tmp_path: Path) -> None:
    line = f"{_AREA},ZB1,An ICB,Integrated Care Board,3,100,3.00"
    reading = read(write_csv(tmp_path / "s.csv", SICKNESS, line))
    assert set(reading.observations["org_code"]) == {"ZB1/staff"}
    assert set(reading.observations["org_kind"]) == {"other_provider"}


def test_the_layout_until_2022_is_read_alike(tmp_path: Path) -> None:
    header = "Date,NHSE_Region_Code,Org Code,Org Name,FTE Days Sick,FTE Days Available,SA Rate (%)"
    rows = [
        "2019-APR,ZR1,ZA1,A trust,21000.5,480000.0,4.38",
        "2019-APR,ZR1,ZB1,An ICB,7100.25,155000.0,5.58",
    ]
    reading = read(write_csv(tmp_path / "old.csv", header, *rows))
    assert accounted(reading)
    assert reading.notes == ()
    lost, available = "sickness-absence.days-lost", "sickness-absence.days-available"
    assert values(reading, "ZA1", "Apr 2019") == {lost: 21000.5, available: 480000}
    assert values(reading, "ZB1/staff") == {lost: 7100.25, available: 155000}
    assert set(reading.observations["source_column"]) == {"FTE Days Sick", "FTE Days Available"}
    assert [round(d, 2) for d in differences(reading).values()] == [1.0]


def test_a_rate_that_its_counts_do_not_give_is_reported(tmp_path: Path) -> None:
    line = f"{_AREA},ZA1,A trust,Acute,500,10000,6.00"
    reading = read(write_csv(tmp_path / "s.csv", SICKNESS, line))
    assert differences(reading) == {"rate · ZA1 · Apr 2024": 1.0}


def test_rows_that_cannot_be_read_say_why(tmp_path: Path) -> None:
    lines = [
        f"{_AREA},ZA1,A trust,Acute,many,10000,5.00",
        f"{_AREA},ZA2,A trust,Acute,-3,10000,5.00",
        "April,ZR1,N,ZB1,L,ZA3,A trust,Acute,5,100,5.00",
    ]
    reading = read(write_csv(tmp_path / "s.csv", SICKNESS, *lines))
    said = [(r.line, r.column, r.value) for r in reading.rejections]
    assert said == [(2, "FTE_DAYS_LOST", "many"), (3, "FTE_DAYS_LOST", "-3"), (4, "DATE", "April")]
    assert accounted(reading)
    assert reading.observations.is_empty()


# Workforce ---------------------------------------------------------------------------------------


def by_group(kind: str, *rows: list[Any]) -> list[list[Any]]:
    title = [f"Table 3: HCHS Staff by organisation and main staff group - {kind}"]
    return [title, [], ["May 2025 monthly data"], [*ORG, *GROUPS], [], *rows]


def by_month(kind: str, *rows: list[Any]) -> list[list[Any]]:
    title = [f"Table 5: Timeseries of total HCHS staff - {kind}"]
    return [title, [], [*ORG, APRIL, MAY], [], *rows]


def workforce(path: Path, england: list[list[Any]] | None = None) -> Path:
    group_rows = [
        ["", "England", "", "", "", "", 110.5, 30.25, 60],
        ["ZR1", "Northfold", "", "", "", "", 110.5, 30.25, 60],
        ["", "", "ZB1", "Larkshire", "", "", 110.5, 30.25, 60],
        ["", "", "", "", "A trust", "ZA1", 100.5, 30.25, 50],
        ["", "", "", "", "An ICB", "ZB1", 10, 0, 10],
    ]
    month_rows = [
        ["", "England", "", "", "", "", 100, 110.5],
        ["ZR1", "Northfold", "", "", "", "", 100, 110.5],
        ["", "", "ZB1", "Larkshire", "(blank)", "", 100, 110.5],
        ["", "", "", "", "A trust", "ZA1", 100, 100.5],
        ["", "", "", "", "An ICB", "ZB1", 0, 10],
        ["", "", "", "", "A trust before it", "ZA2-X", 0, 0],
    ]
    sheets: dict[str, list[list[Any]]] = {"1. England": england} if england else {}
    sheets |= {
        "2. NHSE, Org & SG - HC": by_group("Headcount", *group_rows),
        "3. NHSE, Org & SG - FTE": by_group("Full Time Equivalent", *group_rows),
        "4. All Staff, NHSE & Org - HC": by_month("Headcount", *month_rows),
        "5. All Staff, NHSE & Org - FTE": by_month("Full Time Equivalent", *month_rows),
    }
    return write_workbook(path, sheets)


def test_staff_by_group_and_by_month(tmp_path: Path) -> None:
    reading = read(workforce(tmp_path / "w.xlsx"))
    assert values(reading, "ZA1", "May 2025") == {
        "workforce.fte-doctors": 30.25,
        "workforce.fte-nurses-and-health-visitors": 50,
        "workforce.fte-all": 100.5,
        "workforce.headcount-doctors": 30.25,
        "workforce.headcount-nurses-and-health-visitors": 50,
        "workforce.headcount-all": 100.5,
    }
    assert values(reading, "ZA1", "Apr 2025") == {
        "workforce.fte-all": 100,
        "workforce.headcount-all": 100,
    }
    assert values(reading, "ZB1", "May 2025")["workforce.fte-all"] == 110.5
    assert values(reading, "ZB1/staff", "May 2025")["workforce.fte-all"] == 10
    assert accounted(reading)
    assert not differences(reading)


def test_an_employer_without_staff_did_not_exist_then(tmp_path: Path) -> None:
    figures = read(workforce(tmp_path / "w.xlsx")).observations.filter(
        (pl.col("org_code") == "ZB1/staff") & (pl.col("metric_id") == "workforce.fte-all")
    )
    assert figures.sort("period_start")["status"].to_list() == ["not_applicable", "reported"]
    former = read(workforce(tmp_path / "w.xlsx")).observations.filter(org_code="ZA2-X")
    assert set(former["status"]) == {"not_applicable"}


def test_a_group_without_staff_is_a_zero(tmp_path: Path) -> None:
    reading = read(workforce(tmp_path / "w.xlsx"))
    assert values(reading, "ZB1/staff", "May 2025")["workforce.fte-doctors"] == 0


def test_england_by_group_is_kept_once(tmp_path: Path) -> None:
    months = [date(2024, number, 28) for number in range(1, 13)] + [MAY]
    england: list[list[Any]] = [
        ["Table 1: HCHS staff for England - Headcount and Full Time Equivalent"],
        ["", "", *months, "Annual Change"],
        ["HEADCOUNT"],
        ["", "Total", *[1] * 13, 9],
        ["", "HCHS doctors", *[31] * 13, 9],
        ["FULL TIME EQUIVALENT (FTE)"],
        ["", "Total", *[1] * 13, 9],
        ["", "HCHS doctors", *[30] * 13, 9],
        ["", "Wizards", *[5] * 13, 9],
    ]
    reading = read(workforce(tmp_path / "w.xlsx", england))
    mine = reading.observations.filter(
        (pl.col("org_code") == "ENG") & (pl.col("metric_id") == "workforce.fte-doctors")
    )
    assert mine.height == 13
    assert mine.filter(period_label="May 2025")["value"].to_list() == [30]
    (rejection,) = reading.rejections
    assert (rejection.line, rejection.value) == (9, "Wizards")
    assert accounted(reading)


# Staff survey ------------------------------------------------------------------------------------


def survey(path: Path, *rows: list[Any], second: str = "Base (number of responses)") -> Path:
    above: list[list[Any]] = [["NHS Staff Survey 2024 - WEIGHTED Results"], ["THEMES"], []]
    columns = ["ODS code", "Organisation name", "Benchmarking group", "Region", "ICS", "Weighting"]
    header = [*columns, "Morale - score", "Base (number of responses)", "E_1 - score", second]
    return write_workbook(path, {"THEMES": [*above, header, *rows]})


def organisation(code: str, *cells: object) -> list[Any]:
    return [code, "An organisation", "Acute", "North", "Larkshire", "Unweighted", *cells]


def test_a_score_comes_with_its_responses_and_points(tmp_path: Path) -> None:
    reading = read(survey(tmp_path / "s.xlsx", organisation("ZA1", 6.5, 200, 7, 100)))
    assert values(reading, "ZA1", "2024") == {
        "staff-survey.morale-score": 6.5,
        "staff-survey.morale-responses": 200,
        "staff-survey.morale-points": 1300,
        "staff-survey.e-1-score": 7,
        "staff-survey.e-1-responses": 100,
        "staff-survey.e-1-points": 700,
    }
    points = reading.observations.filter(metric_id="staff-survey.e-1-points")
    assert points["source_column"].to_list() == ["THEMES!E_1 - score × base"]
    assert accounted(reading)


def test_a_score_of_fewer_than_ten_is_suppressed(tmp_path: Path) -> None:
    reading = read(survey(tmp_path / "s.xlsx", organisation("ZA1", "", "", 7, 100)))
    said = statuses(reading, "ZA1")
    assert said["staff-survey.morale-score"] == said["staff-survey.morale-points"] == "suppressed"
    assert said["staff-survey.e-1-points"] == "reported"


def test_a_score_beyond_ten_is_refused(tmp_path: Path) -> None:
    reading = read(survey(tmp_path / "s.xlsx", organisation("ZA1", 65, 200, 7, 100)))
    (rejection,) = reading.rejections
    assert (rejection.line, rejection.column, rejection.value) == (5, "THEMES!Morale - score", "65")


def test_a_score_without_its_base_beside_it_is_refused(tmp_path: Path) -> None:
    path = survey(tmp_path / "s.xlsx", organisation("ZA1", 6, 200, 7, 100), second="Median")
    with pytest.raises(PublicationError, match="Median"):
        read(path)


def test_a_trust_whose_parts_answer_apart_is_joined(tmp_path: Path) -> None:
    parts = [organisation("ZA11", 6, 300, 7, 100), organisation("ZA12", 5, 100, 7, 100)]
    reading = read(survey(tmp_path / "s.xlsx", *parts))
    found = values(reading, "ZA1")
    assert found["staff-survey.morale-responses"] == 400
    assert found["staff-survey.morale-points"] == 2300
    assert "staff-survey.morale-score" not in found
    scores = reading.observations.filter(metric_id="staff-survey.morale-score")
    assert dict(scores.select("cut", "value").iter_rows()) == {"part: ZA11": 6, "part: ZA12": 5}


# In the store ------------------------------------------------------------------------------------


def test_a_revised_month_replaces_that_month_and_no_other(tmp_path: Path) -> None:
    april = f"{_AREA},ZA1,A trust,Acute,500,10000,5.00"
    revised = april.replace(",500,", ",400,").replace("5.00", "4.00")
    may = april.replace("30/04/2024", "31/05/2024")
    files = [
        write_csv(tmp_path / f"{name}.csv", SICKNESS, line)
        for name, line in (("april", april), ("may", may), ("april-revised", revised))
    ]
    with Store.open(tmp_path / "remit.duckdb") as store:
        for path in files:
            store.ingest([read(path)])
        store.ingest([read(files[2])])
        lost = store.observations().filter(metric_id="sickness-absence.days-lost")
        assert dict(lost.select("period_label", "value").iter_rows()) == {
            "Apr 2024": 400,
            "May 2024": 500,
        }
        assert len(store.sources()) == 2
        assert len(store.sources(all_vintages=True)) == 3
