"""A few records of fictional places, from which the tests work their figures by hand."""

from __future__ import annotations

from datetime import date

import polars as pl


def record(patient: object, day: object, setting: str | None = "hospital", **more: object) -> dict:
    return {
        "patient": patient,
        "date": day,
        "provider": "ZA1",
        "commissioner": "ZQ1",
        "cluster": "ZP1",
        "setting": setting,
        "service": "ward",
        "pod": "emergency",
        "quantity": 1,
        "bed_days": 2,
        "cost_pence": 1_000,
        "age_band": "65-69",
        "deprivation_fifth": 3,
        "need_thousandths": 1_200,
        **more,
    }


def good() -> list[dict]:
    """Two patients of ZQ1 in 2024/25 Q1, one of whom is back in Q2; one of ZQ2."""
    return [
        record(1, date(2024, 4, 1)),
        record(1, date(2024, 6, 30), "community", bed_days=0, cost_pence=55),
        record(2, date(2024, 5, 2), bed_days=5),
        record(2, date(2024, 5, 2), bed_days=5),  # two equal contacts may be real
        record(1, date(2024, 7, 1), quantity=3),
        record(3, date(2024, 4, 9), "mental_health", commissioner="ZQ2", bed_days=0),
    ]


def table(rows: list[dict]) -> pl.DataFrame:
    return pl.DataFrame(rows, infer_schema_length=None)
