"""Counts of fictional trusts, small enough to add up by hand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import polars as pl

from remit.model.metric import Metric
from remit.register import Register, load_register

ORGANISATIONS = """
schema: remit/organisations/1
fictional: true
sources: {test: {title: Invented for tests}}
icbs:
  - {code: ZB7, name: NHS Oldmere Integrated Care Board, opened: 2022-07-01, closed: 2026-03-31,
     region: ZR1, succession: {on: 2026-04-01, to: ZB8}, source: test}
  - {code: ZB8, name: NHS Newmere Integrated Care Board, opened: 2022-07-01, region: ZR1,
     source: test}
  - {code: ZB9, name: NHS Splitmere Integrated Care Board, opened: 2022-07-01, closed: 2026-03-31,
     region: ZR1, succession: {on: 2026-04-01, to: [ZB1, ZB2]}, source: test}
trusts:
  - {code: ZQ1, name: Hollowbeck Community NHS Trust, kind: mental_health_community,
     opened: 2001-04-01, closed: 2025-05-31, region: ZR1, lead_icb: ZB1,
     succession: {on: 2025-06-01, to: ZQ2}, source: test}
  - {code: ZQ2, name: Hollowbeck and Marl NHS Trust, kind: mental_health_community,
     opened: 2001-04-01, region: ZR1, lead_icb: ZB1, source: test}
  - {code: ZQ3, name: Oldmere Hospital NHS Trust, kind: acute, opened: 2001-04-01, region: ZR1,
     lead_icb: {ZB7: 2022-07-01/2026-03-31, ZB8: 2026-04-01}, source: test}
  - {code: ZQ4, name: Splitmere Hospital NHS Trust, kind: acute, opened: 2001-04-01, region: ZR1,
     lead_icb: {ZB9: 2022-07-01/2026-03-31, ZB2: 2026-04-01}, source: test}
  - {code: ZQ6, name: Closed Early NHS Trust, kind: acute, opened: 2001-04-01, closed: 2021-05-31,
     succession: {on: 2021-06-01, to: ZQ2}, source: test}
  - {code: ZQ7, name: Shared Out NHS Trust, kind: acute, opened: 2001-04-01, closed: 2021-05-31,
     succession: {on: 2021-06-01, to: [ZQ2, ZQ4]}, source: test}
  - {code: ZQ8, name: Shared Nearby NHS Trust, kind: acute, opened: 2001-04-01, closed: 2021-05-31,
     succession: {on: 2021-06-01, to: [ZQ1, ZQ2]}, source: test}
  - {code: ZQ5, name: Forgotten Hospital NHS Trust, kind: acute, opened: 2001-04-01,
     closed: 2020-09-30, source: test}
"""


def register(folder: Path) -> Register:
    path = folder / "organisations.yaml"
    path.write_text(ORGANISATIONS, encoding="utf-8")
    return load_register([path])


def metric(**other: Any) -> Metric:
    keys = {
        "id": "test.in-time",
        "name": "Seen in time",
        "unit": "percent",
        "better": "higher",
        "horizon": "today",
        "aim": "none",
        "setting": "hospital",
        "why_it_matters": "For tests.",
        "source": "tests",
        "numerator": ("test.all", "-test.late"),
        "denominator": ("test.all",),
        "scale": 100,
        "frequency": "month",
    }
    return Metric.model_validate({**keys, **other})


COUNT = {"numerator": ("test.all",), "denominator": (), "scale": 1, "unit": "count"}
"""What makes a plain count of the metric above."""


def counts(*rows: tuple[Any, ...], **columns: Any) -> pl.DataFrame:
    """Rows of ``org, period, all, late``; None is "not submitted" and ``"*"`` suppressed."""
    found = []
    for number, (org, period, *values) in enumerate(rows, start=2):
        for measure, value in zip(("test.all", "test.late"), values, strict=False):
            found.append(_row(org, period, measure, value) | {"source_row": number} | columns)
    return pl.DataFrame(found, infer_schema_length=None)


def _row(org: str, period: str, measure: str, value: Any) -> dict[str, Any]:
    status = {None: "not_submitted", "*": "suppressed", "n/a": "not_applicable"}
    return {
        "org_code": org,
        "metric_id": measure,
        "period_label": period,
        "value": float(value) if isinstance(value, (int, float)) else None,
        "status": "reported" if isinstance(value, (int, float)) else status[value],
        "source_column": measure,
    }
