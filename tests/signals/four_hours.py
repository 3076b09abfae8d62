"""Monthly A&E files of one trust of the sample, whose four-hour performance is as wanted."""

from __future__ import annotations

import calendar
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from remit.api import read_each
from remit.publications.rows.reading import Reading

_ALL = "A&E attendances Type 1"
_LATE = "Attendances over 4hrs Type 1"
_COLUMNS = (
    "Period",
    "Org Code",
    _ALL,
    "A&E attendances Type 2",
    "A&E attendances Other A&E Department",
    _LATE,
    "Attendances over 4hrs Type 2",
    "Attendances over 4hrs Other Department",
    "Patients who have waited 4-12 hs from DTA to admission",
    "Patients who have waited 12+ hrs from DTA to admission",
    "Emergency admissions via A&E - Type 1",
    "Emergency admissions via A&E - Type 2",
    "Emergency admissions via A&E - Other A&E department",
    "Other emergency admissions",
)


def readings_of_four_hours(folder: Path, percents: Sequence[float]) -> list[Reading]:
    """ZA1 sees so many per cent of 1,000 within four hours in each month from January 2023."""
    found = []
    for place, percent in enumerate(percents):
        year, month = 2023 + place // 12, place % 12 + 1
        cells = dict.fromkeys(_COLUMNS, "0")
        cells["Period"] = f"MSitAE-{calendar.month_name[month].upper()}-{year}"
        cells |= {"Org Code": "ZA1", _ALL: "1000", _LATE: str(round(1000 - 10 * percent))}
        path = folder / f"sample-{place}.csv"
        lines = [",".join(_COLUMNS), ",".join(cells.values())]
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        found += read_each([path], published_on=date(year, month, 28))
    return found
