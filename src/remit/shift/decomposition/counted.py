"""Two quarters of activity records, counted by the engine in one pass."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import narwhals.stable.v2 as nw
import polars as pl

from remit.model.errors import ActivityError
from remit.model.period import Period, parse_quarter, today
from remit.shift.records.activity import Activity
from remit.shift.records.cubes import cube
from remit.shift.records.quarters import quarter_label, quarter_number

_CELL: Final = ("quarter", "commissioner", "setting", "age_band", "deprivation_fifth")


@dataclass(frozen=True, slots=True)
class CountedQuarters:
    """What the decomposition takes of the records.

    Attributes
    ----------
    cube
        Records and sums by quarter, commissioner, setting, age band and deprivation fifth.
    months
        Records by commissioner, setting, quarter and month (1 to 3 within the quarter).
    rejected
        Records of the two quarters, or of none that can be told, that were not accepted.
    """

    cube: pl.DataFrame
    months: pl.DataFrame
    rejected: int


def quarters_asked(first: str, last: str) -> tuple[str, str]:
    """The two quarters that are held against each other, as they are written.

    Parameters
    ----------
    first, last
        The earlier one and the later, in any spelling.

    Raises
    ------
    ActivityError
        If one is no quarter, is not over, or if the earlier is not before the later.

    Examples
    --------
    >>> quarters_asked("Q1 2023/24", "2024/25 Q1")
    ('2023/24 Q1', '2024/25 Q1')
    """
    before, after = _quarter(first, "--from"), _quarter(last, "--to")
    if before.start >= after.start:
        raise ActivityError(f"--from takes the earlier quarter; got {before} and --to {after}")
    if after.end >= today():
        raise ActivityError(f"{after} is not over, it ends on {after.end:%d %B %Y}")
    return before.label, after.label


def _quarter(text: str, option: str) -> Period:
    found = parse_quarter(text)
    if found is None:
        raise ActivityError(f"{option} takes a quarter such as 2024/25 Q1; got {text!r}")
    return found


def count_quarters(activity: Activity, quarters: tuple[str, str]) -> CountedQuarters:
    """Count two quarters, by month as well, so that gaps are seen.

    Parameters
    ----------
    activity
        The records, read and checked.
    quarters
        As they are written.

    Raises
    ------
    ActivityError
        If a quarter has no records, or a file was changed while it was read.
    """
    numbers = [quarter_number(one) for one in quarters]
    for label, number in zip(quarters, numbers, strict=True):
        if number not in activity.quarters:
            known = ", ".join(map(quarter_label, activity.quarters))
            raise ActivityError(f"there are no records of {label}; there are of {known}")
    month = nw.col("date").dt.month().cast(nw.Int64).alias("month")
    frame = activity.accepted(numbers).with_columns(month)
    counted = activity.collect(cube(frame, (*_CELL, "month")))
    activity.records.check_unchanged()
    labelled = counted.with_columns(
        pl.col("quarter").replace_strict(numbers, quarters, return_dtype=pl.String),
        (pl.col("month") - 1) % 3 + 1,
    )
    return CountedQuarters(
        _summed(labelled, _CELL),
        _summed(labelled, ("commissioner", "setting", "quarter", "month")),
        _rejected(activity.tally, numbers),
    )


def _summed(table: pl.DataFrame, by: tuple[str, ...]) -> pl.DataFrame:
    return table.group_by(*by).agg(pl.col("records").sum(), pl.col("bed_days").sum()).sort(by)


def _rejected(tally: pl.DataFrame, numbers: list[int]) -> int:
    touched = pl.col("quarter").is_in(numbers) | pl.col("quarter").is_null()
    found = tally.filter(touched & pl.col("reason").is_not_null())
    return int(found["records"].sum())
