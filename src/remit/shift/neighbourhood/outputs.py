"""The files that ``remit shift neighbourhood`` writes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, Literal

import polars as pl

from remit.catalogue.outputs import load_output
from remit.files.datapackage import Package, PackageSource
from remit.files.jsons import json_text
from remit.files.outputs import write_files
from remit.model.errors import ActivityError
from remit.shift.neighbourhood.checks import ReturnDifference
from remit.shift.neighbourhood.findings import findings
from remit.shift.neighbourhood.rates import CohortRate
from remit.shift.neighbourhood.returned import ReturnsRead


def _frame(name: str, rows: Sequence[dict[str, Any]]) -> pl.DataFrame:
    """Rows in the columns that are declared."""
    kinds = {"string": pl.String, "integer": pl.Int64, "number": pl.Float64}
    columns = load_output("shift-neighbourhood").files[name].columns
    schema = {key: kinds[column.type] for key, column in columns.items() if column}
    return pl.DataFrame(rows, schema=schema)


def rates_table(rates: Sequence[CohortRate]) -> pl.DataFrame:
    """A row a rate, also where there is none."""
    rows = [
        {"place": rate.place, "month": rate.month, "outcome": rate.outcome,
         "measure": rate.measure, "group": rate.of.group, "category": rate.of.category,
         "status": rate.status, "count": rate.count, "cohort": rate.cohort,
         "per_1000": rate.per_1000, "at_least": rate.at_least,
         "suppressed_parts": rate.suppressed_parts, "places": rate.places}
        for rate in rates
    ]  # fmt: skip
    return _frame("rates", rows)


def cells_table(read: ReturnsRead) -> pl.DataFrame:
    """A row a cell of the returns."""
    rows = [
        {"file": cell.file, "sheet": cell.sheet, "row": cell.row, "column": cell.column,
         "place": one.place, "month": one.month, "measure": cell.measure, "kind": cell.kind,
         "group": cell.of.group, "category": cell.of.category, "written": cell.written,
         "status": cell.status, "value": cell.value, "note": cell.note}
        for one in read.returns
        for cell in one.cells
    ]  # fmt: skip
    return _frame("cells", rows)


def return_rejections_table(read: ReturnsRead) -> pl.DataFrame:
    """A row for each file, row, column or cell that was not taken in."""
    return _frame("rejections", [asdict(one) for one in read.rejections])


def write_neighbourhood(
    read: ReturnsRead,
    rates: Sequence[CohortRate],
    differing: Sequence[ReturnDifference],
    out: Path,
    file_format: Literal["csv", "parquet"] = "csv",
) -> list[Path]:
    """Write rates and cells into a folder, all files or none.

    Parameters
    ----------
    read, rates, differing
        The returns, what was made of them, and where they do not agree with themselves.
    out
        The folder, which is made if need be.
    file_format
        Of the tables; rejections are CSV always.

    Raises
    ------
    ActivityError
        If the folder cannot be made or written.

    Examples
    --------
    >>> write_neighbourhood(read, rates_of(read), [], Path("out"))  # doctest: +SKIP
    """
    told = {
        "findings": list(findings(read, rates, differing)),
        "returns": [
            {"file": one.file, "place": one.place, "month": one.month, "template": one.template,
             "notes": list(one.notes)}
            for one in read.returns
        ],
        "differences": [asdict(one) for one in differing],
    }  # fmt: skip
    files: dict[str, str | bytes | pl.DataFrame] = {
        f"rates.{file_format}": rates_table(rates),
        f"cells.{file_format}": cells_table(read),
        "rejections.csv": return_rejections_table(read),
        "neighbourhood.json": json_text(told) + "\n",
    }
    package = Package(
        load_output("shift-neighbourhood"), [PackageSource(path.name) for path in read.files]
    )
    return write_files(out, files, package=package, error=ActivityError)
