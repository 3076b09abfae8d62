"""What a column of a user's frame holds: numbers and days, told alike at every door."""

from __future__ import annotations

import polars as pl

from remit.files.numbers import LARGEST
from remit.model.errors import AssessmentError
from remit.model.period import LONDON


def as_numbers(frame: pl.DataFrame, name: str) -> pl.Series:
    """A column as floats, whatever kind of number it holds; NaN is none.

    A DECIMAL of a database is divided by rules of its own (75 / 100 is 1 where neither has a
    decimal place), so that it is never reckoned with as it came.

    Raises
    ------
    AssessmentError
        If it holds no numbers.

    Examples
    --------
    >>> from decimal import Decimal
    >>> as_numbers(pl.DataFrame({"beds": [Decimal("1.5"), None]}), "beds").to_list()
    [1.5, None]
    """
    column = frame[name]
    if not (column.dtype.is_numeric() or column.dtype == pl.Null):
        raise AssessmentError(
            f"the column {name!r} is of type {column.dtype}; it must hold numbers"
        )
    return column.cast(pl.Float64).fill_nan(None)


def impossible(values: pl.Series) -> pl.Series:
    """Whether each value is none that a figure can have: infinite, or larger than any.

    >>> impossible(pl.Series([1.0, float("inf"), 1e15, None])).to_list()
    [False, True, True, False]
    """
    return (values.abs() > LARGEST).fill_null(value=False)


def why_impossible(value: float) -> str:
    """What is wrong with such a value.

    >>> why_impossible(float("inf"))
    'an infinite value is no figure'
    """
    if abs(value) == float("inf"):
        return "an infinite value is no figure"
    return f"{value:g} is larger than any figure ({LARGEST:,.0f})"


def as_moments(frame: pl.DataFrame, name: str) -> pl.Series:
    """A column of days or moments; those that know their time zone are told as in London.

    Midnight of 1 August in London is 23:00 of 31 July in UTC, which is how databases give it.
    Where the day tells such moments apart, they are days.

    Examples
    --------
    >>> from datetime import UTC, datetime
    >>> frame = pl.DataFrame({"month": [datetime(2025, 7, 31, 23, tzinfo=UTC)]})
    >>> as_moments(frame, "month").to_list()
    [datetime.date(2025, 8, 1)]
    """
    column = frame[name]
    if not (isinstance(column.dtype, pl.Datetime) and column.dtype.time_zone):
        return column
    there = column.dt.convert_time_zone(LONDON)
    days = there.dt.date()
    return days if days.n_unique() == there.n_unique() else there


def days_of(moments: pl.Series) -> pl.Series:
    """The day of each moment, in the zone that it is told in (a cast would take that of UTC)."""
    return moments.dt.date() if isinstance(moments.dtype, pl.Datetime) else moments.cast(pl.Date)
