"""CSDS: what a row counts becomes the measure, by what it is parted the cut."""

from __future__ import annotations

import zipfile
from pathlib import Path

import polars as pl

from remit.publications.rows.reading import Reading

from .workbook_files import accounted, differences, read, values

HEADER = (
    "REPORTING_PERIOD_START,REPORTING_PERIOD_END,ORG_CODE,ORG_NAME,ORG_LEVEL,DIMENSION,COUNT_OF,"
    "MEASURE,MEASURE_DESC,MEASURE_2,MEASURE_2_DESC,MEASURE_VALUE,MEASURE_VALUE_0_18,"
    "MEASURE_VALUE_19_64,MEASURE_VALUE_65_PLUS"
)


def row(
    code: str,
    level: str,
    dimension: str,
    count: str,
    group: str,
    figures: str,
) -> str:
    return f"2026-03-01,2026-03-31,{code},A NAME,{level},{dimension},{count},{group},{figures}"


TOTAL = row("ZC1", "Provider", "TotalCareContacts", "CareContacts", ",,,", "60.0,10.0,20.0,30.0")
MISSED = row(
    "ZC1",
    "Provider",
    "AttendCode_Group",
    "CareContacts",
    "2,Patient did not attend,,",
    "15.0,5.0,5.0,5.0",
)


def reading_of(path: Path, *lines: str) -> Reading:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("core.csv", "\n".join([HEADER, *lines]) + "\n")
    return read(path)


def cuts(reading: Reading, measure: str) -> dict[str | None, float]:
    mine = reading.observations.filter(pl.col("metric_id") == measure)
    return dict(mine.select("cut", "value").iter_rows())


def test_a_total_is_parted_by_age(tmp_path: Path) -> None:
    reading = reading_of(tmp_path / "c.zip", TOTAL)
    assert cuts(reading, "csds.care-contacts") == {
        None: 60,
        "age group: 0 to 18": 10,
        "age group: 19 to 64": 20,
        "age group: 65 and over": 30,
    }
    assert set(reading.observations["source_row"]) == {2}
    assert set(reading.observations["period_label"]) == {"Mar 2026"}
    assert accounted(reading)


def test_a_row_of_which_a_metric_is_made_has_a_measure_of_its_own(tmp_path: Path) -> None:
    reading = reading_of(tmp_path / "c.zip", MISSED)
    attendance = "attendance: Patient did not attend"
    assert cuts(reading, "csds.care-contacts") == {
        attendance: 15,
        f"{attendance}; age group: 0 to 18": 5,
        f"{attendance}; age group: 19 to 64": 5,
        f"{attendance}; age group: 65 and over": 5,
    }
    assert cuts(reading, "csds.contacts-not-attended") == {
        None: 15,
        "age group: 0 to 18": 5,
        "age group: 19 to 64": 5,
        "age group: 65 and over": 5,
    }


def test_two_dimensions_and_what_is_not_recorded(tmp_path: Path) -> None:
    both = row(
        "ZC1",
        "Provider",
        "Age_CareContactDate_Gender",
        "CareContacts",
        "65 to 69,,2,Female; so recorded",
        "60.0,0.0,0.0,60.0",
    )
    missing = row(
        "ZC1", "Provider", "Gender", "PatientWithReferral", "MV/OP,Missing,,", "5.0,5.0,0.0,0.0"
    )
    reading = reading_of(tmp_path / "c.zip", both, missing)
    assert cuts(reading, "csds.care-contacts") == {
        "age band: 65 to 69; gender: Female, so recorded": 60
    }
    assert "gender: not recorded" in cuts(reading, "csds.patients-with-referral")


def test_areas_are_kept_apart_and_the_unknown_ones_too(tmp_path: Path) -> None:
    figures = "60.0,10.0,20.0,30.0"
    rows = [
        row(code, level, "TotalCareContacts", "CareContacts", ",,,", figures)
        for code, level in (
            ("ZC1", "Provider"),
            ("ZB1", "ICB"),
            ("Unknown", "ICB"),
            ("Unknown", "NHS England (Region)"),
            ("E06000001", "Local Authority of Residence (Upper)"),
            ("ALL", "All Submitters"),
        )
    ]
    reading = reading_of(tmp_path / "c.zip", *rows)
    kinds = dict(reading.observations.select("org_code", "org_kind").unique().iter_rows())
    assert kinds == {
        "ZC1": "mental_health_community",
        "ZB1": "icb",
        "unknown-icb": "icb",
        "unknown-region": "region",
        "E06000001": "local_authority",
        "ENG": "england",
    }
    assert values(reading, "ENG") == {"csds.care-contacts": 60}
    assert accounted(reading)


def test_a_sum_may_differ_by_rounding_and_no_more(tmp_path: Path) -> None:
    def england(total: int) -> str:
        return row(
            "ALL", "All Submitters", "TotalCareContacts", "CareContacts", ",,,", f"{total}.0,,,"
        )

    assert not differences(reading_of(tmp_path / "near.zip", TOTAL, england(65)))
    assert differences(reading_of(tmp_path / "far.zip", TOTAL, england(75))) == {
        "csds.care-contacts · Mar 2026": 15
    }


def test_what_is_not_declared_is_refused_with_what_is(tmp_path: Path) -> None:
    unknown = row("ZC1", "Provider", "TotalMoons", "Moons", ",,,", "5.0,,,")
    level = row("ZC1", "Parish", "TotalCareContacts", "CareContacts", ",,,", "5.0,,,")
    reading = reading_of(tmp_path / "c.zip", TOTAL, unknown, level, TOTAL)
    said = [(r.line, r.column, r.value) for r in reading.rejections]
    assert said == [
        (3, "COUNT_OF", "Moons"),
        (4, "ORG_LEVEL", "Parish"),
        (5, "org_code", "ZC1"),
    ]
    assert accounted(reading)


def test_a_dimension_that_is_not_declared_is_kept_under_its_own_name(tmp_path: Path) -> None:
    one = row("ZC1", "Provider", "StarSign", "CareContacts", "Leo,,,", "5.0,,,")
    two = row("ZC1", "Provider", "StarSign_Moon", "CareContacts", "Leo,,2,Full", "5.0,,,")
    reading = reading_of(tmp_path / "c.zip", one, two)
    assert cuts(reading, "csds.care-contacts") == {
        "star sign: Leo": 5,
        "star sign moon: Leo, Full": 5,
    }
