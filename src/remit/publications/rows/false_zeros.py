"""Zeros that stand for figures that were not submitted, as a publication declares them."""

from __future__ import annotations

import math
from collections.abc import Sequence

import polars as pl

from remit.model.layout import FalseZeros
from remit.model.observation import Status
from remit.publications.rows.totals import metrics_like


def without_false_zeros(observations: pl.DataFrame, declared: Sequence[FalseZeros]) -> pl.DataFrame:
    """Take such zeros for what was not submitted; rules are applied in their order.

    Parameters
    ----------
    observations
        Of one table.
    declared
        When a zero is none, told by another figure of its row.
    """
    for rule in declared:
        false = _are_false(rule, metrics_like(observations, rule.metrics))
        observations = observations.with_columns(
            pl.when(~false).then("value").alias("value"),
            pl.when(false)
            .then(pl.lit(Status.NOT_SUBMITTED.value))
            .otherwise("status")
            .alias("status"),
        )
    return observations


def _are_false(rule: FalseZeros, concerned: pl.Expr) -> pl.Expr:
    value, row = pl.col("value"), "source_row"
    low = -math.inf if rule.at_least is None else rule.at_least
    high = math.inf if rule.at_most is None else rule.at_most
    beside = value.filter(pl.col("metric_id") == rule.beside).first().over(row)
    false = concerned & (value == 0) & beside.is_between(low, high)
    if rule.all_of_them:
        false &= value.filter(concerned).sum().over(row) == 0
    return false.fill_null(value=False)
