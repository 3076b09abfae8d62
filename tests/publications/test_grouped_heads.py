"""Workbooks made to be read: one name under several merged heads, England above the providers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from remit.publications.rows.reading import Reading
from remit.store import Store

from .workbook_files import accounted, differences, read, statuses, values, write_workbook

# A&E ---------------------------------------------------------------------------------------------

TYPES = [
    "Type 1 Departments - Major A&E",
    "Type 2 Departments - Single Specialty",
    "Type 3 Departments - Other A&E/Minor Injury Unit",
]
SEEN = "A&E attendances"
SOON = "A&E attendances less than 4 hours from arrival to admission, transfer or discharge"
LATE = "A&E attendances greater than 4 hours from arrival to admission, transfer or discharge"
SHARES = [f"Percentage in 4 hours or less ({kind})" for kind in ("all", "type 1")]
ADMITTED = [
    "Emergency Admissions via Type 1 A&E", "Emergency Admissions via Type 2 A&E",
    "Emergency Admissions via Type 3 and 4 A&E", "Total Emergency Admissions via A&E",
    "Other Emergency admissions (i.e not via A&E)", "Total Emergency Admissions",
    "Number of patients spending >4 hours from decision to admit to admission",
    "Number of patients spending >12 hours from decision to admit to admission",
]  # fmt: skip


def ae_line(who: list[Any], seen: list[int], late: list[int], beds: list[int]) -> list[Any]:
    soon = [all_ - over for all_, over in zip(seen, late, strict=True)]
    groups = [[*counts, sum(counts)] for counts in (seen, soon, late)]
    via = beds[:3]
    admitted = [*via, sum(via), beds[3], sum(via) + beds[3], beds[4], beds[5]]
    return ["", *who, *(cell for group in groups for cell in group), "80.0%", "-", *admitted]


def ae_book(path: Path, *, late: str = LATE, region: str = "Region", month: str = "March 2026",
            further: str = "") -> Path:  # fmt: skip
    heads = ["", "", "", "", SEEN, "", "", "", SOON, "", "", "", late, "", "", "",
             "Percentage of attendances within 4 hours", "", "Emergency admissions"]  # fmt: skip
    names = ["", "Code", region, "Name", *TYPES, "Total attendances", *TYPES,
             "Total Attendances < 4 hours", *TYPES, "Total Attendances > 4 hours", *SHARES,
             *ADMITTED]  # fmt: skip
    trusts = [
        ae_line(
            ["ZA1", "NORTH", "Larkshire"], [1000, 20, 300], [400, 1, 30], [90, 1, 2, 50, 40, 7]
        ),
        ae_line(["ZA5", "NORTH", "Heart"], [0, 0, 200], [0, 0, 10], [0, 0, 5, 3, 0, 0]),
    ]
    england = ae_line(["-", "-", "England"], [1000, 20, 500], [400, 1, 40], [90, 1, 7, 53, 40, 7])
    rows = [
        [], [], ["", "Title:", "A&E Attendances and Emergency Admissions"],
        ["", "Period:", month], ["", "Published:", "9th April 2026"], ["", "Revised:", "N/A"], [],
        [*heads], [*names], england, [], *trusts,
    ]  # fmt: skip
    if further:
        rows[8].append(further)
        rows[11].append(3)
    return write_workbook(path, {"Provider Level Data": rows, "System Level Data": [["x"]]})


WANTED = {
    "ae.attendances-type-1": 1000,
    "ae.attendances-type-2": 20,
    "ae.attendances-other": 300,
    "ae.over-4-hours-type-1": 400,
    "ae.over-4-hours-type-2": 1,
    "ae.over-4-hours-other": 30,
    "ae.emergency-admissions-type-1": 90,
    "ae.emergency-admissions-type-2": 1,
    "ae.emergency-admissions-other-department": 2,
    "ae.other-emergency-admissions": 50,
    "ae.decision-to-admit-over-4-hours": 40,
    "ae.decision-to-admit-over-12-hours": 7,
}


def test_columns_of_one_name_are_told_apart_by_the_head_above_them(tmp_path: Path) -> None:
    reading = read(ae_book(tmp_path / "March-2026-AE-by-provider.xlsx"))
    assert accounted(reading)
    assert (reading.rejections, reading.notes, differences(reading)) == ((), (), {})
    assert reading.source.published_on == date(2026, 4, 9)
    assert values(reading, "ZA1", "Mar 2026") == WANTED
    assert values(reading, "ENG")["ae.attendances-other"] == 500
    (line,) = (
        reading.observations.filter(org_code="ZA1", metric_id="ae.over-4-hours-type-1")
        .select("source_row", "source_column")
        .rows()
    )
    assert line == (12, f"Provider Level Data!{LATE}: {TYPES[0]}")


@pytest.mark.parametrize(
    "how",
    [
        {"late": "A&E attendances > 4 hours from arrival to admission, transfer or discharge"},
        {"region": "Parent Org"},
        {"region": "System"},
        {"month": "September 2025"},
    ],
    ids=str,
)
def test_other_months_spell_heads_and_areas_otherwise(how: dict[str, str], tmp_path: Path) -> None:
    reading = read(ae_book(tmp_path / "ae.xlsx", **how))
    assert (values(reading, "ZA1"), reading.notes) == (WANTED, ())


def test_a_column_more_is_told_and_changes_nothing(tmp_path: Path) -> None:
    reading = read(ae_book(tmp_path / "ae.xlsx", further="Corridor care"))
    assert values(reading, "ZA1") == WANTED
    assert reading.notes == (
        "sheet Provider Level Data: 1 column not read (no declaration names it): Corridor care",
    )


def test_a_month_as_a_workbook_is_a_vintage_of_the_month_as_csv(tmp_path: Path) -> None:
    reading = read(ae_book(tmp_path / "ae.xlsx"))
    assert reading.source.publication == "ae-monthly"
    assert reading.source.scopes == ("Mar 2026",)


# Beds --------------------------------------------------------------------------------------------

SECTORS = ["Total ", "General & Acute", "Learning Disabilities", "Maternity", "Mental Illness"]
NIGHT = "Average daily number of available and occupied beds open overnight by sector"
DAY = "Average daily number of available and occupied beds open day only by sector"


def block(there: list[float], used: list[float]) -> list[Any]:
    shares = [u / t if t else "-" for t, u in zip(there, used, strict=True)]
    return [*there, None, *used, None, *shares]


def beds_book(
    path: Path,
    *,
    title: str = NIGHT,
    year: str = "2024-25",
    month: str = "March",
    period: str = "Period End",
    disability: str = "Learning Disabilities",
) -> Path:
    sectors = [disability if name == "Learning Disabilities" else name for name in SECTORS]
    trusts = [
        ("ZR1", "ZA1", "Larkshire", [420.5, 380.5, 0, 40, 0], [370.25, 350.25, 0, 20, 0]),
        ("ZR1", "ZM1", "Minds", [90, 0, 10, 0, 80], [85, 0, 9, 0, 76]),
    ]
    whole = block([510.5, 380.5, 10, 40, 80], [455.25, 350.25, 9, 20, 76])
    rows: list[list[Any]] = [
        [], [None, "Title:", title], [None, "Period:", "January to March 2025"],
        [None, "Published:", "22nd May 2025"], [None, "Revised:", date(2025, 6, 19)], [],
        [None, "Provider Level Data", None, None, 227],
        [None] * 6 + ["Available"] + [None] * 5 + ["Occupied"] + [None] * 5 + ["% Occupied"],
        [None, "Year", period, "Region Code", "Org Code", "Org Name",
         *sectors, None, *sectors, None, *sectors],
        [None, year, month, None, None, "England", *whole], [],
        *([None, year, month, *who, *block(there, used)] for *who, there, used in trusts),
    ]  # fmt: skip
    return write_workbook(
        path,
        {"Data Quality": [["Data Quality"]], "NHS Trust by Sector": rows,
         "Region by Sector": [["x"]], "Occupied by Specialty": [["x"]]},
    )  # fmt: skip


def beds(reading: Reading, code: str, kind: str) -> dict[str, float | None]:
    return {name.removeprefix(f"{kind}."): v for name, v in values(reading, code).items()}


LARKSHIRE = {
    "available-general-acute": 380.5,
    "available-learning-disabilities": 0,
    "available-maternity": 40,
    "available-mental-illness": 0,
    "occupied-general-acute": 350.25,
    "occupied-learning-disabilities": 0,
    "occupied-maternity": 20,
    "occupied-mental-illness": 0,
}


@pytest.mark.parametrize(
    ("how", "quarter"),
    [
        ({}, "2024/25 Q4"),
        ({"year": "2016-17", "month": "June", "period": "Period"}, "2016/17 Q1"),
        ({"year": "2023/24", "month": "December"}, "2023/24 Q3"),
        ({"disability": "Learning Disability", "month": "SEPTEMBER"}, "2024/25 Q2"),
    ],
    ids=str,
)
def test_beds_of_a_quarter_by_sector(how: dict[str, str], quarter: str, tmp_path: Path) -> None:
    reading = read(beds_book(tmp_path / "Beds-Open-Overnight-Web_File.xlsx", **how))
    assert accounted(reading)
    assert (reading.rejections, reading.notes, differences(reading)) == ((), (), {})
    assert reading.source.published_on == date(2025, 6, 19), "the day of the revision"
    assert beds(reading, "ZA1", "bed-availability") == LARKSHIRE
    assert set(reading.observations["period_label"]) == {quarter}
    assert values(reading, "ENG")["bed-availability.occupied-mental-illness"] == 76


def test_the_workbook_is_a_vintage_of_both_csv_files(tmp_path: Path) -> None:
    lines = ["Organisation_Code,Sector,Number_Of_Beds,Effective_Snapshot_Date",
             "ZA1,Maternity,41,2025-03-31"]  # fmt: skip
    old = tmp_path / "KH03-Available-Overnight-only.csv"
    old.write_text("\n".join(lines) + "\n")
    first = read(old)
    first = replace(first, source=replace(first.source, published_on=date(2025, 5, 22)))
    with Store.in_memory() as store:
        store.ingest([first, read(beds_book(tmp_path / "beds.xlsx"))])
        found = store.observations(metrics=["bed-availability.available-maternity"])
    assert found.filter(org_code="ZA1")["value"].to_list() == [40]


def test_beds_by_day_are_never_those_by_night(tmp_path: Path) -> None:
    reading = read(beds_book(tmp_path / "beds.xlsx", title=DAY))
    assert reading.source.publication == "bed-availability-day"
    assert beds(reading, "ZA1", "bed-availability-day") == LARKSHIRE
    assert not reading.observations["metric_id"].str.starts_with("bed-availability.").any()


def test_a_dash_is_no_zero(tmp_path: Path) -> None:
    path = beds_book(tmp_path / "beds.xlsx")
    trust = ["-", 380.5, "-", 40, 0], [370.25, 350.25, 0, 20, 0]
    row = [None, "2024-25", "March", "ZR1", "ZA1", "L", *trust[0], None, *trust[1], None, *[0] * 5]
    header = [None, "Year", "Period End", "Region Code", "Org Code", "Org Name"]
    header += [*SECTORS, None, *SECTORS, None, *SECTORS]
    heads = [None] * 6 + ["Available"] + [None] * 5 + ["Occupied"] + [None] * 5 + ["% Occupied"]
    rows = [[None, "Title:", NIGHT], heads, header, row]
    reading = read(write_workbook(path, {"NHS Trust by Sector": rows}))
    assert statuses(reading, "ZA1")["bed-availability.available-learning-disabilities"] == (
        "not_applicable"
    )
