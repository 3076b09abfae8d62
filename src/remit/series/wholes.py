"""Parts of wholes: a part that is larger than its whole, or below nothing, makes no figure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

import polars as pl

from remit.model.metric import Metric
from remit.words.figures import number_words
from remit.words.sentences import count_words

BEYOND_WHOLE = "beyond_whole"
"""The status of a share whose part is larger than its whole, or below 0: a count is wrong."""

_ROUNDING = 1e-9
"""Sums of fractions differ from what they should be by less than this part of the whole."""
_NAMED = 6


def held_to_wholes(points: pl.DataFrame, metrics: Sequence[Metric]) -> pl.DataFrame:
    """Take the presence of points whose part cannot be one of their whole; ``why`` says so.

    Nothing larger is then made of them: who adds up goes without, and says without whom.

    Parameters
    ----------
    points
        Organisations' own points.
    metrics
        What they measure; those that are a ``share`` are held to it.

    Examples
    --------
    ``held_to_wholes(points, metrics).filter(pl.col("why") == BEYOND_WHOLE)``
    """
    shares = [metric.id for metric in metrics if metric.share and metric.denominator]
    slack = _ROUNDING * pl.col("denominator").abs()
    part = pl.col("numerator")
    outside = (part < -slack) | (part > pl.col("denominator") + slack)
    beyond = pl.col("present") & pl.col("metric_id").is_in(shares) & outside
    return points.with_columns(
        (pl.col("present") & ~beyond).alias("present"),
        pl.when(beyond).then(pl.lit(BEYOND_WHOLE)).otherwise("why").alias("why"),
    )


def beyond_notes(
    every: pl.DataFrame, areas: Sequence[str], between: tuple[date | None, date | None]
) -> Iterator[str]:
    """Which points have no figure because their part is none of their whole, in sentences.

    Parameters
    ----------
    every
        Organisations' own points with the ``area`` that they belong to.
    areas
        The series that are asked for.
    between
        Only periods that begin on the first or later, and end on the second or earlier.

    Examples
    --------
    ``ae.four-hours: … no figure is made of 1 point: ZA1, May 2024: −300 of 1,000.``
    """
    start, end = between
    told = every.filter(
        pl.col("why") == BEYOND_WHOLE,
        pl.col("area").is_in(list(areas)),
        pl.col("period_start") >= (start or date.min),
        pl.col("period_end") <= (end or date.max),
    ).sort("metric_id", "period_start", "org_code", "cut", descending=[False, True, False, False])
    for (metric,), part in told.group_by("metric_id", maintain_order=True):
        named = [_named(row) for row in part.head(_NAMED).iter_rows(named=True)]
        more = f"; and {part.height - _NAMED} more" if part.height > _NAMED else ""
        yield (
            f"{metric}: a part can be neither below 0 nor larger than its whole, so no figure is "
            f"made of {count_words(part.height, 'point')}: {'; '.join(named)}{more}."
        )


def _named(row: dict[str, object]) -> str:
    of = f" ({row['cut']})" if row["cut"] else ""
    part, whole = (_count(row[side]) for side in ("numerator", "denominator"))
    return f"{row['org_code']}{of}, {row['period_label']}: {part} of {whole}"


def _count(value: object) -> str:
    number = float(str(value))
    return number_words(number, 0 if number.is_integer() else 1)
