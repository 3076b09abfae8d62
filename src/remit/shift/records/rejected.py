"""What was rejected and why, with examples that can be found again in their files."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import narwhals.stable.v2 as nw
import polars as pl
from polars import selectors as cs

from remit.shift.records.activity import Activity
from remit.shift.records.quarters import calendar
from remit.shift.records.reasons import REASONS

EXAMPLES: Final = 3
"""How many rows are named for each reason and file."""

_SCHEMA: Final = {
    "reason": pl.String,
    "meaning": pl.String,
    "file": pl.String,
    "records": pl.Int64,
    "rows": pl.String,
}


def rejections(activity: Activity) -> pl.DataFrame:
    """One row for each reason and file: how many records, and where the first of them stand.

    In a CSV file row 1 is that of the headings, as in a spreadsheet; in a Parquet file the first
    record.
    """
    found = activity.tally.filter(pl.col("reason").is_not_null())
    counted = found.group_by("reason", "file").agg(pl.col("records").sum())
    rows = []
    for file in sorted(counted["file"].unique().to_list()):
        places = _places(activity, Path(file))
        here = {name: n for name, at, n in counted.rows() if at == file}
        rows += [
            (name, REASONS[name], file, here[name], places.get(name, ""))
            for name in REASONS
            if name in here
        ]
    table = pl.DataFrame(rows, schema=_SCHEMA, orient="row")
    order = {name: number for number, name in enumerate(REASONS)}
    return table.sort(pl.col("reason").replace_strict(order, return_dtype=pl.Int64), "file")


def _places(activity: Activity, file: Path) -> dict[str, str]:
    """The first rows of each reason, found by reading the file once more, in its order.

    The engines keep no order, and Spark numbers no rows; the very same expressions run here.
    """
    is_csv = file.suffix.lower() == ".csv"
    days = nw.from_native(calendar().lazy())
    rows = nw.from_native(_rows(file, is_csv=is_csv))
    found = activity.typed(rows, days, ("row",)).select("row", "reason")
    first = (
        found.to_native()
        .filter(pl.col("reason").is_not_null())
        .group_by("reason")
        .agg(pl.col("row").bottom_k(EXAMPLES).sort())
        .collect(engine="streaming")
    )
    offset = 2 if is_csv else 1
    return {
        name: ", ".join(str(row + offset) for row in found_rows)
        for name, found_rows in first.rows()
    }


def _rows(file: Path, *, is_csv: bool) -> pl.LazyFrame:
    if is_csv:
        return pl.scan_csv(file, infer_schema=False, row_index_name="row", glob=False)
    rows = pl.scan_parquet(file, row_index_name="row", glob=False, hive_partitioning=False)
    return rows.with_columns(cs.categorical().cast(pl.String), cs.enum().cast(pl.String))
