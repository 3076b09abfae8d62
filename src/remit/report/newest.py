"""The newest month that is held: with it reports and control charts end if nothing else is said."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import polars as pl

from remit.model.errors import AssessmentError
from remit.model.metric import Frequency, Metric
from remit.model.organisation import Organisation
from remit.model.period import Period, month
from remit.register import Register
from remit.series import Series, series
from remit.series.sums import INCOMPLETE
from remit.series.wholes import BEYOND_WHOLE


def newest_month(
    held: Any, metrics: Sequence[Metric], as_at: date | None, register: Register
) -> Period:
    """The newest month of any monthly metric.

    Parameters
    ----------
    held
        A store, its snapshot, figures or a frame, as for :func:`remit.series.series`.
    metrics
        The metrics that are asked for.
    as_at
        Only what the store knew on this day.
    register
        The organisations.

    Raises
    ------
    AssessmentError
        If no figure is held.

    Examples
    --------
    ``newest_month(store, list(load_computed_metrics().values()), None, load_register())``
    """
    monthly = [metric for metric in metrics if metric.frequency is Frequency.MONTH]
    made = series(held, monthly or list(metrics), "england", as_at=as_at, register=register)
    return newest_of(made)


def newest_of(england: Series) -> Period:
    """The newest month of any monthly metric of series of England, else of any.

    Raises
    ------
    AssessmentError
        If none of them has a value.
    """
    monthly = [m.id for m in england.metrics.values() if m.frequency is Frequency.MONTH]
    of_months = pl.col("metric_id").is_in(monthly or list(england.metrics))
    # Counts that are wrong are held as well: a window that ended before them would pass them over.
    counted = pl.col("value").is_not_null() | (pl.col("status") == BEYOND_WHOLE)
    ends = england.frame.filter(of_months, counted)["period_end"]
    last = ends.max()
    if not isinstance(last, date):
        raise AssessmentError("no figure is held; take publications in with `remit ingest`")
    return month(last.year, last.month)


def newest_held(england: Series) -> dict[str, tuple[date, date]]:
    """The first and last day of the newest period that is held anywhere, by metric."""
    counted = pl.col("value").is_not_null() | pl.col("status").is_in([BEYOND_WHOLE, INCOMPLETE])
    last = england.frame.filter(counted).sort("period_end").group_by("metric_id").last()
    return {
        str(metric): (start, end)
        for metric, start, end in last.select("metric_id", "period_start", "period_end").iter_rows()
    }


def while_open(newest: Period, body: Organisation) -> Period:
    """The newest month, or the last one of an organisation that has closed before its end."""
    if body.closed is None or newest.end <= body.closed:
        return newest
    return month(body.closed.year, body.closed.month)
