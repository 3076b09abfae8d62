"""Organisations that stand in a file in parts: each part is kept, and so is their whole."""

from __future__ import annotations

import polars as pl

SUMMED = " (sum of the parts)"


def whole_of_parts(observations: pl.DataFrame) -> pl.DataFrame:
    """The sum of each organisation's parts, which are the figures with a cut.

    It is a figure only where all parts gave one. Its line is that of the first part, and its
    column says that it is a sum.
    """
    parts = observations.filter(pl.col("cut").is_not_null())
    key = [c for c in parts.columns if c not in {"cut", "value", "status", "source_row"}]
    status = pl.col("status").filter(pl.col("status") != "reported").first()
    whole = parts.group_by(key, maintain_order=True).agg(
        pl.lit(None, dtype=pl.String).alias("cut"),
        pl.when(pl.col("value").is_not_null().all()).then(pl.col("value").sum()).alias("value"),
        status.fill_null("reported").alias("status"),
        pl.col("source_row").min(),
    )
    whole = whole.with_columns(pl.col("source_column") + SUMMED)
    return whole.select(observations.columns)
