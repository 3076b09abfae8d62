"""The folder of ``remit shift records``: cells, shares, what was rejected, and an account."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl

from remit.catalogue.outputs import load_output
from remit.engine import Parts
from remit.files.datapackage import Package, PackageSource
from remit.files.outputs import write_files
from remit.model.errors import ActivityError
from remit.shift.records.activity import Activity
from remit.shift.records.rejected import rejections
from remit.shift.records.tables import ShiftTables, count

FORMATS = ("csv", "parquet")


def write_records(
    activity: Activity,
    out: Path,
    form: str = "csv",
    tell: Callable[[int, int], None] | None = None,
) -> tuple[ShiftTables, list[Path]]:
    """Count records and write the tables into a folder, all or none.

    Each quarter that is counted is kept in a hidden folder until all are: a run that was broken
    off goes on where it stopped, if the files and what is asked are the same.

    Parameters
    ----------
    activity
        The records, read and checked.
    out
        The folder, which is made if need be.
    form
        ``csv`` or ``parquet``. What was rejected is always told in CSV.
    tell
        Is called with how many quarters are done and how many there are.

    Raises
    ------
    ActivityError
        If the folder cannot be written.
    """
    if out.exists() and not out.is_dir():
        raise ActivityError(f"{out}: this is a file; --out takes a folder")
    tables = count(activity, out, tell)
    files: dict[str, str | bytes | pl.DataFrame] = {
        f"cells.{form}": tables.cells,
        f"shares.{form}": tables.shares,
        f"patients.{form}": tables.patients,
        "rejections.csv": rejections(activity),
        "records.json": json.dumps(account(activity), ensure_ascii=False, indent=2) + "\n",
    }
    activity.records.check_unchanged()
    sources = [PackageSource(one.name) for one in activity.records.files]
    package = Package(load_output("shift-records"), sources)
    written = write_files(out, files, package=package, error=ActivityError)
    Parts(out, activity.asked, activity.records.files).clear()
    return tables, written


def account(activity: Activity) -> dict[str, Any]:
    """How many records were read, accepted and rejected, by what, and how many are alike."""
    counts = activity.counts
    return {
        "read": counts.read,
        "accepted": counts.accepted,
        "rejected": counts.rejected,
        "equal": activity.equal_records(),
        "engine": activity.records.engine,
        "mapping": activity.mapping.id if activity.mapping else None,
        "mapping_verified": activity.mapping.verified if activity.mapping else None,
        "files": [str(one) for one in activity.records.files],
    }
