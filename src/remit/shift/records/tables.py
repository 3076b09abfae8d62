"""Cells and shares by commissioner, quarter and setting: the tables that a user sees."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import polars as pl

from remit.engine import Parts
from remit.shift.records.activity import Activity
from remit.shift.records.columns import SETTINGS
from remit.shift.records.cubes import CELL, SUMS, cube, patients_by_setting
from remit.shift.records.quarters import quarter_label

CELL_COLUMNS: Final = ("commissioner", "quarter", "setting", "records", *SUMS, "patients")
SHARED: Final = {
    "share_of_records": "records",
    "share_of_cost": "cost_pence",
    "share_of_patients": "patients",
}
"""A share, and the column whose part it is of the whole of commissioner and quarter."""


@dataclass(frozen=True, slots=True)
class ShiftTables:
    """Cells, shares, and patients over all settings; quarters are written as labels."""

    cells: pl.DataFrame
    shares: pl.DataFrame
    patients: pl.DataFrame


def count(
    activity: Activity,
    out: Path | None = None,
    tell: Callable[[int, int], None] | None = None,
) -> ShiftTables:
    """Count records that were read, one quarter after another.

    Parameters
    ----------
    activity
        The records.
    out
        A folder in which quarters that are done are kept until all are.
    tell
        Is called with how many quarters are done and how many there are.
    """
    names = [quarter_label(number) for number in activity.quarters]
    numbers = dict(zip(names, activity.quarters, strict=True))

    def work(name: str) -> pl.DataFrame:
        return _quarter(activity, numbers[name])

    if out is None:
        found = pl.concat([work(name) for name in names])
    else:
        parts = Parts(out, activity.asked, activity.records.files)
        found = parts.do(names, work, tell)
    return tables_of(found)


def _quarter(activity: Activity, number: int) -> pl.DataFrame:
    """One quarter: a row a cell, and one of all settings, which has patients alone."""
    accepted = activity.accepted([number])
    cells = activity.collect(cube(accepted), CELL)
    seen = activity.collect(patients_by_setting(accepted))
    long = seen.unpivot(
        on=["all", *SETTINGS],
        index=["quarter", "commissioner"],
        variable_name="setting",
        value_name="patients",
    ).filter((pl.col("setting") == "all") | (pl.col("patients") > 0))
    return long.join(cells, on=list(CELL), how="left")


def tables_of(found: pl.DataFrame) -> ShiftTables:
    """The tables of cells that were counted: the one place where anything is divided."""
    labels = {number: quarter_label(number) for number in found["quarter"].unique().to_list()}
    order = {setting: number for number, setting in enumerate(SETTINGS)}
    by_setting = pl.col("setting").replace_strict(order, default=None, return_dtype=pl.Int64)
    whole = found.sort("commissioner", "quarter", by_setting, nulls_last=True).with_columns(
        pl.col("quarter").replace_strict(labels, return_dtype=pl.String)
    )
    cells = whole.filter(pl.col("setting") != "all").select(CELL_COLUMNS)
    patients = whole.filter(pl.col("setting") == "all").select(
        "commissioner", "quarter", "patients"
    )
    return ShiftTables(cells, _shares(cells, patients), patients)


def _shares(cells: pl.DataFrame, patients: pl.DataFrame) -> pl.DataFrame:
    """The part of each setting. Who is in two settings counts in both, and once in the whole."""
    place = ["commissioner", "quarter"]
    wholes = cells.group_by(place).agg(
        pl.col("records").sum().alias("all_records"),
        pl.col("cost_pence").sum().alias("all_cost_pence"),
    )
    joined = cells.join(wholes, on=place, how="left", maintain_order="left").join(
        patients.rename({"patients": "all_patients"}), on=place, how="left", maintain_order="left"
    )
    return joined.select(
        *place,
        "setting",
        *(
            pl.when(pl.col(f"all_{of}") > 0).then(pl.col(of) / pl.col(f"all_{of}")).alias(name)
            for name, of in SHARED.items()
        ),
    )
