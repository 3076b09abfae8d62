"""Which other services begin about the day of entry: one of them may be what helps, or harms."""

from __future__ import annotations

import narwhals.stable.v2 as nw

from remit.shift.effect.asked import Asked
from remit.shift.effect.source import Lazy


def begun_services(rows: Lazy, found: Lazy, asked: Asked) -> Lazy:
    """How many looks have their first record of another service about their day.

    Services of hospitals are left out: how they are used is what the comparison is about.

    Parameters
    ----------
    rows
        What :func:`~remit.shift.effect.features.rows_of` gives.
    found
        What :func:`~remit.shift.effect.features.features` gives.
    asked
        The question.
    """
    before, after = asked.rules.begun_days_before, asked.rules.begun_days_after
    others = rows.filter(~nw.col("other").is_null(), ~nw.col("patient").is_null())
    days = others.group_by("patient", "other").agg(nw.col("day").min())
    near = days.filter(
        nw.col("day") >= asked.quarter(0) - before,
        nw.col("day") < asked.quarter(asked.entry_quarters) + after,
    ).rename({"other": "service"})
    looks = found.filter(nw.col("able") == 1).select("patient", "index", "arm")
    begun = near.join(looks, on="patient", how="inner").filter(
        nw.col("day") >= nw.col("index") - before, nw.col("day") <= nw.col("index") + after
    )
    return begun.group_by("service", "arm").agg(nw.len().cast(nw.Int64).alias("looks"))
