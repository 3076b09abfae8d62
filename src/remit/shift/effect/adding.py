"""The sums of parts of the people added up: one whole number a row says which rows belong together.

Rows are told apart by a dozen small numbers. To sort and to group by these takes much longer than
by one number that is made of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import polars as pl
from numpy.typing import NDArray

Whole = NDArray[np.int64]
_SMALL = 8_191
"""Four such numbers add up to one that 16 bits hold."""
_MOST = 2**63 - 1


def narrow(table: pl.DataFrame) -> pl.DataFrame:
    """The same whole numbers, in 16 bits where all of a column are small.

    There is a cell for every other person or so: 280,000 cells took 29 megabytes instead of 96.
    Sums widen in polars and numpy; whoever multiplies columns widens them before.

    >>> narrow(pl.DataFrame({"few": [3, 8191], "many": [3, 8192]})).dtypes
    [Int16, Int64]
    """
    return table.with_columns(map(_narrow, table.get_columns()))


def _narrow(one: pl.Series) -> pl.Series:
    small = one.dtype == pl.Int64 and bool((one.abs() <= _SMALL).all())
    return one.cast(pl.Int16) if small else one


def added(tables: Iterable[pl.DataFrame], keys: Sequence[str]) -> pl.DataFrame:
    """The sums of all parts, sorted by what tells their rows apart.

    Parameters
    ----------
    tables
        The parts: whole numbers, in any order.
    keys
        The columns that tell rows apart; all others are sums.

    Examples
    --------
    >>> halves = [pl.DataFrame({"arm": [1, 0], "n": [2, 3]}), pl.DataFrame({"arm": [1], "n": [4]})]
    >>> added(halves, ["arm"]).rows()
    [(0, 3), (1, 6)]
    """
    found = list(tables)
    place = _place(found, keys)
    if place is None:
        together = pl.concat(found, how="vertical_relaxed")
        return narrow(together.group_by(keys).agg(pl.all().cast(pl.Int64).sum()).sort(keys))
    order = np.argsort(place, kind="stable")
    begins = np.flatnonzero(np.diff(place[order], prepend=-1))
    # One column after another, each let go of: all at once took another gigabyte for 5 million
    # people.
    sums = []
    for name in found[0].columns:
        rows = _joined(found, name)[order]
        found = [one.drop(name) for one in found]
        sums.append(_narrow(pl.Series(name, _added(rows, begins, name in keys))))
    return pl.DataFrame(sums)


def _added(rows: Whole, begins: Whole, alike: bool) -> Whole:
    """The sum of each run of rows; of a key, which is the same in a run, the first."""
    return rows[begins] if alike else np.add.reduceat(rows, begins)


def _joined(found: Sequence[pl.DataFrame], name: str) -> Whole:
    return np.concatenate([one[name].to_numpy().astype(np.int64) for one in found])


def _place(found: Sequence[pl.DataFrame], keys: Sequence[str]) -> Whole | None:
    """One number for all keys, in their order; none if one is blank, or 64 bits do not hold it."""
    blank = any(one.null_count().sum_horizontal().item() for one in found)
    if blank or not sum(map(len, found)):
        return None
    place, size = np.zeros(sum(map(len, found)), dtype=np.int64), 1
    for key in keys:
        numbers = _joined(found, key)
        kinds = int(numbers.max()) - int(numbers.min()) + 1
        size *= kinds
        if size > _MOST:
            return None
        place = place * kinds + (numbers - numbers.min())
    return place
