"""Small sets of figures, and a framework to judge them by, whose results a reader can check."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import polars as pl

from remit.catalogue import LoadedFramework, check_framework, parse

HEADER = """
schema: remit/framework/1
id: by-hand
version: "1"
name: By hand
summary: For tests.
valid_from: 2025-04-01
sources: [{title: none}]
kinds: [acute]
coverage_minimum: 0.0001
domains:
  - {id: one, name: One}
  - {id: two, name: Two}
"""
SEGMENTS = """
segments:
  labels: {1: best}
  cut_points: {basis: quartiles, population: [acute], quantile_method: higher}
  overrides:
    - {id: deficit, name: Deficit, flag: OF5004, no_better_than: 3, stage: adjusted, why: Because.}
    - {id: support, name: Support, flag: OF5007, becomes: 5, stage: final, why: Because.}
"""
ONE_RANKED = """
metrics:
  - {id: OF0023, domain: one, kinds: [acute], rule: {type: ranked}}
"""


def framework(
    metrics: str = ONE_RANKED, more: str = "", segments: str = SEGMENTS
) -> LoadedFramework:
    return check_framework(parse(HEADER + metrics + segments + more, "by-hand.yaml"))


def frame(values: Mapping[str, Mapping[str, float | None]]) -> pl.DataFrame:
    """``{metric: {trust: value}}`` as a frame of figures."""
    rows = [
        {"org_code": trust, "metric_id": metric, "value": value}
        for metric, of_trusts in values.items()
        for trust, value in of_trusts.items()
    ]
    return pl.DataFrame(rows, schema={"org_code": str, "metric_id": str, "value": float})


def column(table: pl.DataFrame, key: Sequence[str] | str, value: str) -> dict[object, object]:
    """One column of a table by another."""
    return dict(table.select(key, value).iter_rows())
