"""Small tables of what was used and of people, as the decomposition takes them."""

from __future__ import annotations

import polars as pl

FIRST, LAST = QUARTERS = ("2023/24 Q1", "2024/25 Q1")

Row = tuple[str, str, str, str, int, int, int]
People = tuple[str, str, str, int, int, int]


def cube(*rows: Row) -> pl.DataFrame:
    """Quarter, commissioner, setting, age band, fifth, records and bed days."""
    names = ("quarter", "commissioner", "setting", "age_band", "deprivation_fifth", "records",
             "bed_days")  # fmt: skip
    return pl.DataFrame(list(rows), schema=list(names), orient="row")


def people(*rows: People) -> pl.DataFrame:
    """Commissioner, quarter, age band, fifth, people and need in thousandths."""
    names = ("commissioner", "quarter", "age_band", "deprivation_fifth", "people",
             "need_thousandths")  # fmt: skip
    return pl.DataFrame(list(rows), schema=list(names), orient="row")


def used(quarter: str, who: str, all_records: int, hospital: int, days: int) -> tuple[Row, Row]:
    """Records of hospital and of community care in the one cell of a commissioner."""
    return (
        (quarter, who, "hospital", "65+", 1, hospital, days),
        (quarter, who, "community", "65+", 1, all_records - hospital, 0),
    )


def by_hand() -> tuple[pl.DataFrame, pl.DataFrame]:
    """ZR1: share 50 to 40%, stay 6 to 5 days of 100 records; ZR2: 100 to 120 people.

    ZR1's share is worth −0.1 × 100 × 5.5 = −55, its stay −1 × 100 × 0.45 = −45. All of ZR2 grows
    with its people, from 100 bed days to 120.
    """
    return (
        cube(
            *used(FIRST, "ZR1", 100, 50, 300), *used(LAST, "ZR1", 100, 40, 200),
            *used(FIRST, "ZR2", 50, 20, 100), *used(LAST, "ZR2", 60, 24, 120),
        ),
        people(
            ("ZR1", FIRST, "65+", 1, 1000, 1000), ("ZR1", LAST, "65+", 1, 1000, 1000),
            ("ZR2", FIRST, "65+", 1, 100, 1000), ("ZR2", LAST, "65+", 1, 120, 1000),
        ),
    )  # fmt: skip
