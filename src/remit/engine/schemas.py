"""Columns of files and their types, before an engine reads a row; what would bite is refused."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path

import polars as pl

from remit.engine.reading import FILE
from remit.model.errors import ActivityError

Schema = Mapping[str, pl.DataType]


def schema_of(files: Sequence[Path], *, spark: bool, only: Sequence[str] | None = None) -> Schema:
    """The columns that all files have, with their types.

    Parameters
    ----------
    files
        Parquet files, or CSV files: of these every column is text.
    spark
        Whether Spark will read them: it reads no file with a time of nanoseconds in it.
    only
        The columns that will be used; of others it does not matter what they hold.

    Raises
    ------
    ActivityError
        If a file cannot be read, has times that mean another day elsewhere, or if files differ.
    """
    first: Schema = {}
    heads: list[str] = []
    for file in files:
        found = _one(file)
        heads = heads or list(found)
        if is_csv(file) and list(found) != heads:
            _refuse_other_order(files[0], heads, file, found)
        _refuse_our_name(file, found)
        _refuse_nearly(file, found, only)
        if spark:
            _refuse_nanoseconds(file, found)
        used = {name: kind for name, kind in found.items() if only is None or name in only}
        for name, kind in used.items():
            _refuse_zoned(file, name, kind)
        first = first or used
        _refuse_different(files[0], first, file, used)
    return first


_OTHER_COMMAS = {";": "';'", "\t": "tabs", "|": "'|'"}


def is_csv(file: Path) -> bool:
    """Whether a file is a CSV file, by its name."""
    return file.suffix.lower() == ".csv"


def _one(file: Path) -> dict[str, pl.DataType]:
    try:
        if is_csv(file):
            return {name: pl.String() for name in _heads(file)}
        with file.open("rb") as opened:  # of a path, polars would take a star for a pattern
            found = pl.read_parquet_schema(opened)
        return {name: _instance(kind) for name, kind in found.items()}
    except UnicodeDecodeError:
        raise ActivityError(
            f"{file}: this file is not UTF-8 text; save it as CSV UTF-8, or as Parquet"
        ) from None
    except (pl.exceptions.PolarsError, OSError, csv.Error) as error:
        said = str(error).split("\n", 1)[0]
        raise ActivityError(f"{file}: this file cannot be read: {said}") from None


def _instance(kind: pl.DataType | type[pl.DataType]) -> pl.DataType:
    found = kind() if isinstance(kind, type) else kind
    # Categories are words that polars keeps as numbers; engines read the words.
    return pl.String() if isinstance(found, (pl.Categorical, pl.Enum)) else found


def _heads(file: Path) -> list[str]:
    with file.open(encoding="utf-8-sig", newline="") as lines:
        heads = next(csv.reader(lines), [])
    if not any(heads):
        raise ActivityError(f"{file}: the first line names no columns")
    if len(heads) == 1 and (parted := [one for one in _OTHER_COMMAS if one in heads[0]]):
        raise ActivityError(
            f"{file}: its fields are parted by {_OTHER_COMMAS[parted[0]]}; write it with commas"
        )
    if "" in heads:
        raise ActivityError(
            f"{file}, line 1: field {heads.index('') + 1} has no name; name it, or take it away in "
            "every line"
        )
    if twice := sorted({name for name in heads if heads.count(name) > 1}):
        raise ActivityError(f"{file}, line 1: the column {twice[0]!r} is there more than once")
    return heads


def _refuse_nanoseconds(file: Path, found: Schema) -> None:
    for name, kind in found.items():
        if kind == pl.Time or (isinstance(kind, pl.Datetime) and kind.time_unit == "ns"):
            raise ActivityError(
                f"{file}: the column {name!r} holds times in nanoseconds, and Spark reads no file "
                "with such a column; write it as a date, or in microseconds, or use --engine duckdb"
            )


def _refuse_nearly(file: Path, found: Schema, only: Sequence[str] | None) -> None:
    """A name in other letters, which would be passed over, or which engines take for the same."""
    where = f"{file}, line 1" if is_csv(file) else str(file)
    known: dict[str, str] = {}
    for name in found:
        other = known.setdefault(name.casefold(), name)
        if other != name and (is_csv(file) or only is None or {name, other} & set(only)):
            raise ActivityError(
                f"{where}: the columns {other!r} and {name!r} differ in case alone; rename one"
            )
    for name in found:
        meant = name.strip().casefold()
        if only is not None and name not in only and meant in only and meant not in found:
            raise ActivityError(
                f"{where}: the column {name!r} is there; write its name in small letters and "
                f"without spaces about it, {meant!r}"
            )


def _refuse_our_name(file: Path, found: Schema) -> None:
    for name in found:
        if name.casefold() == FILE:
            raise ActivityError(
                f"{file}: the column {name!r} has a name that Remit needs for itself; rename it, "
                "or leave it out"
            )


def _refuse_zoned(file: Path, name: str, kind: pl.DataType) -> None:
    if isinstance(kind, pl.Datetime) and kind.time_zone is not None:
        raise ActivityError(
            f"{file}: the column {name!r} holds moments with a time zone ({kind.time_zone}); the "
            "same record would lie in another quarter by another clock. Write the day of London "
            "as a date"
        )


def _refuse_other_order(one: Path, heads: Sequence[str], other: Path, found: Schema) -> None:
    """Engines read the fields of several CSV files by their place, and not by their name."""
    if set(found) == set(heads):
        raise ActivityError(
            f"{other}, line 1: the columns are those of {one}, in another order; of CSV files "
            "fields go by their place, so write both alike, or as Parquet"
        )
    odd = sorted(set(found) ^ set(heads))[0]
    has, lacks = (one, other) if odd in heads else (other, one)
    raise ActivityError(
        f"{lacks}: the column {odd!r} is not in this file, but in {has}; CSV files of one table "
        "have the same columns in the same order"
    )


def _refuse_different(one: Path, first: Schema, other: Path, found: Schema) -> None:
    for name in {**first, **found}:
        if name not in first or name not in found:
            has, lacks = (one, other) if name in first else (other, one)
            raise ActivityError(
                f"{lacks}: the column {name!r} is not in this file, but in {has}; files of one "
                "table have the same columns"
            )
        if first[name] != found[name]:
            raise ActivityError(
                f"{other}: the column {name!r} is {found[name]} here and {first[name]} in {one}; "
                "write both alike"
            )
