"""Charts for rare events: g charts (how many cases between them) and t charts (how many days).

A monthly count of something that happens twice a year is nearly always 0: an XmR chart of it says
nothing. What can be charted is the space between one event and the next; longer is rarer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import polars as pl
from scipy.stats import nbinom

from remit.frames.columns import days_of
from remit.frames.native import to_polars
from remit.model.errors import AssessmentError
from remit.signals.charts import Charts, Choices, chosen_rules, judge
from remit.signals.icons import COMMON_CAUSE
from remit.signals.intake import Columns, Intake, as_names, take_in
from remit.signals.limits import ProcessLimits, process_limits
from remit.signals.means import Floats, group_means
from remit.signals.rule_sets import RuleSet
from remit.signals.rules.outside_limits import OutsideLimits
from remit.signals.stretches import Flags, Stretches
from remit.words.figures import value_words
from remit.words.sentences import count_words

_SIGMAS = 3.0
_LATEST = 12
"""Of so many of the latest gaps it is asked whether they are shorter than chance explains."""
_CHANCE = 0.00135
"""Below this chance they are: that of a point beyond three deviations on one side."""
_POWER = 3.6
"""Waiting times between random events, taken to the power 1/3.6, are nearly normal (Nelson)."""


def g_chart(
    frame: Any,
    *,
    better: str = "higher",
    series: str | Sequence[str] | None = "series",
    date: str = "date",
    value: str = "value",
    rules: str | RuleSet = "mdc-nhsr",
    baseline: int | None = None,
) -> Charts:
    """Control charts of how many cases came between one event and the next.

    Parameters
    ----------
    frame
        One row an event; ``value`` counts the cases (births, bed days …) since the one before.
        Several events can fall on one day.
    better
        ``higher``, unless the events are welcome.
    series, date, rules, baseline
        As for :func:`remit.spc`. Of the rules only "outside the limits" is used: such
        counts lie far more often below their mean than above it.

    Notes
    -----
    The limits are the mean -/+ 3 deviations of a geometric distribution (J C Benneyan, Health
    Care Management Science 4 (2001), 305-318); the lower one is 0 if it would lie below.
    """
    native, back = to_polars(frame)
    chosen = _outside_only(chosen_rules(rules, baseline))
    intake = take_in(native, Columns(as_names(series), date, value), one_a_date=False)
    if (intake.values < 0).any():
        raise AssessmentError(f"the column {value!r} holds counts below 0")

    def limits(block: slice, parts: Stretches) -> ProcessLimits:
        return _geometric(intake.values[block], parts, chosen.limits.near, baseline)

    charts = judge(intake, limits, chosen, Choices(better, baseline=baseline))
    days = t_chart(native, better=better, series=series, date=date, baseline=baseline)
    return _back(_muted(replace(charts, chart="g"), intake, days), back)


def _muted(charts: Charts, intake: Intake, days: Charts) -> Charts:
    """Without a verdict of series whose events may have become more frequent.

    No gap lies below the lower limit of a g chart, which is 0: it would call them common cause.
    """
    mute: dict[str, str] = {}
    silent = np.zeros(charts.points.height, dtype=bool)
    for place in range(intake.names.height):
        own = np.flatnonzero(intake.series == place)
        gaps = intake.values[own]
        mean, rule = charts.series["mean"][place], charts.series["rule"][place]
        few = None if mean is None or rule is not None else _few_cases(gaps, mean)
        if few is not None:
            sign = days.series["variation"][place] not in {None, COMMON_CAUSE}
            mute[intake.label(place)] = _why_mute(gaps, mean, few, sign)
            silent[intake.valued[own[-few:]]] = True
    said = [intake.label(place) not in mute for place in range(intake.names.height)]
    return replace(
        charts,
        points=charts.points.with_columns(
            _where(~silent, "kind"), _where(~silent, "special_cause")
        ),
        series=charts.series.with_columns(_where(np.array(said, dtype=bool), "variation")),
        mute=mute,
    )


def _where(known: Flags, column: str) -> pl.Expr:
    """A column, blank where it is not known."""
    return pl.when(pl.Series(known)).then(column).alias(column)


def _few_cases(gaps: Floats, mean: float) -> int | None:
    """How many of the latest gaps together are shorter than chance explains; None if none are.

    The sum of k gaps of a geometric distribution has a negative binomial one.
    """
    counts = np.arange(1, min(len(gaps), _LATEST) + 1)
    sums = np.cumsum(gaps[::-1])[: len(counts)]
    chances = np.asarray(nbinom.cdf(sums, counts, 1 / (1 + mean)))
    least = int(np.argmin(chances))
    return int(counts[least]) if chances[least] < _CHANCE else None


def _why_mute(gaps: Floats, mean: float, few: int, sign: bool) -> str:
    latest, usual = float(gaps[-few:].sum()), few * mean
    shown = "its t chart shows a special cause" if sign else "a t chart can"
    return (
        f"The last {count_words(few, 'gap')} come to {value_words(latest, '')}, where "
        f"{value_words(usual, '')} is usual: the events may have become more frequent, which a g "
        f"chart cannot show. No verdict is given; {shown} (days between events: --chart t), and so "
        "can a p or u chart by month."
    )


def t_chart(
    frame: Any,
    *,
    better: str = "higher",
    series: str | Sequence[str] | None = "series",
    date: str = "date",
    rules: str | RuleSet = "mdc-nhsr",
    baseline: int | None = None,
) -> Charts:
    """Control charts of how many days lay between one event and the next.

    Parameters
    ----------
    frame
        One row an event. Two events of a series on one day are two rows.
    better, series, date, rules, baseline
        As for :func:`g_chart`; all rules are used.

    Returns
    -------
    Charts
        With a column ``value``: days since the event before. The first event of a series has
        none.

    Notes
    -----
    An XmR chart of the days to the power 1/3.6, its limits taken back to days (L S Nelson, A
    control chart for parts-per-million nonconforming items, Journal of Quality Technology 26
    (1994), 239-240).
    """
    native, back = to_polars(frame)
    chosen = chosen_rules(rules, baseline)
    intake = _days_between(native, as_names(series), date)
    scaled = replace(intake, values=np.power(intake.values, 1 / _POWER))

    def limits(block: slice, parts: Stretches) -> ProcessLimits:
        found = process_limits(scaled.values[block], parts, chosen.limits, baseline)
        return found.at(parts.of_point)

    charts = judge(scaled, limits, chosen, Choices(better, baseline=baseline))
    return _back(replace(_in_days(charts, intake), chart="t"), back)


def _geometric(
    values: Any, parts: Stretches, near: tuple[int, int], baseline: int | None
) -> ProcessLimits:
    used = np.ones(len(values), dtype=bool) if baseline is None else parts.positions < baseline
    counts = np.add.reduceat(used.astype(np.int64), parts.starts)
    mean = group_means(np.where(used, values, 0.0), parts.starts, counts)
    spread = _SIGMAS * np.sqrt(mean * (mean + 1))
    nearer = near[0] / near[1] * spread
    lower, near_lower = np.maximum(mean - spread, 0), np.maximum(mean - nearer, 0)
    found = ProcessLimits(mean, lower, mean + spread, near_lower, mean + nearer)
    return found.at(parts.of_point)


def _outside_only(rules: RuleSet) -> RuleSet:
    only = (OutsideLimits(),)
    return rules.model_copy(update={"rules": only, "name": f"{rules.name}; outside limits only"})


def _days_between(frame: pl.DataFrame, series: tuple[str, ...], date: str) -> Intake:
    """Events as points, each with the days since the one before in its series."""
    needed = [name for name in (*series, date) if name not in frame.columns]
    if needed:
        raise AssessmentError(f"the frame lacks the column(s) {', '.join(needed)}")
    events = frame.select(*series, date).with_columns(pl.lit(0.0).alias("value"))
    numbered = take_in(events, Columns(series, date, "value"), one_a_date=False)
    days = pl.Series(days_of(numbered.frame[date]).to_physical().diff(), dtype=pl.Float64)
    waits = pl.DataFrame({"value": days, "first": numbered.first}).select(
        pl.when(~pl.col("first")).then("value").alias("value")
    )["value"]
    valued = waits.is_not_null().arg_true().to_numpy().astype(np.int64)
    return replace(
        numbered,
        frame=numbered.frame.with_columns(waits),
        valued=valued,
        series=numbered.series[valued],
        values=waits.drop_nulls().to_numpy(),
    )


def _in_days(charts: Charts, intake: Intake) -> Charts:
    """Limits and latest values back from the power scale; below 0 there are no days."""
    names = [n for n in charts.points.columns if n.endswith(("_limit", "_lower", "_upper"))]
    back = [(pl.col(name).clip(0) ** _POWER).alias(name) for name in (*names, "mean")]
    points = charts.points.with_columns(back)
    latest = np.full(intake.names.height, np.nan)
    latest[intake.series[intake.last_points]] = intake.values[intake.last_points]
    series = charts.series.with_columns(
        *(back_to for back_to in back if back_to.meta.output_name() in charts.series.columns),
        pl.Series("latest_value", latest).fill_nan(None),
    )
    return replace(charts, points=points, series=series)


def _back(charts: Charts, back: Any) -> Charts:
    return replace(charts, points=back(charts.points), series=back(charts.series))
