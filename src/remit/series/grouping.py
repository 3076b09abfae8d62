"""Sums over groups of many short rows: sorted once and added up group by group, exactly.

Days of a year make a million groups of a few rows each. Adding them up in the order of the rows
is several times as fast as finding each group by its hash. A sum is rounded once, from the exact
one: its last digit depends neither on the order of the rows nor on which thread was first.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import fsum, prod
from typing import Any

import numpy as np
import polars as pl

_MOST = 2**62
_MOST_WHOLE = 2.0**53
"""Up to this every whole number is a float."""

Numbers = np.ndarray[Any, np.dtype[Any]]


class Grouped:
    """Rows by what they have in common.

    Parameters
    ----------
    rows
        Any frame.
    by
        The columns that rows of one group have in common: days, and names that are numbers
        (``Enum``).

    Examples
    --------
    >>> frame = pl.DataFrame({"of": ["a", "b", "a"], "n": [1.0, 2.0, 4.0]})
    >>> grouped = Grouped(frame.cast({"of": pl.Enum(["a", "b"])}), ["of"])
    >>> grouped.first("of").with_columns(grouped.sums("n"))["n"].to_list()
    [5.0, 2.0]
    """

    def __init__(self, rows: pl.DataFrame, by: Sequence[str]) -> None:
        key = _key(rows.select(by)).to_numpy()
        self._rows = rows
        self._order = np.argsort(key, kind="stable")
        ordered = key[self._order]
        begins = np.ones(len(ordered), dtype=bool)
        begins[1:] = ordered[1:] != ordered[:-1]
        self._starts = np.flatnonzero(begins)

    def first(self, *columns: str) -> pl.DataFrame:
        """The first row of each group."""
        return self._rows.select(columns)[self._order[self._starts]]

    def last(self, column: str) -> pl.Series:
        """The last value of each group."""
        ends = np.append(self._starts, len(self._order))[1:] - 1
        return self._rows[column].gather(self._order[ends])

    def sums(self, *columns: str) -> list[pl.Series]:
        """The sums of columns; of one that says yes or no, how often it says yes."""
        return [pl.Series(name, self._by_group(np.add, name)) for name in columns]

    def least(self, column: str) -> pl.Series:
        """The smallest number of each group; null where it has none."""
        most = self._rows[column].dtype.max()  # type: ignore[attr-defined]
        found = self._by_group(np.minimum, column, fill=pl.select(most).item())
        return pl.Series(column, found).replace(pl.select(most).item(), None)

    def _by_group(self, add: np.ufunc, column: str, fill: int | None = None) -> Numbers:
        values = self._rows[column]
        if values.dtype == pl.Boolean:
            values = values.cast(pl.Int64)
        given = values if fill is None else values.fill_null(fill)
        if not len(self._starts):
            return given.to_numpy()
        ordered = given.to_numpy()[self._order]
        if add is np.add and values.dtype.is_float():
            return _exactly(ordered, self._starts)
        found: Numbers = add.reduceat(ordered, self._starts)
        return found


def with_exact_sums(frame: pl.DataFrame, *columns: str) -> pl.DataFrame:
    """Lists of floats in columns of a frame, each in its place as its exact sum.

    Parameters
    ----------
    frame
        What ``group_by(…).agg(pl.col("n").drop_nulls())`` makes.
    columns
        Those of lists.

    Examples
    --------
    ``with_exact_sums(rows.group_by("area").agg(pl.col("n").drop_nulls()), "n")``
    """
    return frame.with_columns(exact_sums(frame[column]) for column in columns)


def exact_sums(lists: pl.Series) -> pl.Series:
    """The sum of each list of floats, whatever the order of its numbers; of an empty one 0.

    Parameters
    ----------
    lists
        Lists without nulls, as ``group_by(…).agg(pl.col("n"))`` makes them.

    Examples
    --------
    >>> exact_sums(pl.Series("n", [[0.1, 0.2, 0.3], [0.3, 0.2, 0.1]])).to_list()
    [0.6, 0.6]
    """
    lengths = lists.list.len().to_numpy()
    found = np.zeros(len(lengths))
    some = lengths > 0
    if some.any():
        ends = lengths[some].astype(np.int64).cumsum()
        numbers = lists.explode().drop_nulls().cast(pl.Float64).to_numpy()
        found[some] = _exactly(numbers, np.append(0, ends[:-1]))
    return pl.Series(lists.name, found)


def _exactly(numbers: Numbers, starts: Numbers) -> Numbers:
    """The sums of stretches of numbers, each rounded once.

    Of whole numbers that a float holds, and of two numbers, the plain sum is the exact one.
    """
    with np.errstate(invalid="ignore"):
        sums: Numbers = np.add.reduceat(numbers, starts)
    ends = np.append(starts[1:], len(numbers))
    # An upper bound of every sum on the way: beyond 2 to the 53rd whole numbers are rounded too.
    large = np.add.reduceat(np.abs(numbers), starts) > _MOST_WHOLE
    parted = np.add.reduceat((numbers != np.rint(numbers)).astype(np.int64), starts) > 0
    inexact = (ends - starts > 2) & (parted | large) & np.isfinite(sums)
    for place in np.flatnonzero(inexact):
        sums[place] = fsum(numbers[starts[place] : ends[place]].tolist())
    return sums


def _key(columns: pl.DataFrame) -> pl.Series:
    """One number for each row, the same for rows that agree."""
    codes = [column.to_physical().cast(pl.Int64) for column in columns]
    least = [int(code.min() or 0) for code in codes]  # type: ignore[arg-type]
    sizes = [
        int(code.max() or 0) - low + 1  # type: ignore[arg-type]
        for code, low in zip(codes, least, strict=True)
    ]
    if prod(sizes) > _MOST:
        return columns.select(pl.struct(pl.all()).rank("dense")).to_series().cast(pl.Int64)
    key = pl.zeros(columns.height, pl.Int64, eager=True)
    for code, low, size in zip(codes, least, sizes, strict=True):
        key = key * size + (code - low)
    return key
