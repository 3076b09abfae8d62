"""Quarters as whole numbers, and the calendar that gives each day its own: no label is built."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Final

import polars as pl

from remit.model.errors import ActivityError
from remit.model.period import parse_quarter, quarter, today

FIRST_DAY: Final = date(2000, 4, 1)
"""Records of before are taken for a fault: no national set of records of activity is older."""

_FIRST_MONTH: Final = 4


def quarter_number(label: str) -> int:
    """The whole number of a quarter; those of one year and the next follow each other.

    Raises
    ------
    ActivityError
        If it is no quarter.

    >>> quarter_number("2024/25 Q1") + 4 == quarter_number("2025/26 Q1")
    True
    """
    found = parse_quarter(label)
    if found is None:
        raise ActivityError(f"a quarter is written as 2024/25 Q1; got {label!r}")
    return quarter_number_of(found.start)


def quarter_number_of(day: date) -> int:
    """The whole number of the quarter that a day lies in.

    >>> quarter_number_of(date(2024, 4, 1)) == quarter_number("2024/25 Q1")
    True
    """
    months = day.year * 12 + day.month - _FIRST_MONTH
    return months // 3


@cache
def quarter_label(number: int) -> str:
    """The quarter as it is written.

    >>> quarter_label(quarter_number("2024/25 Q4"))
    '2024/25 Q4'
    """
    year, index = divmod(number, 4)
    return quarter(year, index + 1).label


def calendar(last: date | None = None) -> pl.DataFrame:
    """Each day from :data:`FIRST_DAY`, as it is written, with the number of its quarter.

    Parameters
    ----------
    last
        The last day; without it today's: what is not over has no records.

    Examples
    --------
    >>> calendar(date(2000, 4, 2))["quarter"].to_list()
    [8000, 8000]
    """
    days = pl.date_range(FIRST_DAY, last or today(), eager=True)
    numbers = [quarter_number_of(day) for day in days.to_list()]
    found = pl.DataFrame({"date": days, "quarter": pl.Series(numbers, dtype=pl.Int64)})
    return found.with_columns(pl.col("date").dt.to_string("%Y-%m-%d").alias("written"))
