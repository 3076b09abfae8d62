"""Control charts of metrics: which way is better, and which standard held when, as catalogued."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import polars as pl

from remit.model.metric import Better, Metric
from remit.series import Series
from remit.signals.changes import Rebase
from remit.signals.charts import Charts, spc
from remit.signals.rule_sets import RuleSet

KEY = ("org_code", "metric_id", "cut")
EVERYBODY = "everybody"
"""What stands in ``cut`` where a series is of all people."""


def of_series(
    found: Series,
    *,
    rules: str | RuleSet = "mdc-nhsr",
    baseline: int | None = None,
    rebase: Sequence[Rebase] = (),
) -> Charts:
    """Judge metrics over time.

    Parameters
    ----------
    found
        Metrics over time (:func:`remit.series.series`).
    rules, baseline
        As for :func:`remit.signals.charts.spc`.
    rebase
        Re-basings; one of a single series names it as ``RYJ · ae.four-hours · everybody``.

    Returns
    -------
    Charts
        Frames of polars. A series is named by ``org_code, metric_id, cut``; dates are the first
        days of periods (``date``). The target of a point is the standard that held at the end of
        its period. A count that is ``incomplete`` is no point, since it would look like a fall;
        an incomplete rate is one.
    """
    return spc(
        series_points(found),
        better="better",
        series=KEY,
        target="target",
        rules=rules,
        baseline=baseline,
        rebase=rebase,
    )


def series_points(found: Series) -> pl.DataFrame:
    """The points of metrics over time, with what the catalogue says of each.

    Returns
    -------
    polars.DataFrame
        ``org_code, metric_id, cut, date, value, better, target, period_end, numerator,
        denominator``.
    """
    frame = found.frame.with_columns(pl.col("cut").fill_null(EVERYBODY))
    told = pl.DataFrame(
        [(m.id, m.better.value, bool(m.denominator)) for m in found.metrics.values()],
        schema={"metric_id": pl.String, "better": pl.String, "is_rate": pl.Boolean},
        orient="row",
    )
    targets = _targets(frame, found)
    frame = frame.join(told, on="metric_id", how="left", maintain_order="left").join(
        targets, on=["metric_id", "period_end"], how="left", maintain_order="left"
    )
    partial = (pl.col("status") == "incomplete") & ~pl.col("is_rate")
    return frame.select(
        *KEY,
        pl.col("period_start").alias("date"),
        pl.when(~partial).then("value").alias("value"),
        "better",
        "target",
        "period_end",
        "numerator",
        "denominator",
    )


def who_of_points(found: Series) -> pl.DataFrame:
    """Who is in each point: ``who`` in full, ``members`` what a sentence must not leave out.

    Returns
    -------
    polars.DataFrame
        ``org_code, metric_id, cut, date, who, members``.
    """
    rows = found.frame.to_dicts()
    return found.frame.select(
        "org_code",
        "metric_id",
        pl.col("cut").fill_null(EVERYBODY),
        pl.col("period_start").alias("date"),
        pl.Series("who", [found.who(row) for row in rows], dtype=pl.String),
        pl.Series("members", [found.lacking(row) for row in rows], dtype=pl.String),
    )


def target_on(metric: Metric, day: date) -> float | None:
    """The standard of a metric on a day as one number, or None."""
    standard = metric.standard_on(day)
    if standard is None or metric.better is Better.NEUTRAL:
        return None
    bound = standard.bound
    if metric.better is Better.HIGHER:
        return bound.at_least if bound.at_least is not None else bound.above
    return bound.at_most if bound.at_most is not None else bound.below


def _targets(frame: pl.DataFrame, found: Series) -> pl.DataFrame:
    pairs = frame.select("metric_id", "period_end").unique()
    rows = [(m, day, target_on(found.metrics[m], day)) for m, day in pairs.iter_rows()]
    schema = {"metric_id": pl.String, "period_end": pl.Date, "target": pl.Float64}
    return pl.DataFrame(rows, schema=schema, orient="row")
