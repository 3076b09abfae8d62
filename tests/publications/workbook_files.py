"""Workbooks made sheet by sheet, and the reading of one file, for the tests of readers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import polars as pl
import xlsxwriter

from remit.catalogue import load_metrics
from remit.publications.recognise import read_file
from remit.publications.rows.reading import Reading, ReadingContext
from remit.register import load_register

Cells = Sequence[Sequence[Any]]


def write_workbook(path: Path, sheets: Mapping[str, Cells]) -> Path:
    """A workbook with these sheets; blank cells are None or an empty text."""
    with xlsxwriter.Workbook(path) as book:
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for r, row in enumerate(rows):
                for c, cell in enumerate(row):
                    if isinstance(cell, date):
                        sheet.write_datetime(r, c, cell, day)
                    elif cell not in (None, ""):
                        sheet.write(r, c, cell)
    return path


def write_csv(path: Path, *lines: str) -> Path:
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


@cache
def context() -> ReadingContext:
    return ReadingContext(load_register(), load_metrics())


def read(path: Path) -> Reading:
    return read_file(path, context())


def values(reading: Reading, code: str, period: str | None = None) -> dict[str, float | None]:
    """Measure → value of one organisation's figures on everybody."""
    mine = pl.col("cut").is_null() & (pl.col("org_code") == code)
    if period:
        mine &= pl.col("period_label") == period
    return dict(reading.observations.filter(mine).select("metric_id", "value").iter_rows())


def statuses(reading: Reading, code: str) -> dict[str, str]:
    mine = reading.observations.filter(pl.col("org_code") == code)
    return dict(mine.select("metric_id", "status").iter_rows())


def differences(reading: Reading) -> dict[str, float]:
    """What is totalled → printed less summed, where they differ."""
    return {check.name: check.difference for check in reading.checks if check.difference}


def accounted(reading: Reading) -> bool:
    """Whether every row that was read is accepted or rejected, with its reason."""
    source = reading.source
    return (
        source.rows_read == source.rows_accepted + source.rows_rejected
        and source.rows_rejected == len(reading.rejections)
        and all(rejection.reason and rejection.line for rejection in reading.rejections)
    )
