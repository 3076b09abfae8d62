"""From metric scores to domain scores and the average: what counts with whom, and as how much.

A group of metrics is one entry, any other metric one by itself. The average is the mean of the
entries, or of the domains' means, as the framework says. This is the one place that knows it: for
tables, as weights, and for many averages at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from remit.assessment.scoring.laws.arrays import Floats
from remit.model.framework import Framework

SCORE = "entry_score"

ENTRY = pl.coalesce("group_id", "metric_id").alias("entry")
"""The entry that a metric's score belongs to: its group, or itself."""


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
    return counted.group_by("org_code", "domain", ENTRY, maintain_order=True).agg(
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
    if framework.aggregation.by_domain:
        source = domain_means(entered)
    mean = source.group_by("org_code").agg(pl.col("score").mean().alias("average_score"))
    return mean.join(number, on="org_code").sort("org_code")


def with_weights(scored: pl.DataFrame, framework: Framework) -> pl.DataFrame:
    """Add ``weight``: how much each score counts in its organisation's average.

    The weights of an organisation sum to 1, and its average is the sum of weight times score.

    Parameters
    ----------
    scored
        ``org_code, domain, entry`` of the scores that enter, one row a metric.
    framework
        What its average is the mean of.
    """
    members = pl.len().over("org_code", "domain", "entry")
    entry = pl.struct("domain", "entry")
    if framework.aggregation.by_domain:
        domains = pl.col("domain").n_unique().over("org_code")
        weight = 1 / members / entry.n_unique().over("org_code", "domain") / domains
    else:
        weight = 1 / members / entry.n_unique().over("org_code")
    return scored.with_columns(weight.alias("weight"))


@dataclass(frozen=True, slots=True)
class EntryLayout:
    """Which metrics make up which entry, and which entries which domain, as 0 and 1.

    ``entries`` has the shape ``(metrics, entries)``, ``domains`` ``(entries, domains)``.
    """

    entries: Floats
    domains: Floats


def entry_layout(framework: Framework, metrics: Sequence[str]) -> EntryLayout:
    """A group of metrics is one entry; any other metric is one by itself."""
    groups = {member: group.id for group in framework.groups for member in group.members}
    names = [groups.get(metric, metric) for metric in metrics]
    entries = list(dict.fromkeys(names))
    domain_of = {
        name: framework.metric(metric).domain for name, metric in zip(names, metrics, strict=True)
    }
    domains = list(dict.fromkeys(domain_of.values()))
    return EntryLayout(
        np.array([[float(name == entry) for entry in entries] for name in names]),
        np.array([[float(domain_of[entry] == domain) for domain in domains] for entry in entries]),
    )


def mean_by(values: Floats, columns: Floats) -> Floats:
    """The mean of the values that belong to each column; NaN where there are none.

    Parameters
    ----------
    values
        Shape ``(…, things)``.
    columns
        0 and 1, shape ``(things, columns)``.
    """
    there = ~np.isnan(values)
    number = there.astype(np.float64) @ columns
    total = np.where(there, values, 0.0) @ columns
    means: Floats = np.where(number > 0, total / np.maximum(number, 1.0), np.nan)
    return means


def averages_over(scores: Floats, layout: EntryLayout, *, by_domain: bool) -> Floats:
    """Averages of many tables of scores at once, shape ``(tables, organisations)``.

    Parameters
    ----------
    scores
        Shape ``(tables, organisations, metrics)``; NaN where there is none.
    layout
        Which metrics make up what.
    by_domain
        Whether the average is the mean of domains rather than of entries.
    """
    parts = mean_by(scores, layout.entries)
    if by_domain:
        parts = mean_by(parts, layout.domains)
    means: Floats = mean_by(parts, np.ones((parts.shape[2], 1)))[:, :, 0]
    return means
