"""Targets that are still to be confirmed: they end none that was in force before."""

from __future__ import annotations

import polars as pl

from remit.words.sentences import count_words

OPEN = "target_open"
"""The column that says whether a target is to be confirmed."""

_OPEN = ("tbc", "tbd", "tba")


def is_open(column: str) -> pl.Expr:
    """Whether a target is still to be confirmed."""
    return pl.col(column).str.to_lowercase().is_in(_OPEN)


def with_open_targets(points: pl.DataFrame) -> tuple[pl.DataFrame, str]:
    """Points whose open targets are those before them, and what is said of it.

    A blank target is the end of one: what follows it is open until there is another.
    """
    if OPEN not in points.columns:
        return points, ""
    # A blank stands as NaN, so that it is not passed over like an open one.
    given = pl.when(OPEN).then(None).otherwise(pl.col("target").fill_null(float("nan")))
    held = given.forward_fill().over("series", order_by="date").fill_nan(None)
    count = points.filter(OPEN).height
    said = (
        f"{count_words(count, 'line')} {'has' if count == 1 else 'have'} a target to be confirmed: "
        "the one before holds"
    )
    return points.with_columns(held.alias("target")).drop(OPEN), said if count else ""
