"""Columns of a frame as the arrays that the laws take, and back: null is NaN."""

from __future__ import annotations

import numpy as np
import polars as pl

from remit.assessment.scoring.laws.arrays import Flags, Floats, Integers


def floats(frame: pl.DataFrame, name: str) -> Floats:
    """A column of numbers; null as NaN."""
    return frame[name].cast(pl.Float64).to_numpy()


def flags(frame: pl.DataFrame, holds: pl.Expr) -> Flags:
    """Whether something holds for each row; not so where it is not known."""
    return frame.select(holds.fill_null(value=False)).to_series().to_numpy()


def numbers(frame: pl.DataFrame, name: str) -> Integers:
    """A column of names as numbers from 0, equal ones alike."""
    return np.unique(frame[name].fill_null("").to_numpy(), return_inverse=True)[1]


def column(name: str, values: Floats, dtype: type[pl.DataType] = pl.Float64) -> pl.Series:
    """An array as a column; NaN as null."""
    return pl.Series(name, values, dtype=pl.Float64, nan_to_null=True).cast(dtype)
