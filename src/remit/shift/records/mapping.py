"""A file of one's own, or a national set, becomes the table of the contract."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

import narwhals.stable.v2 as nw
import polars as pl

from remit.catalogue import declared
from remit.model.activity_mapping import ActivityMapping, MappedColumn
from remit.model.errors import ActivityError, DeclarationError
from remit.shift.records.columns import DIED_ON, RECORD_COLUMNS
from remit.shift.records.cubes import Lazy

Schema = Mapping[str, pl.DataType]

_SCHEMA: Final = "remit/activity-mapping/1"
_ALL: Final = (*RECORD_COLUMNS, DIED_ON)
_AGE: Final = r"^[0-9]{1,3}$"


def known_mappings() -> dict[str, ActivityMapping]:
    """The mappings of national sets that come with Remit, by their identifiers."""
    files = [one for one in declared.packaged("shift") if one.data.get("schema") == _SCHEMA]
    found = [one.validate(ActivityMapping) for one in files]
    return {one.id: one for one in found}


def load_mapping(name: str) -> ActivityMapping:
    """One of Remit's mappings by its identifier, or one in a file of the user's own.

    Raises
    ------
    DeclarationError
        If it is neither, or the file is faulty.

    Examples
    --------
    >>> load_mapping("apc").verified
    False
    """
    known = known_mappings()
    if name in known:
        return known[name]
    path = Path(name)
    if path.suffix not in {".yaml", ".yml"} and not path.is_file():
        raise DeclarationError(
            f"--mapping takes one of {', '.join(known)}, or a YAML file; got {name!r}"
        )
    found = declared.read(path)
    mapping = found.validate(ActivityMapping)
    if strange := [one for one in mapping.columns if one not in _ALL]:
        raise DeclarationError(
            found.fault(("columns", strange[0]), f"is no column of records: {', '.join(_ALL)}")
        )
    return mapping


def mapping_caution(mapping: ActivityMapping | None) -> str:
    """What is to be said of a mapping that nobody has verified; blank of any other.

    >>> mapping_caution(None)
    ''
    """
    if mapping is None or mapping.verified:
        return ""
    return (
        f"The mapping {mapping.id!r} was written from memory and is not verified: compare it "
        f"with the specification of the set ({mapping.source.title})."
    )


def columns_used(mapping: ActivityMapping | None) -> list[str]:
    """The columns of the files that are used."""
    if mapping is None:
        return list(_ALL)
    named = {one.column for one in mapping.columns.values() if one.column is not None}
    return sorted(named | {one for one in _ALL if one not in mapping.columns})


def mapped_schema(
    schema: Schema, mapping: ActivityMapping, where: object
) -> dict[str, pl.DataType]:
    """The types of the columns of the contract that a mapping gives.

    Raises
    ------
    ActivityError
        If the files have not a column that the mapping names.
    """
    found: dict[str, pl.DataType] = {}
    for name in _ALL:
        one = mapping.columns.get(name)
        if one is not None:
            found[name] = _kind(one, schema, f"{where}: the mapping {mapping.id!r}")
        elif name in schema:
            found[name] = schema[name]
    return found


def mapped(frame: Lazy, schema: Schema, mapping: ActivityMapping, keep: Sequence[str]) -> Lazy:
    """The columns of the contract, made as a mapping says.

    Parameters
    ----------
    frame
        The rows of files.
    schema
        Their columns.
    mapping
        Where each column comes from.
    keep
        Columns that stay as they are.
    """
    columns = []
    for name in _ALL:
        one = mapping.columns.get(name)
        if one is not None:
            columns.append(_expression(one, schema).alias(name))
        elif name in schema:
            columns.append(nw.col(name))
    return frame.select(*columns, *keep)


def _kind(one: MappedColumn, schema: Schema, where: str) -> pl.DataType:
    if one.column is None:
        return _of(one.value)
    if one.column not in schema:
        raise ActivityError(f"{where} takes the column {one.column!r}, which is not there")
    if one.values:
        return _of(next(iter(one.values.values())))
    return pl.String() if one.bands else schema[one.column]


def _of(value: int | str | None) -> pl.DataType:
    return pl.Int64() if isinstance(value, int) else pl.String()


def _expression(one: MappedColumn, schema: Schema) -> nw.Expr:
    if one.column is None:
        return _literal(one.value)
    column = nw.col(one.column)
    is_text = schema[one.column] == pl.String
    if one.values:
        return _by_code(column if is_text else column.cast(nw.String), one)
    return _banded(column, one.bands, is_text) if one.bands else column


def _by_code(code: nw.Expr, one: MappedColumn) -> nw.Expr:
    """What each code means; what is empty stays so."""
    found: nw.Expr = nw.when(~code.is_null()).then(_literal(one.otherwise))
    for written, meaning in reversed(one.values.items()):
        found = nw.when(code == written).then(_literal(meaning)).otherwise(found)
    return found


def _banded(column: nw.Expr, starts: Sequence[int], is_text: bool) -> nw.Expr:
    """The band of an age, ``65-69`` or ``85+``; what is no age has none."""
    age = nw.when(column.str.contains(_AGE)).then(column).cast(nw.Int64) if is_text else column
    ends = [*(start - 1 for start in starts[1:]), None]
    return nw.coalesce(
        *(
            nw.when(age.is_between(start, 999 if end is None else end)).then(
                nw.lit(f"{start}+" if end is None else f"{start}-{end}")
            )
            for start, end in zip(starts, ends, strict=True)
        )
    )


def _literal(value: int | str | None) -> nw.Expr:
    if value is None:
        return nw.lit(None)
    return nw.lit(value, nw.Int64 if isinstance(value, int) else nw.String)
