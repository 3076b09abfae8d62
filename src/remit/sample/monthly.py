"""The sample's monthly publications: A&E, sickness absence, virtual wards, community services."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from remit.sample import absence, contacts, emergency, wards
from remit.sample.months import Month, months

FIRST, LAST = Month(2024, 4), Month(2026, 3)
"""Two years. Sickness absence comes four months later, and so begins and ends three earlier."""
_ABSENCE_LATER = 3
_REVISED_DAYS = 100


@dataclass(frozen=True, slots=True)
class MonthlyFile:
    """A file that was written, and the (invented) day on which it was published."""

    path: Path
    published_on: date


def write_monthly(folder: Path) -> tuple[MonthlyFile, ...]:
    """Write two years of monthly publications into a folder, which is made if need be.

    Parameters
    ----------
    folder
        Where to write; files of the same names are replaced.

    Returns
    -------
    tuple of MonthlyFile
        In the order in which to ingest them: a revised file comes last.
    """
    folder.mkdir(parents=True, exist_ok=True)
    return tuple(
        file
        for write in (_emergency, _absence, _wards, _contacts, _revised)
        for file in write(folder)
    )


def _emergency(folder: Path) -> Iterator[MonthlyFile]:
    for month in months(FIRST, LAST):
        rows = emergency.emergency_rows(month, first_issue=True)
        path = folder / f"sample-Monthly-AE-{month.name}-{month.year}.csv"
        yield _written(path, [emergency.HEADER, *rows], month.published(14))


def _revised(folder: Path) -> Iterator[MonthlyFile]:
    """The one month that the publisher corrects; by name it comes after what it replaces."""
    month = emergency.MISKEYED[1]
    path = folder / f"sample-Monthly-AE-{month.name}-{month.year}_revised.csv"
    rows = emergency.emergency_rows(month)
    yield _written(path, [emergency.HEADER, *rows], month.published(_REVISED_DAYS))


def _absence(folder: Path) -> Iterator[MonthlyFile]:
    for month in months(FIRST.later(-_ABSENCE_LATER), LAST.later(-_ABSENCE_LATER)):
        if month != absence.NOT_PUBLISHED:
            path = folder / f"sample-sickness-absence-{month}.csv"
            rows = absence.absence_rows(month)
            yield _written(path, [absence.HEADER, *rows], month.published(118))


def _wards(folder: Path) -> Iterator[MonthlyFile]:
    for month in months(FIRST, LAST):
        path = folder / f"sample-Monthly-Virtual-Ward-{month.name[:3]}{month.year}.xlsx"
        write_workbook(path, wards.ward_sheets(month))
        yield MonthlyFile(path, wards.ward_published(month))


def _contacts(folder: Path) -> Iterator[MonthlyFile]:
    for month in months(FIRST, LAST):
        path = folder / f"sample-csds-{month}.csv"
        rows = contacts.contact_rows(month)
        yield _written(path, [contacts.CONTACTS_HEADER, *rows], month.published(45))


def _written(path: Path, rows: Iterable[list[str]], day: date) -> MonthlyFile:
    write_table(path, rows)
    return MonthlyFile(path, day)


def write_table(path: Path, rows: Iterable[Sequence[object]]) -> None:
    """Write a CSV file as publishers do: UTF-8, lines by CRLF."""
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\r\n").writerows(rows)
    path.write_bytes(text.getvalue().encode("utf-8"))


def write_workbook(path: Path, sheets: Mapping[str, Sequence[Sequence[object]]]) -> None:
    """Write a workbook, the same byte by byte each time; blank cells hold nothing."""
    from xlsxwriter import Workbook

    with Workbook(path) as workbook:
        # A fixed day: the same sample is the same file, byte by byte.
        workbook.set_properties({"created": datetime(2026, 6, 11)})
        for name, rows in sheets.items():
            sheet = workbook.add_worksheet(name)
            for number, cells in enumerate(rows):
                sheet.write_row(number, 0, cells)
