"""The shift's measures of 2024/25 for the 42 ICBs are what the publishers print.

The files are read here a second time, by other means, so that a slip of Remit's readers shows too.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from statistics import mean
from typing import Any

import polars as pl
import pytest
from python_calamine import CalamineWorkbook

from remit.api import read_each
from remit.register import load_register
from remit.shift.published.run import PublishedShift, published_shift
from remit.shift.published.tables import tables_of
from remit.store import Store
from tests.conformance.test_printed_areas import IN_TIME, printed_waits

pytestmark = pytest.mark.conformance

FILES = (
    "virtual_ward/*.xlsx",
    "beds/*.csv",
    "discharge/*.csv",
    "ae/Monthly-AE-*.csv",
    "community_waits/*.xlsx",
    "allocations/*.csv",
    "csds/*.zip",
)
Tables = dict[str, pl.DataFrame]


@pytest.fixture(scope="module")
def store(shared_data: Path) -> Iterator[Store]:
    files = sorted({file for name in FILES for file in shared_data.glob(name)})
    with Store.in_memory() as held:
        for file in files:
            held.ingest(read_each([file]))
        yield held


@pytest.fixture(scope="module")
def made(store: Store) -> PublishedShift:
    return published_shift(store, year="2024/25")


@pytest.fixture(scope="module")
def tables(made: PublishedShift) -> Tables:
    return tables_of(made)


def by_period(tables: Tables, measure: str) -> dict[tuple[str, str], dict[str, Any]]:
    """The rows of a measure's periods for ICBs, by code and period."""
    rows = tables["measures"].filter(measure=measure, level="icb", span="period")
    return {(row["org_code"], row["period_label"]): row for row in rows.to_dicts()}


def of_year(tables: Tables, measure: str) -> dict[str, dict[str, Any]]:
    rows = tables["measures"].filter(measure=measure, level="icb", span="year")
    return {row["org_code"]: row for row in rows.to_dicts()}


def printed_wards(folder: Path) -> dict[tuple[str, str], tuple[float, float, float | None]]:
    """Code and month → capacity, capacity for 100,000 people, share in use as printed."""
    found = {}
    for path in folder.glob("*.xlsx"):
        book = CalamineWorkbook.from_path(path)
        sheet = next(name for name in book.sheet_names if name.startswith("Virtual Ward Data"))
        rows = book.get_sheet_by_name(sheet).to_python()
        (month,) = (row for row in rows[:12] if "Month:" in row)
        label = next(str(cell) for cell in month[month.index("Month:") + 1 :] if cell)
        label = f"{label[:3]} {label[-4:]}"
        for row in rows:
            cells = [cell for cell in row if cell != ""]
            if len(cells) == 9 and re.fullmatch(r"Q[A-Z0-9]{2}", str(cells[2])):
                share = float(cells[8]) if isinstance(cells[8], float) else None
                found[str(cells[2]), label] = (float(str(cells[4])), float(str(cells[5])), share)
    return found


def test_virtual_wards_are_as_printed_month_by_month(shared_data: Path, tables: Tables) -> None:
    printed = printed_wards(shared_data / "virtual_ward")
    beds = by_period(tables, "virtual-ward-capacity")
    shares = by_period(tables, "virtual-ward-occupancy")
    compared = [key for key in beds if key in printed]
    assert len(compared) == 42 * 12
    for key in compared:
        capacity, rate, share = printed[key]
        assert beds[key]["numerator"] == capacity
        assert beds[key]["value"] == pytest.approx(rate, abs=0.0501), key
        if share is not None and shares[key]["value"] is not None and share < 1:
            assert shares[key]["value"] == pytest.approx(100 * share, abs=0.0501), key
    # The others are printed as 100%*: more patients than beds.
    assert sum(printed[key][2] is not None for key in compared) == 473


def test_a_year_of_virtual_wards_is_the_mean_of_its_months(
    shared_data: Path, tables: Tables
) -> None:
    printed = printed_wards(shared_data / "virtual_ward")
    months = by_period(tables, "virtual-ward-capacity")
    for code, row in of_year(tables, "virtual-ward-capacity").items():
        expected = mean(printed[key][0] for key in months if key[0] == code)
        assert row["numerator"] == pytest.approx(expected)


def test_criteria_to_reside_are_the_mean_of_the_printed_days(
    shared_data: Path, tables: Tables
) -> None:
    days: dict[tuple[str, str], list[float]] = defaultdict(list)
    register = load_register()
    path = shared_data / "discharge" / "england_icb_criteria_to_reside.csv"
    with path.open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            icb = register.find_by_ons_code(row["icb22_code"])
            if icb is not None and row["do_not_meet_criteria_to_reside"] != "NA":
                day = date.fromisoformat(row["date"])
                count = float(row["do_not_meet_criteria_to_reside"])
                days[icb.code, f"{day:%b %Y}"].append(count)
    rows = by_period(tables, "criteria-to-reside")
    printed = {key: row for key, row in rows.items() if "printed" in row["made"]}
    assert len(printed) == 41 * 12
    for key, row in printed.items():
        assert row["numerator"] == pytest.approx(mean(days[key])), key


def test_community_waits_are_as_printed_month_by_month(shared_data: Path, tables: Tables) -> None:
    printed = printed_waits(shared_data / "community_waits")
    rows = by_period(tables, "community-waits-18-weeks")
    compared = 0
    for (code, month), row in rows.items():
        bands = printed.get(("icb", code, month))
        if bands and row["value"] is not None:
            known = sum(number for name, number in bands.items() if len(name) == 1)
            within = sum(bands.get(name, 0) for name in IN_TIME)
            assert row["value"] == pytest.approx(100 * within / known), (code, month)
            compared += 1
    assert compared == 41 * 8


def printed_of_children(folder: Path) -> dict[str, list[float]]:
    """ICB → by month, per cent of children and young people who have waited up to 18 weeks."""
    counted: dict[tuple[str, str], list[float]] = defaultdict(lambda: [0.0, 0.0])
    for path in folder.glob("*.xlsx"):
        book = CalamineWorkbook.from_path(path)
        for sheet in (name for name in book.sheet_names if re.fullmatch("Table 4[a-h]", name)):
            rows = book.get_sheet_by_name(sheet).to_python(skip_empty_area=False)
            head = next(row for row in rows if row[0] == "Organisation Type")
            mine = [n for n, name in enumerate(head) if str(name).startswith("(CYP)")]
            for row in (row for row in rows if row[0] == "ICB"):
                count = sum(float(str(row[n])) for n in mine if row[n] not in ("", "*", "-"))
                of = counted[str(row[1]).strip(), path.name]
                of[0] += count if sheet[-1] in IN_TIME else 0
                of[1] += count
    found: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0])
    for (code, _), (within, known) in counted.items():
        found[code][0] += within
        found[code][1] += known
    return found


def test_waits_of_children_are_those_of_the_columns_of_children(
    shared_data: Path, tables: Tables
) -> None:
    printed = printed_of_children(shared_data / "community_waits")
    rows = tables["groups"].filter(
        measure="community-waits-18-weeks", level="icb", group="age: children and young people"
    )
    assert rows.height >= 38
    for row in rows.to_dicts():
        within, known = printed[row["org_code"]]
        assert row["value"] == pytest.approx(100 * within / known), row["org_code"]


def kh03(shared_data: Path) -> dict[str, dict[str, float]]:
    """Trust → sector → beds available in the quarter to June 2024."""
    found: dict[str, dict[str, float]] = defaultdict(dict)
    path = shared_data / "beds" / "KH03-Available-Overnight-only.csv"
    with path.open(encoding="utf-8-sig") as file:
        for row in csv.DictReader(file):
            if row["Effective_Snapshot_Date"] == "30/06/2024":
                found[row["Organisation_Code"]][row["Sector"].lower()] = float(
                    row["Number_Of_Beds"]
                )
    return found


def test_the_acute_share_of_beds_is_that_of_the_return(shared_data: Path, tables: Tables) -> None:
    register = load_register()
    sums: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0, 0.0])
    for code, sectors in kh03(shared_data).items():
        icb = register.lead_icb(code, date(2024, 6, 30)) if register.find(code) else None
        if icb is not None:
            acute = sectors.get("general & acute", 0)
            sums[icb.code][0] += acute
            sums[icb.code][1] += sum(sectors.values())
            sums[icb.code][2] += acute if register.get(code).kind == "acute" else 0
    rows = of_year(tables, "acute-share-of-beds")
    assert len(rows) == 42
    for code, row in rows.items():
        assert row["value"] == pytest.approx(100 * sums[code][0] / sums[code][1]), code
    for code, row in of_year(tables, "acute-trusts-share-of-general-beds").items():
        assert row["value"] == pytest.approx(100 * sums[code][2] / sums[code][0]), code


def test_emergency_admissions_of_england_are_the_printed_total(
    shared_data: Path, made: PublishedShift, tables: Tables
) -> None:
    total = 0.0
    for path in (shared_data / "ae").glob("Monthly-AE-*.csv"):
        with path.open(encoding="utf-8-sig") as file:
            for row in csv.DictReader(file):
                if row["Period"].strip().lower() == "total":
                    total += sum(
                        float(number)
                        for name, number in row.items()
                        if name and "emergency admissions" in name.lower()
                    )
    (row,) = (
        tables["measures"]
        .filter(measure="emergency-admissions", level="england", span="year")
        .to_dicts()
    )
    assert row["numerator"] == total > 6_000_000
    assert row["value"] == pytest.approx(1000 * total / 63_227_624)


def test_need_is_the_weighted_population_of_the_practices_of_an_icb(
    shared_data: Path, tables: Tables
) -> None:
    people: dict[str, float] = defaultdict(float)
    weighted: dict[str, float] = defaultdict(float)
    (path,) = (shared_data / "allocations").glob("*.csv")
    with path.open(encoding="utf-8-sig") as file:
        for row in csv.DictReader(file):
            people[row["ICB"]] += float(row["Population"])
            weighted[row["ICB"]] += float(row["G&A WP"])
    england = sum(weighted.values()) / sum(people.values())
    rows = of_year(tables, "criteria-to-reside")
    assert len(rows) == 42
    for code, row in rows.items():
        index = weighted[code] / people[code] / england
        assert row["need_index"] == pytest.approx(index), code
        assert row["need_value"] == pytest.approx(row["value"] / index), code
    places = tables["ranks"].filter(measure="criteria-to-reside")
    by_need = {code: row["value"] * people[code] / weighted[code] for code, row in rows.items()}
    order = sorted(by_need, key=by_need.__getitem__, reverse=True)
    assert dict(places.select("org_code", "need_rank").iter_rows()) == {
        code: place for place, code in enumerate(order, start=1)
    }
    assert places["large_move"].sum() == 4


def test_community_contacts_are_as_printed_and_are_withheld(
    shared_data: Path, store: Store
) -> None:
    made = published_shift(store, "care-shift-tracker", "2025/26")
    (path,) = (shared_data / "csds").glob("*.zip")
    printed = {}
    with zipfile.ZipFile(path) as archive, archive.open(archive.namelist()[0]) as raw:
        for row in csv.DictReader(io.TextIOWrapper(raw, encoding="utf-8-sig")):
            if (row["ORG_LEVEL"], row["DIMENSION"]) == ("ICB", "TotalCareContacts"):
                printed[row["ORG_CODE"]] = float(row["MEASURE_VALUE"])
    tables = tables_of(made)
    rows = of_year(tables, "community-contacts")
    # The publication prints contacts of an unknown ICB too: they are England's alone.
    assert printed.pop("Unknown") > 0
    assert "community-contacts" in made.unplaced
    assert {code: row["numerator"] for code, row in rows.items()} == printed
    assert len(printed) == 42
    assert {row["status"] for row in rows.values()} == {"withheld"}
    assert tables["ranks"].filter(measure="community-contacts").is_empty()
