"""Printed totals held against the sum of what they are totals of."""

from __future__ import annotations

import re
from collections.abc import Collection

import polars as pl

from remit.model.observation import TotalCheck

_PARTS = ("metric_id", "cut", "period_label")
_NO_SUMS = ("percent", "rate", "mean", "median", "score")


def total_checks(
    observations: pl.DataFrame,
    file_name: str,
    *,
    total: str = "england",
    parts: Collection[str] | None = None,
) -> tuple[TotalCheck, ...]:
    """Compare each printed total with the sum over the organisations.

    Parameters
    ----------
    observations
        Of one file, totals among them.
    total
        The kind of organisation whose figures are the totals.
    parts
        The kinds that are summed; by default all but England, regions and ICBs.

    Returns
    -------
    tuple of TotalCheck
        One for each total with a value whose measure can be summed and of which there are parts.
        A part without a value counts as nothing, so that what was not submitted shows as a
        difference.
    """
    summable = observations.filter(pl.col("value").is_not_null() & ~pl.col("unit").is_in(_NO_SUMS))
    kind = pl.col("org_kind")
    counted = kind.is_in(list(parts)) if parts else ~kind.is_in(["england", "region", "icb"])
    sums = summable.filter(counted).group_by(_PARTS).agg(pl.col("value").sum().alias("summed"))
    printed = summable.filter(kind == total).select(
        *_PARTS, "source_row", "source_column", pl.col("value").alias("printed")
    )
    joined = printed.join(sums, on=_PARTS, nulls_equal=True, how="inner", maintain_order="left")
    return tuple(_check(file_name, row) for row in joined.iter_rows(named=True))


def metrics_like(observations: pl.DataFrame, pattern: str) -> pl.Expr:
    """Whether an observation is of a metric whose whole name fits a regular expression."""
    names = observations["metric_id"].unique()
    return pl.col("metric_id").is_in([name for name in names if re.fullmatch(pattern, name)])


def _check(file_name: str, row: dict[str, object]) -> TotalCheck:
    name = " · ".join(str(row[part]) for part in _PARTS if row[part] is not None)
    return TotalCheck(
        file=file_name,
        line=int(str(row["source_row"])),
        column=str(row["source_column"]),
        name=name,
        printed=float(str(row["printed"])),
        summed=float(str(row["summed"])),
    )
