"""Frames of invented figures on organisations of the sample, and metrics made from them."""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

import polars as pl

from remit.model.metric import Bound, Frequency, Metric, Standard

SEEN = Metric(
    id="made-up.seen-in-time",
    name="Seen in time",
    unit="percent",
    better="higher",
    horizon="today",
    aim="none",
    setting="hospital",
    why_it_matters="Waiting harms.",
    source="Invented for tests",
    numerator=("made-up.seen",),
    denominator=("made-up.all",),
    scale=100,
    frequency=Frequency.MONTH,
    standards=(Standard(bound=Bound(at_least=95), source="Invented"),),
)
WAITING = Metric(
    id="made-up.waiting",
    name="People who wait",
    unit="count",
    better="lower",
    horizon="tomorrow",
    aim="inequalities",
    setting="community",
    why_it_matters="Waits grow.",
    source="Invented for tests",
    numerator=("made-up.waiting-list",),
    frequency=Frequency.MONTH,
    over_time="mean",
)


def months(count: int, last: tuple[int, int] = (2025, 6)) -> list[date]:
    """The first days of so many months up to one."""
    end = last[0] * 12 + last[1] - 1
    return [date(n // 12, n % 12 + 1, 1) for n in range(end - count + 1, end + 1)]


def rows(
    org: str,
    measure: str,
    values: Iterable[float | None],
    last: tuple[int, int] = (2025, 6),
    cut: str | None = None,
    absent: str = "suppressed",
) -> list[dict[str, Any]]:
    """Monthly figures of one measure; None is ``absent``."""
    given = list(values)
    return [
        {
            "org_code": org,
            "org_kind": "acute",
            "metric_id": measure,
            "cut": cut,
            "period_label": start.strftime("%b %Y"),
            "period_start": start,
            "period_end": start.replace(day=calendar.monthrange(start.year, start.month)[1]),
            "value": value,
            "status": "reported" if value is not None else absent,
            "source_id": "0123456789abcdef",
            "source_row": number,
            "source_column": "Count",
        }
        for number, (start, value) in enumerate(
            zip(months(len(given), last), given, strict=True), start=2
        )
    ]  # fmt: skip


def seen(org: str, percents: Sequence[float | None], **more: Any) -> list[dict[str, Any]]:
    """Figures of ``SEEN``: of 1,000 people each month, so many per cent."""
    counts = [None if p is None else 10 * p for p in percents]
    return rows(org, "made-up.seen", counts, **more) + rows(
        org, "made-up.all", [1000.0] * len(counts), **more
    )


def frame(*parts: list[dict[str, Any]]) -> pl.DataFrame:
    """Figures as observations."""
    schema = {"value": pl.Float64(), "cut": pl.String()}
    return pl.DataFrame([row for part in parts for row in part], schema_overrides=schema)
