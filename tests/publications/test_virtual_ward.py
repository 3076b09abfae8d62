"""Virtual wards: two layouts, two populations, and the marks that stand for a figure."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from remit.model.errors import PublicationError

from .workbook_files import accounted, differences, read, statuses, values, write_workbook

_HEAD = ["", "Region", "Region Code", "ICB code", "Name", "Virtual Ward Capacity \n(see note 1) "]
_PATIENTS = ["Patients in a Virtual Ward\n(see notes 1 and 4) ", "Occupancy %\n(see note 5) "]
ADULTS = [
    *_HEAD,
    "Virtual Ward Capacity per 100,000 GP registered population aged 16 years and over\n(note 2) ",
    "GP registered population aged 16 and over\n(see note 3) ",
    *_PATIENTS,
]
ALL_AGES = [
    *_HEAD,
    "Virtual Ward Capacity per 100,000 GP registered population\n(see note 2) ",
    "GP registered population\n(see note 3) ",
    *_PATIENTS,
]
PROVIDERS = [*_HEAD[:3], "Provider code", *_HEAD[4:], *_PATIENTS]
ENGLAND = ["", "-", "-", "-", "ENGLAND*", 300, 15.0, 2_000_000, 150, 0.5]
LARKSHIRE = ["", "Northfold", "ZR1", "ZB1", "NHS Larkshire ICB", 200, 20.0, 1_000_000, 150, 0.75]
GULLHAVEN = ["", "Northfold", "ZR1", "ZB2", "NHS Gullhaven ICB", 100, 10.0, 1_000_000, 0, 0]


def sheet(header: list[str], *rows: list[Any], month: str = "April 2025") -> list[list[Any]]:
    above: list[list[Any]] = [["", "Title:", "Virtual Ward Capacity"], [], ["", "Month:", month]]
    return [*above, ["", "Published:", "15th May 2025"], [], list(header), *map(list, rows)]


def test_an_icb_has_its_beds_patients_and_population(tmp_path: Path) -> None:
    rows = sheet(ALL_AGES, ENGLAND, LARKSHIRE, GULLHAVEN)
    reading = read(write_workbook(tmp_path / "vw.xlsx", {"Virtual Ward Data": rows}))
    assert values(reading, "ZB1") == {
        "virtual-ward.capacity": 200,
        "virtual-ward.patients": 150,
        "virtual-ward.population-all-ages": 1_000_000,
    }
    assert values(reading, "ENG")["virtual-ward.capacity"] == 300
    assert reading.source.published_on == date(2025, 5, 15)
    assert reading.source.scopes == ("Apr 2025 · icb",)
    assert accounted(reading)
    assert not differences(reading)


def test_the_two_populations_are_two_measures(tmp_path: Path) -> None:
    rows = sheet(ADULTS, LARKSHIRE, month="July 2023")
    reading = read(write_workbook(tmp_path / "vw.xlsx", {"Virtual Ward Data": rows}))
    assert values(reading, "ZB1")["virtual-ward.population-16-and-over"] == 1_000_000
    assert "virtual-ward.population-all-ages" not in values(reading, "ZB1")


def test_a_total_that_is_no_sum_is_reported(tmp_path: Path) -> None:
    rows = sheet(ALL_AGES, ENGLAND, LARKSHIRE)
    reading = read(write_workbook(tmp_path / "vw.xlsx", {"Virtual Ward Data": rows}))
    assert differences(reading) == {
        "virtual-ward.capacity · Apr 2025": 100,
        "virtual-ward.population-all-ages · Apr 2025": 1_000_000,
    }


@pytest.mark.parametrize("mark", ["**", ""])
def test_what_was_not_submitted_is_no_zero(tmp_path: Path, mark: str) -> None:
    silent = [*LARKSHIRE[:8], mark, mark]
    rows = sheet(ALL_AGES, silent, GULLHAVEN)
    reading = read(write_workbook(tmp_path / "vw.xlsx", {"Virtual Ward Data": rows}))
    assert statuses(reading, "ZB1")["virtual-ward.patients"] == "not_submitted"
    assert statuses(reading, "ZB1")["virtual-ward.capacity"] == "reported"
    assert values(reading, "ZB2")["virtual-ward.patients"] == 0


def test_a_zero_of_which_a_note_says_that_nothing_was_submitted_is_none(tmp_path: Path) -> None:
    marked = [*GULLHAVEN[:4], "NHS Gullhaven ICB*", *GULLHAVEN[5:]]
    note = ["", "* NHS Gullhaven ICB did not complete a successful submission this period."]
    rows: list[list[Any]] = [*sheet(ALL_AGES, LARKSHIRE, marked), [], note]
    reading = read(write_workbook(tmp_path / "vw.xlsx", {"Virtual Ward Data": rows}))
    assert statuses(reading, "ZB2")["virtual-ward.patients"] == "not_submitted"
    assert reading.source.rows_read == 2


def test_occupancy_above_100_keeps_its_counts(tmp_path: Path) -> None:
    full = [*LARKSHIRE[:8], 210, "100%*"]
    rows = sheet(ALL_AGES, full)
    reading = read(write_workbook(tmp_path / "vw.xlsx", {"Virtual Ward Data": rows}))
    found = values(reading, "ZB1")
    assert (found["virtual-ward.patients"], found["virtual-ward.capacity"]) == (210, 200)


def test_a_provider_of_two_regions_is_whole_and_parted(tmp_path: Path) -> None:
    north = ["", "North", "ZR1", "ZA1", "A trust", 30, 20, 0.66]
    south = ["", "South", "ZR1", "ZA1", "A trust", 12, 10, 0.83]
    england = ["", "-", "-", "-", "England", 42, 30, 0.71]
    sheets = {
        "Virtual Ward Data - ICB": sheet(ALL_AGES, ENGLAND, LARKSHIRE, GULLHAVEN),
        "Virtual Ward Data - Provider": sheet(PROVIDERS, england, north, south),
    }
    reading = read(write_workbook(tmp_path / "vw.xlsx", sheets))
    assert values(reading, "ZA1") == {"virtual-ward.capacity": 42, "virtual-ward.patients": 30}
    parts = reading.observations.filter((pl.col("org_code") == "ZA1") & pl.col("cut").is_not_null())
    assert set(parts["cut"]) == {"region: North", "region: South"}
    assert values(reading, "ENG")["virtual-ward.capacity"] == 300
    assert not differences(reading)
    assert accounted(reading)


def test_a_sheet_that_says_no_month_is_refused(tmp_path: Path) -> None:
    rows: list[list[Any]] = [list(ALL_AGES), LARKSHIRE]
    path = write_workbook(tmp_path / "vw.xlsx", {"Virtual Ward Data": rows})
    with pytest.raises(PublicationError, match="which period"):
        read(path)


def test_a_sheet_without_patients_is_refused_with_what_it_lacks(tmp_path: Path) -> None:
    header = [name for name in ALL_AGES if not name.startswith("Patients")]
    path = write_workbook(tmp_path / "vw.xlsx", {"Virtual Ward Data": sheet(header, LARKSHIRE)})
    with pytest.raises(PublicationError, match="Patients in a Virtual Ward"):
        read(path)


def test_a_column_and_a_sheet_that_no_declaration_names_are_told(tmp_path: Path) -> None:
    sheets = {
        "Virtual Ward Data": sheet([*ALL_AGES, "Robots"], [*LARKSHIRE, 3]),
        "Notes": [["Known, and not told"]],
        "Robot Wards": [["Robots"], [3]],
    }
    assert read(write_workbook(tmp_path / "vw.xlsx", sheets)).notes == (
        "sheet Virtual Ward Data: 1 column not read (no declaration names it): Robots",
        "1 sheet not read: Robot Wards",
    )
