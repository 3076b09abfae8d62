"""Cuts: the groups of people that figures tell apart, by age, ethnicity, deprivation …"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import polars as pl

from remit.model.metric import Metric
from remit.series.choice import chosen
from remit.series.parts import dimension_of, groups_of


def cuts(held: Any, metrics: str | Metric | Sequence[str | Metric]) -> pl.DataFrame:
    """The cuts that the figures of metrics have.

    Parameters
    ----------
    held
        A store, figures or a frame of observations, as for :func:`remit.series.series`.
    metrics
        Identifiers of the catalogue, or metrics of one's own.

    Returns
    -------
    polars.DataFrame
        ``metric_id, dimension, cut``: a row for each group, such as ``age``, ``age: 0-4``. A
        group is listed where every measure that the metric cannot do without has it.
    """
    wanted = chosen(metrics)
    groups: dict[str, set[str]] = {}
    for measure, cut in groups_of(held, wanted):
        groups.setdefault(measure, set()).add(cut)
    rows = [
        (metric.id, dimension_of(cut), cut)
        for metric in wanted
        for cut in sorted(set.intersection(*(groups.get(m, set()) for m in metric.needed)))
    ]
    shape = {"metric_id": pl.String, "dimension": pl.String, "cut": pl.String}
    return pl.DataFrame(rows, schema=shape, orient="row")
