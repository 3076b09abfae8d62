"""Very many people are counted in parts, each of whole people, so that memory does for any number.

Cells are sums over people, so the parts' cells add up to those of all. Files are read once for it:
what a comparison needs of a record is laid down as a few small numbers.
"""

from __future__ import annotations

from collections.abc import Sequence

import narwhals.stable.v2 as nw
import polars as pl

from remit.shift.effect.asked import Asked
from remit.shift.effect.codes import Codes
from remit.shift.effect.rows import BESIDE
from remit.shift.effect.source import Lazy, RecordSource

_PART = "part"
_SMALL = ("day", "who", "what", "died")
"""Numbers for which 32 bits do."""


def in_parts(
    source: RecordSource, rows: Lazy, codes: Codes, asked: Asked, *, beside: bool = False
) -> Sequence[Lazy]:
    """About so many rows at once as the rules say, of whole people; fewer are all in one.

    How many people there are is not asked before: to count them takes longer than the parts spare.

    Parameters
    ----------
    source
        The records.
    rows
        What :func:`~remit.shift.effect.rows.rows_of` gives.
    codes
        What stands in the records.
    asked
        The question.
    beside
        Whether :data:`~remit.shift.effect.rows.BESIDE` is laid down too, which takes longer.
    """
    number = -(-codes.people // asked.rules.records_at_once)
    if number <= 1:
        return [rows]
    rows = rows if beside else rows.drop(*BESIDE)
    parted = _by_number(rows, number) if _is_number(rows) else _by_end(source, rows, number)
    names = [one for one in _SMALL if one in rows.collect_schema().names()]
    small = parted.with_columns(nw.col(one).cast(nw.Int32) for one in names)
    wide = [nw.col(one).cast(nw.Int64) for one in names]
    return [one.with_columns(*wide) for one in source.parts(small, _PART, number)]


def _is_number(rows: Lazy) -> bool:
    return rows.collect_schema()["patient"].is_numeric()


def _by_number(rows: Lazy, number: int) -> Lazy:
    part = (nw.col("patient") % number).cast(nw.Int64).fill_null(0)
    return rows.with_columns(part.alias(_PART))


def _by_end(source: RecordSource, rows: Lazy, number: int) -> Lazy:
    """By the last two signs of a pseudonym: engines have no hash in common."""
    ended = rows.with_columns(nw.col("patient").str.slice(-2).alias("end"))
    counted = source.collect(ended.group_by("end").agg(nw.len().cast(nw.Int64).alias("records")))
    ends = counted.filter(pl.col("end").is_not_null()).sort("records", "end", descending=True)
    table = ends.select("end", (pl.int_range(pl.len(), dtype=pl.Int64) % number).alias(_PART))
    joined = ended.join(source.beside(table), on="end", how="left").drop("end")
    return joined.with_columns(nw.col(_PART).fill_null(0))
