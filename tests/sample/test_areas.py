"""England, regions and systems in the sample: printed where the publication prints them."""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from remit.api import merge, read_each
from remit.frames.figures import Figures
from remit.sample import write_monthly
from remit.series import series
from remit.series.result import Series

Rows = list[dict[str, str]]
AGES = ("MEASURE_VALUE", "MEASURE_VALUE_0_18", "MEASURE_VALUE_19_64", "MEASURE_VALUE_65_PLUS")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("months")
    write_monthly(made)
    return made


@pytest.fixture(scope="module")
def months(folder: Path) -> Figures:
    return merge(read_each(sorted(folder.iterdir())))


@pytest.fixture(scope="module")
def rows(folder: Path) -> Callable[[str], Rows]:
    """The rows of a file as a spreadsheet would show them, without any of Remit's reading."""

    def of(name: str) -> Rows:
        text = (folder / name).read_text(encoding="utf-8")
        return list(csv.DictReader(text.splitlines()))

    return of


def value(made: Series, code: str, label: str) -> tuple[float, str]:
    point = made.frame.filter(org_code=code, period_label=label)
    return round(point["value"].item(), 3), point["made"].item()


@pytest.mark.parametrize(
    ("level", "codes"),
    [("ICB", ("ZB1", "ZB2", "ZB3")), ("NHS England (Region)", ("ZR1", "ZR2"))],
)
def test_contacts_of_all_are_those_of_their_parts(
    rows: Callable[[str], Rows], level: str, codes: tuple[str, ...]
) -> None:
    """Contacts add up at each level; people do not, since some are seen by two providers."""
    march = [r for r in rows("sample-csds-2026-03.csv") if r["DIMENSION"] == "TotalCareContacts"]
    parts = [r for r in march if r["ORG_LEVEL"] == level]
    assert tuple(r["ORG_CODE"] for r in parts) == codes
    (everybody,) = [r for r in march if r["ORG_CODE"] == "ALL"]
    providers = [r for r in march if r["ORG_LEVEL"] == "Provider"]
    for age in AGES:
        total = float(everybody[age])
        assert total == sum(float(r[age]) for r in parts) == sum(float(r[age]) for r in providers)


def test_people_seen_by_two_are_counted_once_in_a_system(rows: Callable[[str], Rows]) -> None:
    """Of those whom ZA1, ZA3, ZC1 and ZM1 count, 98 in 100 are one person each."""
    seen = {
        row["ORG_CODE"]: float(row["MEASURE_VALUE"])
        for row in rows("sample-csds-2026-03.csv")
        if row["DIMENSION"] == "TotalPatientWithCareContact"
    }
    members = sum(seen[code] for code in ("ZA1", "ZA3", "ZC1", "ZM1"))
    assert seen["ZB1"] == pytest.approx(0.98 * members, abs=2.5)


def test_england_is_more_than_the_region(months: Figures) -> None:
    """Of March's attendances Wexmoor's trusts have all that Northfold's have not."""
    england = value(series(months, "ae.attendances", "england"), "ENG", "Mar 2026")
    northfold = value(series(months, "ae.attendances", "region"), "ZR1", "Mar 2026")
    wexmoor = sum(
        value(series(months, "ae.attendances", "trust"), code, "Mar 2026")[0]
        for code in ("ZX1", "ZX2")
    )
    assert england == (northfold[0] + wexmoor, "printed")
    assert northfold[1] != "printed"


def test_the_publication_prints_region_and_england_of_community_contacts(
    months: Figures, rows: Callable[[str], Rows]
) -> None:
    made = {
        level: series(months, "csds.missed-appointments", level) for level in ("region", "england")
    }
    march = rows("sample-csds-2026-03.csv")
    for level, printed, code in (("region", "ZR1", "ZR1"), ("england", "ALL", "ENG")):
        came, missed = (
            next(
                float(row["MEASURE_VALUE"])
                for row in march
                if (row["ORG_CODE"], row["DIMENSION"], row["MEASURE"])
                == (printed, "AttendCode_Group", of)
            )
            for of in ("1", "2")
        )
        rate = round(100 * missed / (came + missed), 3)
        assert value(made[level], code, "Mar 2026") == (rate, "printed")


def test_a_trust_that_begins_to_report_is_a_change_of_members(months: Figures) -> None:
    made = series(months, "csds.missed-appointments", "icb", organisations=["ZB1"])
    told = made.changed("ZB1", "csds.missed-appointments")
    changes = {(one.since, one.joined, one.left) for one in told}
    assert changes == {(date(2025, 1, 1), ("ZA3",), ())}


def test_a_month_without_a_trust_that_comes_back_is_judged_by_nobody(months: Figures) -> None:
    made = series(months, "csds.missed-appointments", "icb", organisations=["ZB2"]).frame
    assert made.filter(~pl.col("alike"))["period_label"].to_list() == ["Oct 2024"]
    silent = series(months, "csds.missed-appointments", organisations=["ZC2"]).frame
    assert "Oct 2024" not in silent.filter(pl.col("value").is_not_null())["period_label"].to_list()


def test_the_monthly_files_stay_small(folder: Path) -> None:
    """Measured: 0.72 MB in 96 files; most of it community contacts by age."""
    sizes = [path.stat().st_size for path in folder.iterdir()]
    assert len(sizes) == 96
    assert sum(sizes) < 900_000
