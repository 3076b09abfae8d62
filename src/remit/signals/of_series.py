"""Control charts of metrics: which way is better, and which standard held when, as catalogued."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import polars as pl

from remit.model.metric import Frequency, Metric
from remit.series import Series
from remit.signals.changes import Rebase
from remit.signals.charts import Charts, spc
from remit.signals.goals_by_day import series_targets
from remit.signals.rule_sets import RuleSet
from remit.signals.trajectories import Trajectories

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
        days of periods (``date``). The target of a point is the goal for its level that was in
        force at the end of its period, else the standard. A count that is ``incomplete`` is no
        point, since it would look like a fall; an incomplete rate is one, unless somebody lacks
        for a while who was there before and is again. Where members join or leave, mean and
        limits begin anew.
    """
    return spc(
        series_points(found),
        better="better",
        series=KEY,
        target="target",
        rules=rules,
        baseline=baseline,
        rebase=[*member_rebases(found), *rebase],
    )


def member_rebases(
    found: Series, codes: Sequence[str] | None = None, everybody: str = EVERYBODY
) -> list[Rebase]:
    """A re-basing wherever the members of a series change.

    Parameters
    ----------
    found
        Metrics over time.
    codes
        Only those of these organisations.
    everybody
        What stands in ``cut`` where a series is of all people.

    Examples
    --------
    ``spc(series_points(found), rebase=member_rebases(found), …)``
    """
    made = []
    for of, changes in found.changes.items():
        if codes is None or of.area in codes:
            name = " · ".join((of.area, of.metric_id, of.cut or everybody))
            made += [Rebase(one.since, found.change(one), name, of_members=True) for one in changes]
    return made


def series_points(
    found: Series, before: Series | None = None, plans: Trajectories | None = None
) -> pl.DataFrame:
    """The points of metrics over time, with what the catalogue says of each.

    Parameters
    ----------
    found
        Metrics over time.
    before
        The same metrics in the months that goals are counted from, where ``found`` begins later.
    plans
        The user's own trajectories.

    Returns
    -------
    polars.DataFrame
        ``org_code, metric_id, cut, date, value, better, target, period_end, numerator,
        denominator, trajectory``.
    """
    better = {metric.id: metric.better.value for metric in found.metrics.values()}
    frame = found.frame.join(
        _targets(found, before), on=_ASKED, how="left", maintain_order="left", nulls_equal=True
    )
    made = frame.select(
        "org_code",
        "metric_id",
        pl.col("cut").fill_null(EVERYBODY),
        pl.col("period_start").alias("date"),
        charted_value(found).alias("value"),
        pl.col("metric_id").replace_strict(better, return_dtype=pl.String).alias("better"),
        "target",
        "period_end",
        "numerator",
        "denominator",
    )
    if plans is None:
        return made.with_columns(pl.lit(None, pl.Float64).alias("trajectory"))
    return plans.beside(made, "date", pl.col("cut") == EVERYBODY)


def charted_value(found: Series) -> pl.Expr:
    """The values that can be held against others: no count that lacks somebody is among them."""
    rates = [metric.id for metric in found.metrics.values() if metric.denominator]
    is_rate = pl.col("metric_id").is_in(rates)
    partial = (pl.col("status") == "incomplete") & ~is_rate | ~pl.col("alike")
    return pl.when(~partial).then("value")


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
        pl.Series("members", [found.members(row) for row in rows], dtype=pl.String),
    )


def names_of_points(found: Series) -> pl.DataFrame:
    """What the period of each point is called, and what lies between two of them.

    Returns
    -------
    polars.DataFrame
        ``org_code, metric_id, cut, date, period_label, noun``.
    """
    nouns = {m.id: noun_of(m) for m in found.metrics.values()}
    return found.frame.select(
        "org_code",
        "metric_id",
        pl.col("cut").fill_null(EVERYBODY),
        pl.col("period_start").alias("date"),
        "period_label",
        pl.col("metric_id").replace_strict(nouns, return_dtype=pl.String).alias("noun"),
    )


def noun_of(metric: Metric) -> str:
    """What lies between two points of a metric."""
    return (metric.frequency or Frequency.MONTH).value


_ASKED = ["metric_id", "org_code", "cut", "period_end"]


def _targets(found: Series, before: Series | None) -> pl.DataFrame:
    """The target of each point; that of a group of people is no improvement on everybody's."""
    of_all = series_targets(found, before)
    rows = []
    for (metric, code, cut), part in found.frame.group_by(_ASKED[:3]):
        held = of_all[str(code), str(metric)]
        if cut is not None:
            held = replace(held, own={})
        rows += [(metric, code, cut, day, held.on(day).number) for day in part["period_end"]]
    shape = dict.fromkeys(_ASKED[:3], pl.String) | {"period_end": pl.Date, "target": pl.Float64}
    return pl.DataFrame(rows, schema=shape, orient="row")
