"""Returns of fictional places, filled in as a place would."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import xlsxwriter

from remit.shift.neighbourhood.returned import load_programme

PLACES = ("Larkshire North", "Larkshire South", "Elmvale")
JANUARY = date(2026, 1, 1)
AGES = ("18-19", "20-29", "30-39", "40-49", "50-59", "60-69", "70-79", "80-89", "90+")
OLD_AGES = (*AGES[:7], "85+")
ETHNIC = ("White", "Black", "Asian", "Mixed", "Other")
FIFTHS = (1, 2, 3, 4, 5)
COHORT = "Number of patients in the cohort"
Counts = Mapping[tuple[str, str], Any]
"""Measure and column (``D`` is the total) → what is written there."""


def columns_of(ages: tuple[str, ...]) -> list[tuple[str, Any]]:
    """The heads of the two rows, group above category, from the column of totals on."""
    heads: list[tuple[str, Any]] = [("Total", "")]
    for group, categories, unknown in (
        ("Age Group", ages, "Not known"),
        ("Ethnic Group", ETHNIC, "Not known"),
        ("Deprivation Quintile", FIFTHS, "Not Known"),
    ):
        whole = (*categories, unknown)
        heads += [(group if k == 0 else "", one) for k, one in enumerate(whole)]
    return heads


def write_return(
    path: Path,
    counts: Counts | None = None,
    *,
    place: Any = PLACES[0],
    period: Any = JANUARY,
    ages: tuple[str, ...] = AGES,
    cohort: Any = 3000,
    leave: tuple[str, ...] = (),
    heads: list[tuple[str, Any]] | None = None,
    second: str = "",
    indent: int = 0,
) -> Path:
    """Write a return that agrees with itself.

    Each count is 60 in total, 6 in each age band and 10 in each other group; of each cohort of
    3,000 people 300 are in each age band and 500 in each other group.

    ``counts`` says what else stands in the row of a measure and the column of that letter,
    ``second`` is a sheet with another table, ``indent`` leaves columns free at the left.
    """
    book = xlsxwriter.Workbook(str(path))
    day = book.add_format({"num_format": "mmm-yy"})
    notes = book.add_worksheet("Instructions")
    notes.write(0, 0, "NNHIP Data Collection Template")
    sheet = book.add_worksheet("SubmissionTemplate")
    sheet.write(0, indent, "Project Name")
    sheet.write(0, indent + 1, place)
    sheet.write(1, indent, "Submission Period")
    if isinstance(period, date):
        sheet.write_datetime(1, indent + 1, period, day)
    else:
        sheet.write(1, indent + 1, period)
    heads = heads or columns_of(ages)
    sheet.write_row(
        3, indent, ["Metric Id", "Metric Type", "Metric Details", *(h for h, _ in heads)]
    )
    sheet.write_row(
        4, indent, ["Metric Id", "Metric Type", "Metric Details", *(c for _, c in heads)]
    )
    row = 5
    programme = load_programme()
    given = counts or {}
    for measure in (*programme.measures, *programme.process):
        if measure.id in leave:
            continue
        kinds = ("count",) if measure in programme.process else ("count", "cohort", "rate")
        for kind in kinds:
            label = measure.labels[-1] if kind == "count" else COHORT
            if kind == "rate":
                label = f"{measure.labels[0]} per 1,000 patients in the cohort"
            sheet.write(row, indent, "O1" if kind == "count" else "")
            sheet.write(row, indent + 2, label)
            for k in range(len(heads)):
                letter = chr(ord("D") + k)
                part = 0 if k == 0 else 1 if k <= len(ages) + 1 else 2
                usual = {"count": (60, 6, 10), "cohort": (cohort, 300, 500), "rate": ("",) * 3}
                key = (measure.id if kind == "count" else f"{measure.id}:{kind}", letter)
                written = given.get(key, usual[kind][part])
                if written != "":
                    sheet.write(row, indent + 3 + k, written)
            row += 1
    if second:
        other = book.add_worksheet(second)
        other.write_row(0, 0, ["Metric Id", "Metric Type", "Metric Details", "Total"])
        other.write(1, 0, "Metric Id")
    book.close()
    return path
