"""Sums over groups of many short rows: sorted once and added up group by group, in one order.

Days of a year make a million groups of a few rows each. Adding them up in the order of the rows
is several times as fast as finding each group by its hash, and the last digit of a sum does not
depend on which thread was first.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import prod
from typing import Any

import numpy as np
import polars as pl

_MOST = 2**62

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
        found: Numbers = add.reduceat(given.to_numpy()[self._order], self._starts)
        return found


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
