"""A series as sentences and charts read it: which limits it has, and which signals still go on.

What the rules flag is that of the reference. Two things are left to what is drawn and said: limits
that rest on too few points are not shown, and a signal that has ended is drawn plain.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import polars as pl

from remit.model.metric import Better
from remit.signals.charts import Charts
from remit.signals.points import Charted, Point, point_of
from remit.signals.rule_sets import RuleSet
from remit.signals.spacing import label_of, spacing

Row = Mapping[str, Any]

_OF_LIMITS = dict.fromkeys(("mean", "lower_limit", "upper_limit", "kind", "rule"))


def charted_series(
    points: pl.DataFrame,
    charts: Charts,
    unit: str = "",
    better: Better | str = Better.NEUTRAL,
    series: str = "",
) -> Charted:
    """A series from what the rules say of it.

    Parameters
    ----------
    points
        The rows of ``Charts.points`` that belong to one series, with columns ``date`` and
        ``value`` so named, and ``numerator``, ``denominator``, ``who``, ``members``,
        ``period_end``, ``period_label`` and ``noun`` where they are known.
    charts
        Where they come from: the rule set, and which kind of chart it is.
    unit
        That of the values, such as ``percent``.
    better
        Which way is better; a target is spoken of only where one is.
    series
        The name by which ``charts.mute`` speaks of it.

    Examples
    --------
    ``charted_series(charts.points, charts, "percent", "higher")``
    """
    rows = points.sort("date").to_dicts()
    known = rows[0].get("noun") if rows else None
    noun = known or spacing([row["date"] for row in rows])

    def named(row: Row) -> Mapping[str, Any]:
        label = row.get("period_label") or label_of(row["date"], noun)
        return {"label": label, "end": row.get("period_end") or row["date"]}

    made = points_of(rows, charts.rules, named)
    last: Row = next((row for row in reversed(rows) if row["value"] is not None), {})
    who, members = (str(last.get(name) or "") for name in ("who", "members"))
    mute = charts.mute.get(series, "")
    return Charted(
        made, unit, Better(better), noun, who, members, charts.chart, mute,
        baseline=charts.baseline,
    )  # fmt: skip


def points_of(
    rows: Sequence[Row], rules: RuleSet, more: Callable[[Row], Mapping[str, Any]]
) -> tuple[Point, ...]:
    """Rows of ``Charts.points`` in order of time as points.

    Parameters
    ----------
    rows
        All rows of a series, those without a value among them.
    rules
        The rule set that judged them.
    more
        What the rules know nothing of, as :func:`remit.signals.points.point_of` takes it.
    """
    spoken = rules.spoken
    counts: dict[int, int] = {}
    for row in rows:
        if row["value"] is not None and row["stretch"] is not None:
            counts[row["stretch"]] = counts.get(row["stretch"], 0) + 1
    few = {stretch for stretch, count in counts.items() if count < rules.minimum_points}
    made = [
        # Nobody is shown limits that rest on a handful of points.
        point_of(row | _OF_LIMITS if row["stretch"] in few else row, spoken, **more(row))
        for row in map(dict, rows)
    ]
    return _with_ended(made)


def _with_ended(points: Sequence[Point]) -> tuple[Point, ...]:
    """Signals that no longer go on, marked as ended.

    A signal goes on where the latest point is one of the same kind and none between is another.
    """
    held = [point for point in points if point.value is not None]
    going_on: set[int] = set()
    for point in reversed(held):
        if not point.rule or (point.kind, point.stretch) != (held[-1].kind, held[-1].stretch):
            break
        going_on.add(id(point))
    return tuple(
        replace(point, ended=True) if point.rule and id(point) not in going_on else point
        for point in points
    )
