"""The case by hand as files: a record a row, and the people beside them."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from remit.shift.records.columns import RECORD_COLUMNS

Written = tuple[object, ...]
SAME_PERSON = ("65+", 1, 1000)


def write_records(folder: Path, rows: Iterator[Written] | None = None) -> Path:
    """``records.csv``: that of the case by hand, or of other rows."""
    path = folder / "records.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        lines = csv.writer(file)
        lines.writerow(RECORD_COLUMNS)
        lines.writerows(by_hand_rows() if rows is None else rows)
    return path


def write_people(folder: Path, *more: str) -> Path:
    """``populations.csv``: ZR1 keeps 1,000 people, ZR2 grows from 100 to 120."""
    path = folder / "populations.csv"
    lines = ["commissioner,quarter,age_band,deprivation_fifth,people,need_thousandths",
             "ZR1,2023/24 Q1,65+,1,1000,1000", "ZR1,2024/25 Q1,65+,1,1000,1000",
             "ZR2,2023/24 Q1,65+,1,100,1000", "ZR2,2024/25 Q1,65+,1,120,1000", *more]  # fmt: skip
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def by_hand_rows() -> Iterator[Written]:
    """ZR1: 50 of 100 records with 6 days become 40 with 5; ZR2: 20 of 50 become 24 of 60."""
    for who, day, hospital, days, community in (
        ("ZR1", "2023-05-10", 50, 6, 50),
        ("ZR1", "2024-05-10", 40, 5, 60),
        ("ZR2", "2023-05-10", 20, 5, 30),
        ("ZR2", "2024-05-10", 24, 5, 36),
    ):
        yield from rows_of(who, day, "hospital", hospital, days)
        yield from rows_of(who, day, "community", community, 0)


def rows_of(who: str, day: str, setting: str, number: int, days: int) -> Iterator[Written]:
    """So many records of one commissioner on one day."""
    for patient in range(number):
        yield (patient + 1, day, "ZA1", who, "P1", setting, "ward", "spell", 1, days, 100,
               *SAME_PERSON)  # fmt: skip
