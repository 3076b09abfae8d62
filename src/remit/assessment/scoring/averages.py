"""From metric scores to domain scores and the average."""

from __future__ import annotations

import polars as pl

from remit.model.framework import Framework

SCORE = "entry_score"


def mark_entries(cells: pl.DataFrame, framework: Framework) -> pl.DataFrame:
    """Add ``domain``, ``group_id``, ``counts`` and ``verified`` of each metric."""
    domains = {metric.id: metric.domain for metric in framework.metrics}
    groups = {member: group.id for group in framework.groups for member in group.members}
    counts = {metric.id: metric.counts and not metric.is_evidence for metric in framework.metrics}
    verified = {metric.id: metric.verified for metric in framework.metrics}
    metric = pl.col("metric_id")
    return cells.with_columns(
        metric.replace_strict(domains, return_dtype=pl.String).alias("domain"),
        metric.replace_strict(groups, default=None, return_dtype=pl.String).alias("group_id"),
        metric.replace_strict(counts, return_dtype=pl.Boolean).alias("counts"),
        metric.replace_strict(verified, return_dtype=pl.Boolean).alias("verified"),
    )


def entries(cells: pl.DataFrame) -> pl.DataFrame:
    """What enters the means: a metric's score, or a group's mean as one entry.

    Returns
    -------
    polars.DataFrame
        ``org_code, domain, entry, score``.
    """
    counted = cells.filter(pl.col("counts") & pl.col(SCORE).is_not_null())
    entry = pl.coalesce("group_id", "metric_id").alias("entry")
    return counted.group_by("org_code", "domain", entry, maintain_order=True).agg(
        pl.col(SCORE).mean().alias("score")
    )


def domain_means(entered: pl.DataFrame) -> pl.DataFrame:
    """The plain mean of the entries of each domain, with their number."""
    return entered.group_by("org_code", "domain", maintain_order=True).agg(
        pl.col("score").mean(), pl.len().cast(pl.Int64).alias("n_scores")
    )


def averages(entered: pl.DataFrame, framework: Framework) -> pl.DataFrame:
    """Each organisation's average score and the number of scores in it."""
    number = entered.group_by("org_code").agg(pl.len().cast(pl.Int64).alias("n_metrics"))
    source = entered
    if framework.aggregation.average == "mean_of_domains":
        source = domain_means(entered)
    mean = source.group_by("org_code").agg(pl.col("score").mean().alias("average_score"))
    return mean.join(number, on="org_code").sort("org_code")
