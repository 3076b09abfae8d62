"""Waits for elective care, cancer care, diagnostic tests and community services."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from remit.catalogue import load_computed_metrics
from remit.model.errors import PublicationError
from remit.publications.rows.reading import Reading
from remit.store import Store

from .workbook_files import accounted, differences, read, values, write_csv, write_workbook


def by_cut(reading: Reading, code: str, metric: str) -> dict[str | None, float | None]:
    mine = (pl.col("org_code") == code) & (pl.col("metric_id") == metric)
    return dict(reading.observations.filter(mine).select("cut", "value").iter_rows())


# Elective care -----------------------------------------------------------------------------------

RTT = (
    "region_code,provider_code,provider_name,treatment_function_code,treatment_function,"
    "total_incomplete_pathways,total_within_18_weeks,pct_within_18_weeks,total_52_plus,"
    "total_65_plus,total_78_plus,reporting_month"
)


def test_the_total_of_a_provider_is_no_treatment_function(tmp_path: Path) -> None:
    rows = [
        "ZR1,ZA1,Larkshire,C_100,General Surgery Service,100,60,0.6,4,1,0,2026-03-01",
        "ZR1,ZA1,Larkshire,C_101,Urology Service,50,40,0.8,1,0,0,2026-03-01",
        "ZR1,ZA1,Larkshire,C_999,Total,150,101,0.67,5,1,0,2026-03-01",
    ]
    reading = read(write_csv(tmp_path / "rtt.csv", RTT, *rows))
    assert accounted(reading)
    assert values(reading, "ZA1")["rtt.incomplete-pathways"] == 150
    assert by_cut(reading, "ZA1", "rtt.over-52-weeks") == {
        "treatment function: General Surgery Service": 4,
        "treatment function: Urology Service": 1,
        None: 5,
    }
    assert differences(reading) == {"ZA1 · rtt.within-18-weeks · Mar 2026": 1.0}


def test_the_workbook_by_provider_is_read_as_the_extract_is(tmp_path: Path) -> None:
    header = ["", "Region Code", "Provider Code", "Provider Name", "Treatment Function Code"]
    header += ["Treatment Function", ">0-1", "104 plus", "Total number of incomplete pathways"]
    header += ["Total within 18 weeks", "% within 18 weeks", "Total 52 plus weeks"]
    header += ["Total 65 plus weeks", "Total 78 plus weeks", "% 52 plus weeks"]
    who = ["", "ZR1", "ZA1", "Larkshire"]
    sheet = [
        ["", "Title:", "Incomplete pathways"],
        ["", "Period:", "March 2026"],
        ["", "Published:", "14th May 2026"],
        ["", "Revised:", "-"],
        header,
        [*who, "C_100", "General Surgery Service", 30, 0, 48, 30, 0.625, 3, 0, 0, 0.06],
        [*who, "C_110", "Urology Service", 0, 3, 75, 60, 0.8, 3, 3, 3, 0.04],
        [*who, "C_999", "Total", 30, 3, 123, 91, 0.73, 6, 3, 3, 0.05],
    ]
    reading = read(write_workbook(tmp_path / "Incomplete-Provider.xlsx", {"Provider": sheet}))
    assert accounted(reading)
    assert reading.notes == ()
    assert reading.source.published_on == date(2026, 5, 14)
    assert reading.source.scopes == ("Mar 2026", "Mar 2026 · by treatment function")
    assert values(reading, "ZA1", "Mar 2026") == {
        "rtt.incomplete-pathways": 123,
        "rtt.within-18-weeks": 91,
        "rtt.over-52-weeks": 6,
        "rtt.over-65-weeks": 3,
        "rtt.over-78-weeks": 3,
    }
    assert by_cut(reading, "ZA1", "rtt.over-65-weeks") == {
        "treatment function: General Surgery Service": 0,
        "treatment function: Urology Service": 3,
        None: 3,
    }
    assert differences(reading) == {"ZA1 · rtt.within-18-weeks · Mar 2026": 1.0}


def test_the_series_of_long_waits_is_never_joined_to_the_list(tmp_path: Path) -> None:
    header = (
        "nhs_trust22_code,nhs_trust22_name,date,year,month,treatment,waits_over_18_weeks,"
        "waits_over_52_weeks"
    )
    rows = [
        f"ZA1,LARKSHIRE,{day},{day[:4]}.0,Mar,Total,50.0,6.0"
        for day in ("2024-03-01", "2026-03-01")
    ]
    series = read(write_csv(tmp_path / "series.csv", header, *rows))
    assert values(series, "ZA1", "Mar 2024") == {
        "rtt.series-over-18-weeks": 50,
        "rtt.series-over-52-weeks": 6,
    }
    made_of = {m.removeprefix("-") for c in load_computed_metrics().values() for m in c.measures}
    assert not made_of & {"rtt.series-over-18-weeks", "rtt.series-over-52-weeks"}
    month = read(
        write_csv(
            tmp_path / "rtt.csv",
            RTT,
            "ZR1,ZA1,Larkshire,C_999,Total,150,101,0.67,5,1,0,2026-03-01",
        )
    )
    with Store.in_memory() as store:
        store.ingest([series, month])
        now = store.observations(metrics=["rtt.over-52-weeks"])
    assert dict(now.select("period_label", "value").iter_rows()) == {"Mar 2026": 5}


# Cancer ------------------------------------------------------------------------------------------

CANCER = [
    "PERIOD",
    "YEAR",
    "MONTH",
    "STANDARD",
    "ORG CODE",
    "STAGE/ROUTE",
    "TREATMENT MODALITY",
    "CANCER TYPE",
    "TOTAL TREATED",
    "WITHIN STANDARD",
    "BREACHES",
]


def cancer_row(standard: str, route: str, treatment: str, cancer: str, *counts: float) -> list[Any]:
    return [date(2025, 4, 1), "2025/26", "APR", standard, "ZA1", route, treatment, cancer, *counts]


def cancer(path: Path, *rows: list[Any]) -> Reading:
    return read(write_workbook(path / "cancer.xlsx", {"Extract": [CANCER, *rows]}))


def test_totals_are_made_of_cancers_and_not_of_treatments_as_well(tmp_path: Path) -> None:
    reading = cancer(
        tmp_path,
        cancer_row("62-day Combined", "Screening", "ALL MODALITIES", "Breast", 12.5, 10, 2.5),
        cancer_row("62-day Combined", "Screening", "ALL MODALITIES", "Lung", 4, 1, 3),
        cancer_row("62-day Combined", "Screening", "Surgery", "ALL CANCERS", 16.5, 11, 5.5),
        cancer_row("28-day FDS", "BREAST", "", "Suspected lung cancer", 40, 30, 10),
    )
    assert accounted(reading)
    assert values(reading, "ZA1") == {
        "cancer.62-day-all": 16.5,
        "cancer.62-day-within": 11,
        "cancer.62-day-breaches": 5.5,
        "cancer.28-day-all": 40,
        "cancer.28-day-within": 30,
        "cancer.28-day-breaches": 10,
    }
    cuts = by_cut(reading, "ZA1", "cancer.62-day-all")
    assert cuts["route: Screening; treatment: Surgery"] == 16.5
    total = reading.observations.filter(pl.col("cut").is_null())
    assert "(sum of 2 rows)" in total.filter(pl.col("value") == 16.5)["source_column"][0]
    assert set(total.filter(pl.col("value") == 16.5)["source_row"]) == {2}
    assert differences(reading) == {}


def test_treatments_that_do_not_add_up_to_the_cancers_are_told(tmp_path: Path) -> None:
    reading = cancer(
        tmp_path,
        cancer_row("31-day Combined", "First", "ALL MODALITIES", "Breast", 10, 9, 1),
        cancer_row("31-day Combined", "First", "Surgery", "ALL CANCERS", 8, 8, 0),
    )
    assert differences(reading) == {
        "ZA1 · cancer.31-day-all · Apr 2025": 2,
        "ZA1 · cancer.31-day-within · Apr 2025": 1,
        "ZA1 · cancer.31-day-breaches · Apr 2025": 1,
    }


def test_a_row_that_does_not_add_up_or_of_an_unknown_standard_is_refused(tmp_path: Path) -> None:
    reading = cancer(
        tmp_path,
        cancer_row("62-day Combined", "Screening", "ALL MODALITIES", "Breast", 12, 10, 1),
        cancer_row("14-day", "Screening", "ALL MODALITIES", "Lung", 4, 1, 3),
        cancer_row("62-day Combined", "Screening", "ALL MODALITIES", "Lung", 4, 1, 3),
    )
    assert accounted(reading)
    assert [(r.line, r.column) for r in reading.rejections] == [
        (2, "Extract!TOTAL TREATED"),
        (3, "Extract!STANDARD"),
    ]
    assert values(reading, "ZA1")["cancer.62-day-all"] == 4


def test_the_series_of_62_days_has_england_as_its_total(tmp_path: Path) -> None:
    header = "metric,period_month,org_code,org_name,total_patients,within_62d,breached_62d"
    rows = [
        "62d_combined,2024-02,ZA1,LARKSHIRE,10.5,6.5,4.0",
        "62d_combined,2024-02,ZA2,GULLHAVEN,4.0,4.0,0.0",
        "62d_combined,2024-02,Total,Total,14.5,10.0,4.0",
    ]
    reading = read(write_csv(tmp_path / "series.csv", header, *rows))
    assert values(reading, "ENG")["cancer.62-day-all"] == 14.5
    assert differences(reading) == {"cancer.62-day-within · Feb 2024": -0.5}
    assert reading.source.scopes == ("Feb 2024 · 62-day",)


def test_the_series_of_62_days_tells_a_code_that_is_none(tmp_path: Path) -> None:
    header = "metric,period_month,org_code,org_name,total_patients,within_62d,breached_62d"
    row = "62d_combined,2024-02,ZA-1,LARKSHIRE,10.5,6.5,4.0"
    (rejection,) = read(write_csv(tmp_path / "series.csv", header, row)).rejections
    assert rejection.value == "ZA-1"
    assert rejection.reason.startswith("this is no organisation's code")


# Diagnostic tests --------------------------------------------------------------------------------

DM01 = [
    "",
    "Regional Team Code",
    "Regional Team Name",
    "Provider Code",
    "Provider Name",
    "Diagnostic ID",
    "Diagnostic Test Name",
    "Total Waiting List",
    "Number waiting 6+ Weeks",
    "Number waiting 13+ Weeks",
    "Percentage waiting 6+ weeks",
    "0 <01 weeks",
    "13+ weeks",
]


_TOTALS = ("", "Total", "Diagnostic Test Name")


def dm01(path: Path, *rows: list[Any], above: int = 0) -> Reading:
    head = [["", "Title:", "Monthly Diagnostics"], *([[]] * above), ["", "Period:", "August 2024"]]
    head += [["", "Published:", "10th October 2024"], ["", "Revised:", "10th July 2025"], []]
    by_provider = [
        [*row[:5], *row[7:]] for row in [DM01, *rows] if not row[6:7] or row[6] in _TOTALS
    ]
    sheets = {
        "Provider": [*head, *by_provider, ["", "ZR1", "Northfold", "ZA2", "Gullhaven", *[0] * 6]],
        "Provider by Test": [*head, DM01, *rows],
    }
    return read(write_workbook(path / "dm01.xlsx", sheets))


def diagnostic_row(code: str, name: str, *counts: float) -> list[Any]:
    return ["", "ZR1", "Northfold", code, "Larkshire", 1, name, *counts]


@pytest.mark.parametrize("above", [0, 3])
def test_england_providers_and_tests_are_told_apart(tmp_path: Path, above: int) -> None:
    reading = dm01(
        tmp_path,
        ["", "", "", "", "Total", "", "", 30, 6, 1, 0.2, 20, 1],
        [],
        diagnostic_row("ZA1", "Colonoscopy", 10, 2, 0, 0.2, 5, 0),
        diagnostic_row("ZA1", "DEXA Scan", 19, 4, 1, 0.2, 15, 1),
        diagnostic_row("ZA1", "Total", 30, 6, 1, 0.2, 20, 1),
        above=above,
    )
    assert accounted(reading)
    assert reading.source.rows_read == 4 + 3
    assert values(reading, "ZA2")["dm01.waiting-list"] == 0
    assert values(reading, "ENG")["dm01.waiting-list"] == 30
    assert by_cut(reading, "ZA1", "dm01.waiting-list") == {
        "test: Colonoscopy": 10,
        "test: DEXA Scan": 19,
        None: 30,
    }
    assert by_cut(reading, "ZA1", "dm01.waiting-by-weeks")["test: Colonoscopy; weeks: 00-01"] == 5
    assert differences(reading) == {"ZA1 · dm01.waiting-list · Aug 2024": 1}
    assert reading.source.published_on == date(2025, 7, 10)
    place = reading.observations.filter(pl.col("org_code") == "ENG").row(0, named=True)
    assert place["source_row"] == 7 + above
    assert place["source_column"] == "Provider!Total Waiting List"


# Community services ------------------------------------------------------------------------------

SERVICES = ["(A) Podiatry", "(A) Safeguarding", "(CYP) Audiology"]


def community_sheet(title: str, *rows: list[Any]) -> list[list[Any]]:
    header = ["Organisation Type", "Organisation Code", "Organisation Name", *SERVICES]
    return [[title], ["Blanks indicate no organisation submitted."], header, *rows]


def community(path: Path, sheets: dict[str, list[list[Any]]]) -> Reading:
    cover = [["Title:", "Community Health Services"], ["Published:", "10/10/2024"]]
    return read(write_workbook(path / "community.xlsx", {"Cover page": cover, **sheets}))


def test_services_are_summed_for_all_adults_and_children(tmp_path: Path) -> None:
    reading = community(
        tmp_path,
        {
            "Table 4": community_sheet(
                "Total waiting list by service, August 2024",
                ["National", "", "England", 30, 5, 12],
                ["Region", "ZR1", "NORTHFOLD", 30, "", 12],
                ["ICB", "ZB1", "LARKSHIRE", 30, "", 12],
                ["Provider", "ZA1", "LARKSHIRE", 20, "", 12],
                ["Provider", "ZA2", "GULLHAVEN", 10, "", ""],
            ),
            "Table 4c": community_sheet(
                "Number waiting >2-4 weeks (15-28 days) by service, August 2024",
                ["National", "", "England", 3, "", 0],
                ["Provider", "ZA1", "LARKSHIRE", 3, "", 0],
            ),
        },
    )
    assert accounted(reading)
    assert reading.source.rows_read == 7
    assert reading.source.published_on == date(2024, 10, 10)
    assert values(reading, "ZA1") == {
        "community.waiting-list": 32,
        "community.waiting-2-4-weeks": 3,
    }
    assert by_cut(reading, "ENG", "community.waiting-list") == {
        "service: (A) Podiatry": 30,
        "service: (A) Safeguarding": 5,
        "service: (CYP) Audiology": 12,
        "age: adults": 35,
        "age: children and young people": 12,
        None: 47,
    }
    kinds = dict(reading.observations.select("org_code", "org_kind").iter_rows())
    assert (kinds["ZR1"], kinds["ZB1"], kinds["ENG"]) == ("region", "icb", "england")
    assert differences(reading) == {
        "community.waiting-list · Aug 2024": 5,
        "community.waiting-list · age: adults · Aug 2024": 5,
    }


def test_england_is_as_the_overview_prints_it(tmp_path: Path) -> None:
    """The sheets by organisation leave bands of some services out, the overview does not."""
    overview = [
        ["National overview of waiting list metrics by service, August 2024"],
        ["", "Total waiting list", "Waiting >2-4 weeks", "Waiting >52 weeks"],
        ["England", 50, 9, 2],
        ["Adult services", 35, 6, 0],
        ["CYP services", 15, 3, 2],
        ["(A) Podiatry", 30, 4, 1],
    ]
    rows = [["National", "", "England", 3, "", 0], ["Provider", "ZA1", "LARKSHIRE", 3, "", 0]]
    title = "Number waiting >2-4 weeks (15-28 days) by service, August 2024"
    reading = community(tmp_path, {"Table 3": overview, "Table 4c": community_sheet(title, *rows)})
    assert accounted(reading)
    assert reading.source.rows_read == 4 + 2
    assert values(reading, "ENG") == {
        "community.waiting-list": 50,
        "community.waiting-2-4-weeks": 9,
        "community.waiting-over-52-weeks": 2,
    }
    assert by_cut(reading, "ENG", "community.waiting-2-4-weeks")["service: (A) Podiatry"] == 3
    assert differences(reading) == {
        "ENG · community.waiting-2-4-weeks · Aug 2024 · service: (A) Podiatry": 1,
        "community.waiting-2-4-weeks · Aug 2024": 6,
        "community.waiting-2-4-weeks · age: adults · Aug 2024": 3,
        "community.waiting-2-4-weeks · age: children and young people · Aug 2024": 3,
    }


def test_a_band_of_weeks_that_is_new_is_told_and_not_guessed(tmp_path: Path) -> None:
    sheet = community_sheet(
        "Number waiting >18-26 weeks by service, August 2024", ["Provider", "ZA1", "", 1, 2, 3]
    )
    with pytest.raises(PublicationError, match="is of no band of weeks that Remit knows"):
        community(tmp_path, {"Table 4f": sheet})


# Populations -------------------------------------------------------------------------------------

POPULATION = "Practice_Code,GP_Practice_Name,ICB,Population,G&A WP,CS WP,MH WP,Final WP"


def test_practices_are_summed_for_their_icb(tmp_path: Path) -> None:
    path = write_csv(
        tmp_path / "weighted_pop_2025_26.csv",
        POPULATION,
        "Z81001,THE SURGERY,ZB1,1000.5,900,800,700,950",
        "Z81002,THE OTHER,ZB1,2000,2100,2200,2300,2050",
        "Z81003,NOWHERE,ZB9,10,10,10,10,10",
    )
    reading = read(path)
    assert accounted(reading)
    assert [r.column for r in reading.rejections] == ["ICB"]
    assert values(reading, "ZB1")["population.registered"] == 3000.5
    assert values(reading, "Z81002")["population.weighted"] == 2050
    assert set(reading.observations["period_label"]) == {"2025/26"}


def test_a_file_that_does_not_name_its_year_asks_for_it(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "pop.csv", POPULATION, "Z81001,THE SURGERY,ZB1,1,1,1,1,1")
    with pytest.raises(PublicationError, match="say it with --period"):
        read(path)
