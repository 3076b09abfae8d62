"""Which other services begin about the day of entry: one of them may be what helps, or harms."""

from __future__ import annotations

import narwhals.stable.v2 as nw

from remit.shift.effect.asked import Asked
from remit.shift.effect.rows import is_other, other_service
from remit.shift.effect.source import Lazy


def begun_services(rows: Lazy, seen: Lazy, asked: Asked) -> Lazy:
    """How many looks have their first record of another service about their day, or in two years.

    ``looks`` counts those about the day, ``within`` those from a year before it until following
    ends: whatever began after the year that is compared with, and before the comparison ends.

    Services of hospitals are left out: how they are used is what the comparison is about. Services
    have their number, ``service_code``.

    Parameters
    ----------
    rows
        What :func:`~remit.shift.effect.rows.rows_of` gives.
    seen
        What :func:`~remit.shift.effect.features.looks_of` gives.
    asked
        The question.
    """
    before, after = asked.rules.begun_days_before, asked.rules.begun_days_after
    year = asked.rules.follow_up_days
    until = asked.quarter(asked.entry_quarters) + year
    others = rows.filter(is_other(), nw.col("day") < until, ~nw.col("patient").is_null())
    days = others.group_by("patient", "what").agg(nw.col("day").min())
    near = days.filter(nw.col("day") >= asked.quarter(0) - year)
    looks = seen.filter(nw.col("able") == 1).select("patient", "index", "end", "arm")
    begun = near.join(looks, on="patient", how="inner").filter(
        nw.col("day") >= nw.col("index") - year,
        (nw.col("day") <= nw.col("end")) | (nw.col("day") <= nw.col("index") + after),
    )
    about = (nw.col("day") >= nw.col("index") - before) & (nw.col("day") <= nw.col("index") + after)
    both = nw.when(about).then(nw.lit(1)).otherwise(nw.lit(0))
    return begun.group_by(other_service().alias("service_code"), "arm").agg(
        both.sum().cast(nw.Int64).alias("looks"), nw.len().cast(nw.Int64).alias("within")
    )
