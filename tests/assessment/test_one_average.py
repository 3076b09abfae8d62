"""A table of averages, weights, and many averages at once: three forms of one rule, by hand."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from remit.assessment.scoring.averages import (
    averages,
    averages_over,
    entries,
    entry_layout,
    mark_entries,
    with_weights,
)
from remit.catalogue import check_framework, parse
from remit.model.framework import Framework

RULES = """
schema: remit/framework/1
id: by-hand
version: "1"
name: By hand
summary: For tests.
valid_from: 2025-04-01
sources: [{title: none}]
kinds: [acute]
domains: [{id: one, name: One}, {id: two, name: Two}]
metrics:
  - {id: OF0020, domain: one, kinds: [acute], rule: {type: ranked}}
  - {id: OF0048, domain: one, kinds: [acute], rule: {type: ranked}}
  - {id: OF0023, domain: one, kinds: [acute], rule: {type: ranked}}
  - {id: OF0082, domain: two, kinds: [acute], rule: {type: ranked}}
groups: [{id: infections, name: Infections, domain: one, members: [OF0020, OF0048]}]
aggregation: {average: AVERAGE}
segments:
  labels: {1: best}
  cut_points: {basis: thresholds, thresholds: [1.5, 2.5, 3.5]}
"""
METRICS = ("OF0020", "OF0048", "OF0023", "OF0082")
# RYJ: infections (1 + 3) / 2 = 2, OF0023 4; the other domain 1. RRV lacks OF0048 and OF0023.
SCORES = {"RYJ": (1.0, 3.0, 4.0, 1.0), "RRV": (2.0, None, None, 3.0)}
# All scores alike: (2 + 4 + 1) / 3; (2 + 3) / 2. Domains alike: ((2 + 4) / 2 + 1) / 2; (2 + 3) / 2.
BY_HAND = {"mean_of_scores": (2.5, 7 / 3), "mean_of_domains": (2.5, 2.0)}


def framework(average: str) -> Framework:
    return check_framework(parse(RULES.replace("AVERAGE", average), "by-hand.yaml")).framework


def cells(rules: Framework) -> pl.DataFrame:
    rows = [
        {"org_code": code, "metric_id": metric, "entry_score": score}
        for code, scores in SCORES.items()
        for metric, score in zip(METRICS, scores, strict=True)
    ]
    return mark_entries(pl.DataFrame(rows), rules)


@pytest.mark.parametrize("average", sorted(BY_HAND))
def test_the_table_the_weights_and_many_at_once_agree(average: str) -> None:
    rules = framework(average)
    table = averages(entries(cells(rules)), rules)
    assert table["average_score"].to_list() == pytest.approx(BY_HAND[average])

    there = cells(rules).filter(pl.col("entry_score").is_not_null())
    there = there.with_columns(pl.coalesce("group_id", "metric_id").alias("entry"))
    weighed = with_weights(there, rules).group_by("org_code", maintain_order=True)
    term = pl.col("entry_score") * pl.col("weight")
    sums = weighed.agg(pl.col("weight").sum(), term.sum())
    assert sums["weight"].to_list() == pytest.approx([1.0, 1.0])
    by_code = dict(sums.select("org_code", "entry_score").iter_rows())
    assert (by_code["RRV"], by_code["RYJ"]) == pytest.approx(BY_HAND[average])

    scores = np.array([[SCORES["RRV"], SCORES["RYJ"]]], dtype=np.float64)
    layout = entry_layout(rules, METRICS)
    found = averages_over(scores, layout, by_domain=rules.aggregation.by_domain)
    assert found[0].tolist() == pytest.approx(BY_HAND[average])
