"""Values that are made of counts for the period, beside those that are read as published."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import polars as pl

from remit.frames.figures import Figures
from remit.frames.observations import empty_observations
from remit.model.framework import Framework
from remit.model.metric import Metric
from remit.model.organisation import TRUST_KINDS, SubjectKind
from remit.model.period import Period
from remit.series import Level, QuarterFigures, for_quarter

if TYPE_CHECKING:
    from remit.register import Register

_KEY = ["org_code", "metric_id"]
_A_MEASURE = r"^[a-z0-9-]+\.[a-z0-9-]+$"


def make_values(
    figures: Figures,
    framework: Framework,
    metrics: Sequence[Metric],
    period: Period,
    register: Register,
) -> QuarterFigures:
    """The values of a framework's metrics that are made of counts, for its quarter.

    Parameters
    ----------
    metrics
        Those of the framework's metrics that are made of counts.
    """
    if not metrics:
        return QuarterFigures(empty_observations())
    levels: list[Level] = ["trust"] if set(framework.concerned) & set(TRUST_KINDS) else []
    levels += ["icb"] if SubjectKind.ICB in framework.kinds else []
    return for_quarter(figures, metrics, period, register, levels)


def with_made_values(
    figures: Figures, made: QuarterFigures, framework: Framework, period: Period
) -> Figures:
    """The figures of a period with the values made in place of the counts.

    A value that the figures give themselves stands: what a user says of a quarter is not made.

    Parameters
    ----------
    figures
        Values, results and counts; no count is scored as it is.
    made
        What :func:`make_values` made of the counts.
    """
    scored = pl.col("metric_id").is_in([metric.id for metric in framework.metrics])
    rows = figures.observations.filter(scored | ~pl.col("metric_id").str.contains(_A_MEASURE))
    here = rows.filter((pl.col("release") == period.label).fill_null(value=True))
    fresh = made.observations.join(here, on=_KEY, how="anti")
    return replace(figures, observations=pl.concat([rows, fresh]))
