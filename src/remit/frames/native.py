"""The one way in from the frame that a user has, and out to it again."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import polars as pl

from remit.files.extras import need
from remit.model.errors import AssessmentError, RemitError

if TYPE_CHECKING:
    import narwhals.stable.v2 as nw

Back = Callable[[pl.DataFrame], Any]

_KINDS = (
    "a polars frame (lazy or not), a pandas frame, an Arrow table, a DuckDB relation, or another "
    "frame that narwhals knows"
)


def to_polars(native: Any) -> tuple[pl.DataFrame, Back]:
    """A frame as a polars one, and how to make a polars frame one of the user's kind.

    Parameters
    ----------
    native
        A polars or pandas frame, an Arrow table, a DuckDB relation or any frame that narwhals
        knows. A lazy frame comes back lazy, a relation as a relation on its own connection.

    Raises
    ------
    AssessmentError
        If the object is no frame, or cannot be read. What makes the frame again raises it where
        the kind cannot be given back.

    Examples
    --------
    >>> frame, back = to_polars(pl.LazyFrame({"value": [1.5]}))
    >>> frame.height, type(back(frame)).__name__
    (1, 'LazyFrame')
    """
    if isinstance(native, pl.DataFrame):
        return native, lambda frame: frame
    try:
        return _read(native)
    except RemitError:
        raise
    # A query runs only now, in whatever library it was written for, and fails as that library does.
    except Exception as error:
        said = _of_a_column(native) or (str(error).strip() or type(error).__name__).splitlines()[0]
        raise AssessmentError(f"the frame cannot be read: {said}") from error


def _of_a_column(native: Any) -> str:
    """Which column of a frame in memory cannot be read; empty where none is at fault."""
    if not type(native).__module__.startswith("pandas"):
        return ""
    names = list(native.columns)
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        return f"two columns are named {str(twice)!r}; give each a name of its own"
    for name in names:
        try:
            _read(native[[name]])
        except Exception:
            return (
                f"the column {str(name)!r} holds what is neither number, text nor day here, such "
                "as an infinite Decimal, a whole number of more than 18 digits or a mix of kinds"
            )
    return ""


def _read(native: Any) -> tuple[pl.DataFrame, Back]:
    if isinstance(native, pl.LazyFrame):
        return native.collect(), lambda frame: frame.lazy()
    import narwhals.stable.v2 as nw

    try:
        given = nw.from_native(native)
    except TypeError:
        raise AssessmentError(f"a {type(native).__name__} is no frame; give {_KINDS}") from None
    need("frames", "Frames of other libraries than polars")
    if isinstance(given, nw.LazyFrame):
        return given.collect().to_polars(), _lazily(native, given.implementation)
    backend = given.implementation
    return given.to_polars(), lambda frame: nw.from_arrow(frame, backend=backend).to_native()


def _lazily(native: Any, implementation: nw.Implementation) -> Back:
    """Frames that only stand for a query: back to where the one that was given lives."""
    import narwhals.stable.v2 as nw

    if implementation is nw.Implementation.DUCKDB:
        return lambda frame: _relation_beside(native, frame)
    session = getattr(native, "sparkSession", None) or getattr(native, "session", None)

    def back(frame: pl.DataFrame) -> Any:
        arrow = nw.from_native(frame.to_arrow(), eager_only=True)
        try:
            return arrow.lazy(backend=implementation, session=session).to_native()
        except (TypeError, ValueError, NotImplementedError) as error:
            raise AssessmentError(
                f"the result cannot be given back as a frame of {implementation.value}: {error}; "
                "collect the frame into polars, pandas or Arrow first"
            ) from None

    return back


def _relation_beside(given: Any, frame: pl.DataFrame) -> Any:
    """A frame as a relation on the connection of another one, which joins with it."""
    import duckdb

    # DuckDB finds this variable by its name; the relation keeps what it stands for alive.
    remit_gives_back = frame.to_arrow()
    try:
        made = given.query("remit", "SELECT * FROM remit_gives_back")
        return made.set_alias(f"remit_{secrets.token_hex(4)}")
    except duckdb.CatalogException:
        del remit_gives_back
        raise AssessmentError(
            "the result cannot be given back as a relation on this DuckDB connection, which takes "
            "in no frames (enable_external_access or python_enable_replacements is off); give the "
            "relation as an Arrow table or a polars frame (relation.pl())"
        ) from None
