"""Cells of whole numbers, written once for every engine: no division, no label, no window."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import narwhals.stable.v2 as nw

from remit.shift.records.columns import SETTINGS

Lazy = nw.LazyFrame[Any]

SUMS: Final = ("quantity", "bed_days", "cost_pence")
"""What is added up in a cell."""

CELL: Final = ("quarter", "commissioner", "setting")
"""What tells the cells of a table of settings apart."""


def cube(frame: Lazy, by: Sequence[str] = CELL) -> Lazy:
    """Records and their sums in each cell.

    Parameters
    ----------
    frame
        Records that were accepted, with the number of their quarter.
    by
        The columns that tell cells apart.

    Examples
    --------
    >>> cells = records.collect(cube(frame, ("quarter", "setting")))  # doctest: +SKIP
    """
    return frame.group_by(*by).agg(
        nw.len().cast(nw.Int64).alias("records"),
        *(nw.col(name).sum().cast(nw.Int64).alias(name) for name in SUMS),
    )


def patients_by_setting(frame: Lazy) -> Lazy:
    """Patients by quarter and commissioner, each counted once: in each setting, and over all.

    Patients of quarters, or of settings, cannot be added up; this counts them exactly. It keeps
    a bit a setting for each patient of a quarter, so hand it one quarter after another.

    The columns are ``quarter``, ``commissioner``, ``all`` and one for each setting.
    """
    seen = frame.group_by("quarter", "commissioner", "patient").agg(
        *(
            nw.when(nw.col("setting") == setting).then(1).otherwise(0).max().alias(setting)
            for setting in SETTINGS
        )
    )
    return seen.group_by("quarter", "commissioner").agg(
        nw.len().cast(nw.Int64).alias("all"),
        *(nw.col(setting).sum().cast(nw.Int64).alias(setting) for setting in SETTINGS),
    )
