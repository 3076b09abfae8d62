"""p′ charts (Laney): rates with large denominators.

With tens of thousands of patients a month, binomial limits are so tight that every month looks
special; XmR limits take no account of months of different size. The p′ chart does both: binomial
limits for each point, widened by how much the points truly vary from one to the next.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import polars as pl

from remit.frames.native import to_polars
from remit.signals.changes import Rebase, Targets
from remit.signals.charts import Charts, Choices, chosen_rules, judge
from remit.signals.counts import counts
from remit.signals.intake import Columns, as_names, take_in
from remit.signals.limits import ProcessLimits
from remit.signals.means import Floats, group_means
from remit.signals.rule_sets import RuleSet
from remit.signals.stretches import Stretches

_SIGMAS = 3.0
_SIZE = "_size"
_D2 = 1.128
"""The expected range of two draws from a normal distribution with a standard deviation of 1."""


def p_prime(
    frame: Any,
    *,
    better: str,
    numerator: str = "numerator",
    denominator: str = "denominator",
    series: str | Sequence[str] | None = "series",
    date: str = "date",
    scale: float = 100.0,
    target: Targets = None,
    rules: str | RuleSet = "mdc-nhsr",
    baseline: int | None = None,
    rebase: Sequence[Rebase] = (),
) -> Charts:
    """Control charts of rates, with limits that take account of each point's denominator.

    Parameters
    ----------
    numerator, denominator
        The columns of counts; the value is their ratio times ``scale`` (100 for per cent).
    better, series, date, target, rules, baseline, rebase
        As for :func:`remit.signals.charts.spc`. Near limits lie at two thirds as the rule set says;
        its multiplier and its screening are those of XmR charts and are not used.

    Returns
    -------
    Charts
        As for :func:`remit.signals.charts.spc`, with a column ``value``.

    Raises
    ------
    RemitError
        Also if a denominator is 0 or less, or a numerator is negative or above its denominator.

    Notes
    -----
    D B Laney, Improved control charts for attributes, Quality Engineering 14 (2002), 531-537.
    """
    native, back = to_polars(frame)
    chosen = chosen_rules(rules, baseline)
    top, bottom = counts(native, numerator, denominator)
    rates = native.with_columns((top / bottom).alias("value"), bottom.alias(_SIZE))
    intake = take_in(rates, Columns(as_names(series), date, "value"))
    sizes = intake.frame[_SIZE].to_numpy()[intake.valued]
    values = intake.values
    scaled = replace(
        intake,
        frame=intake.frame.with_columns(pl.col("value") * scale),
        values=values * scale,
    )

    def limits(block: slice, parts: Stretches) -> ProcessLimits:
        made = laney_limits(values[block], sizes[block], parts, chosen.limits.near, baseline)
        return made.times(scale)

    charts = judge(scaled, limits, chosen, Choices(better, target, baseline, tuple(rebase)))
    return replace(charts, points=back(charts.points), series=back(charts.series), chart="p-prime")


def laney_limits(
    rates: Floats,
    sizes: Floats,
    parts: Stretches,
    near: tuple[int, int] = (2, 3),
    baseline: int | None = None,
) -> ProcessLimits:
    """The limits of each point: the mean rate -/+ 3 binomial deviations times sigma z.

    Sigma z is the mean moving range of the standardised rates over 1.128. Limits do not leave
    the range from 0 to 1.
    """
    used = np.ones(len(rates), dtype=bool) if baseline is None else parts.positions < baseline
    mean = _pooled(rates, sizes, used, parts)[parts.of_point]
    binomial = np.sqrt(mean * (1 - mean) / sizes)
    # Where the mean is 0 or 1 nothing varies, and limits lie on the mean.
    standard = np.divide(rates - mean, binomial, out=np.zeros(len(rates)), where=binomial > 0)
    spread = _SIGMAS * binomial * _sigma_z(standard, used, parts)[parts.of_point]
    nearer = near[0] / near[1] * spread
    return ProcessLimits(
        mean,
        np.maximum(mean - spread, 0),
        np.minimum(mean + spread, 1),
        np.maximum(mean - nearer, 0),
        np.minimum(mean + nearer, 1),
    )


def _pooled(rates: Floats, sizes: Floats, used: Any, parts: Stretches) -> Floats:
    """All numerators over all denominators of each stretch."""
    ones = np.add.reduceat(used.astype(np.int64), parts.starts)
    top = group_means(np.where(used, rates * sizes, 0.0), parts.starts, ones)
    return top / group_means(np.where(used, sizes, 0.0), parts.starts, ones)


def _sigma_z(standard: Floats, used: Any, parts: Stretches) -> Floats:
    counted = used & ~parts.first
    ranges = np.zeros(len(standard))
    ranges[1:] = np.abs(np.diff(standard))
    counts = np.add.reduceat(counted.astype(np.int64), parts.starts)
    return group_means(np.where(counted, ranges, 0.0), parts.starts, counts) / _D2
