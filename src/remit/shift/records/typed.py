"""Records in the types of the contract, whatever their files hold, with the reason beside them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import narwhals.stable.v2 as nw
import polars as pl

from remit.engine import FILE
from remit.model.errors import ActivityError
from remit.shift.records.columns import DIED_ON, RECORD_COLUMNS
from remit.shift.records.cubes import Lazy
from remit.shift.records.reasons import RAW, reason

_WHOLE: Final = r"^-?[0-9]{1,18}$"
_KINDS: Final = {**RECORD_COLUMNS, DIED_ON: "date"}

Schema = Mapping[str, pl.DataType]


def check_columns(schema: Schema, where: object) -> None:
    """See to it that all columns of the contract are there, of types that can be used.

    Parameters
    ----------
    schema
        The columns of the files.
    where
        What the message names as the place.

    Raises
    ------
    ActivityError
        If one is missing or of another kind; the message says which, and the remedy.
    """
    if missing := [name for name in RECORD_COLUMNS if name not in schema]:
        raise ActivityError(
            f"{where}: there is no column {missing[0]!r}"
            + (f" (nor {', '.join(missing[1:])})" if missing[1:] else "")
            + "; a file of --mapping says in which column it stands, or what holds for all"
        )
    for name, kind in _KINDS.items():
        if name in schema and (fault := _fault(kind, schema[name])):
            raise ActivityError(f"{where}: the column {name!r} {fault}")


def _fault(kind: str, found: pl.DataType) -> str:
    if found in {pl.String, pl.Null}:
        return ""
    is_whole = found.is_integer() or (isinstance(found, pl.Decimal) and found.scale == 0)
    if kind == "date" and found != pl.Date:
        return f"is of the type {found}; write the day alone, as a date"
    if kind == "integer" and not is_whole:
        remedy = "; write money in whole pence" if found.is_float() else ""
        return f"is of the type {found}, and no whole number{remedy}"
    if kind == "text":
        return f"is of the type {found}; write it as text"
    if kind == "integer or text" and not is_whole:
        return f"is of the type {found}; write it as a whole number or as text"
    return ""


def typed(
    frame: Lazy,
    schema: Schema,
    days: Lazy,
    keep: Sequence[str] = (FILE,),
    *,
    blank: bool = False,
    dated: bool = False,
) -> Lazy:
    """The columns of the contract, the number of the quarter, and the reason of a rejection.

    Parameters
    ----------
    frame
        The rows of files.
    schema
        Their columns, which :func:`check_columns` has passed.
    days
        The calendar: ``date``, ``quarter`` and ``written``.
    keep
        Columns that stay as they are.
    blank
        Whether an empty text is no value, as in CSV, where engines differ in that.
    dated
        Whether only records of a day that is in the calendar are wanted.
    """
    known = {name: kind for name, kind in _KINDS.items() if name in schema}
    texts = frozenset(
        name
        for name, kind in known.items()
        if kind in {"date", "integer"} and schema[name] == pl.String
    )
    columns = [
        _nothing(name, kind)
        if schema[name] == pl.Null
        else _column(name, kind, texts, blank=blank and schema[name] == pl.String)
        for name, kind in known.items()
    ]
    found = frame.select(*columns, *(_text(name).alias(RAW + name) for name in texts), *keep)
    for name in [one for one in ("date", DIED_ON) if one in texts]:
        found = _with_day(found, name, days)
    found = found.join(days.select("date", "quarter"), on="date", how="inner" if dated else "left")
    words = frozenset(name for name in known if schema[name] == pl.String) - texts
    return found.with_columns(reason(texts, words, died=DIED_ON in known).alias("reason"))


def _nothing(name: str, kind: str) -> nw.Expr:
    """A column without any value, of which a file says no kind."""
    nothing = nw.lit(None)
    if kind == "integer":
        return nothing.cast(nw.Int64).alias(name)
    return nothing.cast(nw.Date if kind == "date" else nw.String).alias(name)


def _column(name: str, kind: str, texts: frozenset[str], *, blank: bool) -> nw.Expr:
    if kind == "integer":
        if name in texts:
            text = _text(name)
            # Only what is a whole number is cast: engines end at one that is not.
            return nw.when(text.str.contains(_WHOLE)).then(text).cast(nw.Int64).alias(name)
        return nw.col(name).cast(nw.Int64)
    if kind == "date":
        return _text(name) if name in texts else nw.col(name)
    return _text(name) if blank else nw.col(name)


def _text(name: str) -> nw.Expr:
    """A column of text in which an empty cell is null."""
    return nw.when(nw.col(name) != "").then(nw.col(name)).alias(name)


def _with_day(frame: Lazy, name: str, days: Lazy) -> Lazy:
    """A text becomes the day that is written so: no engine is asked to read it as one."""
    written = days.select(nw.col("date").alias("day"), nw.col("written").alias(name))
    joined = frame.join(written, on=name, how="left")
    return joined.drop(name).rename({"day": name})
