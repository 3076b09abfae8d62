"""From the frame that a user has to polars, and back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import polars as pl

from remit.model.errors import AssessmentError

Back = Callable[[pl.DataFrame], Any]


def to_polars(native: Any) -> tuple[pl.DataFrame, Back]:
    """A frame as a polars one, and how to make a polars frame one of the user's kind.

    Parameters
    ----------
    native
        A polars or pandas frame, an Arrow table, a DuckDB relation or any frame that narwhals
        knows. A lazy polars frame comes back lazy, a relation as a relation.

    Raises
    ------
    AssessmentError
        If the object is no frame.
    """
    if isinstance(native, pl.DataFrame):
        return native, lambda frame: frame
    if isinstance(native, pl.LazyFrame):
        return native.collect(), lambda frame: frame.lazy()
    import narwhals.stable.v2 as nw

    try:
        given = nw.from_native(native)
    except TypeError:
        raise AssessmentError(
            f"a {type(native).__name__} is no frame; give a polars or pandas frame, an Arrow table "
            "or a DuckDB relation"
        ) from None
    if isinstance(given, nw.LazyFrame):
        return given.collect().to_polars(), _lazily(given.implementation)
    backend = given.implementation
    return given.to_polars(), lambda frame: nw.from_arrow(frame, backend=backend).to_native()


def _lazily(implementation: Any) -> Back:
    import narwhals.stable.v2 as nw

    if implementation is nw.Implementation.DUCKDB:
        import duckdb

        return lambda frame: duckdb.from_arrow(frame.to_arrow())
    return lambda frame: frame.to_arrow()
