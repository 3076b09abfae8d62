"""Series and what the rules say of them, as one frame of points."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

import polars as pl

from remit.model.metric import Better
from remit.report.annotations import Annotation, own_rebases
from remit.report.gaps import with_gaps
from remit.series import Series
from remit.signals.changes import Rebase
from remit.signals.charted import Row, points_of
from remit.signals.charts import spc
from remit.signals.of_series import EVERYBODY, member_rebases, noun_of, series_points
from remit.signals.points import Charted
from remit.signals.rule_sets import RuleSet
from remit.signals.trajectories import Trajectories

KEYS = ["org_code", "metric_id", "cut"]
Key = tuple[str, str, str]
"""Organisation, metric and cut; the cut is empty for everybody."""


def charted(
    made: Series,
    codes: Sequence[str],
    rules: RuleSet,
    before: Series | None = None,
    plans: Trajectories | None = None,
    *,
    rebases: Sequence[Annotation] = (),
) -> dict[Key, Charted]:
    """The control charts of some organisations.

    A sum that lacks somebody is a point of a rate, but no point of a count: it would fall by
    those who are missing.

    Parameters
    ----------
    made
        Series of one level.
    codes
        The organisations.
    rules
        The rule set.
    before
        The same metrics in the months that goals are counted from.
    plans
        The user's own trajectories.
    rebases
        The user's own re-basings.

    Returns
    -------
    dict
        By organisation, metric and cut; series without a single value are left out.
    """
    points = _points(made, codes, before, plans)
    if points.is_empty():
        return {}
    keys = points.select(KEYS).unique(maintain_order=True).rows()
    begun = sorted(
        [*member_rebases(made, codes, ""), *own_rebases(rebases, keys)], key=lambda one: one.on
    )
    judged = spc(
        points, better="better", series=KEYS, date="period_start", value="charted",
        target="target", rules=rules, rebase=begun,
    )  # fmt: skip
    order = [*KEYS, "period_start"]
    said = judged.points.drop("charted", "target")
    whole = points.join(said, on=order, how="left").sort(order)
    found = {}
    for key, rows in groupby(whole.iter_rows(named=True), key=_key):
        part = list(rows)
        if any(row["value"] is not None for row in part):
            own = [rebase for rebase in begun if rebase.series == " · ".join(key)]
            found[key] = _charted(part, made, rules, own)
    return found


def _key(row: Row) -> Key:
    return row["org_code"], row["metric_id"], row["cut"]


def _points(
    made: Series, codes: Sequence[str], before: Series | None, plans: Trajectories | None
) -> pl.DataFrame:
    """The points of some organisations, with what the rules need beside them."""
    frame = made.frame.filter(pl.col("org_code").is_in(list(codes)))
    own = replace(made, frame=frame)
    needed = (
        series_points(own, before, plans)
        .drop("period_end", "numerator", "denominator")
        .rename({"date": "period_start", "value": "charted"})
    )
    everybody = pl.when(pl.col("cut") != EVERYBODY).then("cut").otherwise(pl.lit("")).alias("cut")
    return frame.with_columns(pl.col("cut").fill_null("")).join(
        needed.with_columns(everybody), on=[*KEYS, "period_start"], how="left"
    )


def _charted(
    part: Sequence[Row], made: Series, rules: RuleSet, rebases: Sequence[Rebase]
) -> Charted:
    metric = made.metrics[part[0]["metric_id"]]
    last = [row for row in part if row["charted"] is not None][-1:]
    rows = [{**row, "date": row["period_start"], "value": row["charted"]} for row in part]
    return Charted(
        with_gaps(points_of(rows, rules, _of_report), metric.frequency),
        metric.unit,
        Better(metric.better),
        noun_of(metric),
        who=made.who(last[0]) if last else "",
        members=made.members(last[0]) if last else "",
        rebases=tuple(rebases),
    )


def _of_report(row: Row) -> dict[str, object]:
    """What the rules know nothing of."""
    return {"label": row["period_label"], "end": row["period_end"], "status": row["status"]}
